import type { Numbers } from "../../../helpline/desk-view.ts"
import { Chart, LegendKey } from "./chart.tsx"
import { dayName } from "./days.ts"
import { COUNT_STEPS, drawnDays, marksFor } from "./figures.ts"
import { AsTable } from "./figure.tsx"
import { useLanguage, useWords } from "./words.ts"

const PARTS = ["taken", "leftQueue", "nobodyCame", "rest"] as const

/** How many asked on each day, and what became of them: one column a day, as high as there were people. */
export function ChartDays({ numbers }: { readonly numbers: Numbers }) {
  const words = useWords()
  const language = useLanguage()
  const { weeks, days } = drawnDays(numbers.byDay)
  const marks = marksFor(Math.max(1, ...days.map(({ asked }) => asked)), COUNT_STEPS)
  return (
    <>
      <ul class="legend">
        {PARTS.map((part) => (
          <LegendKey key={part} label={words.numbers.parts[part]}>
            <rect class={`part-${part}`} x="1" y="1" width="12" height="12" />
            {part === "leftQueue" && <path class="hatch" d="M1 13 13 1M1 7l6-6M7 13l6-6" />}
          </LegendKey>
        ))}
      </ul>
      <Chart
        label={weeks ? words.numbers.byWeek : words.numbers.byDay}
        marks={marks}
        markText={String}
        names={days.map(({ day }) => dayName(day, language))}
        draw={({ slot, x, y }) => {
          const wide = Math.max(1, Math.min(44, slot * 0.72))
          return (
            <>
              <defs>
                <pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse">
                  <path class="hatch" d="M0 6 6 0M-1 1 1-1M5 7 7 5" />
                </pattern>
              </defs>
              {days.map((day, i) => {
                let below = 0
                return (
                  <g key={day.day}>
                    <title>{`${dayName(day.day, language)}: ${words.numbers.asked} ${day.asked}, ${words.numbers.parts.taken} ${day.taken}`}</title>
                    {PARTS.map((part) => {
                      const count = part === "rest" ? Math.max(0, day.asked - day.taken - day.leftQueue - day.nobodyCame) : day[part]
                      if (count === 0) return null
                      const at = { x: x(i, (slot - wide) / 2, wide), y: y(below + count), width: wide, height: Math.max(1, y(below) - y(below + count)) }
                      below += count
                      return (
                        <g key={part}>
                          <rect class={`part-${part}`} {...at} />
                          {part === "leftQueue" && <rect fill="url(#hatched)" {...at} />}
                        </g>
                      )
                    })}
                  </g>
                )
              })}
            </>
          )
        }}
      />
      <AsTable
        label={words.numbers.byDay}
        columns={[words.numbers.day, words.numbers.asked, words.numbers.parts.taken, words.numbers.parts.leftQueue, words.numbers.parts.nobodyCame]}
        rows={numbers.byDay.map(({ day, asked, taken, leftQueue, nobodyCame }) => ({ name: dayName(day, language), cells: [asked, taken, leftQueue, nobodyCame] }))}
      />
    </>
  )
}
