import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { inject, expect, test } from "vitest"
import { createTexts } from "../../src/locales/texts.ts"
import { freePort } from "../../src/store/own-server.ts"
import { freshDatabase } from "../support/database.ts"
import { startHouse, until, type Running } from "../support/running.ts"
import { openTelegram, type Telegram } from "../support/telegram.ts"
import { deliver } from "../support/telegram-door.ts"

/** What a person says in turn, and how the answer begins: so many that one said again and one left out are told apart. */
const SAID = [
  ["menu", "menu.main"],
  ["qqqq", "menu.unclear"],
  ["thanks", "menu.welcome"],
  ["help", "menu.help"],
  ["0", "emergency.which"],
] as const
/** How many answers a house may have sent whose fates it hadn't yet written when it died: they come once more, in their order. */
const MOST_AGAIN = 3
const PEOPLE = 16

test("on a day when everything breaks, each acknowledged text gets its answer, in order, and none twice but those that are counted", { timeout: 120_000 }, async () => {
  const database = await freshDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), "hamraaz-bad-day-"))
  const telegram = await openTelegram()
  const admin = new pg.Client({ connectionString: inject("serverUrl") })
  await admin.connect()
  const texts = createTexts({})
  const port = String(await freePort())
  const start = () =>
    startHouse({ PORT: port, DATA_DIR: dataDir, DATABASE_URL: database.url, PUBLIC_URL: "https://help.example.org", TELEGRAM_PER_SECOND: "1000", ...telegram.environment })
  const houses: Running[] = [await start()]
  const house = () => houses.at(-1) as Running

  const people = Array.from({ length: PEOPLE }, () => ({ chat: telegram.chat(), acknowledged: 0 }))
  let over = false
  const writing = people.map(async (person) => {
    while (!over) {
      const [text] = SAID[person.acknowledged % SAID.length] ?? SAID[0]
      await bring(house, telegram.text(person.chat, text), person.acknowledged)
      person.acknowledged += 1
    }
  })
  let mark = 0
  const acknowledged = () => people.reduce((sum, one) => sum + one.acknowledged, 0)
  const more = async (count: number) => {
    mark = acknowledged() + count
    await until(() => acknowledged() >= mark)
  }
  const kill = async () => {
    house().child.kill("SIGKILL")
    houses.push(await start())
  }

  try {
    await more(200)
    await kill()
    await more(100)

    const name = new URL(database.url).pathname.slice(1)
    await admin.query(`alter database ${name} allow_connections false`)
    await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name])
    await expect(fetch(`${house().url}/readyz`).then(({ status }) => status)).resolves.toBe(503)
    await admin.query(`alter database ${name} allow_connections true`)
    await more(200)

    await telegram.refuseConnections()
    await more(100)
    await telegram.acceptConnections()

    for (const arrived of [true, false, true]) telegram.misbehave("sendMessage", { type: "drop", arrived })
    for (const status of [500, 502]) telegram.misbehave("sendMessage", { type: "page", status })
    await more(50)
    await kill()
    await more(100)

    over = true
    await Promise.all(writing)
    const counter = new pg.Client({ connectionString: database.url })
    await counter.connect()
    await until(async () => {
      // What waits for its next try doesn't have to wait as long as in life.
      await counter.query("update outbox set due_at = now() where status in ('waiting', 'unknown') and process is null and due_at > now() + interval '5 seconds'")
      return (await counter.query("select from outbox where status in ('waiting', 'unknown')")).rowCount === 0
    })
    const { rows: kept } = await counter.query("select status, count(*)::int from outbox where status <> 'sent' or content is not null group by 1")
    await counter.end()
    expect(kept).toEqual([])

    const begins = SAID.map(([, key]) => (texts(key, "en").split("{{")[0] ?? "").slice(0, 24))
    let doubled = 0
    for (const { chat, acknowledged: said } of people) {
      const arrived = chat.arrived.map(({ text }) => begins.findIndex((beginning) => text.startsWith(beginning)))
      const nth = placesOf(arrived)
      expect([...new Set(nth)], arrived.join(" ")).toEqual(Array.from({ length: said }, (_, index) => index))
      expect(nth.at(-1)).toBe(said - 1)
      doubled += arrived.length - said
    }
    const repeats = houses.flatMap(({ lines }) => lines.filter((line) => line.includes('"event":"send-repeated"'))).length
    expect(doubled).toBeLessThanOrEqual(repeats)
    expect(repeats, "nothing was ever in doubt: the day wasn't bad enough").toBeGreaterThan(0)
  } finally {
    over = true
    house().child.kill("SIGKILL")
    await admin.end()
    await telegram.close()
    await database.drop()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

/** The how-manieth answer each arrival is: the next, or one of the last ones once more, from which it goes on again. */
function placesOf(arrived: readonly number[]): readonly number[] {
  let at = -1
  return arrived.map((one) => {
    const step = Array.from({ length: MOST_AGAIN + 1 }, (_, back) => 1 - back).find((by) => (at + by + SAID.length) % SAID.length === one)
    at += step ?? Number.NaN
    return at
  })
}

/** Brings an update as Telegram does, again and again until it is taken; every third comes once more after that. */
async function bring(house: () => Running, update: ReturnType<Telegram["text"]>, nth: number): Promise<void> {
  const once = async () => (await deliver(house(), update).catch(() => 0)) === 200
  await until(once)
  if (nth % 3 === 0) await until(once)
}
