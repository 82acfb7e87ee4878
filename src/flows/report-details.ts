import { wordsOf } from "./typed.ts"

/** What stands where she hid something. */
export const HIDDEN = "[…]"

/** How people say their own or somebody else's name, in five languages; what follows is the name. */
export type NameWords = {
  /** What comes before a name: “my name is”, “mera naam”. */
  readonly names: readonly string[]
  /** Everyday words: a name ends where one of them follows. */
  readonly marks: readonly string[]
}

/** A piece of a text that may show who somebody is: where it stands. */
type Piece = { readonly from: number; readonly to: number }

/** Finds what may show who somebody is, and hides it. */
export type Details = {
  readonly found: (text: string) => boolean
  /** The text with a neutral mark in place of each piece. Nothing is found in it any more. */
  readonly hide: (text: string) => string
}

// Any digits that a phone number, an identity number or an account can be written in, seven or more of them together.
const NUMBER = /(?:\+|\p{Nd}|\()(?:[\s().\-–/]*\p{Nd}){6,}/gu
const MAIL = /[\p{L}\p{N}._%+-]+\s*(?:@|\(at\)|\[at\])\s*[\p{L}\p{N}-]+(?:\s*(?:\.|\(dot\)|\[dot\])\s*[\p{L}]{2,})+/giu
const LINK = /(?:https?:\/\/|www\.)\S+|\b[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?:com|net|org|info|me|pk|co|io|app|ly|link|page|in|uk|us|es|mx|fr|ar|co)\b(?:\/\S*)?/giu
const HANDLE = /(?<![\p{L}\p{N}])@\s?[\p{L}\p{N}_.]{2,}/gu

/** The most words of a name. */
const NAME_LENGTH = 3

/** @param lists the words before a name, of every language */
export function createDetails(lists: readonly NameWords[]): Details {
  const before = lists
    .flatMap(({ names }) => names)
    .toSorted((a, b) => b.length - a.length)
    .map((words) => words.trim().split(/\s+/).map(escaped).join("\\s+"))
  const marks = new Set(lists.flatMap(({ marks }) => marks.flatMap(wordsOf)))
  const naming = before.length === 0 ? undefined : new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${before.join("|")})\\s*[:=،,-]?\\s+`, "giu")

  /** Where a name ends that begins here: after its first word, and those behind it that are no everyday words. */
  function nameAt(text: string, from: number): Piece {
    let to = from
    for (let count = 0; count < NAME_LENGTH; count++) {
      const word = (count === 0 ? /^[\p{L}\p{M}\p{N}.'’-]+/u : /^ +[\p{L}\p{M}'’-]+/u).exec(text.slice(to))?.[0]
      if (word === undefined || (count > 0 && wordsOf(word).some((one) => marks.has(one)))) break
      to += word.length
    }
    return { from, to }
  }

  function pieces(text: string): readonly Piece[] {
    const all = [NUMBER, MAIL, LINK, HANDLE].flatMap((pattern) => [...text.matchAll(pattern)].map((match) => ({ from: match.index, to: match.index + match[0].length })))
    const named = naming === undefined ? [] : [...text.matchAll(naming)].map((match) => nameAt(text, match.index + match[0].length))
    return [...all, ...named].filter(({ from, to }) => to > from).toSorted((a, b) => a.from - b.from)
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

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/['’]/g, "['’]")
}
