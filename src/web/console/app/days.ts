/** First and last day of a period, both included, as in 2026-11-25. */
export type Period = { readonly from: string; readonly to: string }

/** The longest period that the house counts. */
export const MOST_DAYS = 366

const DAY_MS = 86_400_000

/** The day that it is at a moment in a time zone, as people write it to machines. */
export function dayIn(timeZone: string, at: Date): string {
  // Sweden writes days so.
  return at.toLocaleDateString("sv-SE", { timeZone })
}

/** So many days, the last of them today. */
export function lastDays(count: number, today: string): Period {
  return { from: new Date(Date.parse(today) - (count - 1) * DAY_MS).toISOString().slice(0, 10), to: today }
}

/** This month, up to today. */
export function thisMonth(today: string): Period {
  return { from: `${today.slice(0, -2)}01`, to: today }
}

/** How many days a period has; nothing when it is none, or too long to be counted. */
export function lengthOf({ from, to }: Period): number | undefined {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1
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
