/** A piece of a text that may show who somebody is: where it stands. */
export type Piece = { readonly from: number; readonly to: number }

/** Where a word begins and where it ends, in any script. */
export const starts = "(?<![\\p{L}\\p{M}\\p{N}])"
export const ends = "(?![\\p{L}\\p{M}\\p{N}])"

/** Any of some phrases as part of a pattern, the longest first; their spaces may be wider, their apostrophes curved. */
export function anyOf(phrases: readonly string[]): string {
  return phrases
    .toSorted((a, b) => b.length - a.length)
    .map((words) => words.trim().split(/\s+/).map(escaped).join("\\s+"))
    .join("|")
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/['’]/g, "['’]")
}
