import { describe, expect, test } from "vitest"
import { LANGUAGES } from "../../src/locales/texts.ts"
import { placeNames } from "../../src/helpline/listing.ts"
import { createTexts } from "../../src/locales/texts.ts"
import { somebody } from "../support/somebody.ts"

const texts = createTexts(placeNames([]))

describe("beginning anew", () => {
  const deep = () => {
    const she = somebody({ language: "ur" })
    she.isAt("tips.images.google", { safe: true, topic: "images", trail: ["first-steps"], country: "IN", need: "images" })
    return she
  }

  test("always asks the first question, and says nothing of what went before", () => {
    const she = deep()
    expect(she.hears({ type: "begin" })).toEqual(["hello.safe"])
    expect(she.memory()).toMatchObject({ safe: false, page: 0, trail: [], country: "PK" })
    expect([she.memory().topic, she.memory().need, she.memory().pending]).toEqual([undefined, undefined, undefined])
  })

  test("keeps the language that she chose", () => {
    const she = deep()
    she.hears({ type: "begin" })
    expect(she.language()).toBe("ur")
  })

  test("leaves the buttons of before without effect", () => {
    const she = deep()
    const [old] = she.offered()
    she.hears({ type: "begin" })
    expect(she.taps(old ?? "")).toEqual(["hello.safe"])
  })
})

describe("a button", () => {
  test("names the question that it answers", () => {
    const she = somebody()
    expect(she.offered()).toEqual(["hello.safe/yes", "hello.safe/not-sure", "hello.safe/no"])
  })

  test("counts only at its own question: the first yes erases nothing", () => {
    const she = somebody()
    she.writes("FORGET")
    for (const id of ["hello.safe/yes", "yes", "menu.topic/yes", "settings.forget/", "/yes", ""]) {
      expect(she.taps(id)).toEqual(["settings.forget"])
      expect(she.place()).toBe("settings.forget")
    }
    she.taps("settings.forget/yes")
    expect(she.place()).toBe("settings.forgetting")
  })

  test("of a place that is behind her makes the place where she is speak again", () => {
    const she = somebody()
    she.taps("hello.safe/yes")
    for (const id of ["hello.safe/no", "hello.safe/yes", "tips.list/more", "menu.main/nothing"]) expect(she.taps(id)).toEqual(["menu.main"])
  })

  test("after its question has lapsed leads to the menu", () => {
    const she = somebody()
    she.writes("FORGET")
    she.hears({ type: "waited", name: "forget" })
    expect(she.taps("settings.forget/yes")).toEqual(["menu.main"])
  })

  test("chooses a language only where languages are offered", () => {
    const she = somebody()
    she.taps("hello.safe/yes")
    she.taps("settings.language/language:fr")
    expect(she.language()).toBe("en")
    she.isAt("settings.language", { safe: true })
    she.taps("settings.language/language:fr")
    expect(she.language()).toBe("fr")
  })
})

describe("the question whether to erase everything", () => {
  test.each(["he threatens me", "i want to die", "my account was hacked", "urdu", "yes but later", "yes he is here", "erase only the last one", "what is kept"])(
    "“%s” is no answer to it",
    (text) => {
      const she = somebody()
      she.writes("FORGET")
      expect(she.writes(text)).toEqual(["settings.forget"])
    },
  )

  test.each(["yes", "yes please", "haan ji", "oui", "1", "yeah do it"])("“%s” is a yes", (text) => {
    const she = somebody()
    she.writes("FORGET")
    she.writes(text)
    expect(she.place()).toBe("settings.forgetting")
  })

  test("each time it is asked its time begins anew, also after a picture", () => {
    const she = somebody()
    she.writes("FORGET")
    expect(she.hears({ type: "media" })).toEqual(["settings.forget"])
    expect(she.hears({ type: "media", caption: "he threatens me" })).toEqual(["settings.forget"])
  })

  test("a button under it erases nothing once it was answered or left", () => {
    for (const then of ["no", "MENU", "0"]) {
      const she = somebody()
      she.writes("FORGET")
      she.writes(then)
      she.taps("settings.forget/yes")
      expect([then, she.place()]).not.toEqual([then, "settings.forgetting"])
    }
  })

  test("while it is being done nothing but safety words is understood", () => {
    const she = somebody()
    she.writes("FORGET")
    she.writes("yes")
    for (const text of ["yes", "hello", "he has a knife", "tips", "urdu"]) expect(she.writes(text)).toEqual([])
    expect(she.hears({ type: "media", caption: "tips" })).toEqual([])
    expect(she.taps("settings.forget/no")).toEqual([])
    expect(she.hears({ type: "privacy" })).toEqual([])
    expect(she.place()).toBe("settings.forgetting")
    expect(she.writes("0")).toEqual(["emergency.which"])
  })
})

describe("what is kept", () => {
  test("is told where she asks for it by name", () => {
    const she = somebody()
    she.writes("yes")
    expect(she.hears({ type: "privacy" })).toEqual(["settings.keep", "settings.keep-chat"])
  })

  test("waits for the first question like all that can wait", () => {
    const she = somebody()
    expect(she.hears({ type: "privacy" })).toEqual(["hello.again"])
    expect(she.writes("yes")).toEqual(["hello.limits_telegram", "settings.keep", "settings.keep-chat"])
  })
})

describe("the very first message", () => {
  test.each([
    ["salir", "es"],
    ["adiós", "es"],
    ["sortir", "fr"],
    ["au revoir", "fr"],
    ["bahar", "ur-Latn"],
    ["alvida", "ur-Latn"],
    ["باہر", "ur"],
    ["الوداع", "ur"],
    ["EXIT", "en"],
    ["goodbye", "en"],
  ] as const)("“%s” is answered in %s", (text, language) => {
    const she = somebody({ first: text })
    expect(she.place()).toBe("left")
    expect(she.language()).toBe(language)
  })

  test("START says nothing that would prove that somebody wrote before", () => {
    const she = somebody()
    expect(she.hears({ type: "opt-in" })).toEqual(["left.back"])
    for (const language of LANGUAGES) expect(texts("left.back", language)).not.toMatch(/again|back|nuevo|otra vez|rebon|encore|retour|phir|wapas|دوبارہ|پھر|واپس/i)
  })
})
