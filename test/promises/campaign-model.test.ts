import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { hoursIn } from "../../src/flows/campaign-dates.ts"
import { isQuiet } from "../../src/helpline/campaign-time.ts"
import { CAMPAIGN, openCampaign, type Arrival, type LedgerRow } from "../support/campaign-world.ts"
import { contentWith } from "../support/house.ts"
import { PROOF } from "../support/proof.ts"
import { openTelegram } from "../support/telegram.ts"
import { openTwilio } from "../support/twilio.ts"

const HOUR = 3600_000
const ZONES = Intl.supportedValuesOf("timeZone")
const PEOPLE = PROOF ? 10_000 : 120
const STEP = PROOF ? HOUR / 2 : 2 * HOUR
const DAYS = 16
/** In these sixteen days clocks are put back in Europe and in America. */
const BEGINS = "2026-10-20"
const EVE = Date.parse("2026-10-19T00:00:00Z")
/** What Twilio and Telegram do now and then: nothing is told by it of whether a message arrived. */
const ASTRAY = ["drop-before", "drop-after", { status: 503 }] as const
const NOTE = "Your note of day "
const FINAL = new Set(["sent", "delivered", "refused", "skipped"])
/** Sixteen days take longer than other preparations. */
const TURN_MS = PROOF ? 7200_000 : 300_000

/** Chance that a failing run can be told by: the same seed makes the same days. */
function lot(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    chance: (part: number) => next() < part,
    below: (most: number) => Math.floor(next() * most),
    of: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T,
  }
}

/** What a person did, as far as it bears on what she may expect. */
type Person = { address: string; language: "en" | "es"; zone: string; hour: number; since: number; until: number; forgotten: boolean; moved: boolean; busy: number[] }

