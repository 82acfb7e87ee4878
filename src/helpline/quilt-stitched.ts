import type { Band } from "./quilt-bands.ts"
import type { Cloth } from "./quilt-cloths.ts"
import { CELLS, type Pen } from "./quilt-pen.ts"

const RUNNING = { width: 1.5, dash: [5, 3.4] } as const
const FINE = { width: 1.1, dash: [3.2, 2.6] } as const

/** Cloths that a needle draws on. */
export const STITCHED = {
  kantha(pen, { cloths: [a, b, c, d] }, draw) {
    const threads = [a, b, c, d]
    const first = Math.floor(draw() * 4)
    for (let row = 0; row < 7; row++) pen.hem(threads[(first + Math.floor(row / 2)) % 4] ?? a, RUNNING, 4 + row * 5.2)
    pen.around((side) => {
      // A lotus in the corner, on a patch of its own so that the rows end at it.
      side.disc(c, 20, 20, 17.5).over().disc("#f8f1e2", 20, 20, 16).over()
      for (let petal = 0; petal < 8; petal++) {
        const [dx, dy] = [Math.cos((petal * Math.PI) / 4), Math.sin((petal * Math.PI) / 4)]
        side.piece(
          petal % 2 === 0 ? a : b,
          [20 + 3 * dx, 20 + 3 * dy],
          [20 + 8 * dx - 4 * dy, 20 + 8 * dy + 4 * dx],
          [20 + 14.5 * dx, 20 + 14.5 * dy],
          [20 + 8 * dx + 4 * dy, 20 + 8 * dy - 4 * dx],
        )
      }
      side.disc(d, 20, 20, 3.4).over()
      side.diamond("#f8f1e2", 120, 20, 27, 15).over().diamond(d, 120, 20, 23, 12).over().diamond("#f8f1e2", 120, 20, 15, 7.5).over().diamond(a, 120, 20, 9, 4.5)
    })
  },

  phulkari(pen, { cloths: [a, b, c, d] }, draw) {
    const other = draw() < 0.5 ? c : a
    const silk = { width: 2.1 }
    pen.around((side) => {
      for (const x of [0, ...CELLS]) {
        for (let n = 1; n <= 6; n++) {
          const t = n * 3
          // Half of each diamond lies across, half along: silk shows light only one way.
          side.line(a, silk, [x + 20 - t, 20 - (18 - t)], [x + 20 - t, 20 + (18 - t)])
          side.line(b, silk, [x + 20 + (18 - t), 20 - t], [x + 20 + 1.5, 20 - t]).line(b, silk, [x + 20 + (18 - t), 20 + t], [x + 20 + 1.5, 20 + t])
        }
        if (x === 0) continue
        for (const [y, to] of [
          [2, 1],
          [38, -1],
        ] as const)
          for (const n of [0, 1, 2]) side.line(c, { width: 1.7 }, [x - 5 + n * 1.7, y + to * n * 3], [x + 5 - n * 1.7, y + to * n * 3])
      }
      side.over()
      for (const x of [0, ...CELLS]) side.diamond(other, x + 20, 20, 5.5)
      side.over()
      for (const x of [0, ...CELLS]) side.disc(d, x + 20, 20, 1.8)
    })
  },

  hardanger(pen, { cloths: [a, b, c, d] }, draw) {
    const open = draw() < 0.5
    // Five stitches side by side, as one wide thread that is cut four times.
    const satin = { width: 11, dash: [1.9, 0.6] } as const
    const block = (side: Pen, x: number, y: number, along: boolean) =>
      side.line(
        a,
        satin,
        ...(along
          ? ([
              [x - 6, y],
              [x + 6, y],
            ] as const)
          : ([
              [x, y - 6],
              [x, y + 6],
            ] as const)),
      )
    pen.around((side) => {
      for (const x of [0, ...CELLS]) {
        side
          .over()
          .box(open ? d : c, x + 14, 14, 12, 12)
          .over()
        side.line(b, { width: 1.6 }, [x + 14, 20], [x + 26, 20]).line(b, { width: 1.6 }, [x + 20, 14], [x + 20, 26])
        side.ring(b, { width: 1.2 }, x + 20, 20, 3.4)
        block(side, x + 20, 7.5, true)
        block(side, x + 20, 32.5, true)
        block(side, x + 7.5, 20, false)
        block(side, x + 32.5, 20, false)
        if (x > 0) side.star(b, x, 20, 4.4)
      }
    })
    pen.hem(a, { width: 2.4, dash: [1.2, 1.6] }, 2)
  },

  sashiko(pen, { cloths: [a, b] }, draw) {
    const kind = Math.floor(draw() * 3)
    pen.around((side) => {
      if (kind === 0) for (let x = 20; x <= 200; x += 20) side.ring(a, FINE, x, 20, 20)
      else if (kind === 1)
        for (let x = 0; x < 200; x += 40) {
          side.line(a, FINE, [x, 0], [x + 20, 20], [x + 40, 0]).line(a, FINE, [x, 40], [x + 20, 20], [x + 40, 40])
          side.line(b, FINE, [x + 20, 2], [x + 20, 38]).line(a, FINE, [x + 3, 20], [x + 37, 20])
          side.line(a, FINE, [x, 20], [x + 20, 8], [x + 40, 20], [x + 20, 32], [x, 20])
        }
      else
        for (let x = 0; x < 200; x += 20)
          for (const [y, shift] of [
            [40, 0],
            [30, 10],
            [20, 0],
          ] as const)
            for (const r of [5, 10]) side.ring(r === 10 ? a : b, FINE, Math.max(10, x + shift + 10), y - 10, r)
    })
    pen.hem(b, RUNNING, 3.5)
  },
} satisfies Readonly<Partial<Record<Cloth, Band>>>
