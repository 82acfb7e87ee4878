import { join } from "node:path"
import { CONTENT, createApp } from "./app.ts"
import { readConfig, type Config } from "./config.ts"
import { isDemonstration } from "./demo/marker.ts"
import { explain, Refusal } from "./explain.ts"
import { readContent } from "./helpline/content.ts"
import { LINK_HOURS, linkAddress } from "./helpline/staff.ts"
import { statusOf } from "./locales/status.ts"
import { localeFiles } from "./locales/texts.ts"
import { codeOf, createLog, type Log } from "./log.ts"
import { holdFolder } from "./store/lock.ts"
import { migrate } from "./store/migrate.ts"
import { hasCluster, startOwnServer } from "./store/own-server.ts"
import { keyringAt } from "./vault/cover.ts"
import { databasePassword } from "./vault/derived.ts"
import { buildBrowserApps, DIST } from "./web/build.ts"
import { createWeb } from "./web/server.ts"

/** What a person at the terminal reads; everything else is a log line. */
const tell = (line: string) => process.stdout.write(`${line}\n`)

/** What has been done so far and has to be undone; each step is given until so many milliseconds after the beginning of the end. */
const steps: { readonly untilMs: number; readonly undo: () => unknown }[] = []
/** Whatever hangs, the process is gone before an impatient supervisor kills it. */
const GONE_MS = 9500
/** What is under way is waited for as long as PostgreSQL has still the time to end in order. */
const FINISHED_MS = 7000
const DOORS_MS = 2000
let closing: Promise<boolean> | undefined

// Whoever read along has closed the terminal or died; the house goes on without being heard.
process.stdout.on("error", () => {})

try {
  await start()
} catch (cause) {
  // Who is told to end in the middle of the start hasn't failed to start.
  if (closing === undefined) {
    await close()
    for (const line of explain(cause, "Hamraaz can't start")) process.stderr.write(`${line}\n`)
    process.exit(1)
  }
}

async function start(): Promise<void> {
  const config = readConfig(process.env)
  readContent(config.contentDir ?? CONTENT)
  const demonstration = isDemonstration(config.dataDir)
  if (demonstration) refuseReal(config)
  const log = createLog((line) => process.stdout.write(line))
  const letGo = await holdFolder(config.dataDir)
  steps.push({ untilMs: GONE_MS, undo: letGo })
  closeOnSignals(log)
  // A page that can't be built is no reason to leave a message unanswered.
  const building = buildBrowserApps().catch((cause: unknown) => log.loopFailed("build-pages", codeOf(cause)))
  const password = databasePassword(keyringAt(config.keyringFile, config.databaseUrl !== undefined || !hasCluster(config.dataDir)))
  const restarted = (failure?: unknown) => log.databaseRestarted(failure === undefined, failure === undefined ? undefined : codeOf(failure))
  const starting = config.databaseUrl === undefined ? startOwnServer(config.dataDir, password, true, restarted) : undefined
  // Noted before it runs: a signal in between waits for it and stops it.
  steps.push({ untilMs: GONE_MS, undo: async () => (await starting)?.stop() })
  const own = await starting
  const url = config.databaseUrl ?? own?.url ?? ""

  await migrate(url)
  await building
  // Here the house says for the first time that it lives, and nothing slow may stand between that and its loops.
  const app = await createApp(config, url, log)
  steps.push({ untilMs: FINISHED_MS, undo: () => app.close() })
  const { helpline } = app
  let here = ""
  const server = createWeb({
    doors: app.doors,
    ready: app.ready,
    metrics: () => log.registry.metrics(),
    metricsToken: config.metricsToken,
    simulator: config.simulator,
    demonstration,
    dist: DIST,
    retention: app.retention,
    smsPrice: { perSegment: helpline.smsPricePerSegment, currency: helpline.smsPriceCurrency },
    languages: helpline.languages.map((language) => ({ language, review: statusOf(localeFiles(language)).review })),
    words: app.words,
    numbers: app.numbers,
    campaigns: app.gallery,
    console: { ...app.console, here: () => config.publicUrl ?? here },
    rejected: (status, path) => log.rejected(status, path),
    failed: (code) => log.loopFailed("request", code),
  })
  steps.push({
    untilMs: FINISHED_MS,
    undo: () =>
      new Promise((resolve) => {
        server.close(resolve)
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), DOORS_MS).unref()
      }),
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(config.port, config.host, resolve)
  })
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : config.port
  here = `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}`
  if (closing !== undefined) return
  app.begin()
  log.started(process.version)
  if (demonstration) log.demonstration()
  tell(`Hamraaz is open at ${here}/`)
  if (config.simulator) tell(`  simulator   ${here}/simulator/`)
  tell(`  console     ${here}/console/`)
  tell(`  database    ${own === undefined ? "as DATABASE_URL says" : join(config.dataDir, "postgres")}`)
  tell(`  keys        ${config.keyringFile}   (keep a copy of this file elsewhere; without it nothing can be read)`)
  tell(
    `  channels    ${[config.telegram && (config.publicUrl === undefined ? "Telegram (polling)" : "Telegram"), config.twilio && "Twilio", config.simulator && "simulator"].filter(Boolean).join(", ") || "none: set TELEGRAM_BOT_TOKEN or TWILIO_ACCOUNT_SID"}`,
  )
  const first = await app.staff.firstLink()
  if (first !== undefined) {
    tell(`Nobody works here yet. The first admin comes in by this link, once, within ${LINK_HOURS} hours:\n  ${linkAddress(config.publicUrl ?? here, first)}`)
  }
}

/** Real people and a demonstration never meet: neither its keys nor its staff are secret. */
function refuseReal({ databaseUrl, publicUrl, telegram, twilio, slack }: Config): void {
  if ([databaseUrl, publicUrl, telegram, twilio, slack].every((one) => one === undefined)) return
  throw new Refusal("the data folder holds a demonstration. Unset DATABASE_URL, PUBLIC_URL and the channels, or set DATA_DIR to another folder.")
}

/** From the first moment on, a signal undoes what has been done so far. */
function closeOnSignals(log: Log): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (closing !== undefined) return
      log.stopping()
      setTimeout(() => process.exit(1), GONE_MS).unref()
      void close().then((inOrder) => process.exit(inOrder ? 0 : 1))
    })
  }
}

/** Undoes what has been done so far, in reverse order; tells whether everything ended in its time. */
function close(): Promise<boolean> {
  closing ??= (async () => {
    const began = performance.now()
    let inOrder = true
    for (const { untilMs, undo } of steps.reverse()) {
      const late = new Promise<boolean>((resolve) => setTimeout(resolve, Math.max(0, began + untilMs - performance.now()), false).unref())
      const ended = Promise.resolve()
        .then(undo)
        .catch(() => {})
        .then(() => true)
      inOrder = (await Promise.race([ended, late])) && inOrder
    }
    return inOrder
  })()
  return closing
}
