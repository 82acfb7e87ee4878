/** The month of a moment, `2026-11`, by the calendar of Greenwich. */
export function monthOf(now: number): string {
  return new Date(now).toISOString().slice(0, 7)
}

/** So many months later. */
export function monthsLater(month: string, months: number): string {
  return monthOf(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1 + months, 1))
}

/** As the shelf has it: the first day of the month. */
export function firstDay(month: string): string {
  return `${month}-01`
}

/** The day of a moment at a place that begins its days at this hour, `2026-11-21`. */
export function dayOf(now: number, timeZone: string, beginsAt: number): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" })
  return parts.format(new Date(now - beginsAt * 3600_000))
}
