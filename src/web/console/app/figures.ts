import type { Numbers } from "../../../helpline/desk-view.ts"
import { lasting, type Words } from "./words.ts"

type Day = Numbers["byDay"][number]

/** What became of those who asked. `open`: nothing yet, so that the parts are the whole. */
export type Fate = { readonly what: "taken" | "leftQueue" | "nobodyCame" | "notPassedOn" | "open"; readonly count: number }

/** What became of everybody who asked, part by part. */
export function fatesOf({ asked, taken, leftQueue, nobodyCame, notPassedOn }: Numbers): readonly Fate[] {
  const parts: readonly Fate[] = [
    { what: "taken", count: taken },
    { what: "leftQueue", count: leftQueue },
    { what: "nobodyCame", count: nobodyCame },
    { what: "notPassedOn", count: notPassedOn },
  ]
  const open = asked - parts.reduce((sum, { count }) => sum + count, 0)
  return open > 0 ? [...parts, { what: "open", count: open }] : parts
}

/** More days than this are drawn by the week. */
const MOST_DRAWN = 62

/** The days to draw: each, or of a long period the sums of seven, the first day naming them. */
export function drawnDays(days: readonly Day[]): { readonly weeks: boolean; readonly days: readonly Day[] } {
  if (days.length <= MOST_DRAWN) return { weeks: false, days }
  const weeks = Array.from({ length: Math.ceil(days.length / 7) }, (_, i) => days.slice(i * 7, i * 7 + 7))
  return { weeks: true, days: weeks.map((week) => week.reduce((sum, day) => ({ ...sum, ...added(sum, day) }))) }
}

function added(a: Day, b: Day): Omit<Day, "day"> {
  return { asked: a.asked + b.asked, taken: a.taken + b.taken, nobodyCame: a.nobodyCame + b.nobodyCame, leftQueue: a.leftQueue + b.leftQueue }
}

/** Even marks from 0 up to at least the most, five of them at most besides 0. */
export function marksFor(most: number, steps: readonly number[]): readonly number[] {
  const step = steps.find((one) => most / one <= 5) ?? Math.ceil(most / 5)
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, i) => i * step)
}

/** Steps in which people count. */
export const COUNT_STEPS: readonly number[] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
/** Steps in which waits are told, in seconds. */
export const WAIT_STEPS: readonly number[] = [10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800]

/** A wait in words; `null` is too few to say. */
export function waitText(words: Words, seconds: number | null): string {
  if (seconds === null) return words.numbers.tooFew
  const text = seconds < 60 ? words.time.seconds(Math.round(seconds)) : lasting(words, Math.round(seconds / 60) * 60_000)
  return text.replaceAll(" ", "\u00A0")
}

/** A part of a whole in hundredths; nothing of nothing. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? "–" : `${Math.round((part / whole) * 100)}%`
}
