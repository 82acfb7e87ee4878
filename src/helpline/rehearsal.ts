import { NOWHERE } from "../flows/directory.ts"
import { GIVES } from "../flows/campaign-give.ts"
import { createFlows, type Conversation, type FlowContent, type Turn } from "../flows/conversation.ts"
import type { DeskFacts, Effect, Facts, Heard, Lines, Outward, Shape } from "../flows/effect.ts"
import { WRITTEN } from "../flows/person-places.ts"
import type { Consents, OpenCase, ReportFacts } from "../flows/report-shapes.ts"
import type { SafetyWord } from "../flows/safety-words.ts"
import { ENTRIES, TOPICS, type Understood } from "../flows/understanding/understood.ts"
import type { Said } from "../locales/lint-said.ts"
import { render } from "../locales/render.ts"
import { foldForSms } from "../locales/sms.ts"
import { LANGUAGES, type Texts } from "../locales/texts.ts"
import type { DirectoryFile } from "./content.ts"
import { campaignPoint, everyAction, everyEvent, everyPart, GIVEN_WORDS, PICTURE, withEvents } from "./rehearsal-campaigns.ts"
import { standing } from "./hours.ts"
import { createListing } from "./listing.ts"

/**
 * All that can be said: the messages of every place of the flows, in every country, and every entry of the directory
 * at each hour and age that changes its words; in every language and every channel's shape, as they would leave.
 */
export function rehearse(content: FlowContent, files: readonly DirectoryFile[], written: Texts): readonly Said[] {
  const texts = withEvents(written)
  const listing = createListing(files, texts)
  // The newest entry's day, not today: the same content is always heard the same way.
  const now = Math.max(...files.flatMap(({ entries }) => entries.map(({ verifiedOn }) => Date.parse(verifiedOn))))
  const moments = momentsOf(files, now)
  const heard = new Map<string, Said>()
  // Where no other channel is named, what is said of them is heard all the same.
  const events = [...(content.events ?? []), ...everyEvent(content.campaigns ?? [], content.country, now)]
  const all = { ...content, events, channels: content.channels === "" ? "Telegram @example, SMS 0300-0000000" : content.channels }
  for (const shape of SHAPES) {
    for (const effect of everyEffect(all, shape, now)) {
      if (effect.type === "wait" || effect.type === "forget" || effect.type === "desk" || effect.type === "file" || effect.type === "participate") continue
      for (const language of LANGUAGES) {
        for (const message of heardAt(effect, moments, new Date(now)).map((moment) => listing(effect, language, moment, shape))) {
          const { text, choices } = render(message, language, shape, texts)
          const { contacts } = message.key === "find-help.entry" ? (message.values ?? {}) : {}
          const asked = typeof contacts === "string" ? (shape === "sms" ? foldForSms(contacts, language) : contacts) : undefined
          heard.set(JSON.stringify([language, shape, message.key, text, choices]), { language, shape, key: message.key, text, choices, asked })
        }
      }
    }
  }
  return [...heard.values()]
}

const SHAPES: readonly Shape[] = ["sms", "telegram", "whatsapp"]

