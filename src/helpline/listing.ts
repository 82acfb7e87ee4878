import { freshness, type Directory, type Place } from "../flows/directory.ts"
import type { Effect, Language, Lines as Numbers, Outward, Shape, Value } from "../flows/effect.ts"
import { render, type Message, type Value as MessageValue } from "../locales/render.ts"
import { countSms, segmentLimit } from "../locales/sms.ts"
import type { Names, Texts } from "../locales/texts.ts"
import type { DirectoryEntry, DirectoryFile } from "./content.ts"
import { standing } from "./hours.ts"
import { contactText, dayName, sentenceOf, type Placed } from "./lines.ts"
import { createRelayed } from "./relayed.ts"

/**
 * Gives a message what the directory says at the moment when it leaves. An entry: numbers first, then hours, name, cautions,
 * and how sure we are. A text with numbers: those that can be reached then. In an SMS only as much as its segments take.
 */
export type Listing = (what: Exclude<Outward, { type: "forget" }>, language: Language, now: Date, shape: Shape) => Message

export function createListing(files: readonly DirectoryFile[], texts: Texts): Listing {
  const entries: ReadonlyMap<string, Placed> = new Map(
    files.flatMap(({ country, timeZone = "UTC", entries: all }) => all.map((entry) => [entry.id, { entry, country, timeZone }] as const)),
  )
  const relayed = createRelayed()
  return (what, language, now, shape) => {
    if (what.type === "relay") return relayed(what)
    const fits = (one: Message) => countSms(render(one, language, shape, texts).text).segments <= segmentLimit(language)
    if (what.type === "leave-group") return { key: what.key }
    if (what.type === "say") {
      if (!hasNumbers(what)) return filled(what, language, shape, texts, () => "")
      const told = (most: number) => filled(what, language, shape, texts, (lines) => sentenceOf(lines, entries, language, now, most, texts))
      const message = told(NUMBERS)
      return shape !== "sms" || fits(message) ? message : told(1)
    }
    const found = entries.get(what.entry)
    const options = what.options === undefined ? {} : { options: what.options }
    // The entry went from the directory between the turn and now.
    if (found === undefined) return { key: "find-help.none", ...options }
    const { entry, country, timeZone } = found
    const hours = hoursText(entry, timeZone, language, now, texts)
    const message = (said: Lines): Message => ({
      key: "find-help.entry",
      values: {
        contacts: said.contacts.map((contact) => contactText(contact, language, texts)).join(", "),
        hours: said.hours ? hours : "",
        name: said.name.replace(/\.$/, ""),
        notes: said.notes.map((key) => (key.startsWith("place.") ? texts("find-help.only-in", language, { place: texts(key, language) }) : texts(key, language))).join(" "),
      },
      ...options,
    })
    const full = { contacts: entry.contacts.slice(0, 3), hours: true, name: entry.name, notes: notesOf(entry, country, now) }
    if (shape !== "sms") return message(full)
    const ways = shortened(full).map(message)
    return ways.find(fits) ?? ways.at(-1) ?? message(full)
  }
}

/** A frightened eye finds no third number. */
const NUMBERS = 2

function hasNumbers({ values }: Extract<Effect, { type: "say" }>): boolean {
  return values !== undefined && Object.values(values).some((value) => typeof value === "object" && "lines" in value)
}

/** Of a list of labels so many are told; in an SMS one less. */
const LABELS = 3

/** The message with its days and labels by their names and its numbers as they stand. */
function filled({ key, values, options }: Extract<Effect, { type: "say" }>, language: Language, shape: Shape, texts: Texts, sentence: (lines: Numbers) => string): Message {
  const all = Object.entries(values ?? {}).map(([name, value]) => [name, valueOf(value, language, shape, texts, sentence)] as const)
  return { key, ...(values !== undefined && { values: Object.fromEntries(all) }), ...(options !== undefined && { options }) }
}

