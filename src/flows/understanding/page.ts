import type { Pattern, Sequence } from "./pattern.ts"

/** Where something stands: first and last slot. */
export type Span = { readonly start: number; readonly end: number }

const SLOTS = 1200
const NOTES = 16000
const WINDOW = 9

/**
 * One text laid out in slots, a slot for a word, with a note for every symbol that stands somewhere. It is wiped and used
 * again for the next text; nothing of a text outlives the next `wipe`.
 */
export class Page {
  slots = 0
  /** The symbols that stand on the page, each once. */
  readonly present: number[] = []
  readonly #members: readonly (readonly number[])[]
  readonly #head: Int32Array
  readonly #seen: Int32Array
  /** For every element the turn in which it was looked for, negative when it was not there. */
  readonly #looked: Int32Array
  readonly #next = new Int32Array(NOTES)
  readonly #start = new Int32Array(NOTES)
  readonly #end = new Int32Array(NOTES)
  readonly #solid = new Int32Array(SLOTS + 1)
  readonly #sentence = new Int32Array(SLOTS + 1)
  readonly #covered = new Uint8Array(SLOTS + 1)
  #notes = 0
  #turn = 0
  #minding = 0

  constructor(symbols: number, members: readonly (readonly number[])[]) {
    this.#head = new Int32Array(symbols)
    this.#seen = new Int32Array(symbols)
    this.#looked = new Int32Array(members.length)
    this.#members = members
  }

  wipe(): void {
    this.#turn++
    this.#notes = 0
    this.#covered.fill(0, 0, this.slots + 1)
    this.slots = 0
    this.present.length = 0
    this.#minding = 0
  }

  /** Opens slots for a word. False when the page is full. */
  open(width: number, sentence: number, filler: boolean): boolean {
    if (this.slots + width > SLOTS) return false
    for (let slot = this.slots; slot < this.slots + width; slot++) {
      this.#sentence[slot] = sentence
      this.#solid[slot + 1] = (this.#solid[slot] ?? 0) + (filler ? 0 : 1)
    }
    this.slots += width
    return true
  }

  note(symbol: number, start: number, end: number): void {
    if (this.#notes >= NOTES) return
    const note = this.#notes++
    if (this.#seen[symbol] === this.#turn) this.#next[note] = this.#head[symbol] ?? -1
    else {
      this.#next[note] = -1
      this.#seen[symbol] = this.#turn
      this.present.push(symbol)
    }
    this.#start[note] = start
    this.#end[note] = end
    this.#head[symbol] = note
  }

  sentenceAt(slot: number): number {
    return this.#sentence[slot] ?? 0
  }

  /** Covers words for the purposes named by bits. */
  cover(span: Span, purposes: number): void {
    for (let slot = span.start; slot <= span.end; slot++) this.#covered[slot] = (this.#covered[slot] ?? 0) | purposes
  }

  /** From now on words covered for this purpose are not seen. 0 sees everything. */
  mindCover(purpose: number): void {
    this.#minding = purpose
  }

  /** Whether everything a pattern is made of stands somewhere. Quick, and enough to rule out nearly all. */
  mayHave(pattern: Pattern): boolean {
    for (const part of pattern) for (const element of part.elements) if (!this.#hasElement(element)) return false
    return true
  }

  /** Every place where the pattern stands. */
  find(pattern: Pattern): Span[] {
    const found: Span[] = []
    const first = pattern[0]
    if (!first || !this.mayHave(pattern)) return found
    if (pattern.length === 1) {
      this.#findSequence(first, found)
      return found
    }
    const parts = pattern.map((part) => {
      const spans: Span[] = []
      this.#findSequence(part, spans)
      return spans
    })
    for (const anchor of parts[0] ?? []) {
      const whole = this.#gather(anchor, parts)
      if (whole) found.push(whole)
    }
    return found
  }

  #hasElement(element: number): boolean {
    const looked = this.#looked[element]
    if (looked === this.#turn) return true
    if (looked === -this.#turn) return false
    for (const symbol of this.#members[element] ?? []) {
      if (this.#seen[symbol] === this.#turn) {
        this.#looked[element] = this.#turn
        return true
      }
    }
    this.#looked[element] = -this.#turn
    return false
  }

  /** The nearest span of every other part, none of them on another's words, all within the window. */
  #gather(anchor: Span, parts: readonly (readonly Span[])[]): Span | undefined {
    const taken: Span[] = [anchor]
    let start = anchor.start
    let end = anchor.end
    for (let part = 1; part < parts.length; part++) {
      let best: Span | undefined
      let bestDistance = WINDOW + 1
      for (const span of parts[part] ?? []) {
        if (taken.some((other) => span.start <= other.end && other.start <= span.end)) continue
        const distance = span.start > anchor.end ? this.#between(anchor.end, span.start) : this.#between(span.end, anchor.start)
        if (distance < bestDistance) {
          best = span
          bestDistance = distance
        }
      }
      if (!best) return undefined
      taken.push(best)
      start = Math.min(start, best.start)
      end = Math.max(end, best.end)
    }
    return { start, end }
  }

  #findSequence(sequence: Sequence, found: Span[]): void {
    for (const symbol of this.#members[sequence.elements[0] ?? -1] ?? []) {
      if (this.#seen[symbol] !== this.#turn) continue
      for (let note = this.#head[symbol] ?? -1; note >= 0; note = this.#next[note] ?? -1) {
        const start = this.#start[note] ?? 0
        if (sequence.atStart && this.#solid[start] !== 0) continue
        if (this.#hidden(note)) continue
        const end = this.#walk(sequence, 1, this.#end[note] ?? 0)
        if (end >= 0) found.push({ start, end })
      }
    }
  }

  /** The last slot of the rest of a sequence from an element on, or -1. */
  #walk(sequence: Sequence, index: number, end: number): number {
    if (index === sequence.elements.length) return sequence.atEnd && this.#solid[this.slots] !== this.#solid[end + 1] ? -1 : end
    const gap = sequence.gaps[index] ?? 0
    for (const symbol of this.#members[sequence.elements[index] ?? -1] ?? []) {
      if (this.#seen[symbol] !== this.#turn) continue
      for (let note = this.#head[symbol] ?? -1; note >= 0; note = this.#next[note] ?? -1) {
        const start = this.#start[note] ?? 0
        if (start <= end || this.#between(end, start) > gap) continue
        if (this.#sentence[start] !== this.#sentence[end] || this.#hidden(note)) continue
        const last = this.#walk(sequence, index + 1, this.#end[note] ?? 0)
        if (last >= 0) return last
      }
    }
    return -1
  }

  #between(end: number, start: number): number {
    return (this.#solid[start] ?? 0) - (this.#solid[end + 1] ?? 0)
  }

  #hidden(note: number): boolean {
    if (this.#minding === 0) return false
    for (let slot = this.#start[note] ?? 0; slot <= (this.#end[note] ?? 0); slot++) if (((this.#covered[slot] ?? 0) & this.#minding) !== 0) return true
    return false
  }
}