/** Every effect that can come about, found by giving every answer everywhere. */
function everyEffect(content: FlowContent, shape: Shape, now: number): readonly Effect[] {
  // The walk types meanings instead of sentences, so that nothing hangs on what the phrase lists know.
  const understand = (text: string) => MEANINGS.get(text) ?? { risks: [] }
  const heardAs = { ...content, safetyWord: (text: string) => SAFETY.get(text), understand, understandByRules: understand, languageNamed: () => undefined }
  const asTheyAre = createFlows(heardAs)
  // What is said of pictures is heard, whether any campaign takes them or not.
  const withPictures = createFlows({ ...heardAs, campaigns: content.campaigns?.map((campaign) => ({ ...campaign, pictures: true })) })
  const effects = new Map<string, Effect>()
  const parts = everyPart(content.campaigns ?? [])
  const met = new Set<string>()
  const open: Conversation[] = []
  const hear = (before: Conversation | undefined, heard: Heard, country?: string, desk: DeskFacts = DESKS[0], handoff?: Facts["handoff"], reports = REPORTS) => {
    const facts = { now, shape, fresh: HANDOFF, desk, handoff, reports, ...(country !== undefined && { country }) }
    const flows = heard === PICTURE || before?.place === "campaign.picture-show" ? withPictures : asTheyAre
    const turn = flows.hear(before, heard, facts)
    for (const one of turn.needs === undefined ? [turn] : parts.map((campaigns) => flows.hear(before, heard, { ...facts, campaigns }))) note(one)
  }
  const note = (turn: Turn) => {
    for (const effect of turn.effects) effects.set(JSON.stringify(effect), effect)
    if (isNew(pointOf(turn.after))) open.push(turn.after)
  }
  const isNew = (point: string) => !met.has(point) && met.add(point).size > 0
  for (const heard of ANYTIME) hear(undefined, heard)
  // Somebody from a country that isn't listed, who is told no number.
  for (const heard of ANYTIME) hear(undefined, heard, NOWHERE)
  for (const heard of everyAction(content.campaigns ?? [])) hear(undefined, heard)
  for (const here of open) {
    // Numbers that WhatsApp carries no daily messages to.
    if (here.place === "campaign.where") hear({ ...here, memory: { ...here.memory, country: "US" } }, { type: "choice", id: "campaign.where/yes" })
    if (GIVES.has(here.place)) for (const text of GIVEN_WORDS) hear(here, { type: "text", text })
    if (here.place === "campaign.words") hear(here, PICTURE)
    for (const { id } of here.offered) hear(here, { type: "choice", id })
    // What isn't understood is answered with the same answers to choose from.
    if (isNew(JSON.stringify([WRITTEN.has(here.place) ? here.place : here.place.split(".")[0], here.memory.safe, here.offered]))) for (const heard of EVERYWHERE) hear(here, heard)
    if (here.place === "menu.main") for (const heard of ANYTIME) hear(here, heard)
    if (here.place === "menu.main") for (const desk of DESKS) hear(here, ASKING, undefined, desk)
    if (here.place === "menu.main") hear(here, THANKS)
    // Her chat ended without her knowing, and now nobody can be asked.
    if (here.place === "menu.main")
      for (const unsaid of ["nobody", "closed"] as const) for (const desk of DESKS) hear({ ...here, memory: { ...here.memory, unsaid } }, ASKING, undefined, desk)
    // A button that is still on the screen.
    if (here.place === "person.silent") hear(here, YES)
    if (here.place === "menu.main" || here.place === "report.publish" || here.place === "report.code")
      for (const id of ["menu.main/report", "report.publish/no", "report.code/have"]) hear(here, { type: "choice", id }, undefined, undefined, undefined, NOT_TAKEN)
    if (here.place === "menu.main") for (const opened of CASES) hear(here, { type: "case", opened })
    if (here.place === "report.code") hear(here, { type: "case", opened: "unknown" })
    // Words of her account where an answer is awaited, and a report that is found again where there is something to see.
    if (here.place.startsWith("report.") && here.memory.draft !== undefined && isNew(`account at ${here.memory.draft.step}`)) {
      for (const text of ["hard danger", "hard suicide"]) hear(here, { type: "text", text })
      hear({ ...here, place: "menu.main", offered: [] }, { type: "choice", id: "menu.main/report" })
    }
    if (here.place === "report.words") for (const text of TOLD) hear(here, { type: "text", text })
    // What she began is found again from the menu, and suicide that was asked about isn't asked again.
    if (here.place === "report.words" && here.memory.draft !== undefined) {
      hear({ ...here, place: "menu.main", offered: [] }, { type: "choice", id: "menu.main/report" })
      // And what was written after a long pause isn't put to it.
      hear({ ...here, place: "hello.safe", memory: { ...here.memory, pending: { to: "report" }, missed: "told" } }, { type: "choice", id: "hello.safe/yes" })
      hear({ ...here, memory: { ...here.memory, draft: { ...here.memory.draft, raised: ["suicide"] } } }, { type: "text", text: "hard suicide" })
    }
    if (here.place === "case.add") for (const text of TOLD) hear(here, { type: "text", text })
    if (here.place === "person.consent") hear(here, YES, undefined, undefined, "none")
    const { handoff } = here.memory
    if (here.place === "person.live") for (const text of ["the word menu", "the word emergency"]) hear(here, { type: "text", text })
    if (handoff !== undefined && here.place.startsWith("person.")) {
      for (const what of NEWS) hear(here, { type: "news", id: handoff.id, what })
      for (const what of ["back", "closed"] as const) for (const desk of SHUT) hear(here, { type: "news", id: handoff.id, what }, undefined, desk)
      for (const words of SAID)
        hear(here, { type: "counsellor", id: handoff.id, key: "", ...words }, undefined, undefined, { id: handoff.id, status: "live", staffId: words.staffId })
    }
    if (here.place === "settings.forget") hear(here, { type: "waited", name: "forget" })
  }
  const [somewhere] = open
  if (somewhere !== undefined) hear({ ...somewhere, place: "somewhere.gone" }, UNCLEAR)
  return [...effects.values()]
}

