import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { telegramChannel, telegramPolling } from "../../src/bots/telegram.ts"
import type { Receive } from "../../src/helpline/receive.ts"
import { createLog } from "../../src/log.ts"
import { openTelegram, SECRET, TOKEN, type Telegram } from "../support/telegram.ts"

let telegram: Telegram
beforeAll(async () => {
  telegram = await openTelegram()
})
afterAll(() => telegram.close())

const settings = () => ({ token: TOKEN, webhookSecret: SECRET, apiRoot: telegram.environment.TELEGRAM_API_ROOT, perSecond: 30 })
const rendered = { text: "hello", choices: [], numbered: false }

describe("what Telegram answers is read with care", () => {
  const send = (body: string) => {
    telegram.misbehave("sendMessage", { type: "body", body })
    return telegramChannel(settings()).send({ id: "1", conversationId: "1", address: String(telegram.chat().id), language: "en", rendered })
  }

  for (const [given, afterMs] of [
    ['"soon"', 1000],
    ["1e13", 3_600_000],
    ["1e999", 1000],
    ["-5", 0],
    ["null", 1000],
    ["{}", 1000],
    ["3", 3000],
  ] as const) {
    test(`retry_after ${given} is a wait of ${afterMs} ms`, async () => {
      expect(await send(`{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":${given}}}`)).toEqual({ status: "retry", code: "429", afterMs, pause: true })
    })
  }

  for (const body of [
    '{"ok":true,"result":{}}',
    '{"ok":true}',
    '{"ok":true,"result":null}',
    '{"ok":true,"result":{"message_id":"7"}}',
    '{"ok":true,"result":{"message_id":1e300}}',
    "{}",
    "null",
    "[]",
    '"sent"',
    '{"ok":false}',
    '{"ok":false,"error_code":"To 923001234567 said: he is here","description":""}',
    '{"ok":false,"error_code":200,"description":""}',
    '{"ok":false,"error_code":408,"description":""}',
    "<html>",
    "",
  ]) {
    test(`${body === "" ? "an empty body" : body} tells nothing about the fate`, async () => {
      const sent = await send(body)
      expect(sent).toMatchObject({ status: "unknown", code: expect.stringMatching(/^[\w.-]{1,40}$/) })
    })
  }
})

describe("polling never spins", () => {
  const message = { message_id: 1, date: 0, chat: { id: 7_000_001, type: "private" }, text: "hi" }

  /** A house that polls, with a Telegram of its own that answers so each time: what it took and told, and how many rounds it made in a while, with which offsets. */
  async function polled(ms: number, answers: readonly string[]) {
    const provider = await openTelegram()
    for (const body of answers) provider.misbehave("getUpdates", { type: "body", body })
    const taken: string[] = []
    const lines: string[] = []
    const receive: Receive = async ({ deliveryId }) => {
      taken.push(deliveryId)
      return "taken" as const
    }
    const own = { ...settings(), apiRoot: provider.environment.TELEGRAM_API_ROOT }
    const polling = telegramPolling({ settings: own, receive, log: createLog((line) => lines.push(line)) })
    const done = polling.begin()
    await new Promise((resolve) => setTimeout(resolve, ms))
    const began = performance.now()
    polling.close()
    await done
    expect(performance.now() - began).toBeLessThan(500)
    const offsets = provider.called("getUpdates").map(({ fields }) => fields["offset"])
    await provider.close()
    return { taken, lines, offsets }
  }
  const always = (body: unknown) => Array.from({ length: 5000 }, () => JSON.stringify(body))

  // Each waits for its own Telegram: side by side they take as long as one.
  describe.concurrent("whatever it is told", () => {
    test.for([
      ["updates without a number", [{ message }, { update_id: null, message }]],
      ["updates that are numbered with words or fractions", [{ update_id: "7" }, { update_id: 1.5 }, { update_id: 1e300 }]],
      ["things that are no updates", [null, 7, "x", []]],
      ["no list", { update_id: 7 }],
      ["nothing, at once", []],
    ] as const)("%s: a round now and then", async ([, result]) => {
      const { offsets, taken } = await polled(1200, always({ ok: true, result }))
      expect(offsets.length).toBeGreaterThan(0)
      expect(offsets.length).toBeLessThan(5)
      expect(new Set(offsets)).toEqual(new Set([0]))
      expect(taken).toEqual([])
    })

    test("the same update again and again, whatever is confirmed: a round now and then", async () => {
      expect((await polled(1200, always({ ok: true, result: [{ update_id: 7, message }] }))).offsets.length).toBeLessThan(5)
    })

    test("what can be read is taken, and what can't is passed over", async () => {
      const some = [{ update_id: 12, message: "?" }, { message }, null, { update_id: 11, message }, { update_id: 1e300, message }]
      const { offsets, taken } = await polled(
        600,
        [some, []].map((result) => JSON.stringify({ ok: true, result })),
      )
      expect(offsets).toEqual([0, 13])
      expect(taken).toEqual(["update:11"])
    })

    test.for(["soon", 1e13, 0])('"too fast" with a wait of %s neither spins nor stays for ever', async (wait) => {
      const { offsets, lines } = await polled(1500, always({ ok: false, error_code: 429, description: "", parameters: { retry_after: wait } }))
      expect(offsets.length).toBeLessThan(4)
      expect(lines.filter((line) => line.includes("polling-failed")).length).toBeGreaterThan(0)
    })

    test("an error is told by its number alone", async () => {
      const { lines } = await polled(300, [JSON.stringify({ ok: false, error_code: "To 923001234567 said: he is here", description: "he is here" })])
      expect(lines.join("")).toContain("polling-failed")
      expect(lines.join("")).not.toContain("he is here")
    })
  })
})
