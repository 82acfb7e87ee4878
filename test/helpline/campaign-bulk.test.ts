import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { closeConnections } from "../../src/bots/http.ts"
import { CAMPAIGN, openCampaign } from "../support/campaign-world.ts"
import { openTelegram, type Telegram } from "../support/telegram.ts"

const PUBLIC = { PUBLIC_URL: "https://help.example.org" }
const OPENING = Date.parse("2026-11-25T04:00:00Z")
const HOUR = 3600_000
const DUE = Date.parse("2026-11-25T05:21:00Z")

describe("what goes to many, on a channel that takes one message a second", () => {
  let telegram: Telegram
  let world: Awaited<ReturnType<typeof openCampaign>>
  beforeEach(async () => {
    telegram = await openTelegram()
    world = await openCampaign(OPENING, { ...telegram.environment, ...PUBLIC, TELEGRAM_PER_SECOND: "1" })
  })
  afterEach(async () => {
    await world.close()
    await telegram.close()
  })
  type Chat = ReturnType<Telegram["chat"]>
  const says = (chat: Chat, text: string) =>
    world.house.app.receive({ channel: "telegram", address: String(chat.id), shape: "telegram", deliveryId: `${chat.id}:${text}`, heard: { type: "text", text }, language: "en" })
  /** Waits for what needs real time: the pace is kept by a clock that nobody sets. */
  const seen = (what: () => boolean) => expect.poll(what, { timeout: 20_000, interval: 10 }).toBe(true)
  const ledger = async () => (await world.ledger()).map(({ status, why }) => [status, why].filter(Boolean).join(" ")).sort()

  /** People whose first action is due and has been fed. */
  async function fed(many: number): Promise<readonly Chat[]> {
    const chats = Array.from({ length: many }, () => telegram.chat())
    for (const chat of chats) await world.join(String(chat.id), "Asia/Karachi", 10)
    await world.house.app.campaigns.layDue()
    world.advance(DUE - world.house.now())
    await world.house.app.feed.feedDue()
    return chats
  }
  /** The next statement of this name isn't answered. */
  function failOnce(name: string): void {
    const { pool } = world.house.app.store
    const query = pool.query.bind(pool) as (...values: unknown[]) => Promise<unknown>
    pool.query = ((...values: unknown[]) => {
      if ((values[0] as { name?: string }).name !== name) return query(...values)
      pool.query = query as never
      return Promise.reject(Object.assign(new Error("gone"), { code: "08006" }))
    }) as never
  }
  const count = (chats: readonly Chat[]) => chats.reduce((all, chat) => all + chat.arrived.length, 0)

  test("no more is taken than can leave in the next seconds; the rest stays due", async () => {
    await fed(8)
    expect(await ledger()).toEqual([...Array<string>(6).fill("due late"), "queued", "queued"])
    expect(await world.house.app.feed.feedDue()).toBeLessThanOrEqual(2)
  })

  test("an answer to somebody else goes first", async () => {
    const chats = await fed(3)
    const she = telegram.chat()
    await says(she, "hi")
    await seen(() => she.arrived.length === 1)
    expect(count(chats)).toBeLessThanOrEqual(1)
  })

  test("an answer to whoever waits for her action comes right after it, and never before it", async () => {
    const chats = await fed(2)
    await seen(() => count(chats) === 1)
    const waits = chats.find(({ arrived }) => arrived.length === 0)
    if (waits === undefined) throw new Error("nobody waits")
    await says(waits, "hi")
    await seen(() => waits.arrived.length === 2)
    expect(waits.arrived[0]?.text).toContain("One thing you could do")
    expect(waits.arrived[1]?.text).toContain("Is this a good moment")
  })

  test("who writes isn't kept waiting by actions that are being taken; whose action is among them is answered after it", async () => {
    const { pool } = world.house.app.store
    const { promise: open, resolve: release } = Promise.withResolvers<void>()
    let isHeld = false
    const connect = pool.connect.bind(pool) as () => Promise<{ query: (...values: unknown[]) => Promise<unknown> }>
    pool.connect = (async (...values: unknown[]) => {
      if (values.length > 0) return (connect as (...given: unknown[]) => unknown)(...values)
      const client = await connect()
      const query = client.query.bind(client)
      return new Proxy(client, {
        get: (target, name) =>
          name !== "query"
            ? Reflect.get(target, name)
            : async (...asked: unknown[]) => {
                if ((asked[0] as { name?: string }).name === "lock-days") {
                  isHeld = true
                  await open
                }
                return query(...asked)
              },
      })
    }) as never
    const feeding = fed(2)
    await seen(() => isHeld)
    const [she] = (await world.ledger()).map(({ address }) => address)
    const [stranger, settled] = [telegram.chat(), [] as string[]]
    const hers = world.house.app
      .receive({ channel: "telegram", address: she ?? "", shape: "telegram", deliveryId: "hers", heard: { type: "text", text: "hi" }, language: "en" })
      .then((became) => settled.push(became))
    // She is waited for by now; who writes after her isn't.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    const late = new Promise<string>((resolve) => setTimeout(() => resolve("late"), 3000).unref())
    const became = await Promise.race([says(stranger, "hi"), late])
    const before = [...settled]
    release()
    expect([became, before]).toEqual(["taken", []])
    const chats = await feeding
    await hers
    await seen(() => stranger.arrived.length === 1)
    const her = chats.find(({ id }) => String(id) === she)
    await seen(() => her?.arrived.length === 2)
    expect(her?.arrived[0]?.text).toContain("One thing you could do")
  })

  test("a pause calls back what waits in the outbox; going on sends it once, a stop never", async () => {
    const chats = await fed(2)
    await seen(() => count(chats) === 1)
    await world.setSwitch("paused")
    const { feed, fates } = world.house.app
    await feed.feedDue()
    await fates.idle()
    await feed.carry()
    expect(await ledger()).toEqual(["due late", "sent"])
    expect(await feed.feedDue()).toBe(0)
    await world.setSwitch("running")
    world.advance(2 * 60_000)
    await feed.feedDue()
    await seen(() => count(chats) === 2)
    expect(chats.map(({ arrived }) => arrived.length)).toEqual([1, 1])
  })

  test("what is stopped in the outbox is skipped for good", async () => {
    const chats = await fed(3)
    await seen(() => count(chats) === 1)
    await world.setSwitch("stopped")
    const { feed, fates } = world.house.app
    await feed.feedDue()
    await fates.idle()
    await feed.carry()
    await feed.skipOver()
    expect(await ledger()).toEqual(["sent", "skipped stopped", "skipped stopped"])
    await world.house.settle()
    expect(count(chats)).toBe(1)
  })

  test("leaving calls back what is on its way", async () => {
    const chats = await fed(2)
    await seen(() => count(chats) === 1)
    const waits = chats.find(({ arrived }) => arrived.length === 0)
    await world.step(String(waits?.id), { type: "leave", campaign: CAMPAIGN })
    await world.house.app.fates.idle()
    await world.house.app.feed.carry()
    expect(await ledger()).toEqual(["sent", "skipped left"])
  })

  test.each([
    ["EXIT", "sent"],
    ["leave", "sent"],
    ["EXIT", "refused in-doubt"],
    ["leave", "refused in-doubt"],
  ])("an action that was under way when she said %s has come to her, and the ledger knows: %s", async (word, known) => {
    const { promise: open, resolve: answer } = Promise.withResolvers<void>()
    let isHeld = false
    telegram.misbehave("sendMessage", {
      type: "hold",
      get until() {
        isHeld = true
        return open
      },
    })
    const { feed, fates } = world.house.app
    const [she] = await fed(1)
    await seen(() => isHeld)
    if (word === "EXIT" && she !== undefined) await says(she, word)
    else await world.step(String(she?.id), { type: "leave", campaign: CAMPAIGN })
    await fates.idle()
    await feed.carry()
    // Nobody hears the answer.
    if (known !== "sent") await closeConnections()
    answer()
    await seen(() => (she?.arrived.length ?? 0) >= 1)
    await world.house.app.delivery.idle()
    await feed.carry()
    expect(await ledger()).toEqual([known])
    expect(await feed.carry()).toBe(0)
  })

  test("an action whose fate is in doubt isn't sent again, whatever comes of her or of its time meanwhile", async () => {
    for (const meanwhile of ["nothing", "late", "left", "exit", "no database"] as const) {
      telegram.misbehave("sendMessage", { type: "drop", arrived: true })
      const before = new Set((await world.ledger()).map(({ id }) => id))
      const she = telegram.chat()
      await world.join(String(she.id), "Asia/Karachi", 10)
      await world.house.app.campaigns.layDue()
      world.advance(Math.max(0, DUE - world.house.now()))
      await world.house.app.store.pool.query("update campaign_day set due_at = $1, status = 'due', until = $2 where status in ('due', 'skipped')", [
        new Date(world.house.now()),
        new Date(world.house.now() + HOUR),
      ])
      await world.house.app.feed.feedDue()
      const actions = () => she.arrived.filter(({ text }) => text.includes("One thing you could do")).length
      await seen(() => actions() === 1)
      // It has arrived before we know that we don't know.
      await world.house.app.delivery.idle()
      await world.house.app.fates.idle()
      if (meanwhile === "late") world.advance(2 * HOUR)
      if (meanwhile === "left") await world.step(String(she.id), { type: "leave", campaign: CAMPAIGN })
      if (meanwhile === "exit") await says(she, "EXIT")
      if (meanwhile === "no database") failOnce("begin")
      await world.turn()
      await world.turn()
      const hers = (await world.ledger()).filter(({ id }) => !before.has(id)).map(({ status, why }) => [status, why])
      expect([actions(), hers], meanwhile).toEqual([1, [["refused", "in-doubt"]]])
    }
  })
})