const SAFETY: ReadonlyMap<string, SafetyWord> = new Map((["exit", "menu", "emergency", "forget", "opt-out", "opt-in", "help"] as const).map((word) => [`the word ${word}`, word]))

const MEANINGS: ReadonlyMap<string, Understood> = new Map<string, Understood>([
  ...(["danger", "suicide", "child", "images"] as const).flatMap((path) => (["hard", "soft"] as const).map((tier) => [`${tier} ${path}`, { risks: [{ path, tier }] }] as const)),
  [
    "pictures of somebody under 18",
    {
      risks: [
        { path: "child", tier: "hard" },
        { path: "images", tier: "hard" },
      ],
    },
  ],
  ...[...TOPICS, ...ENTRIES].map((intent) => [`about ${intent}`, { risks: [], intent }] as const),
])

const HANDOFF = "00000000-0000-8000-8000-000000000000"
/** Every way the desk can stand. */
const DESKS: readonly [DeskFacts, ...DeskFacts[]] = [
  { state: "open", range: { least: 10, most: 45 } },
  { state: "open" },
  { state: "nobody" },
  { state: "blocked" },
  ...[undefined, "capacity" as const, "holiday" as const, "emergency" as const, "other" as const].flatMap((closing): DeskFacts[] => [
    { state: "closed", closing },
    { state: "closed", closing, opens: { from: "09:30" } },
    { state: "closed", closing, opens: { from: "09:30", day: "wed" } },
  ]),
]
const SHUT = DESKS.filter(({ state, closing }) => state === "closed" && closing === undefined)
const NEWS = ["back", "nobody", "nudge", "silent", "ended"] as const
/** Words of two counsellors, some of which a locked screen mustn't show. */
const SAID = [
  { alias: "Jo", staffId: "one", text: "Hello." },
  { alias: "Al", staffId: "another", text: "Is it about your husband?" },
]
const REPORTS: ReportFacts = { taken: true, group: "Example Rights Foundation", code: "123456789012345678" }
const NOT_TAKEN: ReportFacts = { ...REPORTS, taken: false }
const NO_CONSENTS: Consents = { keep: true, count: false, share: false, publish: false, wording: "report-1" }
const CASE: OpenCase = {
  ref: "one",
  state: "kept",
  consents: NO_CONSENTS,
  answers: [
    { id: "1", text: "It was the police." },
    { id: "2", text: "Hello." },
  ],
  keptUntil: "2027-11",
  counted: false,
  story: { id: "one", text: "He had her pictures." },
}
const CASES: readonly (OpenCase | "unknown" | "later")[] = [
  CASE,
  { ...CASE, counted: true, consents: { ...NO_CONSENTS, count: true, share: true, publish: true } },
  { ...CASE, state: "withdrawn" },
  { ...CASE, state: "expired" },
  "unknown",
  "later",
]
/** Her own words: plain, with a number in them, more than fits, and such as raise something. */
const TOLD = ["He wrote to me.", "His number is 0300-1234567.", "a".repeat(9000), "hard danger", "hard suicide", "hard child"]
const ASKING: Heard = { type: "text", text: "about person" }
const YES: Heard = { type: "choice", id: "person.consent/yes" }
const THANKS: Heard = { type: "text", text: "thanks" }
const UNCLEAR: Heard = { type: "text", text: "something else" }
const EVERYWHERE: readonly Heard[] = [UNCLEAR, { type: "media" }]
const ANYTIME: readonly Heard[] = [
  ...EVERYWHERE,
  ...[...SAFETY.keys(), ...MEANINGS.keys()].map((text) => ({ type: "text" as const, text })),
  { type: "help" },
  { type: "opt-in" },
  { type: "group" },
  { type: "parked" },
  { type: "forgotten", atProvider: true },
  { type: "forgotten", atProvider: false },
]

