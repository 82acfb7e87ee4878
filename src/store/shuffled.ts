import { randomInt } from "node:crypto"

/** The same things in an order by chance (Fisher and Yates), from the system's own source of it. */
export function shuffled<T>(list: readonly T[]): readonly T[] {
  const copy = [...list]
  for (let last = copy.length - 1; last > 0; last--) {
    const other = randomInt(last + 1)
    const moved = copy[last] as T
    copy[last] = copy[other] as T
    copy[other] = moved
  }
  return copy
}
