import { broken, COLOURS, EDGE, escaped, pictureOf, sideOf, WIDTH } from "./release-drawing.ts"
import type { AreaMap } from "./release-names.ts"
import type { Table } from "./release-shapes.ts"
import type { ReleaseWords } from "./release-words.ts"

/** What a map's areas are filled by: the first that a count reaches, from the last on. */
const CLASSES = [11, 25, 50, 100, 250, 1000] as const
const FILLS = ["#cfe5e0", "#a3cfc8", "#70b3aa", "#43948b", "#1f6f6a", "#0f4743"] as const

/** What a map shows of an area: its number, or nothing where that is hidden. */
export type AreaCount = (district: AreaMap["districts"][number]) => { readonly name: string; readonly count: number | null }

/** What each district of a map is filled by: its own row of a table of districts, its province's of any other. */
export function areaCount(table: Table, { names }: Pick<ReleaseWords, "names">): AreaCount {
  const divided = table.id === "district-year"
  return ({ id, province }) => {
    const row = table.rows.find((one) => (divided ? one.id === id && one.within === province : one.id === province))
    return { name: names(table.id, row ?? { id: divided ? id : province, ...(divided && { within: province }), count: null }), count: row?.count ?? null }
  }
}

/**
 * Areas filled by class, hatched where hidden; no pins and no points. A map of provinces draws
 * all districts of each, hardly `divided`. `id` tells the pattern of one map from another's on the same page.
 */
export function areaMap(
  map: AreaMap,
  countOf: AreaCount,
  { id, label, divided }: { readonly id: string; readonly label: string; readonly divided: boolean },
  words: ReleaseWords,
): string {
  const [, , width = 100] = map.viewBox.split(" ").map(Number)
  const unit = width / 100
  const areas = map.districts.map((district) => {
    const { name, count } = countOf(district)
    const fill = count === null ? `class="hatched" fill="url(#${id})"` : `class="class-${classOf(count)}" fill="${fillOf(count)}"`
    return `<path d="${district.path}" ${fill}><title>${escaped(words.say("numbers.row.within", { whole: name, part: count === null ? words.hidden : words.number(count) }))}</title></path>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="${map.viewBox}" role="img" aria-label="${escaped(label)}">
<defs><pattern id="${id}" width="${unit * 1.1}" height="${unit * 1.1}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="100%" height="100%" fill="#f1efe9"/><rect class="hatch-line" width="${unit * 0.35}" height="100%" fill="#a9a79f"/></pattern></defs>
<g stroke="#ffffff" stroke-width="${unit * 0.18}" stroke-opacity="${divided ? 1 : 0.3}" stroke-linejoin="round">${areas.join("\n")}</g>
</svg>`
}

/** How a count is filled, where no stylesheet says otherwise. */
export function fillOf(count: number): string {
  return FILLS[classOf(count)] ?? FILLS[0]
}

/** The classes that a map of these counts needs, with their names: `25 to 49`. */
export function classesOf(counts: readonly number[], { say, number }: ReleaseWords): readonly { readonly at: number; readonly from: number; readonly name: string }[] {
  const last = Math.max(...counts.map(classOf), 0)
  return CLASSES.slice(0, last + 1).map((from, at) => {
    const next = CLASSES[at + 1]
    return { at, from, name: next === undefined ? say("numbers.range-open", { from: number(from) }) : say("numbers.range", { from: number(from), to: number(next - 1) }) }
  })
}

const TOP = 76
const LEGEND = 30
const FOOT = 100

/** A map as a picture that stands alone: what it shows, what its fills mean, and what it can't say. */
export function mapSheet(map: AreaMap, table: Table, words: ReleaseWords): string {
  const side = sideOf(words)
  const title = `${words.say(`numbers.table.${table.id}.title`)} (${words.period(table.period)})`
  const countOf = areaCount(table, words)
  const [, , width = 1, height = 1] = map.viewBox.split(" ").map(Number)
  const drawn = ((WIDTH - 40) * height) / width
  const classes = classesOf(
    map.districts.flatMap((district) => countOf(district).count ?? []),
    words,
  )
  const key = [...classes.map(({ from, name }) => ({ fill: fillOf(from), name })), { fill: "url(#withheld)", name: words.hidden }]
  const legend = key.flatMap(({ fill, name }, n) => {
    const [x, y] = [EDGE + (n % 3) * 240, TOP + drawn + 20 + Math.floor(n / 3) * LEGEND]
    return [side.box(x, y, 22, 16, `fill="${fill}" stroke="#8a8f8a" stroke-width="0.5"`), side.text(x + 30, y + 13, name, `font-size="14" fill="${COLOURS.ink}"`)]
  })
  let y = TOP + drawn + 20 + Math.ceil(key.length / 3) * LEGEND + 22
  const foot = [words.notHowOften, words.say("numbers.page.map-about")].flatMap((one) => broken(one, FOOT))
  const inner = areaMap(map, countOf, { id: "withheld", label: title, divided: table.id === "district-year" }, words)
  return pictureOf(y + foot.length * 20, title, words, [
    side.text(EDGE, 38, title, `font-size="20" font-weight="700" fill="${COLOURS.ink}"`),
    side.text(EDGE, 61, words.say(`numbers.counts.${table.unit}`), `font-size="13" fill="${COLOURS.soft}"`),
    inner.replace("<svg ", `<svg x="20" y="${TOP}" width="${WIDTH - 40}" height="${drawn.toFixed(1)}" `),
    ...legend,
    ...foot.map((text) => {
      const line = side.text(EDGE, y, text, `font-size="13" fill="${COLOURS.soft}"`)
      y += 20
      return line
    }),
  ])
}

function classOf(count: number): number {
  return Math.max(
    0,
    CLASSES.findLastIndex((from) => count >= from),
  )
}
