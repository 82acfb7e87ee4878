import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import type { PhraseList } from "../../../src/flows/understanding/phrase-list.ts"
import { PATHS } from "../../../src/flows/understanding/understood.ts"
import { createUnderstanding } from "../../../src/flows/understanding/understanding.ts"
import { LANGUAGES, localeFiles, type Language } from "../../../src/locales/texts.ts"

const lists = Object.fromEntries(LANGUAGES.map((language) => [language, localeFiles(language)["phrases"]])) as unknown as Readonly<Record<Language, PhraseList>>
const rules = createUnderstanding(lists)

/**
 * What the lists ask for and the rules don't reach yet. When one is mended, or a new one appears, this test says so.
 */
const missed = JSON.parse(readFileSync(join(import.meta.dirname, "missed.json"), "utf8")) as readonly string[]
const notMissed = (wrong: readonly string[], where: string) => expect(wrong).toEqual(missed.filter((line) => line.startsWith(where)))

for (const language of LANGUAGES) {
  describe(`the rules of ${language} speak and are silent where their list says so`, () => {
    const { guards, risks, intents } = lists[language]

    test("guards: what they excuse raises nothing, what they mustn't excuse is raised", () => {
      const wrong = guards.flatMap(({ paths = PATHS, fires, quiet }, index) => {
        const raised = (text: string) => rules(text).risks.some(({ path }) => paths.includes(path))
        return [
          ...fires.filter((text) => !raised(text)).map((text) => `${language} guards ${index + 1} hides: ${text}`),
          ...quiet.filter(raised).map((text) => `${language} guards ${index + 1} should excuse: ${text}`),
        ]
      })
      notMissed(wrong, `${language} guards`)
    })

    test("risks", () => {
      const wrong = risks.flatMap(({ path, fires, quiet }, index) => {
        const raised = (text: string) => rules(text).risks.some((risk) => risk.path === path)
        return [
          ...fires.filter((text) => !raised(text)).map((text) => `${language} risks ${index + 1} should raise ${path}: ${text}`),
          ...quiet.filter(raised).map((text) => `${language} risks ${index + 1} should not raise ${path}: ${text}`),
        ]
      })
      notMissed(wrong, `${language} risks`)
    })

    test("intents", () => {
      const wrong = intents.flatMap(({ intent, fires, quiet }, index) => [
        ...fires.filter((text) => rules(text).intent !== intent).map((text) => `${language} intents ${index + 1} should be ${intent}: ${text}`),
        ...quiet.filter((text) => rules(text).intent === intent).map((text) => `${language} intents ${index + 1} should not be ${intent}: ${text}`),
      ])
      notMissed(wrong, `${language} intents`)
    })

    test("none goes unreviewed", () => {
      const rules = [...lists[language].guards, ...lists[language].risks, ...lists[language].intents]
      expect(rules.filter(({ fires, quiet }) => fires.length === 0 && quiet.length === 0).map(({ say }) => say[0])).toEqual([])
    })
  })
}
