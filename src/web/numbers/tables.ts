import { html, raw } from "hono/html"
import { areaMap, classesOf, type AreaCount } from "../../helpline/release-chart.ts"
import { mapFor, type NamedAreas, type RowNames } from "../../helpline/release-names.ts"
import type { ReleaseTables, Row, Table } from "../../helpline/release-shapes.ts"
import { HIDDEN, NOT_HOW_OFTEN, numberName, quartersName, shareOf, TABLES } from "../../helpline/release-words.ts"

type Html = ReturnType<typeof html>
type Shown = Row & { readonly count: number }
const isShown = (row: Row): row is Shown => row.count !== null
const byCount = (a: Shown, b: Shown) => b.count - a.count

/** A table as it is read: bars beside numbers, and what is hidden in one row at its end. */
export function tableSection(release: ReleaseTables, table: Table, names: RowNames, areas: NamedAreas | undefined): Html {
  const { title, about } = TABLES[table.id]
  const map =
    areas !== undefined && mapFor(areas, release) !== undefined && (table.id === "province-quarter" || table.id === "district-year") ? mapOf(release, table, names, areas) : ""
  return html`<section aria-labelledby="${table.id}">
<h2 id="${table.id}">${title}</h2>
<p class="about">${about}</p>
${map}
${table.id === "district-year" ? districts(release, table, names) : bodyOf(table, names)}
<p class="caption">${NOT_HOW_OFTEN}</p>
${links(`/numbers/${release.quarter}/${table.id}`, ["csv", "json", "svg"], title)}
</section>`
}

/** The files of something, each named by what it is of. */
export function links(path: string, kinds: readonly ("csv" | "json" | "svg")[], of: string): Html {
  const names = { csv: "CSV", json: "JSON", svg: "chart as SVG" } as const
  return html`<p class="files">${kinds.map((kind) => html`<a href="${path}.${kind}" download>${names[kind]}<span class="hidden"> of ${of}</span></a> `)}</p>`
}

function bodyOf(table: Table, names: RowNames): Html {
  const top = table.rows.filter(({ within }) => within === undefined)
  const most = Math.max(1, ...top.map(({ count }) => count ?? 0))
  const shown = top.filter(isShown).toSorted(byCount)
  if (shown.length === 0) return html`<p class="nothing">Nothing of this can be shown: too few reports stand in each row.</p>`
  const results = (row: Shown) => table.rows.filter(({ within }) => within === row.id)
  return html`<table class="bars">
${columns(table.id === "action-year" ? "Action" : "")}
<tbody>${shown.map((row) => html`${bar(names(table.id, row), row.count, table.of, most)}${parts(table, results(row), row.count, names, most)}`)}
${rest(table, top, names, table.unit === "parts" ? table.of : undefined, most)}</tbody>
</table>`
}

/** What came of one action, below it. */
function parts(table: Table, rows: readonly Row[], of: number, names: RowNames, most: number): Html {
  const shown = rows.filter(isShown).toSorted(byCount)
  if (shown.length === 0) return html``
  const hidden = rows.filter((row) => !isShown(row))
  const left = of - shown.reduce((sum, { count }) => sum + count, 0)
  return html`${shown.map((row) => bar(names(table.id, row), row.count, of, most, "part"))}${
    hidden.length === 0 ? "" : bar(`Hidden: ${hidden.map((row) => names(table.id, row)).join(" · ")}`, left, of, most, "part withheld")
  }`
}

function districts({ tables }: ReleaseTables, table: Table, names: RowNames): Html {
  const year = tables.find(({ id }) => id === "province-year")
  const provinces = [...new Set(table.rows.map(({ within }) => within ?? ""))].map((id) => ({
    name: names("province-year", { id, count: null }),
    whole: year?.rows.find((row) => row.id === id)?.count ?? undefined,
    rows: table.rows.filter(({ within }) => within === id),
  }))
  const open = provinces.filter(({ rows }) => rows.some(isShown))
  const closed = provinces.filter(({ rows }) => !rows.some(isShown))
  const most = Math.max(1, ...table.rows.map(({ count }) => count ?? 0))
  return html`${open.map(
    ({ name, rows, whole }) => html`<table class="bars">
<caption>${name}${whole === undefined ? "" : `: ${numberName(whole)} reports`}</caption>
${columns("District")}
<tbody>${rows
      .filter(isShown)
      .toSorted(byCount)
      .map((row) => bar(names(table.id, row), row.count, whole ?? table.of, most))}
${rest(table, rows, names, whole, most)}</tbody>
</table>`,
  )}
${closed.length === 0 ? "" : html`<p class="nothing">No district can be shown in ${new Intl.ListFormat("en").format(closed.map(({ name }) => name))}.</p>`}`
}

