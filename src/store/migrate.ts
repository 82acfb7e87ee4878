import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import pg from "pg"
import { openSchemaEngine } from "./schema-engine.ts"

/** Where the migrations stand. */
export const migrationsDir = join(import.meta.dirname, "../../prisma/migrations")

/**
 * Brings a database up to the newest migration and tells how many were applied. Safe to call again and from several
 * processes at once: the others wait. Throws when a migration failed or was changed after it had been applied.
 */
export async function migrate(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query("select pg_advisory_lock(hashtext('hamraaz/migrate'))")
    const wanted = migrationNames()
    if ((await appliedNames(client)).join() === wanted.join()) return 0
    const engine = await openSchemaEngine(connectionString)
    try {
      const done = await engine.applyMigrations({ filters, migrationsList: migrationsList(wanted) })
      return done.appliedMigrationNames.length
    } finally {
      engine.free()
    }
  } finally {
    await client.end()
  }
}

/** What Prisma's engine wants to know of tables it should leave alone: there are none. */
export const filters = { externalTables: [], externalEnums: [] }

/** The migrations on disk, in order. */
export function migrationNames(): readonly string[] {
  return readdirSync(migrationsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

/** The migrations in the shape Prisma's engine reads. */
export function migrationsList(names: readonly string[]) {
  return {
    baseDir: migrationsDir,
    lockfile: { path: "migration_lock.toml", content: readFileSync(join(migrationsDir, "migration_lock.toml"), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok" as const, value: readFileSync(join(migrationsDir, name, "migration.sql"), "utf8") },
      },
    })),
  }
}

async function appliedNames(client: pg.Client): Promise<readonly string[]> {
  const known = await client.query<{ there: boolean }>("select to_regclass('_prisma_migrations') is not null as there")
  if (known.rows[0]?.there !== true) return []
  const { rows } = await client.query<{ name: string }>("select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null order by 1")
  return rows.map(({ name }) => name)
}
