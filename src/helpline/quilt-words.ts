import { isRtl } from "../print/lines.ts"

/**
 * Somebody's words as they may stand on a page: without controls, marks that turn the direction of what stands around them,
 * letters that can't be seen (but those that join Urdu ones), or towers of accents. Paragraphs stay; a mark that stands apart,
 * as in French, keeps to its word.
 */
export function cleanWords(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g, "")
    .replace(/[^\P{C}\n\u200c\u200d]/gu, " ")
    .replace(/(\p{M}{3})\p{M}+/gu, "$1")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ([:;!?»])/g, "\u00a0$1")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()
}

/** The same for a picture, on one line, whose letters have no emoji. */
export function drawableWords(text: string): string {
  return cleanWords(text)
    .replace(/[\p{Extended_Pictographic}\ufe0f\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}]/gu, "")
    .replace(/[^\S\u00a0]+/g, " ")
    .trim()
}

/** The direction in which words run: their own. */
export function directionOf(text: string): "ltr" | "rtl" {
  return isRtl(text) ? "rtl" : "ltr"
}

/** So long at most, cut between words. */
export function beginningOf(text: string, most: number): string {
  const letters = [...text]
  if (letters.length <= most) return text
  const head = letters.slice(0, most).join("")
  const at = head.lastIndexOf(" ")
  return `${(at > head.length / 2 ? head.slice(0, at) : head).trimEnd()}…`
}

/** Words set into a box: how large, and line by line. */
export type SetWords = { readonly size: number; readonly leading: number; readonly lines: readonly string[] }

/** Sets words as large as they fit; the widths of letters are reckoned, since nothing is at hand that could measure them. */
export function setWords(text: string, width: number, height: number, most: number, least: number): SetWords {
  const leading = directionOf(text) === "rtl" ? 1.6 : 1.32
  for (let size = most; ; size -= 0.5) {
    const lines = brokenAt(text, width / size)
    if (size <= least || lines.length * size * leading <= height) return { size, leading, lines: lines.slice(0, Math.max(1, Math.floor(height / (size * leading)))) }
  }
}

/** Breaks a text into lines so many ems wide; a word that is wider is cut. */
function brokenAt(text: string, ems: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(" ").flatMap((one) => cut(one, ems))) {
    const last = lines.at(-1)
    if (last !== undefined && widthOf(`${last} ${word}`) <= ems) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

function cut(word: string, ems: number): readonly string[] {
  if (widthOf(word) <= ems) return [word]
  const parts: string[] = [""]
  for (const letter of word) {
    if (widthOf(`${parts.at(-1)}${letter}`) > ems) parts.push("")
    parts[parts.length - 1] += letter
  }
  return parts
}

function widthOf(text: string): number {
  let ems = 0
  for (const letter of text)
    ems += /\p{M}|[\u200c\u200d]/u.test(letter)
      ? 0
      : /[\u0600-\u08ff]/.test(letter)
        ? 0.47
        : /[ iljtfrI.,;:!'’|()-]/.test(letter)
          ? 0.33
          : /[mwMW—@]/.test(letter)
            ? 0.9
            : /\p{Lu}/u.test(letter)
              ? 0.68
              : 0.565
  return ems
}
