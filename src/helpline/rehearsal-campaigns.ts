import { DECLINED_FOR, type Campaign, type CampaignFacts, type Given, type LocalEvent } from "../flows/campaign-shapes.ts"
import type { Conversation } from "../flows/conversation.ts"
import type { Heard } from "../flows/effect.ts"
import { LANGUAGES, type Language, type Texts } from "../locales/texts.ts"
import { EVENT_LENGTHS } from "./event-file.ts"

/** Every action of every campaign, as it comes. */
export function everyAction(campaigns: readonly Campaign[]): readonly Heard[] {
  return campaigns.flatMap(({ id, actions }) =>
    actions.flatMap((_, index) => [false, true].map((neutral): Heard => ({ type: "action", campaign: id, day: index + 1, reminder: false, neutral }))),
  )
}

/** Every way in which somebody can stand to the campaigns. */
export function everyPart(campaigns: readonly Campaign[]): readonly CampaignFacts[] {
  const given = (more: Partial<Given>): Given => ({ id: "one", kind: "letter", status: "waiting", ...more })
  const open = campaigns.map(({ id }) => id)
  const parts = campaigns.map(({ id }) => ({ campaign: id, language: "en" as const, zone: "UTC", hour: 10, neutral: false, day: 1, done: 1 }))
  return [
    { mine: [], open },
    { mine: [], open: [] },
    { mine: [], open, blocked: true },
    { mine: [], open, letters: LANGUAGES.map((language) => ({ id: "one", language, text: "You did nothing wrong. Many of us stand beside you." })) },
    ...parts.flatMap((part): CampaignFacts[] => [
      { mine: [part], open },
      { mine: [{ ...part, day: undefined, neutral: true }], open },
      // Nothing comes up near her, though something did when she was told of it.
      { mine: [{ ...part, country: "FR" }], open },
    ]),
    { mine: parts, open },
    ...parts.flatMap((part) => [false, true].map((comes): CampaignFacts => ({ mine: [part], open, events: [{ id: rehearsedId(part.campaign, 1), count: 1000, comes }] }))),
    ...[
      given({}),
      given({ status: "changed", proposal: "Many of us stand beside you." }),
      given({ status: "published", read: 12 }),
      given({ kind: "square", status: "published" }),
      given({ kind: "square", status: "published", card: true }),
      ...[...DECLINED_FOR, "not-fetched" as const, "not-drawn" as const].map((why) => given({ status: "declined", why })),
    ].map((one): CampaignFacts => ({ mine: parts.slice(0, 1), open, given: [one, { ...one, id: "two" }] })),
  ]
}

const DAY_MS = 24 * 3600_000
/** More than stand on one page. */
const EVENTS = 6
const rehearsedId = (campaign: string, n: number) => `rehearsed-${campaign}-${n}`

/** Events as long as they may be, near people of each campaign: what an organisation announces later must fit as well. */
export function everyEvent(campaigns: readonly Campaign[], country: string, now: number): readonly LocalEvent[] {
  return campaigns.flatMap(({ id: campaign, languages }) =>
    Array.from({ length: EVENTS }, (_, index) => ({
      id: rehearsedId(campaign, index + 1),
      campaign,
      country,
      languages,
      date: "2026-11-29",
      time: "17:00",
      begins: now + DAY_MS,
      ends: now + 2 * DAY_MS,
    })),
  )
}

/** The texts, with those of the rehearsed events. */
export function withEvents(texts: Texts): Texts {
  const own = new Map<string, (language: Language) => string>(
    Array.from({ length: EVENTS }, (_, index) => index + 1).flatMap((n) =>
      Object.entries(EVENT_LENGTHS).map(
        ([part, most]) => [`-${n}-${part}`, (language: Language) => `${(WORDS[language] ?? "").repeat(most).slice(0, most - 1)}${part === "label" ? n : "."}`] as const,
      ),
    ),
  )
  return (key, language, values) =>
    (key.startsWith("place.event-rehearsed-") ? own.get(/-\d+-[a-z]+$/.exec(key)?.[0] ?? "")?.(language) : undefined) ?? texts(key, language, values)
}

const WORDS: Readonly<Record<Language, string>> = {
  en: "Tea for all. ",
  ur: "سب کے لیے چائے۔ ",
  "ur-Latn": "Sab ke liye chai. ",
  es: "Té para la gente. ",
  fr: "Du thé pour tout le monde. ",
}

/** Words for others to see: such as fit, too many, with somebody in them, and such as tell of something that happened. */
export const GIVEN_WORDS: readonly string[] = ["Stay loud.", "a".repeat(900), "Call 0300-1234567.", "hard danger"]

/** A picture for others to see. */
export const PICTURE: Heard = { type: "media", file: "telegram:one" }

/** What of a conversation bears on what a campaign says next. */
export function campaignPoint({ place, offered, memory: { safe, page, campaign, day, discreet, joining, giving, country, event } }: Conversation): string {
  const asks = place === "campaign.which" || place === "campaign.zone" || place === "campaign.country" || place === "campaign.what-i-gave" || place === "campaign.events" ? page : 0
  const clock = /\.(where|country|zone|clock|hour)$/.test(place) ? country : undefined
  const told = place === "campaign.today" || place === "campaign.other" || place === "campaign.well" ? day : undefined
  const answers = place === "campaign.what-i-gave" ? offered.map(({ id }) => id).join() : offered.length
  return JSON.stringify([
    place,
    answers,
    safe,
    asks,
    campaign,
    told,
    discreet,
    joining?.changes,
    clock,
    giving?.kind,
    giving?.held !== undefined,
    place === "campaign.event" ? event : undefined,
  ])
}
