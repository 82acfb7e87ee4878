import type { Areas } from "../print/areas.ts"
import type { Bar, Bars } from "../print/bars.ts"
import type { Block, Paper } from "../print/paper.ts"
import { limitsOf, methodOf, titleOf } from "./evidence-words.ts"
import type { Evidence } from "./evidence.ts"
import { shownTable, type ShownLine } from "./release-lines.ts"
import { areaCount, classesOf, fillOf } from "./release-map.ts"
import { mapFor } from "./release-names.ts"
import { THRESHOLD, type Table } from "./release-shapes.ts"
import { LICENCE, type ReleaseWords } from "./release-words.ts"

/** A release as paper that can be handed to somebody who decides. */
export function evidencePaper(evidence: Evidence): Paper {
  const { release, organisation, words, on } = evidence
  const title = titleOf(release, words)
  return {
    title,
    author: organisation.name,
    language: words.language,
    rtl: words.dir === "rtl",
    on,
    head: `${organisation.name} · ${title}`,
    foot: `${words.say("evidence.made", { day: words.day(isoOf(on)) })} · ${LICENCE.name}`,
    page: (page, pages) => words.say("evidence.page", { page: words.number(page), pages: words.number(pages) }),
    blocks: [...cover(evidence, title), ...release.tables.tables.flatMap((table) => chapterOf(table, evidence)), ...quotes(evidence), ...method(evidence)],
  }
}

function cover({ release, organisation, words, on }: Evidence, title: string): readonly Block[] {
  const { say, number, day } = words
  const { counted, year, quarter, tables } = release.tables
  const rows = tables.flatMap((table) => table.rows)
  const hidden = rows.filter(({ count }) => count === null).length
  return [
    { type: "kicker", text: organisation.name },
    { type: "title", text: title },
    {
      type: "text",
      text: `${say("evidence.release", { release: quarter, day: day(release.cutOn) })}\n${say("evidence.made", { day: day(isoOf(on)) })}\n${say("evidence.questions", { contact: organisation.contact })}`,
    },
    {
      type: "facts",
      facts: [
        { name: words.period(quarter), value: counted === 0 ? say("numbers.page.fact-none") : number(counted) },
        ...(year === undefined ? [] : [{ name: say("numbers.page.fact-year", { year: year.year }), value: number(year.counted) }]),
        { name: say("numbers.page.fact-hidden"), value: `${number(hidden)} ${say("numbers.page.fact-of", { number: number(rows.length) })}` },
      ],
    },
    {
      type: "text",
      text: [
        counted === 0 ? say("numbers.page.few", { threshold: number(THRESHOLD) }) : say("evidence.counted", { reports: number(counted) }),
        ...(year === undefined ? [] : [say("evidence.counted-year", { reports: number(year.counted) })]),
      ].join(" "),
    },
    { type: "important", text: words.notHowOften },
    { type: "contents", title: say("evidence.contents") },
    { type: "page" },
  ]
}

function chapterOf(table: Table, { release, words, areas }: Evidence): readonly Block[] {
  const { say, number, share } = words
  const { groups, closed, most } = shownTable(release.tables, table, words)
  const title = `${say(`numbers.table.${table.id}.title`)} (${words.period(table.period)})`
  const map = mapFor(areas, release.tables)
  const barOf = (line: ShownLine): Bar => {
    if (line.kind === "row" || line.kind === "part") return { kind: line.kind, name: line.name, cells: [number(line.count), share(line.count, line.of)], part: line.count / most }
    const cells = line.left === undefined ? (["", ""] as const) : ([number(line.left), share(line.left, line.of)] as const)
    const part = line.left === undefined ? undefined : line.left / most
    if (line.kind === "hidden-part") return { kind: "part", name: say("numbers.page.hidden-list", { list: line.names.join(" · ") }), cells, part }
    return { kind: "hidden", name: say("evidence.hidden", { number: number(line.names.length), hidden: words.hidden }), note: line.names.join(" · "), cells, part }
  }
  const bars: Bars = {
    type: "bars",
    head: [say("evidence.of", { reports: number(table.of) }), say("numbers.head.reports"), say("numbers.head.share")],
    groups: groups.map(({ name, whole, lines }) => ({
      name: name === undefined || whole === undefined ? name : say("numbers.page.province", { province: name, reports: number(whole) }),
      lines: lines.map(barOf),
    })),
  }
  return [
    { type: "heading", text: title },
    { type: "text", text: say(`numbers.table.${table.id}.about`) },
    { type: "small", text: [words.notHowOften, ...(closed.length === 0 ? [] : [say("numbers.page.no-district", { provinces: words.list(closed) })])].join(" ") },
    ...(map === undefined || !/^(province|district)-/.test(table.id) ? [] : [mapBlock(map, table, words)]),
    ...(groups.length === 0 ? [{ type: "text", text: say("numbers.page.nothing-shown") } as const] : [bars]),
  ]
}

function mapBlock(map: NonNullable<ReturnType<typeof mapFor>>, table: Table, words: ReleaseWords): Areas {
  const countOf = areaCount(table, words)
  const filled = map.districts.map((district) => ({ path: district.path, count: countOf(district).count }))
  const classes = classesOf(
    filled.flatMap(({ count }) => count ?? []),
    words,
  )
  const [x = 0, y = 0, width = 1, height = 1] = map.viewBox.split(" ").map(Number)
  return {
    type: "areas",
    viewBox: [x, y, width, height],
    divided: table.id === "district-year",
    areas: filled.map(({ path, count }) => ({ path, fill: count === null ? undefined : fillOf(count) })),
    key: [...classes.map(({ from, name }) => ({ fill: fillOf(from), name })), { fill: undefined, name: words.hidden }],
    alt: words.say("numbers.page.map", { title: words.say(`numbers.table.${table.id}.title`) }),
  }
}

function quotes({ stories, words }: Evidence): readonly Block[] {
  if (stories.length === 0) return []
  return [
    { type: "heading", text: words.say("evidence.words") },
    { type: "text", text: words.say("evidence.words-about") },
    { type: "small", text: words.say("numbers.stories.no-sample") },
    ...stories.map((story): Block => ({ type: "quote", text: story.text, by: words.from(story) })),
  ]
}

function method({ release, words, areas }: Evidence): readonly Block[] {
  const { say } = words
  const map = mapFor(areas, release.tables)
  return [
    { type: "heading", text: say("evidence.method.title") },
    ...methodOf(release, words).map((text): Block => ({ type: "text", text })),
    { type: "heading", text: say("evidence.limits.title") },
    { type: "list", items: limitsOf(words) },
    { type: "small", text: say("evidence.licence", { licence: LICENCE.name, url: LICENCE.url }) },
    ...(map === undefined ? [] : [{ type: "small", text: say("evidence.boundaries", { source: map.source, licence: map.licence }) } as const]),
  ]
}

/** The day of a moment, `2027-02-03`. */
export function isoOf(on: Date): string {
  return on.toISOString().slice(0, 10)
}
