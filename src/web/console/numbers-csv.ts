import type { Numbers } from "../../helpline/desk-view.ts"

/** The numbers as rows of a table: what, of which kind, and the figures. Made for a spreadsheet (RFC 4180). */
export function csvOf(numbers: Numbers): string {
  const { from, to, wait, byDay, byHour, byLanguage, byChannel, byCounsellor, endings, answers, ...counts } = numbers
  const rows: readonly (readonly (string | number | null)[])[] = [
    ["table", "row", "figure", "value"],
    ["period", "", "from", from],
    ["period", "", "to", to],
    ...Object.entries(counts).map(([figure, value]) => ["total", "", figure, value]),
    ["total", "", "wait median seconds", wait.median],
    ["total", "", "wait p90 seconds", wait.p90],
    ...Object.entries(answers).map(([answer, count]) => ["survey", answer, "count", count]),
    ...byDay.flatMap(({ day, ...figures }) => Object.entries(figures).map(([figure, value]) => ["day", day, figure, value])),
    ...byHour.flatMap(({ hour, ...figures }) => waits("hour", String(hour), figures)),
    ...byLanguage.flatMap(({ language, ...figures }) => waits("language", language, figures)),
    ...byChannel.flatMap(({ channel, ...figures }) => Object.entries(figures).map(([figure, value]) => ["channel", channel, figure, value])),
    ...byCounsellor.flatMap(({ alias, ...figures }) => Object.entries(figures).map(([figure, value]) => ["counsellor", alias, figure, value])),
    ...endings.map(({ why, count }) => ["ending", why, "count", count]),
  ]
  return csvTable(rows)
}

/** Rows as a file for a spreadsheet (RFC 4180). */
export function csvTable(rows: readonly (readonly (string | number | null)[])[]): string {
  return `${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`
}

function waits(table: string, row: string, figures: Readonly<Record<string, number | null>>): readonly (readonly (string | number | null)[])[] {
  return Object.entries(figures).map(([figure, value]) => [table, row, figure === "median" || figure === "p90" ? `wait ${figure} seconds` : figure, value])
}

// A name that begins like a formula is one in a spreadsheet.
function cell(value: string | number | null): string {
  if (value === null) return ""
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
