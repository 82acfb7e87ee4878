import type { Band } from "./quilt-bands.ts"
import type { Cloth } from "./quilt-cloths.ts"
import { CELLS } from "./quilt-pen.ts"

/** Short dashes with round ends: dots, six apart. Rings of them are so large that the last one meets none. */
const DOTS = { width: 3, dash: [0.1, 5.9] } as const

/** Cloths whose pattern is printed or tied into the dye. */
export const DYED = {
  ajrak(pen, { cloths: [a, b, c, d] }, draw) {
    const pointed = draw() < 0.5
    pen.around((side) => {
      side.box(c, 0, 0, 240, 5).box(c, 40, 35, 160, 5)
      for (const [n, x] of CELLS.entries()) {
        side.disc(n % 2 === 0 ? a : c, x + 20, 20, 13.5)
      }
      side.over()
      for (const x of CELLS) {
        side.ring(b, DOTS, x + 20, 20, 10.5)
        if (pointed) side.star(b, x + 20, 20, 7)
        else side.diamond(b, x + 20, 20, 5.5)
        side.diamond(b, x, 20, 3.4, 8)
      }
      side.over()
      if (!pointed) for (const x of CELLS) side.disc(a, x + 20, 20, 2)
      side.box(a, 3, 3, 34, 34)
      side.over().star(b, 20, 20, 16, 0.62)
      side.over().star(c, 20, 20, 11, 0.5)
      side.over().disc(d, 20, 20, 3.5)
    })
    pen.hem(b, { width: 1.4 }, 5).hem(b, { width: 1.4 }, 35)
    pen.hem(b, { width: 2.2, dash: [0.1, 4.9] }, 2.5)
  },

  bandhani(pen, { cloths: [a, b, c, d] }, draw) {
    const waves = draw() < 0.5
    pen.around((side) => {
      side.box(c, 0, 0, 240, 4).box(c, 40, 36, 160, 4)
      for (const x of CELLS) {
        if (waves)
          side
            .line(a, DOTS, [x, 30], [x + 20, 10], [x + 40, 30])
            .line(b, DOTS, [x, 22], [x + 10, 12])
            .line(b, DOTS, [x + 30, 12], [x + 40, 22])
            .disc(d, x + 20, 25, 3.6)
        else
          side
            .ring(a, DOTS, x + 20, 20, 12.4)
            .ring(b, DOTS, x + 20, 20, 6.7)
            .disc(d, x + 20, 20, 2.4)
      }
      side.disc(c, 20, 20, 15.5).over().ring(a, DOTS, 20, 20, 12.4).ring(b, DOTS, 20, 20, 6.7).disc(d, 20, 20, 2.6)
    })
  },
} satisfies Readonly<Partial<Record<Cloth, Band>>>
