/** First and last day of a period, both included, as in 2026-11-25. */
export type Period = { readonly from: string; readonly to: string }

/** The longest period that the house counts. */
export const MOST_DAYS = 366

/** A day as people write it to machines. */
export function dayOf(date: Date): string {
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`
}

/** So many days, the last of them today. */
export function lastDays(count: number, today: Date): Period {
  return { from: dayOf(new Date(today.getFullYear(), today.getMonth(), today.getDate() - count + 1)), to: dayOf(today) }
}

/** This month, up to today. */
export function thisMonth(today: Date): Period {
  return { from: dayOf(new Date(today.getFullYear(), today.getMonth(), 1)), to: dayOf(today) }
}

/** How many days a period has; nothing when it is none, or too long to be counted. */
export function lengthOf({ from, to }: Period): number | undefined {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
  return days >= 1 && days <= MOST_DAYS ? days : undefined
}

/** A day in the language of the page; the year only where it isn't this one. */
export function dayName(day: string, language: string): string {
  const date = new Date(`${day}T12:00:00`)
  return date.toLocaleDateString(language === "en" ? "en-GB" : language, {
    day: "numeric",
    month: "short",
    ...(date.getFullYear() !== new Date().getFullYear() && { year: "numeric" }),
  })
}
