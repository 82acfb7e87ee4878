// Writes the next migration from the difference between the committed prisma/schema.prisma and the one on disk:
// `npm run migration -- what_it_does`. Read what it wrote before committing it.
import { spawnSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { filters, migrationNames, migrationsDir } from "../src/store/migrate.ts"
import { startOwnServer } from "../src/store/own-server.ts"
import { openSchemaEngine } from "../src/store/schema-engine.ts"

const name = process.argv[2]
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  console.error("usage: npm run migration -- what_it_does")
  process.exit(2)
}
const schema = join(import.meta.dirname, "../prisma/schema.prisma")
const before = spawnSync("git", ["show", "HEAD:prisma/schema.prisma"], { encoding: "utf8" })
const folder = mkdtempSync(join(tmpdir(), "hamraaz-migration-"))
const server = await startOwnServer(folder, randomBytes(16).toString("hex"))
try {
  const engine = await openSchemaEngine(server.url)
  const difference = await engine.diff({
    from: migrationNames().length === 0 ? { tag: "empty" } : { tag: "schemaDatamodel", files: [{ path: schema, content: before.stdout }], configDir: migrationsDir },
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
  console.log(`written: prisma/migrations/${basename(path)}/migration.sql`)
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
