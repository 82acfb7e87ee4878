import type { Language } from "./texts.ts"

/** How an SMS is counted: its encoding, its segments, and how many units it uses. */
export type SmsCount = { readonly encoding: "GSM-7" | "UCS-2"; readonly units: number; readonly segments: number }

// GSM 03.38, the default alphabet; the second line costs two units each.
const BASIC = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà")
const EXTENDED = new Set("^{}\\[~]|€\f")

/** The most segments a message may take: two, and three in Urdu, whose letters fit 70 to a segment instead of 160. */
export function segmentLimit(language: Language): number {
  return language === "ur" ? 3 : 2
}

/** The most segments of a counsellor's words: phones put together no more, and Twilio takes 1,600 characters. */
export const RELAY_SEGMENTS = 10

/** How many segments a counsellor's words take by SMS, under the name they leave with. */
export function relaySegments(alias: string, text: string, language: string): number {
  return countSms(foldForSms(`${alias}: ${text}`, language as Language)).segments
}

/** Counts the segments of a text: 160 (153 each of several) in GSM-7, 70 (67 each) in UCS-2. */
export function countSms(text: string): SmsCount {
  const sizes: number[] = []
  for (const character of text) {
    if (BASIC.has(character)) sizes.push(1)
    else if (EXTENDED.has(character)) sizes.push(2)
    else return counted("UCS-2", text.length <= 70 ? [text.length] : Array.from(graphemes.segment(text), ({ segment }) => segment.length), 70, 67)
  }
  return counted("GSM-7", sizes, 160, 153)
}

const graphemes = new Intl.Segmenter()

/**
 * Keeps a text within GSM-7 where its language allows it: accents that the alphabet lacks are dropped (é, ñ and ü stay),
 * typographic marks become plain ones, emoji go. One curly quote would more than double the price of a message.
 */
export function foldForSms(text: string, language: Language): string {
  if (language === "ur") return text
  return Array.from(text, (character) => (BASIC.has(character) || EXTENDED.has(character) ? character : bare(character))).join("")
}

/** What has a plain spelling that taking the accent off doesn't give. */
const PLAIN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "'": "‘’‚ʼʿʾ‹›",
    '"': "“”„«»",
    "-": "‐‑‒–—―−",
    "...": "…",
    u: "µ",
    oe: "œ",
    OE: "Œ",
    o: "º",
    a: "ª",
    l: "łŀ",
    L: "ŁĿ",
    d: "đð",
    D: "ĐÐ",
    th: "þ",
    Th: "Þ",
    h: "ħ",
    H: "Ħ",
    i: "ı",
    n: "ŋ",
    N: "Ŋ",
    t: "ŧ",
    T: "Ŧ",
    k: "ĸ",
    s: "ſ",
    "'n": "ŉ",
    ij: "ĳ",
    IJ: "Ĳ",
    "1": "¹",
    "2": "²",
    "3": "³",
    "1/4": "¼",
    "1/2": "½",
    "3/4": "¾",
  }).flatMap(([plain, characters]) => Array.from(characters, (character) => [character, plain] as const)),
)

function bare(character: string): string {
  const plain = PLAIN.get(character)
  if (plain !== undefined) return plain
  if (/\p{Zs}/u.test(character)) return " "
  const letters = [...character.normalize("NFD")].filter((part) => BASIC.has(part)).join("")
  return letters !== "" ? letters : /\p{L}|\p{N}/u.test(character) ? character : ""
}

function counted(encoding: SmsCount["encoding"], sizes: readonly number[], alone: number, each: number): SmsCount {
  const units = sizes.reduce((sum, size) => sum + size, 0)
  if (units <= alone) return { encoding, units, segments: 1 }
  let segments = 1
  let used = 0
  for (const size of sizes) {
    // What takes two units or more is never torn between two segments; the unit before it stays empty.
    if (used + size > each) {
      segments += 1
      used = 0
    }
    used += size
  }
  return { encoding, units, segments }
}
