import { NOT_SAID } from "../flows/report-shapes.ts"
import { shownNamed, shownParts, type Counts } from "./release-hide.ts"
import { endOf, yearOf } from "./release-quarter.ts"
import {
  THRESHOLD,
  type Countable,
  type CountedAreas,
  type CountedOptions,
  type Lot,
  type Quarter,
  type Release,
  type ReleaseTables,
  type Row,
  type Table,
  type Tallies,
} from "./release-shapes.ts"
import { ALONE, ELSEWHERE, OTHER, sumOf, tally } from "./release-tally.ts"

/** What a release is cut from. `earlier`: every release before it. */
export type Cutting = {
  readonly reports: readonly Countable[]
  readonly earlier: readonly Release[]
  readonly quarter: Quarter
  readonly areas: CountedAreas
  readonly options: CountedOptions
  readonly taxonomy: number
  readonly lot: Lot
}

/**
 * Cuts a release: counts every report that was filed up to the quarter's end and that no earlier release has counted, and
 * says what of that may be public. Fewer than eleven reports are not counted at all and wait for the next release, so the
 * sum of a quarter is never a secret. With the fourth quarter come the tables of the year, from the sums of its cuts.
 *
 * Why nothing small follows from what is shown: each table divides a number that is public into parts, shown and hidden,
 * as `release-hide.ts` says; and a table divides further only what every other table of those reports shows (a district
 * stands below a province that was shown in each quarter, an outcome below an action that is shown). So of the reports
 * behind a hidden number nothing is public but sums that reach beyond it; each of these is eleven or more, and any
 * of its reports might as well be counted in the next hidden row.
 */
export function cut(cutting: Cutting): Release {
  const { quarter, areas, options, taxonomy, lot } = cutting
  const waiting = cutting.reports.filter(({ month }) => month < endOf(quarter))
  const tallies = tally(waiting.length < THRESHOLD ? [] : waiting, areas, options)
  const drawFor =
    (table: string): Lot =>
    (name) =>
      lot(`${quarter}/${table}/${name}`)
  const quarterly = tallies.reports === 0 ? [] : [provinceQuarter(quarter, tallies, areas, drawFor("province"))]
  const head = { shape: 1, quarter, country: areas.country, taxonomy, threshold: THRESHOLD, counted: tallies.reports } as const
  if (!quarter.endsWith("Q4")) return { tables: { ...head, tables: quarterly }, tallies }

  const year = yearOf(quarter)
  // Another country's provinces may be called the same: its quarters have no year together with this one's.
  const before = cutting.earlier.filter(({ tables }) => yearOf(tables.quarter) === year && tables.country === areas.country)
  const cuts = [...before.map(({ tables }) => tables), { ...head, tables: quarterly }].filter(({ counted }) => counted > 0)
  const sums = sumOf([...before.map((one) => one.tallies), tallies])
  const tables = sums.reports === 0 ? [] : yearTables(year, sums, cuts, areas, options, drawFor)
  return { tables: { ...head, tables: [...quarterly, ...tables], year: { year, quarters: cuts.map((one) => one.quarter), counted: sums.reports } }, tallies }
}

