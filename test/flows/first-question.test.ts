import { describe, expect, test } from "vitest"
import type { Language } from "../../src/flows/effect.ts"
import { LANGUAGES } from "../../src/locales/texts.ts"
import { somebody } from "../support/somebody.ts"

const REFUSALS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "no",
    "nooo",
    "No.",
    "👎",
    "nope",
    "no thanks",
    "no thank you",
    "not now",
    "no not now",
    "no, not now",
    "later",
    "maybe later",
    "not a good time",
    "not really",
    "cant talk now",
    "he is here",
    "no he is here",
    "hes here",
    "no he's here",
    "he is watching",
    "he is next to me",
    "my husband is here",
    "my mother is in the room",
    "in the kitchen",
    "he is in the kitchen",
    "no my son is here",
    "nobody",
    "no one",
    "no he's reading over my shoulder",
    "wait",
    "busy",
    "he is home",
    "he can see my phone",
    "not alone",
  ],
  ur: [
    "نہیں",
    "ابھی نہیں",
    "نہیں ابھی نہیں",
    "بعد میں",
    "نہیں وہ ساتھ بیٹھا ہے",
    "وہ دیکھ رہا ہے",
    "وہ پاس بیٹھا ہے",
    "میرے شوہر گھر پر ہیں",
    "نہیں شکریہ",
    "جی نہیں",
    "کوئی نہیں",
    "نہیں وہ کمرے میں ہے",
    "ابو یہاں ہیں",
  ],
  "ur-Latn": [
    "nahi",
    "nahiii",
    "abhi nahi",
    "nahi abhi nahi",
    "baad mein",
    "nahi woh dekh raha hai",
    "wo dekh raha hai",
    "woh yahan hai",
    "mere shohar ghar par hain",
    "wo saath baitha hai",
    "koi nahi",
    "nahi shukriya",
    "wo kitchen mein hai",
    "abhi theek nahi",
  ],
  es: [
    "no",
    "no gracias",
    "ahora no",
    "no, ahora no",
    "mejor no",
    "no más",
    "más tarde",
    "luego",
    "no puedo ahora",
    "nadie",
    "no es buen momento",
    "está a mi lado",
    "me está viendo",
    "mi marido está aquí",
    "no mi marido está aquí",
    "está en la cocina",
    "mi madre está en casa",
    "no, él está aquí",
    "no estoy sola",
  ],
  fr: [
    "non",
    "nonnn",
    "non merci",
    "pas maintenant",
    "non pas maintenant",
    "plus tard",
    "pas le moment",
    "je peux pas parler",
    "personne",
    "il est à côté de moi",
    "non il est là",
    "il est là",
    "mon mari est là",
    "il me regarde",
    "elle est dans la cuisine",
    "je ne suis pas seule",
    "non, mon frère est à la maison",
  ],
}

const CANT_WAIT: readonly (readonly [string, string])[] = [
  ["he is outside my door with a knife", "emergency.danger"],
  ["no he has a knife", "emergency.danger"],
  ["no i want to kill myself", "emergency.suicide"],
  ["il va me tuer", "emergency.danger"],
  ["me quiere matar", "emergency.danger"],
  ["wo mujhe maar raha hai", "emergency.danger"],
]

describe("is this a good moment?", () => {
  for (const language of LANGUAGES) {
    test.each(REFUSALS[language])(`in ${language}, “%s” is a no: one kind line, and quiet`, (text) => {
      for (const place of ["hello.safe", "hello.again", "hello.quiet"]) {
        const she = somebody({ language })
        she.isAt(place)
        expect(she.writes(text), place).toEqual(["hello.not-now"])
        expect(she.place()).toBe("left")
      }
    })
  }

  test.each(CANT_WAIT)("“%s” isn't held up by the question", (text, place) => {
    const she = somebody()
    she.writes(text)
    expect(she.place()).toBe(place)
  })

  test.each(["nobody", "no más", "salió", "koi nahi karta", "they are all against me", "asdf qwer"])("“%s”, where no rule finds danger, doesn't go past the question", (text) => {
    const she = somebody({ first: text })
    expect(she.place()).toBe("hello.safe")
    const other = somebody()
    other.writes(text)
    expect(["hello.again", "left"]).toContain(other.place())
  })

  test("it is asked twice; after that one neutral line and no more questions, and her yes still counts", () => {
    const she = somebody()
    expect(she.writes("what is this")).toEqual(["hello.again"])
    expect(she.writes("who are you really")).toEqual(["hello.later"])
    expect(she.writes("hello hello hello")).toEqual(["hello.later"])
    expect(she.writes("my account was hacked")).toEqual(["hello.later"])
    expect(she.writes("yes")).toEqual(["hello.limits_telegram", "menu.topic"])
  })

  test("what she wrote about meanwhile is kept for after the question", () => {
    const she = somebody()
    expect(she.writes("someone hacked my instagram account")).toEqual(["hello.again"])
    expect(she.writes("yes please")).toEqual(["hello.limits_telegram", "menu.topic"])
  })

  test("a button of the first asking answers the second one too", () => {
    const she = somebody()
    she.writes("what is this")
    expect(she.taps("hello.safe/yes")).toEqual(["hello.limits_telegram", "menu.main"])
  })
})

describe("not sure", () => {
  test("free text doesn't take the short way from her", () => {
    const she = somebody()
    she.writes("not sure")
    expect(she.place()).toBe("hello.unsure")
    for (const text of ["hm what", "my account was hacked", "what does that mean"]) {
      expect(she.writes(text)).toEqual(["hello.unsure"])
      expect(she.place()).toBe("hello.unsure")
    }
    she.writes("few words")
    expect(she.place()).toBe("find-help.here")
  })

  test.each(["no", "later", "not now", "he is here"])("“%s” is later", (text) => {
    const she = somebody()
    she.writes("not sure")
    expect(she.writes(text)).toEqual(["hello.later"])
    expect(she.place()).toBe("left")
  })
})
