import { describe, expect, test } from "vitest"
import type { Language } from "../../src/flows/effect.ts"
import { createSafetyReader } from "../../src/flows/safety-words.ts"
import { wordsOf } from "../../src/flows/typed.ts"
import { LANGUAGES, localeFiles } from "../../src/locales/texts.ts"
import { readWords } from "../../src/locales/words.ts"

const words = readWords()
const read = createSafetyReader(LANGUAGES.map((language) => ({ language, ...words[language] })))

type Samples = Readonly<Record<Language, readonly string[]>>

const LEAVING: Samples = {
  en: [
    "EXIT EXIT",
    "exit exit exit",
    "EXITEXIT",
    "exitexitexit",
    "exit now",
    "exit pls",
    "please exit",
    "exit!!",
    "ok exit",
    "e x i t",
    "E.X.I.T",
    "exiiit",
    "exitt",
    "exti",
    "exxit",
    "eixt",
    "exi",
    "ecit",
    "xit",
    "rxit",
    "exti now",
    "leav",
    "laeve",
    "clsoe",
    "STOP STOP",
    "please stop",
    "stop it",
    "stop now",
    "stop please",
    "stop this chat",
    "sotp",
    "STOPSTOP",
    "quit now",
    "close this",
    "close chat",
    "leave now",
    "cancel please",
  ],
  ur: ["باہر", "باہر باہر", "باہر نکلو", "باہر ابھی", "ایگزٹ ایگزٹ", "ایگزت", "رک جاؤ", "رک جاؤ پلیز", "بس", "بس کرو", "بند کرو", "چیٹ بند کرو", "ابھی بند کریں", "چھوڑ دیں"],
  "ur-Latn": [
    "bahar",
    "bahar bahar",
    "bahar niklo",
    "bahaar",
    "baahr",
    "bahar abhi",
    "bas",
    "bas karo",
    "band karo",
    "chat band karo",
    "band karein please",
    "ruk jao",
    "nikalna hai",
  ],
  es: ["salir ya", "salir salir", "salir por favor", "salri", "sallir", "ya salir", "cierra", "cierra ya", "cerar", "cerrar ahora", "para ya", "ya basta", "alto alto", "me voy"],
  fr: [
    "sortir maintenant",
    "sortir sortir",
    "quitter maintenant",
    "quiter",
    "sotrir",
    "fermer svp",
    "fermez ça",
    "arrêtez",
    "arrête maintenant",
    "arrêtez svp",
    "ça suffit",
    "je pars",
  ],
}

const FAREWELLS: Samples = {
  en: ["goodbye", "Bye", "bye bye", "ok bye", "goodbye!", "byeee", "bye thanks", "good night", "gtg", "bye for now"],
  ur: ["الوداع", "خدا حافظ", "اللہ حافظ", "جی خدا حافظ"],
  "ur-Latn": ["alvida", "khuda hafiz", "Allah hafiz", "allah hafiz ji"],
  es: ["adiós", "adios", "chao", "hasta luego", "gracias adiós"],
  fr: ["adieu", "au revoir", "merci au revoir", "à bientôt"],
}

const TALKING: Samples = {
  en: [
    "he won't stop",
    "make it stop",
    "i want him to stop",
    "please stop him",
    "he said exit",
    "don't leave me",
    "leave me alone",
    "he wants to leave",
    "i want to leave him",
    "exist",
    "edit",
    "next",
    "lose",
    "those",
    "step",
    "shop",
    "top",
    "end it",
    "end it all",
    "goodbye forever",
    "goodbye world i am done",
    "get me out of here",
    "the door is closed",
    "stop sending my pictures",
  ],
  ur: ["وہ باہر کھڑا ہے", "وہ رک نہیں رہا", "زہر", "بہار", "طاہر", "مجھے کمرے میں بند کر دیا", "ظاہر"],
  "ur-Latn": ["wo bahar hai", "wo bahar khara hai", "zahar", "sahar", "bazar", "bohat", "mujhe kamre mein band kar diya", "wo rukta nahi"],
  es: ["no para de escribirme", "quiero salir de esta relación", "salió", "tierra", "él no me deja salir", "cierto", "me cerró la puerta"],
  fr: ["il ne s'arrête pas", "je veux le quitter", "il est parti", "parti", "former", "il ferme la porte", "il ne me laisse pas sortir"],
}

