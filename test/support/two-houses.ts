import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import type { Conversation } from "../../src/flows/conversation.ts"
import { fireTimers } from "../../src/helpline/loops.ts"
import { reap } from "../../src/store/outbox.ts"
import { freshDatabase } from "./database.ts"
import { openHouse, type House } from "./house.ts"

export type Side = 0 | 1
export type TwoHouses = Awaited<ReturnType<typeof openTwoHouses>>

/** Two processes' worth of house on one database, with one clock; either can be cut off without a word. */
export async function openTwoHouses() {
  const database = await freshDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), "hamraaz-two-"))
  const eye = new pg.Pool({ connectionString: database.url, max: 2 })
  eye.on("error", () => {})
  const open = async (at?: number) => {
    const house = await openHouse({}, { databaseUrl: database.url, dataDir, ...(at !== undefined && { at }) })
    dawdle(house)
    return house
  }
  const houses: [House, House] = [await open(), await open()]
  const gone: { readonly house: House; readonly revive: () => void }[] = []

  const settleOne = async (side: Side) => {
    const { app, now, settle } = houses[side]
    await fireTimers(app.store, app.cover, app.receive, new Date(now()))
    await settle()
  }
  async function settle(): Promise<void> {
    for (const side of [0, 1, 0, 1] as const) await settleOne(side)
  }

  async function bury(): Promise<void> {
    const dead = gone.splice(0)
    for (const { revive } of dead) revive()
    for (const { house } of dead) await house.close()
  }

  return {
    eye,
    house: (side: Side) => houses[side],
    settleOne,
    settle,
    /** Turns every clock on, that of waiting messages too. */
    async advance(ms: number): Promise<void> {
      for (const house of houses) house.advance(ms)
      await eye.query("update outbox set due_at = due_at - $1 * interval '1 millisecond' where status in ('waiting', 'unknown')", [ms])
    },
    /** One house ends as by a power cut; another opens in its place and finds what it held. */
    async cutOff(side: Side): Promise<void> {
      const house = houses[side]
      gone.push({ house, revive: hang(house) })
      await eye.query("update process set alive_until = now() - interval '1 second' where id = $1", [house.app.lease.name()])
      houses[side] = await open(house.now())
      await reap(houses[side].app.store.pool)
    },
    /** Where a conversation stands on the shelf. */
    async conversation(id: string): Promise<Conversation | undefined> {
      const { rows } = await eye.query<{ state: Buffer }>("select state from conversation where id = $1", [id])
      return rows[0] && (JSON.parse(houses[0].app.cover.open("state", rows[0].state)) as Conversation)
    },
    /** What the houses complained of. */
    complaints: () => houses.flatMap(({ lines }) => lines.filter((line) => /loop-failed|turn-parked|unreadable/.test(line))),
    /** Lets go of what was cut off: what it still wanted to say comes too late. */
    bury,
    async close(): Promise<void> {
      await bury()
      for (const house of houses) await house.close()
      await eye.end()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Each statement of a transaction comes a moment late, now and then: so that what can come in between does. */
function dawdle({ app: { store } }: House): void {
  store.pool.on("connect", (client) => {
    const real = client.query.bind(client) as (...values: unknown[]) => unknown
    const late = async (...values: unknown[]) => {
      if (Math.random() < 0.5) await new Promise((resolve) => setTimeout(resolve, Math.random() * (values[0] === "begin" ? 20 : 4)))
      return real(...values)
    }
    // The pool's own statements stand alone, and tell a function.
    Object.assign(client, { query: (...values: unknown[]) => (typeof values.at(-1) === "function" ? real(...values) : late(...values)) })
  })
}

/** Nothing that a house asks of PostgreSQL is heard or answered any more, until it is let go. */
function hang({ app: { store } }: House): () => void {
  const { pool } = store
  const real = { query: pool.query.bind(pool), connect: pool.connect.bind(pool) }
  let fail: (cause: Error) => void = () => {}
  const never = new Promise<never>((_, reject) => (fail = reject))
  never.catch(() => {})
  Object.assign(pool, { query: () => never, connect: () => never })
  return () => {
    Object.assign(pool, real)
    fail(new Error("this house was cut off"))
  }
}
