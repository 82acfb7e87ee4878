import { areasOf, readAreas, type AreaFile } from "./helpline/areas.ts"
import { readContent, type DirectoryFile, type HelplineFile } from "./helpline/content.ts"
import { readDesk, type DeskFile } from "./helpline/desk-file.ts"
import { keepingOf } from "./helpline/organisation.ts"
import { countedAreas, countedOptions } from "./helpline/release-names.ts"
import { createReleases } from "./helpline/release-view.ts"
import { createReleaseWords } from "./helpline/release-words.ts"
import { createReports } from "./helpline/reports.ts"
import { readTaxonomy, type TaxonomyFile } from "./helpline/taxonomy.ts"
import type { Texts } from "./locales/texts.ts"
import type { Log } from "./log.ts"
import type { Deed } from "./store/audit.ts"
import type { Store } from "./store/pool.ts"
import type { Cover } from "./vault/cover.ts"

/** What an organisation has written of which reports and releases are made. */
export type ReportContent = {
  readonly helpline: HelplineFile
  readonly directory: readonly DirectoryFile[]
  readonly areas: readonly AreaFile[]
  readonly desk: DeskFile
  readonly taxonomy: TaxonomyFile
}

type Parts = { readonly store: Store; readonly cover: Cover; readonly log: Log; readonly now: () => number; readonly writes: (deed: Deed) => Promise<void> }

/** Reads it. Throws one error that names every file and key that is wrong; of the desk's file, what is wrong is left out. */
export function readReportContent(folder: string): ReportContent {
  return { ...readContent(folder), areas: readAreas(folder), desk: readDesk(folder).desk, taxonomy: readTaxonomy(folder) }
}

/** Reports and releases by an organisation's content; the house and the operator's commands have the same. */
export function openReports({ helpline, directory, areas, desk, taxonomy }: ReportContent, texts: Texts, parts: Parts) {
  const home = areas.find(({ country }) => country === helpline.country)
  const reports = createReports({
    ...parts,
    keeping: keepingOf(helpline, desk),
    shareWith: helpline.reports.shareWith,
    frame: { taxonomy, areas: areasOf(areas, directory), home: helpline.country },
  })
  const releases = createReleases({
    ...parts,
    areas: countedAreas(helpline.country, home),
    taxonomy: { version: taxonomy.version, options: countedOptions(taxonomy) },
    takenBack: () => reports.takenBack(),
  })
  /** `numbers`: what `/numbers`, `/stories` and an evidence pack are made of. */
  return { reports, numbers: { releases, words: createReleaseWords(texts, taxonomy, home), areas: home, languages: helpline.languages } }
}
