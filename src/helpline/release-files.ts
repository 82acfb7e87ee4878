import { withinName, type RowNames } from "./release-names.ts"
import type { Table } from "./release-shapes.ts"
import type { PublicRelease } from "./release-view.ts"
import { HIDDEN, LICENCE, NOT_HOW_OFTEN, TABLES, unitOf } from "./release-words.ts"

/** What each column of the files means; the same in CSV and JSON. */
export const DICTIONARY = {
  release: "The quarter whose release this number came out with, and was frozen.",
  table: "Which table: its id.",
  period: "What it counts: a quarter (2026-Q4), or a calendar year (2026), which is the sum of its quarters' releases.",
  within: "Id of what the row is part of: the province of a district, the action of a result. Empty otherwise.",
  row: "Id of the row, as in the taxonomy or the list of areas. `elsewhere`: another country, or no province said. `not-said`: nothing was said about it.",
  label: "The row in English. Where rows were too few to stand alone, it names what was counted together.",
  count: `How many reports. Empty where hidden: ${HIDDEN} so that a number below 11 can't be worked out. A count of none is hidden as well.`,
  hidden: "true where the count is hidden.",
  share: "Percent of `of`, to one decimal. Empty where hidden.",
  of: "How many reports the table is about.",
  unit: `parts: ${unitOf("parts")}. named: ${unitOf("named")}.`,
} as const

/** A line of a file. */
export type Line = Readonly<Record<keyof typeof DICTIONARY, string | number | boolean | null>>

/** The lines of some tables of a release. */
export function linesOf({ tables: release }: PublicRelease, tables: readonly Table[], names: RowNames): readonly Line[] {
  return tables.flatMap((table) =>
    table.rows.map((row) => ({
      release: release.quarter,
      table: table.id,
      period: table.period,
      within: row.within ?? "",
      row: row.id,
      label: [withinName(names, table, row), names(table.id, row)].filter((one) => one !== undefined).join(": "),
      count: row.count,
      hidden: row.count === null,
      share: row.count === null ? null : Math.round((1000 * row.count) / table.of) / 10,
      of: table.of,
      unit: table.unit,
    })),
  )
}

/** Lines as CSV (RFC 4180), with a line of names. */
export function csvOf(lines: readonly Line[]): string {
  const columns = Object.keys(DICTIONARY) as readonly (keyof Line)[]
  return [columns, ...lines.map((line) => columns.map((column) => line[column] ?? ""))].map((cells) => `${cells.map((cell) => quoted(String(cell))).join(",")}\r\n`).join("")
}

/** Some tables of a release with all that is needed to read them. */
export function jsonOf(release: PublicRelease, tables: readonly Table[], names: RowNames) {
  const { quarter, country, taxonomy, threshold, counted, year } = release.tables
  return {
    release: quarter,
    cutOn: release.cutOn,
    country,
    taxonomy,
    threshold,
    counted,
    ...(year !== undefined && { year }),
    licence: LICENCE,
    note: NOT_HOW_OFTEN,
    dictionary: DICTIONARY,
    tables: tables.map((table) => ({
      id: table.id,
      title: TABLES[table.id].title,
      about: TABLES[table.id].about,
      period: table.period,
      unit: unitOf(table.unit),
      of: table.of,
      lines: linesOf(release, [table], names),
    })),
  }
}

function quoted(cell: string): string {
  // What a spreadsheet would take for a formula stays text.
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
