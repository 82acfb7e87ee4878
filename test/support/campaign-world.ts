import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import type { ParticipantStep } from "../../src/flows/campaign-shapes.ts"
import { eraseContact } from "../../src/store/shelves.ts"
import { setSwitch, type SwitchState } from "../../src/store/campaign-switch.ts"
import { takePart } from "../../src/store/participants.ts"
import { inTransaction } from "../../src/store/transaction.ts"
import { freshDatabase } from "./database.ts"
import { openHouse, type House } from "./house.ts"

export const CAMPAIGN = "sixteen-days"
/** The day before it begins, early. */
export const EVE = Date.parse("2026-11-24T00:00:00Z")

/** A message as a phone showed it, and the house's time then. */
export type Arrival = { readonly address: string; readonly day: number; readonly at: number }

/** One row of the ledger, as a test looks at it. */
export type LedgerRow = {
  readonly address: string | null
  readonly id: string
  readonly day: number
  readonly reminder: boolean
  readonly status: string
  readonly why: string | null
  readonly due_at: Date
  readonly until: Date
  readonly did: string | null
}

/**
 * A campaign and its people, by the real content and on the real database. Hours are passed in, loops turned by hand; the
 * house can be cut off from everything at any statement, as by a power cut, and another one opened in its place.
 */
export async function openCampaign(at = EVE, environment: Readonly<Record<string, string>> = {}, channel: "simulator" | "telegram" | "whatsapp" = "simulator", content?: string) {
  const database = await freshDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), "hamraaz-campaign-"))
  const open = (now: number) => openHouse(environment, { databaseUrl: database.url, dataDir, at: now, ...(content !== undefined && { content }) })
  let house: House = await open(at)
  const dead: House[] = []
  const addresses = new Map<string, string>()
  const arrived: Arrival[] = []
  let last = "0"
  const idOf = (address: string) => {
    const id = house.app.cover.lookup(channel, address)
    addresses.set(id, address)
    return id
  }
  const dayOf = new Map(
    house.app.campaigns.plans.flatMap(({ id, days }) => (id === CAMPAIGN ? Array.from({ length: days }, (_, index) => index + 1) : [])).map((day) => [themeOf(day), day] as const),
  )

  function themeOf(day: number): string {
    const action = ACTIONS[day - 1]
    return house.app.texts(`${CAMPAIGN}.${action}.theme` as never, "en")
  }

  /** Looks what has come on the phones since. */
  async function collect(db: Pick<pg.ClientBase, "query"> = house.app.store.pool): Promise<void> {
    const { rows } = await db.query<{ id: string; conversation_id: string; content: Buffer }>(
      "select id, conversation_id, content from simulator_message where id > $1 order by id",
      [last],
    )
    for (const { id: n, conversation_id: id, content } of rows) {
      last = n
      const { text } = JSON.parse(house.app.cover.open("simulator", content)) as { text: string }
      const day = [...dayOf].find(([theme]) => text.startsWith(theme))?.[1]
      const address = addresses.get(id)
      if (day !== undefined && address !== undefined) arrived.push({ address, day, at: house.now() })
    }
  }

  /** Turns every loop until nothing more can be done now. */
  async function turn(): Promise<void> {
    const { campaigns, feed } = house.app
    await campaigns.layDue()
    do {
      while ((await feed.feedDue()) > 0);
      await house.settle()
    } while ((await feed.carry()) > 0)
    await feed.skipOver()
    await collect()
  }

  async function apart(work: (client: pg.Client) => Promise<void>): Promise<void> {
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    await work(client)
    await client.end()
  }

  return {
    get house() {
      return house
    },
    arrived,
    turn,
    collect,
    idOf,
    advance: (ms: number) => house.advance(ms),
    /** What a turn of hers would write. */
    async step(address: string, ...steps: readonly ParticipantStep[]): Promise<void> {
      const { store, cover, campaigns } = house.app
      const where = cover.close("leaving", JSON.stringify({ address, shape: channel === "simulator" ? "sms" : channel }))
      const parts = steps.map((step) => (step.type === "join" ? { ...step, channel, where } : step))
      await inTransaction(store.pool, (client) => takePart(client, idOf(address), parts as never, campaigns.clockOf, new Date(house.now())))
    },
    join(address: string, zone: string, hour: number, campaign = CAMPAIGN) {
      return this.step(address, { type: "join", campaign, language: "en", country: "PK", zone, hour, neutral: false, wording: 1 })
    },
    write: (address: string, text: string) => house.app.receive({ channel: "simulator", address, shape: "sms", deliveryId: `${Math.random()}`, heard: { type: "text", text } }),
    forget: (address: string) => eraseContact(house.app.store, idOf(address), BigInt(house.now()) * 1000n, new Date(house.now())),
    setSwitch: (state: SwitchState) => setSwitch(house.app.store.pool, CAMPAIGN, state, new Date(house.now())),
    async ledger(): Promise<readonly LedgerRow[]> {
      const { rows } = await house.app.store.pool.query<Omit<LedgerRow, "address"> & { conversation_id: string | null }>(
        `select p.conversation_id, d.participant_id as id, d.day, d.reminder, d.status, d.why, d.due_at, d.until, d.did
        from campaign_day d join participant p on p.id = d.participant_id order by 2, 3, 4`,
      )
      return rows.map(({ conversation_id: id, ...row }) => ({ ...row, address: id === null ? null : (addresses.get(id) ?? null) }))
    },
    /** One round of a house that reaches nothing and nobody any more after so many statements; what it was doing then is never finished. */
    async turnCutAfter(statements: number): Promise<void> {
      const { pool } = house.app.store
      let left = statements
      let told = () => {}
      const over = new Promise<void>((resolve) => (told = resolve))
      const cut = <T extends (...values: never[]) => unknown>(real: T) =>
        ((...values: never[]) => {
          if (left-- > 0) return real(...values)
          told()
          return Promise.reject(Object.assign(new Error("cut off"), { code: "08006" }))
        }) as unknown as T
      const connect = pool.connect.bind(pool) as (...values: unknown[]) => Promise<{ query: (...values: never[]) => unknown }>
      pool.query = cut(pool.query.bind(pool) as never)
      // The pool's own statements come by here as well, with a function.
      pool.connect = (async (...values: unknown[]) => {
        if (values.length > 0) return connect(...values)
        const client = await connect()
        const real = client.query.bind(client)
        return new Proxy(client, {
          get: (target, name) => (name === "query" ? cut(real as never) : Reflect.get(target, name)),
        })
      }) as never
      await Promise.race([turn().catch(() => {}), over])
      // What PostgreSQL was told before that, it does.
      while (pool.idleCount < pool.totalCount) await new Promise((resolve) => setImmediate(resolve))
      await apart(async (client) => {
        await collect(client)
        await client.query("update process set alive_until = now() - interval '1 second'")
      })
    },
    /** Another house in its place, once the dead one's lease has run out. */
    async reopen(): Promise<void> {
      dead.push(house)
      const now = house.now()
      house = await open(now)
      await house.settle()
    },
    async close(): Promise<void> {
      await house.close()
      for (const one of dead) void one.app.store.close().catch(() => {})
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

const ACTIONS = [
  "first-idea",
  "kind-comment",
  "new-lock",
  "own-chats",
  "quilt-square",
  "first-screen",
  "good-sources",
  "one-question",
  "for-everyone",
  "app-score",
  "thank-a-writer",
  "promise",
  "tip-travels",
  "radio-line",
  "three-lines",
  "last-line",
]
