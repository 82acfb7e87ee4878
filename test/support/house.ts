import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { CONTENT, createApp, type App } from "../../src/app.ts"
import { readConfig } from "../../src/config.ts"
import { createLog } from "../../src/log.ts"
import { createWeb } from "../../src/web/server.ts"
import { contentIn } from "./content.ts"
import { freshDatabase } from "./database.ts"

/** A house under test: real database, real HTTP, its log in memory, its clock moved on by the test, its loops turned by hand. */
export type House = {
  readonly app: App
  readonly url: string
  readonly databaseUrl: string
  readonly dataDir: string
  readonly lines: readonly string[]
  readonly metrics: () => Promise<string>
  /** Sends all that is due, until nothing is left that can leave now. */
  readonly settle: () => Promise<void>
  readonly advance: (ms: number) => void
  readonly now: () => number
  readonly close: () => Promise<void>
}

/** The real content, with people at the desk at every hour. */
export function alwaysOpen(): string {
  return (openContent ??= contentWith("desk.yaml", (text) => text.replace(/^hours:.*(?:\n[ \t-].*)+/m, "hours: always")))
}
let openContent: string | undefined

/** The real content with one file changed, in a folder of its own. */
export function contentWith(file: string, change: (text: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), "hamraaz-content-"))
  cpSync(CONTENT, folder, { recursive: true })
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), "utf8")))
  return folder
}

/**
 * @param environment settings beyond the defaults, as in the process's own environment
 * @param options a database to share with another house, a keyring folder to share, a moment to begin at, content of its own
 */
export async function openHouse(
  environment: Readonly<Record<string, string>> = {},
  options: { readonly databaseUrl?: string; readonly dataDir?: string; readonly at?: number; readonly content?: string } = {},
): Promise<House> {
  const database = options.databaseUrl === undefined ? await freshDatabase() : undefined
  const databaseUrl = options.databaseUrl ?? database?.url ?? ""
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "hamraaz-house-"))
  let ahead = (options.at ?? Date.now()) - Date.now()
  const clock = () => Date.now() + ahead
  const lines: string[] = []
  const log = createLog((line) => lines.push(line))
  const config = readConfig({
    PORT: "0",
    DATA_DIR: dataDir,
    SIMULATOR: "on",
    TELEGRAM_PER_SECOND: "100000",
    SMS_SEGMENTS_PER_SECOND: "100000",
    WHATSAPP_PER_SECOND: "100000",
    ...environment,
  })
  const app = await createApp(config, databaseUrl, log, clock, contentIn(options.content ?? alwaysOpen()))
  let url = ""
  const server = createWeb({
    doors: app.doors,
    ready: app.ready,
    metrics: () => log.registry.metrics(),
    metricsToken: config.metricsToken,
    simulator: config.simulator,
    dist: join(import.meta.dirname, "../../dist"),
    retention: app.retention,
    words: app.words,
    smsPrice: { perSegment: 0.05, currency: "USD" },
    languages: app.helpline.languages.map((language) => ({ language, review: "draft" })),
    numbers: app.numbers,
    campaigns: app.gallery,
    console: { ...app.console, here: () => config.publicUrl ?? url },
    rejected: (status, path) => log.rejected(status, path),
    failed: (code) => log.loopFailed("request", code),
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    app,
    url,
    databaseUrl,
    dataDir,
    lines,
    metrics: () => log.registry.metrics(),
    async settle() {
      await app.idle()
      await app.desk.turn()
      await app.idle()
      await app.lease.renew()
      do await app.delivery.idle()
      while ((await app.delivery.deliverDue()) > 0)
      await app.delivery.idle()
    },
    advance(ms) {
      ahead += ms
    },
    now: clock,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await app.close()
      await database?.drop()
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
