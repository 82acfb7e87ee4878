import { html, raw } from "hono/html"
import { COLUMNS, dictionaryOf } from "../../helpline/release-files.ts"
import { areaCount, areaMap, classesOf } from "../../helpline/release-map.ts"
import { mapFor, type AreaMap, type NamedAreas } from "../../helpline/release-names.ts"
import { THRESHOLD, type ReleaseTables, type Table } from "../../helpline/release-shapes.ts"
import type { PublicRelease } from "../../helpline/release-view.ts"
import { LICENCE, type ReleaseWords } from "../../helpline/release-words.ts"
import type { Language } from "../../helpline/public-words.ts"
import { page } from "../pages.ts"
import { bars, links, quarters } from "./tables.ts"

type Html = ReturnType<typeof html>

/** What a page of numbers is made of. `languages`: those in which it stands beside this one. */
export type NumbersPage = {
  readonly releases: readonly PublicRelease[]
  readonly shown: PublicRelease | undefined
  readonly words: ReleaseWords
  readonly areas: NamedAreas | undefined
  readonly languages: readonly Language[]
  readonly path: string
}

/** `/numbers` and `/numbers/2026-Q4`: one release with all its tables, and the way to the others. */
export function numbersPage({ releases, shown, words, areas, languages, path }: NumbersPage): Html {
  const { say, number } = words
  const frame = { words, languages, path, wide: true }
  const elsewhere = html`<p class="elsewhere"><a href="/${words.language}/stories">${say("numbers.page.stories")}</a> · <a href="/${words.language}/privacy">${say("pages.privacy.title")}</a> · <a href="/${words.language}">${say("pages.start")}</a></p>`
  if (shown === undefined) {
    const nothing = html`<p class="lead">${say("numbers.page.nothing-yet")}</p>
<p>${say("numbers.page.nothing-yet-when")}</p>
<p class="important">${words.notHowOften}</p>`
    return page({ ...frame, title: say("numbers.page.title"), body: html`<h1>${say("numbers.page.title")}</h1>${nothing}${method(words)}${elsewhere}` })
  }
  const { quarter, counted, year } = shown.tables
  const period = words.period(quarter)
  const lead =
    counted === 0
      ? say("numbers.page.few", { threshold: number(shown.tables.threshold) })
      : html`<strong>${say("numbers.page.counted", { reports: number(counted) })}</strong> ${say("numbers.page.counted-each")}`
  return page({
    ...frame,
    title: say("numbers.page.title-of", { period }),
    body: html`<p class="kicker">${say("numbers.page.kicker")}</p>
<h1>${period}</h1>
<p class="lead">${lead}</p>
<p class="important">${words.notHowOften}</p>
${facts(shown, words)}
${sections(releases, shown, words, areas)}
${year !== undefined || counted > 0 ? files(quarter, words) : ""}
${method(words)}
${others(releases, shown, words)}
${elsewhere}`,
  })
}

function sections(releases: readonly PublicRelease[], { tables: release }: PublicRelease, words: ReleaseWords, areas: NamedAreas | undefined): Html {
  const { tables, year } = release
  const { say, number } = words
  const cuts = releases.map((one) => one.tables).filter(({ quarter }) => year?.quarters.includes(quarter) === true)
  const section = (table: Table) => {
    const title = say(`numbers.table.${table.id}.title`)
    const map = table.id === "province-quarter" || table.id === "district-year" ? mapFor(areas, release) : undefined
    return html`<section aria-labelledby="${table.id}">
<h2 id="${table.id}">${title}</h2>
<p class="about">${say(`numbers.table.${table.id}.about`)}</p>
${map === undefined ? "" : mapOf(map, release, table, words)}
${table.id === "province-year" ? quarters(cuts, table, words) : bars(release, table, words)}
<p class="caption">${words.notHowOften}</p>
${links(`/${words.language}/numbers/${release.quarter}/${table.id}`, ["csv", "json", "svg"], title, words)}
</section>`
  }
  const ofYear = tables.filter(({ period }) => period !== release.quarter)
  return html`${tables.filter(({ period }) => period === release.quarter).map(section)}
${
  year === undefined || ofYear.length === 0
    ? ""
    : html`<div class="year"><p class="kicker">${say("numbers.page.year-kicker")}</p><h2 class="part">${say("numbers.page.year", { year: year.year, reports: number(year.counted) })}</h2><p>${say("numbers.page.year-about", { quarters: words.list(year.quarters.map(words.quarter)) })}</p></div>
${ofYear.map(section)}`
}`
}

