/** What a release hides at different sizes of a helpline, and how long one over many reports takes. */
import { randomBytes, randomUUID } from "node:crypto"
import { CONTENT } from "../src/app.ts"
import { NOT_SAID } from "../src/flows/report-shapes.ts"
import { readAreas } from "../src/helpline/areas.ts"
import { countedAreas, countedOptions } from "../src/helpline/release-names.ts"
import type { Countable, Quarter, Release, Table } from "../src/helpline/release-shapes.ts"
import { sumOf } from "../src/helpline/release-tally.ts"
import { createReleases } from "../src/helpline/release-view.ts"
import { cut } from "../src/helpline/release.ts"
import { readTaxonomy } from "../src/helpline/taxonomy.ts"
import type { Store } from "../src/store/pool.ts"
import type { Cover } from "../src/vault/cover.ts"
import { table } from "./report.ts"
import { drawing } from "../src/demo/drawing.ts"
import { median } from "./statistics.ts"

const YEARS = [500, 2700, 20_000] as const
const ROUNDS = 20
/** Of a helpline's published year; the rest is spread over the other provinces and "not said". */
const SHARES: Readonly<Record<string, number>> = { punjab: 0.64, sindh: 0.13, "khyber-pakhtunkhwa": 0.05 }
const ACTS = 12

const pakistan = readAreas(CONTENT).find(({ country }) => country === "PK")
const areas = countedAreas("PK", pakistan)
const taxonomy = readTaxonomy(CONTENT)
const options = countedOptions(taxonomy)

/** Per table and size: the share of reports (where several may be named: of mentions) that stand in hidden rows, and of rows that are hidden, medians of rounds. */
export type Suppression = { readonly table: string; readonly rates: readonly { readonly reports: number; readonly rows: number }[] }

/** Draws years of three sizes, cuts their releases, and tells what is hidden. The same draws each time. */
export function suppression(): readonly Suppression[] {
  const years = YEARS.map((size) => Array.from({ length: ROUNDS }, (_, round) => hiddenIn(size, round + 1)))
  return [...new Set(years.flat(2).map(({ table }) => table))].map((name) => ({
    table: name,
    rates: years.map((rounds) => {
      const found = rounds.flatMap((tables) => tables.filter(({ table }) => table === name))
      return { reports: median(found.map(({ reports }) => reports)), rows: median(found.map(({ rows }) => rows)) }
    }),
  }))
}

/** The table of it, in Markdown. */
export function suppressionTable(all: readonly Suppression[]): string {
  const percent = (share: number) => (share > 0 && share < 0.005 ? "<1" : String(Math.round(share * 100)))
  return table(
    ["share hidden, reports / rows, in %", ...YEARS.map((size) => `${size.toLocaleString("en")} a year`)],
    all.map(({ table: name, rates }) => [name, ...rates.map(({ reports, rows }) => `${percent(reports)} / ${percent(rows)}`)]),
  )
}

/** Milliseconds that a release over so many coded reports takes, in a house that has no other report: reading, uncovering, cutting, marking, commit. `ownMs`: of our processor time. */
export async function releaseTime(
  { store, cover }: { readonly store: Store; readonly cover: Cover },
  count: number,
): Promise<{ readonly ms: number; readonly ownMs: number; readonly counted: number }> {
  await store.pool.query("truncate report")
  const consents = JSON.stringify({ keep: true, count: true, share: false, publish: false, wording: "report-1" }).padEnd(192)
  const sealed = randomBytes(4096)
  const reports = drawn(count, 7, "2026-10-01")
  for (let i = 0; i < count; i += 2000) {
    const page = reports.slice(i, i + 2000)
    await store.pool.query(
      `insert into report (id, month, sealed, status, consents, keep_until, coding)
        select id, '2026-10-01', $4, 'coded', consents, '2027-10-01', coding from unnest($1::uuid[], $2::bytea[], $3::bytea[]) as i(id, consents, coding)`,
      [
        page.map(() => randomUUID()),
        page.map(() => Buffer.from(cover.close("consents", consents))),
        page.map(({ coding }) => Buffer.from(cover.close("coding", JSON.stringify(coding).padEnd(1024)))),
        sealed,
      ],
    )
  }
  const releases = createReleases({
    store,
    cover,
    areas,
    taxonomy: { version: taxonomy.version, options },
    now: () => Date.parse("2027-02-01"),
    writes: async () => {},
    takenBack: async () => new Set(),
  })
  const [began, used] = [performance.now(), process.cpuUsage()]
  const done = await releases.make(undefined, "2026-Q4")
  const [ms, { user, system }] = [performance.now() - began, process.cpuUsage(used)]
  if (!done.made) throw new Error(`no release was cut: ${done.notNow.why}`)
  return { ms, ownMs: (user + system) / 1000, counted: done.tables.counted }
}

