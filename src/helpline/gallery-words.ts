import type { CampaignFile } from "./campaign-file.ts"
import { dateOf, dayAt } from "./campaign-time.ts"
import type { Texts } from "../locales/texts.ts"
import type { PublicWords } from "./public-words.ts"

/** What is said of campaigns, and of what people gave to them, in one language. */
export type GalleryWords = PublicWords & {
  /** A country, as the language calls it. */
  readonly place: (country: string) => string
  readonly campaign: (campaign: CampaignFile) => { readonly name: string; readonly about: string }
  /** The texts of a day; the first is 1. */
  readonly action: (campaign: CampaignFile, day: number) => { readonly theme: string; readonly action: string; readonly offline: string; readonly safe: string }
}

/** The words of a language, for pages about campaigns. */
export function galleryWords(texts: Texts, words: PublicWords): GalleryWords {
  const { language } = words
  return {
    ...words,
    place: (country) => texts(`place.${country}`, language),
    campaign: ({ id }) => ({ name: texts(`${id}.name`, language), about: texts(`${id}.about`, language) }),
    action: ({ id, actions }, day) => {
      const text = (part: string) => texts(`${id}.${actions[day - 1]?.id ?? ""}.${part}`, language)
      return { theme: text("theme"), action: text("action"), offline: text("offline"), safe: text("safe") }
    },
  }
}

/** Where a campaign stands at a moment: the day that it shows, and what there is to say of its dates. */
export type Standing =
  | { readonly status: "today"; readonly day: number }
  | { readonly status: "joining"; readonly day: 1 }
  | { readonly status: "before"; readonly day: 1; readonly begins: string }
  | { readonly status: "over"; readonly day: undefined; readonly ended: string }

/** Where a campaign stands, by the clock of a zone. */
export function standingOf({ begins, actions }: CampaignFile, now: number, zone: string): Standing {
  if (begins === "joining") return { status: "joining", day: 1 }
  const day = dayAt(now, zone, begins)
  if (day < 1) return { status: "before", day: 1, begins }
  if (day > actions.length) return { status: "over", day: undefined, ended: dateOf(begins, actions.length) }
  return { status: "today", day }
}
