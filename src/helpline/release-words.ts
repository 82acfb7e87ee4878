import { withinName, type RowNames } from "./release-names.ts"
import { THRESHOLD, type Quarter, type ReleaseTables, type Table, type TableId } from "./release-shapes.ts"

/** What stands beside every chart and map. */
export const NOT_HOW_OFTEN = "A map of reports is not how often it happens: it shows what people chose to tell us, and where they could."

/** What a hidden number is. */
export const HIDDEN = `fewer than ${THRESHOLD}, or withheld`

/** The licence of all that is published here. */
export const LICENCE = { name: "CC BY 4.0", url: "https://creativecommons.org/licenses/by/4.0/" } as const

/** How each table is called, what it counts, and how to read it. */
export const TABLES: Readonly<Record<TableId, { readonly title: string; readonly about: string }>> = {
  "province-quarter": { title: "Where: provinces, this quarter", about: "Each report counts once, in the province that was named as the place of the person it is about." },
  "province-year": {
    title: "Where: provinces, the whole year",
    about: "The sum of the year's releases. A province has a number for the year only where it had one in every quarter.",
  },
  "act-year": { title: "What happened", about: "Reports that name it. A report may name several, so the numbers don't add up to all reports." },
  "platform-year": { title: "On which platform", about: "Reports that name it. A report may name several, so the numbers don't add up to all reports." },
  "relation-year": { title: "Who did it", about: "Each report counts once, by who did it in the words of the person who told." },
  "action-year": {
    title: "What was tried, and what came of it",
    about: "Reports that name an action, and below each action what came of it. A report may name several actions, but one result for each.",
  },
  "district-year": { title: "Where: districts, the whole year", about: "Each report counts once. Districts are shown only below a province that has a number in every quarter." },
}

/** The counting unit, for files. */
export function unitOf(unit: Table["unit"]): string {
  return unit === "parts"
    ? "reports; one report is one person's account, and stands in one row"
    : "reports that name it; one report is one person's account, and may stand in several rows"
}

/** `2026-Q4` as people say it: October to December 2026. */
export function periodName(period: string): string {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period)
  if (quarter === null) return period
  return `${["January to March", "April to June", "July to September", "October to December"][Number(quarter[2]) - 1]} ${quarter[1]}`
}

/** Several quarters in a few words: `Q1, Q2 and Q4`. */
export function quartersName(quarters: readonly Quarter[]): string {
  return new Intl.ListFormat("en").format(quarters.map((one) => one.slice(5)))
}

/** A number as people read it: 2,800. */
export function numberName(count: number): string {
  return count.toLocaleString("en")
}

/** A share in whole percent, as the tables show it; never of anything hidden. */
export function shareOf(count: number, of: number): string {
  const percent = (100 * count) / of
  return percent > 0 && percent < 1 ? "under 1%" : `${Math.round(percent)}%`
}

/** A release at the terminal: each row with its number, hidden ones marked. */
export function previewLines({ quarter, counted, tables }: ReleaseTables, names: RowNames): readonly string[] {
  if (counted === 0 && tables.length === 0) return [`${quarter}: fewer than ${THRESHOLD} reports. Nothing would be published; they wait for the next release.`]
  return tables.flatMap((table) => [
    `${TABLES[table.id].title} (${table.period}, ${table.of} reports)`,
    ...table.rows.map((row) => {
      const label = [withinName(names, table, row), names(table.id, row)].filter((one) => one !== undefined).join(": ")
      return `${(row.count === null ? "hidden" : String(row.count)).padStart(8)}  ${label}`
    }),
  ])
}
