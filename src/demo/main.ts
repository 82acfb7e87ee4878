import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { parseArgs } from "node:util"
import { CONTENT, createApp } from "../app.ts"
import { readConfig, SETTINGS } from "../config.ts"
import { explain, Refusal } from "../explain.ts"
import { readTaxonomy } from "../helpline/taxonomy.ts"
import { createLog } from "../log.ts"
import { holdFolder } from "../store/lock.ts"
import { migrate } from "../store/migrate.ts"
import { startOwnServer } from "../store/own-server.ts"
import { keyringAt } from "../vault/cover.ts"
import { databasePassword } from "../vault/derived.ts"
import { startLife } from "./life.ts"
import { demoEvents } from "./events.ts"
import { lookInto, mark, type Account } from "./marker.ts"
import { codeOf, STEP_MS } from "./one-time-code.ts"
import { seed } from "./seed.ts"

/**
 * `npm run demo`: a helpline to look around in, with people who don't exist, in a folder of its own. `fresh` makes it anew,
 * `code <name>` tells the codes of one of its staff; every `--seconds` somebody writes. Nothing of the environment but PORT and HOST reaches it.
 */
const tell = (line: string) => process.stdout.write(`${line}\n`)

try {
  await main()
} catch (cause) {
  for (const line of explain(cause, "The demonstration can't be shown")) process.stderr.write(`${line}\n`)
  process.exit(1)
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { folder: { type: "string", default: "./demo-data" }, seconds: { type: "string", default: "30" } } })
  const folder = resolve(values.folder)
  const [word, name] = positionals
  if (word === "code") return tellCode(folder, name)
  if (word !== undefined && word !== "fresh") throw new Refusal("say nothing, fresh, or code and a user name.")
  const found = lookInto(folder)
  if (found === "real") throw new Refusal(`${folder} holds something else, and is not touched. Name another folder: npm run demo -- --folder=./elsewhere`)
  const isMade = found !== "empty" && found.accounts.length > 0
  const accounts = isMade && word !== "fresh" ? found.accounts : await make(folder)
  settle(folder)
  tellWho(accounts)
  // From here on it is the house as it always is, on this folder.
  await import("../main.ts")
  const { PORT = "3000", HOST = "127.0.0.1" } = process.env
  const here = `http://${HOST.includes(":") ? `[${HOST}]` : HOST}:${PORT}`
  startLife(here, Math.max(0.1, Number(values.seconds) || 30), (cause) => void process.stderr.write(`${explain(cause, "Somebody made up couldn't write").join("\n")}\n`))
}

/** Makes the folder from nothing and fills it; what a broken-off making left is a demonstration, too, and goes. */
async function make(folder: string): Promise<readonly Account[]> {
  const began = performance.now()
  tell("A demonstration is being made …")
  const letGo = await holdFolder(folder)
  try {
    rmSync(folder, { recursive: true, force: true })
    mark(folder, { accounts: [] })
    settle(folder)
    const config = readConfig(process.env)
    const server = await startOwnServer(folder, databasePassword(keyringAt(config.keyringFile, true)))
    try {
      await migrate(server.url)
      let at = Date.now()
      const clock = { now: () => at, set: (moment: number) => void (at = moment) }
      const app = await createApp(
        config,
        server.url,
        createLog(() => {}),
        clock.now,
      )
      try {
        mark(folder, { accounts: await seed(app, clock, readTaxonomy(config.contentDir ?? CONTENT)) })
      } finally {
        await app.close()
      }
      tell(`It took ${((performance.now() - began) / 1000).toFixed(1)} s.`)
    } finally {
      await server.stop()
    }
  } finally {
    letGo()
  }
  const made = lookInto(folder)
  return typeof made === "string" ? [] : made.accounts
}

/** The environment of a house on this folder, with nothing real in it, and content by which the desk is always open. */
function settle(folder: string): void {
  for (const name of SETTINGS) if (name !== "PORT" && name !== "HOST") Reflect.deleteProperty(process.env, name)
  const content = join(folder, "content")
  cpSync(CONTENT, content, { recursive: true })
  change(join(content, "desk.yaml"), (text) =>
    text.replace(/^hours:.*(?:\n[ \t-].*)+/m, "hours: always").replace(/^( {2}(?:consent|queue|answer|offer|silence|close):) \d+/gm, "$1 1439"),
  )
  change(join(content, "helpline.yaml"), (text) => text.replace(/^sessionMinutes: \d+/m, "sessionMinutes: 1440"))
  change(join(content, "events.yaml"), () => demoEvents(Date.now()))
  Object.assign(process.env, { DATA_DIR: folder, CONTENT_DIR: content, SIMULATOR: "on" })
}

function change(file: string, by: (text: string) => string): void {
  writeFileSync(file, by(readFileSync(file, "utf8")))
}

function tellWho(accounts: readonly Account[]): void {
  tell("\nDemonstration: nothing here is real.\n\n  user name         password             code now   TOTP secret")
  for (const { userName, password, secret } of accounts) tell(`  ${userName.padEnd(18)}${password.padEnd(21)}${codeOf(secret)}     ${secret}`)
  for (const { userName, key } of accounts) if (key !== undefined) tell(`\n  What opens reports, for ${userName} to bring to a browser:\n  ${key}`)
  tell("\nA code counts for half a minute, and once. The next one: npm run demo -- code demo-sana\n")
}

function tellCode(folder: string, name: string | undefined): void {
  const found = lookInto(folder)
  const accounts = typeof found === "string" ? [] : found.accounts
  const account = accounts.find(({ userName, alias }) => userName === name || alias.toLowerCase() === name?.toLowerCase())
  if (account === undefined) throw new Refusal(accounts.length === 0 ? `${folder} holds no demonstration.` : `name one of ${accounts.map(({ userName }) => userName).join(", ")}.`)
  const left = Math.ceil((STEP_MS - (Date.now() % STEP_MS)) / 1000)
  tell(`${codeOf(account.secret)}   for ${left} s more; then ${codeOf(account.secret, 1)}`)
}
