import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { isRtl, setLines } from "../../src/print/lines.ts"

const measured = (text: string) => [...text].length * 6
const words = fc.array(fc.oneof(fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), fc.stringMatching(/^[\u0627-\u0648]{1,9}$/)), { minLength: 1, maxLength: 40 })
/** What stands on the first line, left to right. */
const standing = (text: string, rtl: boolean) => (setLines(text, 10_000, measured, rtl)[0] ?? []).map((run) => run.text)

describe("lines", () => {
  test("hold every word once, in the order of reading from one line to the next", () => {
    fc.assert(
      fc.property(words, fc.boolean(), (typed, rtl) => {
        const lines = setLines(typed.join(" "), 200, measured, rtl)
        let read = 0
        for (const line of lines) {
          const here = typed.slice(read, read + line.length)
          expect(line.map(({ text }) => text).sort()).toEqual(here.sort())
          read += line.length
        }
        expect(read).toBe(typed.length)
      }),
    )
  })

  test("are no wider than they may be, and no word stands on another", () => {
    fc.assert(
      fc.property(words, fc.boolean(), (typed, rtl) => {
        for (const line of setLines(typed.join(" "), 200, measured, rtl)) {
          for (const [place, { text, x }] of line.entries()) {
            expect(x).toBeGreaterThanOrEqual(0)
            expect(x + measured(text)).toBeLessThanOrEqual(200)
            const next = line[place + 1]
            if (next !== undefined) expect(next.x).toBeGreaterThan(x + measured(text))
          }
        }
      }),
    )
  })

  test("run from right to left where the text does, with names in Latin letters the other way among themselves", () => {
    expect(standing("میں نے John Smith کو بتایا", true)).toEqual(["بتایا", "کو", "John", "Smith", "نے", "میں"])
    const [line = []] = setLines("میں نے بتایا", 400, measured, true)
    expect((line.at(-1)?.x ?? 0) + measured("میں")).toBe(400)
  })

  test("keep numbers, percents, dates and addresses whole after letters from right to left", () => {
    expect(standing("حصہ 29% ہے", true)).toEqual(["ہے", "29%", "حصہ"])
    expect(standing("کل 2,273 رپورٹیں", true)).toEqual(["رپورٹیں", "2,273", "کل"])
    expect(standing("اشاعت 2026-Q4، آج", true)).toEqual(["آج", "،", "2026-Q4", "اشاعت"])
    expect(standing("پتا https://example.org/a.", true)).toEqual([".", "https://example.org/a", "پتا"])
    // A range is read from the right as well.
    expect(standing("25 سے 49", true)).toEqual(["49", "سے", "25"])
  })

  test("turn brackets around with the side from which they are read", () => {
    expect(standing("ایکس (X) پر", true)).toEqual(["پر", "(", "X", ")", "ایکس"])
    expect(standing("پنجاب (2026)", true)).toEqual(["(", "2026", ")", "پنجاب"])
    expect(standing("Punjab (2026)", false)).toEqual(["Punjab", "(", "2026", ")"])
  })

  test("let a few words from right to left stand in their order in a line that isn't", () => {
    expect(standing("called کوئی اجنبی here", false)).toEqual(["called", "اجنبی", "کوئی", "here"])
  })

  test("draw no mark for direction", () => {
    expect(standing("\u2067حصہ \u206629%\u2069\u2069", true)).toEqual(["29%", "حصہ"])
  })

  test("take their direction from the first letter, not from a number or a mark before it", () => {
    expect([isRtl("3 دن"), isRtl("«میں»"), isRtl("15 calls"), isRtl("42")]).toEqual([true, true, false, false])
  })
})
