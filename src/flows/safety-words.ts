import { plain } from "./directory.ts"
import { digitsOf } from "./options.ts"
import { oneSlip, phraseAt, phrasesOf, wordsOf } from "./typed.ts"
import type { Language } from "./understanding/understood.ts"

/** What is read before any flow sees the text. A farewell is an EXIT, but to a person it is a word like others. */
export type SafetyWord = "exit" | "farewell" | "menu" | "emergency" | "forget" | "opt-out" | "opt-in" | "help"

/** The words of one language, from its `words.json`. */
export type WordList = Readonly<Record<"exit" | "stopping" | "farewells" | "menu" | "forget" | "emergency" | "fillers" | "lookalikes", readonly string[]>> & {
  readonly language?: Language
}

/**
 * The carrier's own words: they are answered by the carrier and never offered by us. STOP, STOPALL, UNSUBSCRIBE, END,
 * QUIT, CANCEL, REVOKE and OPTOUT are Twilio's defaults, ARRET and TD and REMOVE are required by North American carriers.
 */
export const CARRIER_WORDS = {
  "opt-out": ["stop", "stopall", "stop all", "unsubscribe", "end", "quit", "cancel", "revoke", "optout", "opt-out", "opt out", "arret", "arrêt", "td", "remove"],
  "opt-in": ["start", "unstop"],
  help: ["help", "info", "aide", "ayuda", "madad", "مدد"],
} as const

/** Words that carriers of other countries may answer one day, and that none of ours does; they mean EXIT and are never offered. */
const STOPPING = ["alto", "parar", "baja", "cancelar", "basta", "arrete", "arrête", "بند", "بند کرو", "رکو", "روکو", "band karo", "ruko"]

/** Of the carrier's words those that mean EXIT when they are repeated or politely said; END and REMOVE may end or remove anything. */
const STOPPING_POLITELY = ["stop", "unsubscribe", "quit", "cancel", "arret", "arrêt"]

/** Longer than this, it is a sentence about something. */
const LONGEST = 80
const MOST_WORDS = 12
/** Shorter words have too many neighbours. */
const FUZZY_FROM = 4

type Read = { readonly word: SafetyWord; readonly language?: Language | undefined }

/** Makes the reader of safety words. It knows every language's words at once, whatever language the thread is in. */
export function createSafetyWords(lists: readonly WordList[]): (text: string) => SafetyWord | undefined {
  const read = createSafetyReader(lists)
  return (text) => read(text)?.word
}

/**
 * The same, with the language that a word belongs to where it belongs to one only. A word may be repeated, misspelt or
 * said with a filler, but the message must be nothing else: “he won't stop” is what somebody tells of an attacker.
 */
export function createSafetyReader(lists: readonly WordList[]): (text: string) => Read | undefined {
  const words = new Map<string, Read>()
  const add = (word: string, meant: SafetyWord, language?: Language) => {
    for (const form of new Set([plain(word), wordsOf(word).join(" ")])) {
      const before = words.get(form)
      words.set(form, { word: meant, language: before === undefined || before.language === language ? language : undefined })
    }
  }
  for (const list of lists) {
    for (const word of list.farewells) add(word, "farewell", list.language)
    for (const word of [...list.exit, ...list.stopping]) add(word, "exit", list.language)
    for (const kind of ["menu", "forget", "emergency"] as const) for (const word of list[kind]) add(word, kind, list.language)
  }
  for (const word of STOPPING) add(word, "exit")
  for (const kind of ["opt-out", "opt-in", "help"] as const) for (const word of CARRIER_WORDS[kind]) add(word, kind)

  const phrases = new Map<SafetyWord, ReturnType<typeof phrasesOf>>(
    (["exit", "farewell", "menu", "forget", "emergency"] as const).map((kind) => {
      const own = lists.flatMap((list) => (kind === "exit" ? [...list.exit, ...list.stopping] : kind === "farewell" ? list.farewells : list[kind]))
      return [kind, phrasesOf(kind === "exit" ? [...own, ...STOPPING, ...STOPPING_POLITELY] : own)]
    }),
  )
  const fillers = phrasesOf(lists.flatMap((list) => list.fillers))
  const lookalikes = new Set(lists.flatMap((list) => list.lookalikes).map((word) => wordsOf(word).join(" ")))
  const fuzzy = lists.flatMap(({ exit }) =>
    exit.map(wordsOf).flatMap(([word, ...more]) => (word !== undefined && more.length === 0 && [...word].length >= FUZZY_FROM ? [word] : [])),
  )

  const misspelt = (typed: string) => ([...typed].length < FUZZY_FROM - 1 ? undefined : (fuzzy.find((word) => oneSlip(typed, word) || isRepeated(typed, word)) ?? polite(typed)))
  const polite = (typed: string) => STOPPING_POLITELY.find((word) => isRepeated(typed, word))

  /** What a message means that is made of one kind of word, repeated, misspelt or among fillers. */
  function loose(typed: readonly string[]): Read | undefined {
    const found = new Set<SafetyWord>()
    const languages = new Set<Language | undefined>()
    for (let at = 0; at < typed.length; ) {
      const word = typed[at] ?? ""
      if (lookalikes.has(word)) return undefined
      const known = [...phrases].map(([kind, list]) => ({ kind, count: phraseAt(typed, at, list) })).reduce((best, one) => (one.count > best.count ? one : best))
      const filler = phraseAt(typed, at, fillers)
      const slip = known.count === 0 && filler === 0 ? misspelt(word) : undefined
      if (isKey(word)) found.add("emergency")
      else if (known.count > 0 && known.count >= filler) {
        found.add(known.kind)
        languages.add(words.get(typed.slice(at, at + known.count).join(" "))?.language)
      } else if (slip !== undefined) {
        found.add("exit")
        languages.add(words.get(slip)?.language)
      } else if (filler === 0) return undefined
      at += Math.max(1, known.count >= filler ? known.count : filler)
    }
    if (found.has("exit")) found.delete("farewell")
    const [word, other] = found
    if (word === undefined || other !== undefined) return undefined
    const [language] = languages
    return { word, language: languages.size === 1 ? language : undefined }
  }

  return (text) => {
    if (text.length > LONGEST) return undefined
    if (/^0+$/.test(digitsOf(text) ?? "")) return { word: "emergency" }
    const exact = words.get(plain(text))
    if (exact !== undefined) return exact
    const typed = wordsOf(text)
    if (typed.length === 0 || typed.length > MOST_WORDS) return undefined
    // A lone O is the 0 of a hurried thumb; spelt out, a word is still that word.
    if (typed.length === 1 && typed[0] === "o") return { word: "emergency" }
    return words.get(typed.join(" ")) ?? (typed.every((word) => word.length === 1) ? words.get(typed.join("")) : undefined) ?? loose(typed)
  }
}

function isKey(word: string): boolean {
  return word === "🔴" || word === "🆘" || /^0+$/.test(word)
}

function isRepeated(typed: string, word: string): boolean {
  return typed.length > word.length && typed.replaceAll(word, "") === ""
}
