import type { Lexicon } from "./lexicon.ts"
import { Page } from "./page.ts"
import type { PatternIndex } from "./pattern-index.ts"
import { tokens, type Token } from "./token.ts"
import { LANGUAGES } from "./understood.ts"
import { bit, type Word } from "./vocabulary.ts"

const FRENCH = bit("fr")

/** Lays texts out on a page, with every reading of every word. */
export class Reader {
  readonly page: Page
  readonly #lexicon: Lexicon
  /** How many everyday words of each language the last text had. */
  readonly votes = new Float64Array(LANGUAGES.length)
  /** How many different everyday words of each language the last text had, and what those alone would vote. */
  readonly everyday = new Float64Array(LANGUAGES.length)
  readonly everydayVotes = new Float64Array(LANGUAGES.length)
  /** The languages the last text may be in, as bits: those whose everyday words it has, or all. */
  active = 0

  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon
    this.page = new Page(lexicon.symbols.count, lexicon.symbols.members)
  }

  /** Reads a normal text. The page and the votes are this text's until the next one. */
  read(text: string): readonly Token[] {
    const { page } = this
    page.wipe()
    const read = tokens(text)
    const exact = read.map((token) => (token.isNumber ? undefined : this.#lexicon.vocabulary.exact(token.text)))
    this.active = this.#count(read, exact)
    read.forEach((token, index) => this.#lay(token, exact[index], this.active))
    this.#join(read, exact)
    this.#countEveryday(exact)
    for (const index of this.#lexicon.phrases) this.#compose(index)
    return read
  }

  /** Notes the concepts of one rank. What they need is of lower ranks and all there. */
  #compose(index: PatternIndex): void {
    const { page } = this
    const already = page.present.length
    for (let at = 0; at < already; at++) {
      const candidates = index.of(page.present[at] ?? -1)
      if (!candidates) continue
      for (const { pattern, owner } of candidates) {
        if (page.mayHave(pattern)) for (const span of page.find(pattern)) page.note(owner, span.start, span.end)
      }
    }
  }

  readonly #starts: number[] = []

  #count(read: readonly Token[], exact: readonly (Word | undefined)[]): number {
    const { votes } = this
    votes.fill(0)
    this.#starts.length = 0
    let arabic = false
    read.forEach((token, index) => {
      const word = exact[index]
      if (word) for (let language = 0; language < votes.length; language++) votes[language] = (votes[language] ?? 0) + vote(word, 1 << language)
      const code = token.text.charCodeAt(0)
      if (code >= 0x600 && code < 0x780) arabic = true
    })
    const most = Math.max(...votes)
    let active = 0
    for (let language = 0; language < votes.length; language++) if (most === 0 || (votes[language] ?? 0) >= most * 0.3) active |= 1 << language
    // Scripts do not share a language: Urdu letters are always read as Urdu.
    return arabic ? active | 2 : active
  }

  #countEveryday(exact: readonly (Word | undefined)[]): void {
    this.everyday.fill(0)
    this.everydayVotes.fill(0)
    const words = new Set(exact)
    // Letters spelt out are of no language: `s t o p`.
    const letters = [...words].filter((word) => word?.text.length === 1).length
    for (const word of words) {
      if (word === undefined || (word.text.length === 1 && letters > 2)) continue
      for (let language = 0; language < LANGUAGES.length; language++) {
        if ((word.marks & (1 << language)) !== 0) this.everyday[language] = (this.everyday[language] ?? 0) + 1
        this.everydayVotes[language] = (this.everydayVotes[language] ?? 0) + vote(word, 1 << language)
      }
    }
  }

  #lay(token: Token, exact: Word | undefined, active: number): void {
    const { page } = this
    const start = page.slots
    this.#starts.push(start)
    if (token.isNumber) {
      if (!page.open(1, token.sentence, false)) return
      const value = Number(token.text)
      for (const number of this.#lexicon.numbers) if (value >= number.from && value <= number.to) page.note(number.symbol, start, start)
      const word = this.#lexicon.vocabulary.exact(token.text)
      if (word) for (const symbol of word.symbols) page.note(symbol, start, start)
      return
    }
    const readings: Word[] = exact ? [exact] : []
    this.#lexicon.vocabulary.beginnings(token.text, readings)
    const rewrites = exact?.rewrites ?? []
    if (readings.every((word) => (word.knownIn & active) === 0)) {
      if (active & FRENCH) {
        const behead = this.#behead(token.text)
        if (behead) return this.#laySeveral(token, readings, [behead], false)
      }
      const length = readings.length
      for (let language = 0; language < LANGUAGES.length; language++) {
        const name = LANGUAGES[language]
        if (name !== undefined && active & (1 << language) && fitsScript(token.text, name === "ur")) this.#lexicon.vocabulary.near(token.text, name, readings)
      }
      if (readings.length === length) {
        const split = this.#split(token.text)
        if (split) return this.#laySeveral(token, readings, [split], false)
      }
    }
    this.#laySeveral(token, readings, rewrites, exact?.filler ?? false)
  }

  #laySeveral(token: Token, readings: readonly Word[], rewrites: readonly (readonly Word[])[], filler: boolean): void {
    const { page } = this
    const start = page.slots
    let width = 1
    for (const words of rewrites) width = Math.max(width, words.length)
    if (!page.open(width, token.sentence, filler)) return
    const end = start + width - 1
    for (const word of readings) for (const symbol of word.symbols) page.note(symbol, start, end)
    for (const words of rewrites) {
      words.forEach((word, index) => {
        for (const symbol of word.symbols) page.note(symbol, start + index, index === words.length - 1 ? end : start + index)
      })
    }
  }

  /** A short word and the word after written as one: `lacide`. */
  #behead(text: string): readonly Word[] | undefined {
    for (const head of this.#lexicon.heads) {
      if (!text.startsWith(head) || text.length < head.length + 4) continue
      const first = this.#lexicon.vocabulary.exact(head)
      const rest = text.slice(head.length)
      const after: Word[] = []
      const whole = this.#lexicon.vocabulary.exact(rest)
      if (whole && (whole.knownIn & FRENCH) !== 0) after.push(whole)
      this.#lexicon.vocabulary.beginnings(rest, after)
      const second = after.find((word) => (word.knownIn & FRENCH) !== 0)
      if (first && second) return [first, second]
    }
    return undefined
  }

  /** A word and a tail written as one: `kardiya`. */
  #split(text: string): readonly Word[] | undefined {
    for (const tail of this.#lexicon.tails) {
      if (!text.endsWith(tail) || text.length < tail.length + 2) continue
      const first = this.#lexicon.vocabulary.exact(text.slice(0, -tail.length))
      const second = this.#lexicon.vocabulary.exact(tail)
      if (first && second) return [first, second]
    }
    return undefined
  }

  /** One word written as two: `black mail`, `jaun gi`. */
  #join(read: readonly Token[], exact: readonly (Word | undefined)[]): void {
    const { page } = this
    for (let index = 0; index + 1 < read.length; index++) {
      const one = read[index]
      const two = read[index + 1]
      if (!one || !two || one.isNumber || two.isNumber || one.sentence !== two.sentence) continue
      const glued = this.#lexicon.glue.has(two.text)
      if (!glued && (one.text.length + two.text.length < 6 || (exact[index] && exact[index + 1]))) continue
      const joined = one.text + two.text
      const word = this.#lexicon.vocabulary.exact(joined)
      if (!word) continue
      const start = this.#starts[index] ?? 0
      const end = (this.#starts[index + 2] ?? page.slots) - 1
      for (const symbol of word.symbols) page.note(symbol, start, end)
    }
  }
}

/** A mark counts whole, and less when other languages have it too; a word that only one language has counts a little. */
function vote(word: Word, language: number): number {
  if ((word.marks & language) !== 0) return word.marks === language ? 1 : 0.4
  return word.knownIn === language ? 0.3 : 0
}

function fitsScript(text: string, urdu: boolean): boolean {
  const code = text.charCodeAt(0)
  return urdu === (code >= 0x600 && code < 0x780)
}
