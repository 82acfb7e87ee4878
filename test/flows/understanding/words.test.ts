import { describe, expect, test } from "vitest"
import { normal } from "../../../src/flows/understanding/normal.ts"
import { fits, oneSlip, skeleton, sound } from "../../../src/flows/understanding/sound.ts"
import { choices, entries, spellings, wordsOf } from "../../../src/flows/understanding/spelling.ts"
import { tokens } from "../../../src/flows/understanding/token.ts"

const words = (text: string): readonly string[] => tokens(normal(text)).map(({ text }) => text)

describe("a normal text", () => {
  test("has one form for each letter and digit", () => {
    expect(normal("يہ كيا ہے ١٢ ۱۲ १२")).toBe("یہ کیا ہے 12 12 12")
    expect(normal("آگیا ۀ ؤ ئ")).toBe("اگیا ہ و ی")
  })

  test("has no accents, vowel signs, joiners or stretched letters, and keeps ñ", () => {
    expect(normal("Él está ENOJADÍSIMO, año")).toBe("el esta enojadisimo, año")
    expect(normal("مُجھـــے\u200c")).toBe("مجھے")
    expect(normal("maaaar")).toBe("maar")
    expect(normal("ｈｅｌｐ")).toBe("help")
  })
})

describe("words", () => {
  test("part from digits and French elisions, and lose other apostrophes", () => {
    expect(words("15yo, don't")).toEqual(["15", "yo", "dont"])
    expect(words("j'ai qu’il m'étouffe")).toEqual(["j", "ai", "qu", "il", "m", "etouffe"])
    expect(words("he'll kill me")).toEqual(["he", "will", "kill", "me"])
    expect(words("su*cide")).toEqual(["sucide"])
  })

  test("know their sentence; dots in a row are a pause", () => {
    expect(tokens("a. b").map(({ sentence }) => sentence)).toEqual([0, 1])
    expect(tokens("a... b").map(({ sentence }) => sentence)).toEqual([0, 0])
  })
})

describe("sounds", () => {
  test("Roman Urdu is known by its consonants, vowels may be left out and not exchanged", () => {
    const heard = (word: string): string => sound(word, "ur-Latn")
    expect(skeleton(heard("zindagi"))).toBe(skeleton(heard("zndgi")))
    expect(fits(heard("zindagi"), heard("zndgi"))).toBe(true)
    expect(fits(heard("goliyan"), heard("galiyan"))).toBe(false)
    expect(skeleton(heard("mar"))).toBe("")
  })

  test("Spanish and French are known by what is heard", () => {
    expect(sound("violar", "es")).toBe(sound("biolar", "es"))
    expect(sound("extorsión".normalize("NFC").replace("ó", "o"), "es")).toBe(sound("extorcion", "es"))
    expect(sound("frapper", "fr")).toBe(sound("frape", "fr"))
  })

  test("one slip is a letter more, less, other or two exchanged, but not another ending", () => {
    expect(oneSlip("knife", "knfie")).toBe(true)
    expect(oneSlip("suicide", "suicde")).toBe(true)
    expect(oneSlip("quiero", "quiere")).toBe(false)
    expect(oneSlip("kill", "bill")).toBe(false)
  })
})

describe("a list's short forms", () => {
  test("stand for all their spellings", () => {
    expect(spellings("hit(|s|ting)")).toEqual(["hit", "hits", "hitting"])
    expect(spellings("take(n)?")).toEqual(["taken", "take"])
    expect(entries("a, b c ,, d")).toEqual(["a", "b c", "d"])
  })

  test("bars part choices, brackets hold words together", () => {
    expect(choices("he|hit(|s)")).toEqual(["he", "hit(|s)"])
    expect(wordsOf("i (want to|will) die")).toEqual(["i", "(want_to|will)", "die"])
  })
})
