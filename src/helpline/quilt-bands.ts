import type { Cloth, Palette } from "./quilt-cloths.ts"
import { EDGE, Pen, SIDE } from "./quilt-pen.ts"

/** What chance has decided of a tile: numbers from 0 up to 1. */
export type Draw = () => number

/** Sews the edge of a tile, 40 wide, whose ground is laid already. The pen stands at the upper side; it turns for the others. */
export type Band = (pen: Pen, palette: Palette, draw: Draw) => void

const RUNNING = { width: 1.5, dash: [5, 3.4] } as const
const FINE = { width: 1.1, dash: [3.2, 2.6] } as const
/** Short dashes with round ends: dots, six apart. Rings of them are so large that the last one meets none. */
const DOTS = { width: 3, dash: [0.1, 5.9] } as const

/** The four full cells between two corners of a side. */
const CELLS = [40, 80, 120, 160] as const

/** A star of eight points. */
function star(pen: Pen, fill: string, x: number, y: number, radius: number, inner = 0.45): void {
  pen.piece(
    fill,
    ...Array.from({ length: 16 }, (_, n) => {
      const r = n % 2 === 0 ? radius : radius * inner
      return [x + r * Math.cos((n * Math.PI) / 8), y + r * Math.sin((n * Math.PI) / 8)] as const
    }),
  )
}

/** A diamond of steps, as a loom draws it. */
function steps(pen: Pen, fill: string, x: number, y: number, count: number, step: number): void {
  for (let n = 0; n < count; n++) pen.box(fill, x - (count - n) * step, y - (n + 1) * step + step / 2, 2 * (count - n) * step, (2 * n + 1) * step)
}

export const BANDS: Readonly<Record<Cloth, Band>> = {
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
        if (pointed) star(side, b, x + 20, 20, 7)
        else side.diamond(b, x + 20, 20, 5.5)
        side.diamond(b, x, 20, 3.4, 8)
      }
      side.over()
      if (!pointed) for (const x of CELLS) side.disc(a, x + 20, 20, 2)
      side.box(a, 3, 3, 34, 34)
      star(side.over(), b, 20, 20, 16, 0.62)
      star(side.over(), c, 20, 20, 11, 0.5)
      side.over().disc(d, 20, 20, 3.5)
    })
    pen.hem(b, { width: 1.4 }, 5).hem(b, { width: 1.4 }, 35)
    pen.hem(b, { width: 2.2, dash: [0.1, 4.9] }, 2.5)
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
        if (x > 0) star(side, b, x, 20, 4.4)
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
}
