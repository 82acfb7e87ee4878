import { plain } from "../flows/directory.ts"
import { createNotNow, createThanks } from "../flows/says-only.ts"
import { createAnswers } from "../flows/options.ts"
import { createDetails } from "../flows/report-details.ts"
import { createSafetyReader } from "../flows/safety-words.ts"
import { LANGUAGES, localeFiles, type Language, type Texts } from "../locales/texts.ts"
import { readWords } from "../locales/words.ts"
import { openUnderstanding } from "./understanding.ts"

/**
 * What the flows take from the locales.
 * @param built a folder of built things, where the learned model is kept
 * @param joining the words by which campaigns are joined, plain, and whose they are
 */
export function flowContent(texts: Texts, built: string, joining: ReadonlyMap<string, string> = new Map()) {
  const words = readWords()
  const lists = LANGUAGES.map((language) => ({ language, ...words[language] }))
  const safety = createSafetyReader(lists)
  const names = new Map(LANGUAGES.flatMap((language) => [words[language].name, ...words[language].alsoCalled].map((name) => [plain(name), language] as const)))
  const greetings = new Map(LANGUAGES.flatMap((language) => words[language].greetings.map((greeting) => [plain(greeting), language] as const)))
  const off = new Set(LANGUAGES.flatMap((language) => words[language].campaignOff.map(plain)))
  return {
    campaignNamed: (text: string) => (text.length > 40 ? undefined : joining.get(plain(text))),
    campaignOff: (text: string) => text.length <= 80 && off.has(plain(text)),
    greetedIn: (text: string) => (text.length > 80 ? undefined : (greetings.get(plain(text)) ?? safety(text)?.language)),
    safetyWord: (text: string) => safety(text)?.word,
    notNow: createNotNow(lists),
    thanks: createThanks(lists),
    ...openUnderstanding(built),
    languageNamed: (text: string) => (text.length > 30 ? undefined : names.get(plain(text))),
    answers: createAnswers(lists, texts),
    details: createDetails(LANGUAGES.map((language) => ({ ...words[language].details, names: words[language].beforeNames, marks: marksOf(language) }))),
  }
}

/** The signs within words that a language's phrases pass over. */
function marksOf(language: Language): readonly string[] {
  const marks = localeFiles(language)["phrases"]?.["marks"]
  return typeof marks === "string" ? marks.split(" ") : []
}
