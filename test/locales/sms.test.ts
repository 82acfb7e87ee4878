import fc from "fast-check"
import { SegmentedMessage } from "sms-segments-calculator"
import { describe, expect, test } from "vitest"
import { countSms, foldForSms, segmentLimit } from "../../src/locales/sms.ts"
import { LANGUAGES } from "../../src/locales/texts.ts"

const GSM = "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCxyzÄÖÑÜ§¿äöñüà^{}\\[~]|€"
const URDU = "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیے۔،؟؛۰۱۲۳ئؤآ"
const EMOJI = ["😀", "🔴", "👍🏽", "👨‍👩‍👧", "🇵🇰", "❤️", "é", "ظُ"]

const mostly = (...characters: readonly (readonly [number, readonly string[]])[]) =>
  fc.array(fc.oneof(...characters.map(([weight, choice]) => ({ weight, arbitrary: fc.constantFrom(...choice) }))), { maxLength: 500, size: "max" }).map((parts) => parts.join(""))

describe("segments are counted as Twilio counts them", () => {
  const same = (text: string) => {
    const theirs = new SegmentedMessage(text)
    expect(countSms(text)).toMatchObject({ encoding: theirs.getEncodingName(), segments: theirs.segmentsCount })
  }

  test("in the GSM alphabet, with characters that cost two", () => {
    fc.assert(fc.property(mostly([9, [..."abc de"]], [3, [...GSM]], [2, [..."[]{}€"]]), same), { numRuns: 300 })
  })

  test("in Urdu, with emoji that are several letters long", () => {
    fc.assert(fc.property(mostly([9, [...URDU, " "]], [2, EMOJI], [1, [...GSM]]), same), { numRuns: 300 })
  })

  test("in any mixture", () => {
    fc.assert(fc.property(mostly([5, [...GSM]], [1, [...URDU]], [1, EMOJI], [1, [..."’“…–áíóúê"]]), same), { numRuns: 300 })
  })

  test("160 and then 153 fit a segment in the GSM alphabet, 70 and then 67 outside it, and nothing is torn in two", () => {
    const edges: readonly (readonly [string, number])[] = [
      ["", 1],
      ["a".repeat(160), 1],
      ["a".repeat(161), 2],
      ["a".repeat(306), 2],
      ["a".repeat(307), 3],
      ["[".repeat(80), 1],
      ["[".repeat(81), 2],
      [`a${"[".repeat(153)}`, 3],
      ["ا".repeat(70), 1],
      ["ا".repeat(71), 2],
      ["ا".repeat(134), 2],
      ["ا".repeat(135), 3],
      ["😀".repeat(35), 1],
      ["😀".repeat(67), 3],
    ]
    for (const [text, segments] of edges) {
      expect(countSms(text).segments, text).toBe(segments)
      same(text)
    }
  })

  test("every single character has the same alphabet", () => {
    const differing = []
    for (let code = 0; code < 0x3000; code++) {
      const character = String.fromCharCode(code)
      if (new SegmentedMessage(character).getEncodingName() !== countSms(character).encoding) differing.push(code)
    }
    expect(differing).toEqual([])
  })
})

describe("folding", () => {
  const latin = Array.from({ length: 0x180 - 0x20 }, (_, index) => String.fromCharCode(0x20 + index))
  const marks = [..."‘’‚“”„«»‹›–—―−‐…•·†‰™®©°×÷\u00a0\u202f\u2009\u200b\u200d"]
  const written = mostly([8, latin], [3, marks], [2, EMOJI.filter((one) => one !== "ظُ")], [1, [..."ʿʾºª½²"]])

  test("never leaves the GSM alphabet in a language that has it, whatever Latin letters, marks and emoji are written", () => {
    fc.assert(
      fc.property(written, fc.constantFrom("en", "es", "fr", "ur-Latn"), (text, language) => {
        expect(countSms(foldForSms(text, language)).encoding).toBe("GSM-7")
      }),
      { numRuns: 300 },
    )
  })

  test("folding twice is folding once", () => {
    fc.assert(
      fc.property(written, (text) => {
        expect(foldForSms(foldForSms(text, "fr"), "fr")).toBe(foldForSms(text, "fr"))
      }),
    )
  })

  test("leaves alone what the alphabet has", () => {
    fc.assert(
      fc.property(mostly([1, [...GSM]]), (text) => {
        expect(foldForSms(text, "es")).toBe(text)
      }),
    )
  })

  test("keeps é, ñ, ü and à, takes the accent off á, í, ó and ú, and spells out the rest", () => {
    expect(foldForSms("Él, mañana, güe, là: así, está, más, según", "es")).toBe("Él, mañana, güe, là: asi, esta, mas, segun")
    expect(foldForSms("“Œuvre” … l’été – ça coûte 5 €", "fr")).toBe(`"OEuvre" ... l'été - ca coute 5 €`)
  })

  test("drops emoji and keeps the words apart", () => {
    expect(foldForSms("oui 👍🏽 d'accord\u202f!", "fr")).toBe("oui  d'accord !")
  })

  test("doesn't touch Urdu, nor letters of another script that have no Latin spelling", () => {
    fc.assert(
      fc.property(mostly([4, [...URDU]], [1, marks]), (text) => {
        expect(foldForSms(text, "ur")).toBe(text)
      }),
    )
    expect(foldForSms("اردو", "en")).toBe("اردو")
  })
})

test("Urdu may take a segment more than the other languages", () => {
  expect(LANGUAGES.map((language) => segmentLimit(language))).toEqual([2, 3, 2, 2, 2])
})
