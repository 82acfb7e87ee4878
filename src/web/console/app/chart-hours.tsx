import type { Numbers } from "../../../helpline/desk-view.ts"
import { Chart, LegendKey } from "./chart.tsx"
import { marksFor, WAIT_STEPS, waitText } from "./figures.ts"
import { AsTable } from "./figure.tsx"
import { useWords } from "./words.ts"

/** How long people waited, by the hour in which they began to: from the median, a dot, up to the 90th centile, a bar's end. */
export function ChartHours({ numbers }: { readonly numbers: Numbers }) {
  const words = useWords()
  const marks = marksFor(Math.max(10, ...numbers.byHour.map(({ p90, median }) => p90 ?? median ?? 0)), WAIT_STEPS)
  const names = numbers.byHour.map(({ hour }) => String(hour))
  return (
    <>
      <ul class="legend">
        <LegendKey label={words.numbers.median}>
          <circle class="median" cx="7" cy="7" r="4.5" />
        </LegendKey>
        <LegendKey label={words.numbers.p90}>
          <rect class="reach" x="3" y="1" width="8" height="13" />
          <rect class="reach-end" x="3" y="1" width="8" height="3" />
        </LegendKey>
        <LegendKey label={words.numbers.tooFew}>
          <path class="too-few" d="M4 4l6 6M10 4l-6 6" />
        </LegendKey>
      </ul>
      <Chart
        label={words.numbers.byHour}
        marks={marks}
        markText={(mark) => waitText(words, mark)}
        names={names}
        draw={({ slot, x, y }) => {
          const wide = Math.max(3, Math.min(16, slot * 0.5))
          return numbers.byHour.map(({ hour, queued, median, p90 }, i) => {
            const left = x(i, (slot - wide) / 2, wide)
            const middle = left + wide / 2
            if (queued === 0) return null
            if (median === null) return <path key={hour} class="too-few" d={`M${middle - 3} ${y(0) - 10}l6 6M${middle + 3} ${y(0) - 10}l-6 6`} />
            return (
              <g key={hour}>
                <title>{`${hour}: ${words.numbers.median} ${waitText(words, median)}, ${words.numbers.p90} ${waitText(words, p90)}`}</title>
                {p90 !== null && <rect class="reach" x={left} y={y(p90)} width={wide} height={Math.max(1, y(median) - y(p90))} />}
                {p90 !== null && <rect class="reach-end" x={left} y={y(p90)} width={wide} height="3" />}
                <circle class="median" cx={middle} cy={y(median)} r="4.5" />
              </g>
            )
          })
        }}
      />
      <AsTable
        label={words.numbers.byHour}
        columns={[words.numbers.hour, words.numbers.queued, words.numbers.median, words.numbers.p90]}
        rows={numbers.byHour.map(({ hour, queued, median, p90 }) => ({ name: `${hour}:00`, cells: [queued, waitText(words, median), waitText(words, p90)] }))}
      />
    </>
  )
}
