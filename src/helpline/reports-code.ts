import { randomFillSync } from "node:crypto"

/**
 * The digits that lead back to a report: seven find it, ten prove it, and the last is Verhoeff's check digit, which no
 * single slip and no swap of neighbours gets past.
 */
export const CODE = { selector: 7, proof: 10, length: 18 } as const

/** A code as somebody typed it. `slipped`: its check digit says that it can't be one. */
export type TypedCode = { readonly selector: string; readonly proof: string; readonly slipped: boolean }

/** A code in a text, and what else the text says: its words with every number left out that may be a code. */
export type CodeInText = { readonly code: TypedCode; readonly beside: string | undefined }

/** What stands where digits were left out. */
const LEFT_OUT = "[…]"

/** Digits that nobody has: 17 by chance, and their check digit. */
export function freshCode(): string {
  // 128 bits for 57: what the remainder favours is beyond counting.
  const chance = BigInt(`0x${randomFillSync(Buffer.alloc(16)).toString("hex")}`)
  const digits = String(chance % 10n ** 17n).padStart(17, "0")
  return digits + checkDigit(digits)
}

/** The digits of a code, in its parts. */
export function partsOf(digits: string): TypedCode {
  return { selector: digits.slice(0, CODE.selector), proof: digits.slice(CODE.selector, CODE.length - 1), slipped: checkDigit(digits.slice(0, -1)) !== digits.at(-1) }
}

/** Whether somebody typed these very digits. */
export function isTyped(typed: TypedCode, digits: string): boolean {
  const { selector, proof } = partsOf(digits)
  return !typed.slipped && typed.selector === selector && typed.proof === proof
}

/**
 * The code in a text, in digits of any script, with spaces and dashes anywhere between them, also in the middle of a
 * sentence or of other numbers. Eighteen digits that are the whole text, or stand in even groups as a code is shown, are one
 * when it has slipped, too: somebody meant to type it, and what is nearly a code mustn't be kept anywhere, either.
 */
export function codeIn(text: string): CodeInText | undefined {
  // What is no text at all is the flows' to refuse.
  if (typeof text !== "string" || text.length < CODE.length) return undefined
  const plain = plainOf(text)
  const alone = plain.replace(/[\s\p{Pd}\u2212.,:;!?#*()[\]"'«»]/gu, "").match(/^[0-9]{18}$/) !== null
  const codeOf = (run: string) => {
    const groups = run.split(/[^0-9]+/)
    const shown = alone || EVEN.has(groups.map(({ length }) => length).join(" "))
    return [...windows(groups)].map(partsOf).find(({ slipped }) => !slipped || shown)
  }
  const code = [...plain.matchAll(RUN)].map(([run]) => codeOf(run)).find((one) => one !== undefined)
  if (code === undefined) return undefined
  const beside = plain.replace(RUN, (run) => (codeOf(run) === undefined ? run : LEFT_OUT))
  return { code, beside: /\p{L}/u.test(beside) ? beside : undefined }
}

/** Eighteen digits as we show them, or as somebody copies them: in one, in groups of three or of six. */
const EVEN: ReadonlySet<string> = new Set(["18", "6 6 6", "3 3 3 3 3 3"])

/** Groups of digits with nothing but spaces and dashes between them. */
const RUN = /[0-9](?:[\s\p{Pd}\u2212]*[0-9])+/gu

/** The text in the digits of every day, and without marks that only say which way to write. */
function plainOf(text: string): string {
  return text.replace(/\p{Cf}/gu, "").replace(/\p{Nd}/gu, (digit) => String(valueOf(digit)))
}

/** Every eighteen digits that begin and end where a group does: in the middle of a longer number there is no code. */
function* windows(groups: readonly string[]): Generator<string> {
  for (let from = 0; from < groups.length; from++) {
    let digits = ""
    for (let to = from; to < groups.length && digits.length < CODE.length; to++) digits += groups[to]
    if (digits.length === CODE.length) yield digits
  }
}

/** Digits of a script stand ten in a row, from nought to nine. */
function valueOf(digit: string): number {
  const here = digit.codePointAt(0) ?? 0
  let first = here
  while (/^\p{Nd}$/u.test(String.fromCodePoint(first - 1))) first -= 1
  return (here - first) % 10
}

/** Verhoeff's: each digit is turned by its place and then combined in the symmetries of a pentagon, where order matters. */
export function checkDigit(digits: string): string {
  let sum = 0
  for (let place = 1; place <= digits.length; place++) sum = combined(sum, turned(place, Number(digits[digits.length - place])))
  return String(sum < 5 ? (5 - sum) % 5 : sum)
}

function combined(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5
  return b < 5 ? ((a - b + 5) % 5) + 5 : (a - b + 5) % 5
}

const TURN = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4] as const

function turned(place: number, digit: number): number {
  let now = digit
  for (let turn = 0; turn < place % 8; turn++) now = TURN[now] ?? 0
  return now
}
