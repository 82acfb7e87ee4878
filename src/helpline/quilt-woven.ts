import type { Band } from "./quilt-bands.ts"
import type { Cloth } from "./quilt-cloths.ts"
import { CELLS, EDGE, SIDE, type Pen } from "./quilt-pen.ts"

/** Cloths whose pattern grows on the loom. */
export const WOVEN = {
  sarape(pen, { ground, cloths: [a, b, c, d] }, draw) {
    const many = draw() < 0.5
    pen.around((side) => {
      for (const [n, cloth] of [ground, a, b, d, b, a].entries()) {
        const [from, to] = [(n * EDGE) / 6, ((n + 1) * EDGE) / 6]
        side.piece(cloth, [from, from], [SIDE - from, from], [SIDE - to, to], [to, to])
      }
      for (const x of many ? [80, 120, 160] : [60, 120, 180]) {
        steps(side.over(), c, x, 20, 4, 4)
        steps(side.over(), d, x, 20, 2, 4)
      }
      side.over().box(c, 0, 0, 40, 40)
      steps(side.over(), b, 20, 20, 4, 4)
      steps(side.over(), ground, 20, 20, 2, 4)
    })
  },

  "strip-weave"(pen, { ground, cloths: [a, b, c, d] }, draw) {
    const first = draw() < 0.5 ? 0 : 1
    pen.around((side) => {
      for (const [n, x] of [0, ...CELLS].entries()) {
        if ((n + first) % 2 === 0) {
          // The weft covers: a block of bars.
          for (const [row, cloth] of [a, ground, c, ground, d, ground, c, ground, a, b].entries()) side.box(cloth, x, row * 4, 40, 4)
          side
            .over()
            .box(b, x + 14, 8, 12, 24)
            .over()
            .diamond(a, x + 20, 20, 6, 10)
            .over()
            .diamond(ground, x + 20, 20, 2.6, 4.4)
        } else {
          // The warp shows: stripes.
          for (const [row, cloth] of [b, a, ground, a, d, c, d, a, ground, b].entries()) side.box(cloth, x + row * 4, 0, 4, 40)
          side.over()
          for (const y of [6, 30]) side.box(a, x + 16, y, 8, 4)
        }
      }
    })
  },
} satisfies Readonly<Partial<Record<Cloth, Band>>>

/** A diamond of steps, as a loom draws it. */
function steps(pen: Pen, fill: string, x: number, y: number, count: number, step: number): void {
  for (let n = 0; n < count; n++) pen.box(fill, x - (count - n) * step, y - (n + 1) * step + step / 2, 2 * (count - n) * step, (2 * n + 1) * step)
}
