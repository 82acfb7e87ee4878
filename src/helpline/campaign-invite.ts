import { plain } from "../flows/directory.ts"
import type { CampaignFile } from "./campaign-file.ts"
import type { Language } from "../locales/texts.ts"

/** Where the house can be written to: a bot's name, numbers. What isn't known isn't there. */
export type Reach = { readonly telegram?: string | undefined; readonly sms?: string | undefined; readonly whatsapp?: string | undefined; readonly simulator: boolean }

/** A way to join: an address that opens a channel with the word already in it, and that word. */
export type Way = { readonly channel: "telegram" | "sms" | "whatsapp"; readonly address: string; readonly to: string; readonly word: string }

/** The word by which a campaign is joined in a language, or in its first. */
export function wordOf({ words, languages }: CampaignFile, language: Language): string {
  return words[language]?.[0] ?? languages.flatMap((one) => words[one] ?? [])[0] ?? ""
}

/** The ways to join a campaign, on each channel there is. */
export function waysTo(campaign: CampaignFile, language: Language, { telegram, sms, whatsapp }: Reach): readonly Way[] {
  const word = wordOf(campaign, language)
  const text = encodeURIComponent(word)
  const digits = (number: string) => number.replace(/\D/g, "")
  return [
    ...(telegram === undefined ? [] : [{ channel: "telegram" as const, address: `https://t.me/${telegram}?start=${payloadOf(campaign)}`, to: `@${telegram}`, word }]),
    ...(whatsapp === undefined ? [] : [{ channel: "whatsapp" as const, address: `https://wa.me/${digits(whatsapp)}?text=${text}`, to: `+${digits(whatsapp)}`, word }]),
    ...(sms === undefined ? [] : [{ channel: "sms" as const, address: `sms:+${digits(sms)}?body=${text}`, to: `+${digits(sms)}`, word }]),
  ]
}

/** What a link to Telegram carries: the campaign's own name, in letters that Telegram lets through. */
export function payloadOf({ id }: CampaignFile): string {
  return id.slice(0, 64)
}

/** What somebody is taken to have written who came by such a link: a campaign's word, and nothing else. */
export function wordsOfPayloads(campaigns: readonly CampaignFile[]): ReadonlyMap<string, string> {
  const words = campaigns.flatMap((campaign) =>
    campaign.languages.flatMap((language) => (campaign.words[language] ?? []).map((word) => [plain(word).replaceAll(" ", "-"), word] as const)),
  )
  return new Map([...words.filter(([payload]) => /^[a-z0-9-]{1,64}$/.test(payload)), ...campaigns.map((campaign) => [payloadOf(campaign), wordOf(campaign, "en")] as const)])
}
