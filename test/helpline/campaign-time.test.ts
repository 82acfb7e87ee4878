import fc from "fast-check"
import { Temporal } from "temporal-polyfill"
import { describe, expect, test } from "vitest"
import { beginsFor, dateOf, dayAt, daysBy, dueAt, dueBetween, dueDay, dueDays, eveningOf, isQuiet, type Timing } from "../../src/helpline/campaign-time.ts"
import { hoursIn } from "../../src/flows/campaign-dates.ts"
import { PROOF } from "../support/proof.ts"

const zone = fc.constantFrom(...Intl.supportedValuesOf("timeZone"))
const date = fc.integer({ min: 0, max: 36_523 }).map((days) => Temporal.PlainDate.from("1950-01-01").add({ days }).toString())
const hour = fc.integer({ min: 0, max: 23 })
const country = fc.constantFrom("PK", "IN", "US", "FR", "MX")
const hours = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 13, max: 24 })).map(([from, to]) => ({ from, to }))
const timing = fc.record({ begins: date, days: fc.integer({ min: 1, max: 16 }), hours, validHours: fc.integer({ min: 1, max: 24 }) })
const runs = { numRuns: PROOF ? 30_000 : 400 }
const at = (moment: number, there: string) => Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(there)

/** Local midnights around which clocks are put on or back, so that a sample of days is likely to meet them. */
function aroundTransitions(there: string, on: string): readonly string[] {
  const next = Temporal.PlainDate.from(on).toZonedDateTime(there).getTimeZoneTransition("next")
  const day = next?.toPlainDate()
  return day === undefined ? [on] : [on, day.toString(), day.subtract({ days: 1 }).toString()]
}

describe("a century of zone rules", () => {
  test("the local hour is the one asked for, except where clocks are put forward over it: then the moment just after", () => {
    fc.assert(
      fc.property(zone, date, hour, (there, on, asked) => {
        for (const one of aroundTransitions(there, on)) {
          const due = dueAt(one, asked, there)
          if (due === undefined) {
            expect(Temporal.PlainDate.from(one).toZonedDateTime(there).toPlainDate().toString()).not.toBe(one)
            continue
          }
          const local = at(due, there)
          const told = `${local.toPlainDate().toString()} ${local.hour}:${local.minute}`
          if (told === `${one} ${asked}:0`) {
            // Of an hour that comes twice it is the first.
            const earlier = at(due - 3600_000, there)
            expect(`${earlier.toPlainDate().toString()} ${earlier.hour}:${earlier.minute}`).not.toBe(told)
            continue
          }
          const gap = Temporal.PlainDate.from(one).toZonedDateTime({ timeZone: there, plainTime: { hour: asked } })
          const before = gap.add({ milliseconds: 1 }).getTimeZoneTransition("previous")
          // An hour nearly everywhere; where people came to live in Antarctica, seven.
          const length = before === null ? 0 : (before.offsetNanoseconds - before.subtract({ milliseconds: 1 }).offsetNanoseconds) / 1e6
          expect(before !== null && due - before.epochMilliseconds < length, `${one} ${asked} ${there}`).toBe(true)
        }
      }),
      runs,
    )
  })

  test("each day has one moment, and days come in their order", () => {
    fc.assert(
      fc.property(timing, zone, hour, country, (plan, there, asked, from) => {
        for (const begins of aroundTransitions(there, plan.begins)) {
          const days = dueDays(plan, { country: from, zone: there, hour: asked, begins })
          expect(days.map(({ day }) => day)).toEqual(Array.from({ length: plan.days }, (_, index) => index + 1))
          const sent = days.filter(({ why }) => why !== "no-such-day")
          for (const [index, { due }] of sent.entries()) expect(due).toBeGreaterThan(sent[index - 1]?.due ?? Number.NEGATIVE_INFINITY)
        }
      }),
      runs,
    )
  })

  test("nothing is sent in a quiet hour, at no moment of its validity", () => {
    fc.assert(
      fc.property(
        timing,
        zone,
        hour,
        country,
        fc.integer({ min: 1, max: 16 }),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (plan, there, asked, from, day, part) => {
          for (const begins of aroundTransitions(there, plan.begins)) {
            const { due, until, why } = dueDay(plan, { country: from, zone: there, hour: asked, begins }, day)
            if (until <= due) expect(["quiet-hours", "no-such-day"]).toContain(why)
            else expect(isQuiet(due + Math.floor((until - due) * part), there, hoursIn(plan.hours, from))).toBe(false)
          }
        },
      ),
      runs,
    )
  })

  test("asked for piece by piece, no day is left out and none comes twice", () => {
    fc.assert(
      fc.property(timing, zone, hour, fc.array(fc.integer({ min: 1, max: 40 * 3600_000 }), { maxLength: 20 }), (plan, there, asked, steps) => {
        const group = { country: "PK", zone: there, hour: asked, begins: plan.begins }
        const from = Temporal.PlainDate.from(plan.begins).toZonedDateTime("UTC").epochMilliseconds - 48 * 3600_000
        // Some of them at the very moment at which a day is due.
        const dues = dueDays(plan, group).map(({ due }) => due)
        const cuts = [...steps.reduce((all, step) => [...all, (all.at(-1) ?? from) + step], [from]), ...dues.slice(0, steps.length)].sort((a, b) => a - b)
        const pieces = cuts.slice(1).flatMap((cut, index) => dueBetween(plan, group, cuts[index] ?? 0, cut))
        const whole = dueDays(plan, group).filter(({ due }) => due > from && due <= (cuts.at(-1) ?? from))
        expect(pieces).toEqual(whole)
        for (const cut of [cuts[Math.floor(cuts.length / 2)] ?? from, cuts.at(-1) ?? from]) expect(daysBy(plan, group, cut)).toBe(dues.filter((due) => due <= cut).length)
      }),
      runs,
    )
  })
})

