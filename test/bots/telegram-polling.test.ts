import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { setTelegramWebhook, telegramName, telegramPolling } from "../../src/bots/telegram.ts"
import { createLog } from "../../src/log.ts"
import { openAtTelegram } from "../support/at-telegram.ts"
import { SECRET, TOKEN } from "../support/telegram.ts"

const at = await openAtTelegram()
const { house, telegram, says, arrived } = at

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
    const updates = [telegram.text(at.she, "hi"), telegram.text(other, "EXIT"), telegram.text(at.she, "1")]
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
    telegram.queue(telegram.text(at.she, "hi"))
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
    telegram.queue(telegram.text(at.she, "hi"))
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
    telegram.queue(telegram.text(at.she, "hi"))
    await vi.waitFor(async () => {
      await house.settle()
      expect(at.she.arrived).toHaveLength(1)
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
