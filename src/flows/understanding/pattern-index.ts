import type { Pattern } from "./pattern.ts"

/** A pattern and the number of the rule or concept it belongs to. */
export type Entry = { readonly pattern: Pattern; readonly owner: number; readonly id: number }

/** Patterns by the symbol without which they cannot stand: of each, the rarest of its words. */
export class PatternIndex {
  readonly #bySymbol: (Entry[] | undefined)[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  /** `members` are the symbols of every element, `commonness` says of every symbol how often it is to be expected. */
  add(pattern: Pattern, owner: number, members: readonly (readonly number[])[], commonness: readonly number[]): void {
    const entry: Entry = { pattern, owner, id: this.#size++ }
    let anchor: readonly number[] = []
    let least = Infinity
    for (const element of pattern.flatMap((part) => part.elements)) {
      const symbols = members[element] ?? []
      const common = symbols.reduce((sum, symbol) => sum + (commonness[symbol] ?? 0), 0)
      if (common < least) {
        least = common
        anchor = symbols
      }
    }
    for (const symbol of anchor) {
      const bucket = this.#bySymbol[symbol]
      if (bucket) bucket.push(entry)
      else this.#bySymbol[symbol] = [entry]
    }
  }

  of(symbol: number): readonly Entry[] | undefined {
    return this.#bySymbol[symbol]
  }
}
