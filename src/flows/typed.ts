import { normal } from "./understanding/normal.ts"

/** Signs that say something by themselves, and are read like words; every other picture is passed over. */
const TOKENS = /[\p{L}\p{M}\p{N}]+|[🔴🆘👍👌✅👎❌]/gu

/** The words of a typed text, each in the one form in which it is compared with a list. A key held down counts once. */
export function wordsOf(text: string): readonly string[] {
  return normal(text.replace(/[\u20e3'’‘ʼ`]/g, "").replace(/(\p{L})\1{2,}/giu, "$1")).match(TOKENS) ?? []
}

/** Phrases to be found among typed words: the words they begin with, and how many words the longest has. */
export type Phrases = { readonly known: ReadonlySet<string>; readonly first: ReadonlySet<string>; readonly longest: number }

export function phrasesOf(list: Iterable<string>): Phrases {
  const phrases = [...list].map(wordsOf).filter((words) => words.length > 0)
  return {
    known: new Set(phrases.flatMap((words) => [words.join(" "), words.map(eased).join(" ")])),
    first: new Set(phrases.flatMap(([word = ""]) => [word, eased(word)])),
    longest: Math.max(0, ...phrases.map(({ length }) => length)),
  }
}

/** How many words from a place on make the longest phrase that stands there; 0 when none does. */
export function phraseAt(words: readonly string[], at: number, { known, first, longest }: Phrases): number {
  const begins = words[at]
  if (begins === undefined || !(first.has(begins) || first.has(eased(begins)))) return 0
  for (let count = Math.min(longest, words.length - at); count > 0; count--) {
    const here = words.slice(at, at + count)
    if (known.has(here.join(" ")) || known.has(here.map(eased).join(" "))) return count
  }
  return 0
}

/** Whether the words are exactly one of the phrases. */
export function isPhrase(words: readonly string[], phrases: Phrases): boolean {
  return words.length > 0 && phraseAt(words, 0, phrases) === words.length
}

/** The words without those that stand before and after what is meant. */
export function without(words: readonly string[], fillers: Phrases): readonly string[] {
  let rest = words
  for (let count = phraseAt(rest, 0, fillers); count > 0; count = phraseAt(rest, 0, fillers)) rest = rest.slice(count)
  for (let from = 0; from < rest.length; from++) if (covered(rest.slice(from), [fillers])) return rest.slice(0, from)
  return rest
}

/** Whether phrases of these lists, one after another, make up all of the words. */
export function covered(words: readonly string[], lists: readonly Phrases[]): boolean {
  let at = 0
  while (at < words.length) {
    const count = Math.max(...lists.map((list) => phraseAt(words, at, list)))
    if (count <= 0) return false
    at += count
  }
  return true
}

/** A word without the second of two like letters at its end: “noo”, “yess”. */
function eased(word: string): string {
  return word.replace(/(\p{L})\1$/u, "$1")
}

/** Whether one slip of a finger lies between two words: a letter too many, too few or wrong, or two that changed places. */
export function oneSlip(typed: string, meant: string): boolean {
  if (Math.abs(typed.length - meant.length) > 1) return false
  const [a, b] = [[...typed], [...meant]]
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  const rest = (letters: readonly string[], from: number) => letters.slice(from).join("")
  if (a.length > b.length) return rest(a, at + 1) === rest(b, at)
  if (a.length < b.length) return rest(a, at) === rest(b, at + 1)
  return rest(a, at + 1) === rest(b, at + 1) || (a[at] === b[at + 1] && a[at + 1] === b[at] && rest(a, at + 2) === rest(b, at + 2))
}
