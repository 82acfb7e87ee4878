import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import type { TestProject } from "vitest/node"
import { migrate } from "../../src/store/migrate.ts"
import { openUnderstanding } from "../../src/helpline/understanding.ts"
import { startOwnServer } from "../../src/store/own-server.ts"
import { DIST } from "../../src/web/build.ts"

declare module "vitest" {
  interface ProvidedContext {
    serverUrl: string
  }
}

/** One real PostgreSQL for the whole run, with a template database that every test file clones. */
export default async function setup(project: TestProject) {
  // Learned once here, so that the workers only read it.
  openUnderstanding(DIST)
  const folder = mkdtempSync(join(tmpdir(), "hamraaz-test-"))
  const server = await startOwnServer(folder, "only-for-tests", false)
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  await admin.query("create database template_hamraaz")
  await admin.end()
  await migrate(databaseAt(server.url, "template_hamraaz"))
  // The migration engine lets its connection go idle; a template may have none.
  const last = new pg.Client({ connectionString: server.url })
  await last.connect()
  await last.query("alter database template_hamraaz allow_connections false")
  await last.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'template_hamraaz'")
  await last.end()
  project.provide("serverUrl", server.url)
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The same server, another database. */
export function databaseAt(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}
