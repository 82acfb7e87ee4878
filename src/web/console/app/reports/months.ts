/** The month of a day, as it is kept: `2026-11`. */
export const monthOf = (date: Date): string => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}`

/** Whether this is the last month in which something is kept. */
export const isLast = (keptUntil: string, now: Date): boolean => keptUntil <= monthOf(now)

/** A month in the language of the page. */
export function monthName(month: string, language: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number)
  return new Date(year, number - 1, 15).toLocaleDateString(language === "en" ? "en-GB" : language, { month: "long", year: "numeric" })
}
