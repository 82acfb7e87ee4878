/** Names of what can stand on a page, as numbers: words and concepts (symbols), and the choices between them (elements). */
export class Symbols {
  readonly #ids = new Map<string, number>()
  readonly #elements = new Map<string, number>()
  readonly #members: (readonly number[])[] = []

  symbol(name: string): number {
    const id = this.#ids.get(name) ?? this.#ids.size
    this.#ids.set(name, id)
    return id
  }

  /** The number of a choice between symbols. The same choice has the same number wherever it is made. */
  element(symbols: readonly number[]): number {
    const members = [...new Set(symbols)].sort((a, b) => a - b)
    const key = members.join()
    const existing = this.#elements.get(key)
    if (existing !== undefined) return existing
    this.#elements.set(key, this.#members.length)
    return this.#members.push(members) - 1
  }

  get count(): number {
    return this.#ids.size
  }

  /** The symbols of every element. */
  get members(): readonly (readonly number[])[] {
    return this.#members
  }
}
