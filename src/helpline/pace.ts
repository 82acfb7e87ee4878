/**
 * Spaces what leaves on one channel evenly, so that no second ever carries more than its limit, wherever the second is
 * cut. Time is given, never read.
 */
export type Pace = {
  /** Milliseconds until something may leave. */
  readonly waitMs: (now: number) => number
  /** Notes that this much has left now. */
  readonly spend: (cost: number, now: number) => void
  /** Lets nothing leave before then. */
  readonly pauseUntil: (then: number) => void
}

export function createPace(perSecond: number): Pace {
  let free = 0
  return {
    // No timer waits less than a millisecond; what is due within one may leave, and the next waits the longer.
    waitMs: (now) => (free - now < 1 ? 0 : free - now),
    spend(cost, now) {
      free = Math.max(free, now) + (cost * 1000) / perSecond
    },
    pauseUntil(then) {
      free = Math.max(free, then)
    },
  }
}
