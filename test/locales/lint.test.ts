import { describe, expect, test } from "vitest"
import { BUILT, CONTENT } from "../../src/app.ts"
import { rehearse } from "../../src/helpline/rehearsal.ts"
import type { Said } from "../../src/locales/lint-said.ts"
import { foldForSms } from "../../src/locales/sms.ts"
import { LANGUAGES, type Language } from "../../src/locales/texts.ts"
import { readWhole } from "../../src/helpline/whole-content.ts"
import { filler, keysOf, planted, realFiles, saying, set, textOf, told } from "../support/linted.ts"

describe("the texts that come along", () => {
  const { directory, texts, flows, events } = readWhole(CONTENT, BUILT)
  // One walk takes longer than all that is looked at on it.
  const said = rehearse(flows, directory, texts)

  test("no text and no message that can leave breaks a rule", () => {
    expect(told({ files: realFiles, said })).toEqual([])
  })

  const isOfAnother = (shape: string, key: string) =>
    (key === "campaign.elsewhere" && shape !== "whatsapp") ||
    (/^(hello\.limits|report\.limit|campaign\.agree)_/.test(key) && !key.endsWith(`_${shape}`)) ||
    (key === "report.chosen" && shape === "sms") ||
    (key === "report.chosen_sms" && shape !== "sms")

  test("the rehearsal says every text of every flow, in each language and on each channel", () => {
    const parts =
      /^(choice|need|caution|demands|evidence|numbers|pages|quilt)\.|^find-help\.(dial_|always|open|hours|free|trace|no-trace|unverified|old|flagged|women|minors|adults|not-verified|only-in)|^emergency\.lines\.|^person\.(range|opens|shut)|^report\.(?!ask\.)[a-z-]+\.|^report\.not-said$|\.(label|about)$|^tips\.[^.]+\.[^.]+_|^(sixteen-days|be-safe)\./
    const wanted = keysOf(realFiles.en).filter((key) => !parts.test(key))
    expect(wanted.length).toBeGreaterThan(100)
    for (const language of LANGUAGES) {
      for (const shape of ["sms", "telegram", "whatsapp"] as const) {
        const heard = new Set(said.filter((one) => one.language === language && one.shape === shape).map(({ key }) => key))
        const silent = wanted.filter((key) => !heard.has(key) && !isOfAnother(shape, key))
        expect(silent, `${language} ${shape}`).toEqual([])
      }
    }
  })

  test("the rehearsal says every text of every campaign, in each language and on each channel", () => {
    const wanted = keysOf(realFiles.en).filter((key) => /^(sixteen-days|be-safe)\./.test(key))
    expect(wanted.length).toBe(23 * 4 + 2 * 2)
    for (const language of LANGUAGES) {
      for (const shape of ["sms", "telegram", "whatsapp"] as const) {
        const heard = said.filter((one) => one.language === language && one.shape === shape && /^(campaign|sixteen-days|be-safe)\./.test(one.key)).map(({ text }) => text)
        const spoken = (key: string) => (shape === "sms" && language !== "ur" ? foldForSms(texts(key, language), language) : texts(key, language))
        const silent = wanted.filter((key) => !heard.some((text) => text.includes(spoken(key))))
        expect(silent, `${language} ${shape}`).toEqual([])
      }
    }
  })

  test("the rehearsal comes by every place of an event, in every language, also where none is announced yet", () => {
    expect(events).toEqual([])
    const heard = new Set(said.map(({ key, language }) => `${key} ${language}`))
    for (const key of ["events", "event", "event-join", "event-many", "event-access", "coming", "not-coming"])
      for (const language of LANGUAGES) expect(heard, key).toContain(`campaign.${key} ${language}`)
  })

  test("the rehearsal hears somebody whose country has no file, and lines that are closed, in every language and on every channel", () => {
    for (const language of LANGUAGES)
      for (const shape of ["sms", "telegram", "whatsapp"] as const) {
        const here = said.filter((one) => one.language === language && one.shape === shape)
        expect(here.some(({ key, text }) => key === "emergency.which" && !/\d{2}/.test(text.split("\n")[0] ?? ""))).toBe(true)
        expect(here.some(({ key, text }) => key === "emergency.suicide" && text.includes(texts("find-help.dial_opens-today", language, { from: "15:00" })))).toBe(true)
        expect(here.some(({ key }) => key === "find-help.elsewhere")).toBe(true)
      }
  })

  test("the rehearsal hears every sentence in which numbers can stand, and none of them empty", () => {
    const all = said.filter(({ language, shape }) => language === "en" && shape === "telegram").map(({ text }) => text)
    for (const sentence of Object.keys((realFiles.en["emergency"] as { lines: object }).lines)) {
      const [before = ""] = texts(`emergency.lines.${sentence}`, "en", { lines: "|" }).split("|")
      expect(
        all.some((text) => text.includes(before)),
        sentence,
      ).toBe(true)
    }
    for (const { text, language } of said) expect(text, language).not.toMatch(/:\s*[.۔]|\(\s*\)|\{\{/)
  })

  test("the rehearsal says every label, and every remark that an entry of the directory has", () => {
    const heard = said.filter(({ language }) => language === "en").map(({ text, choices }) => [text, ...choices.map(({ label }) => label)].join("\n"))
    const labels = keysOf(realFiles.en).filter((key) => /^(choice|need)\.|^tips\.[^.]+\.(label$|[^.]+_)/.test(key))
    const remarks = new Set(directory.flatMap(({ entries }) => entries.flatMap(({ cautions }) => cautions.map((caution) => `caution.${caution}`))))
    for (const key of [...labels, ...remarks])
      expect(
        heard.some((text) => text.includes(texts(key, "en"))),
        key,
      ).toBe(true)
  })

  test("the rehearsal names every entry of the directory, and every country in its emergency line", () => {
    const names = said.filter(({ language, shape }) => language === "en" && shape === "telegram").map(({ text }) => text)
    for (const { name } of directory.flatMap(({ entries }) => entries))
      expect(
        names.some((text) => text.includes(name.replace(/\.$/, ""))),
        name,
      ).toBe(true)
    const lines = said.filter(({ key, language, shape }) => key === "emergency.which" && language === "en" && shape === "sms").map(({ text }) => text)
    for (const { country, entries } of directory) {
      const dial = entries.find(({ needs }) => needs.includes("emergency"))?.contacts[0]?.dial
      if (dial !== undefined)
        expect(
          lines.some((text) => text.includes(dial)),
          country,
        ).toBe(true)
    }
  })
})

describe("every language has the same texts", () => {
  test("a missing text is named, with the English file that stands in for it", () => {
    expect(planted((files) => set(files, "fr", "hello.safe", undefined))).toEqual(["fr hello.safe: is missing: what en/hello.json says is sent instead"])
  })

  test("a text that English doesn't have is named", () => {
    expect(planted((files) => set(files, "es", "hello.extra", "Algo más"))).toEqual(["es hello.extra: has no English text"])
  })

  test("an empty text is named", () => {
    expect(planted((files) => set(files, "es", "hello.later", " "))).toEqual(["es hello.later: is empty"])
  })

  test("a placeholder that is lost, misspelled or doubled is named", () => {
    expect(planted((files) => set(files, "es", "find-help.here", "¿Buscamos allí?"))).toEqual(["es find-help.here: has no placeholder where English has {{country}}"])
    expect(planted((files) => set(files, "es", "find-help.here", "¿Buscamos en {{pais}}?"))).toEqual(["es find-help.here: has {{pais}} where English has {{country}}"])
    expect(planted((files) => set(files, "es", "find-help.here", "{{country}}, ¿{{country}}?"))).toEqual([
      "es find-help.here: has {{country}} {{country}} where English has {{country}}",
    ])
    expect(planted((files) => set(files, "es", "hello.later", "Vale, {{name}}."))).toEqual(["es hello.later: has {{name}} where English has none"])
  })

  test("a text that is still in English is named; names, numbers and short words may be the same", () => {
    expect(planted((files) => set(files, "ur-Latn", "left.back", textOf(realFiles.en, "left.back")))).toEqual(["ur-Latn left.back: is still in English"])
    expect(planted((files) => set(files, "ur-Latn", "choice.settings", "Settings"))).toEqual([])
    expect(realFiles.fr["tips"]).toMatchObject({ images: { where_meta: "Facebook, Instagram" } })
  })

  test("a file without a review mark is named", () => {
    expect(planted((files) => set(files, "ur", "left.$review", "done"))).toEqual(['ur left.$review: should be "draft" or "reviewed"'])
  })
})

describe("labels", () => {
  test.each(["choice.later", "need.legal", "tips.hacked.label", "tips.hacked.where_whatsapp"])("%s may have 20 characters and not 21", (key) => {
    expect(planted((files) => set(files, "es", key, "x".repeat(20)))).toEqual([])
    expect(planted((files) => set(files, "es", key, "x".repeat(21)))).toEqual([`es ${key}: has 21 characters, a label 20 at most: ${"x".repeat(21)}`])
  })

  test("a text that is no label may be longer", () => {
    expect(planted((files) => set(files, "es", "tips.hacked.where", "x".repeat(80)))).toEqual([])
  })

  test.each(["Stop", "END", "Ayuda", "Parar", "Baja", "Cancelar", "Basta", "Arrête", "رکو", "بند"])("“%s” is no label: carriers answer it, or it means stopping", (word) => {
    expect(planted((files) => set(files, "fr", "choice.later", word))).toEqual([`fr choice.later: is a word that carriers answer themselves: ${word}`])
  })

  test("a label of a country on WhatsApp may have 24 characters among many answers, 20 among three", () => {
    const choices = (label: string, count: number) => Array.from({ length: count }, (_, index) => ({ id: `i${index}`, label: index === 0 ? label : `Answer ${index}` }))
    expect(saying({ shape: "whatsapp", text: "Where?", choices: choices("y".repeat(24), 4) })).toEqual([])
    expect(saying({ shape: "whatsapp", text: "Where?", choices: choices("y".repeat(25), 4) })).toHaveLength(1)
    expect(saying({ shape: "whatsapp", text: "Where?", choices: choices("y".repeat(21), 3) })).toHaveLength(1)
    // More than a list holds are numbered lines, which may be long.
    expect(saying({ shape: "whatsapp", text: "Where?", choices: choices("y".repeat(25), 11) })).toEqual([])
  })

  test("an answer's id may have 64 bytes and not 65", () => {
    expect(saying({ text: "Where?", choices: [{ id: "é".repeat(32), label: "Here" }] })).toEqual([])
    expect(saying({ text: "Where?", choices: [{ id: `${"é".repeat(32)}x`, label: "Here" }] })).toEqual([expect.stringContaining("has 65 bytes, 64 at most")])
  })

  test("two answers of one message may not read the same", () => {
    expect(
      saying({
        text: "Where?",
        choices: [
          { id: "a", label: "Here" },
          { id: "b", label: "Here" },
        ],
      }),
    ).toEqual([expect.stringContaining("two answers read “Here”")])
  })

  test("an answer may be a safety word only where both lead to the same place", () => {
    expect(
      saying({
        text: "Where?",
        choices: [
          { id: "menu", label: "Menu" },
          { id: "urgent", label: "Urgent" },
        ],
      }),
    ).toEqual([])
    expect(saying({ text: "Where?", choices: [{ id: "back", label: "Salir" }] })).toEqual([expect.stringContaining("is read as the safety word exit")])
  })
})

describe("messages as they leave", () => {
  test("two SMS segments are taken and a third is not; Urdu has three", () => {
    expect(saying({ text: filler(306) })).toEqual([])
    expect(saying({ text: filler(307) })).toEqual([expect.stringContaining("takes 3 SMS segments, 2 at most")])
    expect(saying({ language: "ur", text: "ا".repeat(201) })).toEqual([])
    expect(saying({ language: "ur", text: "ا".repeat(202) })).toEqual([expect.stringContaining("takes 4 SMS segments, 3 at most")])
  })

  test("the first words of all take one segment", () => {
    expect(saying({ key: "hello.safe", text: filler(160) })).toEqual([])
    expect(saying({ key: "hello.safe", text: filler(161) })).toEqual([expect.stringContaining("takes 2 SMS segments, 1 at most")])
    expect(saying({ key: "hello.safe", language: "ur", text: "ا".repeat(71) })).toEqual([expect.stringContaining("takes 2 SMS segments, 1 at most")])
  })

  test("one character outside the GSM alphabet is named in a language that has it, and not in Urdu", () => {
    expect(saying({ language: "es", text: "Está bien" })).toEqual([expect.stringContaining("has a character outside the GSM alphabet")])
    expect(saying({ language: "ur", text: "ٹھیک ہے" })).toEqual([])
  })

  test("languages may be offered in their own letters", () => {
    expect(saying({ text: "Choose a language.\n1 اردو", choices: [{ id: "language:ur", label: "اردو" }] })).toEqual([])
  })

  test("Telegram takes 4096 characters, WhatsApp 1024", () => {
    expect(saying({ shape: "telegram", text: filler(4096) })).toEqual([])
    expect(saying({ shape: "telegram", text: filler(4097) })).toHaveLength(1)
    expect(saying({ shape: "whatsapp", text: filler(1024) })).toEqual([])
    expect(saying({ shape: "whatsapp", text: filler(1025) })).toHaveLength(1)
  })

  test("a problem that many messages of a key have is told once, with the text of one", () => {
    const said: readonly Said[] = ["a", "b", "c"].map((letter) => ({ language: "en", shape: "sms", key: "menu.main", text: filler(400) + letter, choices: [] }))
    expect(told({ files: realFiles, said })).toEqual([`en menu.main: takes 3 SMS segments, 2 at most: ${filler(400)}a`])
  })
})

describe("words.json", () => {
  const words = (language: Language, list: string) => realFiles[language]["words"]?.[list] as readonly string[]
  const adding = (language: Language, list: string, word: string) => planted((files) => set(files, language, `words.${list}`, [...words(language, list), word]))

  test("a word that another language reads as something else is named, with where it stands", () => {
    expect(adding("fr", "yes", "Salir!")).toEqual(
      ["es words.exit: “salir” also stands in fr/words.json, yes"].map(() => expect.stringContaining("also stands in es/words.json, exit")),
    )
    expect(adding("es", "menu", "más")).toEqual([expect.stringContaining("“más” also stands in es/words.json, menu")])
  })

  test("the same word for the same thing in two languages is no clash", () => {
    expect(adding("es", "exit", "exit")).toEqual([])
  })

  test("a language's name that means something else is named", () => {
    expect(adding("fr", "also-called", "menu")).toEqual([expect.stringContaining("“menu” also stands in en/words.json, menu")])
    expect(adding("fr", "also-called", "spanish")).toHaveLength(1)
  })

  test.each(["stop", "END", "Arrêt", "info", "alto", "رکو"])("“%s” is no safety word of ours", (word) => {
    expect(adding("es", "menu", word)).toEqual([`es words.menu: “${word}” is a word that carriers answer themselves`])
  })

  test("a list without words is named", () => {
    expect(planted((files) => set(files, "ur", "words.exit", []))).toEqual(["ur words.exit: has no words"])
    expect(planted((files) => set(files, "ur", "words.exit", undefined))).toEqual(["ur words.exit: has no words"])
  })
})
