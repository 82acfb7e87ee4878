import fc from "fast-check"
import pg from "pg"
import { describe, expect, test, vi } from "vitest"
import { openAtTwilio } from "../support/at-twilio.ts"
import { PUBLIC_URL, type Trick, type TwilioMessage } from "../support/twilio.ts"
import { comeDue, stored, twilioPerson } from "../support/twilio-person.ts"

const { provider, house } = await openAtTwilio()

const person = () => twilioPerson(provider, house, "sms")
type Person = ReturnType<typeof person>

describe("a callback tells what became of a message", () => {
  test("it carries our own id, and its words are kept until it says that they arrived", async () => {
    const she = person()
    const [hello] = await she.says("hi")
    const [row] = await she.rows()
    expect(hello?.form.get("StatusCallback")).toBe(`${PUBLIC_URL}/twilio/status?id=${row?.id}`)
    expect(row).toMatchObject({ status: "sent", kept: true, provider_id: hello?.sid })
    await provider.status(house, hello!, "delivered")
    expect(await she.rows()).toMatchObject([{ status: "delivered", kept: false }])
  })

  test("one about a message that we don't know is taken, told and stores nothing", async () => {
    const before = await stored(house)
    const form = new URLSearchParams({ StatusCallback: `${PUBLIC_URL}/twilio/status?id=00000000-0000-7000-a000-000000000000` })
    const stranger: TwilioMessage = { sid: `SM${"0".repeat(32)}`, to: "+923005550001", from: "+15005550006", text: "", choices: [], drawn: "text", form, sentAt: 0, inbound: false }
    expect(await provider.status(house, stranger, "failed", 21610)).toBe(200)
    expect(await stored(house)).toEqual(before)
    expect(house.lines.some((line) => line.includes('"status-for-unknown-message"'))).toBe(true)
  })

  type Told = readonly [status: string, code?: number]
  const shuffled = (...told: readonly Told[]) => fc.shuffledSubarray([...told], { minLength: told.length })
  for (const [told, end] of [
    [[["queued"], ["sent"], ["delivered"]], { status: "delivered", kept: false, code: null }],
    [[["sent"], ["failed", 30007]], { status: "refused", kept: false, code: "30007" }],
    [[["queued"], ["sending"], ["sent"], ["undelivered", 30003]], { status: "waiting", kept: true, code: "30003" }],
    [[["sent"], ["undelivered", 30003], ["undelivered", 30003]], { status: "waiting", kept: true, code: "30003" }],
  ] as const satisfies readonly (readonly [readonly Told[], object])[]) {
    const names = told.map((one) => one.join(" ")).join(", ")
    test(`${names} come to the same end in any order, and all at once`, async () => {
      const once = async (order: readonly Told[], together: boolean) => {
        const she = person()
        const [hello] = await she.says("hi")
        const tell = ([status, code]: Told) => provider.status(house, hello!, status, code)
        if (together) await Promise.all(order.map(tell))
        else for (const one of order) await tell(one)
        expect(await she.rows()).toMatchObject([{ ...end, attempts: 1 }])
      }
      await fc.assert(fc.asyncProperty(shuffled(...told), fc.boolean(), once), { numRuns: 24 })
      await house.app.store.pool.query("update outbox set status = 'refused', content = null where status = 'waiting'")
    })
  }

  test("an earlier state that had to wait for a later one doesn't overwrite it", async () => {
    const she = person()
    const [hello] = await she.says("hi")
    const other = new pg.Client({ connectionString: house.databaseUrl })
    await other.connect()
    try {
      await other.query("begin")
      await other.query("update outbox set status = 'delivered', content = null where conversation_id = $1", [she.id])
      const told = provider.status(house, hello!, "undelivered", 30003)
      await vi.waitFor(async () => expect((await house.app.store.pool.query("select from pg_locks where not granted")).rowCount).toBe(1), { interval: 5 })
      await other.query("commit")
      expect(await told).toBe(200)
      expect(await she.rows()).toMatchObject([{ status: "delivered", kept: false }])
    } finally {
      await other.end()
    }
  })

  test("a callback that overtakes our own note of the send stands, and the next try comes at its time", async () => {
    for (const [status, code, end] of [
      ["sent", undefined, { status: "sent", kept: true }],
      ["delivered", undefined, { status: "delivered" }],
      ["undelivered", 30003, { status: "waiting", kept: true }],
    ] as const) {
      const she = person()
      await she.says("hi")
      const [row] = await she.rows()
      const hello = she.received()[0]!
      // As it was while the send was under way.
      const { rows } = await house.app.store.pool.query<{ process: string }>("select id as process from process limit 1")
      await house.app.store.pool.query("update outbox set status = 'waiting', attempts = 0, provider_id = null, process = $2 where id = $1", [row?.id, rows[0]?.process])
      await provider.status(house, hello, status, code)
      const { settle } = await import("../../src/store/outbox.ts")
      await settle(house.app.store.pool, [{ id: row?.id ?? "", process: house.app.lease.name(), fate: { status: "sent", providerId: hello.sid, keep: true } }])
      expect(await she.rows()).toMatchObject([{ ...end, attempts: 1, held: false, provider_id: hello.sid }])
      await house.app.store.pool.query("update outbox set status = 'refused', content = null where status = 'waiting'")
    }
  })
})

