import { digitsOf } from "./options.ts"
import { plain } from "./directory.ts"

/** What is read before any flow sees the text. */
export type SafetyWord = "exit" | "menu" | "emergency" | "forget" | "opt-out" | "opt-in" | "help"

/** The words of one language, from its `words.json`. */
export type WordList = Readonly<Record<"exit" | "menu" | "forget" | "emergency", readonly string[]>>

/**
 * The carrier's own words: they are answered by the carrier and never offered by us. STOP, STOPALL, UNSUBSCRIBE, END,
 * QUIT, CANCEL, REVOKE and OPTOUT are Twilio's defaults, ARRET and TD and REMOVE are required by North American carriers.
 */
export const CARRIER_WORDS = {
  "opt-out": ["stop", "stopall", "stop all", "unsubscribe", "end", "quit", "cancel", "revoke", "optout", "opt-out", "opt out", "arret", "arrêt", "td", "remove"],
  "opt-in": ["start", "unstop"],
  help: ["help", "info", "aide", "ayuda", "madad", "مدد"],
} as const

/**
 * Words with which people stop something in their own language and that no carrier answers; they mean EXIT. Only as a
 * whole message: within a sentence they are what somebody says to an attacker.
 */
const STOPPING = ["alto", "parar", "baja", "cancelar", "basta", "arrete", "arrête", "بند", "بند کرو", "رکو", "روکو", "band karo", "ruko"]

/** Makes the reader of safety words. It knows every language's words at once, whatever language the thread is in. */
export function createSafetyWords(lists: readonly WordList[]): (text: string) => SafetyWord | undefined {
  const words = new Map<string, SafetyWord>()
  for (const list of lists) {
    for (const kind of ["exit", "menu", "forget", "emergency"] as const) {
      for (const word of list[kind]) words.set(plain(word), kind)
    }
  }
  for (const word of STOPPING) words.set(plain(word), "exit")
  for (const kind of ["opt-out", "opt-in", "help"] as const) {
    for (const word of CARRIER_WORDS[kind]) words.set(plain(word), kind)
  }
  return (text) => {
    if (text.length > 40) return undefined
    if (/^[\s\p{P}]*(?:🔴[\s\p{P}]*)+$/u.test(text) || /^0+$/.test(digitsOf(text) ?? "")) return "emergency"
    return words.get(plain(text))
  }
}
