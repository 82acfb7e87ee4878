import { describe, expect, test } from "vitest"
import { CONTENT } from "../../src/app.ts"
import { checkCanned } from "../../src/helpline/canned-check.ts"
import { readCanned } from "../../src/helpline/canned.ts"
import { shownOf } from "../../src/locales/lint-preview.ts"
import { LANGUAGES, localeFiles } from "../../src/locales/texts.ts"
import { contentFolder, problemsIn } from "../support/content-folder.ts"

const canned = readCanned(CONTENT)
const files = Object.fromEntries(LANGUAGES.map((language) => [language, localeFiles(language)]))
const problemsOf = (changes: Parameters<typeof contentFolder>[0]) => problemsIn(() => readCanned(contentFolder(changes)))

describe("the prepared replies that come along", () => {
  test.each(LANGUAGES)("are the same ones in %s, in the same order, in words of its own", (language) => {
    expect(canned[language].map(({ id }) => id)).toEqual(canned.en.map(({ id }) => id))
    expect(new Set(canned[language].map(({ title }) => title)).size).toBe(canned[language].length)
    if (language !== "en") for (const [place, { text }] of canned[language].entries()) expect(text).not.toBe(canned.en[place]?.text)
  })

  test("are harmless on a locked screen, and take no more SMS segments than other texts", () => {
    expect(checkCanned(canned, files)).toEqual([])
  })

  test.each(LANGUAGES)("begin with nothing that gives them away in %s: no site, no age", (language) => {
    for (const { text } of canned[language]) expect(shownOf(text)).not.toMatch(/stopncii|takeitdown|18/i)
  })

  test.each(LANGUAGES)("are mostly short in %s", (language) => {
    expect(canned[language].filter(({ text }) => text.length <= 160).length).toBeGreaterThan(canned[language].length / 2)
  })

  test.each(LANGUAGES)("name what must be right in %s: the key 0, the two sites, the age that parts them", (language) => {
    const text = (id: string) => canned[language].find((one) => one.id === id)?.text ?? ""
    for (const id of ["danger-now", "suicide-ask"]) expect(text(id)).toMatch(/\b0\b/)
    expect(text("stopncii")).toMatch(/StopNCII\.org.*18/)
    expect(text("take-it-down")).toMatch(/takeitdown\.ncmec\.org.*18/)
    expect(text("keep-evidence")).toContain("18")
    for (const { text: any } of canned[language]) expect(any).not.toMatch(/\b(STOP|END|QUIT|CANCEL|HELP|START)\b/)
  })
})

describe("the check of prepared replies", () => {
  const planted = (text: string) => checkCanned({ ...canned, es: [{ id: "planted", title: "x", text }] }, files)

  test("sees a word that tells, at the beginning only", () => {
    expect(planted("La policía puede ir.")).toEqual(["content/canned/es.yaml: planted: shows “policia*” of preview.json on a locked screen"])
    expect(planted(`${"Sin prisa y con calma. ".repeat(3)}La policía puede ir.`)).toEqual([])
  })

  test("sees what costs too much, and letters that SMS can't keep cheap", () => {
    expect(planted("palabra ".repeat(40))).toEqual([expect.stringContaining("takes 3 SMS segments, 2 at most")])
    expect(planted("Привет")).toEqual([expect.stringContaining("outside the GSM alphabet")])
  })

  test("measures borrowed replies once, as English", () => {
    const en = [{ id: "planted", title: "x", text: "Your husband may read this." }]
    expect(checkCanned({ en, ur: en, "ur-Latn": en, es: en, fr: en }, files)).toHaveLength(1)
  })
})

describe("reading them", () => {
  test("gives a language without a file the English ones", () => {
    const read = readCanned(contentFolder({ "canned/fr.yaml": undefined }))
    expect(read.fr).toBe(read.en)
    expect(read.es).not.toBe(read.en)
  })

  test("names all mistakes at once, each with its file and key", () => {
    expect(
      problemsOf({
        "canned/en.yaml": (text) => text.replace("- id: pause", "- id: believe"),
        "canned/es.yaml": (text) => text.replace("review: draft", "review: perfect"),
        "canned/fr.yaml": (text) => text.replace("  - id: opening\n", "  - id: opening\n    lang: fr\n"),
        "canned/ur.yaml": (text) => text.replace(/text: ".*"/, `text: "${"x".repeat(301)}"`),
      }).toSorted(),
    ).toEqual([
      "content/canned/en.yaml: the id believe stands twice",
      expect.stringMatching(/^content\/canned\/es\.yaml: review: /),
      expect.stringMatching(/^content\/canned\/fr\.yaml: replies\.0: .*lang/),
      expect.stringMatching(/^content\/canned\/ur\.yaml: replies\.0\.text: /),
    ])
  })

  test("needs the English ones", () => {
    expect(problemsOf({ "canned/en.yaml": undefined })).toEqual(["content/canned/en.yaml: is missing"])
    expect(problemsIn(() => readCanned("/nowhere"))).toEqual(["content/canned/en.yaml: is missing"])
  })
})
