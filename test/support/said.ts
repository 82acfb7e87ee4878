import { LANGUAGES, localeFiles, type Language } from "../../src/locales/texts.ts"

/** Whole sentences of a file that a text in this language has from another one: none, unless a text is missing and another stood in for it. */
export function saidElsewhere(file: string, language: Language, text: string): readonly string[] {
  const own = new Set(sentencesOf(localeFiles(language)[file]))
  const others = LANGUAGES.filter((other) => other !== language).flatMap((other) => sentencesOf(localeFiles(other)[file]))
  return others.filter((sentence) => !own.has(sentence) && text.includes(sentence))
}

/** Every text of a file that is a sentence: long, and without a placeholder. */
function sentencesOf(file: unknown): readonly string[] {
  if (typeof file === "string") return file.length > 30 && !file.includes("{{") ? [file] : []
  return typeof file === "object" && file !== null ? Object.values(file).flatMap(sentencesOf) : []
}
