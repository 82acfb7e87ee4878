/** One cloth or thread of a tile: all of it in one colour, as the path of an SVG. */
export type Layer = { readonly d: string } & ({ readonly fill: string } | { readonly thread: string; readonly width: number; readonly dash?: readonly [number, number] })

/** A tile is square, and so long on each side. */
export const SIDE = 240
/** The pieced edge around its field is so wide: a sixth. */
export const EDGE = 40
/** Where the four full cells between two corners of a side begin. */
export const CELLS = [40, 80, 120, 160] as const

type Point = readonly [x: number, y: number]
type Thread = { readonly width: number; readonly dash?: readonly [number, number] }

/**
 * Cuts and sews. What is drawn of one cloth or thread goes into one path; `over` begins a level that lies on what came before.
 * A pen that was turned draws by quarter turns around the middle of the tile, so that one side is told and four are sewn.
 */
export class Pen {
  readonly #layers: Map<string, { readonly layer: Layer; readonly level: number; d: string }>
  readonly #turns: number
  #level: number

  constructor(turns = 0, level = 0, layers: Map<string, { readonly layer: Layer; readonly level: number; d: string }> = new Map()) {
    this.#turns = turns
    this.#level = level
    this.#layers = layers
  }

  /** What comes next lies over what was. */
  over(): this {
    this.#level += 1
    return this
  }

  /** The same on all four sides, over what was. `draws` is told which. */
  around(draws: (pen: Pen, side: number) => void): this {
    const from = this.#level + 1
    for (let side = 0; side < 4; side++) {
      const pen = new Pen(side, from, this.#layers)
      draws(pen, side)
      this.#level = Math.max(this.#level, pen.#level)
    }
    return this.over()
  }

  /** A cut piece of cloth. */
  piece(fill: string, ...points: readonly Point[]): this {
    return this.#add(`fill ${fill}`, { d: "", fill }, `M${points.map((point) => this.#at(point)).join("L")}z`)
  }

  box(fill: string, x: number, y: number, width: number, height: number): this {
    return this.piece(fill, [x, y], [x + width, y], [x + width, y + height], [x, y + height])
  }

  diamond(fill: string, x: number, y: number, across: number, along = across): this {
    return this.piece(fill, [x - across, y], [x, y - along], [x + across, y], [x, y + along])
  }

  /** A star of eight points; `inner`: how deep it is cut. */
  star(fill: string, x: number, y: number, radius: number, inner = 0.45): this {
    const points = Array.from({ length: 16 }, (_, n) => {
      const r = n % 2 === 0 ? radius : radius * inner
      return [x + r * Math.cos((n * Math.PI) / 8), y + r * Math.sin((n * Math.PI) / 8)] as const
    })
    return this.piece(fill, ...points)
  }

  disc(fill: string, x: number, y: number, radius: number): this {
    return this.#add(`fill ${fill}`, { d: "", fill }, this.#round(x, y, radius))
  }

  ring(thread: string, how: Thread, x: number, y: number, radius: number): this {
    return this.#sew(thread, how, this.#round(x, y, radius))
  }

  line(thread: string, how: Thread, ...points: readonly Point[]): this {
    return this.#sew(thread, how, `M${points.map((point) => this.#at(point)).join("L")}`)
  }

  /** A line around the middle, so far from the edge of the tile. */
  hem(thread: string, how: Thread, inset: number): this {
    const far = SIDE - inset
    return this.#sew(thread, how, `M${inset} ${inset}H${far}V${far}H${inset}z`)
  }

  get layers(): readonly Layer[] {
    return [...this.#layers.values()].sort((a, b) => a.level - b.level).map(({ layer, d }) => ({ ...layer, d }))
  }

  #sew(thread: string, { width, dash }: Thread, d: string): this {
    return this.#add(`thread ${thread} ${width} ${dash?.join() ?? ""}`, { d: "", thread, width, ...(dash && { dash }) }, d)
  }

  #add(name: string, layer: Layer, d: string): this {
    const level = this.#level
    const known = this.#layers.get(`${level} ${name}`)
    if (known === undefined) this.#layers.set(`${level} ${name}`, { layer, level, d })
    else known.d += d
    return this
  }

  #turned([x, y]: Point): Point {
    return this.#turns === 0 ? [x, y] : new Pen(this.#turns - 1).#turned([SIDE - y, x])
  }

  #at(point: Point): string {
    return this.#turned(point).map(short).join(" ")
  }

  #round(x: number, y: number, radius: number): string {
    const [left, middle] = this.#turned([x, y])
    const r = short(radius)
    return `M${short(left - radius)} ${short(middle)}a${r} ${r} 0 1 0 ${short(2 * radius)} 0a${r} ${r} 0 1 0 ${short(-2 * radius)} 0z`
  }
}

function short(number: number): string {
  return String(Math.round(number * 10) / 10)
}
