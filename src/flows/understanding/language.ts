import { LANGUAGES, type Language } from "./understood.ts"

/**
 * The language of a normal text, from its script and from the everyday words that it has of each language (their number,
 * and their votes, which a word gives in part when languages share it; both in the order of LANGUAGES). To answer in the
 * wrong language at the wrong moment is worse than to stay with the one before, so it says nothing unless two everyday
 * words tell it and no other language comes near. Names of places and single letters tell nothing.
 */
export function languageOf(text: string, everyday: ArrayLike<number>, votes: ArrayLike<number>): Language | undefined {
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
  if ((everyday[best] ?? 0) < ENOUGH || most - second < AHEAD) return undefined
  return LANGUAGES[best]
}

/** How many different everyday words of a language a text must have. */
const ENOUGH = 2
/** By how many votes it must lead: more than one word that it shares with the next. */
const AHEAD = 0.6

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
