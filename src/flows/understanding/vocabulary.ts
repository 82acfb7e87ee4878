import { fits, oneSlip, skeleton, sound } from "./sound.ts"
import { LANGUAGES, type Language } from "./understood.ts"

/** One spelling. Languages are bits, in the order of LANGUAGES. */
export type Word = {
  readonly text: string
  /** What patterns know it as. */
  readonly symbols: readonly number[]
  /** Languages that have it as an everyday mark, that know it at all, and whose patterns use it. */
  readonly marks: number
  readonly knownIn: number
  readonly usedIn: number
  readonly filler: boolean
  /** What it may stand for, word by word. */
  readonly rewrites: readonly (readonly Word[])[]
}

type Draft = { -readonly [K in keyof Word]: Word[K] extends readonly (infer T)[] ? T[] : Word[K] }
type Stem = { readonly text: string; readonly word: Draft }

export const bit = (language: Language): number => 1 << LANGUAGES.indexOf(language)

/** Every word of every list, found as written or as near as its language allows. */
export class Vocabulary {
  readonly #words = new Map<string, Draft>()
  readonly #stems = new Map<string, Stem[]>()
  readonly #sounds: Map<string, Draft[]>[] = LANGUAGES.map(() => new Map())
  readonly #soundStems: Map<string, Stem[]>[] = LANGUAGES.map(() => new Map())
  readonly #slips: Map<string, Draft[]>[] = LANGUAGES.map(() => new Map())

  /** The word as written, made when it is new. */
  word(text: string): Draft {
    const existing = this.#words.get(text)
    if (existing) return existing
    const made: Draft = { text, symbols: [], marks: 0, knownIn: 0, usedIn: 0, filler: false, rewrites: [] }
    this.#words.set(text, made)
    return made
  }

  /** Lets a symbol be said by a word, or by every word with this beginning where it ends in a star. */
  say(text: string, symbol: number, language: Language): void {
    const stem = text.endsWith("*")
    const word = stem ? this.#stem(text.slice(0, -1)) : this.word(text)
    if (!word.symbols.includes(symbol)) word.symbols.push(symbol)
    word.usedIn |= bit(language)
    word.knownIn |= bit(language)
    if (!stem && text.includes("ñ")) this.say(text.replace(/ñ/g, "n"), symbol, language)
  }

  #stem(text: string): Draft {
    const bucket = listAt(this.#stems, text.slice(0, 2))
    const existing = bucket.find((stem) => stem.text === text)
    if (existing) return existing.word
    const word: Draft = { text, symbols: [], marks: 0, knownIn: 0, usedIn: 0, filler: false, rewrites: [] }
    bucket.push({ text, word })
    return word
  }

  /** Every word and every beginning. */
  all(): readonly Word[] {
    return [...this.#words.values(), ...[...this.#stems.values()].flat().map((stem) => stem.word)]
  }

  /** Builds the indexes for near matches. Called once, after the last word. */
  close(): void {
    LANGUAGES.forEach((language, index) => {
      const flag = bit(language)
      for (const word of this.#words.values()) {
        if ((word.usedIn & flag) === 0) continue
        const heard = sound(word.text, language)
        const sounds = this.#sounds[index]!
        listAt(sounds, heard).push(word)
        if (language === "ur-Latn" && skeleton(heard) !== "") listAt(sounds, skeleton(heard)).push(word)
        if (word.text.length < 5) continue
        const slips = this.#slips[index]!
        for (const short of shortened(word.text)) listAt(slips, short).push(word)
      }
      for (const stem of [...this.#stems.values()].flat()) {
        if ((stem.word.usedIn & flag) === 0) continue
        const heard = sound(`${stem.text}#`, language).replace("#", "")
        if (heard.length >= 4) listAt(this.#soundStems[index]!, heard.slice(0, 3)).push({ text: heard, word: stem.word })
      }
    })
  }

  /** The word as written, if any list has it. */
  exact(text: string): Word | undefined {
    return this.#words.get(text)
  }

  /** The stems that a text begins with. */
  beginnings(text: string, found: Word[]): void {
    const bucket = this.#stems.get(text.slice(0, 2))
    if (bucket) for (const stem of bucket) if (text.startsWith(stem.text)) found.push(stem.word)
  }

  /** The words that a text may be meant for in one language: by sound first, else by one slip in a word of five letters or more. */
  near(text: string, language: Language, found: Word[]): void {
    const index = LANGUAGES.indexOf(language)
    const before = found.length
    const heard = sound(text, language)
    if (heard.length > 1) {
      const alike = this.#sounds[index]!.get(heard)
      if (alike) found.push(...alike)
      const stems = this.#soundStems[index]!.get(heard.slice(0, 3))
      if (stems) for (const stem of stems) if (heard.startsWith(stem.text)) found.push(stem.word)
    }
    if (found.length === before && language === "ur-Latn") this.#byBones(heard, found)
    if (found.length === before && text.length >= 4) this.#bySlip(text, this.#slips[index]!, found)
  }

  #byBones(heard: string, found: Word[]): void {
    const bones = skeleton(heard)
    if (bones === "") return
    const alike = this.#sounds[LANGUAGES.indexOf("ur-Latn")]!.get(bones)
    if (alike) for (const word of alike) if (fits(sound(word.text, "ur-Latn"), heard)) found.push(word)
  }

  #bySlip(text: string, slips: ReadonlyMap<string, Draft[]>, found: Word[]): void {
    const letterLess = slips.get(text)
    if (letterLess) for (const word of letterLess) if (word.text.length > text.length) found.push(word)
    if (text.length < 5) return
    for (const short of shortened(text)) {
      const whole = this.#words.get(short)
      if (whole && whole.usedIn !== 0 && short.length >= 5 && slips.has(short.slice(1)) && !found.includes(whole)) found.push(whole)
      const alike = slips.get(short)
      if (alike) for (const word of alike) if (!found.includes(word) && oneSlip(word.text, text)) found.push(word)
    }
  }
}

function listAt<T>(map: Map<string, T[]>, key: string): T[] {
  const existing = map.get(key)
  if (existing) return existing
  const made: T[] = []
  map.set(key, made)
  return made
}

/** The text without each of its letters in turn. */
function shortened(text: string): string[] {
  const out: string[] = []
  for (let at = 0; at < text.length; at++) if (at === 0 || text.charCodeAt(at) !== text.charCodeAt(at - 1)) out.push(text.slice(0, at) + text.slice(at + 1))
  return out
}
