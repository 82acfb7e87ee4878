/** Where a drawing stands: its size, the room for words at its edges, and whether time runs from right to left. */
export type Room = { readonly width: number; readonly rtl: boolean }

/** Height of every drawing, and the room at its edges. */
export const HEIGHT = 210
const TOP = 12
const FOOT = 26
const SIDE = 58

/** From numbers to places in a drawing. Everything begins at nothing. */
export function scaleOf({ width, rtl }: Room, count: number, most: number) {
  const slot = Math.max(1, (width - SIDE - 8) / Math.max(1, count))
  const left = (from: number, wide: number) => (rtl ? width - from - wide : from)
  return {
    slot,
    /** The left edge of something so wide, so far into a slot. */
    x: (at: number, into: number, wide: number) => left(SIDE + at * slot + into, wide),
    y: (value: number) => HEIGHT - FOOT - (value / most) * (HEIGHT - FOOT - TOP),
  }
}

type Props = {
  readonly room: Room
  readonly marks: readonly number[]
  readonly markText: (mark: number) => string
  readonly names: readonly string[]
}

/** The lines and words around a drawing: marks at its side, names below, as many of them as there is room for. */
export function Axes({ room, marks, markText, names }: Props) {
  const { slot, x, y } = scaleOf(room, names.length, marks.at(-1) ?? 1)
  const longest = Math.max(...names.map(({ length }) => length))
  const every = Math.max(1, Math.ceil((longest * 8 + 14) / slot))
  return (
    <>
      {marks.map((mark) => (
        <g key={mark}>
          <line class="grid" x1={room.rtl ? 8 : SIDE} x2={room.rtl ? room.width - SIDE : room.width - 8} y1={y(mark)} y2={y(mark)} />
          <text class="mark" x={room.rtl ? room.width - SIDE + 8 : SIDE - 8} y={y(mark) + 4} text-anchor="end" direction={room.rtl ? "rtl" : "ltr"}>
            {markText(mark)}
          </text>
        </g>
      ))}
      {names.map(
        (name, i) =>
          i % every === 0 && (
            <text key={name} class="mark" x={x(i, slot / 2, 0)} y={HEIGHT - 6} text-anchor="middle">
              {name}
            </text>
          ),
      )}
    </>
  )
}