const URGENT: readonly string[] = [
  "0",
  "0!",
  "0 please",
  "please 0",
  "0 0 0",
  "00",
  "zero",
  "Zero!",
  "o",
  "O",
  "🆘",
  "🆘🆘",
  "🔴 please",
  "sos sos",
  "cero",
  "zéro",
  "صفر",
  "sifar",
  "urgent please",
  "0 por favor",
  "0 svp",
  "0 abhi",
  "ابھی 0",
]

/** What means stopping in every language's own way, and is kept beside the carriers' words. */
const RESERVED = new Set(["parar", "cancelar", "baja"])

describe("the word for leaving", () => {
  for (const language of LANGUAGES) {
    test.each(LEAVING[language])(`in ${language}, “%s” leaves, repeated, polite or misspelt`, (text) => expect(read(text)?.word).toBe("exit"))
    test.each(FAREWELLS[language])(`in ${language}, “%s” as the whole message is a farewell`, (text) => expect(read(text)?.word).toBe("farewell"))
    test.each(TALKING[language])(`in ${language}, “%s” tells of something and doesn't leave`, (text) => expect(["exit", "farewell"]).not.toContain(read(text)?.word))
  }

  test.each(["STOP", "stop", "Stop.", "END", "quit", "Cancel", "unsubscribe", "STOPALL", "arrêt"])("“%s” alone is the carrier's, not ours", (text) => {
    expect(read(text)?.word).toBe("opt-out")
  })

  test("no word that our own lists, texts or phrases use is taken for a misspelt EXIT", () => {
    const own = LANGUAGES.flatMap((one) => [...words[one].exit, ...words[one].stopping, ...words[one].farewells])
    const meant = new Set(own.flatMap((word) => wordsOf(word)))
    for (const language of LANGUAGES) {
      const used = new Set(wordsOf(JSON.stringify(localeFiles(language))))
      expect(
        [...used].filter((word) => !meant.has(word) && !RESERVED.has(word) && read(word)?.word === "exit"),
        language,
      ).toEqual([])
    }
  })

  test("no answer that can be offered is taken for leaving", () => {
    for (const language of LANGUAGES) {
      const labels = Object.values(localeFiles(language)["choice"] ?? {}).filter((label) => typeof label === "string")
      expect(labels.filter((label) => read(label)?.word === "exit")).toEqual([])
    }
  })
})

describe("the key for urgent moments", () => {
  test.each(URGENT)("“%s” does what 0 does", (text) => expect(read(text)?.word).toBe("emergency"))
  test.each(["10", "o my god", "no", "oh", "2 please", "ok", "07001234567"])("“%s” doesn't", (text) => expect(read(text)).toBeUndefined())
})

describe("the language of a safety word", () => {
  test.each([
    ["salir", "es"],
    ["salir ya", "es"],
    ["adiós", "es"],
    ["sortir", "fr"],
    ["au revoir", "fr"],
    ["adieu", "fr"],
    ["bahar", "ur-Latn"],
    ["alvida", "ur-Latn"],
    ["khuda hafiz", "ur-Latn"],
    ["باہر", "ur"],
    ["الوداع", "ur"],
    ["goodbye", "en"],
  ] as const)("“%s” tells %s", (text, language) => expect(read(text)?.language).toBe(language))

  test.each(["EXIT", "exit now", "STOP", "0", "menu", "sos"])("“%s” is typed in every language and tells none", (text) => expect(read(text)?.language).toBeUndefined())
})
