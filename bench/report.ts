/** Tables and result files. */
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  // Names to the left, numbers to the right.
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(" | ")} |`
  const rule = `| ${widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`
  return [line(head), rule, ...rows.map(line)].join("\n")
}

/** Three significant digits below a thousand, whole numbers above. */
export function shown(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return "–"
  return value >= 1000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)))
}

export function save(name: string, results: object): void {
  const folder = join(import.meta.dirname, "results")
  mkdirSync(folder, { recursive: true })
  // Numbers at four digits: more would say nothing.
  const text = JSON.stringify(results, (_, value) => (typeof value === "number" ? rounded(value) : value), 2)
  writeFileSync(join(folder, name), `${text}\n`)
  console.log(`\nWritten to bench/results/${name}`)
}

function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(4))
}

export function told(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
