import type { Facts, Shape } from "./house.ts"

/** How the page calls its phones. */
export const NAMES: Readonly<Record<Shape, string>> = { telegram: "Telegram", sms: "SMS", whatsapp: "WhatsApp" }

/** Each language under its own name: the helpline understands that name as a wish to speak it. */
const OWN_NAMES: Readonly<Record<string, string>> = { en: "English", ur: "اردو", "ur-Latn": "Roman Urdu", es: "Español", fr: "Français" }

/** A language's own name. */
export function ownName(language: string): string {
  return OWN_NAMES[language] ?? displayName(language, language)
}

/** A language's English name. */
export function englishName(language: string): string {
  return language === "ur-Latn" ? "Roman Urdu" : displayName(language, "en")
}

/** The language that a text has to be drawn as, as far as its letters tell. */
export function scriptOf(text: string): "ur" | undefined {
  return /\p{Script=Arabic}/u.test(text) ? "ur" : undefined
}

/** The first characters of a message, as a lock screen shows them to a passer-by. */
export function glimpse(text: string, length = 60): string {
  const characters = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text.replace(/\s+/g, " ").trim())]
  const seen = characters.slice(0, length).map(({ segment }) => segment)
  return characters.length > length ? `${seen.join("").trimEnd()}…` : seen.join("")
}

/** What a number of segments costs. */
export function cost(segments: number, { perSegment, currency }: Facts["smsPrice"]): string {
  const amount = segments * perSegment
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency, maximumFractionDigits: 4, minimumFractionDigits: 2 }).format(amount)
  } catch {
    return `${amount.toFixed(2)} ${currency}`
  }
}

/** The hour and minute of a moment. */
export function clock(at: string): string {
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })
}

function displayName(language: string, inLanguage: string): string {
  try {
    return new Intl.DisplayNames([inLanguage], { type: "language" }).of(language) ?? language
  } catch {
    return language
  }
}
