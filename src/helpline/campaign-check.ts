import { message } from "../flows/campaign-message.ts"
import type { Shape } from "../flows/effect.ts"
import { lintSaid, type Said } from "../locales/lint-said.ts"
import type { Linted, Problem } from "../locales/lint.ts"
import { render } from "../locales/render.ts"
import { countSms } from "../locales/sms.ts"
import type { Language, Texts } from "../locales/texts.ts"
import type { CampaignFile } from "./campaign-file.ts"
import type { Listing } from "./listing.ts"

/** A message of a campaign as it would leave. Without a day it is the plain note, which is the same every day. */
export type Preview = Said & { readonly day?: number | undefined; readonly segments: number }

/** More than this, and the line that a locked screen shows is cut. */
const THEME_LENGTH = 40
const SHAPES: readonly Shape[] = ["telegram", "whatsapp", "sms"]

/** Every message of a day, and the plain note, in each of the campaign's languages and on each channel. Pure. */
export function previewsOf(campaign: CampaignFile, listing: Listing, texts: Texts): readonly Preview[] {
  return [...campaign.actions.map((_, index) => index + 1), undefined].flatMap((day) => {
    const effect = message(campaign, day ?? 1, day === undefined)
    if (effect?.type !== "say") return []
    const key = day === undefined ? effect.key : `${campaign.id}.${campaign.actions[day - 1]?.id ?? ""}`
    return campaign.languages.flatMap((language) =>
      SHAPES.map((shape) => {
        const { text, choices } = render(listing(effect, language, new Date(0), shape), language, shape, texts)
        return { day, language, shape, key, text, choices, segments: countSms(text).segments }
      }),
    )
  })
}

/** Everything in a day's messages that goes over what a channel takes, or that a locked screen mustn't show. */
export function wrongInDays(campaign: CampaignFile, said: readonly Preview[], texts: Texts, { files, carrierWord }: Pick<Linted, "files" | "carrierWord">): readonly Problem[] {
  const long = campaign.languages.flatMap((language) =>
    campaign.actions.flatMap(({ id }) => {
      const key = `${campaign.id}.${id}.theme`
      const { length } = texts(key, language)
      return length > THEME_LENGTH ? [{ language, key, problem: `has ${length} characters, ${THEME_LENGTH} at most` }] : []
    }),
  )
  return [...long, ...lintSaid({ files, said, carrierWord })]
}

/** The SMS segments of each day in each language, the last row being the plain note. */
export function segmentsOf({ languages }: CampaignFile, said: readonly Preview[]): readonly { readonly day?: number | undefined; readonly segments: readonly number[] }[] {
  const days = [...new Set(said.map(({ day }) => day))]
  const of = (day: number | undefined, language: Language) => said.find((one) => one.day === day && one.language === language && one.shape === "sms")?.segments ?? 0
  return days.map((day) => ({ day, segments: languages.map((language) => of(day, language)) }))
}

/** The date of a day of a campaign whose days are the same for all. */
export function dateOf({ begins }: CampaignFile, day: number): string | undefined {
  return begins === "joining" ? undefined : new Date(Date.parse(begins) + (day - 1) * 24 * 3600_000).toISOString().slice(0, 10)
}
