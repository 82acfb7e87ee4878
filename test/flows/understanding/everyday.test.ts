import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { openUnderstanding } from "../../../src/helpline/understanding.ts"
import { LANGUAGES, type Language } from "../../../src/locales/texts.ts"
import { DIST } from "../../../src/web/build.ts"

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, name), "utf8"))
const everyday = read("everyday.json") as Readonly<Record<Language, readonly string[]>>
const fewWords = read("few-words.json") as Readonly<Record<Language, Readonly<Record<"danger" | "suicide", readonly string[]>>>>
const { understand } = openUnderstanding(DIST)
const risks = (text: string): readonly string[] => understand(text).risks.map(({ path, tier }) => `${path} ${tier}`)

describe.each(LANGUAGES)("what people write every day in %s", (language) => {
  const texts = everyday[language]

  test("is a list of sixty or more", () => {
    expect(texts.length).toBeGreaterThanOrEqual(60)
  })

  test("raises no hard risk, and hardly any", () => {
    expect(texts.filter((text) => risks(text).some((risk) => risk.endsWith("hard")))).toEqual([])
    const raised = texts.filter((text) => risks(text).length > 0)
    expect(raised.length / texts.length, raised.join(", ")).toBeLessThanOrEqual(0.02)
  })

  test("is never taken for another language", () => {
    expect(texts.filter((text) => ![language, undefined].includes(understand(text).language))).toEqual([])
  })

  test.each(["danger", "suicide"] as const)("is told from few words that speak of %s", (path) => {
    expect(fewWords[language][path].filter((text) => !understand(text).risks.some((risk) => risk.path === path))).toEqual([])
  })
})

describe("a risk is hard only where a rule says so", () => {
  test.each([
    ["he is next to me", "he's in the room", "my husband is sitting beside me"],
    ["está a mi lado", "está en la sala", "está en el cuarto conmigo"],
    ["il est à côté de moi", "il est dans la pièce d'à côté"],
    ["wo saath betha hai", "wo kamre mein hai"],
    ["وہ میرے ساتھ بیٹھا ہے", "وہ پاس ہے"],
  ])("%s: that he is near is a question", (...texts) => {
    for (const text of texts) expect(risks(text), text).toEqual(["danger soft"])
  })

  test.each(["im scared", "tengo miedo", "j'ai peur", "mujhe dar lag raha hai", "مجھے ڈر لگ رہا ہے"])("%s: fear alone is a question about danger", (text) => {
    expect(risks(text)).toEqual(["danger soft"])
  })

  test.each(["i will kill him", "voy a matarlo", "main usay maar dungi", "میں اسے مار دوں گی"])(
    "%s: what she might do to him is a question about danger, not about suicide",
    (text) => {
      expect(risks(text)).toEqual(["danger soft"])
    },
  )

  test("what he does next to her stays hard", () => {
    expect(risks("he is next to me with a knife")).toContain("danger hard")
    expect(risks("he is outside my door")).toContain("danger hard")
    expect(risks("wo mere saath betha hai aur mujhe maar raha hai")).toContain("danger hard")
  })

  test("to want to die is not to be killed", () => {
    expect(risks("mujhe marna hai")).toEqual(["suicide hard"])
    expect(risks("me voy a matar")).toContain("suicide hard")
    expect(risks("me voy a matar")).not.toContain("danger hard")
    expect(risks("wo mujhe marna chahta hai")).toEqual(["danger hard"])
  })

  test("a word of one language isn't excused by a rule of another", () => {
    expect(risks("i think about suicide every day")).toContain("suicide hard")
  })
})

test("words about the conversation itself lead nowhere", () => {
  for (const text of ["i don't understand", "i dont understand this", "je comprends pas", "no entiendo", "samajh nahi aaya", "few words"])
    expect(understand(text).intent, text).toBeUndefined()
  expect(understand("i cant breathe").intent).toBe("calm")
  expect(risks("i cant breathe")).toEqual([])
})

test("words never seen, and other languages, raise nothing", () => {
  for (const text of ["xkcd qwrt plmk zzzh bbvw", "ich habe heute keine lust auf kuchen", "lorem ipsum dolor sit amet"]) expect(risks(text), text).toEqual([])
})
