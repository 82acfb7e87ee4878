import type { Quarter } from "./release-shapes.ts"

/** Days between the end of a quarter and its release: time to code, to ask, and to take back. */
export const DELAY_DAYS = 30

/** Why a release isn't cut, with what would go instead: the first day it may be, or the quarter whose turn it is. */
export type NotNow = { readonly why: "too-early"; readonly from: string } | { readonly why: "cut-already" } | { readonly why: "another-first"; readonly next: Quarter }

/** Reads `2026-Q3`; undefined when it is no quarter. */
export function quarterIn(text: string): Quarter | undefined {
  return /^20\d\d-Q[1-4]$/.test(text) ? (text as Quarter) : undefined
}

/** The quarter of a day, `2026-08-14`. */
export function quarterOf(day: string): Quarter {
  return `${Number(day.slice(0, 4))}-Q${(Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1) as 1 | 2 | 3 | 4}`
}

/** The quarter after it. */
export function nextQuarter(quarter: Quarter): Quarter {
  return quarterOf(endOf(quarter))
}

/** The first day that belongs to it no more, `2026-10-01`. */
export function endOf(quarter: Quarter): string {
  return dayOf(Date.UTC(Number(yearOf(quarter)), Number(quarter.at(-1)) * 3, 1))
}

/** The year of it, `2026`. */
export function yearOf(quarter: Quarter): string {
  return quarter.slice(0, 4)
}

/** The first day on which it may be cut. */
export function cuttableFrom(quarter: Quarter): string {
  return dayOf(Date.parse(endOf(quarter)) + DELAY_DAYS * 24 * 3600_000)
}

/** Whether a quarter may be cut on a day; `cut` are those that were. They are cut in order and without a gap; the first may be any. */
export function mayCut(quarter: Quarter, cut: readonly Quarter[], today: string): NotNow | undefined {
  const newest = [...cut].sort().at(-1)
  if (cut.includes(quarter)) return { why: "cut-already" }
  if (newest !== undefined && quarter !== nextQuarter(newest)) return { why: "another-first", next: nextQuarter(newest) }
  return today < cuttableFrom(quarter) ? { why: "too-early", from: cuttableFrom(quarter) } : undefined
}

/** The quarter whose turn it is: after the newest release; before the first, that of the oldest report, or the last that may be cut. */
export function dueQuarter(cut: readonly Quarter[], oldestMonth: string | undefined, today: string): Quarter {
  const newest = [...cut].sort().at(-1)
  if (newest !== undefined) return nextQuarter(newest)
  if (oldestMonth !== undefined) return quarterOf(oldestMonth)
  let last = quarterOf(dayOf(Date.parse(today) - 366 * 24 * 3600_000))
  while (cuttableFrom(nextQuarter(last)) <= today) last = nextQuarter(last)
  return last
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
