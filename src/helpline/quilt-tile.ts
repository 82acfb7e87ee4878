import { createHash } from "node:crypto"
import type { Shown } from "./contribution-view.ts"
import { BANDS, type Draw } from "./quilt-bands.ts"
import { AT_HOME, CLOTHS, type Cloth, type Palette } from "./quilt-cloths.ts"
import { EDGE, Pen, SIDE, type Layer } from "./quilt-pen.ts"

/** A tile of the quilt, without its words: what it is worked in, and its layers from the lowest to the highest. */
export type Tile = { readonly cloth: Cloth; readonly palette: Palette; readonly layers: readonly Layer[] }

/**
 * Sews the tile of a square: the same each time for the same words, language, day and country, and another for others. Where
 * it comes from makes what is worked there likelier; everything else is the words' own.
 */
export function tileOf({ text, language, day, country }: Pick<Shown, "text" | "language" | "day" | "country">): Tile {
  const draw = drawsOf(JSON.stringify([text, language, day ?? 0, country]))
  const pick = <T>(all: readonly T[]): T => all[Math.floor(draw() * all.length)] as T
  const home = AT_HOME[country] ?? []
  const cloth = home.length > 0 && draw() < 0.4 ? pick(home) : pick(Object.keys(CLOTHS) as Cloth[])
  const palette = pick<Palette>(CLOTHS[cloth])
  const pen = new Pen()
  pen.box(palette.ground, 0, 0, SIDE, SIDE)
  BANDS[cloth](pen, palette, draw)
  field(pen, palette, draw)
  return { cloth, palette, layers: pen.layers }
}

const FIELD = SIDE - 2 * EDGE

/** The field for the words, hemmed and quilted. Its stitches stay near its own colour, so that the words can be read. */
function field(pen: Pen, { field: cloth, ink, cloths }: Palette, draw: Draw): void {
  const [hem] = cloths
  const top = pen.over()
  top.box(cloth, EDGE, EDGE, FIELD, FIELD)
  const faint = `${ink}1f`
  const quilted = Math.floor(draw() * 4)
  const how = { width: 0.9, dash: [4, 3] } as const
  const [near, far] = [EDGE + 10, SIDE - EDGE - 10]
  if (quilted === 0) for (let y = near; y <= far; y += 10) top.line(faint, how, [near, y], [far, y])
  else if (quilted === 1) for (let inset = EDGE + 16; inset < SIDE / 2; inset += 10) top.hem(faint, how, inset)
  else if (quilted === 2) for (let r = 12; r <= 68; r += 11) top.ring(faint, how, SIDE / 2, SIDE / 2, r)
  else
    for (let at = near; at <= far; at += 20) {
      top.line(faint, how, [near, at], [at, near]).line(faint, how, [far, SIDE - at], [SIDE - at, far])
      top.line(faint, how, [far, at], [SIDE - at, near]).line(faint, how, [near, SIDE - at], [at, far])
    }
  top.over().hem(hem === cloth ? ink : hem, { width: 2 }, EDGE)
  top.hem(ink, { width: 1.2, dash: [4.4, 3.2] }, EDGE + 5)
}

/** Numbers from 0 up to 1, drawn from a text. */
function drawsOf(text: string): Draw {
  let pool = createHash("sha256").update(text).digest()
  let at = 0
  return () => {
    if (at + 4 > pool.length) [pool, at] = [createHash("sha256").update(pool).digest(), 0]
    at += 4
    return pool.readUInt32BE(at - 4) / 0x1_0000_0000
  }
}

/** A tile as the inside of an SVG, in a square of 240 by 240. */
export function sewn({ layers }: Tile): string {
  return layers.map(sewnLayer).join("")
}

function sewnLayer(layer: Layer): string {
  if ("fill" in layer) return `<path fill="${layer.fill}" d="${layer.d}"/>`
  const { thread, width, dash, d } = layer
  const [, colour = thread, alpha] = /^(#[0-9a-f]{6})([0-9a-f]{2})$/.exec(thread) ?? []
  const opacity = alpha === undefined ? "" : ` stroke-opacity="${(Number.parseInt(alpha, 16) / 255).toFixed(2)}"`
  return `<path fill="none" stroke="${colour}"${opacity} stroke-width="${width}"${dash === undefined ? "" : ` stroke-dasharray="${dash.join(" ")}"`} stroke-linecap="${capOf(layer)}" stroke-linejoin="round" d="${d}"/>`
}

/** How a thread ends: a dash that is shorter than its thread is wide is satin, cut straight; a mere dot is round. */
export function capOf(layer: Layer): "butt" | "round" {
  const [long = 0] = ("dash" in layer && layer.dash) || []
  return "width" in layer && long > 1 && long < layer.width ? "butt" : "round"
}
