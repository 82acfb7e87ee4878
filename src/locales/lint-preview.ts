import type { LocaleFiles } from "./texts.ts"

/** How much of a message a locked screen shows. */
const PREVIEW_LENGTH = 60

/** She has just asked for these; they may name what they are by the language's own words for it. */
const ASKED_FOR = new Set(["emergency.which", "emergency.danger", "emergency.danger-in-line"])

/** Names the first word of `preview.json` that a text has and a locked screen must not show. */
export type PreviewReader = (text: string, key: string) => string | undefined

/**
 * Makes the reader of a language's `preview.json`. Whole words are compared, without capitals, accents or vowel signs, and
 * with one form for each Arabic letter that keyboards write in several. A `*` at a word's end stands for any ending; an
 * entry of several words is a sequence, in which `..` stands for up to three words of any kind.
 */
export function previewReaderOf(files: LocaleFiles): PreviewReader {
  const byBeginning = new Map<string, { readonly entry: string; readonly place: number; readonly wanted: readonly Wanted[] }[]>()
  for (const [place, entry] of listOf(files["preview"]?.["words"]).entries()) {
    const wanted = wantedOf(entry)
    const beginning = wanted[0]?.word.slice(0, 2)
    if (beginning !== undefined) byBeginning.set(beginning, [...(byBeginning.get(beginning) ?? []), { entry, place, wanted }])
  }
  const ofEmergency = new Set(listOf(files["words"]?.["emergency"]).map((word) => wordsOf(word).join(" ")))
  return (text, key) => {
    const words = wordsOf(text)
    const shown = (from: number, wanted: readonly Wanted[]) => {
      const to = endOf(wanted, words, from)
      return to !== undefined && !(ASKED_FOR.has(key) && ofEmergency.has(words.slice(from, to).join(" ")))
    }
    const found = words.flatMap((word, from) =>
      // A single letter with a star is a beginning too.
      [...new Set([word.slice(0, 2), word.slice(0, 1)])].flatMap((beginning) => (byBeginning.get(beginning) ?? []).filter(({ wanted }) => shown(from, wanted))),
    )
    return found.sort((a, b) => a.place - b.place)[0]?.entry
  }
}

/** A word of an entry: whether any ending will do, and how many other words may stand before it. */
type Wanted = { readonly word: string; readonly open: boolean; readonly gap: number }

const GAP = 3

function wantedOf(entry: string): readonly Wanted[] {
  const tokens = entry.split(/\s+/)
  return tokens.flatMap((token, place) =>
    wordsOf(token).map((word, index, all) => ({ word, open: token.endsWith("*") && index === all.length - 1, gap: index === 0 && tokens[place - 1] === ".." ? GAP : 0 })),
  )
}

/** Where a sequence ends that begins at a word, if it stands there. */
function endOf([first, ...rest]: readonly Wanted[], words: readonly string[], from: number): number | undefined {
  if (first === undefined) return from
  for (let at = from; at <= from + first.gap; at++) {
    const word = words[at]
    const to = word === first.word || (first.open && word?.startsWith(first.word) === true) ? endOf(rest, words, at + 1) : undefined
    if (to !== undefined) return to
  }
  return undefined
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
