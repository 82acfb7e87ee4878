import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { deskFacts, opensAt, rangeOf } from "../../src/helpline/desk-standing.ts"
import { DAYS, standing, type Hours } from "../../src/helpline/hours.ts"

const MINUTE = 60_000
/** Where clocks never change, and where they do: forwards, backwards, by half an hour. */
const zone = fc.constantFrom("UTC", "Asia/Karachi", "Asia/Kathmandu", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
const moment = fc.date({ min: new Date("2026-01-01T00:00:00Z"), max: new Date("2027-12-31T00:00:00Z"), noInvalidDate: true })
const clock = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`)
const hours: fc.Arbitrary<Exclude<Hours, string>> = fc.array(fc.record({ days: fc.uniqueArray(fc.constantFrom(...DAYS), { minLength: 1 }), from: clock, to: clock }), {
  minLength: 1,
  maxLength: 4,
})
const closing = fc.option(fc.record({ reason: fc.constantFrom("capacity", "holiday", "emergency", "other"), until: moment }), { nil: undefined })

const isOpen = (at: Date, open: Hours, timeZone: string) => standing(open, timeZone, at).type !== "closed"

describe("when the desk opens", () => {
  test("is never in the past, it is open then, and a minute before it wasn't", () => {
    fc.assert(
      fc.property(hours, zone, closing, moment, (open, timeZone, closed, now) => {
        const opens = opensAt({ hours: open, timeZone }, closed, now)
        const isClosed = closed !== undefined && closed.until > now
        if (opens === "open") {
          expect(isClosed).toBe(false)
          expect(isOpen(now, open, timeZone)).toBe(true)
          return
        }
        if (opens === undefined) throw new Error("hours that are known open at some time")
        expect(opens > now).toBe(true)
        expect(isOpen(opens, open, timeZone)).toBe(true)
        const before = new Date(opens.getTime() - MINUTE)
        expect(isOpen(before, open, timeZone) && !(isClosed && before < closed.until)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  test("is told by the clock that hangs there, also when it is changed before then", () => {
    const nine = [{ days: [...DAYS], from: "09:00", to: "17:00" }]
    const at = (timeZone: string, now: string) => opensAt({ hours: nine, timeZone }, undefined, new Date(now))
    expect(at("Europe/Berlin", "2026-03-28T20:00:00Z")).toEqual(new Date("2026-03-29T07:00:00Z"))
    expect(at("Europe/Berlin", "2026-10-24T20:00:00Z")).toEqual(new Date("2026-10-25T08:00:00Z"))
    // Hours that begin within the hour that is left out begin when the clock goes on.
    const early = [{ days: [...DAYS], from: "02:30", to: "04:00" }]
    expect(opensAt({ hours: early, timeZone: "Europe/Berlin" }, undefined, new Date("2026-03-28T20:00:00Z"))).toEqual(new Date("2026-03-29T01:00:00Z"))
  })

  test("hangs on a closing alone where hours are always or unknown: they keep nobody out", () => {
    fc.assert(
      fc.property(fc.constantFrom<Hours>("always", "unknown"), zone, closing, moment, (open, timeZone, closed, now) => {
        const isClosed = closed !== undefined && closed.until > now
        expect(opensAt({ hours: open, timeZone }, closed, now)).toEqual(isClosed ? closed.until : "open")
      }),
    )
  })
})

describe("how long people waited", () => {
  test("is told as two whole minutes that lie around what was measured, and not at all of fewer than five", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 6 * 3600, noNaN: true }), { maxLength: 40 }), (waits) => {
        const range = rangeOf(waits)
        expect(range === undefined).toBe(waits.length < 5)
        if (range === undefined) return
        const { least, most } = range
        expect([Number.isInteger(least), Number.isInteger(most), least >= 1, most > least]).toEqual([true, true, true, true])
        // No better than the best, no worse than the worst, but for what rounding and the least of one and two minutes add.
        expect(least).toBeGreaterThanOrEqual(Math.max(1, Math.floor(Math.min(...waits) / 60)))
        expect(most).toBeLessThanOrEqual(Math.max(2, Math.ceil(Math.max(...waits) / 60), least + 1))
        // Three of four waited as long as the lower bound says or longer; nine of ten no longer than the upper one.
        if (least > 1) expect(waits.filter((wait) => wait / 60 >= least).length).toBeGreaterThanOrEqual(0.75 * waits.length)
        expect(waits.filter((wait) => wait / 60 <= most).length).toBeGreaterThanOrEqual(0.9 * waits.length)
      }),
      { numRuns: 1000 },
    )
  })

  test("doesn't hang on the order in which the waits are known", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20_000), { minLength: 5, maxLength: 40 }), (waits) => {
        expect(rangeOf([...waits].reverse())).toEqual(rangeOf(waits))
      }),
    )
  })
})

describe("how the desk stands", () => {
  test("is said of what is known only: nobody where nobody works, a reason only while it holds, a day only where it isn't today", () => {
    fc.assert(
      fc.property(hours, zone, closing, moment, fc.boolean(), (open, timeZone, closed, now, manned) => {
        const file = { hours: open, timeZone } as Parameters<typeof deskFacts>[0]
        const facts = deskFacts(file, { closing: closed, manned, waits: [] }, now)
        if (!manned) {
          expect(facts).toEqual({ state: "nobody" })
          return
        }
        const opens = opensAt(file, closed, now)
        expect(facts.state).toBe(opens === "open" ? "open" : "closed")
        expect(facts.closing).toBe(closed !== undefined && closed.until > now ? closed.reason : undefined)
        // A weekday would be read as this week's.
        const isFar = opens instanceof Date && opens.getTime() - now.getTime() >= 6 * 24 * 3600_000
        expect(facts.opens === undefined).toBe(opens === "open" || isFar)
        if (facts.opens === undefined || !(opens instanceof Date)) return
        const day = (at: Date) => new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at)
        expect(facts.opens.day === undefined).toBe(day(opens) === day(now))
      }),
      { numRuns: 1000 },
    )
  })
})
