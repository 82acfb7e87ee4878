import fc from "fast-check"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest"
import { setTelegramWebhook, split, telegramName, telegramPolling } from "../../src/bots/telegram.ts"
import { createLog } from "../../src/log.ts"
import type { Language } from "../../src/locales/texts.ts"
import { openHouse, type House } from "../support/house.ts"
import { BLOCKED, deliver, openTelegram, SECRET, TOKEN, TOO_FAST, type Telegram } from "../support/telegram.ts"
import { channelContract, type Failure, type Harness, type Person } from "./contract.ts"

const PUBLIC = { PUBLIC_URL: "https://help.example.org" }

const LAST = `select status, code, content is null as empty, attempts, extract(epoch from due_at - now())::float as due_in
from outbox where conversation_id = $1 order by turn desc, position desc limit 1`

channelContract("Telegram", async (): Promise<Harness> => {
  const telegram = await openTelegram()
  const house = await openHouse({ ...telegram.environment, ...PUBLIC })
  const failures: Readonly<Record<Failure, Parameters<Telegram["misbehave"]>[1]>> = {
    "too-fast": TOO_FAST(1),
    refused: BLOCKED,
    "unknown-lost": { type: "drop", arrived: false },
    "unknown-arrived": { type: "drop", arrived: true },
  }
  return {
    house,
    lookedUp: false,
    person(): Person {
      const chat = telegram.chat()
      const delivered = new Map<string, ReturnType<Telegram["text"]>>()
      return {
        text(text, { deliveryId } = {}) {
          const update = (deliveryId === undefined ? undefined : delivered.get(deliveryId)) ?? telegram.text(chat, text)
          if (deliveryId !== undefined) delivered.set(deliveryId, update)
          return deliver(house, update)
        },
        media: () => deliver(house, telegram.voice(chat)),
        received: () => chat.arrived.map(({ text }) => text),
      }
    },
    fail: (next) => telegram.misbehave("sendMessage", failures[next]),
    forge: () => deliver(house, telegram.text(telegram.chat(), "hi"), { secret: `${SECRET.slice(0, -1)}x` }),
    async close() {
      await house.close()
      await telegram.close()
    },
  }
})

