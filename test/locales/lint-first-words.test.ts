import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { LANGUAGES, type Language } from "../../src/locales/texts.ts"
import { filler, keysOf, planted, realFiles, saying, set, textOf } from "../support/linted.ts"

describe("the first sixty characters", () => {
  const shows = (word: string) => [expect.stringContaining(`shows “${word}” of preview.json on a locked screen`)]

  test("a word of the list is named at the beginning and not after it", () => {
    expect(planted((files) => set(files, "en", "tips.calm.body", "The police may come."))).toEqual(shows("police"))
    expect(planted((files) => set(files, "en", "tips.calm.body", `${filler(60)} The police may come.`))).toEqual([])
  })

  test("a word that begins within the sixty counts whole", () => {
    expect(planted((files) => set(files, "en", "tips.calm.body", `${filler(57)} police.`))).toEqual(shows("police"))
  })

  test("whole words count: Essex is no sex, and a star stands for any ending", () => {
    expect(planted((files) => set(files, "en", "tips.calm.body", "Essex is a county."))).toEqual([])
    expect(planted((files) => set(files, "en", "tips.calm.body", "They were violently loud."))).toEqual(shows("violen*"))
  })

  test("capitals and accents make no difference", () => {
    expect(planted((files) => set(files, "es", "tips.calm.body", "LA POLICÍA VIENE."))).toEqual(shows("policia*"))
    expect(planted((files) => set(files, "fr", "tips.calm.body", "Le pere est la."))).toEqual(shows("père*"))
  })

  test("several words count as a sequence", () => {
    expect(planted((files) => set(files, "en", "tips.calm.body", "Is it a safe   house?"))).toEqual(shows("safe house"))
    expect(planted((files) => set(files, "en", "tips.calm.body", "A house that is safe."))).toEqual([])
    expect(planted((files) => set(files, "fr", "tips.calm.body", "Il faudrait s’enfuir."))).toEqual(shows("s'enfuir"))
  })

  test("two points stand for up to three words, whatever they are", () => {
    const about = (text: string) =>
      planted((files) => {
        set(files, "en", "preview.words", ["phone .. reads", "know* too much"])
        set(files, "en", "tips.calm.body", text)
      })
    expect(about("A phone reads well.")).toEqual(shows("phone .. reads"))
    expect(about("A phone he or she reads.")).toEqual(shows("phone .. reads"))
    expect(about("A phone he, she or it reads.")).toEqual([])
    expect(about("Reads the phone.")).toEqual([])
    expect(about("Whoever knows too much.")).toEqual(shows("know* too much"))
  })

  const toldOnHer = JSON.parse(readFileSync(new URL("told-on-her.json", import.meta.url), "utf8")) as Readonly<Record<Language, Readonly<Record<string, string>>>>
  test.each(LANGUAGES.flatMap((language) => Object.entries(toldOnHer[language]).map(([key, text]) => [language, key, text] as const)))(
    "in %s, %s may not begin with “%s”",
    (language, key, text) => {
      expect(planted((files) => set(files, language, key, text))).toEqual([expect.stringMatching(/ shows “.+” of preview\.json on a locked screen$/)])
    },
  )

  test("no two tips of a language begin with the same words, unless they are the same tip", () => {
    for (const language of LANGUAGES) {
      const tips = keysOf(realFiles[language]).filter((key) => key.startsWith("tips.") && !/\.(label|about)$|\.[^.]+_[^.]+$/.test(key))
      const beginnings = new Map<string, string>()
      for (const key of tips) {
        const text = textOf(realFiles[language], key)
        const beginning = text.slice(0, 24)
        expect(beginnings.get(beginning) ?? text, `${language} ${key}`).toBe(text)
        beginnings.set(beginning, text)
      }
    }
  })

  test("Arabic letters count in whatever form they are typed, with vowel signs or without", () => {
    expect(planted((files) => set(files, "ur", "tips.calm.body", "وہ پوليس والا ہے"))).toEqual(shows("پولیس*"))
    expect(planted((files) => set(files, "ur", "tips.calm.body", "ظُلْم کی بات"))).toEqual(shows("ظلم"))
    expect(planted((files) => set(files, "ur", "tips.calm.body", "خود\u200cکشی کی بات"))).toEqual(shows("خودکشی*"))
    expect(planted((files) => set(files, "ur", "tips.calm.body", "ثبوتـــوں کی بات"))).toEqual(shows("ثبوت*"))
  })

  test("a label and what a topic is about are harmless to the last letter", () => {
    expect(planted((files) => set(files, "en", "tips.hacked.about", `${filler(60)} the police`))).toEqual([expect.stringContaining("has “police” of preview.json")])
    expect(planted((files) => set(files, "en", "choice.later", "Later, police"))).toEqual([expect.stringContaining("has “police” of preview.json")])
  })

  test("only where she asked for emergency may the language's word for it stand, and no other", () => {
    const danger = "خطرہ ہو تو {{emergency}}"
    expect(planted((files) => set(files, "ur", "emergency.danger", danger))).toEqual([])
    expect(planted((files) => set(files, "ur", "emergency.danger-no", "خطرہ ہو تو 0 لکھیں"))).toEqual(shows("خطر*"))
    expect(planted((files) => set(files, "ur", "emergency.danger", `پولیس {{emergency}}`))).toEqual(shows("پولیس*"))
  })

  test("a message counts as it leaves, with what was filled in and its numbered answers", () => {
    expect(saying({ text: "Which one?\n1 Police\n2 Other" })).toEqual(shows("police"))
  })

  test("an entry's numbers and addresses may stand at the beginning, its name may not", () => {
    const asked = "help@police.example"
    expect(saying({ key: "find-help.entry", text: `Here: ${asked}. Always open.`, asked })).toEqual([])
    expect(saying({ key: "find-help.entry", text: "Here: 15. Police.", asked: "15" })).toEqual(shows("police"))
  })
})

describe("what a tip points to", () => {
  const tips = ["harassment.urgent", "calm.worse", "location.worse", "blackmail.worse"]
  test.each(tips)("tips.%s sends her where a person answers, by the name that this has among the answers", (tip) => {
    for (const language of LANGUAGES) expect(textOf(realFiles[language], `tips.${tip}`), language).toContain(textOf(realFiles[language], "choice.find-help"))
  })

  test.each(["impersonation.photos", "deepfakes.remove"])("tips.%s names the other area as the menu does", (tip) => {
    for (const language of LANGUAGES) expect(textOf(realFiles[language], `tips.${tip}`), language).toContain(textOf(realFiles[language], "tips.images.label"))
  })
})
