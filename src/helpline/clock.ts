/** The time that the house goes by, in milliseconds since 1970. */
export type Clock = {
  readonly now: () => number
  /** Asks the database's clock again; what was known holds as long as it can't be had. */
  readonly set: () => Promise<void>
}

/**
 * A clock that keeps to the database's, which all processes of a house have in common: whatever a machine takes the time
 * to be, no timer acts early and nobody who is there is taken to be gone. Between two askings it goes on by itself.
 * @param elapsed milliseconds of a clock that nobody sets
 * @param ask the database's clock, in milliseconds since 1970
 */
export async function createClock(elapsed: () => number, ask: () => Promise<number>): Promise<Clock> {
  let ahead: number | undefined
  async function set(): Promise<void> {
    const before = elapsed()
    const there = await ask()
    // It was looked at somewhere between the question and its answer; only what lies outside of that is wrong.
    const [least, most] = [there - elapsed(), there - before]
    ahead = ahead === undefined ? (least + most) / 2 : Math.min(Math.max(ahead, least), most)
  }
  await set()
  return { now: () => Math.round(elapsed() + (ahead ?? 0)), set }
}
