import { html } from "hono/html"
import type { NamedAreas, RowNames } from "../../helpline/release-names.ts"
import type { PublicRelease } from "../../helpline/release-view.ts"
import { THRESHOLD } from "../../helpline/release-shapes.ts"
import { LICENCE, NOT_HOW_OFTEN, numberName, periodName, quartersName } from "../../helpline/release-words.ts"
import { DICTIONARY } from "../../helpline/release-files.ts"
import { page } from "../pages.ts"
import { links, tableSection, yearByQuarter } from "./tables.ts"

type Html = ReturnType<typeof html>

/** `/numbers` and `/numbers/2026-Q4`: one release with all its tables, and the way to the others. */
export function numbersPage(releases: readonly PublicRelease[], shown: PublicRelease | undefined, names: RowNames, areas: NamedAreas | undefined): Html {
  if (shown === undefined) return page("Numbers", html`<h1>Numbers</h1>${nothingYet}${method}${elsewhere}`, true)
  const { quarter, counted, year } = shown.tables
  const others = releases.filter((one) => one !== shown).toReversed()
  return page(
    `Numbers: ${periodName(quarter)}`,
    html`<p class="kicker">Numbers from reports</p>
<h1>${periodName(quarter)}</h1>
<p class="lead">${counted === 0 ? few(shown) : html`<strong>${numberName(counted)} reports</strong> were counted in this release. Each is the account of one person who said that it may count.`}</p>
<p class="important">${NOT_HOW_OFTEN}</p>
${facts(shown)}
${sections(releases, shown, names, areas)}
${year !== undefined || counted > 0 ? html`<section aria-labelledby="files"><h2 id="files">All of this release as a file</h2><p>Every table above, with the meaning of each column: free to use under <a href="${LICENCE.url}" rel="license noreferrer">${LICENCE.name}</a>. Say where it is from, and say with it that reports are not how often it happens.</p>${links(`/numbers/${quarter}`, ["csv", "json"], "the whole release")}${dictionary}</section>` : ""}
${method}
${others.length === 0 ? "" : html`<nav aria-labelledby="others"><h2 id="others">Other releases</h2><ul class="releases">${others.map(({ tables, cutOn }) => html`<li><a href="/numbers/${tables.quarter}">${periodName(tables.quarter)}</a> <span class="aside">cut on ${cutOn}</span></li>`)}</ul></nav>`}
${elsewhere}`,
    true,
  )
}

function sections(releases: readonly PublicRelease[], { tables: release }: PublicRelease, names: RowNames, areas: NamedAreas | undefined): Html {
  const { tables, year } = release
  const cuts = releases.map((one) => one.tables).filter(({ quarter }) => year?.quarters.includes(quarter) === true)
  const ofQuarter = tables.filter(({ period }) => period === release.quarter)
  const ofYear = tables.filter(({ period }) => period !== release.quarter)
  return html`${ofQuarter.map((table) => tableSection(release, table, names, areas))}
${
  year === undefined || ofYear.length === 0
    ? ""
    : html`<div class="year"><p class="kicker">The whole year</p><h2 class="part">${year.year}: ${numberName(year.counted)} reports</h2><p>What was counted in the releases of ${quartersName(year.quarters)} together. Year tables come once a year, with the last quarter.</p></div>
${ofYear.map((table) => (table.id === "province-year" ? yearByQuarter(cuts, table, names) : tableSection(release, table, names, areas)))}`
}`
}

/** What is known at a glance. */
function facts({ tables, cutOn }: PublicRelease): Html {
  const rows = tables.tables.flatMap((table) => table.rows)
  const hidden = rows.filter(({ count }) => count === null).length
  return html`<dl class="facts">
<div><dt>Reports, this quarter</dt><dd>${tables.counted === 0 ? "none yet" : numberName(tables.counted)}</dd></div>
${tables.year === undefined ? "" : html`<div><dt>Reports, ${tables.year.year}</dt><dd>${numberName(tables.year.counted)}</dd></div>`}
<div><dt>Cut and frozen on</dt><dd>${cutOn}</dd></div>
<div><dt>Numbers hidden</dt><dd>${String(hidden)} <span class="aside">of ${String(rows.length)}</span></dd></div>
</dl>`
}

function few({ tables }: PublicRelease): Html {
  return html`In this quarter fewer than ${String(tables.threshold)} reports could be counted, so nothing is published of them. They are counted in the next release that has enough.`
}

const nothingYet = html`<p class="lead">Nothing has been published yet.</p>
<p>Numbers come once a quarter, thirty days after its end at the earliest, and only where enough people told us something and said that it may count.</p>
<p class="important">${NOT_HOW_OFTEN}</p>`

const method = html`<section aria-labelledby="method"><h2 id="method">How these numbers are made</h2>
<dl class="method">
<div><dt>What is counted</dt><dd>One report is one person's account. It counts only if that person said yes to being counted, and once: in the first release that finds it read and coded. It can be taken back until then.</dd></div>
<div><dt>What is hidden</dt><dd>No number below ${String(THRESHOLD)} is shown, and none from which such a number could be worked out, from sums, shares, other tables or earlier releases. So some larger numbers are withheld, too. A hidden row may stand for none, for ten, or for more.</dd></div>
<div><dt>What stays</dt><dd>A release is cut thirty days after its quarter or later, and never changed. What is coded later counts in a later release.</dd></div>
<div><dt>What they can't say</dt><dd>How often something happens. Who has no phone, no safe moment, no trust in us or no language of ours isn't in here. More reports may mean more violence, or more people who found us.</dd></div>
<div><dt>Places</dt><dd>The place is that of the person it happened to, as a province or district. Nothing nearer is asked or kept.</dd></div>
</dl></section>`

const dictionary = html`<details><summary>What each column means</summary><dl class="dictionary">${Object.entries(DICTIONARY).map(([name, about]) => html`<div><dt><code>${name}</code></dt><dd>${about}</dd></div>`)}</dl></details>`

const elsewhere = html`<p class="elsewhere"><a href="/stories">Stories that people let us publish</a> · <a href="/privacy">What is kept, and for how long</a> · <a href="/">Start</a></p>`
