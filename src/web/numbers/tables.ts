import { html } from "hono/html"
import { shownTable, type ShownGroup, type ShownLine } from "../../helpline/release-lines.ts"
import type { ReleaseTables, Row, Table } from "../../helpline/release-shapes.ts"
import type { ReleaseWords } from "../../helpline/release-words.ts"

type Html = ReturnType<typeof html>
type Head = "row" | "action" | "district"

/** The files of something, each named by what it is of. */
export function links(path: string, kinds: readonly ("csv" | "json" | "svg")[], of: string, { say }: ReleaseWords): Html {
  const names = { csv: "CSV", json: "JSON", svg: say("numbers.page.chart") } as const
  return html`<p class="files">${kinds.map((kind) => html`<a href="${path}.${kind}" download><bdi>${names[kind]}</bdi><span class="hidden">: ${of}</span></a> `)}</p>`
}

/** A table as it is read: bars beside numbers, and what is hidden in one row at the end of each group. */
export function bars(release: ReleaseTables, table: Table, words: ReleaseWords): Html {
  const { groups, closed, most } = shownTable(release, table, words)
  const { say } = words
  if (groups.length === 0 && closed.length === 0) return html`<p class="nothing">${say("numbers.page.nothing-shown")}</p>`
  const head = table.id === "action-year" ? "action" : table.id === "district-year" ? "district" : "row"
  return html`${groups.map((group) => groupOf(group, head, most, words))}
${closed.length === 0 ? "" : html`<p class="nothing">${say("numbers.page.no-district", { provinces: words.list(closed) })}</p>`}`
}

function groupOf({ name, whole, lines }: ShownGroup, head: Head, most: number, words: ReleaseWords): Html {
  const { say, number } = words
  const caption = name === undefined ? "" : html`<caption>${whole === undefined ? name : say("numbers.page.province", { province: name, reports: number(whole) })}</caption>`
  return html`<table class="bars">
${caption}
<thead><tr><th scope="col">${head === "row" ? html`<span class="hidden">${say("numbers.head.row")}</span>` : say(`numbers.head.${head}`)}</th><th scope="col"><span class="hidden">${say("numbers.head.bar")}</span></th><th scope="col" class="number">${say("numbers.head.reports")}</th><th scope="col" class="number">${say("numbers.head.share")}</th></tr></thead>
<tbody>${lines.map((line) => lineOf(line, most, words))}</tbody>
</table>`
}

function lineOf(line: ShownLine, most: number, { say, number, share }: ReleaseWords): Html {
  if (line.kind === "row" || line.kind === "part") return row(line.kind, line.name, line.count, share(line.count, line.of), most, number)
  const list = line.names.join(" · ")
  if (line.kind === "hidden-part") return row("part withheld", say("numbers.page.hidden-list", { list }), line.left ?? 0, share(line.left ?? 0, line.of), most, number)
  const called = html`${say("numbers.page.hidden-rows", { number: number(line.names.length) })}<span class="which">${list}</span>`
  if (line.left !== undefined) return row("withheld", called, line.left, share(line.left, line.of), most, number)
  return html`<tr class="withheld"><th scope="row">${called}</th><td class="drawn"><span class="hatch" aria-hidden="true"></span></td><td class="number" colspan="2">${say("numbers.hidden-each", { threshold: number(11) })}</td></tr>`
}

function row(kind: string, name: string | Html, count: number, share: string, most: number, number: ReleaseWords["number"]): Html {
  return html`<tr class="${kind}"><th scope="row">${name}</th><td class="drawn"><svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${(100 * Math.min(1, count / most)).toFixed(2)}" height="10"/></svg></td><td class="number">${number(count)}</td><td class="number share">${share}</td></tr>`
}

/** A year's provinces, quarter by quarter. */
export function quarters(cuts: readonly ReleaseTables[], year: Table, words: ReleaseWords): Html {
  const { say, number, names, hidden } = words
  const cut = cuts.flatMap(({ quarter, tables }) => tables.filter(({ id }) => id === "province-quarter").map((table) => ({ quarter, table })))
  const cell = (row: Row | undefined) =>
    row === undefined || row.count === null
      ? html`<td class="number"><span class="hatch small" role="img" aria-label="${hidden}"></span></td>`
      : html`<td class="number">${number(row.count)}</td>`
  return html`<p class="about">${say("numbers.page.year-quarters", { quarters: words.list(cut.map(({ quarter }) => words.quarter(quarter))) })}</p>
<table class="quarters">
<thead><tr><th scope="col"><span class="hidden">${say("numbers.head.province")}</span></th>${cut.map(({ quarter }) => html`<th scope="col" class="number">${words.quarter(quarter)}</th>`)}<th scope="col" class="number">${say("numbers.head.year")}</th></tr></thead>
<tbody>${year.rows.map((row) => html`<tr><th scope="row">${names(year.id, row)}</th>${cut.map(({ table }) => cell(table.rows.find(({ id }) => id === row.id)))}${cell(row)}</tr>`)}
<tr class="sum"><th scope="row">${say("numbers.head.all")}</th>${cut.map(({ table }) => html`<td class="number">${number(table.of)}</td>`)}<td class="number">${number(year.of)}</td></tr></tbody>
</table>
<p class="legend"><span class="swatch hatch"></span>${hidden}</p>`
}
