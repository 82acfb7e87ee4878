import pg from "pg"
import { afterAll, afterEach } from "vitest"
import { newStaff } from "./desk.ts"
import { contentWith, openHouse } from "./house.ts"
import { until } from "./running.ts"
import { simulated } from "./simulated.ts"

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

/** Open at every hour, and no two timers alike. */
const timed = (text: string) =>
  text
    .replace(/^hours:.*(?:\n[ \t-].*)+/m, "hours: always")
    .replace(/^( {2}offer:) \d+/m, "$1 3")
    .replace(/^( {2}close:) \d+/m, "$1 7")

/** A house for a test file, with people at its desk, and what stands in its database. Noor is a supervisor. Nobody waits or is there after a test, and at the end the house is closed. */
export async function openAtDesk() {
  const house = await openHouse({}, { content: contentWith("desk.yaml", timed) })
  const { desk, cover } = house.app
  const eye = new pg.Pool({ connectionString: house.databaseUrl, max: 3 })
  const sana = await newStaff(house, "Sana", ["counsellor"], 2)
  const bilal = await newStaff(house, "Bilal", ["counsellor"])
  const noor = await newStaff(house, "Noor", ["counsellor", "supervisor"], 3)
  const one = async (statement: string, value: string) => (await eye.query<Record<string, unknown>>(statement, [value])).rows[0] ?? {}
  const rowOf = (id: string) => one("select * from handoff where id = $1", id)

  /** Somebody who has come as far as the line, or to whoever is free. */
  async function inLine() {
    const she = simulated(house, "sms")
    for (const text of ["hi", "yes", "talk to a person", "yes", "no", "an account"]) await she.text(text)
    const row = await one("select id from handoff where conversation_id = $1 and status <> 'ended'", cover.lookup("simulator", `sms:${she.from}`))
    return { she, id: String(row["id"]) }
  }

  /** Nobody waits, nobody writes and nobody is there any more. */
  async function clear(): Promise<void> {
    for (const { id } of await desk.cards()) await desk.end(noor, id, "other")
    await house.settle()
    await eye.query("delete from seat")
  }
  afterEach(clear)
  afterAll(async () => {
    await eye.end()
    await house.close()
  })

  return {
    house,
    desk,
    eye,
    sana,
    bilal,
    noor,
    inLine,
    clear,
    /** Somebody with whom Sana writes. */
    async live() {
      const { she, id } = await inLine()
      const refused = (await desk.claim(sana, id)) ?? (await desk.write(sana, id, "Hello.", "first"))
      if (refused !== undefined) throw new Error(refused)
      await she.read()
      return { she, id }
    },
    rowOf,
    seatOf: (staff: string) => one("select * from seat where staff_id = $1", staff),
    async lines(id: string) {
      const chat = await desk.chat(noor, id, 0)
      if (typeof chat === "string") throw new Error(chat)
      return chat.lines.map(({ from, text }) => `${from}: ${text}`)
    },
    /** In how many minutes the timer of a chat acts. */
    timer: async (id: string) => Math.round(((await rowOf(id))["due_at"] as Date).getTime() - house.now()) / MINUTE,
    /** Turns the clock on and lets the house do what its time brings. */
    async pass(minutes: number): Promise<void> {
      house.advance(minutes * MINUTE)
      await house.settle()
    },
    /** Does something in the way of which a change of the database stands that isn't committed before it is waited for. */
    async inTheWay<T>(change: string, values: unknown[], act: () => Promise<T>): Promise<T> {
      const client = await eye.connect()
      try {
        await client.query("begin")
        await client.query(change, values)
        const acting = act()
        await until(async () => ((await eye.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rowCount ?? 0) > 0)
        await client.query("commit")
        return await acting
      } finally {
        client.release()
      }
    },
  }
}

export const textsOf = (messages: readonly { readonly text: string }[]) => messages.map(({ text }) => text)
