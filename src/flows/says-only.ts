import { covered, phraseAt, phrasesOf, wordsOf, type Phrases } from "./typed.ts"

/** How a language says that this is no good moment, from its `words.json`. */
export type NotNowWords = {
  /** What says it. */
  readonly notNow: readonly string[]
  /** What may stand around it: who is there, and the small words of a sentence. */
  readonly notNowWith: readonly string[]
  readonly no: readonly string[]
  readonly fillers: readonly string[]
}

const MOST_WORDS = 14

/** How a language thanks, from its `words.json`. */
export type ThanksWords = { readonly thanks: readonly string[]; readonly fillers: readonly string[]; readonly farewells: readonly string[] }

/** Whether a text thanks: it is made of thanks and what stands around them, and of nothing else. */
export function createThanks(lists: readonly ThanksWords[]): (text: string) => boolean {
  const thanks = phrasesOf(lists.flatMap((list) => list.thanks))
  const around = phrasesOf(lists.flatMap((list) => [...list.fillers, ...list.farewells]))
  return (text) => saysOnly(text, thanks, around)
}

/**
 * Whether a text, as the answer to whether this is a good moment, says no in other words: “later”, “he is next to me”. It
 * does when it is made of nothing else: with a knife in it, it is no answer any more.
 */
export function createNotNow(lists: readonly NotNowWords[]): (text: string) => boolean {
  const saying = phrasesOf(lists.flatMap(({ notNow }) => notNow))
  const around = phrasesOf(lists.flatMap((list) => [...list.notNowWith, ...list.no, ...list.fillers]))
  return (text) => saysOnly(text, saying, around)
}

/** Whether a short text says one of these, and around it nothing but those. */
function saysOnly(text: string, saying: Phrases, around: Phrases): boolean {
  const words = wordsOf(text)
  if (words.length === 0 || words.length > MOST_WORDS) return false
  return words.some((_, at) => phraseAt(words, at, saying) > 0) && covered(words, [saying, around])
}
