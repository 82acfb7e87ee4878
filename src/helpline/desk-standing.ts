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

/** How the desk stands at a moment, for her. Pure. */
export function deskFacts({ hours, timeZone }: DeskFile, { closing, manned, waits }: DeskKnown, now: Date): DeskFacts {
  if (!manned) return { state: "nobody" }
  const range = rangeOf(waits)
  const opens = opensAt({ hours, timeZone }, closing, now)
  if (opens === "open") return { state: "open", ...(range && { range }) }
  const reason = closing !== undefined && closing.until > now ? REASONS.find((one) => one === closing.reason) : undefined
  const back =
    opens === undefined
      ? undefined
      : { ...clockAt(timeZone, opens), isToday: clockAt(timeZone, opens).day === clockAt(timeZone, now).day && opens.getTime() - now.getTime() < 24 * 3600_000 }
  return { state: "closed", ...(back && { opens: { from: back.time, ...(!back.isToday && { day: back.day }) } }), ...(reason && { closing: reason }) }
}

const REASONS = ["capacity", "holiday", "emergency", "other"] as const

/** Whether the desk is open at a moment; else when it opens, as far as that is known. Hours that nobody knows keep nobody out. */
export function opensAt({ hours, timeZone }: Pick<DeskFile, "hours" | "timeZone">, closing: DeskKnown["closing"], now: Date): "open" | Date | undefined {
  const isClosed = closing !== undefined && closing.until > now
  const from = isClosed ? closing.until : now
  const stands = standing(hours, timeZone, from)
  if (stands.type === "closed") return new Date(Math.floor(from.getTime() / 60_000) * 60_000 + opensInMinutes(stands, timeZone, from) * 60_000)
  return isClosed ? from : "open"
}

/** An honest range of minutes: what a quarter waited at most, and nine of ten. Nothing where too few are known. */
export function rangeOf(waits: readonly number[]): DeskFacts["range"] {
  if (waits.length < ENOUGH) return undefined
  const sorted = [...waits].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  const least = Math.max(1, Math.floor(at(0.25) / 60))
  return { least, most: Math.max(least + 1, Math.ceil(at(0.9) / 60)) }
}
