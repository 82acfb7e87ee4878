import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import i18next, { type i18n } from "i18next"

/** The languages there are texts for; a folder of that name holds them. */
export type Language = "en" | "ur" | "ur-Latn" | "es" | "fr"
export const LANGUAGES: readonly Language[] = ["en", "ur", "ur-Latn", "es", "fr"]

/** One language's files, as they stand: file name without ending → its content. */
export type LocaleFiles = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** Files that hold lists for matching rather than texts that are sent. */
export const LIST_FILES: ReadonlySet<string> = new Set(["words", "preview", "phrases", "examples"])

/** Files whose texts stand on pages and paper for everybody; nobody is sent them. */
export const PAGE_FILES: ReadonlySet<string> = new Set(["evidence", "numbers", "pages", "quilt"])

/** Reads every file of a language. */
export function localeFiles(language: Language): LocaleFiles {
  const folder = join(import.meta.dirname, language)
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith(".json") && !name.startsWith("examples"))
      .sort()
      .map((name) => [name.slice(0, -".json".length), JSON.parse(readFileSync(join(folder, name), "utf8")) as Record<string, unknown>]),
  )
}

/** Names that come from `content` rather than from translators: `place.PK` → how each language writes it. */
export type Names = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The text of a key in a language. Placeholders are filled; a key without a text in that language gives the English one. */
export type Texts = (key: string, language: Language, values?: Readonly<Record<string, string>>) => string

/** Loads all texts, with the names that the organisation's content brings. */
export function createTexts(names: Names): Texts {
  const instance: i18n = i18next.createInstance()
  const files = LANGUAGES.map((language) => [language, localeFiles(language)] as const)
  // Each language is offered under its own name, whatever language is spoken.
  const ownNames = Object.fromEntries(files.map(([language, own]) => [language, nameOf(own) ?? language]))
  void instance.init({
    resources: Object.fromEntries(files.map(([language, own]) => [language, { texts: { ...textsOf(own), place: placesOf(language, names), language: ownNames } }])),
    ns: "texts",
    defaultNS: "texts",
    fallbackLng: "en",
    load: "currentOnly",
    initAsync: false,
    showSupportNotice: false,
    interpolation: { escapeValue: false, skipOnVariables: true },
  } as Parameters<i18n["init"]>[0])
  const speak = new Map(LANGUAGES.map((language) => [language, instance.getFixedT(language) as unknown as (key: string, values?: object) => string]))
  // Most texts have no placeholders; they are looked up once. There are as many of them as keys, so this stays small.
  const known = new Map<string, string>()
  return (key, language, values) => {
    const say = speak.get(language)
    if (say === undefined) throw new Error("a language without texts")
    if (values !== undefined) return say(key, values)
    const name = `${language}/${key}`
    const before = known.get(name)
    if (before !== undefined) return before
    const text = say(key)
    known.set(name, text)
    return text
  }
}

function textsOf(files: LocaleFiles): object {
  return Object.fromEntries(Object.entries(files).filter(([name]) => !LIST_FILES.has(name)))
}

function placesOf(language: Language, names: Names): object {
  return Object.fromEntries(Object.entries(names).map(([id, byLanguage]) => [id, byLanguage[language] ?? byLanguage["en"] ?? id]))
}

function nameOf(files: LocaleFiles): string | undefined {
  const name = files["words"]?.["name"]
  return typeof name === "string" ? name : undefined
}
