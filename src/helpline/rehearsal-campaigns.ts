import { DECLINED_FOR, type Campaign, type CampaignFacts, type Given } from "../flows/campaign-shapes.ts"
import type { Conversation } from "../flows/conversation.ts"
import type { Heard } from "../flows/effect.ts"
import { LANGUAGES } from "../locales/texts.ts"

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
    ]),
    { mine: parts, open },
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

/** Words for others to see: such as fit, too many, with somebody in them, and such as tell of something that happened. */
export const GIVEN_WORDS: readonly string[] = ["Stay loud.", "a".repeat(900), "Call 0300-1234567.", "hard danger"]

/** A picture for others to see. */
export const PICTURE: Heard = { type: "media", file: "telegram:one" }

/** What of a conversation bears on what a campaign says next. */
export function campaignPoint({ place, offered, memory: { safe, page, campaign, day, discreet, joining, giving, country } }: Conversation): string {
  const asks = place === "campaign.which" || place === "campaign.zone" || place === "campaign.country" || place === "campaign.what-i-gave" ? page : 0
  const clock = /\.(where|country|zone|clock|hour)$/.test(place) ? country : undefined
  const told = place === "campaign.today" || place === "campaign.other" || place === "campaign.well" ? day : undefined
  const answers = place === "campaign.what-i-gave" ? offered.map(({ id }) => id).join() : offered.length
  return JSON.stringify([place, answers, safe, asks, campaign, told, discreet, joining?.changes, clock, giving?.kind, giving?.held !== undefined])
}