function hiddenIn(size: number, seed: number): readonly { readonly table: string; readonly reports: number; readonly rows: number }[] {
  const releases: Release[] = []
  const draw = drawing(seed * 1000 + size)
  for (const n of [1, 2, 3, 4] as const) {
    const quarter: Quarter = `2026-Q${n}`
    const reports = drawn(Math.round(size / 4 + Math.sqrt(size / 4) * normal(draw)), seed * 10 + n + size, `2026-${String(n * 3).padStart(2, "0")}-01`)
    releases.push(cut({ reports, earlier: releases, quarter, areas, options, taxonomy: taxonomy.version, lot: drawing(seed) }))
  }
  const year = sumOf(releases.map(({ tallies }) => tallies))
  const own = releases.flatMap(({ tables, tallies }) => tables.tables.map((one) => ({ one, tallies: one.id === "province-quarter" ? tallies : year })))
  const all = own.flatMap(({ one, tallies }) =>
    parted(one).map(({ name, rows }) => {
      const counts = rows.map((row) => ({ shown: row.count !== null, count: row.count ?? truth(one, row, tallies) }))
      const there = counts.filter(({ count }) => count > 0)
      const sum = there.reduce((total, { count }) => total + count, 0)
      const hidden = there.filter(({ shown }) => !shown)
      return { table: name, reports: hidden.reduce((total, { count }) => total + count, 0) / Math.max(1, sum), rows: hidden.length / Math.max(1, there.length) }
    }),
  )
  return all
}

function parted({ id, rows }: Table): readonly { readonly name: string; readonly rows: Table["rows"] }[] {
  if (id !== "action-year") return [{ name: id.replace("-", " × "), rows }]
  return [
    { name: "action × year", rows: rows.filter(({ within }) => within === undefined) },
    { name: "action × outcome × year", rows: rows.filter(({ within }) => within !== undefined) },
  ]
}

function truth({ id }: Table, row: Table["rows"][number], { area, act, platform, relation, tried, outcome }: Release["tallies"]): number {
  const with_ = [row.id, ...(row.with ?? [])]
  const sum = (of: Readonly<Record<string, number>>, ids: readonly string[]) => ids.reduce((total, one) => total + (of[one] ?? 0), 0)
  if (id === "province-quarter" || id === "province-year")
    return sum(
      area,
      Object.keys(area).filter((place) => place.startsWith(`${row.id}/`)),
    )
  if (id === "district-year") return area[`${row.within ?? ""}/${row.id}`] ?? 0
  if (id === "relation-year") return relation[row.id] ?? 0
  if (row.within !== undefined) return outcome[`${row.within}/${row.id}`] ?? 0
  return sum({ "act-year": act, "platform-year": platform, "action-year": tried }[id], with_)
}

/** Reports by chance: provinces by published shares, districts and all else by rank (Zipf), a fifth of most things not said. */
function drawn(count: number, seed: number, month: string): readonly Countable[] {
  const draw = drawing(seed)
  const ranked = <T>(all: readonly T[]): T =>
    weighed(
      all,
      all.map((_, rank) => 1 / (rank + 1)),
    )
  const weighed = <T>(all: readonly T[], weights: readonly number[]): T => {
    let left = draw() * weights.reduce((sum, weight) => sum + weight, 0)
    const at = weights.findIndex((weight) => (left -= weight) < 0)
    return all[Math.max(0, at)] as T
  }
  const said = (all: readonly string[]) => (draw() < 0.2 ? NOT_SAID : ranked(all.filter((one) => one !== NOT_SAID)))
  const others = areas.provinces.filter(({ id }) => SHARES[id] === undefined).length + 1
  const rest = (1 - Object.values(SHARES).reduce((sum, share) => sum + share, 0)) / others
  const provinces = [...areas.provinces, undefined]
  const shares = provinces.map((one) => SHARES[one?.id ?? ""] ?? rest)
  return Array.from({ length: count }, () => {
    const province = weighed(provinces, shares)
    return {
      month,
      coding: {
        about: "self",
        acts: [...new Set([said(options.act.slice(0, ACTS)), ...(draw() < 0.4 ? [ranked(options.act.slice(0, ACTS))] : [])])],
        platforms: [said(options.platform)],
        relation: said(options.relation),
        harms: [],
        actions:
          draw() < 0.56
            ? [{ action: ranked(options.tried.filter((one) => one !== "nothing" && one !== NOT_SAID)), outcome: said(options.outcome) }]
            : [{ action: "nothing", outcome: NOT_SAID }],
        country: "PK",
        province: province?.id ?? NOT_SAID,
        district: province === undefined ? NOT_SAID : said(province.districts),
        age: NOT_SAID,
        gender: NOT_SAID,
      },
    }
  })
}

function normal(draw: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
}
