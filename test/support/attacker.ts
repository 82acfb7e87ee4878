/** What somebody can do who has two lists of the same people in orders of their own, and wants to know who is who. */

/** How many stand at the same place in both. By chance it is one, whatever the length: of 1,000,000 tries one has ten or more. */
export function samePlaces(one: readonly string[], other: readonly string[]): number {
  return one.filter((id, place) => other[place] === id).length
}

/**
 * Spearman's rank correlation in its own standard deviations, 1/√(n−1) each: how far the one order follows the other, forwards or
 * backwards. By chance it is beyond five in one try of 1,700,000.
 */
export function orderLikeness(one: readonly string[], other: readonly string[]): number {
  const places = new Map(other.map((id, place) => [id, place]))
  const n = one.length
  const squares = one.reduce((sum, id, place) => sum + (place - (places.get(id) ?? 0)) ** 2, 0)
  return Math.abs(1 - (6 * squares) / (n * (n * n - 1))) * Math.sqrt(n - 1)
}

/** What follows from each pair of orders that isn't chance any more, as sentences. */
export function betterThanChance(people: Readonly<Record<string, readonly string[]>>, things: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.entries(people).flatMap(([mine, one]) =>
    Object.entries(things).flatMap(([theirs, other]) => {
      const same = Math.max(samePlaces(one, other), samePlaces(one, [...other].reverse()))
      const likeness = orderLikeness(one, other)
      return same >= 10 || likeness >= 5 ? [`${mine} × ${theirs}: ${same} at the same place of ${one.length}, order ${likeness.toFixed(1)} deviations`] : []
    }),
  )
}
