import type { ComponentChildren } from "preact"
import { Axes, HEIGHT, scaleOf } from "./axes.tsx"
import { useWidth } from "./use-width.ts"
import { directionOf, useLanguage } from "./words.ts"

type Props = {
  readonly label: string
  /** What stands at its side, from nothing up; the last is the most that it has room for. */
  readonly marks: readonly number[]
  readonly markText: (mark: number) => string
  /** What stands below, one for each slot. */
  readonly names: readonly string[]
  readonly draw: (scale: ReturnType<typeof scaleOf>) => ComponentChildren
}

/** A drawing between axes, as wide as there is room for; `draw` is told where things stand in it. */
export function Chart({ label, marks, markText, names, draw }: Props) {
  const rtl = directionOf(useLanguage()) === "rtl"
  const { place, width } = useWidth<HTMLDivElement>()
  const room = { width, rtl }
  return (
    <div class="chart" ref={place}>
      {width > 0 && (
        <svg viewBox={`0 0 ${width} ${HEIGHT}`} height={HEIGHT} role="img" aria-label={label}>
          <Axes room={room} marks={marks} markText={markText} names={names} />
          {draw(scaleOf(room, names.length, marks.at(-1) ?? 1))}
        </svg>
      )}
    </div>
  )
}

/** A sign of a drawing, and what it stands for. */
export function LegendKey({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <li>
      <svg class="key" viewBox="0 0 14 14" aria-hidden="true">
        {children}
      </svg>
      {label}
    </li>
  )
}
