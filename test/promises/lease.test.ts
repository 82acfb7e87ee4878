import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { giveBack, reap, reported, settle } from "../../src/store/outbox.ts"
import { freshDatabase } from "../support/database.ts"
import { openHouse, type House } from "../support/house.ts"
import { simulated } from "../support/simulated.ts"
import { openTelegram, type Telegram } from "../support/telegram.ts"
import { deliver } from "../support/telegram-door.ts"

const PUBLIC = { PUBLIC_URL: "https://help.example.org" }
const UNSENT = "select from outbox where status in ('waiting', 'unknown')"

describe("two processes and one Telegram", () => {
  let telegram: Telegram
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let dataDir: string
  const houses: House[] = []

  /** @param perSecond so slow that rows wait in the process's hands */
  async function open(perSecond: number): Promise<House> {
    const house = await openHouse({ ...telegram.environment, ...PUBLIC, TELEGRAM_PER_SECOND: String(perSecond) }, { databaseUrl: database.url, dataDir })
    houses.push(house)
    return house
  }
  beforeEach(async () => {
    telegram = await openTelegram()
    database = await freshDatabase()
    dataDir = mkdtempSync(join(tmpdir(), "hamraaz-lease-"))
  })
  afterEach(async () => {
    for (const house of houses.splice(0)) await house.close()
    await telegram.close()
    await database.drop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  test("what a process held when it was too late to say that it lives leaves once, from whoever took it up", async () => {
    const slow = await open(1)
    const other = await open(1000)
    const people = Array.from({ length: 8 }, () => telegram.chat())
    for (const chat of people) expect(await deliver(slow, telegram.text(chat, "hi"))).toBe(200)
    // As when the database was away, or the machine asleep, for longer than a lease.
    await slow.app.store.pool.query("update process set alive_until = now() - interval '1 second' where id = $1", [slow.app.lease.name()])
    const before = slow.app.lease.name()
    expect(await reap(other.app.store.pool)).toBeGreaterThan(3)
    // The beat, a look at what is due and a send may all ask at once.
    await Promise.all([slow.app.lease.renew(), slow.app.lease.renew(), slow.app.lease.renew()])
    expect(slow.app.lease.name()).not.toBe(before)
    expect((await slow.app.store.prisma.process.findMany()).map(({ id }) => id).sort()).toEqual([slow.app.lease.name(), other.app.lease.name()].sort())
    await other.settle()
    await slow.settle()
    expect(people.map((chat) => chat.arrived.length)).toEqual(people.map(() => 1))
    expect((await other.app.store.pool.query(UNSENT)).rowCount).toBe(0)
  })

  test("EXIT through one process calls back what another one holds", async () => {
    const slow = await open(1)
    const other = await open(1000)
    const [first, second, she] = [telegram.chat(), telegram.chat(), telegram.chat()]
    for (const chat of [first, second, she]) expect(await deliver(slow, telegram.text(chat, "hi"))).toBe(200)
    expect(await deliver(other, telegram.text(she, "EXIT"))).toBe(200)
    await other.settle()
    await slow.settle()
    expect([first.arrived.length, second.arrived.length]).toEqual([1, 1])
    expect(she.arrived.map(({ text }) => text)).toEqual([expect.stringContaining("bye")])
  })

  test("a message that is taken every time and confirmed never is repeated three times, counted, and given up", async () => {
    const house = await open(1000)
    const chat = telegram.chat()
    for (let n = 0; n < 10; n++) telegram.misbehave("sendMessage", { type: "drop", arrived: true })
    await deliver(house, telegram.text(chat, "hi"))
    for (let n = 0; n < 8; n++) {
      await house.settle()
      await house.app.store.pool.query("update outbox set due_at = now() where status = 'unknown'")
    }
    expect(chat.arrived).toHaveLength(4)
    expect(await house.metrics()).toMatch(/hamraaz_sends_repeated_total\{channel="telegram"\} 3/)
    expect((await house.app.store.pool.query("select status, code, content from outbox")).rows).toEqual([{ status: "refused", code: "in-doubt", content: null }])
  })
})

describe("a process that doesn't hear what became of its own statement", () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse()
  })
  afterEach(() => house.close())

  /** The next statement of this name is carried out, and its answer lost. */
  function loseAnswer(name: string): void {
    const { pool } = house.app.store
    const query = pool.query.bind(pool) as (...all: unknown[]) => Promise<unknown>
    let lost = false
    pool.query = (async (statement: { name?: string }, ...values: unknown[]) => {
      const answer = await query(statement, ...values)
      if (statement.name !== name || lost) return answer
      lost = true
      throw new Error("Connection terminated unexpectedly")
    }) as never
  }
  const write = (from: string, deliveryId: string, text: string) =>
    house.app.receive({ channel: "simulator", address: `sms:${from}`, shape: "sms", deliveryId, heard: { type: "text", text } })

  test("answers all the same when the turn had landed, and in order", async () => {
    const she = simulated(house, "sms")
    loseAnswer("land-turns")
    await expect(write(she.from, "one", "menu")).rejects.toThrow("terminated")
    expect(await write(she.from, "two", "0")).toBe("taken")
    expect(await write(she.from, "one", "menu")).toBe("repeated")
    const texts = (await she.read()).map(({ text }) => text.split("\n")[0])
    expect(texts).toHaveLength(2)
    expect(texts[1]).toContain("now")
  })

  test("takes up again what it had claimed without knowing", async () => {
    const she = simulated(house, "sms")
    await write(she.from, "one", "hi")
    await house.app.delivery.idle()
    await house.app.store.pool.query("update outbox set status = 'waiting', process = null, content = (select content from simulator_message limit 1)")
    loseAnswer("claim-due")
    await expect(house.app.delivery.deliverDue()).rejects.toThrow("terminated")
    const held = async () => (await house.app.store.pool.query(`${UNSENT} and process is not null`)).rowCount
    expect(await held()).toBe(1)
    await house.app.delivery.freeOrphans()
    expect(await held()).toBe(1)
    await house.app.delivery.freeOrphans()
    expect(await held()).toBe(0)
  })

  test("leaves alone what is in its hands", async () => {
    const she = simulated(house, "sms")
    await write(she.from, "one", "hi")
    await house.app.delivery.freeOrphans()
    await house.app.delivery.freeOrphans()
    await house.settle()
    expect((await house.app.store.pool.query("select attempts from outbox")).rows).toEqual([{ attempts: 1 }])
  })
})

