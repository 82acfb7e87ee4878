import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { DAYS, standing, type Hours } from "../../src/helpline/hours.ts"

const MINUTE = 60_000
const DAY = 1440
const WEEK = 7 * DAY
/** Monday, 5 January 2026, midnight UTC. */
const MONDAY = Date.UTC(2026, 0, 5)

const office: Hours = [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "17:00" }]
const night: Hours = [{ days: ["fri", "sun"], from: "22:00", to: "02:00" }]
const at = (hours: Hours, moment: string, timeZone = "UTC") => standing(hours, timeZone, new Date(`${moment}Z`))

describe("a line that keeps hours", () => {
  test("is open from its first minute to the one before its last", () => {
    expect(at(office, "2026-01-05T08:59")).toEqual({ type: "closed", from: "09:00", inDays: 0, day: "mon" })
    expect(at(office, "2026-01-05T09:00")).toEqual({ type: "open", until: "17:00" })
    expect(at(office, "2026-01-05T16:59")).toEqual({ type: "open", until: "17:00" })
    expect(at(office, "2026-01-05T17:00")).toEqual({ type: "closed", from: "09:00", inDays: 1, day: "tue" })
  })

  test("opens on the next day that it has, over a week-end too", () => {
    expect(at(office, "2026-01-09T18:00")).toEqual({ type: "closed", from: "09:00", inDays: 3, day: "mon" })
    expect(at(office, "2026-01-10T12:00")).toEqual({ type: "closed", from: "09:00", inDays: 2, day: "mon" })
    expect(at(office, "2026-01-11T23:59")).toEqual({ type: "closed", from: "09:00", inDays: 1, day: "mon" })
  })

  test("that opens once a week opens again in seven days", () => {
    expect(at([{ days: ["mon"], from: "09:00", to: "10:00" }], "2026-01-05T11:00")).toEqual({ type: "closed", from: "09:00", inDays: 7, day: "mon" })
  })

  test("past midnight is still open after midnight, from Sunday to Monday as well", () => {
    expect(at(night, "2026-01-09T23:00")).toEqual({ type: "open", until: "02:00" })
    expect(at(night, "2026-01-10T01:59")).toEqual({ type: "open", until: "02:00" })
    expect(at(night, "2026-01-10T02:00")).toEqual({ type: "closed", from: "22:00", inDays: 1, day: "sun" })
    expect(at(night, "2026-01-12T01:00")).toEqual({ type: "open", until: "02:00" })
    expect(at(night, "2026-01-11T01:00")).toMatchObject({ type: "closed" })
  })

  test("until 24:00 closes at midnight, and from 00:00 to 24:00 is open all day", () => {
    expect(at([{ days: ["mon"], from: "18:00", to: "24:00" }], "2026-01-05T23:59")).toEqual({ type: "open", until: "24:00" })
    expect(at([{ days: ["mon"], from: "18:00", to: "24:00" }], "2026-01-06T00:00")).toMatchObject({ type: "closed" })
    expect(at([{ days: ["mon"], from: "00:00", to: "24:00" }], "2026-01-05T00:00")).toEqual({ type: "open", until: "24:00" })
    expect(at([{ days: ["mon"], from: "08:00", to: "08:00" }], "2026-01-06T07:59")).toEqual({ type: "open", until: "08:00" })
  })

  test("with a pause at noon opens again the same day", () => {
    const paused: Hours = [
      { days: ["mon"], from: "09:00", to: "12:00" },
      { days: ["mon"], from: "14:00", to: "18:00" },
    ]
    expect(at(paused, "2026-01-05T12:30")).toEqual({ type: "closed", from: "14:00", inDays: 0, day: "mon" })
  })
})

