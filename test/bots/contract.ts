import { setTimeout as pause } from "node:timers/promises"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { Language } from "../../src/locales/texts.ts"
import type { House } from "../support/house.ts"

/** How a provider may treat a send: says “later”, says no, or falls silent with the message lost or already on its way. */
export type Failure = "too-fast" | "refused" | "unknown-lost" | "unknown-arrived"

/** A house with one channel open, and the provider on its other side in the test's hand. */
export type Harness = {
  readonly house: House
  /** An unknown send is looked up before it is repeated. */
  readonly lookedUp: boolean
  /** What this channel hasn't got; its promises are left out. */
  readonly lacks?: readonly (Failure | "deliveries" | "media" | "signature")[]
  /** A fresh contact. */
  person(): Person
  /** How the provider treats the next send. */
  fail(next: Failure): void
  /** The status that a request with a forged signature gets. */
  forge(): Promise<number>
  close(): Promise<void>
}

/** Somebody with a phone. What she does answers with the status that her provider was given. */
export type Person = {
  text(text: string, options?: { readonly deliveryId?: string }): Promise<number>
  media(): Promise<number>
  /** Texts as they arrived at her phone, oldest first. */
  received(): readonly string[]
}

/** What every channel promises. */
export function channelContract(name: string, open: () => Promise<Harness>): void {
  describe(`${name} keeps what every channel promises`, () => {
    let harness: Harness
    let house: House
    let she: Person
    beforeAll(async () => {
      harness = await open()
      house = harness.house
    })
    afterAll(() => harness?.close())
    beforeEach(() => {
      // A house's clock stands still; waits are written by it and read by the database's own.
      house.advance(Date.now() - house.now())
      she = harness.person()
    })

    /** How a text begins, up to its first placeholder. */
    const opening = (key: string, language: Language = "en") => (house.app.texts(key, language).split("{{")[0] ?? "").slice(0, 24)
    const hello = () => expect.stringContaining(opening("hello.safe"))
    const say = async (text: string, options?: { readonly deliveryId?: string }) => {
      expect(isTaken(await she.text(text, options))).toBe(true)
      await house.settle()
    }
    const query = async <Row>(text: string) => (await house.app.store.pool.query(text)).rows as Row[]
    const rows = async () =>
      (
        await query<Record<string, number>>(
          "select (select count(*)::int from conversation) as conversation, (select count(*)::int from delivery) as delivery, (select count(*)::int from outbox) as outbox",
        )
      )[0]
    const last = async () => (await query<{ status: string; code: string | null; empty: boolean; due_in: number; attempts: number }>(LAST))[0]
    /** Lets what waits for a later moment be due now. */
    const hasten = async () => {
      await query("update outbox set due_at = now() - interval '1 second' where status in ('waiting', 'unknown')")
      await house.settle()
    }
    const repeats = async () => sum(await house.metrics(), "hamraaz_sends_repeated_total")
    /** `beforeAll` has run by the time a test asks. */
    const can = (what: Failure | "deliveries" | "media" | "signature") => harness.lacks?.includes(what) !== true
    const promise = (title: string, needs: readonly (Failure | "deliveries" | "media" | "signature")[], run: () => Promise<void>) =>
      test(title, async (context) => {
        context.skip(!needs.every(can), "this channel hasn't got it")
        await run()
      })

    test("a text gets its answer, once", async () => {
      await say("hi")
      expect(she.received()).toEqual([hello()])
      await house.settle()
      expect(she.received()).toHaveLength(1)
      expect(await last()).toMatchObject({ attempts: 1, status: expect.stringMatching(/^(sent|delivered)$/) })
    })

    test("two people never get each other's answers", async () => {
      const other = harness.person()
      await Promise.all([she.text("hi"), other.text("EXIT")])
      await house.settle()
      expect(she.received()).toEqual([hello()])
      expect(other.received()).toEqual([expect.stringContaining(opening("left.exit"))])
    })

    promise("a delivery that is repeated changes nothing, later or at the same moment", ["deliveries"], async () => {
      await say("hi", { deliveryId: "first" })
      const before = await rows()
      await say("hi", { deliveryId: "first" })
      const statuses = await Promise.all([1, 2, 3].map(() => she.text("hi", { deliveryId: "first" })))
      await house.settle()
      expect(statuses.every(isTaken)).toBe(true)
      expect(await rows()).toEqual(before)
      expect(she.received()).toHaveLength(1)
      await Promise.all([1, 2, 3].map(() => she.text("1", { deliveryId: "second" })))
      await house.settle()
      expect(she.received()).toHaveLength(3)
    })

    test("replies leave in the order in which they were said", async () => {
      for (const text of ["hi", "1", "MENU", "0"]) expect(isTaken(await she.text(text))).toBe(true)
      await house.settle()
      // EXIT calls back what is still on its way, so it comes when all has arrived.
      await say("EXIT")
      const order = ["hello.safe", "hello.limits", "menu.main", "menu.main", "emergency.which", "left.exit"]
      const limits = she.received()[1]
      expect(she.received()).toEqual(order.map((key) => (key === "hello.limits" ? limits : expect.stringContaining(opening(key)))))
      expect(limits).toContain("Settings")
    })

    promise("a provider that says “too fast” is obeyed; nothing is lost and nothing overtakes", ["too-fast"], async () => {
      await say("hi")
      harness.fail("too-fast")
      const began = performance.now()
      await say("1")
      expect(she.received()).toHaveLength(1)
      expect(await query("select status from outbox where status in ('waiting', 'unknown')")).toEqual([{ status: "waiting" }, { status: "waiting" }])
      // The wait is the provider's, in its own time.
      while (she.received().length < 3 && performance.now() - began < 5000) {
        await pause(25)
        await house.settle()
      }
      expect(performance.now() - began).toBeGreaterThanOrEqual(950)
      expect(she.received()).toEqual([hello(), expect.stringContaining("Settings"), expect.stringContaining(opening("menu.main"))])
      expect(await repeats()).toBe(0)
    })

    promise("a send that is refused is written down, keeps no words and isn't repeated", ["refused"], async () => {
      harness.fail("refused")
      await say("hi")
      expect(she.received()).toEqual([])
      const row = await last()
      expect(row).toMatchObject({ status: "refused", empty: true, attempts: 1 })
      expect(row?.code).toMatch(/^\w+$/)
      await hasten()
      expect(she.received()).toEqual([])
      expect((await last())?.attempts).toBe(1)
      await say("hello?")
      expect(she.received()).toHaveLength(1)
    })

    promise("a send that was lost without a word is made again, and that is counted", ["unknown-lost"], async () => {
      const before = await repeats()
      harness.fail("unknown-lost")
      await say("hi")
      expect(she.received()).toEqual([])
      const row = await last()
      expect(row?.status).toBe("unknown")
      expect(row?.due_in).toBeGreaterThan(1)
      await hasten()
      expect(she.received()).toEqual([hello()])
      expect(await repeats()).toBe(before + 1)
      await hasten()
      expect(she.received()).toHaveLength(1)
    })

    promise("a send that arrived without a word comes again only where the provider can't be asked, and that is counted", ["unknown-arrived"], async () => {
      const before = await repeats()
      harness.fail("unknown-arrived")
      await say("hi")
      expect((await last())?.status).toBe("unknown")
      await hasten()
      expect(she.received()).toEqual(harness.lookedUp ? [hello()] : [hello(), hello()])
      expect(await repeats()).toBe(harness.lookedUp ? before : before + 1)
      expect((await last())?.status).toMatch(/^(sent|delivered)$/)
      await say("1")
      expect(she.received().at(-1)).toContain(opening("menu.main"))
    })

    for (const [word, key, language] of [
      ["EXIT", "left.exit"],
      ["MENU", "menu.main"],
      ["0", "emergency.which"],
      ["۰", "emergency.which"],
      ["FORGET", "settings.forget"],
      ["salir", "left.exit", "es"],
    ] as const) {
      test(`${word} works as the very first message`, async () => {
        await say(word)
        expect(she.received()).toEqual([expect.stringContaining(opening(key, language))])
      })
    }

    for (const digit of ["1", "۱", "١", "१", "１", "1️⃣"]) {
      test(`a typed ${digit} chooses the first answer`, async () => {
        await say("hi")
        await say(digit)
        expect(she.received()).toHaveLength(3)
        expect(she.received().at(-1)).toContain(opening("menu.main"))
      })
    }

    promise("what can't be read is answered kindly, and the question stays", ["media"], async () => {
      expect(isTaken(await she.media())).toBe(true)
      await house.settle()
      expect(she.received()).toEqual([hello()])
      expect(isTaken(await she.media())).toBe(true)
      await house.settle()
      expect(she.received()).toEqual([hello(), expect.stringContaining(opening("menu.media"))])
      await say("1")
      expect(she.received().at(-1)).toContain(opening("menu.main"))
    })

    promise("a forged request is turned away and stores nothing", ["signature"], async () => {
      const before = await rows()
      expect(await harness.forge()).toBe(403)
      await house.settle()
      expect(await rows()).toEqual(before)
    })

    test("nothing that a person wrote, and no address of hers, stands in a line of the log", async () => {
      const words = "correct-horse-battery-staple"
      await say(words)
      expect(house.lines.join("\n")).not.toContain(words)
      expect(house.lines.join("\n")).not.toMatch(/\+\d{7}|whatsapp:/)
    })
  })
}

const LAST = `select status, code, content is null as empty, attempts, extract(epoch from due_at - now())::float as due_in from outbox
order by id desc, turn desc, position desc limit 1`

function isTaken(status: number): boolean {
  return status >= 200 && status < 300
}

/** All series of a counter together. */
function sum(metrics: string, name: string): number {
  return metrics
    .split("\n")
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .reduce((total, line) => total + Number(line.split(" ").at(-1)), 0)
}
