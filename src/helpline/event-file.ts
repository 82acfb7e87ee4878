import { existsSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { eventText } from "../flows/campaign-events.ts"
import type { LocalEvent } from "../flows/campaign-shapes.ts"
import { LANGUAGES, type Language, type Names } from "../locales/texts.ts"
import type { CampaignFile } from "./campaign-file.ts"
import { isOnCalendar, spanOf } from "./campaign-time.ts"
import { ContentError, readContentFile } from "./content-file.ts"

/** `content/events.yaml`: something near people of a campaign, with what is said of it in each of its languages. */
export type EventFile = LocalEvent & { readonly texts: Readonly<Partial<Record<Language, EventTexts | undefined>>> }
export type EventTexts = z.infer<typeof texts>

const FILE = "events.yaml"
const NEVER = { begins: 0, ends: 0 }

/** Reads `content/events.yaml`; a folder without one announces nothing. Throws one error that names everything that is wrong, each with its field. */
export function readEvents(folder: string, campaigns: readonly CampaignFile[]): readonly EventFile[] {
  if (!existsSync(join(folder, FILE))) return []
  const problems: string[] = []
  const file = readContentFile(folder, FILE, eventsFile, problems)
  const events = (file?.events ?? []).map(({ at, zone, ...event }) => ({
    ...event,
    languages: LANGUAGES.filter((language) => event.texts[language] !== undefined),
    date: at.slice(0, "2026-11-29".length),
    time: at.slice(-"17:00".length),
    ...(spanOf(at, zone) ?? NEVER),
  }))
  problems.push(...events.flatMap((event, place) => wrongIn(event, events.slice(0, place), campaigns).map((problem) => `content/${FILE}: events.${place}.${problem}`)))
  if (problems.length > 0) throw new ContentError(problems)
  return events
}

/** What an event's texts are called and how each language writes them, for the texts. */
export function eventNames(events: readonly EventFile[]): Names {
  return Object.fromEntries(
    events.flatMap(({ id, languages, texts: all }) =>
      PARTS.map((part) => {
        const said = languages.flatMap((language) => (all[language] === undefined ? [] : [[language, all[language][part]] as const]))
        // Whoever meets it in another language than it is announced in reads the first.
        return [eventText(id, part).slice("place.".length), { en: said[0]?.[1] ?? "", ...Object.fromEntries(said) }] as const
      }),
    ),
  )
}

/** The most characters of each text: what an answer takes, and what fits a text message with all that stands around it. */
export const EVENT_LENGTHS = { label: 16, title: 60, place: 30, join: 160, access: 160 } as const
const PARTS = ["label", "title", "place", "join", "access"] as const

/** One line of up to so many characters. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(2)
    .max(most)
    .regex(/^\P{Cc}*$/u, "should be one line")
const texts = z.strictObject({
  label: line(EVENT_LENGTHS.label),
  title: line(EVENT_LENGTHS.title),
  place: line(EVENT_LENGTHS.place),
  join: line(EVENT_LENGTHS.join),
  access: line(EVENT_LENGTHS.access),
})
const said = texts.optional()

const regions = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" })
const zones: ReadonlySet<string> = new Set(Intl.supportedValuesOf("timeZone"))

const event = z
  .strictObject({
    id: z
      .string()
      .max(30)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "should be of small letters, digits and hyphens"),
    campaign: z.string(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, "is no country such as PK")
      .refine((code) => regions.of(code) !== undefined, "is no country such as PK"),
    at: z
      .string()
      .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, "is no date and time such as 2026-11-29T17:00")
      .refine(isOnCalendar, "is no day or time of the calendar"),
    zone: z.string().refine((zone) => zones.has(zone), "is no time zone such as Asia/Karachi"),
    texts: z.strictObject({ en: said, ur: said, "ur-Latn": said, es: said, fr: said }).refine((all) => Object.values(all).some((one) => one !== undefined), "is in no language"),
  })
  .refine(({ at, zone }) => !isOnCalendar(at) || !zones.has(zone) || spanOf(at, zone) !== undefined, {
    path: ["at"],
    message: "doesn't come there: clocks are put forward over it",
  })
const eventsFile = z.strictObject({ events: z.array(event) })

/** What in an event doesn't go with its campaign, or with those before it. */
function wrongIn({ id, campaign, languages, texts: all }: EventFile, before: readonly EventFile[], campaigns: readonly CampaignFile[]): readonly string[] {
  const known = campaigns.find((one) => one.id === campaign)
  const rivals = before.filter((other) => other.campaign === campaign)
  return [
    ...(before.some((other) => other.id === id) ? [`id: ${id} stands twice`] : []),
    ...(known === undefined ? [`campaign: there is no campaign ${campaign}`] : []),
    ...languages.flatMap((language) => (known === undefined || known.languages.includes(language) ? [] : [`texts.${language}: the campaign isn't in that language`])),
    ...languages.flatMap((language) =>
      rivals.some((other) => other.texts[language]?.label === all[language]?.label) ? [`texts.${language}.label: another event has the same`] : [],
    ),
  ]
}
