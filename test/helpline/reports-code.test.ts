import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { checkDigit, codeIn, freshCode, partsOf } from "../../src/helpline/reports-code.ts"

const codes = fc.bigInt({ min: 0n, max: 10n ** 17n - 1n }).map((number) => {
  const digits = String(number).padStart(17, "0")
  return digits + checkDigit(digits)
})
/** Where digits of other scripts begin. */
const NOUGHTS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xff10, 0x1d7ce]
const inScript = (code: string, nought: number) => [...code].map((digit) => String.fromCodePoint(nought + Number(digit))).join("")

describe("the check digit", () => {
  test("catches every single slip", () => {
    fc.assert(
      fc.property(codes, (code) => {
        for (let at = 0; at < 18; at++) {
          for (let digit = 0; digit < 10; digit++) {
            const slipped = code.slice(0, at) + digit + code.slice(at + 1)
            expect(partsOf(slipped).slipped).toBe(slipped !== code)
          }
        }
      }),
    )
  })

  test("catches every swap of neighbours", () => {
    fc.assert(
      fc.property(codes, (code) => {
        for (let at = 0; at < 17; at++) {
          const swapped = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2)
          expect(partsOf(swapped).slipped).toBe(swapped !== code)
        }
      }),
    )
  })

  test("is Verhoeff's", () => {
    expect([checkDigit("236"), checkDigit("12345")]).toEqual(["3", "1"])
  })
})

describe("a code in a text", () => {
  test("is found in digits of any script, with any spaces and dashes, inside any sentence", () => {
    const between = fc.constantFrom("", " ", "  ", "-", " - ", "–", "\u00a0", "\u200e", "\n", "\u2009")
    fc.assert(
      fc.property(
        codes,
        fc.constantFrom(...NOUGHTS),
        fc.array(between, { minLength: 17, maxLength: 17 }),
        fc.constantFrom("", "my number is ", "کوڈ: ", "no. 4: ", "("),
        (code, nought, gaps, before) => {
          const typed = [...inScript(code, nought)].map((digit, at) => digit + (gaps[at] ?? "")).join("")
          const found = codeIn(`${before}${typed}, please`)
          expect(found).toMatchObject({ code: partsOf(code) })
        },
      ),
    )
  })

  test("is found between other numbers, and isn't found in the middle of a longer one", () => {
    const code = "252448956809756777"
    for (const text of [`03001234567 ${code}`, `${code} 12`, `1 252 448 956 809 756 777 2`, `call 0300-1234567 or 252-448-956-809-756-777`])
      expect(codeIn(text), text).toMatchObject({ code: partsOf(code) })
    for (const text of [`1${code}`, `${code}1`, "0300 1234567", "4111 1111 1111 1111", "PK36SCBL0000001123456702", "35202-1234567-1"]) expect(codeIn(text), text).toBeUndefined()
  })

  test("leaves the rest of the text to be heard, with every number left out that may be a code", () => {
    const [one, other] = ["252448956809756777", "100000000000000005"].map((code) => code.slice(0, -1) + checkDigit(code.slice(0, -1)))
    expect(codeIn(`he calls from ${one} and ۰۳۰۰ ۱۲۳۴۵۶۷, ${other?.replace(/(.{6})/g, "$1-")} too`)?.beside).toBe("he calls from […] and 0300 1234567, […]- too")
    for (const bare of [one, `(${one}).`, `${one} ${other}`]) expect(codeIn(bare ?? "")).toMatchObject({ beside: undefined })
  })

  test("that has slipped is one where there is nothing else in the text, or where it stands as we show it", () => {
    const slipped = "252448956809756778"
    expect(codeIn(`meri jagah 252-448-956-809-756-778 hai`)).toEqual({ code: partsOf(slipped), beside: "meri jagah […] hai" })
    expect(codeIn(" 252 448 956 809 756 778.")).toEqual({ code: partsOf(slipped), beside: undefined })
    expect(partsOf(slipped).slipped).toBe(true)
    expect(codeIn("call 0300-1234567 or 0300-123")).toBeUndefined()
    expect(codeIn("call 03001234567 2524488")).toBeUndefined()
  })

  test("isn't looked for for long", () => {
    const began = performance.now()
    for (const text of ["1 ".repeat(50_000), "1".repeat(100_000), " -".repeat(50_000), "12345 - ".repeat(20_000)]) codeIn(text)
    expect(performance.now() - began).toBeLessThan(3000)
  })
})

test("fresh codes have their check digit, and are never the same", () => {
  const many = Array.from({ length: 1000 }, freshCode)
  expect(many.every((code) => /^\d{18}$/.test(code) && !partsOf(code).slipped)).toBe(true)
  expect(new Set(many).size).toBe(1000)
})
