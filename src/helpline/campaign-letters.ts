import { paperOf, type Block, type Paper } from "../print/paper.ts"
import type { Shown } from "./contribution-view.ts"
import { isoOf } from "./evidence-paper.ts"
import type { NamedCampaign } from "./moderation-frame.ts"
import type { PublicWords } from "./public-words.ts"

/** What letters are handed over of: what everybody sees already of one campaign, in the language of these words. */
export type Letters = {
  readonly campaign: Pick<NamedCampaign, "id" | "names">
  readonly shown: readonly Shown[]
  readonly words: PublicWords
  /** Who hands them over, and where whoever reads them may ask. */
  readonly organisation: { readonly name: string; readonly contact: string }
  readonly on: Date
}

/** A paper with a name for its file, and how many letters are in it. */
export type LettersFile = { readonly name: string; readonly pdf: Uint8Array; readonly count: number }

/** Letters to those who decide as one PDF to hand over, the oldest first. The same letters on the same day give the same bytes. */
export async function lettersPdf(from: Letters): Promise<LettersFile> {
  const { campaign, shown, words, on } = from
  const letters = shown.filter(({ kind, language }) => kind === "demand" && language === words.language).toReversed()
  return { name: `letters-${campaign.id}-${words.language}-${isoOf(on)}.pdf`, pdf: await paperOf(lettersPaper(from, letters)), count: letters.length }
}

function lettersPaper({ campaign, words, organisation, on }: Letters, letters: readonly Shown[]): Paper {
  const { say, number, day, language, dir } = words
  const title = say("demands.title")
  const made = say("evidence.made", { day: day(isoOf(on)) })
  return {
    title,
    author: organisation.name,
    language,
    rtl: dir === "rtl",
    on,
    head: `${organisation.name} · ${title}`,
    foot: made,
    page: (page, pages) => say("evidence.page", { page: number(page), pages: number(pages) }),
    blocks: [
      { type: "kicker", text: organisation.name },
      { type: "title", text: title },
      { type: "text", text: [say("demands.campaign", { campaign: campaign.names[language] }), made, say("evidence.questions", { contact: organisation.contact })].join("\n") },
      { type: "text", text: say("demands.count", { letters: number(letters.length) }) },
      { type: "important", text: say("demands.about") },
      ...letters.map((letter): Block => ({ type: "quote", text: letter.text, by: byOf(letter, words) })),
    ],
  }
}

function byOf({ name, country }: Shown, { say, language }: PublicWords): string {
  const place = new Intl.DisplayNames(language === "ur-Latn" ? "en" : language, { type: "region", fallback: "code" }).of(country) ?? country
  return name === undefined ? say("demands.no-name", { country: place }) : say("demands.by", { name, country: place })
}
