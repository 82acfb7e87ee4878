/** A broadcast of a house that is killed in the middle of it, twice: who was reached, and what the ledger says. */
import { cpSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import pg from "pg"
import { CONTENT } from "../src/folders.ts"
import { CAMPAIGN, database, enrol, house, load, settings } from "./campaign-house.ts"
import { freePort, type Process, ready, start, temporary } from "./processes.ts"
import { standIn } from "./stand-in.ts"

const ROOT = join(import.meta.dirname, "..")
const HOUR = 3600_000
const LONGEST_MS = 180_000

export async function killed(people: number, perSecond: number): Promise<void> {
  const provider = await standIn()
  const { folder, url, stop } = await database()
  const [zone, hour, begins] = noonish()
  const content = temporary("campaign-content")
  cpSync(CONTENT, content, { recursive: true })
  const file = join(content, `campaigns/${CAMPAIGN}.yaml`)
  writeFileSync(file, readFileSync(file, "utf8").replace(/^begins: \S+/m, `begins: ${begins}`))
  const port = await freePort()
  const env = { ...settings(folder, provider.root, "telegram", perSecond), DATABASE_URL: url, CONTENT_DIR: content, PORT: String(port), NODE_ENV: "production" }
  const reached = new Map<number, number>()
  provider.onReply = (chat) => void reached.set(chat, (reached.get(chat) ?? 0) + 1)
  const client = new pg.Client({ connectionString: url })
  let running: Process | undefined
  const open = async () => {
    running = start(["node", "src/main.ts"], ROOT, env, join(folder, "log"))
    await ready(running, `http://127.0.0.1:${port}/readyz`)
  }
  try {
    const app = await house(env, url, Date.now, content)
    await enrol(app, { channel: "telegram", people, laid: Date.now() - 6 * HOUR, begins, where: () => [zone, hour] })
    const rows = await app.campaigns.layDue()
    await app.close()
    await client.connect()
    const began = performance.now()
    await open()
    for (const part of [1 / 3, 2 / 3]) {
      while (reached.size < people * part) await sleep(5)
      await running?.kill()
      console.log(`killed after ${reached.size} of ${people} were reached`)
      await open()
    }
    const unfinished = async () =>
      (await client.query("select from campaign_day where status in ('due', 'held', 'queued') and campaign = $1 and due_at <= now() + interval '90 seconds'", [CAMPAIGN]))
        .rowCount ?? 0
    while ((await unfinished()) > 0 && performance.now() - began < LONGEST_MS) await sleep(1000)
    const took = (performance.now() - began) / 1000
    const { rows: ledger } = await client.query<{ conversation_id: string; status: string; why: string | null }>(
      "select p.conversation_id, d.status, d.why from participant p left join campaign_day d on d.participant_id = p.id and d.day = 1 where p.campaign = $1",
      [CAMPAIGN],
    )
    const of = (wanted: (row: (typeof ledger)[number]) => boolean) => ledger.filter(wanted).length
    const twice = [...reached.values()].filter((times) => times > 1).length
    const [sent, doubt] = [of(({ status }) => status === "sent"), of(({ why }) => why === "in-doubt")]
    const open_ = of(({ status }) => ["due", "held", "queued"].includes(status))
    console.log(
      `killed twice, done after ${took.toFixed(0)} s: of ${people} people ${people - of(({ status }) => status === null)} have a row (${rows} were laid out), ${open_} of them without an end; ` +
        `${sent} sent, ${doubt} in doubt, ${people - sent - doubt - open_} otherwise; at the provider ${reached.size} reached, ${twice} twice, ${reached.size - sent} of those in doubt; ${load()}`,
    )
  } finally {
    await running?.stop()
    await client.end()
    provider.close()
    await stop()
  }
}

/** A zone where it is about noon now, the hour before, and the date there. */
function noonish(): readonly [string, number, string] {
  for (const zone of Intl.supportedValuesOf("timeZone")) {
    const hour = Number(new Intl.DateTimeFormat("en", { timeZone: zone, hour: "numeric", hourCycle: "h23" }).format())
    if (hour === 12) return [zone, hour - 1, new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format()]
  }
  throw new Error("it is noon nowhere")
}
