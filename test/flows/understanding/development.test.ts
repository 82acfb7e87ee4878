import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import type { PhraseList } from "../../../src/flows/understanding/phrase-list.ts"
import { createUnderstanding } from "../../../src/flows/understanding/understanding.ts"
import type { Path } from "../../../src/flows/understanding/understood.ts"
import { LANGUAGES, localeFiles, type Language } from "../../../src/locales/texts.ts"

type Phrase = readonly [text: string, risks: readonly string[], intent: string | null]
type Development = Readonly<Record<Language, { readonly phrases: readonly Phrase[]; readonly everyday: readonly string[] }>>

const development = JSON.parse(readFileSync(join(import.meta.dirname, "development.json"), "utf8")) as Development
const lists = Object.fromEntries(LANGUAGES.map((language) => [language, localeFiles(language)["phrases"]])) as unknown as Readonly<Record<Language, PhraseList>>
const understand = createUnderstanding(lists)

/** Recall: the share raised of the phrases that speak of a risk. Precision: the share that speak of it of those raised. Phrases that may go either way are left out. */
function measure(phrases: readonly Phrase[], path: Path): { recall: number; precision: number } {
  const sure = phrases.filter(([, risks]) => !risks.includes(`${path}?`))
  const raised = sure.filter(([text]) => understand(text).risks.some((risk) => risk.path === path))
  const right = raised.filter(([, risks]) => risks.includes(path)).length
  return { recall: right / sure.filter(([, risks]) => risks.includes(path)).length, precision: right / raised.length }
}

describe.each(LANGUAGES)("the phrases the rules of %s were made with", (language) => {
  const { phrases, everyday } = development[language]

  test.each(["danger", "suicide"] as const)("are heard where they speak of %s, and seldom otherwise", (path) => {
    const { recall, precision } = measure(phrases, path)
    expect(recall).toBeGreaterThanOrEqual(0.87)
    expect(precision).toBeGreaterThanOrEqual(0.9)
  })

  test("are heard where they speak of pictures", () => {
    expect(measure(phrases, "images").recall).toBeGreaterThanOrEqual(0.9)
  })

  test("lead to what they are about", () => {
    const asked = phrases.filter(([, , intent]) => intent !== null)
    const right = asked.filter(([text, , intent]) => understand(text).intent === intent)
    expect(right.length / asked.length).toBeGreaterThanOrEqual(0.9)
  })

  test("raise hardly anything where they speak of everyday things", () => {
    const raised = everyday.filter((text) => understand(text).risks.length > 0)
    expect(raised.length / everyday.length).toBeLessThanOrEqual(0.03)
  })
})
