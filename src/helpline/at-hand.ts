import type { Shelved } from "../store/turns.ts"

/** Some minutes of a busy evening; what falls out is loaded when it is next needed. */
const MOST = 4096

/**
 * Where conversations stood when they last landed, still covered, so that the next turn needn't ask. It may be behind:
 * another process may have moved on, or a row may be erased. Then the turn doesn't land, and is taken again from the shelf.
 */
export type AtHand = {
  readonly get: (id: string) => Shelved | undefined
  readonly put: (id: string, shelved: Shelved) => void
  readonly drop: (id: string) => void
}

export function createAtHand(): AtHand {
  const places = new Map<string, Shelved>()
  return {
    get: (id) => places.get(id),
    put(id, shelved) {
      // Put in again at the end: the first of the map is the one that was left alone the longest.
      places.delete(id)
      places.set(id, shelved)
      const [oldest] = places.size > MOST ? places.keys() : []
      if (oldest !== undefined) places.delete(oldest)
    },
    drop: (id) => void places.delete(id),
  }
}
