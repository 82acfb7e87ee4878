import { createSafetyWords } from "../../src/flows/safety-words.ts"
import type { Said } from "../../src/locales/lint-said.ts"
import { lintLocales } from "../../src/locales/lint.ts"
import { LANGUAGES, localeFiles, type Language, type LocaleFiles } from "../../src/locales/texts.ts"

type Files = Record<Language, Record<string, Record<string, unknown>>>

const reserved = createSafetyWords([])
const carrierWord = (text: string) => reserved(text) !== undefined
export const realFiles = Object.fromEntries(LANGUAGES.map((language) => [language, localeFiles(language)])) as Readonly<Record<Language, LocaleFiles>>

/** The real files with one thing changed, and no messages: what is found was planted. */
export function planted(change: (files: Files) => void): readonly string[] {
  const files = structuredClone(realFiles) as Files
  change(files)
  return told({ files, said: [] })
}

/** The real files and one message. */
export function saying(said: Partial<Said> & { readonly text: string }): readonly string[] {
  return told({ files: realFiles, said: [{ language: "en", shape: "sms", key: "menu.main", choices: [], ...said }] })
}

export function told(given: { readonly files: Readonly<Record<Language, LocaleFiles>>; readonly said: readonly Said[] }): readonly string[] {
  return lintLocales({ ...given, carrierWord }).map(({ language, key, problem }) => `${language} ${key}: ${problem}`)
}

export function set(files: Files, language: Language, key: string, text: unknown): void {
  const path = key.split(".")
  const last = path.pop() ?? ""
  let inner: Record<string, unknown> = files[language]
  for (const step of path) inner = inner[step] as Record<string, unknown>
  if (text === undefined) Reflect.deleteProperty(inner, last)
  else inner[last] = text
}

export const filler = (length: number) => "word ".repeat(Math.ceil(length / 5)).slice(0, length - 1) + "."

export function textOf(files: LocaleFiles, key: string): string {
  return key.split(".").reduce((inner: unknown, step) => (inner as Readonly<Record<string, unknown>>)[step], files) as string
}

/** Every text of a language that can be sent, by its key. */
export function keysOf(files: LocaleFiles): readonly string[] {
  const inside = (path: string, value: unknown): readonly string[] =>
    typeof value === "string" ? [path] : Object.entries(value as object).flatMap(([key, inner]) => (key.startsWith("$") ? [] : inside(`${path}.${key}`, inner)))
  return Object.entries(files).flatMap(([name, file]) => (["words", "preview", "phrases", "examples"].includes(name) ? [] : inside(name, file)))
}
