import type { DeskFacts } from "../flows/effect.ts"
import type { DeskFile } from "./desk-file.ts"
import { clockAt, opensInMinutes, standing } from "./hours.ts"

/** What is known of the desk, besides the clock. */
export type DeskKnown = {
  readonly closing: { readonly reason: string; readonly until: Date } | undefined
  /** Whether anybody works here who may take chats. */
  readonly manned: boolean
  /** How long people waited lately, in seconds. */
  readonly waits: readonly number[]
}

/** Fewer waits than this say nothing. */
const ENOUGH = 5
const MINUTE = 60_000

/** How the desk stands at a moment, for her. Pure. */
export function deskFacts({ hours, timeZone }: DeskFile, { closing, manned, waits }: DeskKnown, now: Date): DeskFacts {
  if (!manned) return { state: "nobody" }
  const range = rangeOf(waits)
  const opens = opensAt({ hours, timeZone }, closing, now)
  if (opens === "open") return { state: "open", ...(range && { range }) }
  const reason = closing !== undefined && closing.until > now ? REASONS.find((one) => one === closing.reason) : undefined
  // A weekday says which day only within a week.
  const isSoon = opens !== undefined && opens.getTime() - now.getTime() < 6 * 24 * 60 * MINUTE
  const back =
    opens === undefined || !isSoon
      ? undefined
      : { ...clockAt(timeZone, opens), isToday: clockAt(timeZone, opens).day === clockAt(timeZone, now).day && opens.getTime() - now.getTime() < 24 * 3600_000 }
  return { state: "closed", ...(back && { opens: { from: back.time, ...(!back.isToday && { day: back.day }) } }), ...(reason && { closing: reason }) }
}

const REASONS = ["capacity", "holiday", "emergency", "other"] as const

/** Whether the desk is open at a moment; else when it opens, as far as that is known. Hours that nobody knows keep nobody out. */
export function opensAt({ hours, timeZone }: Pick<DeskFile, "hours" | "timeZone">, closing: DeskKnown["closing"], now: Date): "open" | Date | undefined {
  const isClosed = closing !== undefined && closing.until > now
  const from = isClosed ? closing.until : now
  const opens = openingAfter(hours, timeZone, from)
  return opens === from && !isClosed ? "open" : opens
}

/** The first open moment from one on. */
function openingAfter(hours: DeskFile["hours"], timeZone: string, from: Date): Date {
  const stands = standing(hours, timeZone, from)
  if (stands.type !== "closed") return from
  const minute = Math.floor(from.getTime() / MINUTE)
  const counted = minute + opensInMinutes(stands, timeZone, from)
  if (clockAt(timeZone, new Date(counted * MINUTE)).time === stands.from) return new Date(counted * MINUTE)
  // Clocks are changed in between, by an hour at most: so near to it each minute is looked at.
  for (let at = Math.max(minute + 1, counted - 60); at <= counted + 60; at++) {
    if (standing(hours, timeZone, new Date(at * MINUTE)).type !== "closed") return new Date(at * MINUTE)
  }
  return openingAfter(hours, timeZone, new Date((counted + 60) * MINUTE))
}

/** An honest range of minutes: what a quarter waited at most, and nine of ten. Nothing where too few are known. */
export function rangeOf(waits: readonly number[]): DeskFacts["range"] {
  if (waits.length < ENOUGH) return undefined
  const sorted = [...waits].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  const least = Math.max(1, Math.floor(at(0.25) / 60))
  return { least, most: Math.max(least + 1, Math.ceil(at(0.9) / 60)) }
}
