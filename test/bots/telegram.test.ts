import { describe, expect, test, vi } from "vitest"
import { setTelegramWebhook } from "../../src/bots/telegram.ts"
import { createLog } from "../../src/log.ts"
import { openAtTelegram, PUBLIC } from "../support/at-telegram.ts"
import { openHouse } from "../support/house.ts"
import { BLOCKED, openTelegram, SECRET, TOKEN, TOO_FAST, type Telegram } from "../support/telegram.ts"
import { deliver } from "../support/telegram-door.ts"
import { channelContract, type Failure, type Harness, type Person } from "./contract.ts"

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

const at = await openAtTelegram()
const { house, telegram, says, arrived, bring, storesNothing, hasten } = at

describe("its door", () => {
  test("a secret that is wrong, longer, empty or missing is answered 403 and stores nothing", () =>
    storesNothing(async () => {
      for (const secret of ["wrong", `${SECRET}x`, SECRET.slice(0, -1), "", null]) expect(await deliver(house, telegram.text(at.she, "hi"), { secret })).toBe(403)
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
      expect(await deliver(house, { update_id: 5, message_reaction: { chat: { id: at.she.id }, text: "a secret of hers" } })).toBe(200)
      expect(await deliver(house, telegram.poll())).toBe(200)
      const lines = house.lines.slice(before).join("")
      expect(lines).toContain('"message_reaction"')
      expect(lines).toContain('"poll"')
      expect(lines).not.toContain("secret of hers")
      expect(lines).not.toContain(String(at.she.id))
    }))

  test("while the database fails Telegram is asked to come again, and then the same update is taken", async () => {
    const update = telegram.text(at.she, "hi")
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
    await bring(telegram.text(at.she, "hi"))
    expect(at.she.arrived[0]).toMatchObject({
      silent: true,
      buttons: [
        { text: "Yes", callback_data: "hello.safe/yes" },
        { text: "Not sure", callback_data: "hello.safe/not-sure" },
        { text: "No", callback_data: "hello.safe/no" },
      ],
    })
    expect(at.she.arrived[0]?.text).not.toMatch(/\d/)
    const tap = telegram.tap(at.she, "yes")
    await bring(tap)
    expect(arrived().slice(1)).toEqual([expect.stringContaining("Telegram"), says("menu.main")])
    const { id } = tap["callback_query"] as { id: string }
    await vi.waitFor(() => expect(telegram.called("answerCallbackQuery").filter(({ fields, status }) => fields["callback_query_id"] === id && status === 200)).toHaveLength(1))
    // The same tap again: its spinner is answered, nothing else is.
    await bring(tap)
    expect(arrived()).toHaveLength(3)
  })

  test("a tap whose answering fails chooses all the same", async () => {
    await bring(telegram.text(at.she, "hi"))
    telegram.misbehave("answerCallbackQuery", { type: "status", status: 500 })
    await bring(telegram.tap(at.she, "yes"))
    expect(arrived().at(-1)).toEqual(says("menu.main"))
  })

  test("an old button says the place again where she is now", async () => {
    await bring(telegram.text(at.she, "hi"))
    await bring(telegram.tap(at.she, "yes"))
    await bring(telegram.tap(at.she, "no"))
    expect(arrived().at(-1)).toEqual(says("menu.main"))
  })

  test("every button of the first screens is one that Telegram takes", async () => {
    await bring(telegram.text(at.she, "hi"), telegram.text(at.she, "1"), telegram.text(at.she, "tips"), telegram.text(at.she, "find help"), telegram.text(at.she, "0"))
    expect(telegram.called("sendMessage").filter(({ status }) => status === 400)).toEqual([])
  })

  test("an edit is ignored", async () => {
    await bring(telegram.text(at.she, "hi"))
    await storesNothing(async () => expect(await deliver(house, telegram.edited(at.she, "EXIT"))).toBe(200))
    expect(arrived()).toHaveLength(1)
  })

  for (const kind of ["sticker", "voice", "video"] as const) {
    test(`a ${kind} is answered kindly`, async () => {
      await bring(telegram.text(at.she, "hi"), telegram[kind](at.she))
      expect(arrived()).toEqual([says("hello.safe"), says("menu.media")])
    })
  }

  test("words under a video are read", async () => {
    await bring(telegram.text(at.she, "hi"), telegram.video(at.she, "exit"))
    expect(arrived().at(-1)).toEqual(says("left.exit"))
  })

  test("an album is answered once, whether its pictures come one by one or together", async () => {
    await bring(telegram.text(at.she, "hi"))
    await bring(...telegram.album(at.she, 4))
    expect(arrived()).toEqual([says("hello.safe"), says("menu.media")])
    const other = telegram.chat()
    await bring(telegram.text(other, "hi"))
    await Promise.all(telegram.album(other, 5).map((update) => deliver(house, update)))
    await house.settle()
    expect(other.arrived).toHaveLength(2)
  })

  test("a pinned message or the like is nothing she said", async () => {
    await bring(telegram.text(at.she, "hi"))
    await storesNothing(async () => expect(await deliver(house, telegram.pinned(at.she))).toBe(200))
  })

  test("/start is the first question, once more when it is tapped twice, and /exit is EXIT", async () => {
    await bring(telegram.text(at.she, "/start"))
    expect(arrived()).toEqual([says("hello.safe")])
    await bring(telegram.text(at.she, "/start from-a-link"))
    expect(arrived()).toHaveLength(2)
    await bring(telegram.text(at.she, "/exit"))
    expect(arrived().at(-1)).toEqual(says("left.exit"))
    await bring(telegram.text(at.she, "/start"))
    expect(arrived().at(-1)).toEqual(says("hello.safe"))
  })

  test("/start after she has cleared the chat says nothing of what was said in it", async () => {
    await bring(telegram.text(at.she, "hi"), telegram.text(at.she, "1"), telegram.text(at.she, "someone shares my pictures"))
    const before = arrived().length
    await bring(telegram.text(at.she, "/start"))
    expect(arrived().slice(before)).toEqual([says("hello.safe")])
    await bring(telegram.text(at.she, "1"))
    expect(arrived().at(-1)).toEqual(says("menu.main"))
  })

  test("/privacy tells what is kept", async () => {
    await bring(telegram.text(at.she, "hi"), telegram.text(at.she, "1"), telegram.text(at.she, "/privacy"))
    expect(arrived()).toContainEqual(says("settings.keep"))
  })

  test("the yes under the first question erases nothing when it is tapped at the last one", async () => {
    await bring(telegram.text(at.she, "hi"))
    const tap = telegram.tap(at.she, "hello.safe/yes")
    await bring(telegram.text(at.she, "FORGET"), tap)
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
      at.she = telegram.chat("private", code)
      await bring(telegram.text(at.she, "/start"))
      expect(arrived()).toEqual([says("hello.safe", language)])
    }
  })

  test("updates that are repeated or out of order are taken once each, as they come", async () => {
    const [first, second, third] = [telegram.text(at.she, "hi"), telegram.text(at.she, "1"), telegram.text(at.she, "EXIT")]
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
