import { anyOf, ends, starts, type Piece } from "./report-pieces.ts"
import { wordsOf } from "./typed.ts"

/** How people write where somebody lives, in one language. */
export type AddressWords = {
  /** Words before the number of a house or a street: “house”, “gali”. */
  readonly houses: readonly string[]
  /** What may stand between such a word and its number: “no”, “number”. */
  readonly numbering: readonly string[]
  /** Words before the name of a street: “calle”, “rue”. */
  readonly streetBefore: readonly string[]
  /** Small words within such a name: “de la”. */
  readonly streetWithin: readonly string[]
  /** Words after the name of a street: “Road”. */
  readonly streetAfter: readonly string[]
  /** Words that name no street where a name could stand: “main”. */
  readonly noStreet: readonly string[]
  /** What is counted: a number before one of these is no house. */
  readonly counted: readonly string[]
}

const NUMBER = "\\p{Nd}{1,5}(?:[-/]\\p{Nd}{1,4})?(?:[-/]?\\p{L})?"
const NAME = "[\\p{L}\\p{M}'’.-]+"

/**
 * Finds addresses: a house or a street with its number, a street with its name. A name is told from everyday words by its
 * capital letter, and in a script that has none by being no everyday word.
 * @param marks everyday words of all languages
 */
export function createAddresses(lists: readonly AddressWords[], marks: ReadonlySet<string>): (text: string) => readonly Piece[] {
  const all = (pick: (list: AddressWords) => readonly string[]) => anyOf(lists.flatMap(pick))
  const counted = all((list) => list.counted)
  const numbered = new RegExp(
    `${starts}(?:${all((list) => list.houses)})(?:[\\s.]*(?:${all((list) => list.numbering)}))?[\\s.:#،,-]*(?:\\p{L}-?)?${NUMBER}${ends}(?!\\s*(?:${counted})${ends})`,
    "giu",
  )
  const within = `(?:(?:${all((list) => list.streetWithin)})\\s+)*`
  const before = new RegExp(
    `${starts}(?:${all((list) => list.streetBefore)})[\\s.]+${within}(?<name>${NAME}(?:\\s+${NAME}){0,2}?)(?<number>[\\s,،#]+${NUMBER}${ends}(?!\\s*(?:${counted})${ends}))?`,
    "giu",
  )
  const after = new RegExp(`${starts}(?<name>${NAME})\\s+(?<street>${all((list) => list.streetAfter)})${ends}`, "giu")
  const none = new Set([...marks, ...lists.flatMap(({ noStreet }) => noStreet.flatMap(wordsOf))])

  const isWord = (name: string) => wordsOf(name).every((word) => none.has(word))
  const hasCapital = (name: string) => /^\p{Lu}/u.test(name)
  const hasNoCase = (name: string) => /^\p{Lo}/u.test(name)
  const isEveryday = (name: string) => wordsOf(name).some((word) => none.has(word))

  return (text) => {
    const found: Piece[] = []
    const add = (from: number, length: number) => found.push({ from, to: from + length })
    for (const { index, 0: whole } of text.matchAll(numbered)) add(index, whole.length)
    for (const { index, 0: whole, groups } of text.matchAll(before)) {
      const { name = "", number } = groups ?? {}
      const named = (hasCapital(name) || hasNoCase(name)) && !isWord(name.split(/\s+/)[0] ?? "")
      if (named || (number !== undefined && !isEveryday(name))) add(index, whole.length)
    }
    for (const { index, 0: whole, groups } of text.matchAll(after)) {
      const { name = "", street = "" } = groups ?? {}
      if (((hasCapital(name) && hasCapital(street)) || (hasNoCase(name) && hasNoCase(street))) && !isWord(name)) add(index, whole.length)
    }
    return found
  }
}
