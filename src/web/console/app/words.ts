import { createContext } from "preact"
import { useContext } from "preact/hooks"
import { en, type Words } from "./words/en.ts"
import { ur } from "./words/ur.ts"

export type Language = "en" | "ur"
export type { Words }

const ALL: Readonly<Record<Language, Words>> = { en, ur }
export const LANGUAGES: readonly Language[] = ["en", "ur"]
const KEPT_AS = "console.language"

/** The language that this browser was last set to, or asks for. Nothing else is kept in it. */
export function firstLanguage(): Language {
  let kept: string | null = null
  try {
    kept = localStorage.getItem(KEPT_AS)
  } catch {
    // A browser that keeps nothing.
  }
  if (kept === "en" || kept === "ur") return kept
  return navigator.languages.some((one) => one.startsWith("ur")) ? "ur" : "en"
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEPT_AS, language)
  } catch {
    // A browser that keeps nothing.
  }
}

export const wordsIn = (language: Language): Words => ALL[language]
export const directionOf = (language: Language): "ltr" | "rtl" => (language === "ur" ? "rtl" : "ltr")

export const LanguageContext = createContext<{ readonly language: Language; readonly choose: (language: Language) => void }>({ language: "en", choose: () => {} })

/** The words in the language of the page. */
export function useWords(): Words {
  return ALL[useContext(LanguageContext).language]
}

export const useLanguage = (): Language => useContext(LanguageContext).language

/** How long, in words. */
export function lasting(words: Words, ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000))
  if (minutes < 60) return words.time.minutes(minutes)
  if (minutes < 48 * 60) return words.time.hours(Math.floor(minutes / 60), minutes % 60)
  return words.time.days(Math.floor(minutes / (24 * 60)))
}

/** The hour and minute of a moment; with its day where that is another one. */
export function clock(at: string): string {
  const date = new Date(at)
  const time = date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })
  const days = Math.abs(date.getTime() - Date.now()) > 20 * 3_600_000
  return days ? `${date.toLocaleDateString("en-GB", { day: "2-digit", month: "2-digit" })} ${time}` : time
}

/** A language's name in the language of the page. */
export function languageName(code: string, language: Language): string {
  if (code === "ur-Latn") return language === "ur" ? "رومن اردو" : "Roman Urdu"
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(code) ?? code
  } catch {
    return code
  }
}

/** The language that a text has to be drawn as, as far as its letters tell. */
export function scriptOf(text: string): "ur" | undefined {
  return /\p{Script=Arabic}/u.test(text) ? "ur" : undefined
}
