import { freshness, type Directory } from "../flows/directory.ts"
import type { Effect, Language, Shape } from "../flows/effect.ts"
import { render, type Message } from "../locales/render.ts"
import { countSms, segmentLimit } from "../locales/sms.ts"
import type { Names, Texts } from "../locales/texts.ts"
import type { DirectoryEntry, DirectoryFile } from "./content.ts"
import { DAYS, standing, type Day } from "./hours.ts"

/**
 * Says one entry of the directory as it stands at a moment: numbers first, then hours, name, cautions, and how sure we are.
 * In an SMS only as much of it as its segments take.
 */
export type Listing = (what: Extract<Effect, { type: "list" }>, language: Language, now: Date, shape: Shape) => Message

export function createListing(files: readonly DirectoryFile[], texts: Texts): Listing {
  const entries = new Map(files.flatMap((file) => file.entries.map((entry) => [entry.id, { entry, timeZone: file.timeZone ?? "UTC" }] as const)))
  return (what, language, now, shape) => {
    const found = entries.get(what.entry)
    const options = what.options === undefined ? {} : { options: what.options }
    // The entry went from the directory between the turn and now.
    if (found === undefined) return { key: "find-help.none", ...options }
    const { entry, timeZone } = found
    const hours = hoursText(entry, timeZone, language, now, texts)
    const message = (said: Lines): Message => ({
      key: "find-help.entry",
      values: {
        contacts: said.contacts.map((contact) => contactText(contact, language, texts)).join(", "),
        hours: said.hours ? hours : "",
        name: said.name.replace(/\.$/, ""),
        notes: said.notes.map((key) => texts(key, language)).join(" "),
      },
      ...options,
    })
    const fits = (one: Message) => countSms(render(one, language, shape, texts).text).segments <= segmentLimit(language)
    const full = { contacts: entry.contacts.slice(0, 3), hours: true, name: entry.name, notes: notesOf(entry, now) }
    if (shape !== "sms") return message(full)
    const ways = shortened(full).map(message)
    return ways.find(fits) ?? ways.at(-1) ?? message(full)
  }
}

/** What is told of an entry. */
type Lines = { readonly contacts: DirectoryEntry["contacts"]; readonly hours: boolean; readonly name: string; readonly notes: readonly string[] }

/** Notes that can be left out where there is no room, the least missed first. Any other bears on safety and goes last. */
const CAN_GO = [
  "find-help.free",
  "find-help.old",
  "caution.money-fraud-first",
  "caution.number-printed-differently",
  "caution.voice-only",
  "caution.platform-first",
  "caution.understaffed",
  "caution.often-out-of-service",
  "caution.hard-to-reach",
  "find-help.flagged",
  "find-help.women",
  "find-help.minors",
  "find-help.adults",
  "caution.in-person-with-proof",
  "caution.page-only",
]

/** Ever shorter ways to tell an entry, the full one first: fewer contacts, then fewer notes, then a short name, and cautions about safety last. */
function shortened(full: Lines): readonly Lines[] {
  const ways = [full]
  const next = (change: (last: Lines) => Partial<Lines>) => {
    const last = ways.at(-1) ?? full
    ways.push({ ...last, ...change(last) })
  }
  next(({ contacts }) => ({ contacts: contacts.map((contact) => ({ ...contact, dial: contact.dial.replace(/^https?:\/\/(www\.)?/, "") })) }))
  for (let count = full.contacts.length - 1; count > 0; count--) next(({ contacts }) => ({ contacts: contacts.slice(0, count) }))
  for (const key of CAN_GO.filter((one) => full.notes.includes(one))) next(({ notes }) => ({ notes: notes.filter((note) => note !== key) }))
  next(({ name }) => ({ name: name.split(/,| \(/)[0] ?? name }))
  next(({ contacts }) => ({ hours: contacts[0]?.kind !== "web" }))
  const safety = full.notes.filter((note) => !CAN_GO.includes(note))
  for (let count = safety.length - 1; count >= 0; count--) next(() => ({ notes: safety.slice(0, count) }))
  return ways
}

/** The directory as the flows need it. */
export function directoryOf(files: readonly DirectoryFile[]): Directory {
  const entriesOf = (file: DirectoryFile) =>
    file.entries.map((entry) => ({
      id: entry.id,
      needs: entry.needs,
      provinces: entry.provinces,
      dial: entry.contacts[0]?.dial ?? "",
      audience: entry.audience,
      verifiedAt: Date.parse(entry.verifiedOn),
      unverified: entry.mark === "unverified",
    }))
  return {
    countries: files
      .filter(({ country }) => country !== "international")
      .map((file) => ({
        code: file.country,
        names: [...Object.values(file.names), ...file.aliases],
        provinces: file.provinces.map(({ id }) => id),
        entries: entriesOf(file),
      })),
    international: files.filter(({ country }) => country === "international").flatMap(entriesOf),
  }
}

/** How countries and provinces are written, for the texts. */
export function placeNames(files: readonly DirectoryFile[]): Names {
  return Object.fromEntries(files.flatMap((file) => [[file.country, file.names] as const, ...file.provinces.map(({ id, names }) => [`${file.country}-${id}`, names] as const)]))
}

function contactText({ kind, dial, word }: DirectoryEntry["contacts"][number], language: Language, texts: Texts): string {
  return texts(word === undefined ? `find-help.dial_${kind}` : "find-help.dial_text_word", language, { dial, word: word ?? "" })
}

function hoursText(entry: DirectoryEntry, timeZone: string, language: Language, now: Date, texts: Texts): string {
  const stands = standing(entry.hours, timeZone, now)
  switch (stands.type) {
    case "always":
      return texts("find-help.always", language)
    case "unknown":
      return texts("find-help.hours-unknown", language)
    case "open":
      return texts("find-help.open-now", language, { until: stands.until })
    case "closed":
      return stands.inDays === 0
        ? texts("find-help.opens-today", language, { from: stands.from })
        : texts("find-help.opens", language, { from: stands.from, day: dayName(stands.day, language) })
    default:
      return stands satisfies never
  }
}

function dayName(day: Day, language: Language): string {
  // Roman Urdu has no calendar of its own in the runtime; its readers use the English names of days.
  const format = new Intl.DateTimeFormat(language === "ur-Latn" ? "en" : language, { weekday: "long", timeZone: "UTC" })
  return format.format(new Date(Date.UTC(2024, 0, 1 + DAYS.indexOf(day))))
}

function notesOf(entry: DirectoryEntry, now: Date): readonly string[] {
  const audience = entry.audience === "women" || entry.audience === "minors" || entry.audience === "adults" ? [`find-help.${entry.audience}`] : []
  const said = new Set(entry.cautions)
  return [
    ...(entry.mark === "unverified" ? ["find-help.unverified"] : entry.mark === "old" ? ["find-help.old"] : []),
    ...(freshness({ verifiedAt: Date.parse(entry.verifiedOn) }, now.getTime()) === "flagged" ? ["find-help.flagged"] : []),
    ...(entry.cost === "free" ? ["find-help.free"] : []),
    ...(said.has("adults-only") || said.has("minors-only") ? [] : audience),
    ...(entry.traceOnBill === "no" ? ["find-help.no-trace"] : entry.traceOnBill === "yes" ? ["find-help.trace"] : []),
    ...entry.cautions.map((caution) => `caution.${caution}`),
    ...(entry.note === undefined ? [] : [`caution.${entry.note}`]),
  ]
}