describe("Telegram", () => {
  let telegram: Telegram
  let house: House
  let she: ReturnType<Telegram["chat"]>
  beforeAll(async () => {
    telegram = await openTelegram()
    house = await openHouse({ ...telegram.environment, ...PUBLIC })
  })
  afterAll(async () => {
    await house.close()
    await telegram.close()
  })
  beforeEach(() => {
    // A house's clock stands still; waits are written by it and read by the database's own.
    house.advance(Date.now() - house.now())
    she = telegram.chat()
  })

  const opening = (key: string, language: Language = "en") => (house.app.texts(key, language).split("{{")[0] ?? "").slice(0, 24)
  const says = (key: string, language?: Language) => expect.stringContaining(opening(key, language))
  const arrived = () => she.arrived.map(({ text }) => text)
  const bring = async (...updates: readonly unknown[]) => {
    for (const update of updates) expect(await deliver(house, update)).toBe(200)
    await house.settle()
  }
  const rows = async () =>
    (
      await house.app.store.pool.query(
        "select (select count(*) from conversation) as conversation, (select count(*) from delivery) as delivery, (select count(*) from outbox) as outbox, (select count(*) from parked) as parked",
      )
    ).rows[0]
  const storesNothing = async (act: () => Promise<void>) => {
    const before = await rows()
    await act()
    await house.settle()
    expect(await rows()).toEqual(before)
  }
  /** The last thing that was to leave for her. */
  const lastRow = async () => (await house.app.store.pool.query(LAST, [house.app.cover.lookup("telegram", String(she.id))])).rows[0]
  const hasten = async () => {
    await house.app.store.pool.query("update outbox set due_at = now() - interval '1 second' where status in ('waiting', 'unknown')")
    await house.settle()
  }

  describe("its door", () => {
    test("a secret that is wrong, longer, empty or missing is answered 403 and stores nothing", () =>
      storesNothing(async () => {
        for (const secret of ["wrong", `${SECRET}x`, SECRET.slice(0, -1), "", null]) expect(await deliver(house, telegram.text(she, "hi"), { secret })).toBe(403)
      }))

    test("a body that is no JSON, or no update, is answered 400 and stores nothing", () =>
      storesNothing(async () => {
        for (const body of ["", "{", "null", "[]", '"update_id"', "{}", '{"update_id":"7"}', "\u0000"]) expect(await deliver(house, body)).toBe(400)
      }))

    test("the secret is looked at before the body", () =>
      storesNothing(async () => {
        expect(await deliver(house, "{", { secret: "wrong" })).toBe(403)
      }))

    test("a body of 1 MiB is read, one byte more is answered 413", () =>
      storesNothing(async () => {
        const pad = (length: number) => {
          const bare = JSON.stringify({ update_id: 1, pad: "" })
          return JSON.stringify({ update_id: 1, pad: "x".repeat(length - bare.length) })
        }
        expect(await deliver(house, pad(1024 * 1024))).toBe(200)
        expect(await deliver(house, pad(1024 * 1024 + 1))).toBe(413)
      }))

    test("any other method is answered 405", async () => {
      expect((await fetch(`${house.url}/telegram`)).status).toBe(405)
    })

    test("an update of an unknown kind is answered 200 and told by its kind, without a word of what is in it", () =>
      storesNothing(async () => {
        const before = house.lines.length
        expect(await deliver(house, { update_id: 5, message_reaction: { chat: { id: she.id }, text: "a secret of hers" } })).toBe(200)
        expect(await deliver(house, telegram.poll())).toBe(200)
        const lines = house.lines.slice(before).join("")
        expect(lines).toContain('"message_reaction"')
        expect(lines).toContain('"poll"')
        expect(lines).not.toContain("secret of hers")
        expect(lines).not.toContain(String(she.id))
      }))

    test("while the database fails Telegram is asked to come again, and then the same update is taken", async () => {
      const update = telegram.text(she, "hi")
      await house.app.store.pool.query("alter table delivery rename to elsewhere")
      try {
        expect(await deliver(house, update)).toBe(503)
      } finally {
        await house.app.store.pool.query("alter table elsewhere rename to delivery")
      }
      expect(arrived()).toEqual([])
      await bring(update)
      expect(arrived()).toEqual([says("hello.safe")])
    })

    test("it is told to Telegram with its secret, and a refusal is no crash", async () => {
      const lines: string[] = []
      const log = createLog((line) => lines.push(line))
      const settings = { token: TOKEN, webhookSecret: SECRET, apiRoot: telegram.environment.TELEGRAM_API_ROOT, perSecond: 30 }
      await setTelegramWebhook(settings, "https://help.example.org", log)
      expect(telegram.webhook).toEqual({ url: "https://help.example.org/telegram", secret: SECRET })
      expect(telegram.called("setWebhook")[0]?.fields["allowed_updates"]).toEqual(["message", "callback_query", "my_chat_member"])
      await setTelegramWebhook(settings, "http://help.example.org", log)
      await setTelegramWebhook({ ...settings, token: "1:unknown" }, "https://help.example.org", log)
      expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ done: true }, { done: false, code: "400" }, { done: false, code: "401" }])
      expect(lines.join("")).not.toContain("unknown")
    })
  })

  describe("what she does there", () => {
    test("answers are offered as buttons, silently, and a tap chooses and is answered", async () => {
      await bring(telegram.text(she, "hi"))
      expect(she.arrived[0]).toMatchObject({
        silent: true,
        buttons: [
          { text: "Yes", callback_data: "hello.safe/yes" },
          { text: "Not sure", callback_data: "hello.safe/not-sure" },
          { text: "No", callback_data: "hello.safe/no" },
        ],
      })
      expect(she.arrived[0]?.text).not.toMatch(/\d/)
      const tap = telegram.tap(she, "yes")
      await bring(tap)
      expect(arrived().slice(1)).toEqual([expect.stringContaining("Telegram"), says("menu.main")])
      const { id } = tap["callback_query"] as { id: string }
      await vi.waitFor(() => expect(telegram.called("answerCallbackQuery").filter(({ fields, status }) => fields["callback_query_id"] === id && status === 200)).toHaveLength(1))
      // The same tap again: its spinner is answered, nothing else is.
      await bring(tap)
      expect(arrived()).toHaveLength(3)
    })

    test("a tap whose answering fails chooses all the same", async () => {
      await bring(telegram.text(she, "hi"))
      telegram.misbehave("answerCallbackQuery", { type: "status", status: 500 })
      await bring(telegram.tap(she, "yes"))
      expect(arrived().at(-1)).toEqual(says("menu.main"))
    })

    test("an old button says the place again where she is now", async () => {
      await bring(telegram.text(she, "hi"))
      await bring(telegram.tap(she, "yes"))
      await bring(telegram.tap(she, "no"))
      expect(arrived().at(-1)).toEqual(says("menu.main"))
    })

    test("every button of the first screens is one that Telegram takes", async () => {
      await bring(telegram.text(she, "hi"), telegram.text(she, "1"), telegram.text(she, "tips"), telegram.text(she, "find help"), telegram.text(she, "0"))
      expect(telegram.called("sendMessage").filter(({ status }) => status === 400)).toEqual([])
    })

    test("an edit is ignored", async () => {
      await bring(telegram.text(she, "hi"))
      await storesNothing(async () => expect(await deliver(house, telegram.edited(she, "EXIT"))).toBe(200))
      expect(arrived()).toHaveLength(1)
    })

    for (const kind of ["sticker", "voice", "video"] as const) {
      test(`a ${kind} is answered kindly`, async () => {
        await bring(telegram.text(she, "hi"), telegram[kind](she))
        expect(arrived()).toEqual([says("hello.safe"), says("menu.media")])
      })
    }

    test("words under a video are read", async () => {
      await bring(telegram.text(she, "hi"), telegram.video(she, "exit"))
      expect(arrived().at(-1)).toEqual(says("left.exit"))
    })

    test("an album is answered once, whether its pictures come one by one or together", async () => {
      await bring(telegram.text(she, "hi"))
      await bring(...telegram.album(she, 4))
      expect(arrived()).toEqual([says("hello.safe"), says("menu.media")])
      const other = telegram.chat()
      await bring(telegram.text(other, "hi"))
      await Promise.all(telegram.album(other, 5).map((update) => deliver(house, update)))
      await house.settle()
      expect(other.arrived).toHaveLength(2)
    })

    test("a pinned message or the like is nothing she said", async () => {
      await bring(telegram.text(she, "hi"))
      await storesNothing(async () => expect(await deliver(house, telegram.pinned(she))).toBe(200))
    })

    test("/start is the first question, once more when it is tapped twice, and /exit is EXIT", async () => {
      await bring(telegram.text(she, "/start"))
      expect(arrived()).toEqual([says("hello.safe")])
      await bring(telegram.text(she, "/start from-a-link"))
      expect(arrived()).toHaveLength(2)
      await bring(telegram.text(she, "/exit"))
      expect(arrived().at(-1)).toEqual(says("left.exit"))
      await bring(telegram.text(she, "/start"))
      expect(arrived().at(-1)).toEqual(says("hello.safe"))
    })

    test("/start after she has cleared the chat says nothing of what was said in it", async () => {
      await bring(telegram.text(she, "hi"), telegram.text(she, "1"), telegram.text(she, "someone shares my pictures"))
      const before = arrived().length
      await bring(telegram.text(she, "/start"))
      expect(arrived().slice(before)).toEqual([says("hello.safe")])
      await bring(telegram.text(she, "1"))
      expect(arrived().at(-1)).toEqual(says("menu.main"))
    })

    test("/privacy tells what is kept", async () => {
      await bring(telegram.text(she, "hi"), telegram.text(she, "1"), telegram.text(she, "/privacy"))
      expect(arrived()).toContainEqual(says("settings.keep"))
    })

    test("the yes under the first question erases nothing when it is tapped at the last one", async () => {
      await bring(telegram.text(she, "hi"))
      const tap = telegram.tap(she, "hello.safe/yes")
      await bring(telegram.text(she, "FORGET"), tap)
      expect(arrived().slice(-2)).toEqual([says("settings.forget"), says("settings.forget")])
      expect(arrived()).toHaveLength(3)
    })

    test("the language of her app is the first guess; one that isn't offered, or none, is English", async () => {
      for (const [code, language] of [
        ["ur", "ur"],
        ["es-419", "es"],
        ["fr", "fr"],
        ["de", "en"],
        [undefined, "en"],
      ] as const) {
        she = telegram.chat("private", code)
        await bring(telegram.text(she, "/start"))
        expect(arrived()).toEqual([says("hello.safe", language)])
      }
    })

    test("updates that are repeated or out of order are taken once each, as they come", async () => {
      const [first, second, third] = [telegram.text(she, "hi"), telegram.text(she, "1"), telegram.text(she, "EXIT")]
      await bring(first, third, second, third, first, second)
      expect(arrived()).toEqual([says("hello.safe"), says("left.exit"), says("hello.safe")])
    })
  })

  describe("groups", () => {
    test("a group gets one neutral line and is left", async () => {
      const group = telegram.chat("group")
      await bring(telegram.member(group, "member"), telegram.joined(group))
      expect(group.arrived.map(({ text, buttons }) => [text, buttons])).toEqual([[says("left.group"), []]])
      expect(group.present).toBe(false)
      expect(telegram.called("leaveChat").filter(({ fields }) => Number(fields["chat_id"]) === group.id)).toHaveLength(1)
      await bring(telegram.member(group, "left"), telegram.text(group, "hi"))
      expect(group.arrived).toHaveLength(1)
    })

    test("a group where it may not write is left all the same", async () => {
      const group = telegram.chat("group")
      telegram.misbehave("sendMessage", { type: "status", status: 400, description: "Bad Request: not enough rights to send text messages to the chat" })
      await bring(telegram.member(group, "member"))
      expect(group.present).toBe(false)
    })

    test("a group that can't be left gets no second line", async () => {
      const group = telegram.chat("group")
      telegram.misbehave("leaveChat", { type: "status", status: 400, description: "Bad Request: chat not found" })
      await bring(telegram.member(group, "member"))
      await hasten()
      expect(group.arrived).toHaveLength(1)
    })
  })

  describe("when it says no, or nothing", () => {
    test("being blocked ends the session, and what is sent later is refused without a fuss", async () => {
      await bring(telegram.text(she, "hi"), telegram.text(she, "1"))
      const sentBefore = telegram.called("sendMessage").length
      she.blocked = true
      await bring(telegram.member(she, "kicked"))
      expect(telegram.called("sendMessage")).toHaveLength(sentBefore)
      // An update that was still on its way.
      await bring(telegram.text(she, "hi"))
      expect(await lastRow()).toMatchObject({ status: "refused", code: "403", empty: true, attempts: 1 })
      await hasten()
      expect(telegram.called("sendMessage")).toHaveLength(sentBefore + 1)
      she.blocked = false
      await bring(telegram.member(she, "member"), telegram.text(she, "hi"))
      expect(arrived().at(-1)).toContain(opening("hello.again").slice(0, 10))
    })

    test("after being blocked the place is gone: a tap on an old button begins anew", async () => {
      await bring(telegram.text(she, "hi"), telegram.text(she, "1"))
      const tap = telegram.tap(she, "urgent")
      await bring(telegram.member(she, "kicked"), telegram.member(she, "member"), tap)
      expect(arrived().at(-1)).toEqual(says("hello.safe"))
    })

    test("a wait that Telegram asks for holds for everybody, and nothing is sent before it is over", async () => {
      const other = telegram.chat()
      telegram.misbehave("sendMessage", TOO_FAST(1))
      await bring(telegram.text(she, "hi"))
      const refusedAt = telegram.calls.at(-1)?.at ?? Number.POSITIVE_INFINITY
      // Settling waits for the channel's pace, which is kept in real time.
      await bring(telegram.text(other, "hi"))
      await vi.waitFor(
        async () => {
          await house.settle()
          expect(she.arrived).toHaveLength(1)
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
      await bring(telegram.text(she, "hi"))
      expect(await lastRow()).toMatchObject({ status: "refused", code: "400", empty: true })
      expect(house.lines.join("")).not.toContain("secret of hers")
    })

    for (const [title, mishap] of [
      ["500", { type: "status", status: 500 }],
      ["a page of a proxy", { type: "page", status: 502 }],
    ] as const) {
      test(`${title} leaves the fate unknown: sent again, and counted`, async () => {
        telegram.misbehave("sendMessage", mishap)
        await bring(telegram.text(she, "hi"))
        expect((await lastRow()).status).toBe("unknown")
        await hasten()
        expect(arrived()).toEqual([says("hello.safe")])
      })
    }

    test("a token that isn't taken costs no message", async () => {
      telegram.misbehave("sendMessage", { type: "status", status: 401, description: "Unauthorized" })
      await bring(telegram.text(she, "hi"))
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
        await bring(telegram.text(she, "hi"), telegram.text(she, "1"))
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
      expect(await deliver(house, telegram.text(she, "hi"))).toBe(200)
      expect(await deliver(house, telegram.text(she, "1"))).toBe(200)
      expect(await deliver(house, telegram.text(other, "hi"))).toBe(200)
      await vi.waitFor(() => expect(other.arrived).toHaveLength(1))
      expect(she.arrived).toEqual([])
      gate.resolve()
      await house.settle()
      expect(arrived()).toEqual([says("hello.safe"), expect.stringContaining("Telegram"), says("menu.main")])
    })
  })

  describe("FORGET", () => {
    const forget = async () => {
      await bring(telegram.text(she, "hi"), telegram.text(she, "1"), telegram.text(she, "FORGET"))
      await bring(telegram.tap(she, "yes"))
      await house.settle()
    }

    test("deletes her messages and ours at Telegram, and says so", async () => {
      await forget()
      expect(arrived().at(-1)).toEqual(says("settings.forgotten-all"))
      expect(arrived().at(-1)).toBe(house.app.texts("settings.forgotten-all", "en"))
      // Only the sentence that says so is still there.
      expect([...she.here]).toEqual([she.arrived.at(-1)?.id])
    })

    test("says that Telegram keeps its copy when Telegram refuses to delete", async () => {
      telegram.misbehave("deleteMessages", { type: "status", status: 400, description: "Bad Request: message can't be deleted for everyone" })
      await forget()
      expect(arrived().at(-1)).toBe(house.app.texts("settings.forgotten-here", "en"))
      expect(she.here.size).toBeGreaterThan(5)
      const { rows: named } = await house.app.store.pool.query("select from delivery where provider_id is not null and conversation_id = $1", [
        house.app.cover.lookup("telegram", String(she.id)),
      ])
      expect(named).toEqual([])
    })

    test("deletes every part of a message that was too long for one", async () => {
      const { telegramChannel } = await import("../../src/bots/telegram.ts")
      const channel = telegramChannel({ token: TOKEN, webhookSecret: SECRET, apiRoot: telegram.environment.TELEGRAM_API_ROOT, perSecond: 30 })
      const sent = await channel.send({
        id: "1",
        conversationId: "1",
        address: String(she.id),
        language: "en",
        rendered: { text: "word ".repeat(2000), choices: [{ id: "yes", label: "Yes" }], numbered: false },
      })
      expect(she.arrived.map(({ buttons }) => buttons.length)).toEqual([0, 0, 1])
      expect(sent.status).toBe("sent")
      expect(await channel.erase?.(String(she.id), sent.status === "sent" && sent.providerId !== undefined ? [sent.providerId] : [])).toBe(true)
      expect(she.here.size).toBe(0)
    })

    test("deletes more than a hundred messages in several calls", async () => {
      const { telegramChannel } = await import("../../src/bots/telegram.ts")
      const channel = telegramChannel({ token: TOKEN, webhookSecret: SECRET, apiRoot: telegram.environment.TELEGRAM_API_ROOT, perSecond: 30 })
      for (let n = 0; n < 250; n++) telegram.text(she, "hi")
      expect(await channel.erase?.(String(she.id), [...she.here].map(String))).toBe(true)
      expect(she.here.size).toBe(0)
    })
  })

  test("the bot is asked once what it is called", async () => {
    const names: string[] = []
    await telegramName({ token: TOKEN, webhookSecret: undefined, apiRoot: telegram.environment.TELEGRAM_API_ROOT, perSecond: 30 }, (name) => names.push(name))
    expect(names).toEqual(["helpline_bot"])
  })

  describe("long polling", () => {
    let polling: ReturnType<typeof telegramPolling>
    let lines: string[]
    beforeEach(() => {
      lines = []
      telegram.forgetWebhook()
      polling = telegramPolling({
        settings: { token: TOKEN, webhookSecret: undefined, apiRoot: telegram.environment.TELEGRAM_API_ROOT, perSecond: 30 },
        receive: house.app.receive,
        log: createLog((line) => lines.push(line)),
      })
    })
    afterEach(() => polling.close())

    test("a round takes what is there, in order, and the next one confirms it", async () => {
      const other = telegram.chat()
      const updates = [telegram.text(she, "hi"), telegram.text(other, "EXIT"), telegram.text(she, "1")]
      telegram.queue(...updates)
      expect(polling.running()).toBe(false)
      expect(await polling.step()).toBe(3)
      expect(polling.running()).toBe(true)
      await house.settle()
      expect(arrived()).toEqual([says("hello.safe"), expect.stringContaining("Telegram"), says("menu.main")])
      expect(other.arrived).toHaveLength(1)
      expect(telegram.queued()).toHaveLength(3)
      telegram.queue(telegram.poll())
      expect(await polling.step()).toBe(1)
      expect(telegram.queued()).toHaveLength(1)
      expect(telegram.called("getUpdates").at(-1)?.fields["offset"]).toBe((updates.at(-1)?.update_id ?? 0) + 1)
    })

    test("a database that fails leaves the updates unconfirmed, and they are taken when it is back", async () => {
      telegram.queue(telegram.text(she, "hi"))
      await house.app.store.pool.query("alter table delivery rename to elsewhere")
      try {
        await expect(polling.step()).rejects.toThrow()
        await expect(polling.step()).rejects.toThrow()
      } finally {
        await house.app.store.pool.query("alter table elsewhere rename to delivery")
      }
      const waiting = telegram.queued().length
      expect(waiting).toBeGreaterThan(0)
      expect(await polling.step()).toBe(waiting)
      await house.settle()
      expect(arrived()).toEqual([says("hello.safe")])
    })

    test("an update that was taken before a crash is taken once", async () => {
      telegram.queue(telegram.text(she, "hi"))
      await polling.step()
      const again = telegramPolling({
        settings: { token: TOKEN, webhookSecret: undefined, apiRoot: telegram.environment.TELEGRAM_API_ROOT, perSecond: 30 },
        receive: house.app.receive,
        log: createLog(() => {}),
      })
      await again.step()
      await house.settle()
      expect(arrived()).toEqual([says("hello.safe")])
    })

    test("it takes the webhook away when it begins, and closing ends a poll that is waiting", async () => {
      const settings = { token: TOKEN, webhookSecret: SECRET, apiRoot: telegram.environment.TELEGRAM_API_ROOT, perSecond: 30 }
      await setTelegramWebhook(
        settings,
        "https://help.example.org",
        createLog(() => {}),
      )
      await expect(polling.step()).rejects.toThrow("webhook is active")
      const done = polling.begin()
      telegram.queue(telegram.text(she, "hi"))
      await vi.waitFor(async () => {
        await house.settle()
        expect(she.arrived).toHaveLength(1)
      })
      const polls = telegram.called("getUpdates").length
      // It is waiting now: what it took has been confirmed.
      await vi.waitFor(() => expect(telegram.queued()).toEqual([]))
      expect(telegram.called("getUpdates")).toHaveLength(polls)
      const began = performance.now()
      polling.close()
      await done
      expect(performance.now() - began).toBeLessThan(1000)
      expect(lines.filter((line) => line.includes("polling-failed"))).toEqual([])
    })
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

describe("a text too long for one message", () => {
  test("one of 4096 characters is whole, one of 4097 is two", () => {
    expect(split("x".repeat(4096))).toEqual(["x".repeat(4096)])
    expect(split("x".repeat(4097))).toEqual(["x".repeat(4096), "x"])
  })

  test("is cut at the last line or word that fits", () => {
    expect(split(`${"a".repeat(4000)}\n${"b".repeat(200)}`)).toEqual(["a".repeat(4000), "b".repeat(200)])
    expect(split(`${"a".repeat(4000)} ${"b".repeat(200)}`)).toEqual(["a".repeat(4000), "b".repeat(200)])
    expect(split(`${"a".repeat(4096)} ${"b".repeat(200)}`)).toEqual(["a".repeat(4096), "b".repeat(200)])
  })

  test("a character is never cut in half", () => {
    expect(split(`x${"😀".repeat(3000)}`).join("")).toBe(`x${"😀".repeat(3000)}`)
    expect(split(`x${"😀".repeat(3000)}`)[0]).toHaveLength(4095)
  })

  test("whatever it is, its parts fit, say something, hold whole characters and join back but for the space between", () => {
    const piece = fc.oneof(fc.constantFrom(" ", "\n", "😀", "آ", "x"), fc.string({ unit: "grapheme", maxLength: 20 }))
    const long = fc.array(fc.tuple(piece, fc.nat({ max: 3000 })), { maxLength: 6 }).map((runs) =>
      runs
        .map(([text, count]) => text.repeat(Math.ceil(count / Math.max(1, text.length))))
        .join("")
        .trim(),
    )
    fc.assert(
      fc.property(
        long.filter((text) => text !== ""),
        (text) => {
          const parts = split(text)
          for (const part of parts) {
            expect(part.length).toBeLessThanOrEqual(4096)
            expect(part.trim()).not.toBe("")
            expect(part.isWellFormed()).toBe(true)
          }
          const squeezed = (one: string) => one.replace(/\s+/g, "")
          expect(squeezed(parts.join(""))).toBe(squeezed(text))
        },
      ),
      { numRuns: 300 },
    )
  })
})
