import { LANGUAGES, type Language } from "./understood.ts"

/**
 * The language of a normal text, from its script and from how many everyday words of each language it has (in the order
 * of LANGUAGES). Says nothing when the text gives too little or languages stand level.
 */
export function languageOf(text: string, votes: ArrayLike<number>): Language | undefined {
  const urdu = count(text, isArabic)
  const latin = count(text, isLatin)
  if (urdu > latin) return arabicIsUrdu(text, votes[1] ?? 0) ? "ur" : undefined
  let best = -1
  let most = 0
  let second = 0
  LANGUAGES.forEach((language, index) => {
    if (language === "ur") return
    const vote = votes[index] ?? 0
    if (vote > most) {
      second = most
      most = vote
      best = index
    } else if (vote > second) second = vote
  })
  if (most < ENOUGH || most === second) return undefined
  return LANGUAGES[best]
}

/** A word that one language has among its everyday words, not only among the words its rules use. */
const ENOUGH = 0.5

/** Letters that Urdu has and Arabic has not, or two everyday words. */
function arabicIsUrdu(text: string, votes: number): boolean {
  return /[ٹڈڑںےھگچپژہ]/.test(text) ? votes > 0 || /[ٹڈڑںےھ]/.test(text) : votes > 1
}

function count(text: string, counts: (code: number) => boolean): number {
  let total = 0
  for (let at = 0; at < text.length; at++) if (counts(text.charCodeAt(at))) total++
  return total
}

function isArabic(code: number): boolean {
  return code >= 0x620 && code < 0x780
}

function isLatin(code: number): boolean {
  return (code >= 97 && code <= 122) || code === 0xf1
}
