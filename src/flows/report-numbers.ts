import { digitValue } from "./options.ts"
import { anyOf, ends, starts, type Piece } from "./report-pieces.ts"

/** How numbers are written in one language, apart from digits. */
export type NumberWords = {
  /** Small numbers as words, of which longer ones are read out. */
  readonly digits: readonly string[]
  /** Words and signs of money. */
  readonly money: readonly string[]
}

// Any digits that a phone number, an identity number or an account can be written in, seven or more of them together.
const NUMBER = /(?:\+|\p{Nd}|\()(?:[\s().\-–/]*\p{Nd}){6,}/gu
/** So many words of digits, one after another, are a number that was read out. */
const SPELT = 6

const DAY = "(?:0?[1-9]|[12]\\d|3[01])"
const MONTH = "(?:0?[1-9]|1[0-2])"
const YEAR = "(?:19|20)\\d\\d"
const dateWith = (mark: string) => `(?:${DAY}(?<${mark}>[./-])${DAY}\\k<${mark}>${YEAR}|${YEAR}[./-]${MONTH}[./-]${DAY}|${YEAR}(?:[/-]\\d\\d)?)`
const DATES = new RegExp(`^${dateWith("one")}(?:[\\s.–-]+(?:${dateWith("other")}|\\d{1,2}))*$`, "u")
/** A sum has fewer digits than a phone number, and doesn't begin as one. */
const SUM = /^[1-9](?:\D*\d){6,8}$/

/** Finds numbers that may lead to somebody, in digits or read out; dates and sums of money lead to nobody. */
export function createNumbersIn(lists: readonly NumberWords[]): (text: string) => readonly Piece[] {
  const digit = `(?:${anyOf(lists.flatMap(({ digits }) => digits))}|\\p{Nd}{1,4})`
  const spelt = new RegExp(`${starts}${digit}(?:(?:[\\s,،.–-]|\\s(?:y|et)(?=\\s))+${digit}){${SPELT - 1},}${ends}`, "giu")
  const money = anyOf(lists.flatMap((list) => list.money))
  const moneyBefore = new RegExp(`(?:${money})[\\s.]*$`, "iu")
  const moneyAfter = new RegExp(`^[\\s/-]*(?:${money})(?!\\p{L})`, "iu")

  function isHarmless(text: string, { from, to }: Piece): boolean {
    const number = text.slice(from, to).replace(/\p{Nd}/gu, digitValue)
    return DATES.test(number) || (SUM.test(number) && (moneyBefore.test(text.slice(0, from)) || moneyAfter.test(text.slice(to))))
  }

  return (text) => {
    const at = ({ index, 0: whole }: RegExpExecArray) => ({ from: index, to: index + whole.length })
    return [...[...text.matchAll(NUMBER)].map(at).filter((piece) => !isHarmless(text, piece)), ...[...text.matchAll(spelt)].filter(([whole]) => /\p{L}/u.test(whole)).map(at)]
  }
}