function valueOf(value: Value, language: Language, shape: Shape, texts: Texts, sentence: (lines: Numbers) => string): MessageValue {
  if (typeof value === "string") return value
  if ("labels" in value) {
    const most = shape === "sms" ? LABELS - 1 : LABELS
    const more = value.labels.length - most
    return [...value.labels.slice(0, most).map((label) => texts(label, language)), ...(more > 0 ? [`+${more}`] : [])].join(language === "ur" ? "، " : ", ")
  }
  if ("day" in value) return dayName(value.day, language)
  if ("key" in value) {
    const inner = Object.entries(value.values ?? {}).map(([name, one]) => [name, typeof one === "string" ? one : dayName(one.day, language)] as const)
    return { key: value.key, ...(value.values !== undefined && { values: Object.fromEntries(inner) }) }
  }
  return value.lines
    .map(sentence)
    .filter((said) => said !== "")
    .join(" ")
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
  for (const key of [...CAN_GO, ...full.notes.filter((note) => note.startsWith("place."))].filter((one) => full.notes.includes(one)))
    next(({ notes }) => ({ notes: notes.filter((note) => note !== key) }))
  next(({ name }) => ({ name: name.split(/,| \(/)[0] ?? name }))
  next(({ contacts }) => ({ hours: contacts[0]?.kind !== "web" }))
  const safety = full.notes.filter((note) => !CAN_GO.includes(note) && !note.startsWith("place."))
  for (let count = safety.length - 1; count >= 0; count--) next(() => ({ notes: safety.slice(0, count) }))
  return ways
}

/** The directory as the flows need it. */
export function directoryOf(files: readonly DirectoryFile[]): Directory {
  const listed = new Set(files.map(({ country }) => country))
  const entriesOf = (file: DirectoryFile) =>
    file.entries.map((entry) => ({
      id: entry.id,
      needs: entry.needs,
      provinces: entry.provinces,
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
        provinces: file.provinces.map(({ id, names }) => ({ code: id, names: Object.values(names) })),
        entries: entriesOf(file),
      })),
    elsewhere: everyCountry().filter(({ code }) => !listed.has(code)),
    international: files.filter(({ country }) => country === "international").flatMap(entriesOf),
  }
}

/** How countries and provinces are written, for the texts. */
export function placeNames(files: readonly DirectoryFile[]): Names {
  return Object.fromEntries(files.flatMap((file) => [[file.country, file.names] as const, ...file.provinces.map(({ id, names }) => [`${file.country}-${id}`, names] as const)]))
}

const CODES = Array.from({ length: 26 * 26 }, (_, index) => String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26)))
/** Codes that the runtime has names for and that are no country's. */
const NO_COUNTRY: ReadonlySet<string> = new Set(["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"])

/** Every country of the world by its names, as the runtime knows them. */
function everyCountry(): readonly Place[] {
  const speaking = ["en", "ur", "es", "fr"].map((language) => new Intl.DisplayNames(language, { type: "region", fallback: "none" }))
  return CODES.filter((code) => !NO_COUNTRY.has(code))
    .map((code) => ({ code, names: speaking.flatMap((names) => names.of(code) ?? []) }))
    .filter(({ names }) => names.length > 0)
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

function notesOf(entry: DirectoryEntry, country: string, now: Date): readonly string[] {
  const audience = entry.audience === "women" || entry.audience === "minors" || entry.audience === "adults" ? [`find-help.${entry.audience}`] : []
  const said = new Set(entry.cautions)
  return [
    ...entry.provinces.map((province) => `place.${country}-${province}`),
    ...(entry.mark === "unverified" ? ["find-help.unverified"] : entry.mark === "old" ? ["find-help.old"] : []),
    ...(freshness({ verifiedAt: Date.parse(entry.verifiedOn) }, now.getTime()) === "flagged" ? ["find-help.flagged"] : []),
    ...(entry.cost === "free" ? ["find-help.free"] : []),
    ...(said.has("adults-only") || said.has("minors-only") ? [] : audience),
    ...(entry.traceOnBill === "no" ? ["find-help.no-trace"] : entry.traceOnBill === "yes" ? ["find-help.trace"] : []),
    ...entry.cautions.map((caution) => `caution.${caution}`),
    ...(entry.note === undefined ? [] : [`caution.${entry.note}`]),
  ]
}
