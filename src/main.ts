import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { CONTENT, createApp, databasePassword } from "./app.ts"
import { readConfig } from "./config.ts"
import { explain } from "./explain.ts"
import { readContent } from "./helpline/content.ts"
import { LINK_HOURS, linkAddress } from "./helpline/staff.ts"
import { statusOf } from "./locales/status.ts"
import { localeFiles } from "./locales/texts.ts"
import { codeOf, createLog, type Log } from "./log.ts"
import { holdFolder } from "./store/lock.ts"
import { migrate } from "./store/migrate.ts"
import { hasCluster, startOwnServer } from "./store/own-server.ts"
import { keyringAt } from "./vault/cover.ts"
import { buildBrowserApps, DIST } from "./web/build.ts"
import { createWeb } from "./web/server.ts"

/** What a person at the terminal reads; everything else is a log line. */
const tell = (line: string) => process.stdout.write(`${line}\n`)

try {
  await start()
} catch (cause) {
  for (const line of explain(cause, "Hamraaz can't start")) process.stderr.write(`${line}\n`)
  process.exit(1)
}

async function start(): Promise<void> {
  const config = readConfig(process.env)
  readContent(CONTENT)
  const log = createLog((line) => process.stdout.write(line))
  const letGo = await holdFolder(config.dataDir)
  const undo: (() => unknown)[] = [letGo]
  closeOnSignals(undo, log)
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  // A page that can't be built is no reason to leave a message unanswered.
  const building = buildBrowserApps().catch((cause: unknown) => log.loopFailed("build-pages", codeOf(cause)))
  const password = databasePassword(keyringAt(config.keyringFile, config.databaseUrl !== undefined || !hasCluster(config.dataDir)))
  const own = config.databaseUrl === undefined ? await startOwnServer(config.dataDir, password) : undefined
  const url = config.databaseUrl ?? own?.url ?? ""

  undo.push(() => own?.stop())
  try {
    await migrate(url)
    const app = await createApp(config, url, log)
    undo.push(() => app.close())
    await building
    const { helpline } = app
    let here = ""
    const server = createWeb({
      doors: app.doors,
      ready: app.ready,
      metrics: () => log.registry.metrics(),
      metricsToken: config.metricsToken,
      simulator: config.simulator,
      dist: DIST,
      retention: helpline.retention,
      smsPrice: { perSegment: helpline.smsPricePerSegment, currency: helpline.smsPriceCurrency },
      languages: helpline.languages.map((language) => ({ language, review: statusOf(localeFiles(language)).review })),
      console: { ...app.console, here: () => config.publicUrl ?? here },
      rejected: (status, path) => log.rejected(status, path),
      failed: (code) => log.loopFailed("request", code),
    })
    undo.push(
      () =>
        new Promise((resolve) => {
          server.close(resolve)
          server.closeIdleConnections()
          setTimeout(() => server.closeAllConnections(), 3000).unref()
        }),
    )
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject)
      server.listen(config.port, config.host, resolve)
    })
    const address = server.address()
    const port = typeof address === "object" && address !== null ? address.port : config.port
    here = `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}`
    app.begin()
    log.started(process.version)
    tell(`Hamraaz is open at ${here}/`)
    if (config.simulator) tell(`  simulator   ${here}/simulator/`)
    tell(`  console     ${here}/console/`)
    tell(`  database    ${own === undefined ? "as DATABASE_URL says" : join(config.dataDir, "postgres")}`)
    tell(`  keys        ${config.keyringFile}   (keep a copy of this file elsewhere; without it nothing can be read)`)
    tell(
      `  channels    ${[config.telegram && (config.publicUrl === undefined ? "Telegram (polling)" : "Telegram"), config.twilio && "Twilio", config.simulator && "simulator"].filter(Boolean).join(", ") || "none: set TELEGRAM_BOT_TOKEN or TWILIO_ACCOUNT_SID"}`,
    )
    const first = await app.staff.firstLink()
    if (first !== undefined)
      tell(`Nobody works here yet. The first admin comes in by this link, once, within ${LINK_HOURS} hours:\n  ${linkAddress(config.publicUrl ?? here, first)}`)
  } catch (cause) {
    await close(undo)
    throw cause
  }
}

/** From the first moment on, a signal undoes what has been done so far, in reverse order. */
function closeOnSignals(undo: (() => unknown)[], log: Log): void {
  let closing = false
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (closing) return
      closing = true
      log.stopping()
      // Whatever hangs, the process is gone before an impatient supervisor kills it.
      setTimeout(() => process.exit(1), 9500).unref()
      void close(undo).then(() => process.exit(0))
    })
  }
}

async function close(undo: (() => unknown)[]): Promise<void> {
  for (const step of undo.reverse()) await Promise.resolve(step()).catch(() => {})
}
