import { THRESHOLD, type Table } from "./release-shapes.ts"
import type { PublicRelease } from "./release-view.ts"
import { LICENCE, type ReleaseWords } from "./release-words.ts"

/** The columns of the files, in their order; the same in CSV and JSON and in every language. */
export const COLUMNS = ["release", "table", "period", "within", "row", "label", "count", "hidden", "share", "of", "unit"] as const

type Column = (typeof COLUMNS)[number]

/** What each column means. */
export function dictionaryOf({ say, number }: ReleaseWords): Readonly<Record<Column, string>> {
  const values = { threshold: number(THRESHOLD), parts: say("numbers.unit.parts"), named: say("numbers.unit.named") }
  return Object.fromEntries(COLUMNS.map((column) => [column, say(`numbers.column.${column}`, values)])) as Record<Column, string>
}

/** A line of a file. Its ids are the same in every language; its label is in that of the file. */
export type Line = Readonly<Record<Column, string | number | boolean | null>>

/** The lines of some tables of a release. */
export function linesOf({ tables: release }: PublicRelease, tables: readonly Table[], words: ReleaseWords): readonly Line[] {
  return tables.flatMap((table) =>
    table.rows.map((row) => ({
      release: release.quarter,
      table: table.id,
      period: table.period,
      within: row.within ?? "",
      row: row.id,
      label: words.label(table, row),
      count: row.count,
      hidden: row.count === null,
      share: row.count === null ? null : Math.round((1000 * row.count) / table.of) / 10,
      of: table.of,
      unit: table.unit,
    })),
  )
}

/** Lines as CSV (RFC 4180), with a line of names. Other letters than ASCII are announced: spreadsheets guess wrong without. */
export function csvOf(lines: readonly Line[]): string {
  const text = [COLUMNS, ...lines.map((line) => COLUMNS.map((column) => line[column] ?? ""))].map((cells) => `${cells.map((cell) => quoted(String(cell))).join(",")}\r\n`).join("")
  return /^\p{ASCII}*$/u.test(text) ? text : `\ufeff${text}`
}

/** Some tables of a release with all that is needed to read them. */
export function jsonOf(release: PublicRelease, tables: readonly Table[], words: ReleaseWords) {
  const { quarter, country, taxonomy, threshold, counted, year } = release.tables
  return {
    release: quarter,
    cutOn: release.cutOn,
    language: words.language,
    country,
    taxonomy,
    threshold,
    counted,
    ...(year !== undefined && { year }),
    licence: LICENCE,
    note: words.notHowOften,
    dictionary: dictionaryOf(words),
    tables: tables.map((table) => ({
      id: table.id,
      title: words.say(`numbers.table.${table.id}.title`),
      about: words.say(`numbers.table.${table.id}.about`),
      period: table.period,
      unit: words.say(`numbers.unit.${table.unit}`),
      of: table.of,
      lines: linesOf(release, [table], words),
    })),
  }
}

function quoted(cell: string): string {
  // What a spreadsheet would take for a formula stays text.
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
