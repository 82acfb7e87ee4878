import { paperOf, type Block } from "../print/paper.ts"
import { pictureOf } from "../print/picture.ts"
import { mapSheet } from "./evidence-map.ts"
import { barChart } from "./release-chart.ts"
import { csvOf, jsonOf, linesOf } from "./release-files.ts"
import { mapFor, withinName, type AreaMap, type NamedAreas, type RowNames } from "./release-names.ts"
import type { Table } from "./release-shapes.ts"
import type { PublicRelease, PublicStory } from "./release-view.ts"
import { HIDDEN, LICENCE, NOT_HOW_OFTEN, periodName, shareOf, TABLES } from "./release-words.ts"
import { limitsOf, methodOf } from "./evidence-words.ts"

/** What a pack is made of: all of it is public already. */
export type Evidence = {
  readonly release: PublicRelease
  readonly stories: readonly PublicStory[]
  readonly names: RowNames
  readonly areas: NamedAreas | undefined
  /** Who hands it over, and where whoever reads it may ask. */
  readonly organisation: { readonly name: string; readonly contact: string }
  readonly on: Date
  /** How wide the pictures are, in pixels; enough for print without it. */
  readonly width?: number
}

/** A name for the folder: which release, made on which day. */
export function packName({ release, on }: Evidence): string {
  return `evidence-${release.tables.quarter}-${on.toISOString().slice(0, 10)}`
}

/**
 * A folder that can be handed to somebody who decides: the release's tables, charts and maps, how they were made and what
 * they can't say, quotes whose tellers agreed, and all of that as one PDF. The same release on the same day gives the same bytes.
 */
export async function evidencePack(evidence: Evidence): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const { release, stories, names, organisation } = evidence
  const { tables } = release.tables
  const files = new Map<string, string | Uint8Array>()
  const pictures = new Map<Table, readonly Picture[]>()
  for (const table of tables) {
    const name = `${table.id}-${table.period}`
    const drawn = drawingsOf(table, evidence)
    const shown: Picture[] = []
    for (const { kind, svg, alt } of drawn) {
      const png = await pictureOf(svg, evidence.width ?? WIDTH)
      files.set(`charts/${name}${kind}.svg`, svg)
      files.set(`charts/${name}${kind}.png`, png)
      shown.push({ png, alt, ratio: ratioOf(png) })
    }
    pictures.set(table, shown)
    files.set(`tables/${name}.csv`, csvOf(linesOf(release, [table], names)))
  }
  files.set("tables/release.json", `${JSON.stringify(jsonOf(release, tables, names), null, 2)}\n`)
  files.set(
    "method.md",
    `# How these numbers were made\n\n${methodOf(release)
      .map((text) => `${text}\n`)
      .join("\n")}\n## What they can't say\n\n${limitsOf()
      .map((text) => `- ${text}`)
      .join("\n")}\n`,
  )
  if (stories.length > 0)
    files.set(
      "quotes.md",
      `# In their own words\n\nRewritten so that nobody can be found, shown to who told them, and published with their yes.\n\n${stories.map(({ text, ...story }) => `> ${text.replaceAll("\n", "\n> ")}\n>\n> ${tellerOf(story, evidence)}\n`).join("\n")}`,
    )
  files.set(
    "evidence.pdf",
    await paperOf({
      title: titleOf(release),
      author: organisation.name,
      language: "en",
      on: evidence.on,
      foot: `${organisation.name} · ${release.tables.quarter} · ${LICENCE.name}`,
      blocks: blocksOf(evidence, pictures),
    }),
  )
  files.set("README.txt", readme(evidence, [...files.keys()].sort()))
  return files
}

type Picture = { readonly png: Uint8Array; readonly alt: string; readonly ratio: number }

const WIDTH = 1520

function drawingsOf(table: Table, { areas, names, release }: Evidence): readonly { readonly kind: string; readonly svg: string; readonly alt: string }[] {
  const alt = `${TABLES[table.id].title}, ${periodName(table.period)}. ${NOT_HOW_OFTEN}`
  const bars = table.rows.some(({ count }) => count !== null) ? [{ kind: "", svg: barChart(table, names), alt }] : []
  const map = mapFor(areas, release.tables)
  if (map === undefined || !table.id.match(/^(province|district)-/)) return bars
  const counts = new Map(table.rows.map((row) => [row.within === undefined ? row.id : `${row.within}/${row.id}`, row]))
  const countOf = (district: AreaMap["districts"][number]) => {
    const row = counts.get(table.id === "district-year" ? `${district.province}/${district.id}` : district.province)
    return { name: row === undefined ? district.id : names(table.id, row), count: row?.count ?? null }
  }
  return [...bars, { kind: "-map", svg: mapSheet(map, countOf, `${TABLES[table.id].title} (${periodName(table.period)})`, table.id === "district-year"), alt: `Map: ${alt}` }]
}

