import { broken, COLOURS, EDGE, pictureOf, sideOf, WIDTH } from "./release-drawing.ts"
import { shownTable } from "./release-lines.ts"
import type { ReleaseTables, Table } from "./release-shapes.ts"
import type { ReleaseWords } from "./release-words.ts"

const LINE = 30
const LABELS = 300
const NUMBERS = 130
/** How many letters fit beside a bar, and in a line at the foot. */
const LABEL = 40
const FOOT = 100

/** A table as a picture that stands alone: a bar for each row that is shown, and one sentence for all that is hidden. */
export function barChart(release: ReleaseTables, table: Table, words: ReleaseWords): string {
  const { say, number, share } = words
  const side = sideOf(words)
  const { groups, most } = shownTable(release, table, words)
  const title = `${say(`numbers.table.${table.id}.title`)} (${words.period(table.period)})`
  const drawn: string[] = [side.text(EDGE, 38, title, `font-size="20" font-weight="700" fill="${COLOURS.ink}"`)]
  drawn.push(side.text(EDGE, 61, say(`numbers.counts.${table.unit}`), `font-size="13" fill="${COLOURS.soft}"`))
  let y = 78
  for (const { name, lines } of groups) {
    if (name !== undefined) {
      drawn.push(side.text(LABELS - 12, y + 24, name, `font-size="14" font-weight="700" fill="${COLOURS.ink}"`, true))
      y += LINE + 4
    }
    for (const line of lines) {
      if (line.kind !== "row" && line.kind !== "part") continue
      const row = line.kind === "row"
      const width = Math.max(2, ((WIDTH - LABELS - NUMBERS) * line.count) / most)
      const count = number(line.count)
      drawn.push(
        side.text(LABELS - 12, y + 20, shortened(line.name), `font-size="${row ? 14 : 12.5}" fill="${row ? COLOURS.ink : COLOURS.soft}"`, true),
        side.box(LABELS, y + (row ? 5 : 9), width, row ? 20 : 12, `rx="3" fill="${row ? COLOURS.bar : COLOURS.part}"`),
        side.text(LABELS + width + 8, y + 20, count, `font-size="14" font-weight="${row ? 700 : 400}" fill="${COLOURS.ink}"`),
        side.text(LABELS + width + 20 + count.length * 8.5, y + 20, share(line.count, line.of), `font-size="13" fill="${COLOURS.soft}"`),
      )
      y += LINE
    }
  }
  const rows = table.rows.filter(({ count }) => count === null).length
  const reports = number(table.of)
  const foot = [
    rows === 0 ? say("numbers.chart.all-shown", { reports }) : say("numbers.chart.some-hidden", { reports, rows: number(rows), hidden: words.hidden }),
    words.notHowOften,
  ]
  y += 30
  for (const text of foot.flatMap((one) => broken(one, FOOT))) {
    drawn.push(side.text(EDGE, y, text, `font-size="13" fill="${COLOURS.soft}"`))
    y += 20
  }
  return pictureOf(y, title, words, drawn)
}

function shortened(text: string): string {
  return text.length <= LABEL ? text : `${text.slice(0, LABEL - 1).trimEnd()}…`
}
