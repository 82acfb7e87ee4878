/** How much of a message a locked screen shows. */
export const PREVIEW_LENGTH = 60

/**
 * Makes the reader of `preview.json`: it names the first of the words that a text has and a locked screen must not show.
 * Whole words are compared, without capitals, accents or vowel signs, and with one form for each Arabic letter that
 * keyboards write in several. A `*` at an entry's end stands for any ending; an entry of several words is a sequence.
 */
export function createPreviewReader(entries: readonly string[]): (text: string) => string | undefined {
  const patterns = entries.map((entry) => ({ entry, open: entry.endsWith("*"), wanted: wordsOf(entry) }))
  return (text) => {
    const words = wordsOf(text)
    return patterns.find(({ wanted, open }) => words.some((_, from) => wanted.length > 0 && wanted.every((want, index) => {
      const word = words[from + index]
      return word === want || (open && index === wanted.length - 1 && word?.startsWith(want) === true)
    })))?.entry
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
  const bare = text.normalize("NFKD").toLowerCase().replace(/[\p{M}\p{Cf}ـ]/gu, "").replace(/[يىكهةۃەھœ]/g, (letter) => LETTERS[letter] ?? letter)
  return bare.match(/[\p{L}\p{N}]+/gu) ?? []
}

const LETTERS: Readonly<Record<string, string>> = { "ي": "ی", "ى": "ی", "ك": "ک", "ه": "ہ", "ة": "ہ", "ۃ": "ہ", "ە": "ہ", "ھ": "ہ", "œ": "oe" }
