import { MOST } from "../flows/campaign-give.ts"
import { DECLINED_FOR, type Campaign, type DeclinedFor, type Kind } from "../flows/campaign-shapes.ts"
import { LANGUAGES, type Language, type Texts } from "../locales/texts.ts"

/** A campaign as staff know it: its name in every language, what may be given to it, and how many days it has. */
export type NamedCampaign = {
  readonly id: string
  readonly names: Readonly<Record<Language, string>>
  readonly kinds: readonly Kind[]
  readonly languages: readonly Language[]
  readonly days: number
}

/** What a moderator's page is made of, besides what people gave. */
export type ModerationFrame = {
  readonly campaigns: readonly NamedCampaign[]
  /** The most characters of each kind. */
  readonly most: Readonly<Record<Kind, number>>
  readonly reasons: readonly DeclinedFor[]
  /** What whoever gave it will read, in their language, for each reason. */
  readonly told: (language: Language, kind: Kind) => Readonly<Record<DeclinedFor, string>>
}

/** The frame of these campaigns. Pure. */
export function moderationFrame(campaigns: readonly Campaign[], texts: Texts): ModerationFrame {
  return {
    campaigns: campaigns.map(({ id, kinds, languages, actions }) => ({ id, names: namesOf(id, texts), kinds, languages, days: actions.length })),
    most: MOST,
    reasons: DECLINED_FOR,
    told: (language, kind) =>
      Object.fromEntries(DECLINED_FOR.map((why) => [why, texts(`campaign.declined_${why}`, language, { kind: texts(`choice.kind_${kind}`, language) })])) as Record<
        DeclinedFor,
        string
      >,
  }
}

function namesOf(campaign: string, texts: Texts): Readonly<Record<Language, string>> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, texts(`${campaign}.name`, language)])) as Record<Language, string>
}