function yearTables(
  year: string,
  sums: Tallies,
  cuts: readonly Pick<ReleaseTables, "tables">[],
  areas: CountedAreas,
  options: CountedOptions,
  drawFor: (table: string) => Lot,
): readonly Table[] {
  const head = { period: year, of: sums.reports }
  const provinces = provinceCounts(sums, areas)
  // A year's number of a province that was hidden in a quarter would tell that quarter to whoever knows the others.
  const open = new Set([...provinces.keys()].filter((id) => cuts.every(({ tables }) => shownIn(tables, "province-quarter", id))))
  const districts = areas.provinces.flatMap(({ id, districts }) => {
    const counts = new Map([...districts, NOT_SAID].map((district) => [district, sums.area[`${id}/${district}`] ?? 0]))
    const shown = open.has(id) ? shownParts(counts, (name) => drawFor("district")(`${id}/${name}`)) : NONE
    return rowsOf(counts, shown).map((row) => ({ ...row, within: id }))
  })
  const relations = countsOf(sums.relation, options.relation)
  const tried = namedRows(sums.tried, options.tried, sums.reports, drawFor("action"))
  const outcomes = tried
    .filter(({ id }) => !ALONE.includes(id))
    .flatMap(({ id, count, with: folded = [] }) => {
      const counts = new Map(options.outcome.map((outcome) => [outcome, [id, ...folded].reduce((sum, action) => sum + (sums.outcome[`${action}/${outcome}`] ?? 0), 0)]))
      const shown = count === null ? NONE : shownParts(counts, (name) => drawFor("outcome")(`${id}/${name}`))
      return rowsOf(counts, shown).map((row) => ({ ...row, within: id }))
    })
  return [
    { ...head, id: "province-year", unit: "parts", rows: rowsOf(provinces, open) },
    { ...head, id: "act-year", unit: "named", rows: namedRows(sums.act, options.act, sums.reports, drawFor("act")) },
    { ...head, id: "platform-year", unit: "named", rows: namedRows(sums.platform, options.platform, sums.reports, drawFor("platform")) },
    { ...head, id: "relation-year", unit: "parts", rows: rowsOf(relations, shownParts(relations, drawFor("relation"))) },
    { ...head, id: "action-year", unit: "named", rows: [...tried, ...outcomes] },
    { ...head, id: "district-year", unit: "parts", rows: districts },
  ]
}

function provinceQuarter(quarter: Quarter, tallies: Tallies, areas: CountedAreas, lot: Lot): Table {
  const counts = provinceCounts(tallies, areas)
  return { id: "province-quarter", period: quarter, unit: "parts", of: tallies.reports, rows: rowsOf(counts, shownParts(counts, lot)) }
}

function provinceCounts({ area }: Tallies, { provinces }: CountedAreas): Counts {
  const sum = (id: string) => Object.entries(area).reduce((all, [place, count]) => (place.startsWith(`${id}/`) ? all + count : all), 0)
  return new Map([...provinces.map(({ id }) => id), ELSEWHERE].map((id) => [id, sum(id)]))
}

/**
 * The rows of what reports may name several of. "Not said" and "nothing" are named alone, so each of them and all the
 * rest divide the whole: those that are too few are counted with "other", and where the rest is, nothing is shown.
 */
function namedRows(sums: Readonly<Record<string, number>>, options: readonly string[], of: number, lot: Lot): readonly Row[] {
  const counts = countsOf(sums, options)
  const alone = ALONE.filter((id) => counts.has(id))
  const folded = alone.filter((id) => (counts.get(id) ?? 0) < THRESHOLD)
  const kept = alone.filter((id) => !folded.includes(id))
  const named = new Map([...counts].filter(([id]) => !alone.includes(id)))
  if (folded.length > 0)
    named.set(
      OTHER,
      [OTHER, ...folded].reduce((sum, id) => sum + (counts.get(id) ?? 0), 0),
    )
  const rest = of - kept.reduce((sum, id) => sum + (counts.get(id) ?? 0), 0)
  const shown = rest < THRESHOLD ? NONE : new Set([...shownNamed(named, rest, lot), ...kept])
  const rows = rowsOf(new Map([...named, ...kept.map((id) => [id, counts.get(id) ?? 0] as const)]), shown)
  return rows.map((row) => (row.id === OTHER && folded.length > 0 ? { ...row, with: folded } : row))
}

function countsOf(sums: Readonly<Record<string, number>>, options: readonly string[]): Counts {
  return new Map(options.map((id) => [id, sums[id] ?? 0]))
}

function rowsOf(counts: Counts, shown: ReadonlySet<string>): readonly Row[] {
  return [...counts].map(([id, count]) => ({ id, count: shown.has(id) ? count : null }))
}

function shownIn(tables: readonly Table[], table: Table["id"], row: string): boolean {
  return tables.some(({ id, rows }) => id === table && rows.some((one) => one.id === row && one.count !== null))
}

const NONE: ReadonlySet<string> = new Set()
