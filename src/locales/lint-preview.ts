import type { LocaleFiles } from "./texts.ts"

/** How much of a message a locked screen shows. */
const PREVIEW_LENGTH = 60

/** She has just asked for these; they may name what they are by the language's own words for it. */
const ASKED_FOR = new Set(["emergency.which", "emergency.danger"])

/** Names the first word of `preview.json` that a text has and a locked screen must not show. */
export type PreviewReader = (text: string, key: string) => string | undefined

/**
 * Makes the reader of a language's `preview.json`. Whole words are compared, without capitals, accents or vowel signs, and
 * with one form for each Arabic letter that keyboards write in several. A `*` at an entry's end stands for any ending; an
 * entry of several words is a sequence.
 */
export function previewReaderOf(files: LocaleFiles): PreviewReader {
  const patterns = listOf(files["preview"]?.["words"]).map((entry) => ({ entry, open: entry.endsWith("*"), wanted: wordsOf(entry) }))
  const ofEmergency = new Set(listOf(files["words"]?.["emergency"]).map((word) => wordsOf(word).join(" ")))
  return (text, key) => {
    const words = wordsOf(text)
    const shown = (from: number, { wanted, open }: (typeof patterns)[number]) =>
      wanted.every((want, index) => {
        const word = words[from + index]
        return word === want || (open && index === wanted.length - 1 && word?.startsWith(want) === true)
      }) && !(ASKED_FOR.has(key) && ofEmergency.has(words.slice(from, from + wanted.length).join(" ")))
    return patterns.find((pattern) => pattern.wanted.length > 0 && words.some((_, from) => shown(from, pattern)))?.entry
  }
}

/** The beginning of a text as a locked screen shows it, up to the end of the word where it is cut. */
export function shownOf(text: string): string {
  const rest = text.slice(PREVIEW_LENGTH)
  const cut = /^[\p{L}\p{M}\p{N}\p{Cf}]*/u.exec(rest)?.[0] ?? ""
  return text.slice(0, PREVIEW_LENGTH) + cut
}

/** The words of a text, each in the one form in which they are compared. */
export function wordsOf(text: string): readonly string[] {
  const bare = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}ـ]/gu, "")
    .replace(/[يىكهةۃەھœ]/g, (letter) => LETTERS[letter] ?? letter)
  return bare.match(/[\p{L}\p{N}]+/gu) ?? []
}

const LETTERS: Readonly<Record<string, string>> = { ي: "ی", ى: "ی", ك: "ک", ه: "ہ", ة: "ہ", ۃ: "ہ", ە: "ہ", ھ: "ہ", œ: "oe" }

/** The words of a list, as far as it is one. */
export function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : []
}
