import { paperOf } from "../print/paper.ts"
import { pictureOf } from "../print/picture.ts"
import { evidencePaper, isoOf } from "./evidence-paper.ts"
import { limitsOf, methodOf, titleOf } from "./evidence-words.ts"
import { barChart } from "./release-chart.ts"
import { csvOf, jsonOf, linesOf } from "./release-files.ts"
import { mapSheet } from "./release-map.ts"
import { mapFor, type NamedAreas } from "./release-names.ts"
import type { Table } from "./release-shapes.ts"
import type { PublicRelease, PublicStory } from "./release-view.ts"
import { LICENCE, type ReleaseWords } from "./release-words.ts"

/** What a pack is made of: all of it is public already. */
export type Evidence = {
  readonly release: PublicRelease
  readonly stories: readonly PublicStory[]
  /** The language of the pack. Stories stay in theirs. */
  readonly words: ReleaseWords
  readonly areas: NamedAreas | undefined
  /** Who hands it over, and where whoever reads it may ask. */
  readonly organisation: { readonly name: string; readonly contact: string }
  readonly on: Date
  /** How wide the pictures are, in pixels; enough for print without it. */
  readonly width?: number
}

/** A name for the folder: which release, in which language, made on which day. */
export function packName({ release, words, on }: Evidence): string {
  return `evidence-${release.tables.quarter}-${words.language}-${isoOf(on)}`
}

/**
 * A folder that can be handed to somebody who decides: the release's tables, charts and maps, how they were made and what
 * they can't say, quotes whose tellers agreed, and all of that as one PDF. The same release on the same day gives the same bytes.
 */
export async function evidencePack(evidence: Evidence): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const { release, stories, words } = evidence
  const { tables } = release.tables
  const files = new Map<string, string | Uint8Array>()
  for (const table of tables) {
    const name = `${table.id}-${table.period}`
    for (const { kind, svg } of drawingsOf(table, evidence)) {
      files.set(`charts/${name}${kind}.svg`, svg)
      files.set(`charts/${name}${kind}.png`, await pictureOf(svg, evidence.width ?? WIDTH))
    }
    files.set(`tables/${name}.csv`, csvOf(linesOf(release, [table], words)))
  }
  files.set("tables/release.json", `${JSON.stringify(jsonOf(release, tables, words), null, 2)}\n`)
  files.set("method.md", methodFile(evidence))
  if (stories.length > 0) files.set("quotes.md", quotesFile(evidence))
  files.set("evidence.pdf", await paperOf(evidencePaper(evidence)))
  files.set("README.txt", readme(evidence, [...files.keys()].sort()))
  return files
}

const WIDTH = 1520

function drawingsOf(table: Table, { areas, words, release }: Evidence): readonly { readonly kind: string; readonly svg: string }[] {
  const bars = table.rows.some(({ count }) => count !== null) ? [{ kind: "", svg: barChart(release.tables, table, words) }] : []
  const map = mapFor(areas, release.tables)
  return map === undefined || !/^(province|district)-/.test(table.id) ? bars : [...bars, { kind: "-map", svg: mapSheet(map, table, words) }]
}

function methodFile({ release, words }: Evidence): string {
  const limits = limitsOf(words).map((text) => `- ${text}\n`)
  return `# ${words.say("evidence.method.title")}\n\n${methodOf(release, words).join("\n\n")}\n\n## ${words.say("evidence.limits.title")}\n\n${limits.join("")}`
}

function quotesFile({ stories, words }: Evidence): string {
  const quotes = stories.map((story) => `> ${story.text.replaceAll("\n", "\n> ")}\n>\n> ${words.from(story)}\n`)
  return `# ${words.say("evidence.words")}\n\n${words.say("evidence.words-about")} ${words.say("numbers.stories.no-sample")}\n\n${quotes.join("\n")}`
}

function readme({ release, organisation, words, on }: Evidence, files: readonly string[]): string {
  const { say, day } = words
  const rest = files.filter((name) => name !== "evidence.pdf").map((name) => `  ${name}`)
  return `${titleOf(release, words)}
${organisation.name}
${say("evidence.made", { day: day(isoOf(on)) })}
${say("evidence.questions", { contact: organisation.contact })}

${say("evidence.begin")}
${rest.join("\n")}

${words.notHowOften}
${say("evidence.licence", { licence: LICENCE.name, url: LICENCE.url })}
${say("evidence.cite", { organisation: organisation.name, release: release.tables.quarter, day: day(release.cutOn) })}
`
}
