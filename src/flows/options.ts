import { plain } from "./directory.ts"
import type { Option } from "./effect.ts"

/**
 * The option that a typed answer means: the nth by number, in any digits, or one by its label.
 * Nothing when the text is something else; free text is never bent into an option.
 * @param labels every way an option's label may be typed, as `plain` writes it
 */
export function chosen(text: string, offered: readonly Option[], labels: (option: Option) => ReadonlySet<string>): string | undefined {
  const digits = digitsOf(text)
  if (digits !== undefined) return offered[Number(digits) - 1]?.id
  const typed = plain(text)
  return typed === "" ? undefined : offered.find((option) => labels(option).has(typed))?.id
}

/** The number when a text is nothing but a number (“2”, “2.”, “(۲)”), as ASCII digits. */
export function digitsOf(text: string): string | undefined {
  const trimmed = text.normalize("NFKC").replace(/[\s\p{P}\u200b-\u200f\ufe0f\u20e3]/gu, "")
  if (trimmed === "" || trimmed.length > 3 || !/^\p{Nd}+$/u.test(trimmed)) return undefined
  return [...trimmed].map(digitValue).join("")
}

// Unicode keeps the ten digits of every script in one run that begins at a multiple of ten from its zero.
function digitValue(character: string): string {
  const code = character.codePointAt(0) ?? 0
  for (let zero = code; zero > code - 10; zero--) {
    if (!/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) return String(code - zero)
  }
  return String((code - 0x30) % 10)
}
