import { describe, expect, test } from "vitest"
import type { PhraseList } from "../../../src/flows/understanding/phrase-list.ts"
import { createExplanation, createUnderstanding } from "../../../src/flows/understanding/understanding.ts"
import { LANGUAGES, localeFiles, type Language } from "../../../src/locales/texts.ts"

const lists = Object.fromEntries(LANGUAGES.map((language) => [language, localeFiles(language)["phrases"]])) as unknown as Readonly<Record<Language, PhraseList>>
const understand = createUnderstanding(lists)
const explain = createExplanation(lists)
const risks = (text: string): readonly string[] => understand(text).risks.map(({ path, tier }) => `${path} ${tier}`)

describe("understanding", () => {
  test("the same text always gives the same answer, whatever came between", () => {
    const first = understand("he has a knife and im 15")
    understand("اس نے میرا گلا دبایا")
    understand("quiero hablar con una persona")
    expect(understand("he has a knife and im 15")).toEqual(first)
  })

  test("risks stand in order of priority", () => {
    expect(understand("im 15 he leaked my nudes, i want to die and he has a knife").risks.map(({ path }) => path)).toEqual(["danger", "suicide", "child", "images"])
  })

  test("who does it to whom tells danger from suicide", () => {
    expect(risks("quiero matarme")).toEqual(["suicide hard"])
    expect(risks("quiere matarme")).toEqual(["danger hard"])
    expect(risks("je veux me tuer")).toEqual(["suicide hard"])
    expect(risks("il veut me tuer")).toEqual(["danger hard"])
    expect(risks("main marna chahti hun")).toEqual(["suicide hard"])
    expect(risks("wo mujhe maar dega")).toEqual(["danger hard"])
    expect(risks("میں مرنا چاہتی ہوں")).toEqual(["suicide hard"])
    expect(risks("وہ مجھے مار دے گا")).toEqual(["danger hard"])
  })

  test("a threat to die if she leaves is a risk of suicide, softly", () => {
    expect(risks("he says he will kill himself if i leave")).toEqual(["suicide soft"])
  })

  test("an age that is past, or that is no age, is no child", () => {
    for (const text of ["when i was 15 my uncle did this", "llevo 15 años casada", "mariée depuis 15 ans", "15 saal se shadi hai", "im 15 minutes away"]) {
      expect(risks(text)).not.toContain("child hard")
    }
  })

  test.each([
    ["mujhe maar dega", "mjhe mardega", "mujhy maar de ga", "mjy mar dega"],
    ["i want to kill myself", "i wanna kil my self", "I WANT TO KILLL MYSELF", "i want to kiill myself"],
    ["quiero suicidarme", "kiero suisidarme", "quiero suicdarme", "QUIERO SUICIDARME!!!"],
    ["je veux mourir", "jveux mourrir", "je veu mourir", "j'veux mourir"],
    ["بلیک میل کر رہا ہے", "بليك ميل كر رہا ہے", "بلیکمیل کررہا ہے", "بلیـک میل کر رہا ہے"],
  ])("%s is understood however it is typed", (right, ...others) => {
    for (const other of others) expect(understand(other).risks, other).toEqual(understand(right).risks)
    expect(understand(right).risks).not.toEqual([])
  })

  test("languages mixed in one text are all read", () => {
    expect(risks("mera ex is threatening to leak meri private pics")).toContain("images hard")
    expect(risks("mi ex has a gun and viene para aca")).toContain("danger hard")
  })

  test("a text tells its language, and a short one keeps silent", () => {
    expect(understand("he reads all my messages").language).toBe("en")
    expect(understand("wo mere saare messages parhta hai").language).toBe("ur-Latn")
    expect(understand("وہ میرے سارے میسج پڑھتا ہے").language).toBe("ur")
    expect(understand("lee todos mis mensajes").language).toBe("es")
    expect(understand("il lit tous mes messages").language).toBe("fr")
    for (const text of ["hi", "ok", "1", "", "🙂", "lahore", "sal", "S T O P", "me va a matar", "aujourd'hui"]) expect(understand(text).language).toBeUndefined()
  })

  test("nothing is made of nothing", () => {
    for (const text of ["", "   ", "1", "🙂🙂", "???", "\u200b"]) expect(understand(text)).toEqual({ risks: [] })
  })

  test("a very long text is read to the end of what a channel can carry", () => {
    const long = "la ".repeat(900)
    expect(risks(`${long}he has a knife`)).toContain("danger hard")
    expect(() => understand("a".repeat(100_000))).not.toThrow()
    expect(() => understand("he is here ".repeat(10_000))).not.toThrow()
  })

  test("the explanation gives the same answer and names the rules that spoke", () => {
    const { rules, ...answer } = explain("he has a knife")
    expect(answer).toEqual(understand("he has a knife"))
    expect(rules).toContain("en risks 3")
  })

  test("a list that names an unknown concept or word is refused by name", () => {
    const broken = (change: Partial<PhraseList>) => () => createUnderstanding({ ...lists, en: { ...lists.en, ...change } })
    const rule = { path: "danger", tier: "hard", say: ["he <nowhere> me"], fires: [], quiet: [] }
    expect(broken({ risks: [rule] })).toThrow("en: there is no concept <nowhere>")
    expect(broken({ risks: [{ ...rule, say: ["he is here"], path: "dangre" }] })).toThrow('en risks 1: "dangre" is no path')
    expect(broken({ risks: [{ ...rule, say: ["he (is here"] }] })).toThrow("a bracket is not closed")
  })
})
