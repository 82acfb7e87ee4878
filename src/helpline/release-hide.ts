import { THRESHOLD, type Lot } from "./release-shapes.ts"

/** What something counts to, by its id. */
export type Counts = ReadonlyMap<string, number>

/**
 * Which parts of a published whole may be shown. Those that may not are none, or at least two that hold at least eleven
 * together: so nothing below eleven follows from the whole, and a report known to be in one of them may be in another.
 * Where the small ones alone are too few for that, one that is large enough is withheld with them, by lot: whoever knows
 * this rule still can't tell whether a hidden part is none, ten, or anything between.
 */
export function shownParts(counts: Counts, lot: Lot): ReadonlySet<string> {
  const small = [...counts].filter(([, count]) => count < THRESHOLD)
  const together = small.reduce((sum, [, count]) => sum + count, 0)
  const safe = small.length === 0 || together >= THRESHOLD
  return without(counts, small, safe ? undefined : companion(counts, lot))
}

/**
 * Which options may be shown that reports may name together; `of` reports name something. An option that nearly all of
 * them name is hidden like one that nearly none does: those who don't would be few. A lone hidden one has a second
 * withheld with it: else a report that names nothing of what is shown would have to name that one.
 */
export function shownNamed(counts: Counts, of: number, lot: Lot): ReadonlySet<string> {
  const few = [...counts].filter(([, count]) => count < THRESHOLD || of - count < THRESHOLD)
  const open = new Map([...counts].filter(([id]) => !few.some(([one]) => one === id)))
  return without(counts, few, few.length === 1 ? companion(open, lot) : undefined)
}

function without(counts: Counts, few: readonly (readonly [string, number])[], also: string | undefined): ReadonlySet<string> {
  const hidden = new Set([...few.map(([id]) => id), ...(also === undefined ? [] : [also])])
  return new Set([...counts.keys()].filter((id) => !hidden.has(id)))
}

/** One of those that are large enough, drawn by lot; the smaller, the likelier by far. */
function companion(counts: Counts, lot: Lot): string | undefined {
  const drawn = [...counts].filter(([, count]) => count >= THRESHOLD).map(([id, count]) => ({ id, key: -Math.log(1 - lot(id)) * count ** 4 }))
  return drawn.sort((a, b) => a.key - b.key)[0]?.id
}
