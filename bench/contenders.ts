/** Who is measured, and how each is started: all alike, by the same settings. */
import { execFileSync } from "node:child_process"
import { existsSync, statSync } from "node:fs"
import { join, resolve } from "node:path"
import { Load } from "./load.ts"
import { freePort, type Process, ready, start, temporary } from "./processes.ts"
import { told } from "./report.ts"
import { type StandIn, standIn } from "./stand-in.ts"

export const ours = "hamraaz"
export const peers = ["grammy-conversations", "grammy-session", "bottender", "bot-framework", "bare-batched"] as const
/** Answers without doing anything: what it reaches is the most the load generator can do. */
export const nothing = "nothing"

const here = import.meta.dirname
const root = join(here, "..")
/** What the webhook wants to hear. */
export const secret = "bench-secret"
const token = "1:bench"

export interface Contender {
  readonly name: string
  readonly port: number
  load: Load
  readonly standIn: StandIn
  process: Process
  restart(): Promise<void>
  /** A load of contacts who have not written yet, instead of those so far. */
  others(contacts: number): Load
  stop(): Promise<void>
}

/** Why `name` cannot take part; undefined if it can. */
export function missing(name: string, ourCommand: string): string | undefined {
  if (name !== ours) return undefined
  const file = ourCommand.split(" ").find((part) => /\.[cm]?[jt]s$/.test(part))
  return file !== undefined && !existsSync(resolve(root, file)) ? `${file} is missing` : undefined
}

export async function startContender(
  name: string,
  database: string,
  options: { contacts: number; hamraaz: string },
  more: Readonly<Record<string, string>> = {},
): Promise<Contender> {
  const port = await freePort()
  const telegram = await standIn()
  const folder = temporary(name)
  const settings = {
    NODE_ENV: "production",
    PORT: String(port),
    HOST: "127.0.0.1",
    DATABASE_URL: database,
    DATA_DIR: join(folder, "data"),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_WEBHOOK_SECRET: secret,
    TELEGRAM_API_ROOT: telegram.root,
    TELEGRAM_PER_SECOND: "1000000",
    ...more,
  }
  const run = () => start(commandOf(name, options.hamraaz), name === ours ? root : here, settings, join(folder, "log"))
  const before = { contacts: 0, updates: 0 }
  const contender: Contender = {
    name,
    port,
    load: new Load(telegram, { port, secret, contacts: options.contacts }),
    standIn: telegram,
    process: run(),
    async restart() {
      await contender.process.stop()
      contender.process = run()
      await ready(contender.process, `http://127.0.0.1:${port}/readyz`)
    },
    others(contacts) {
      contender.load.close()
      before.contacts += options.contacts
      before.updates += contender.load.sent
      contender.load = new Load(telegram, { port, secret, contacts, before })
      return contender.load
    },
    async stop() {
      contender.load.close()
      await contender.process.stop()
      telegram.close()
    },
  }
  try {
    await ready(contender.process, `http://127.0.0.1:${port}/readyz`)
  } catch (error) {
    const said = contender.process.said()
    await contender.stop()
    throw new Error(`${told(error)}\n${said}`, { cause: error })
  }
  return contender
}

function commandOf(name: string, ourCommand: string): string[] {
  if (name === ours) return ourCommand.split(" ")
  return ["node", name === nothing ? "nothing.ts" : `peers/${name}.js`]
}

/** The peers' libraries are no part of the project: they come on first use, from their own lock file. */
export function installPeers(): void {
  const folder = join(here, "peers")
  const wanted = join(folder, "package-lock.json")
  const installed = join(folder, "node_modules/.package-lock.json")
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return
  console.log("Installing the peers' libraries (npm ci in bench/peers) …")
  execFileSync("npm", ["ci", "--prefix", folder], { stdio: "inherit", shell: process.platform === "win32" })
}
