import { createAddresses, type AddressWords } from "./report-addresses.ts"
import { createNumbersIn, type NumberWords } from "./report-numbers.ts"
import { anyOf, starts, type Piece } from "./report-pieces.ts"
import { wordsOf } from "./typed.ts"

/** What stands where she hid something. */
export const HIDDEN = "[…]"

/** How people of one language say a name, a number and an address. */
export type DetailWords = NumberWords &
  AddressWords & {
    /** What comes before their own or somebody else's name: “my name is”, “mera naam”. What follows is the name. */
    readonly names: readonly string[]
    /** Everyday words: a name ends where one of them follows. */
    readonly marks: readonly string[]
  }

/** Finds what may show who somebody is, and hides it. */
export type Details = {
  readonly found: (text: string) => boolean
  /** The text with a neutral mark in place of each piece. Nothing is found in it any more. */
  readonly hide: (text: string) => string
}

const MAIL = /[\p{L}\p{N}._%+-]+\s*(?:@|\(at\)|\[at\])\s*[\p{L}\p{N}-]+(?:\s*(?:\.|\(dot\)|\[dot\])\s*[\p{L}]{2,})+/giu
const LINK = /(?:https?:\/\/|www\.)\S+|\b[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?:com|net|org|info|me|pk|co|io|app|ly|link|page|in|uk|us|es|mx|fr|ar|co)\b(?:\/\S*)?/giu
const HANDLE = /(?<![\p{L}\p{N}])@\s?[\p{L}\p{N}_.]{2,}/gu

/** The most words of a name. */
const NAME_LENGTH = 3

/** @param lists the words of every language */
export function createDetails(lists: readonly DetailWords[]): Details {
  const marks = new Set(lists.flatMap(({ marks }) => marks.flatMap(wordsOf)))
  const naming = new RegExp(`${starts}(?:${anyOf(lists.flatMap(({ names }) => names))})\\s*[:=،,-]?\\s+`, "giu")
  const numbersIn = createNumbersIn(lists)
  const addressesIn = createAddresses(lists, marks)

  /** Where a name ends that begins here: after the words that are no everyday words; none where the first is one. */
  function nameAt(text: string, from: number): Piece {
    let to = from
    for (let count = 0; count < NAME_LENGTH; count++) {
      const word = (count === 0 ? /^[\p{L}\p{M}\p{N}.'’-]+/u : /^ +[\p{L}\p{M}'’-]+/u).exec(text.slice(to))?.[0]
      if (word === undefined || wordsOf(word).some((one) => marks.has(one))) break
      to += word.length
    }
    return { from, to }
  }

  function pieces(text: string): readonly Piece[] {
    const all = [MAIL, LINK, HANDLE].flatMap((pattern) => [...text.matchAll(pattern)].map((match) => ({ from: match.index, to: match.index + match[0].length })))
    const named = [...text.matchAll(naming)].map((match) => nameAt(text, match.index + match[0].length))
    return [...all, ...named, ...numbersIn(text), ...addressesIn(text)].filter(({ from, to }) => to > from).toSorted((a, b) => a.from - b.from)
  }

  function hide(text: string): string {
    let out = ""
    let at = 0
    for (const { from, to } of pieces(text)) {
      if (to <= at) continue
      out += text.slice(at, Math.max(at, from)) + HIDDEN
      at = to
    }
    return out + text.slice(at)
  }

  return { found: (text) => pieces(text).length > 0, hide }
}
