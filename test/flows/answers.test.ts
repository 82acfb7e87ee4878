import { describe, expect, test } from "vitest"
import type { Language } from "../../src/flows/effect.ts"
import { LANGUAGES } from "../../src/locales/texts.ts"
import { somebody } from "../support/somebody.ts"

type Samples = Readonly<Record<Language, readonly string[]>>

const YES: Samples = {
  en: [
    "yes",
    "yes please",
    "yes i am",
    "YES!!",
    "yesss",
    "yeah do it",
    "yeah",
    "👍",
    "1",
    "1 please",
    "option 1",
    "1 Yes",
    "(1) Yes",
    "one",
    "number one",
    "the first one",
    "ok yes",
    "ok",
    "sure",
    "it is",
    "yes it is thanks",
  ],
  ur: ["ہاں", "ہاں جی", "جی ہاں", "جی بالکل", "۱", "ایک", "نمبر ایک", "ہاں پلیز", "1 ہاں", "ٹھیک ہے جی"],
  "ur-Latn": ["haan", "haan ji", "ji haan", "haaaan", "aik", "ek", "option 1", "1 haan", "theek hai ji", "ji bilkul", "haan please"],
  es: ["sí", "si", "si por favor", "sí gracias", "claro que sí", "uno", "opción 1", "la primera", "1 Sí", "1 por favor", "vale", "sí estoy"],
  fr: ["oui", "oui merci", "oui svp", "ouiii", "d'accord", "un", "option 1", "la première", "1 Oui", "numéro 1", "oui je suis"],
}

const NO: Samples = {
  en: ["no", "no i dont", "no I don't", "no not really", "not really", "no thanks", "nooo", "👎", "3", "three", "option 3", "3 No", "no its not", "ok no", "no i am not"],
  ur: ["نہیں", "جی نہیں", "نہیں جی", "بالکل نہیں", "تین", "۳", "نہیں نہیں", "نہیں شکریہ"],
  "ur-Latn": ["nahi", "ji nahi", "nahi ji", "bilkul nahi", "teen", "nahiii", "nahi shukriya", "nahi aisa nahi"],
  es: ["no", "no gracias", "para nada", "tres", "la tercera", "no no", "creo que no", "no lo estoy", "nooo"],
  fr: ["non", "non merci", "pas vraiment", "trois", "nonnn", "non pas du tout", "la troisième", "non je ne suis pas"],
}

const NEITHER: readonly string[] = ["2 men are outside", "one day he came", "yesterday", "no one helps", "what do you mean", "noon", "yes no", "oui ou non"]

const ASKS = [
  ["emergency.danger-ask", "emergency.danger"],
  ["emergency.suicide-ask", "emergency.suicide-yes"],
] as const

describe("a yes and a no", () => {
  for (const language of LANGUAGES) {
    test.each(YES[language])(`in ${language}, “%s” is the yes that is offered`, (text) => {
      for (const [place, next] of ASKS) {
        const she = somebody({ language })
        she.isAt(place, { safe: true })
        she.writes(text)
        expect(she.place(), place).toBe(next)
      }
      const she = somebody({ language })
      she.writes(text)
      expect(she.place()).toBe("menu.main")
    })

    test.each(NO[language])(`in ${language}, “%s” is the no that is offered`, (text) => {
      const she = somebody({ language })
      she.isAt("emergency.danger-ask", { safe: true })
      she.writes(text)
      expect(she.place()).toBe("menu.main")
    })
  }

  test.each(NEITHER)("“%s” is neither, and starts nothing", (text) => {
    const she = somebody()
    she.isAt("settings.forget", { safe: true })
    she.writes(text)
    expect(she.place()).toBe("settings.forget")
  })
})

describe("an option", () => {
  test.each([
    "2",
    "(2)",
    "2 Find help near me",
    "(2) Find help near me",
    "2 please",
    "option 2",
    "two",
    "find help",
    "Find help near me please",
    "find help near",
    "the second one",
  ])("“%s” takes the second line of the menu", (text) => {
    const she = somebody()
    she.isAt("menu.main", { safe: true })
    she.writes(text)
    expect(she.place()).toBe("find-help.here")
  })

  test("a number with other words is no option", () => {
    const she = somebody()
    she.isAt("menu.main", { safe: true })
    she.writes("2 men are outside my door with a gun")
    expect(she.place()).toBe("emergency.danger")
  })

  test("a word of one language is no number in another", () => {
    const she = somebody({ language: "en" })
    she.isAt("emergency.age", { safe: true })
    she.writes("teen")
    expect(she.place()).toBe("emergency.age")
  })
})

describe("an answer in her own words", () => {
  test.each([
    ["emergency.danger-ask", "he threatened me", "emergency.danger"],
    ["emergency.danger-ask", "yes he threatens me all the time", "emergency.danger"],
    ["emergency.danger-ask", "he has a knife", "emergency.danger"],
    ["emergency.danger-ask", "no i am not in danger", "menu.main"],
    ["emergency.danger-ask", "no tengo a nadie, me amenaza", "emergency.suicide-ask"],
    ["emergency.suicide-ask", "i want to die", "emergency.suicide-yes"],
    ["emergency.suicide-ask", "yes i want to kill myself", "emergency.suicide-yes"],
    ["emergency.suicide", "i really want to die", "emergency.suicide-yes"],
  ])("at %s, “%s” leads to %s", (place, text, next) => {
    const she = somebody()
    she.isAt(place, { safe: true })
    she.writes(text)
    expect(she.place()).toBe(next)
  })

  test("at “Is this about …?” naming it again is a yes, and a no leads on to something else", () => {
    const about = () => {
      const she = somebody()
      she.isAt("menu.topic", { safe: true, topic: "hacked" })
      return she
    }
    for (const text of ["yes", "yes my account was hacked", "someone hacked my instagram account"]) {
      const she = about()
      she.writes(text)
      expect(she.place(), text).toBe("tips.hacked.first-steps")
    }
    for (const text of ["no", "no not really", "nahi", "non merci", "3 no", "no its not that"]) {
      const she = about()
      she.writes(text)
      expect(she.place(), text).toBe(text === "3 no" ? "menu.topic" : "tips.list")
    }
  })
})