function columns(first: string): Html {
  return html`<thead><tr><th scope="col">${first === "" ? html`<span class="hidden">Row</span>` : first}</th><th scope="col"><span class="hidden">Bar</span></th><th scope="col" class="number">Reports</th><th scope="col" class="number">Share</th></tr></thead>`
}

function bar(name: string, count: number, of: number, most: number, kind = ""): Html {
  return html`<tr class="${kind}"><th scope="row">${name}</th><td class="drawn">${drawn(count, most)}</td><td class="number">${numberName(count)}</td><td class="number share">${shareOf(count, of)}</td></tr>`
}

function drawn(count: number, most: number): Html {
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${(100 * Math.min(1, count / most)).toFixed(2)}" height="10"/></svg>`
}

/** All that is hidden, in one row: how many rows, and of parts what they hold together. */
function rest(table: Table, rows: readonly Row[], names: RowNames, whole: number | undefined, most: number): Html {
  const hidden = rows.filter((row) => !isShown(row))
  if (hidden.length === 0) return html``
  const left = whole === undefined ? undefined : whole - rows.reduce((sum, { count }) => sum + (count ?? 0), 0)
  const list = hidden.map((row) => names(table.id, row)).join(" · ")
  const called = html`<th scope="row">${String(hidden.length)} more ${hidden.length === 1 ? "row" : "rows"}, hidden<span class="which">${list}</span></th>`
  if (left === undefined)
    return html`<tr class="withheld">${called}<td class="drawn"><span class="hatch" aria-hidden="true"></span></td><td class="number" colspan="2">each ${HIDDEN}</td></tr>`
  return html`<tr class="withheld">${called}<td class="drawn">${drawn(left, most)}</td><td class="number">${numberName(left)}</td><td class="number share">${shareOf(left, whole ?? left)}</td></tr>`
}

function mapOf(release: ReleaseTables, table: Table, names: RowNames, { map, provinces }: NamedAreas): Html {
  if (map === undefined) return html``
  const countOf: AreaCount = ({ id, province }) => {
    const byDistrict = table.id === "district-year"
    const row = table.rows.find((one) => (byDistrict ? one.id === id && one.within === province : one.id === province))
    const name = byDistrict ? names(table.id, row ?? { id, within: province, count: null }) : (provinces.find((one) => one.id === province)?.names.en ?? province)
    return { name, count: row?.count ?? null }
  }
  const counts = map.districts.map((one) => countOf(one).count).filter((count) => count !== null)
  const label = `Map: ${TABLES[table.id].title}. The numbers are in the table below.`
  return html`<figure class="area-map">
${raw(areaMap(map, countOf, { id: `hatch-${table.id}-${release.quarter}`, label, divided: table.id === "district-year" }))}
<figcaption>
<ul class="legend">${classesOf(counts).map(({ at, name }) => html`<li><span class="swatch class-${String(at)}"></span>${name}</li>`)}<li><span class="swatch hatch"></span>${HIDDEN}</li></ul>
<p>Areas, not places: nobody's place is kept. Boundaries say nothing about anybody's claim. Map, ${map.licence}: ${map.source}.</p>
</figcaption>
</figure>`
}

/** A year's provinces, quarter by quarter. */
export function yearByQuarter(cuts: readonly ReleaseTables[], year: Table, names: RowNames): Html {
  const quarters = cuts.flatMap(({ quarter, tables }) => tables.filter(({ id }) => id === "province-quarter").map((table) => ({ quarter, table })))
  const cell = (row: Row | undefined) =>
    row === undefined || row.count === null
      ? html`<td class="number"><span class="hatch small" role="img" aria-label="${HIDDEN}"></span></td>`
      : html`<td class="number">${numberName(row.count)}</td>`
  return html`<section aria-labelledby="${year.id}">
<h2 id="${year.id}">${TABLES[year.id].title}</h2>
<p class="about">${TABLES[year.id].about} This year: ${quartersName(quarters.map(({ quarter }) => quarter))}.</p>
<table class="quarters">
<thead><tr><th scope="col"><span class="hidden">Province</span></th>${quarters.map(({ quarter }) => html`<th scope="col" class="number">${quarter.slice(5)}</th>`)}<th scope="col" class="number">Year</th></tr></thead>
<tbody>${year.rows.map((row) => html`<tr><th scope="row">${names(year.id, row)}</th>${quarters.map(({ table }) => cell(table.rows.find(({ id }) => id === row.id)))}${cell(row)}</tr>`)}
<tr class="sum"><th scope="row">All</th>${quarters.map(({ table }) => html`<td class="number">${numberName(table.of)}</td>`)}<td class="number">${numberName(year.of)}</td></tr></tbody>
</table>
<p class="legend"><span class="swatch hatch"></span>${HIDDEN}</p>
<p class="caption">${NOT_HOW_OFTEN}</p>
${links(`/numbers/${cuts.at(-1)?.quarter ?? ""}/${year.id}`, ["csv", "json", "svg"], TABLES[year.id].title)}
</section>`
}
