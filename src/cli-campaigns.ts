import { complain, contentFolder, count, tell } from "./cli-tools.ts"
import { createSafetyWords } from "./flows/safety-words.ts"
import { previewsOf, wrongInDays } from "./helpline/campaign-check.ts"
import { readCampaigns } from "./helpline/campaign-file.ts"
import { costLines, previewLines, templateLines } from "./helpline/campaign-report.ts"
import { readContent } from "./helpline/content.ts"
import { createListing, placeNames } from "./helpline/listing.ts"
import { createTexts, LANGUAGES, localeFiles } from "./locales/texts.ts"

/** What may be said with a command about campaigns: which one, and for how many people. */
export type CampaignAsked = { readonly name: string; readonly participants: string | undefined }

export const campaignCommands = {
  "campaign check": {
    about: "each day of a campaign as it would be read, its SMS segments and their cost (--participants=1000), and what is missing; exits 1 on mistakes",
    named: true,
    run: check,
  },
}

/** Shows campaigns as they would be sent: the one that is named, or all. */
function check({ name, participants: asked }: CampaignAsked): number {
  const participants = Number(asked ?? 1)
  if (!Number.isSafeInteger(participants) || participants < 1) {
    complain("Participants are counted in whole numbers, as in --participants=1000.")
    return 2
  }
  const { helpline, directory } = readContent(contentFolder())
  const all = readCampaigns(contentFolder())
  const campaigns = all.filter(({ id }) => name === "" || id === name)
  if (campaigns.length === 0) {
    complain(all.length === 0 ? "There are no campaigns." : `There is no such campaign. There are: ${all.map(({ id }) => id).join(", ")}.`)
    return 2
  }
  const texts = createTexts(placeNames(directory))
  const listing = createListing(directory, texts)
  const files = Object.fromEntries(LANGUAGES.map((language) => [language, localeFiles(language)]))
  const reserved = createSafetyWords([])
  const price = { perSegment: helpline.smsPricePerSegment, currency: helpline.smsPriceCurrency }
  const problems = campaigns.map((campaign) => {
    const said = previewsOf(campaign, listing, texts)
    const wrong = wrongInDays(campaign, said, texts, { files, carrierWord: (text) => reserved(text) !== undefined })
    const lines = [...previewLines(campaign, said), "", ...costLines(campaign, said, participants, price), ...templateLines(campaign)]
    for (const line of lines) tell(line)
    for (const { language, key, problem } of wrong) tell(`${language} ${key}: ${problem}`)
    tell(`${campaign.id}: ${count(wrong.length, "problem")} in ${count(said.length, "message")}.`)
    tell("")
    return wrong.length
  })
  return problems.some((number) => number > 0) ? 1 : 0
}
