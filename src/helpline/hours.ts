import type { Day } from "../flows/effect.ts"

/** When a line is open, in its own time zone. */
export type Hours = "always" | "unknown" | readonly { readonly days: readonly Day[]; readonly from: string; readonly to: string }[]
export type { Day } from "../flows/effect.ts"

/** How a line stands at a moment. Times are as the clock shows them where the line is. */
export type Standing =
  | { readonly type: "always" }
  | { readonly type: "unknown" }
  | { readonly type: "open"; readonly until: string }
  | { readonly type: "closed"; readonly from: string; readonly inDays: number; readonly day: Day }

/** From Monday to Sunday, as 1 January 2024 and the six days after it. */
export const DAYS: readonly Day[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

/** Tells how a line stands at a moment. Hours that pass midnight belong to the day they begin on. */
export function standing(hours: Hours, timeZone: string, now: Date): Standing {
  if (hours === "always" || hours === "unknown") return { type: hours }
  const { day, minutes } = clockIn(timeZone, now)
  const spans = hours.flatMap(({ days, from, to }) => days.map((name) => ({ day: DAYS.indexOf(name), from, to })))
  for (const { day: begins, from, to } of spans) {
    const length = (minutesOf(to) - minutesOf(from) + 1440) % 1440 || 1440
    // Counted around the week, so that Sunday night's hours are seen from Monday morning.
    const since = ((day - begins + 7) % 7) * 1440 + minutes - minutesOf(from)
    if (since >= 0 && since < length) return { type: "open", until: to }
  }
  const next = spans
    .map(({ day: begins, from }) => {
      const ahead = (((begins - day + 7) % 7) * 1440 + minutesOf(from) - minutes + 7 * 1440) % (7 * 1440)
      return { from, ahead, day: DAYS[begins] ?? "mon" }
    })
    .sort((a, b) => a.ahead - b.ahead)[0]
  if (next === undefined) return { type: "unknown" }
  return { type: "closed", from: next.from, inDays: Math.floor((minutes + next.ahead) / 1440), day: next.day }
}

/** How many minutes from a moment on a closed line opens. */
export function opensInMinutes({ from, inDays }: Extract<Standing, { type: "closed" }>, timeZone: string, now: Date): number {
  return inDays * 1440 + minutesOf(from) - clockIn(timeZone, now).minutes
}

/** Weekday and time of the day, as the clock shows them there. */
export function clockAt(timeZone: string, moment: Date): { readonly day: Day; readonly time: string } {
  const { day, minutes } = clockIn(timeZone, moment)
  return { day: DAYS[day] ?? "mon", time: `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}` }
}

const formats = new Map<string, Intl.DateTimeFormat>()

function clockIn(timeZone: string, now: Date): { readonly day: number; readonly minutes: number } {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
    formats.set(timeZone, format)
  }
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]))
  return { day: DAYS.indexOf((parts["weekday"] ?? "Mon").toLowerCase() as Day), minutes: Number(parts["hour"]) * 60 + Number(parts["minute"]) }
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
}
