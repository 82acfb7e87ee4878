import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { complain, contentFolder, count, tell, withStore } from "./cli-tools.ts"
import { Refusal } from "./explain.ts"
import { createSafetyWords } from "./flows/safety-words.ts"
import { previewsOf, wrongInDays } from "./helpline/campaign-check.ts"
import { readCampaigns } from "./helpline/campaign-file.ts"
import { costLines, previewLines, templateLines } from "./helpline/campaign-report.ts"
import { readContent } from "./helpline/content.ts"
import { readShown } from "./helpline/contributions.ts"
import { createListing, placeNames } from "./helpline/listing.ts"
import { moderationFrame } from "./helpline/moderation-frame.ts"
import { publicWords } from "./helpline/public-words.ts"
import { createTexts, LANGUAGES, localeFiles } from "./locales/texts.ts"

/** What may be said with a command about campaigns: which one, for how many people, in which language, and where to. */
export type CampaignAsked = { readonly name: string; readonly participants: string | undefined; readonly language: string | undefined; readonly to: string | undefined }

export const campaignCommands = {
  "campaign check": {
    about: "each day of a campaign as it would be read, its SMS segments and their cost (--participants=1000), and what is missing; exits 1 on mistakes",
    named: true,
    run: check,
  },
  "campaign letters": {
    about: "the letters to those who decide that were given to a campaign and are shown, as a PDF to hand over: --language ur, --to folder",
    named: true,
    run: letters,
  },
}

/** Shows campaigns as they would be sent: the one that is named, or all. */
function check({ name, participants: asked }: Pick<CampaignAsked, "name" | "participants">): number {
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

/** Writes the letters of a campaign into a file; one that stands there already is never written over. */
async function letters({ name, language: asked = "en", to = "." }: CampaignAsked): Promise<number> {
  const language = LANGUAGES.find((one) => one === asked)
  if (language === undefined) {
    complain(`The languages are ${LANGUAGES.join(", ")}.`)
    return 2
  }
  const { helpline, directory } = readContent(contentFolder())
  const texts = createTexts(placeNames(directory))
  const { campaigns } = moderationFrame(readCampaigns(contentFolder()), texts)
  const campaign = campaigns.find(({ id }) => id === name)
  if (campaign === undefined) {
    complain(campaigns.length === 0 ? "There are no campaigns." : `Name a campaign: ${campaigns.map(({ id }) => id).join(", ")}.`)
    return 2
  }
  return withStore(async (store) => {
    // Fonts and printers are large, and no other command wants them.
    const { lettersPdf } = await import("./helpline/campaign-letters.ts")
    const shown = await readShown(store, { campaign: name })
    const { name: file, pdf, count: many } = await lettersPdf({ campaign, shown, words: publicWords(texts, language), organisation: helpline, on: new Date() })
    if (many === 0) {
      complain("No letter to those who decide is shown in that language yet.")
      return 1
    }
    const path = join(to, file)
    mkdirSync(to, { recursive: true })
    if (existsSync(path)) throw new Refusal(`${path} is there already; name another folder with --to.`)
    writeFileSync(path, pdf)
    tell(`${count(many, "letter")} in ${path}.`)
    return 0
  })
}
