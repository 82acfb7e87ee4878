import { withinName, type AreaMap, type RowNames } from "./release-names.ts"
import type { Table } from "./release-shapes.ts"
import { HIDDEN, NOT_HOW_OFTEN, numberName, periodName, shareOf, TABLES } from "./release-words.ts"

/** The colours of pictures that stand alone; on a page its stylesheet says others by the same classes. */
const COLOURS = { ink: "#22302f", soft: "#5a6664", line: "#d9d5cc", bar: "#1f6f6a", paper: "#ffffff" } as const

/** What a map's areas are filled by: the first that a count reaches, from the last on. */
const CLASSES = [11, 25, 50, 100, 250, 1000] as const
const FILLS = ["#cfe5e0", "#a3cfc8", "#70b3aa", "#43948b", "#1f6f6a", "#0f4743"] as const

const LINE = 34
const WIDTH = 760
const LABELS = 300

/** A table as a picture that stands alone: a bar for each row that is shown, and one sentence for all that is hidden. */
export function barChart(table: Table, names: RowNames): string {
  const rows = table.rows.filter((row) => row.count !== null).toSorted((a, b) => (within(table, a) === within(table, b) ? (b.count ?? 0) - (a.count ?? 0) : 0))
  const hidden = table.rows.length - rows.length
  const most = Math.max(1, ...rows.map(({ count }) => count ?? 0))
  const room = WIDTH - LABELS - 120
  const top = 78
  const height = top + rows.length * LINE + 74
  const bars = rows.map((row, i) => {
    const count = row.count ?? 0
    const y = top + i * LINE
    const width = Math.max(2, (room * count) / most)
    const label = [withinName(names, table, row), names(table.id, row)].filter((one) => one !== undefined).join(": ")
    return `<text x="${LABELS - 12}" y="${y + 20}" text-anchor="end" font-size="14" fill="${COLOURS.ink}">${escaped(shortened(label, 42))}</text>
<rect x="${LABELS}" y="${y + 6}" width="${width.toFixed(1)}" height="20" rx="3" fill="${COLOURS.bar}"/>
<text x="${(LABELS + width + 8).toFixed(1)}" y="${y + 20}" font-size="14" fill="${COLOURS.ink}"><tspan font-weight="600">${numberName(count)}</tspan><tspan fill="${COLOURS.soft}">  ${shareOf(count, table.of)}</tspan></text>`
  })
  const title = `${TABLES[table.id].title} (${periodName(table.period)})`
  const foot = [
    hidden === 0 ? `${numberName(table.of)} reports; every row is shown.` : `${numberName(table.of)} reports. ${hidden} ${hidden === 1 ? "row is" : "rows are"} hidden: ${HIDDEN}.`,
    NOT_HOW_OFTEN,
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}" font-family="system-ui, 'Noto Sans', sans-serif">
<rect width="${WIDTH}" height="${height}" fill="${COLOURS.paper}"/>
<text x="24" y="36" font-size="20" font-weight="700" fill="${COLOURS.ink}">${escaped(title)}</text>
<text x="24" y="58" font-size="13" fill="${COLOURS.soft}">${escaped(table.unit === "parts" ? "Reports. Each counts once." : "Reports that name it. A report may name several.")}</text>
${bars.join("\n")}
${foot.map((text, i) => `<text x="24" y="${height - 36 + i * 19}" font-size="13" fill="${COLOURS.soft}">${escaped(text)}</text>`).join("\n")}
</svg>
`
}

/** What a map shows of an area: its number, or nothing where that is hidden. */
export type AreaCount = (district: AreaMap["districts"][number]) => { readonly name: string; readonly count: number | null }

/**
 * Areas filled by class, hatched where hidden; no pins and no points. A map of provinces draws
 * all districts of each, hardly `divided`. `id` tells the pattern of one map from another's on the same page.
 */
export function areaMap(map: AreaMap, countOf: AreaCount, { id, label, divided }: { readonly id: string; readonly label: string; readonly divided: boolean }): string {
  const [, , width = 100] = map.viewBox.split(" ").map(Number)
  const unit = width / 100
  const areas = map.districts.map((district) => {
    const { name, count } = countOf(district)
    const fill = count === null ? `class="hatched" fill="url(#${id})"` : `class="class-${classOf(count)}" fill="${FILLS[classOf(count)]}"`
    return `<path d="${district.path}" ${fill}><title>${escaped(`${name}: ${count ?? HIDDEN}`)}</title></path>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="${map.viewBox}" role="img" aria-label="${escaped(label)}">
<defs><pattern id="${id}" width="${unit * 1.1}" height="${unit * 1.1}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="100%" height="100%" fill="#f1efe9"/><rect class="hatch-line" width="${unit * 0.35}" height="100%" fill="#a9a79f"/></pattern></defs>
<g stroke="#ffffff" stroke-width="${unit * 0.18}" stroke-opacity="${divided ? 1 : 0.3}" stroke-linejoin="round">${areas.join("\n")}</g>
</svg>`
}

/** The classes that a map of these counts needs, with their names: `25 to 49`. */
export function classesOf(counts: readonly number[]): readonly { readonly at: number; readonly name: string }[] {
  const last = Math.max(...counts.map(classOf), 0)
  return CLASSES.slice(0, last + 1).map((from, at) => ({ at, name: at === CLASSES.length - 1 ? `${from} or more` : `${from} to ${(CLASSES[at + 1] ?? 0) - 1}` }))
}

/** How a class is filled, where no stylesheet says otherwise. */
export function fillOf(at: number): string {
  return FILLS[at] ?? FILLS[0]
}

function classOf(count: number): number {
  return Math.max(
    0,
    CLASSES.findLastIndex((from) => count >= from),
  )
}

function within(table: Table, row: Table["rows"][number]): string {
  return table.rows.some(({ within }) => within !== undefined) ? (row.within ?? row.id) : ""
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[one] ?? one)
}