describe("a day and its hours", () => {
  const plan: Timing = { begins: "2026-11-25", days: 16, hours: { from: 8, to: 20 }, validHours: 6 }

  test("an action is over when its hours are, or the day's", () => {
    const group = { country: "PK", zone: "Asia/Karachi", hour: 9, begins: "2026-11-25" }
    expect(dueDay(plan, group, 1)).toEqual({ day: 1, due: Date.parse("2026-11-25T04:00:00Z"), until: Date.parse("2026-11-25T10:00:00Z"), why: "late" })
    expect(dueDay(plan, { ...group, hour: 18 }, 16)).toEqual({ day: 16, due: Date.parse("2026-12-10T13:00:00Z"), until: Date.parse("2026-12-10T15:00:00Z"), why: "quiet-hours" })
  })

  test("an hour that the law of a country leaves out is never sent", () => {
    const early = { country: "IN", zone: "Asia/Kolkata", hour: 9, begins: "2026-11-25" }
    const { due, until, why } = dueDay(plan, early, 1)
    expect([until - due, why]).toEqual([0, "quiet-hours"])
  })

  test("clocks that go forward over her hour give her the moment after; clocks that go back, the first", () => {
    expect(dueAt("2027-03-14", 2, "America/New_York")).toBe(Date.parse("2027-03-14T07:00:00Z"))
    expect(dueAt("2026-11-01", 1, "America/New_York")).toBe(Date.parse("2026-11-01T05:00:00Z"))
  })

  test("a date that was left out somewhere is nobody's", () => {
    expect(dueAt("2011-12-30", 9, "Pacific/Apia")).toBeUndefined()
    expect(dueDay({ ...plan, begins: "2011-12-29" }, { country: "WS", zone: "Pacific/Apia", hour: 9, begins: "2011-12-29" }, 2)).toMatchObject({ day: 2, why: "no-such-day" })
  })

  test("who joins a course begins on the first day on which her hour is still to come", () => {
    const course = { ...plan, begins: "joining" }
    const noon = Date.parse("2026-11-25T07:00:00Z")
    expect(beginsFor(course, "Asia/Karachi", 9, noon)).toBe("2026-11-26")
    expect(beginsFor(course, "Asia/Karachi", 18, noon)).toBe("2026-11-25")
    expect(beginsFor(plan, "Asia/Karachi", 9, noon)).toBe("2026-11-25")
  })

  test("a day of a campaign is told by the date there", () => {
    const moment = Date.parse("2026-11-25T20:00:00Z")
    expect([dayAt(moment, "Asia/Karachi", "2026-11-25"), dayAt(moment, "America/Lima", "2026-11-25"), dateOf("2026-11-25", 16)]).toEqual([2, 1, "2026-12-10"])
  })

  test("a reminder comes in the evening, and never after the day's hours", () => {
    const group = { country: "PK", zone: "Asia/Karachi", hour: 9, begins: "2026-11-25" }
    expect(eveningOf(plan, group, 1, Date.parse("2026-11-25T05:00:00Z"))).toMatchObject({ due: Date.parse("2026-11-25T14:00:00Z"), until: Date.parse("2026-11-25T15:00:00Z") })
    const tooLate = eveningOf(plan, group, 1, Date.parse("2026-11-25T14:30:00Z"))
    expect(tooLate.due).toBeGreaterThan(tooLate.until)
  })
})
