import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import type { TestProject } from "vitest/node"
import { migrate } from "../../src/store/migrate.ts"
import { openUnderstanding } from "../../src/helpline/understanding.ts"
import { startOwnServer } from "../../src/store/own-server.ts"
import { lives } from "../../src/store/postmaster.ts"
import { buildBrowserApps, DIST } from "../../src/web/build.ts"

declare module "vitest" {
  interface ProvidedContext {
    serverUrl: string
  }
}

/** How the folder of a run begins; its process's number follows. */
const RUN = "hamraaz-test-"

/** One real PostgreSQL for the whole run, with a template database that every test file clones. */
export default async function setup(project: TestProject) {
  removeDeadRuns()
  const folder = mkdtempSync(join(tmpdir(), `${RUN}${process.pid}-`))
  // Whatever a test puts into the temporary folder goes with the run, also when the test fails.
  process.env["TMPDIR"] = folder
  // Each house and command that is run as a process finds compiled what the first one compiled.
  process.env["NODE_COMPILE_CACHE"] = join(folder, "compiled")
  const starting = startOwnServer(folder, "only-for-tests", false)
  // Learned and built once here, beside that, so that the workers only read it.
  openUnderstanding(DIST)
  await buildBrowserApps()
  const server = await starting
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
    remove(folder)
  }
}

/** A run that was killed couldn't clean up after itself. Its PostgreSQL ends when it misses its folder. */
function removeDeadRuns(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${RUN}(\\d+)-`).exec(name)?.[1]
    if (pid === undefined || lives(Number(pid))) continue
    try {
      remove(join(tmpdir(), name))
    } catch {
      // It is somebody else's.
    }
  }
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}

/** The same server, another database. */
export function databaseAt(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}