describe("a row", () => {
  let house: House
  let id: string
  const me = randomUUID()
  const somebodyElse = randomUUID()
  const look = async () => (await house.app.store.pool.query("select status, process, content is null as empty, code from outbox where id = $1", [id])).rows[0]
  const set = (values: string) => house.app.store.pool.query(`update outbox set ${values} where id = $1`, [id])
  beforeEach(async () => {
    house = await openHouse()
    await simulated(house, "sms", "+923001").text("hi")
    id = (await house.app.store.prisma.outbox.findFirstOrThrow()).id
  })
  afterEach(() => house.close())

  test("that somebody else holds keeps its state whatever we say of it, unless we have sent it", async () => {
    await set(`status = 'unknown', process = '${somebodyElse}', content = 'x'`)
    for (const fate of [{ status: "freed" }, { status: "retry", afterMs: 0, code: "x" }, { status: "unknown", afterMs: 0, code: "x" }, { status: "refused", code: "x" }] as const) {
      await settle(house.app.store.pool, [{ id, process: me, fate }])
      expect(await look()).toMatchObject({ status: "unknown", process: somebodyElse })
    }
    await settle(house.app.store.pool, [{ id, process: me, fate: { status: "sent" } }])
    expect(await look()).toMatchObject({ status: "sent", process: null, empty: true })
  })

  test("that is given back stays in doubt when it was", async () => {
    await set(`status = 'unknown', process = '${me}', content = 'x', code = 'lost'`)
    await settle(house.app.store.pool, [{ id, process: me, fate: { status: "freed" } }])
    expect(await look()).toMatchObject({ status: "unknown", process: null, code: "lost" })
    await set(`process = '${me}'`)
    await giveBack(house.app.store.pool, [id], somebodyElse)
    expect(await look()).toMatchObject({ process: me })
  })

  test("held under a name that nobody knows is freed, and in doubt", async () => {
    await set(`status = 'waiting', process = '${somebodyElse}', content = 'x'`)
    expect(await reap(house.app.store.pool)).toBe(1)
    expect(await look()).toMatchObject({ status: "unknown", process: null })
  })

  test("that was sent and called back too late says that it was sent", async () => {
    await set("status = 'refused', code = 'left', process = null, content = null")
    await settle(house.app.store.pool, [{ id, process: me, fate: { status: "sent", providerId: "m-1" } }])
    expect(await house.app.store.prisma.outbox.findUnique({ where: { id } })).toMatchObject({ status: "sent", providerId: "m-1" })
  })

  test("that may have to be sent again isn't, once she has left", async () => {
    await set("status = 'sent', content = 'x', provider_id = 'p'")
    await simulated(house, "sms", "+923001").text("EXIT")
    expect(await look()).toMatchObject({ status: "sent", empty: true })
    await reported(house.app.store.pool, id, { status: "again", providerId: "p", code: "30003" })
    expect(await look()).toMatchObject({ status: "refused", code: "30003" })
  })

  test("that waits for a later try is tried when she writes, so that her next answer isn't held up", async () => {
    const { rows } = await house.app.store.pool.query("select content from simulator_message")
    await set("status = 'sent', provider_id = 'p'")
    await house.app.store.pool.query("update outbox set content = $1", [rows[0]?.content])
    await reported(house.app.store.pool, id, { status: "again", providerId: "p", code: "30003" })
    expect(await look()).toMatchObject({ status: "waiting" })
    const answers = await simulated(house, "sms", "+923001").text("0")
    expect(answers.at(-1)?.text).toContain("now")
  })
})
