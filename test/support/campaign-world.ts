import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { closeConnections } from "../../src/bots/http.ts"
import type { ParticipantStep } from "../../src/flows/campaign-shapes.ts"
import type { ChannelName } from "../../src/helpline/channel.ts"
import { eraseContact } from "../../src/store/shelves.ts"
import { daysBy } from "../../src/helpline/campaign-time.ts"
import { accountOf } from "../../src/store/campaign-account.ts"
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
export async function openCampaign(at = EVE, environment: Readonly<Record<string, string>> = {}, content?: string) {
  const database = await freshDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), "hamraaz-campaign-"))
  const open = (now: number) => openHouse(environment, { databaseUrl: database.url, dataDir, at: now, ...(content !== undefined && { content }) })
  let house: House = await open(at)
  const dead: House[] = []
  const addresses = new Map<string, string>()
  const arrived: Arrival[] = []
  let last = "0"
  const idOf = (address: string) => {
    const id = house.app.cover.lookup(channelOf(address), address)
    addresses.set(id, address)
    return id
  }
  const themes = (["en", "es"] as const).flatMap((language) =>
    ACTIONS.map((action, index) => [plain(house.app.texts(`${CAMPAIGN}.${action}.theme` as never, language)), index + 1] as const),
  )

  /** The day whose message begins like this, in any language. */
  function dayOf(text: string): number | undefined {
    return themes.find(([theme]) => plain(text).startsWith(theme))?.[1]
  }

  /** Looks what has come on the phones of the simulator since. */
  async function collect(db: Pick<pg.ClientBase, "query"> = house.app.store.pool): Promise<void> {
    const { rows } = await db.query<{ id: string; conversation_id: string; content: Buffer }>(
      "select id, conversation_id, content from simulator_message where id > $1 order by id",
      [last],
    )
    for (const { id: n, conversation_id: id, content } of rows) {
      last = n
      const { text } = JSON.parse(house.app.cover.open("simulator", content)) as { text: string }
      const day = dayOf(text)
      const address = addresses.get(id)
      if (day !== undefined && address !== undefined) arrived.push({ address, day, at: house.now() })
    }
  }

  /** Turns every loop until nothing more can be done now. Whatever waits for another try has waited long enough: hours pass here, and seconds there. */
  async function turn(): Promise<void> {
    const { campaigns, feed, store } = house.app
    await store.pool.query("update outbox set due_at = now() where status in ('waiting', 'unknown') and process is null and due_at > now()")
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
    dayOf,
    turn,
    collect,
    idOf,
    advance: (ms: number) => house.advance(ms),
    /** What a turn of hers would write. */
    async step(address: string, ...steps: readonly ParticipantStep[]): Promise<void> {
      const { store, cover, campaigns } = house.app
      const channel = channelOf(address)
      const where = cover.close("leaving", JSON.stringify({ address, shape: shapeOf(channel) }))
      const parts = steps.map((step) => (step.type === "join" ? { ...step, channel, where } : step))
      await inTransaction(store.pool, (client) => takePart(client, idOf(address), parts as never, campaigns.clockOf, new Date(house.now())))
    },
    join(address: string, zone: string, hour: number, language: "en" | "es" = "en") {
      return this.step(address, { type: "join", campaign: CAMPAIGN, language, country: "PK", zone, hour, neutral: false, wording: 1 })
    },
    /** Where a channel repeats what wasn't acknowledged, it has a name of its own for what it brings. */
    async write(address: string, text: string) {
      const channel = channelOf(address)
      const deliveryId = randomUUID()
      const named = channel === "sms" || channel === "whatsapp" ? { providerId: deliveryId } : {}
      const became = await house.app.receive({ channel, address, shape: shapeOf(channel), deliveryId, ...named, heard: { type: "text", text } })
      // By the house's clock, which isn't the database's here.
      await house.app.store.pool.query("update delivery set at = $2 where provider_id = $1", [deliveryId, new Date(house.now())])
      return became
    },
    forget: (address: string) => eraseContact(house.app.store, idOf(address), BigInt(house.now()) * 1000n, new Date(house.now())),
    setSwitch: (state: SwitchState) => setSwitch(house.app.store.pool, CAMPAIGN, state, new Date(house.now())),
    async ledger(): Promise<readonly LedgerRow[]> {
      const { rows } = await house.app.store.pool.query<Omit<LedgerRow, "address"> & { conversation_id: string | null }>(
        `select p.conversation_id, d.participant_id as id, d.day, d.reminder, d.status, d.why, d.due_at, d.until, d.did
        from campaign_day d join participant p on p.id = d.participant_id order by 2, 3, 4`,
      )
      return rows.map(({ conversation_id: id, ...row }) => ({ ...row, address: id === null ? null : (addresses.get(id) ?? null) }))
    },
    /** How many rows the ledger lacks, as `campaign status` counts them. */
    async missing(): Promise<number> {
      const { store, campaigns } = house.app
      const plan = campaigns.plans.find(({ id }) => id === CAMPAIGN)
      const account = await accountOf(store.pool, CAMPAIGN, (group, laid) => (plan === undefined ? 0 : daysBy(plan, group, laid.getTime())))
      return account.missing
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
      // It is dead: nothing more leaves, and what was on its way may or may not have arrived.
      Object.assign(house.app.lease, { holds: () => false })
      await closeConnections()
      // What PostgreSQL was told before that, it does.
      while (pool.idleCount < pool.totalCount || pool.waitingCount > 0) await new Promise((resolve) => setImmediate(resolve))
      await apart(async (client) => {
        await collect(client)
        await client.query("update process set alive_until = now() - interval '1 second'")
      })
    },
    /** Ends in order, and begins again. */
    async restart(): Promise<void> {
      const now = house.now()
      await house.close()
      house = await open(now)
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

/** Without accents: by SMS, letters leave without those that cost a segment. */
const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "")

/** By how an address looks. */
function channelOf(address: string): ChannelName {
  return /^\d/.test(address) ? "telegram" : address.startsWith("+") ? "sms" : address.startsWith("whatsapp:") ? "whatsapp" : "simulator"
}

const shapeOf = (channel: ChannelName) => (channel === "simulator" ? "sms" : channel)

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
