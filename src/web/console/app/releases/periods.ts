import type { Language } from "../words.ts"

/** `2026-Q4` as people say it: October to December 2026, in the language of the page. */
export function quarterName(quarter: string, language: Language): string {
  const [year = "", n = ""] = quarter.split("-Q")
  const monthAt = (place: number) => new Date(Date.UTC(Number(year), (Number(n) - 1) * 3 + place, 1))
  return new Intl.DateTimeFormat(localeOf(language), { month: "long", year: "numeric", timeZone: "UTC" }).formatRange(monthAt(0), monthAt(2))
}

/** `2027-01-31` as people say it. */
export function dayName(day: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: "long", timeZone: "UTC" }).format(new Date(day))
}

const localeOf = (language: Language) => (language === "en" ? "en-GB" : language)