describe("time zones", () => {
  test("the clock is the one where the line is, and so is the day", () => {
    // Nine in the evening on Sunday in London is two in the morning on Monday in Karachi.
    expect(at(office, "2026-01-04T21:00", "Asia/Karachi")).toEqual({ type: "closed", from: "09:00", inDays: 0, day: "mon" })
    expect(at(office, "2026-01-05T04:00", "Asia/Karachi")).toEqual({ type: "open", until: "17:00" })
    expect(at(office, "2026-01-05T23:00", "America/Los_Angeles")).toEqual({ type: "open", until: "17:00" })
  })

  test("half hours count, and summer time does", () => {
    expect(at(office, "2026-01-05T03:30", "Asia/Kolkata")).toEqual({ type: "open", until: "17:00" })
    expect(at(office, "2026-01-05T03:29", "Asia/Kolkata")).toMatchObject({ type: "closed" })
    expect(at(office, "2026-01-05T08:30", "Europe/London")).toMatchObject({ type: "closed" })
    expect(at(office, "2026-07-06T08:30", "Europe/London")).toEqual({ type: "open", until: "17:00" })
  })

  test("midnight is the first minute of its day, not the last", () => {
    expect(at([{ days: ["tue"], from: "00:00", to: "01:00" }], "2026-01-05T19:00", "Asia/Karachi")).toEqual({ type: "open", until: "01:00" })
  })
})

describe("whatever the hours are", () => {
  const clock = fc.integer({ min: 0, max: DAY - 1 }).map((minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`)
  const span = fc.record({ days: fc.uniqueArray(fc.constantFrom(...DAYS), { minLength: 1 }), from: clock, to: fc.oneof(clock, fc.constant("24:00")) })
  const hours = fc.array(span, { minLength: 1, maxLength: 4 })
  const minute = fc.integer({ min: 0, max: WEEK - 1 })
  const later = (minutes: number) => new Date(MONDAY + minutes * MINUTE)

  test("a line is open exactly in the minutes of the week that its hours cover", () => {
    fc.assert(
      fc.property(hours, minute, (kept, now) => {
        expect(standing(kept, "UTC", later(now)).type).toBe(covered(kept).has(now) ? "open" : "closed")
      }),
    )
  })

  test("a closed line opens at the minute it says, and not one sooner", () => {
    fc.assert(
      fc.property(hours, minute, (kept, now) => {
        const stands = standing(kept, "UTC", later(now))
        if (stands.type !== "closed") return
        const opens = (Math.floor(now / DAY) + stands.inDays) * DAY + minutesOf(stands.from)
        expect(opens).toBeGreaterThan(now)
        expect(stands.day).toBe(DAYS[Math.floor(opens / DAY) % 7])
        const open = covered(kept)
        const first = Array.from({ length: WEEK }, (_, ahead) => now + ahead).find((one) => open.has(one % WEEK))
        expect(first).toBe(opens)
      }),
    )
  })

  test("an open line is open until the minute before the one it says", () => {
    fc.assert(
      fc.property(hours, minute, (kept, now) => {
        const stands = standing(kept, "UTC", later(now))
        if (stands.type !== "open") return
        const left = (minutesOf(stands.until) - (now % DAY) + DAY) % DAY || DAY
        const open = covered(kept)
        for (let ahead = 0; ahead < left; ahead++) expect(open.has((now + ahead) % WEEK)).toBe(true)
      }),
    )
  })

  test("every time zone and every moment has an answer", () => {
    fc.assert(
      fc.property(
        hours,
        fc.constantFrom(...Intl.supportedValuesOf("timeZone")),
        fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true }),
        (kept, timeZone, now) => {
          expect(["open", "closed"]).toContain(standing(kept, timeZone, now).type)
        },
      ),
    )
  })

  test("a line that is always open is, and one of which nothing is known has no standing", () => {
    fc.assert(
      fc.property(minute, (now) => {
        expect(standing("always", "UTC", later(now))).toEqual({ type: "always" })
        expect(standing("unknown", "UTC", later(now))).toEqual({ type: "unknown" })
      }),
    )
  })
})

/** The minutes of a week, from Monday's midnight, that hours cover: counted one by one. */
function covered(hours: Exclude<Hours, string>): ReadonlySet<number> {
  const minutes = new Set<number>()
  for (const { days, from, to } of hours) {
    const length = (minutesOf(to) - minutesOf(from) + DAY) % DAY || DAY
    for (const day of days) for (let ahead = 0; ahead < length; ahead++) minutes.add((DAYS.indexOf(day) * DAY + minutesOf(from) + ahead) % WEEK)
  }
  return minutes
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
}