describe("a phone that can't be reached (30003)", () => {
  const fails = async (she: Person) => provider.status(house, she.received().at(-1)!, "undelivered", 30003)

  test("is tried again after 1, 5 and 15 minutes, and then no more", async () => {
    const she = person()
    await she.says("hi")
    for (const [tries, minutes] of [
      [1, 1],
      [2, 5],
      [3, 15],
    ] as const) {
      await fails(she)
      const [row] = await she.rows()
      expect(row).toMatchObject({ status: "waiting", code: "30003", kept: true, attempts: tries })
      expect(row?.due_in).toBeGreaterThan(minutes * 60 - 5)
      expect(row?.due_in).toBeLessThan(minutes * 60 + 0.1)
      await house.settle()
      expect(she.received()).toHaveLength(tries)
      await comeDue(house)
      expect(she.received()).toHaveLength(tries + 1)
    }
    await fails(she)
    expect(await she.rows()).toMatchObject([{ status: "refused", code: "30003", kept: false }])
    await comeDue(house)
    expect(new Set(she.received().map(({ text }) => text)).size).toBe(1)
    expect(she.received()).toHaveLength(4)
  })

  test("late words about the first try don't undo or repeat the second", async () => {
    const she = person()
    const [first] = await she.says("hi")
    await fails(she)
    await provider.status(house, first!, "sent")
    expect(await she.rows()).toMatchObject([{ status: "waiting" }])
    await comeDue(house)
    await provider.status(house, first!, "undelivered", 30003)
    await provider.status(house, first!, "failed", 30007)
    expect(await she.rows()).toMatchObject([{ status: "sent", provider_id: she.received()[1]?.sid }])
    await comeDue(house)
    expect(she.received()).toHaveLength(2)
  })
})

describe("what is refused is not repeated", () => {
  for (const code of [30007, 21211, 30004, 30006, 12345]) {
    test(`${code} is refused, at the send and by callback`, async () => {
      const she = person()
      provider.misbehave("send", { status: 400, code })
      await she.says("hi")
      const [hello] = await she.says("hello?")
      await provider.status(house, hello!, "undelivered", code)
      const sends = provider.sendsTo(she.address)
      await comeDue(house)
      expect(provider.sendsTo(she.address)).toBe(sends)
      expect(await she.rows()).toMatchObject([
        { status: "refused", code: String(code), kept: false },
        { status: "refused", code: String(code), kept: false },
      ])
      expect(await she.place()).toBe("hello.again")
    })
  }

  test("a callback that she told her carrier to stop (21610) ends her session, and nothing more is sent", async () => {
    const she = person()
    const [hello] = await she.says("hi")
    await provider.status(house, hello!, "undelivered", 30003)
    // She has written, so her phone is on: the first words are tried again at once, and nothing waits behind them.
    expect(await she.says("1")).toHaveLength(3)
    await provider.status(house, she.received().at(-1)!, "undelivered", 30003)
    const sends = provider.sendsTo(she.address)
    const before = await stored(house)
    await provider.status(house, hello!, "failed", 21610)
    await provider.status(house, hello!, "failed", 21610)
    expect(await she.place()).toBe("left")
    expect((await stored(house)).outbox).toBe(before.outbox)
    await comeDue(house)
    expect(provider.sendsTo(she.address)).toBe(sends)
    expect((await she.rows()).map(({ status, kept }) => [status, kept])).toEqual([
      ["sent", false],
      ["sent", false],
      ["refused", false],
    ])
  })
})

