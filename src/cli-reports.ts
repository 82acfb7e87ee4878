import { mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { openReports, readReportContent, type ReportContent } from "./app-reports.ts"
import { complain, contentFolder, count, tell, withStore } from "./cli-tools.ts"
import { readConfig } from "./config.ts"
import { Refusal } from "./explain.ts"
import { quarterIn } from "./helpline/release-quarter.ts"
import { notNowSentence } from "./helpline/release-view.ts"
import { previewLines } from "./helpline/release-words.ts"
import { createTexts, LANGUAGES } from "./locales/texts.ts"
import { createLog } from "./log.ts"
import { writeDown } from "./store/audit.ts"
import { createCover, keyringAt } from "./vault/cover.ts"

/** What may be said with a command about releases. */
export type ReleaseAsked = { readonly quarter: string | undefined; readonly preview: boolean; readonly to: string | undefined; readonly language: string | undefined }

export const reportCommands = {
  "reports keys": { about: "whose key opens reports, by its last signs, and whose no longer", run: () => withReports(reportKeys) },
  "reports shelve": { about: "puts on the shelf now what was given today, and tells how many things that were", run: () => withReports(shelveNow) },
  "release make": { about: "cuts the next quarter's public numbers: --preview shows them and changes nothing, --quarter 2026-Q3 names one", run: makeRelease },
  "release list": { about: "which releases were cut, and which is next", run: () => withReports(listReleases) },
  "evidence make": { about: "a folder with a release's tables, charts, maps, method and a PDF to hand over: --quarter 2026-Q4, --language ur, --to folder", run: makeEvidence },
}

async function reportKeys({ reports: { desk } }: Opened): Promise<number> {
  const keys = await desk.keys("")
  for (const { alias, recipient, since, retired } of keys) tell(`${since}  …${recipient.slice(-12)}  ${retired ? "retired" : "in use "}  ${alias}`)
  if (!keys.some(({ retired }) => !retired)) tell("Nobody has a key: reports can't be kept until an officer makes one in the console.")
  return 0
}

async function shelveNow({ reports: { shelve } }: Opened): Promise<number> {
  tell(`${count(await shelve(), "thing")} put on the shelf.`)
  return 0
}

type Opened = ReturnType<typeof openReports> & { readonly content: ReportContent }

/** Reports and releases as the house has them; nothing of what this does is told by the clock. */
function withReports(use: (opened: Opened) => Promise<number>): Promise<number> {
  return withStore((store) => {
    const content = readReportContent(contentFolder())
    const cover = createCover(keyringAt(readConfig(process.env).keyringFile, false))
    const opened = openReports(content, createTexts({}), { store, cover, log: createLog(() => {}), now: Date.now, writes: (deed) => writeDown(store, new Date(), deed) })
    return use({ ...opened, content })
  })
}

async function makeRelease({ quarter: asked, preview }: ReleaseAsked): Promise<number> {
  const quarter = asked === undefined ? undefined : quarterIn(asked)
  if (asked !== undefined && quarter === undefined) {
    complain("A quarter is written like 2026-Q3.")
    return 2
  }
  return withReports(async ({ numbers: { releases, words } }) => {
    if (preview) {
      const { quarter: shown, tables, notNow } = await releases.preview(quarter)
      for (const line of previewLines(tables, words("en"))) tell(line)
      if (notNow !== undefined) tell(notNowSentence(shown, notNow))
      return 0
    }
    const done = await releases.make(undefined, quarter)
    if (!done.made) {
      complain(notNowSentence(done.quarter, done.notNow))
      return 1
    }
    const { quarter: made, counted } = done.tables
    tell(counted === 0 ? `${made} is cut. It had too few reports to publish; they wait for the next release.` : `${made} is cut and public: ${count(counted, "report")}.`)
    return 0
  })
}

async function listReleases({ numbers: { releases } }: Opened): Promise<number> {
  for (const { cutOn, tables } of await releases.published()) tell(`${tables.quarter}  cut on ${cutOn}  ${count(tables.counted, "report")}`)
  const { quarter, from } = await releases.next()
  tell(`Next: ${quarter}, from ${from} on.`)
  return 0
}

/** Writes a release's evidence into a folder of its own; what stands there already is never written over. */
async function makeEvidence({ quarter, to, language: asked = "en" }: ReleaseAsked): Promise<number> {
  const language = LANGUAGES.find((one) => one === asked)
  if (language === undefined) {
    complain(`The languages are ${LANGUAGES.join(", ")}.`)
    return 2
  }
  return withReports(async ({ numbers: { releases, words, areas }, content: { helpline } }) => {
    const published = (await releases.published()).filter(({ tables }) => tables.counted > 0 && (quarter === undefined || tables.quarter === quarter))
    const release = published.at(-1)
    if (release === undefined) {
      complain(
        quarter === undefined
          ? "No release with numbers was cut yet. Try: npm run helpline -- release list"
          : `There is no release ${JSON.stringify(quarter)} with numbers. Try: npm run helpline -- release list`,
      )
      return 1
    }
    // Fonts and printers are large, and no other command wants them.
    const { evidencePack, packName } = await import("./helpline/evidence.ts")
    const evidence = { release, stories: await releases.stories(), words: words(language), areas, organisation: { name: helpline.name, contact: helpline.contact }, on: new Date() }
    const folder = to ?? packName(evidence)
    mkdirSync(folder, { recursive: true })
    if (readdirSync(folder).length > 0) throw new Refusal("the folder isn't empty; name another with --to.")
    for (const [name, file] of await evidencePack(evidence)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), file)
    }
    tell(`${release.tables.quarter} stands in ${folder}. Begin with evidence.pdf.`)
    return 0
  })
}
