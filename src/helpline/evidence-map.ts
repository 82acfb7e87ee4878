import { areaMap, classesOf, fillOf, type AreaCount } from "./release-chart.ts"
import type { AreaMap } from "./release-names.ts"
import { HIDDEN, NOT_HOW_OFTEN } from "./release-words.ts"

const WIDTH = 760
const TOP = 64
const LEGEND = 30

/** A map as a picture that stands alone: what it shows, what its fills mean, and what it can't say. */
export function mapSheet(map: AreaMap, countOf: AreaCount, title: string, divided: boolean): string {
  const [, , width = 1, height = 1] = map.viewBox.split(" ").map(Number)
  const drawn = ((WIDTH - 40) * height) / width
  const classes = classesOf(map.districts.flatMap((district) => countOf(district).count ?? []))
  const at = (n: number) => ({ x: 24 + (n % 3) * 240, y: TOP + drawn + 24 + Math.floor(n / 3) * LEGEND })
  const key = [...classes.map(({ at: one, name }) => ({ fill: fillOf(one), name })), { fill: "url(#withheld)", name: HIDDEN }]
  const bottom = at(key.length - 1).y + 40
  const inner = areaMap(map, countOf, { id: "withheld", label: title, divided }).replace("<svg ", `<svg x="20" y="${TOP}" width="${WIDTH - 40}" height="${drawn.toFixed(1)}" `)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${(bottom + 40).toFixed(1)}" width="${WIDTH}" font-family="system-ui, 'Noto Sans', sans-serif" font-size="14">
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="24" y="36" font-size="20" font-weight="700" fill="#22302f">${title}</text>
${inner}
${key.map(({ fill, name }, n) => `<rect x="${at(n).x}" y="${at(n).y.toFixed(1)}" width="22" height="16" fill="${fill}" stroke="#8a8f8a" stroke-width="0.5"/><text x="${at(n).x + 30}" y="${(at(n).y + 13).toFixed(1)}" fill="#22302f">${name}</text>`).join("\n")}
<text x="24" y="${(bottom + 8).toFixed(1)}" font-size="13" fill="#5a6664">${NOT_HOW_OFTEN}</text>
<text x="24" y="${(bottom + 27).toFixed(1)}" font-size="11" fill="#5a6664">Boundaries: ${map.licence}. They say nothing about anybody's claim.</text>
</svg>
`
}
