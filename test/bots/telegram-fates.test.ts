import { describe, expect, test, vi } from "vitest"
import { openAtTelegram, PUBLIC } from "../support/at-telegram.ts"
import { openHouse } from "../support/house.ts"
import { openTelegram, SECRET, TOKEN, TOO_FAST } from "../support/telegram.ts"
import { deliver } from "../support/telegram-door.ts"

const at = await openAtTelegram()
const { house, telegram, opening, says, arrived, bring, lastRow, hasten } = at

describe("when it says no, or nothing", () => {
  test("being blocked ends the session, and what is sent later is refused without a fuss", async () => {
    await bring(telegram.text(at.she, "hi"), telegram.text(at.she, "1"))
    const sentBefore = telegram.called("sendMessage").length
    at.she.blocked = true
    await bring(telegram.member(at.she, "kicked"))
    expect(telegram.called("sendMessage")).toHaveLength(sentBefore)
    // An update that was still on its way.
    await bring(telegram.text(at.she, "hi"))
    expect(await lastRow()).toMatchObject({ status: "refused", code: "403", empty: true, attempts: 1 })
    await hasten()
    expect(telegram.called("sendMessage")).toHaveLength(sentBefore + 1)
    at.she.blocked = false
    await bring(telegram.member(at.she, "member"), telegram.text(at.she, "hi"))
    expect(arrived().at(-1)).toContain(opening("hello.again").slice(0, 10))
  })

  test("after being blocked the place is gone: a tap on an old button begins anew", async () => {
    await bring(telegram.text(at.she, "hi"), telegram.text(at.she, "1"))
    const tap = telegram.tap(at.she, "urgent")
    await bring(telegram.member(at.she, "kicked"), telegram.member(at.she, "member"), tap)
    expect(arrived().at(-1)).toEqual(says("hello.safe"))
  })

  test("a wait that Telegram asks for holds for everybody, and nothing is sent before it is over", async () => {
    const other = telegram.chat()
    telegram.misbehave("sendMessage", TOO_FAST(1))
    await bring(telegram.text(at.she, "hi"))
    const refusedAt = telegram.calls.at(-1)?.at ?? Number.POSITIVE_INFINITY
    // Settling waits for the channel's pace, which is kept in real time.
    await bring(telegram.text(other, "hi"))
    await vi.waitFor(
      async () => {
        await house.settle()
        expect(at.she.arrived).toHaveLength(1)
      },
      { timeout: 5000 },
    )
    expect(other.arrived).toHaveLength(1)
    const after = telegram.called("sendMessage").filter(({ at }) => at > refusedAt)
    expect(after.every(({ status }) => status === 200)).toBe(true)
    expect(Math.min(...after.map(({ at }) => at)) - refusedAt).toBeGreaterThanOrEqual(950)
  })

  test("a message that Telegram finds wrong is refused with its code", async () => {
    telegram.misbehave("sendMessage", { type: "status", status: 400, description: "Bad Request: a secret of hers" })
    await bring(telegram.text(at.she, "hi"))
    expect(await lastRow()).toMatchObject({ status: "refused", code: "400", empty: true })
    expect(house.lines.join("")).not.toContain("secret of hers")
  })

  for (const [title, mishap] of [
    ["500", { type: "status", status: 500 }],
    ["a page of a proxy", { type: "page", status: 502 }],
  ] as const) {
    test(`${title} leaves the fate unknown: sent again, and counted`, async () => {
      telegram.misbehave("sendMessage", mishap)
      await bring(telegram.text(at.she, "hi"))
      expect((await lastRow()).status).toBe("unknown")
      await hasten()
      expect(arrived()).toEqual([says("hello.safe")])
    })
  }

  test("a token that isn't taken costs no message", async () => {
    telegram.misbehave("sendMessage", { type: "status", status: 401, description: "Unauthorized" })
    await bring(telegram.text(at.she, "hi"))
    const row = await lastRow()
    expect(row).toMatchObject({ status: "waiting", code: "401" })
    expect(row.due_in).toBeGreaterThan(20)
    await hasten()
    expect(arrived()).toEqual([says("hello.safe")])
  })

  test("while Telegram can't be reached nothing is unknown; everything leaves afterwards, once", async () => {
    const repeated = async () => /^hamraaz_sends_repeated_total.*$/m.exec(await house.metrics())?.[0]
    const before = await repeated()
    await telegram.refuseConnections()
    try {
      await bring(telegram.text(at.she, "hi"), telegram.text(at.she, "1"))
      await hasten()
      expect((await lastRow()).status).toBe("waiting")
      expect(house.lines.at(-1)).toContain("unreachable")
    } finally {
      await telegram.acceptConnections()
    }
    // One row at a time is due; each that has left lets the next come.
    for (let round = 0; round < 3; round++) await hasten()
    expect(arrived()).toEqual([says("hello.safe"), expect.stringContaining("Telegram"), says("menu.main")])
    expect(await repeated()).toBe(before)
  })

  test("a slow answer to one person holds up nobody else, and nothing of hers overtakes it", async () => {
    const other = telegram.chat()
    const gate = Promise.withResolvers<void>()
    telegram.misbehave("sendMessage", { type: "hold", until: gate.promise })
    expect(await deliver(house, telegram.text(at.she, "hi"))).toBe(200)
    expect(await deliver(house, telegram.text(at.she, "1"))).toBe(200)
    expect(await deliver(house, telegram.text(other, "hi"))).toBe(200)
    await vi.waitFor(() => expect(other.arrived).toHaveLength(1))
    expect(at.she.arrived).toEqual([])
    gate.resolve()
    await house.settle()
    expect(arrived()).toEqual([says("hello.safe"), expect.stringContaining("Telegram"), says("menu.main")])
  })
})