/** What is known at a glance. */
function facts({ tables, cutOn }: PublicRelease, { say, number, day }: ReleaseWords): Html {
  const rows = tables.tables.flatMap((table) => table.rows)
  const hidden = rows.filter(({ count }) => count === null).length
  return html`<dl class="facts">
<div><dt>${say("numbers.page.fact-quarter")}</dt><dd>${tables.counted === 0 ? say("numbers.page.fact-none") : number(tables.counted)}</dd></div>
${tables.year === undefined ? "" : html`<div><dt>${say("numbers.page.fact-year", { year: tables.year.year })}</dt><dd>${number(tables.year.counted)}</dd></div>`}
<div><dt>${say("numbers.page.fact-cut")}</dt><dd class="day">${day(cutOn)}</dd></div>
<div><dt>${say("numbers.page.fact-hidden")}</dt><dd>${number(hidden)} <span class="aside">${say("numbers.page.fact-of", { number: number(rows.length) })}</span></dd></div>
</dl>`
}

function mapOf(map: AreaMap, release: ReleaseTables, table: Table, words: ReleaseWords): Html {
  const { say } = words
  const countOf = areaCount(table, words)
  const counts = map.districts.flatMap((one) => countOf(one).count ?? [])
  const label = say("numbers.page.map", { title: say(`numbers.table.${table.id}.title`) })
  return html`<figure class="area-map">
${raw(areaMap(map, countOf, { id: `hatch-${table.id}-${release.quarter}`, label, divided: table.id === "district-year" }, words))}
<figcaption>
<ul class="legend">${classesOf(counts, words).map(({ at, name }) => html`<li><span class="swatch class-${String(at)}"></span>${name}</li>`)}<li><span class="swatch hatch"></span>${words.hidden}</li></ul>
<p>${say("numbers.page.map-about")} ${say("numbers.page.map-source", { licence: map.licence, source: map.source })}</p>
</figcaption>
</figure>`
}

function files(quarter: string, words: ReleaseWords): Html {
  const { say, language } = words
  const dictionary = dictionaryOf(words)
  return html`<section aria-labelledby="files"><h2 id="files">${say("numbers.page.files")}</h2>
<p>${say("numbers.page.files-about")} ${say("numbers.page.licence")}: <a href="${LICENCE.url}" rel="license noreferrer"><bdi>${LICENCE.name}</bdi></a></p>
${links(`/${language}/numbers/${quarter}`, ["csv", "json"], say("numbers.page.whole"), words)}
<details><summary>${say("numbers.page.columns")}</summary><dl class="dictionary">${COLUMNS.map((name) => html`<div><dt><code>${name}</code></dt><dd>${dictionary[name]}</dd></div>`)}</dl></details></section>`
}

function method({ say, number }: ReleaseWords): Html {
  const parts = ["unit", "hidden", "stays", "limits", "places"] as const
  return html`<section aria-labelledby="method"><h2 id="method">${say("numbers.method.title")}</h2>
<dl class="method">${parts.map((part) => html`<div><dt>${say(`numbers.method.${part}`)}</dt><dd>${say(`numbers.method.${part}-about`, { threshold: number(THRESHOLD) })}</dd></div>`)}</dl></section>`
}

function others(releases: readonly PublicRelease[], shown: PublicRelease, words: ReleaseWords): Html {
  const { say, language } = words
  const rest = releases.filter((one) => one !== shown).toReversed()
  if (rest.length === 0) return html``
  return html`<nav aria-labelledby="others"><h2 id="others">${say("numbers.page.others")}</h2><ul class="releases">${rest.map(({ tables, cutOn }) => html`<li><a href="/${language}/numbers/${tables.quarter}">${words.period(tables.quarter)}</a> <span class="aside">${say("numbers.page.cut-on", { day: words.day(cutOn) })}</span></li>`)}</ul></nav>`
}
