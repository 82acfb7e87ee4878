import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { isRtl, setLines } from "../../src/print/lines.ts"

const measured = (word: string) => [...word].length * 6
const words = fc.array(fc.stringMatching(/^[a-z0-9\u0627-\u0648]{1,9}$/), { minLength: 1, maxLength: 40 })

describe("lines", () => {
  test("hold every word once, in the order of reading from one line to the next", () => {
    fc.assert(
      fc.property(words, fc.boolean(), (typed, rtl) => {
        const lines = setLines(typed.join(" "), 200, measured, rtl)
        expect(lines.flatMap((line) => line.map(({ word }) => word)).sort()).toEqual([...typed].sort())
        if (!rtl) expect(lines.flatMap((line) => line.map(({ word }) => word))).toEqual(typed)
      }),
    )
  })

  test("are no wider than they may be, and no word stands on another", () => {
    fc.assert(
      fc.property(words, fc.boolean(), (typed, rtl) => {
        for (const line of setLines(typed.join(" "), 200, measured, rtl)) {
          for (const [place, { word, x }] of line.entries()) {
            expect(x).toBeGreaterThanOrEqual(0)
            expect(x + measured(word)).toBeLessThanOrEqual(200)
            const next = line[place + 1]
            if (next !== undefined) expect(next.x).toBeGreaterThan(x + measured(word))
          }
        }
      }),
    )
  })

  test("run from right to left where the text does, with numbers and names in Latin letters the other way among themselves", () => {
    const [line = []] = setLines("میں نے John Smith کو بتایا", 400, measured, true)
    expect(line.map(({ word }) => word)).toEqual(["بتایا", "کو", "John", "Smith", "نے", "میں"])
    expect((line.at(-1)?.x ?? 0) + measured("میں")).toBe(400)
  })

  test("take their direction from the first letter, not from a number or a mark before it", () => {
    expect([isRtl("3 دن"), isRtl("«میں»"), isRtl("15 calls"), isRtl("42")]).toEqual([true, true, false, false])
  })
})