describe("FORGET", () => {
  const forget = async () => {
    await bring(telegram.text(at.she, "hi"), telegram.text(at.she, "1"), telegram.text(at.she, "FORGET"))
    await bring(telegram.tap(at.she, "yes"))
    await house.settle()
  }

  test("deletes her messages and ours at Telegram, and says so", async () => {
    await forget()
    expect(arrived().at(-1)).toEqual(says("settings.forgotten-all"))
    expect(arrived().at(-1)).toBe(house.app.texts("settings.forgotten-all", "en"))
    // Only the sentence that says so is still there.
    expect([...at.she.here]).toEqual([at.she.arrived.at(-1)?.id])
  })

  test("says that Telegram keeps its copy when Telegram refuses to delete", async () => {
    telegram.misbehave("deleteMessages", { type: "status", status: 400, description: "Bad Request: message can't be deleted for everyone" })
    await forget()
    expect(arrived().at(-1)).toBe(house.app.texts("settings.forgotten-here", "en"))
    expect(at.she.here.size).toBeGreaterThan(5)
    const { rows: named } = await house.app.store.pool.query("select from delivery where provider_id is not null and conversation_id = $1", [
      house.app.cover.lookup("telegram", String(at.she.id)),
    ])
    expect(named).toEqual([])
  })

  test("deletes every part of a message that was too long for one", async () => {
    const { telegramChannel } = await import("../../src/bots/telegram.ts")
    const channel = telegramChannel({ token: TOKEN, webhookSecret: SECRET, apiRoot: telegram.environment.TELEGRAM_API_ROOT, perSecond: 30 })
    const sent = await channel.send({
      id: "1",
      conversationId: "1",
      address: String(at.she.id),
      language: "en",
      rendered: { text: "word ".repeat(2000), choices: [{ id: "yes", label: "Yes" }], numbered: false },
    })
    expect(at.she.arrived.map(({ buttons }) => buttons.length)).toEqual([0, 0, 1])
    expect(sent.status).toBe("sent")
    expect(await channel.erase?.(String(at.she.id), sent.status === "sent" && sent.providerId !== undefined ? [sent.providerId] : [])).toBe(true)
    expect(at.she.here.size).toBe(0)
  })

  test("deletes more than a hundred messages in several calls", async () => {
    const { telegramChannel } = await import("../../src/bots/telegram.ts")
    const channel = telegramChannel({ token: TOKEN, webhookSecret: SECRET, apiRoot: telegram.environment.TELEGRAM_API_ROOT, perSecond: 30 })
    for (let n = 0; n < 250; n++) telegram.text(at.she, "hi")
    expect(await channel.erase?.(String(at.she.id), [...at.she.here].map(String))).toBe(true)
    expect(at.she.here.size).toBe(0)
  })
})

describe("a house closes and another opens in the same process", () => {
  test("the second one can still send", async () => {
    const telegram = await openTelegram()
    for (const _ of [1, 2]) {
      const house = await openHouse({ ...telegram.environment, ...PUBLIC })
      const she = telegram.chat()
      expect(await deliver(house, telegram.text(she, "hi"))).toBe(200)
      await house.settle()
      expect(she.arrived).toHaveLength(1)
      await house.close()
    }
    await telegram.close()
  })
})
