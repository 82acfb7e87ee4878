/** `bench handoff`: words between people and counsellors, and the queue's view, with live chats, open consoles and a long queue. */
import { cpSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { type Console, must } from "./console.ts"
import { Contacts } from "./contacts.ts"
import { ours, secret, startContender } from "./contenders.ts"
import { report, type Round, type Runs } from "./handoff-report.ts"
import { processorTime, warnWhenBusy } from "./machine.ts"
import type { Options } from "./options.ts"
import { startPostgres } from "./postgres.ts"
import { temporary } from "./processes.ts"
import { hire, sayHere, takeChats } from "./staff.ts"
import { Traffic } from "./traffic.ts"

/** How often the view of the queue is asked for, beside all that the consoles ask. */
const LOOK_MS = 50

export async function handoff(options: Options): Promise<void> {
  warnWhenBusy()
  const postgres = await startPostgres()
  const contender = await startContender(ours, await postgres.create(ours), { ...options, contacts: 1 }, { CONTENT_DIR: alwaysOpen() })
  const contacts = new Contacts(contender.port, secret)
  try {
    const holders = Math.ceil(options.chats / 3)
    const link = await firstLink(() => contender.process.said())
    console.log(`${holders + 1} counsellors come in …`)
    const counsellors = await hire(contender.port, link, holders + 1)
    await sayHere(counsellors)
    console.log(`${options.chats} chats begin …`)
    const chats = await takeChats(counsellors.slice(0, holders), contacts, options.chats)
    const watched = counsellors.slice(0, options.consoles)
    const looker = counsellors[holders]
    if (looker === undefined) throw new Error("nobody looks")
    const traffic = new Traffic(chats, contacts, watched, contender.standIn)
    await traffic.openScreens()

    const runs: Runs = { "empty-still": [], "empty-busy": [], "long-still": [], "long-busy": [] }
    // Code is compiled, pools are filled.
    await traffic.run(options.every, 5)
    for (const queue of ["empty", "long"] as const) {
      if (queue === "long") {
        console.log(`${options.queued} people queue up …`)
        await contacts.queueUp(options.queued)
      }
      for (let round = 0; round < options.rounds; round++) {
        await sayHere(counsellors)
        runs[`${queue}-still`].push(await still(looker, options.seconds / 4))
        await sayHere(counsellors)
        runs[`${queue}-busy`].push(await busy())
        console.log(`${queue} queue: round ${round + 1} of ${options.rounds}`)
      }
      const waiting = Number(must(await looker.get("desk"))["waiting"])
      if (waiting !== (queue === "empty" ? 0 : options.queued)) throw new Error(`${waiting} people are waiting`)
    }
    report({ runs, failures: traffic.failures, postgres: postgres.version, options })

    async function busy(): Promise<Round> {
      const before = reading()
      const [ways, looks] = await Promise.all([traffic.run(options.every, options.seconds), look(looker as Console, options.seconds)])
      const after = reading()
      const ms = after.at - before.at
      return { ...ways, looks, ownBusy: (after.own - before.own) / ms, loadBusy: (after.load - before.load) / ms, asked: ((after.asked - before.asked) * 1000) / ms }
    }

    function reading() {
      const { user, system } = process.cpuUsage()
      const asked = watched.reduce((sum, one) => sum + one.asked, 0)
      return { at: performance.now(), own: processorTime(contender.process.pid), load: (user + system) / 1000, asked }
    }
  } catch (cause) {
    console.error(contender.process.said())
    throw cause
  } finally {
    contacts.close()
    await contender.stop()
    await postgres.stop()
  }
}

/** The house tells the first link once its doors are open. */
async function firstLink(said: () => string): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const link = /\S+\/console\/#\/link\/\S+/.exec(said())?.[0]
    if (link !== undefined) return link
    await sleep(100)
  }
  throw new Error("the house told no first link")
}

async function still(looker: Console, seconds: number): Promise<Round> {
  return { hers: [], back: [], looks: await look(looker, seconds), ownBusy: 0, loadBusy: 0, asked: 0 }
}

/** Asks for the lists again and again, as somebody who holds no chat. */
async function look(looker: Console, seconds: number): Promise<number[]> {
  const taken: number[] = []
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    const began = performance.now()
    must(await looker.get("desk"))
    taken.push(performance.now() - began)
    await sleep(LOOK_MS)
  }
  return taken
}

/** The content that comes along, with people at the desk at every hour. */
function alwaysOpen(): string {
  const folder = temporary("content")
  cpSync(join(import.meta.dirname, "../content"), folder, { recursive: true })
  const file = join(folder, "desk.yaml")
  writeFileSync(file, readFileSync(file, "utf8").replace(/^hours:.*(?:\n[ \t-].*)+/m, "hours: always"))
  return folder
}
