/**
 * Spaces what leaves on one channel evenly, so that no second carries more than its limit, wherever the second is cut. A
 * little under the limit, so that what a busy machine was late by can be made up for: it is used to within two hundredths.
 * Time is given, never read.
 */
export type Pace = {
  /** Milliseconds until something may leave. */
  readonly waitMs: (now: number) => number
  /** The same for an answer where the limit is meant for what goes to many: it goes ahead, by a few, and the others wait the longer. */
  readonly aheadMs: (now: number) => number
  /** Notes that this much has left now. */
  readonly spend: (cost: number, now: number) => void
  /** Lets nothing leave before then. */
  readonly pauseUntil: (then: number) => void
}

/** What is used of a limit. In a second of even steps this leaves room for what comes late, and for what comes early. */
const USED = 0.985
/** So much of a delay is made up for: with what a message takes from here to the wire, a second still carries no more than its limit. */
const LATE_MS = 4
/** So far may answers run ahead: nine of them, at thirty a second. */
const AHEAD_MS = 300
/** No timer waits less than a millisecond; what is due within one may leave, and the next waits the longer. */
const EARLY_MS = 1

export function createPace(perSecond: number): Pace {
  const perMs = (perSecond * USED) / 1000
  let free = 0
  let paused = 0
  const until = (then: number, now: number) => (then - now < EARLY_MS ? 0 : then - now)
  return {
    waitMs: (now) => until(Math.max(free, paused), now),
    aheadMs: (now) => until(Math.max(free - AHEAD_MS, paused), now),
    spend(cost, now) {
      free = Math.max(free, now - LATE_MS) + cost / perMs
    },
    pauseUntil(then) {
      paused = Math.max(paused, then)
    },
  }
}
