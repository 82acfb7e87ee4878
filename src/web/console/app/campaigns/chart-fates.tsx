import { Chart, LegendKey } from "../chart.tsx"
import { COUNT_STEPS, marksFor } from "../figures.ts"
import { useWords } from "../words.ts"
import type { FigureRow } from "./campaigns-api.ts"

/** What became of a day's actions, as it is drawn: the ledger's parts, the first at the bottom. */
export const FATES = [
  ["arrived", (row: FigureRow) => row.delivered],
  ["sent", (row: FigureRow) => row.sent],
  ["waits", (row: FigureRow) => row.due + row.held],
  ["not", (row: FigureRow) => row.refused + row.skipped],
] as const

/** One column a day, as high as there were people; a line across it shows how many say that they did it. */
export function ChartFates({ rows }: { readonly rows: readonly FigureRow[] }) {
  const words = useWords()
  const { campaigns: of } = words
  const whole = (row: FigureRow) => FATES.reduce((sum, [, count]) => sum + count(row), 0)
  const most = Math.max(1, ...rows.map((row) => Math.max(whole(row), row.done)))
  const marks = marksFor(most, [...COUNT_STEPS, ...COUNT_STEPS.map((step) => step * 1000)])
  return (
    <>
      <ul class="legend">
        {FATES.map(([fate]) => (
          <LegendKey key={fate} label={of.fates[fate]}>
            <rect class={`fate-${fate}`} x="1" y="1" width="12" height="12" />
          </LegendKey>
        ))}
        <LegendKey label={of.columns.done}>
          <path class="did" d="M0 7h14" />
        </LegendKey>
      </ul>
      <Chart
        label={of.byDay}
        marks={marks}
        markText={String}
        names={rows.map(({ name }) => name)}
        draw={({ slot, x, y }) => {
          const wide = Math.max(1, Math.min(44, slot * 0.72))
          return rows.map((row, i) => {
            let below = 0
            const left = x(i, (slot - wide) / 2, wide)
            return (
              <g key={row.name}>
                <title>{`${of.day(Number(row.name))}: ${FATES.map(([fate, count]) => `${of.fates[fate]} ${count(row)}`).join(words.comma)}${words.comma}${of.columns.done} ${row.done}`}</title>
                {FATES.map(([fate, count]) => {
                  if (count(row) === 0) return null
                  const at = { x: left, y: y(below + count(row)), width: wide, height: Math.max(1, y(below) - y(below + count(row))) }
                  below += count(row)
                  return <rect key={fate} class={`fate-${fate}`} {...at} />
                })}
                {row.done > 0 && <path class="did" d={`M${left} ${y(row.done)}h${wide}`} />}
              </g>
            )
          })
        }}
      />
    </>
  )
}