function blocksOf({ release, stories, names, organisation, on, areas }: Evidence, pictures: ReadonlyMap<Table, readonly Picture[]>): readonly Block[] {
  const { tables, counted } = release.tables
  return [
    { type: "title", text: titleOf(release) },
    { type: "text", text: `${organisation.name}, ${on.toISOString().slice(0, 10)}. Released on ${release.cutOn}. Questions: ${organisation.contact}.` },
    {
      type: "text",
      text:
        counted === 0
          ? "Fewer than eleven reports were there: they wait for the next release."
          : `${counted} people's accounts were counted for the first time in this release, each with its teller's consent.`,
    },
    { type: "text", text: NOT_HOW_OFTEN },
    ...tables.flatMap((table): readonly Block[] => [
      { type: "heading", text: `${TABLES[table.id].title} (${periodName(table.period)})`, before: pictures.get(table)?.[0]?.ratio },
      { type: "small", text: TABLES[table.id].about },
      ...(pictures.get(table) ?? []).map((picture) => ({ type: "picture" as const, ...picture })),
      {
        type: "table",
        caption: `Of ${table.of} reports`,
        head: ["", "Reports", "Share"],
        rows: rowsOf(table, names),
      },
    ]),
    ...(stories.length === 0
      ? []
      : [
          { type: "page" } as const,
          { type: "heading", text: "In their own words" } as const,
          { type: "small", text: "Rewritten so that nobody can be found, shown to who told them, and published with their yes." } as const,
        ]),
    ...stories.map((story): Block => ({ type: "quote", text: story.text, by: tellerOf(story, { areas }) })),
    { type: "page" },
    { type: "heading", text: "How these numbers were made" },
    ...methodOf(release).map((text): Block => ({ type: "text", text })),
    { type: "heading", text: "What they can't say" },
    { type: "list", items: limitsOf() },
    { type: "small", text: `Licence: ${LICENCE.name} (${LICENCE.url}). ${areas?.map === undefined ? "" : `Boundaries: ${areas.map.source}, ${areas.map.licence}.`}` },
  ]
}

/** What is shown; all that is hidden is one line, as it takes pages and tells nothing. */
function rowsOf(table: Table, names: RowNames): readonly (readonly string[])[] {
  const shown = table.rows.flatMap((row) =>
    row.count === null
      ? []
      : [[[withinName(names, table, row), names(table.id, row)].filter((one) => one !== undefined).join(": "), String(row.count), shareOf(row.count, table.of)]],
  )
  const hidden = table.rows.length - shown.length
  return hidden === 0 ? shown : [...shown, [`${hidden} more, hidden: ${HIDDEN}`, "", ""]]
}

function titleOf({ tables: { quarter, year } }: PublicRelease): string {
  return year === undefined ? `What was reported, ${periodName(quarter)}` : `What was reported in ${year.year}`
}

function tellerOf({ province, when }: Pick<PublicStory, "province" | "when">, { areas }: Pick<Evidence, "areas">): string {
  return `${areas?.provinces.find(({ id }) => id === province)?.names.en ?? "somewhere"}, ${when}`
}

/** Height by width, from the picture's own head (PNG, ISO/IEC 15948, IHDR). */
function ratioOf(png: Uint8Array): number {
  const head = new DataView(png.buffer, png.byteOffset)
  return head.getUint32(20) / head.getUint32(16)
}

function readme(evidence: Evidence, files: readonly string[]): string {
  const { release, organisation, on } = evidence
  return `${titleOf(release)}
${organisation.name}, ${on.toISOString().slice(0, 10)}. Questions: ${organisation.contact}

evidence.pdf is all of it to hand over. The rest is the same to work with:
${files
  .filter((name) => name !== "evidence.pdf")
  .map((name) => `  ${name}`)
  .join("\n")}

${NOT_HOW_OFTEN}
Licence: ${LICENCE.name}, ${LICENCE.url}
Cite as: ${organisation.name}, release ${release.tables.quarter} of ${release.cutOn}.
`
}
