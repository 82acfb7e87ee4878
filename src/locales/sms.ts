import type { Language } from "./texts.ts"

/** How an SMS is counted: its encoding, its segments, and how many units it uses. */
export type SmsCount = { readonly encoding: "GSM-7" | "UCS-2"; readonly units: number; readonly segments: number }

// GSM 03.38, the default alphabet; the second line costs two units each.
const BASIC = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà")
const EXTENDED = new Set("^{}\\[~]|€\f")

/** Counts the segments of a text: 160 (153 each of several) in GSM-7, 70 (67 each) in UCS-2. */
export function countSms(text: string): SmsCount {
  let units = 0
  for (const character of text) {
    if (BASIC.has(character)) units += 1
    else if (EXTENDED.has(character)) units += 2
    else return counted("UCS-2", text.length, 70, 67)
  }
  return counted("GSM-7", units, 160, 153)
}

/**
 * Keeps a text within GSM-7 where its language allows it: accents that the alphabet lacks are dropped (é, ñ and ü stay),
 * typographic marks become plain ones, emoji go. One curly quote would more than double the price of a message.
 */
export function foldForSms(text: string, language: Language): string {
  if (language === "ur") return text
  const plain = text.replace(/[‘’ʼ]/g, "'").replace(/[“”«»]/g, '"').replace(/[–—]/g, "-").replace(/…/g, "...").replace(/œ/g, "oe").replace(/Œ/g, "OE").replace(/[\u00a0\u202f]/g, " ")
  return [...plain].map((character) => (BASIC.has(character) || EXTENDED.has(character) ? character : bare(character))).join("")
}

function bare(character: string): string {
  const letters = [...character.normalize("NFD")].filter((part) => BASIC.has(part)).join("")
  return letters !== "" ? letters : /\p{L}|\p{N}/u.test(character) ? character : ""
}

function counted(encoding: SmsCount["encoding"], units: number, alone: number, each: number): SmsCount {
  return { encoding, units, segments: units <= alone ? 1 : Math.ceil(units / each) }
}
