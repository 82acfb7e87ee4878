import type { Band } from "./quilt-bands.ts"
import type { Cloth } from "./quilt-cloths.ts"
import { CELLS, EDGE, SIDE } from "./quilt-pen.ts"

/** Cloths that are cut, and sewn together again. */
export const PIECED = {
  ralli(pen, { cloths: [a, b, c, d] }, draw) {
    const kind = Math.floor(draw() * 3)
    pen.around((side) => {
      for (const [n, x] of CELLS.entries()) {
        if (kind === 0) {
          side.piece(n % 2 === 0 ? a : d, [x, 0], [x + 40, 0], [x + 20, 20]).piece(n % 2 === 0 ? a : d, [x, 40], [x + 40, 40], [x + 20, 20])
          side.piece(b, [x, 0], [x, 40], [x + 20, 20]).piece(c, [x + 40, 0], [x + 40, 40], [x + 20, 20])
        } else if (kind === 1) {
          for (const half of [x, x + 20]) side.piece(a, [half, 40], [half + 20, 40], [half + 10, 20]).piece(c, [half, 20], [half + 20, 20], [half + 10, 0])
          side.box(b, x, 18.5, 40, 3)
        } else {
          side
            .box(n % 2 === 0 ? a : d, x, 0, 40, 40)
            .over()
            .diamond(b, x + 20, 20, 17)
            .over()
            .diamond(n % 2 === 0 ? c : a, x + 20, 20, 9)
        }
      }
      side.over().box(c, 0, 0, 40, 40).over().diamond(a, 20, 20, 20).over().box(b, 12, 12, 16, 16).over().diamond(d, 20, 20, 7)
    })
  },

  mola(pen, { cloths: [a, b, c, d] }, draw) {
    const turned = draw() < 0.5
    const hook = (x: number, way: boolean) =>
      (way
        ? [
            [x + 7, 8],
            [x + 33, 8],
            [x + 33, 32],
            [x + 13, 32],
            [x + 13, 19],
            [x + 23, 19],
          ]
        : [
            [x + 7, 32],
            [x + 33, 32],
            [x + 33, 8],
            [x + 13, 8],
            [x + 13, 21],
            [x + 23, 21],
          ]) as [number, number][]
    // Three layers under each other, each cut a little narrower.
    for (const [thread, width] of [
      [b, 10],
      [a, 6.6],
      [c, 2.4],
    ] as const) {
      pen.around((side) => {
        for (const [n, x] of CELLS.entries()) side.line(thread, { width }, ...hook(x, (n % 2 === 0) === turned))
        side.line(thread, { width }, [8, 33], [8, 8], [33, 8]).line(thread, { width }, [21, 33], [21, 21], [33, 21])
      })
    }
    pen.around((side) => {
      for (const x of [60, 140]) side.line(d, { width: 3.4 }, [x + 18.5, 5], [x + 21.5, 5])
    })
  },

  "log-cabin"(pen, { cloths: [a, b, c, d] }, draw) {
    const [dark, light] = [
      [a, b, a],
      [c, d, c],
    ] as const
    const turn = Math.floor(draw() * 4)
    const strip = EDGE / 3
    pen.around((side, n) => {
      const cloths = (n + turn) % 4 < 2 ? dark : light
      const thread = (n + turn) % 4 < 2 ? c : a
      for (const [round, cloth] of cloths.entries()) {
        side.over()
        const from = round * strip
        side.box(cloth, from, from, SIDE - 2 * from - strip, strip)
        // Each log is of a print of its own.
        side.over()
        if (round === 0) side.line(thread, { width: 1.6, dash: [0.1, 7] }, [from + 5, from + strip / 2], [SIDE - from - strip - 4, from + strip / 2])
        if (round === 1)
          side.line(thread, { width: 0.8 }, [from, from + 4], [SIDE - from - strip, from + 4]).line(thread, { width: 0.8 }, [from, from + 9], [SIDE - from - strip, from + 9])
        if (round === 2) side.line(thread, { width: 3, dash: [1.2, 5] }, [from + 4, from + strip / 2], [SIDE - from - strip - 4, from + strip / 2])
      }
    })
    pen.around((side) => {
      for (const round of [1, 2]) side.line("#00000040", { width: 0.8 }, [round * strip, round * strip], [SIDE - round * strip, round * strip])
    })
  },
} satisfies Readonly<Partial<Record<Cloth, Band>>>
