// Writes the next migration from the difference between the migrations and prisma/schema.prisma:
// `npm run migration -- what_it_does`. Read what it wrote before committing it.
import { randomBytes } from "node:crypto"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { filters, migrationNames, migrationsDir, migrationsList } from "../src/store/migrate.ts"
import { startOwnServer } from "../src/store/own-server.ts"
import { openSchemaEngine } from "../src/store/schema-engine.ts"

const name = process.argv[2]
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  console.error("usage: npm run migration -- what_it_does")
  process.exit(2)
}
const folder = mkdtempSync(join(tmpdir(), "hamraaz-migration-"))
const server = await startOwnServer(folder, randomBytes(16).toString("hex"))
try {
  const schema = join(import.meta.dirname, "../prisma/schema.prisma")
  const engine = await openSchemaEngine(server.url)
  const names = migrationNames()
  const difference = await engine.diff({
    from: names.length === 0 ? { tag: "empty" } : { tag: "migrations", ...migrationsList(names) },
    to: { tag: "schemaDatamodel", files: [{ path: schema, content: readFileSync(schema, "utf8") }], configDir: migrationsDir },
    script: true,
    shadowDatabaseUrl: null,
    exitCode: null,
    filters,
  } as never)
  engine.free()
  const path = join(migrationsDir, `${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}_${name}`)
  mkdirSync(path)
  writeFileSync(join(path, "migration.sql"), (difference as { stdout?: string }).stdout ?? "")
  console.log(`written: ${path}/migration.sql`)
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