describe("a send whose fate is unknown is looked up before it is repeated", () => {
  const silences: readonly (readonly [string, Trick])[] = [
    ["a 500", { status: 500 }],
    ["a 503", { status: 503, code: 20503 }],
    ["a dropped connection", "drop-before"],
  ]
  for (const [name, trick] of silences) {
    test(`after ${name} it is repeated when Twilio doesn't have it, within 30 seconds`, async () => {
      const she = person()
      provider.misbehave("send", trick)
      await she.says("hi")
      const [row] = await she.rows()
      expect(row).toMatchObject({ status: "unknown", kept: true })
      expect(row?.due_in).toBeGreaterThan(0)
      expect(row?.due_in).toBeLessThan(30)
      await comeDue(house)
      expect(she.received()).toHaveLength(1)
      expect(await she.rows()).toMatchObject([{ status: "sent", provider_id: she.received()[0]?.sid }])
    })
  }

  test("one that arrived is found, also on a later page, and not repeated", async () => {
    const she = person()
    provider.misbehave("send", "drop-after")
    await she.says("hi")
    provider.pageBy(1)
    for (let n = 0; n < 3; n++) await provider.inbound(house, she.address, { Body: "hello" })
    await comeDue(house)
    provider.pageBy(1000)
    expect((await she.rows())[0]).toMatchObject({ status: "sent", provider_id: she.received()[0]?.sid })
    expect(she.received().filter(({ text }) => text === she.received()[0]?.text)).toHaveLength(1)
  })

  test("while Twilio can't be asked it is neither repeated nor given up", async () => {
    const she = person()
    provider.misbehave("send", "drop-before")
    await she.says("hi")
    provider.misbehave("list", { status: 500 })
    await comeDue(house)
    expect(she.received()).toEqual([])
    const [row] = await she.rows()
    expect(row).toMatchObject({ status: "unknown", code: "lookup-failed", kept: true })
    expect(row?.due_in).toBeLessThan(30)
    await comeDue(house)
    expect(she.received()).toHaveLength(1)
  })

  test("of two equal texts to one person, the one that arrived doesn't hide the one that was lost", async () => {
    const she = person()
    await she.says("MENU")
    provider.misbehave("send", "drop-before")
    await she.says("MENU")
    await comeDue(house)
    expect(she.received()).toHaveLength(2)
    expect(new Set(she.received().map(({ text }) => text)).size).toBe(1)
    const names = (await she.rows()).map(({ provider_id }) => provider_id)
    expect(new Set(names)).toEqual(new Set(she.received().map(({ sid }) => sid)))
  })

  test("of two equal texts of which both arrived unknown, none comes twice", async () => {
    const she = person()
    provider.misbehave("send", "drop-after")
    await she.says("MENU")
    await comeDue(house)
    provider.misbehave("send", "drop-after")
    await she.says("MENU")
    await comeDue(house)
    expect(she.received()).toHaveLength(2)
    expect((await she.rows()).map(({ status, provider_id }) => ({ status, provider_id }))).toEqual(she.received().map(({ sid }) => ({ status: "sent", provider_id: sid })))
  })

  test("Twilio is asked about what is still queued too: a message has no day of sending before it is sent", async () => {
    const she = person()
    provider.misbehave("send", "drop-before")
    await she.says("hi")
    await comeDue(house)
    const look = provider.calls.findLast(({ call, query }) => call === "list" && query.get("To") === she.address)
    expect(look).toBeDefined()
    expect([...(look?.query.keys() ?? [])].filter((name) => name.startsWith("DateSent"))).toEqual([])
  })

  test("a callback settles it without a look-up", async () => {
    const she = person()
    provider.misbehave("send", "drop-after")
    await she.says("hi")
    await provider.status(house, she.received()[0]!, "delivered")
    await comeDue(house)
    expect(await she.rows()).toMatchObject([{ status: "delivered", kept: false }])
    expect(provider.calls.filter(({ call, query }) => call === "list" && query.get("To") === she.address)).toEqual([])
  })
})
