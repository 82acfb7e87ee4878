import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { createPace } from "../../src/helpline/pace.ts"

/** Lets as much leave as may, on a machine whose timers come late now and then; when each left. */
function played(perSecond: number, seconds: number, lateMs: () => number): readonly number[] {
  const pace = createPace(perSecond)
  const left: number[] = []
  let now = 0
  while (now < seconds * 1000) {
    const waitMs = pace.waitMs(now)
    if (waitMs > 0) now += Math.ceil(waitMs) + lateMs()
    else {
      pace.spend(1, now)
      left.push(now)
    }
  }
  return left
}

/** The most that left within any second, wherever it is cut. */
function busiest(left: readonly number[]): number {
  let first = 0
  let most = 0
  for (const [index, moment] of left.entries()) {
    while ((left[first] ?? 0) <= moment - 1000) first += 1
    most = Math.max(most, index - first + 1)
  }
  return most
}

describe("the pace of a channel", () => {
  test("no second carries more than the limit, wherever it is cut and however late the machine is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { minLength: 1, maxLength: 50 }), (perSecond, lates) => {
        let turn = 0
        expect(busiest(played(perSecond, 4, () => lates[turn++ % lates.length] ?? 0))).toBeLessThanOrEqual(perSecond)
      }),
      { numRuns: 60 },
    )
  })

  test("a limit is used to within two hundredths where timers are late by up to three milliseconds", () => {
    for (const perSecond of [1, 30, 80, 1000]) {
      let turn = 0
      const used = played(perSecond, 100, () => (turn++ * 3) % 4).length / (perSecond * 100)
      expect(used, String(perSecond)).toBeGreaterThan(0.98)
      expect(used, String(perSecond)).toBeLessThanOrEqual(1)
    }
  })

  test("an answer may go ahead, by a few; what goes to many waits the longer", () => {
    const pace = createPace(30)
    let ahead = 0
    while (pace.aheadMs(0) === 0) {
      pace.spend(1, 0)
      ahead += 1
    }
    expect(ahead).toBeGreaterThan(5)
    expect(ahead).toBeLessThan(12)
    expect(pace.waitMs(0)).toBeGreaterThan(300)
  })

  test("a pause holds everything", () => {
    const pace = createPace(30)
    pace.pauseUntil(5000)
    expect([pace.waitMs(1000), pace.aheadMs(1000)]).toEqual([4000, 4000])
  })
})
