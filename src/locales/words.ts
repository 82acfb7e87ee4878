import { LANGUAGES, localeFiles, type Language } from "./texts.ts"

/** The words of one language that are matched rather than said. */
export type Words = {
  readonly name: string
  readonly alsoCalled: readonly string[]
  /** Greetings that only this language has: often the whole of a first message. */
  readonly greetings: readonly string[]
  readonly exit: readonly string[]
  readonly menu: readonly string[]
  readonly forget: readonly string[]
  readonly emergency: readonly string[]
  /** Other ways to type an answer, by the option's id. */
  readonly answers: Readonly<Record<string, readonly string[]>>
}

/** Reads `words.json` of every language. Throws, naming file and key, when a list is missing. */
export function readWords(): Readonly<Record<Language, Words>> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, wordsOf(language)])) as Record<Language, Words>
}

function wordsOf(language: Language): Words {
  const file = localeFiles(language)["words"] ?? {}
  const list = (key: string): readonly string[] => {
    const value = file[key]
    if (!Array.isArray(value) || value.some((word) => typeof word !== "string")) throw new Error(`${language}/words.json: "${key}" should be a list of words`)
    return value as string[]
  }
  return {
    name: String(file["name"]),
    alsoCalled: list("also-called"),
    greetings: list("greetings"),
    exit: list("exit"),
    menu: list("menu"),
    forget: list("forget"),
    emergency: list("emergency"),
    answers: { yes: list("yes"), no: list("no"), "not-sure": list("not-sure"), more: list("more"), back: list("back") },
  }
}
