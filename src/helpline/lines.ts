import type { Lines } from "../flows/effect.ts"
import type { Language, Texts } from "../locales/texts.ts"
import type { DirectoryEntry } from "./content.ts"
import { DAYS, standing, type Day, type Standing } from "./hours.ts"

type Contact = DirectoryEntry["contacts"][number]

/** An entry with what is known of the place where it is. */
export type Placed = { readonly entry: DirectoryEntry; readonly country: string; readonly timeZone: string }

/** The ways to reach somebody who answers; a page or an address for letters is none. */
const ANSWERED: readonly Contact["kind"][] = ["call", "text", "whatsapp", "telegram", "chat"]

/**
 * Says a sentence with numbers as they stand at a moment: those that are open and verified as such, and only them; where
 * there are none, the others, each with what is known of it.
 * @param most how many numbers are told
 */
export function sentenceOf(lines: Lines, entries: ReadonlyMap<string, Placed>, language: Language, now: Date, most: number, texts: Texts): string {
  const reached = lines.entries.flatMap((id) => {
    const placed = entries.get(id)
    return placed === undefined ? [] : waysTo(placed, lines.by, now)
  })
  const open = reached.filter(({ isOpen }) => isOpen)
  const told = takenInTurn(open.length > 0 ? open : reached).slice(0, most)
  if (told.length === 0) {
    if (lines.instead === undefined) return ""
    return "key" in lines.instead ? texts(lines.instead.key, language) : sentenceOf(lines.instead, entries, language, now, most, texts)
  }
  const numbers = told.map(({ placed, contact, isTexted, stands }) =>
    contactText(contact, language, texts, { isTexted, isSaid: lines.by === contact.kind, before: placeOf(placed), after: doubtsOf(placed, stands) }),
  )
  return texts(open.length > 0 ? lines.now : lines.otherwise, language, { lines: numbers.join(comma(language)) })

  function placeOf({ entry, country }: Placed): readonly string[] {
    return entry.provinces.map((province) => texts(`place.${country}-${province}`, language))
  }

  function doubtsOf({ entry }: Placed, stands: Standing): readonly string[] {
    const opens = stands.type === "closed" ? [opensText(stands, language, texts)] : []
    return [...opens, ...(entry.mark === "unverified" ? [texts("find-help.not-verified", language)] : [])]
  }
}

type Way = { readonly placed: Placed; readonly contact: Contact; readonly isTexted: boolean; readonly stands: Standing; readonly isOpen: boolean; readonly turn: number }

/** The contacts of an entry that are asked for; one number for calls and texts is told once. */
function waysTo(placed: Placed, by: Lines["by"], now: Date): readonly Way[] {
  const { entry, timeZone } = placed
  const stands = standing(entry.hours, timeZone, now)
  const isOpen = entry.mark !== "unverified" && (stands.type === "always" || stands.type === "open")
  const wanted = entry.contacts.filter(({ kind }) => (by === "any" ? ANSWERED.includes(kind) : kind === by))
  const isAlso = (kind: Contact["kind"], { dial }: Contact) => wanted.some((other) => other.kind === kind && other.dial === dial)
  return wanted
    .filter((contact) => contact.kind !== "text" || !isAlso("call", contact))
    .map((contact, turn) => ({ placed, contact, isTexted: contact.kind === "call" && isAlso("text", contact), stands, isOpen, turn }))
}

// Every entry's first contact stands before any entry's second.
function takenInTurn(ways: readonly Way[]): readonly Way[] {
  return [...ways].sort((a, b) => a.turn - b.turn)
}

/** One contact as it is read: its number or address, and behind it how it is used and what else is known. */
export function contactText(
  { kind, dial, word, press }: Contact,
  language: Language,
  texts: Texts,
  known: { readonly isTexted?: boolean; readonly isSaid?: boolean; readonly before?: readonly string[]; readonly after?: readonly string[] } = {},
): string {
  const use =
    word !== undefined
      ? [texts("find-help.dial_word", language, { word })]
      : known.isTexted === true
        ? [texts("find-help.dial_call-or-text", language)]
        : PLAIN.has(kind) || known.isSaid === true
          ? []
          : [texts(`find-help.dial_${kind}`, language)]
  const remarks = [...(known.before ?? []), ...use, ...(press === undefined ? [] : [texts("find-help.dial_press", language, { digit: press })]), ...(known.after ?? [])]
  return remarks.length === 0 ? dial : `${dial} (${remarks.join(comma(language))})`
}

function comma(language: Language): string {
  return language === "ur" ? "، " : ", "
}

/** What needs no word: a number is called, an address shows what it is. */
const PLAIN: ReadonlySet<Contact["kind"]> = new Set(["call", "email", "web"])

function opensText(stands: Extract<Standing, { type: "closed" }>, language: Language, texts: Texts): string {
  return stands.inDays === 0
    ? texts("find-help.dial_opens-today", language, { from: stands.from })
    : texts("find-help.dial_opens", language, { from: stands.from, day: dayName(stands.day, language) })
}

/** A day of the week, as a language writes it. */
export function dayName(day: Day, language: Language): string {
  // Roman Urdu has no calendar of its own in the runtime; its readers use the English names of days.
  const format = new Intl.DateTimeFormat(language === "ur-Latn" ? "en" : language, { weekday: "long", timeZone: "UTC" })
  return format.format(new Date(Date.UTC(2024, 0, 1 + DAYS.indexOf(day))))
}