/** What of a conversation bears on what is said next: only some places know of countries, needs, topics, or what waits. */
function pointOf(here: Conversation): string {
  const { place, memory } = here
  const { safe, page, pending, topic, country, province, need, age } = memory
  const reopening = [memory.reopens, memory.unheard !== undefined]
  const room = place.split(".")[0]
  if (room === "campaign") return campaignPoint(here)
  if (room === "person") return JSON.stringify([place, safe, memory.handoff?.status, memory.handoff?.staffId, memory.last, memory.risk === 2, memory.kept, ...reopening])
  if (room === "report") return JSON.stringify([place, page, draftPoint(memory), age, country === NOWHERE])
  if (room === "case") return JSON.stringify([place, page, memory.opened && { ...memory.opened, words: Math.min(memory.opened.words?.length ?? 0, 1) }])
  if (room === "hello") return JSON.stringify([place, safe, pending, country === NOWHERE, ...reopening])
  if (place === "menu.topic") return JSON.stringify([place, safe, topic])
  if (place === "find-help.country") return JSON.stringify([place, page, need])
  if (room === "find-help") return JSON.stringify([place, page, need, country, province])
  if (place === "emergency.images") return JSON.stringify([place, age])
  if (room === "emergency" || place === "menu.main") return JSON.stringify([place, safe, country, province, memory.handoff?.status])
  return JSON.stringify([place, safe, page, room === "tips" ? age : undefined])
}

/** What of a report that is being told bears on what is said next. */
function draftPoint({ draft }: Conversation["memory"]): unknown {
  if (draft === undefined) return undefined
  const { step, changing, said, words, held, notice, full, agreed, resumed } = draft
  const numbers = Math.min(draft.numbers ?? 0, 2)
  return [
    step,
    changing !== undefined,
    Math.min(said[step]?.length ?? 0, 4),
    Math.min(words.length, 1),
    held !== undefined,
    notice,
    full,
    numbers,
    resumed === undefined ? undefined : resumed === step,
    agreed.keep,
    Object.values(agreed).includes(true),
  ]
}

/** The moments at which a message reads differently: one where it has no line, else those of all its lines, the closed ones' too. */
function heardAt(effect: Exclude<Outward, { type: "forget" }>, moments: ReadonlyMap<string, readonly Date[]>, now: Date): readonly Date[] {
  const entriesIn = ({ entries, instead }: Lines): readonly string[] => [...entries, ...(instead === undefined || "key" in instead ? [] : entriesIn(instead))]
  if (effect.type === "list") return moments.get(effect.entry) ?? []
  const values = effect.type === "say" ? Object.values(effect.values ?? {}) : []
  const entries = values.flatMap((value) => (typeof value === "object" && "lines" in value ? value.lines.flatMap(entriesIn) : []))
  return [now, ...new Set(entries)].flatMap((one) => (typeof one === "string" ? (moments.get(one) ?? []) : [one]))
}

/** The moments at which an entry reads differently: open, closed, each day of opening; freshly verified, and long ago. */
function momentsOf(files: readonly DirectoryFile[], now: number): ReadonlyMap<string, readonly Date[]> {
  const hour = 3600_000
  const ages = [0, 400 * 24 * hour]
  return new Map(
    files.flatMap(({ timeZone = "UTC", entries }) =>
      entries.map(({ id, hours }) => {
        const week = Array.from({ length: 7 * 6 }, (_, index) => new Date(now + index * 4 * hour))
        const distinct = new Map(week.map((moment) => [JSON.stringify({ ...standing(hours, timeZone, moment), inDays: undefined }), moment]))
        return [id, ages.flatMap((age) => [...distinct.values()].map((moment) => new Date(moment.getTime() + age)))] as const
      }),
    ),
  )
}
