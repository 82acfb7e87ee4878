import { randomUUID } from "node:crypto"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { freshId } from "../../src/helpline/fresh-id.ts"
import { landTurns, loadTurns, type Landing } from "../../src/store/turns.ts"
import { freshDatabase } from "../support/database.ts"

let database: Awaited<ReturnType<typeof freshDatabase>>
let pool: pg.Pool
beforeAll(async () => {
  database = await freshDatabase()
  pool = new pg.Pool({ connectionString: database.url, max: 4 })
  // Dropping the database ends a connection that is idle.
  pool.on("error", () => {})
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const me = randomUUID()
const somebodyElse = randomUUID()
const bytes = (text: string) => new TextEncoder().encode(text)
const row = () => ({ id: freshId(Date.now()), position: 0, channel: "sms", content: bytes("words") })

function landing(change: Partial<Landing> & { readonly id: string }): Landing {
  const deliveries = [{ key: randomUUID(), providerId: undefined }]
  return {
    begins: false,
    version: 2n,
    flowVersion: 1,
    state: bytes("place"),
    heardAt: new Date(),
    deliveries,
    outbox: [],
    timers: [],
    hush: false,
    reachable: false,
    desk: [],
    ...change,
  }
}

async function begun(version = 1n): Promise<string> {
  const id = randomUUID()
  expect(await landTurns(pool, [landing({ id, begins: true, version, outbox: [row()] })], [], me)).toEqual(new Map([[id, { held: false }]]))
  return id
}

async function statuses(id: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ status: string }>("select status from outbox where conversation_id = $1 order by turn, position", [id])
  return rows.map(({ status }) => status)
}

describe("a conversation", () => {
  test("lands on the version it came from, and on no other", async () => {
    const id = await begun(7n)
    for (const version of [7n, 9n]) expect(await landTurns(pool, [landing({ id, version })], [], me)).toEqual(new Map())
    expect(await landTurns(pool, [landing({ id, version: 8n })], [], me)).toEqual(new Map([[id, { held: false }]]))
  })

  test("that begins twice begins once, even one millisecond later", async () => {
    const id = await begun(7n)
    expect(await landTurns(pool, [landing({ id, begins: true, version: 8n, state: bytes("again") })], [], me)).toEqual(new Map())
    const [loaded] = await loadTurns(pool, [{ id, key: randomUUID() }])
    expect(loaded?.shelved).toEqual({ version: 7n, state: Buffer.from("place") })
  })

  test("whose row is gone doesn't come back", async () => {
    const id = await begun(1n)
    await pool.query("delete from conversation where id = $1", [id])
    expect(await landTurns(pool, [landing({ id })], [], me)).toEqual(new Map())
  })

  test("that doesn't land leaves no row of any kind, and its neighbour lands", async () => {
    const [lost, fine] = [await begun(1n), await begun(1n)]
    const rest = { outbox: [row()], timers: [{ name: "forget", dueAt: new Date(), content: bytes("where") }], hush: true }
    const landed = await landTurns(pool, [landing({ id: lost, version: 9n, ...rest }), landing({ id: fine, ...rest, outbox: [row()] })], [], me)
    expect([...landed.keys()]).toEqual([fine])
    const count = async (table: string) => (await pool.query(`select from ${table} where conversation_id = $1`, [lost])).rowCount
    expect([await count("delivery"), await count("outbox"), await count("timer")]).toEqual([1, 1, 0])
    expect(await statuses(lost)).toEqual(["waiting"])
    expect(await statuses(fine)).toEqual(["refused", "waiting"])
  })

  test("with a delivery that was taken before doesn't land, however many came with it", async () => {
    const id = await begun(1n)
    const known = { key: randomUUID(), providerId: "p" }
    expect((await landTurns(pool, [landing({ id, deliveries: [known] })], [], me)).size).toBe(1)
    expect(await landTurns(pool, [landing({ id, version: 3n, deliveries: [{ key: randomUUID(), providerId: undefined }, known] })], [], me)).toEqual(new Map())
    expect((await loadTurns(pool, [{ id, key: known.key }]))[0]?.known).toBe(true)
  })
})

describe("rows that are to leave", () => {
  test("are born leased, unless somebody else still has an older one to send", async () => {
    const id = await begun(1n)
    await pool.query("update outbox set process = $2 where conversation_id = $1", [id, somebodyElse])
    expect(await landTurns(pool, [landing({ id, outbox: [row()] })], [], me)).toEqual(new Map([[id, { held: true }]]))
    const { rows } = await pool.query("select process from outbox where conversation_id = $1 order by turn", [id])
    expect(rows).toEqual([{ process: somebodyElse }, { process: null }])
  })

  test("of a turn that leaves say their goodbye, and older ones don't", async () => {
    const id = await begun(1n)
    await landTurns(pool, [landing({ id, hush: true, outbox: [row()] })], [], me)
    expect(await statuses(id)).toEqual(["refused", "waiting"])
  })

  test("get the fate that comes along, also when she leaves in the same breath", async () => {
    const id = await begun(1n)
    const { rows } = await pool.query<{ id: string }>("select id from outbox where conversation_id = $1", [id])
    await landTurns(pool, [landing({ id, hush: true })], [{ id: rows[0]?.id ?? "", process: me, fate: { status: "sent", providerId: "m1" } }], me)
    expect((await pool.query("select status, provider_id, content from outbox where conversation_id = $1", [id])).rows).toEqual([
      { status: "sent", provider_id: "m1", content: null },
    ])
  })
})
