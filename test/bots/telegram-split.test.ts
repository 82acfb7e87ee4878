import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { split } from "../../src/bots/telegram.ts"

describe("a text too long for one message", () => {
  test("one of 4096 characters is whole, one of 4097 is two", () => {
    expect(split("x".repeat(4096))).toEqual(["x".repeat(4096)])
    expect(split("x".repeat(4097))).toEqual(["x".repeat(4096), "x"])
  })

  test("is cut at the last line or word that fits", () => {
    expect(split(`${"a".repeat(4000)}\n${"b".repeat(200)}`)).toEqual(["a".repeat(4000), "b".repeat(200)])
    expect(split(`${"a".repeat(4000)} ${"b".repeat(200)}`)).toEqual(["a".repeat(4000), "b".repeat(200)])
    expect(split(`${"a".repeat(4096)} ${"b".repeat(200)}`)).toEqual(["a".repeat(4096), "b".repeat(200)])
  })

  test("a character is never cut in half", () => {
    expect(split(`x${"😀".repeat(3000)}`).join("")).toBe(`x${"😀".repeat(3000)}`)
    expect(split(`x${"😀".repeat(3000)}`)[0]).toHaveLength(4095)
  })

  test("whatever it is, its parts fit, say something, hold whole characters and join back but for the space between", () => {
    const piece = fc.oneof(fc.constantFrom(" ", "\n", "😀", "آ", "x"), fc.string({ unit: "grapheme", maxLength: 20 }))
    const long = fc.array(fc.tuple(piece, fc.nat({ max: 3000 })), { maxLength: 6 }).map((runs) =>
      runs
        .map(([text, count]) => text.repeat(Math.ceil(count / Math.max(1, text.length))))
        .join("")
        .trim(),
    )
    fc.assert(
      fc.property(
        long.filter((text) => text !== ""),
        (text) => {
          const parts = split(text)
          for (const part of parts) {
            expect(part.length).toBeLessThanOrEqual(4096)
            expect(part.trim()).not.toBe("")
            expect(part.isWellFormed()).toBe(true)
          }
          const squeezed = (one: string) => one.replace(/\s+/g, "")
          expect(squeezed(parts.join(""))).toBe(squeezed(text))
        },
      ),
      { numRuns: 300 },
    )
  })
})
