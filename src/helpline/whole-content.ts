import type { FlowContent } from "../flows/conversation.ts"
import { createTexts, type Texts } from "../locales/texts.ts"
import { areaNames, areasOf, readAreas, type AreaFile } from "./areas.ts"
import { joiningWords, readCampaigns, type CampaignFile } from "./campaign-file.ts"
import { clockNames } from "./campaign-names.ts"
import { readCanned, type CannedReplies } from "./canned.ts"
import { readContent, type DirectoryFile, type HelplineFile } from "./content.ts"
import { readDesk, type DeskFile } from "./desk-file.ts"
import { eventNames, readEvents, type EventFile } from "./event-file.ts"
import { flowContent } from "./flow-content.ts"
import { directoryOf, placeNames } from "./listing.ts"
import { organisationOf } from "./organisation.ts"
import { readTaxonomy, type TaxonomyFile } from "./taxonomy.ts"

/** What an organisation's content says, and what the flows are made of it. */
export type WholeContent = {
  readonly helpline: HelplineFile
  readonly directory: readonly DirectoryFile[]
  readonly areas: readonly AreaFile[]
  readonly desk: DeskFile
  readonly campaigns: readonly CampaignFile[]
  readonly events: readonly EventFile[]
  readonly texts: Texts
  readonly flows: FlowContent
  /** Broken hours mustn't keep the house from answering: they are told, and nobody claims to know them. */
  readonly problems: readonly string[]
}

/** What a house is built of: the same, and what its console and its reports alone ask for. */
export type HouseContent = WholeContent & { readonly taxonomy: TaxonomyFile; readonly replies: CannedReplies }

/** Reads what a house is built of, as `readWhole` does; it also throws where the taxonomy or a prepared reply can't be used. */
export function readHouse(folder: string, built: string): HouseContent {
  return { ...readWhole(folder, built), taxonomy: readTaxonomy(folder), replies: readCanned(folder) }
}

/**
 * Reads a content folder whole. Throws a `ContentError` that names files and fields where it can't be used.
 * @param built a folder of built things, where the learned model is kept
 */
export function readWhole(folder: string, built: string): WholeContent {
  const { helpline, directory } = readContent(folder)
  const areas = readAreas(folder)
  const { desk, problems } = readDesk(folder)
  const campaigns = readCampaigns(folder)
  const events = readEvents(folder, campaigns)
  const texts = createTexts({ ...placeNames(directory), ...areaNames(areas), ...clockNames(), ...eventNames(events) })
  const flows = {
    ...flowContent(texts, built, joiningWords(campaigns)),
    ...organisationOf(helpline, desk),
    directory: directoryOf(directory),
    areas: areasOf(areas, directory),
    campaigns,
    events,
  }
  return { helpline, directory, areas, desk, campaigns, events, texts, flows, problems }
}
