import { asyncPictureOf } from "../print/picture.ts"
import { posterPaper } from "../print/poster.ts"
import type { Shown } from "./contribution-view.ts"
import { escaped } from "./release-drawing.ts"
import { SIDE } from "./quilt-pen.ts"
import { capOf, sewn, tileOf, type Tile } from "./quilt-tile.ts"
import { beginningOf, directionOf, drawableWords, setWords } from "./quilt-words.ts"

/** What stands on a poster besides its squares. */
export type PosterWords = { readonly title: string; readonly about: string; readonly language: string }

/** So many squares fit on a poster: the newest. */
export const MOST_ON_POSTER = 240

const FAMILY = "'Noto Sans', 'Noto Naskh Arabic', 'Noto Nastaliq Urdu', sans-serif"
const BACKING = "#e9dfcc"
const BINDING = "#23324f"
const INK = "#2b2420"
const CELL = SIDE + 12
const MARGIN = 74
const HEAD = 150

/** The whole quilt on one sheet, as an SVG that needs nothing else. */
export function posterSvg(squares: readonly Shown[], words: PosterWords): string {
  const { columns, width, height, places } = sheetOf(squares)
  const rtl = directionOf(words.title) === "rtl"
  const at = rtl ? width - MARGIN : MARGIN
  const head = (y: number, size: number, weight: number, text: string) =>
    `<text x="${at}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${INK}"${rtl ? ` text-anchor="end"` : ""}>${escaped(isolated(text))}</text>`
  return svgOf(width, height, words, [
    `<rect width="${width}" height="${height}" fill="${BINDING}"/><rect x="22" y="22" width="${width - 44}" height="${height - 44}" fill="${BACKING}"/>`,
    `<rect x="11" y="11" width="${width - 22}" height="${height - 22}" fill="none" stroke="${BACKING}" stroke-width="2" stroke-dasharray="9 6" stroke-linecap="round"/>`,
    head(HEAD - 48, columns < 3 ? 34 : 46, 700, words.title),
    head(HEAD - 8, 20, 400, words.about),
    ...places.map(({ square, x, y }) => `<g transform="translate(${x} ${y})">${squareOf(square, tileOf(square))}</g>`),
  ])
}

/** The same as a PNG. */
export function posterPng(squares: readonly Shown[], words: PosterWords): Promise<Uint8Array> {
  return asyncPictureOf(posterSvg(squares, words), Math.min(2400, sheetOf(squares).width))
}

/** The same on paper, as large as it likes to be printed. */
export function posterPdf(squares: readonly Shown[], words: PosterWords, on: Date): Promise<Uint8Array> {
  const { width, height, places } = sheetOf(squares)
  return posterPaper({
    ...words,
    rtl: directionOf(words.title) === "rtl",
    on,
    width,
    height,
    margin: MARGIN,
    head: HEAD,
    colours: { backing: BACKING, binding: BINDING, ink: INK },
    tiles: places.map(({ square, x, y }) => {
      const { palette, layers } = tileOf(square)
      const words = drawableWords(square.text)
      return {
        x,
        y,
        layers: layers.map((layer) => ({ ...layer, cap: capOf(layer) })),
        text: words,
        rtl: directionOf(words) === "rtl",
        ink: palette.ink,
        ...(square.name !== undefined && { name: drawableWords(square.name) }),
      }
    }),
  })
}

/** A picture of 1200 by 630 to hand on: one contribution on a cloth of its own. */
export function cardSvg(shown: Shown, title: string): string {
  const tile = tileOf(shown)
  const { field, ink, cloths } = tile.palette
  const text = beginningOf(drawableWords(shown.text), 230)
  const set = setWords(text, 440, 400, 46, 20)
  const x = 915
  const medallion = [0, 1, 2, 3].map(
    (n) => `<g transform="translate(${315 - 315 * (2 / 3) ** n} ${315 - 315 * (2 / 3) ** n}) scale(${(2.625 * (2 / 3) ** n).toFixed(4)})">${sewn(tile)}</g>`,
  )
  return svgOf(1200, 630, { title, language: shown.language }, [
    `<rect width="1200" height="630" fill="${field}"/>`,
    ...medallion,
    `<rect x="630" y="0" width="8" height="630" fill="${cloths[0]}"/>`,
    `<rect x="656" y="18" width="526" height="594" fill="none" stroke="${ink}" stroke-width="2.4" stroke-dasharray="11 8" stroke-linecap="round"/>`,
    ...linesOf(set.lines, x, 300, set.size, set.leading, ink),
    ...linesOf([[drawableWords(shown.name ?? ""), title].filter((one) => one !== "").join(" · ")], x, 572, 20, 1, ink),
  ])
}

/** The same as a PNG. */
export function cardPng(shown: Shown, title: string): Promise<Uint8Array> {
  return asyncPictureOf(cardSvg(shown, title), 1200)
}

function sheetOf(all: readonly Shown[]) {
  const squares = all.slice(0, MOST_ON_POSTER)
  const columns = Math.max(2, Math.ceil(Math.sqrt(squares.length * 1.1)))
  const rows = Math.max(1, Math.ceil(squares.length / columns))
  const places = squares.map((square, n) => ({ square, x: MARGIN + (n % columns) * CELL, y: HEAD + 22 + Math.floor(n / columns) * CELL }))
  return { columns, width: 2 * MARGIN + columns * CELL - 12, height: HEAD + 22 + rows * CELL - 12 + MARGIN, places }
}

/** A tile with its words in it. */
function squareOf({ text, name }: Shown, tile: Tile): string {
  const drawn = drawableWords(text)
  const { ink } = tile.palette
  const { size, leading, lines } = setWords(drawn, 134, name === undefined ? 138 : 118, 21, 9)
  const below = name === undefined ? "" : linesOf([drawableWords(name)], SIDE / 2, 184, 10, 1, ink).join("")
  return `${sewn(tile)}${linesOf(lines, SIDE / 2, name === undefined ? SIDE / 2 : SIDE / 2 - 8, size, leading, ink).join("")}${below}`
}

function linesOf(lines: readonly string[], x: number, middle: number, size: number, leading: number, ink: string): readonly string[] {
  const top = middle - (lines.length * size * leading) / 2
  return lines.map(
    (line, n) =>
      `<text x="${x}" y="${(top + size * leading * (n + 0.5) + size * 0.35).toFixed(1)}" font-size="${size}" text-anchor="middle" fill="${ink}">${escaped(isolated(line))}</text>`,
  )
}

/** A line that runs in its own direction, whatever stands around it. */
function isolated(text: string): string {
  return directionOf(text) === "rtl" ? `\u2067${text}\u2069` : text
}

function svgOf(width: number, height: number, { title, language }: { readonly title: string; readonly language: string }, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}" xml:lang="${language}" font-family="${FAMILY}">\n${parts.join("\n")}\n</svg>\n`
}