describe(`sixteen days of ${PEOPLE} people in all time zones`, () => {
  let world: Awaited<ReturnType<typeof openCampaign>>
  let telegram: Awaited<ReturnType<typeof openTelegram>>
  let twilio: Awaited<ReturnType<typeof openTwilio>>
  const people: Person[] = []
  const byAddress = new Map<string, Person>()
  /** When something stood in the way, and of whom if not of all. */
  const paused: [number, number, RegExp?][] = []
  const happened = { cuts: 0, outages: 0, astray: 0, restarts: 0 }
  const arrived: Arrival[] = []
  let missing = 0

  beforeAll(async () => {
    const { chance, below, of } = lot(20_261_125)
    ;[telegram, twilio] = [await openTelegram(), await openTwilio()]
    // Whoever reads English has a template for each day; whoever reads Spanish has none.
    const content = contentWith(`campaigns/${CAMPAIGN}.yaml`, (text) => {
      let day = 0
      return text
        .replace(/^begins: \S+/m, `begins: ${BEGINS}`)
        .replace(/^( {2}- \{ id: [a-z-]+)/gm, (action) => `${action}, template: { en: ${twilio.approve(`${NOTE}${++day}.`)} }`)
    })
    world = await openCampaign(EVE, { ...telegram.environment, ...twilio.environment, SIMULATOR: "on" }, content)
    const now = () => world.house.now()
    twilio.keepTime(() => now())
    const chats = new Map<string, { readonly list: ReturnType<typeof telegram.chat>["arrived"]; seen: number }>()
    /** Most are on one of three channels, some on the simulator; WhatsApp has people whose numbers it takes nothing of this kind to. */
    const address = (): string => {
      const n = String(1_000_000 + people.length)
      const which = below(10)
      if (which < 3) {
        const chat = telegram.chat()
        chats.set(String(chat.id), { list: chat.arrived, seen: 0 })
        return String(chat.id)
      }
      return which < 5 ? `+92300${n}` : which < 8 ? `whatsapp:+92301${n}` : which < 9 ? `whatsapp:+1202${n}` : `sms:+92${n}`
    }
    let [seen, seenHere] = [0, 0]
    /** What has come on all phones since. */
    const collect = () => {
      const shown = (to: string, text: string) => {
        const day = text.startsWith(NOTE) ? Number.parseInt(text.slice(NOTE.length), 10) : world.dayOf(text)
        if (day !== undefined) arrived.push({ address: to, day, at: now() })
      }
      for (const [to, chat] of chats) for (; chat.seen < chat.list.length; chat.seen++) shown(to, chat.list[chat.seen]?.text ?? "")
      const messages = twilio.messages()
      for (; seen < messages.length; seen++) shown(messages[seen]?.to ?? "", messages[seen]?.text ?? "")
      for (; seenHere < world.arrived.length; seenHere++) arrived.push(world.arrived[seenHere] as Arrival)
    }
    const turn = async () => {
      await world.turn()
      collect()
    }
    /** Time goes on. What has come by then, came by then. */
    const pass = async (ms: number) => {
      await world.house.settle()
      await world.collect()
      collect()
      world.advance(ms)
    }
    const joins = async (): Promise<void> => {
      const person: Person = {
        address: address(),
        language: chance(0.8) ? "en" : "es",
        zone: of(ZONES),
        hour: 8 + below(12),
        since: now(),
        until: Number.POSITIVE_INFINITY,
        forgotten: false,
        moved: false,
        busy: [],
      }
      people.push(person)
      byAddress.set(person.address, person)
      await world.join(person.address, person.zone, person.hour, person.language)
    }
    /** How often something happens in a step that happens to so many of a hundred people in sixteen days. */
    const times = (percent: number) => {
      const mean = (PEOPLE * percent * STEP) / (100 * DAYS * 24 * HOUR)
      return Math.floor(mean) + (chance(mean % 1) ? 1 : 0)
    }
    const here = () => people.filter(({ until, forgotten }) => until > now() && !forgotten)
    for (let n = 0; n < PEOPLE * 0.7; n++) await joins()

    const end = EVE + (DAYS + 3) * 24 * HOUR
    while (now() < end) {
      for (let n = times(30); n > 0 && people.length < PEOPLE; n--) await joins()
      for (let n = times(25); n > 0; n--) {
        const gone = of(here())
        gone.until = now()
        if (chance(0.3)) {
          gone.forgotten = true
          await world.forget(gone.address)
        } else await world.step(gone.address, { type: "leave", campaign: CAMPAIGN })
      }
      for (let n = times(25); n > 0; n--) {
        const moved = of(here())
        Object.assign(moved, { zone: of(ZONES), hour: 8 + below(12), moved: true })
        await world.step(moved.address, { type: "change", campaign: CAMPAIGN, zone: moved.zone, hour: moved.hour })
      }
      for (let n = times(80); n > 0; n--) {
        const busy = of(here())
        busy.busy.push(now())
        await world.write(busy.address, "hi")
      }
      if (chance(0.03)) {
        await world.setSwitch("paused")
        const from = now()
        for (let n = 1 + below(4); n > 0; n--) {
          await pass(STEP)
          await turn()
        }
        paused.push([from, now()])
        await world.setSwitch("running")
      }
      if (chance(0.12)) {
        // A power cut at any statement of a round, and another house some time later.
        happened.cuts += 1
        await world.turnCutAfter(below(60))
        collect()
        const from = now()
        if (chance(0.3)) world.advance(9 * HOUR)
        await world.reopen()
        paused.push([from, now()])
      }
      if (chance(0.05)) {
        // A channel that nobody answers on for some time.
        happened.outages += 1
        const from = now()
        await telegram.refuseConnections()
        for (let n = 1 + below(4); n > 0; n--) {
          await pass(STEP)
          await turn()
        }
        await telegram.acceptConnections()
        paused.push([from, now(), /^\d/])
      }
      if (chance(0.1)) {
        // Sends go astray: whether they arrived, only the provider knows.
        const from = now()
        for (let n = 1 + below(8); n > 0; n--) {
          happened.astray += 1
          twilio.misbehave("send", of(ASTRAY))
          telegram.misbehave("sendMessage", { type: "drop", arrived: chance(0.5) })
        }
        paused.push([from, from, /^[\d+]/])
      }
      if (chance(0.05)) {
        happened.restarts += 1
        await world.restart()
        await turn()
        missing += await world.missing()
      }
      await turn()
      twilio.behave("send")
      telegram.behave("sendMessage")
      await pass(STEP)
    }
    await turn()
  }, TURN_MS)
  afterAll(async () => {
    await world.close()
    await telegram.close()
    await twilio.close()
  })

  const byPerson = (rows: readonly LedgerRow[]) => Map.groupBy(rows, ({ id }) => id)

  test("each of them has exactly one row for every day, and it says what became of it", async () => {
    expect([missing, await world.missing()]).toEqual([0, 0])
    const ledger = byPerson(await world.ledger())
    expect(ledger.size).toBe(people.filter(({ forgotten }) => !forgotten).length)
    for (const rows of ledger.values()) expect(rows.map(({ day }) => day)).toEqual(Array.from({ length: DAYS }, (_, index) => index + 1))
    const open = [...ledger.values()].flat().filter(({ status, why }) => !FINAL.has(status) || (status === "skipped" && why === null))
    expect(open).toEqual([])
  })

  test("what it calls sent stood on a phone, once; and nothing else did", async () => {
    const rows = await world.ledger()
    const sent = rows.filter(({ status }) => status === "sent" || status === "delivered")
    const doubtful = rows.filter(({ status, why }) => status === "refused" && why === "in-doubt")
    const told = (list: readonly { readonly address: string | null; readonly day: number }[]) => list.map(({ address, day }) => `${address} ${day}`).sort()
    const kept = new Set(people.filter(({ forgotten }) => !forgotten).map(({ address }) => address))
    const unsure = new Set(told(doubtful))
    const became = new Map(rows.map((row) => [`${row.address} ${row.day}`, `${row.status} ${row.why}, due ${row.due_at.toISOString()} until ${row.until.toISOString()}`]))
    const [came, called] = [told(arrived.filter(({ address }) => kept.has(address))).filter((one) => !unsure.has(one)), told(sent)]
    const [onPhones, inLedger] = [new Set(came), new Set(called)]
    const strays = [...came.filter((one) => !inLedger.has(one)), ...called.filter((one) => !onPhones.has(one))]
    expect(strays.map((one) => `${one}: ${became.get(one)}; ${JSON.stringify(arrived.filter(({ address, day }) => `${address} ${day}` === one))}`)).toEqual([])
    expect(came).toEqual(called)
    expect(rows.filter(({ status }) => status === "refused").length).toBe(doubtful.length)
    expect(new Set(told(arrived)).size).toBe(arrived.length)
  })

  test("nothing came to anybody in a quiet hour, before joining, or after leaving", () => {
    for (const { address, day, at } of arrived) {
      const person = byAddress.get(address)
      if (person === undefined) throw new Error("somebody whom nobody knows")
      expect(at).toBeGreaterThan(person.since)
      expect(at).toBeLessThanOrEqual(person.until + STEP)
      if (!person.moved)
        expect(isQuiet(at, person.zone, hoursIn({ from: 8, to: 20 }, "PK")), `${address} in ${person.zone} at ${person.hour}, day ${day}, ${new Date(at).toISOString()}`).toBe(
          false,
        )
    }
  })

  test("whoever wasn't in the way of it got every action, within its time", async () => {
    const disturbed = (due: number, { address, busy }: Person) =>
      paused.some(([from, to, of]) => (of?.test(address) ?? true) && to >= due - STEP && from <= due + STEP) || busy.some((at) => Math.abs(at - due) < 3 * HOUR)
    let served = 0
    for (const row of await world.ledger()) {
      const person = byAddress.get(row.address ?? "")
      if (person === undefined || person.moved || person.address.startsWith("whatsapp:") || row.why === "in-doubt" || row.why === "joined-later" || row.why === "left") continue
      const { status, due_at: due, until } = row
      // A last hour that the house's long steps leap over is no fault of its own.
      if (until.getTime() - due.getTime() < STEP + HOUR || disturbed(due.getTime(), person)) continue
      expect(status, JSON.stringify(row)).toBe("sent")
      served += 1
    }
    expect(served).toBeGreaterThan(PEOPLE)
  })

  test("WhatsApp brings nothing to whom it may not, and says why; whoever has written that day needs no template", async () => {
    const counts = { "other-channel": 0, "no-template": 0, template: 0, "own words": 0 }
    const to = (row: LedgerRow) => byAddress.get(row.address ?? "")
    for (const row of await world.ledger()) {
      if (row.why !== "other-channel" && row.why !== "no-template") continue
      counts[row.why] += 1
      expect([row.address?.slice(0, 10), row.why === "no-template" ? to(row)?.language : "us"]).toEqual(row.why === "no-template" ? ["whatsapp:+", "es"] : ["whatsapp:+", "us"])
    }
    for (const { to: address, text } of twilio.messages()) {
      if (!address.startsWith("whatsapp:") || (world.dayOf(text) === undefined && !text.startsWith(NOTE))) continue
      counts[text.startsWith(NOTE) ? "template" : "own words"] += 1
    }
    expect(Math.min(...Object.values(counts)), JSON.stringify(counts)).toBeGreaterThan(0)
  })

  test("the house was really cut off, again and again", () => {
    expect(Math.min(...Object.values(happened))).toBeGreaterThan(5)
    expect(arrived.length).toBeGreaterThan(PEOPLE * 7)
  })
})
