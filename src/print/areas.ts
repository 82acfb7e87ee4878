import { drawText, leftOf, roomOf, SOFT, WASH, type Sheet } from "./ink.ts"

/** A map drawn by areas, each with its fill or none where its number is hidden, and what the fills mean. */
export type Areas = {
  readonly type: "areas"
  readonly viewBox: readonly [number, number, number, number]
  readonly areas: readonly { readonly path: string; readonly fill: string | undefined }[]
  /** Whether each area stands for itself: its borders are drawn. */
  readonly divided: boolean
  readonly key: readonly { readonly fill: string | undefined; readonly name: string }[]
  /** What it shows, for whoever can't see it. */
  readonly alt: string
}

/** No map is higher, in points. */
const MOST = 330
const KEY = 18
const HATCH = "#9a988f"
/** How far apart the lines of a hatched area are, in points. */
const STEP = 3.2

/** How high it is, in points. */
export function heightOfAreas(sheet: Sheet, { viewBox, key }: Areas): number {
  return drawn(sheet, viewBox).height + Math.ceil(key.length / 3) * KEY + 20
}

/** Draws it from where the page is; it has to fit. */
export function drawAreas(sheet: Sheet, areas: Areas): void {
  const { doc } = sheet
  const { viewBox, divided, key, alt } = areas
  const top = doc.y
  const { width, height, scale } = drawn(sheet, viewBox)
  const left = leftOf(sheet, (roomOf(sheet) - width) / 2, width)
  const draw = () => {
    doc.save().translate(left, top).scale(scale).translate(-viewBox[0], -viewBox[1])
    const hidden = areas.areas.flatMap(({ path, fill }) => (fill === undefined ? [path] : []))
    if (hidden.length > 0) hatched(doc, () => doc.path(hidden.join(" ")), viewBox, STEP / scale)
    for (const { path, fill } of areas.areas) if (fill !== undefined) doc.path(path).fill(fill)
    for (const { path } of areas.areas)
      doc
        .path(path)
        .lineWidth(0.5 / scale)
        .strokeOpacity(divided ? 1 : 0.35)
        .stroke("#ffffff")
    doc.restore()
    const column = roomOf(sheet) / 3
    for (const [n, { fill, name }] of key.entries()) {
      const [from, y] = [(n % 3) * column, top + height + 12 + Math.floor(n / 3) * KEY]
      const box = [leftOf(sheet, from, 18), y, 18, 10] as const
      if (fill === undefined) hatched(doc, () => doc.rect(...box), box, STEP)
      else doc.rect(...box).fill(fill)
      drawText(sheet, name, from + 25, column - 25, y - 2, { size: 9, colour: SOFT })
    }
  }
  doc.addStructure(doc.struct("Figure", { alt }, draw))
  doc.y = top + heightOfAreas(sheet, areas)
}

/** Fills a shape that stands inside a box with slanting lines. */
function hatched(doc: PDFKit.PDFDocument, shape: () => PDFKit.PDFDocument, [left, top, width, height]: Areas["viewBox"], step: number): void {
  doc.save()
  shape().fill(WASH)
  shape().clip()
  for (let at = 0; at < width + height; at += step) doc.moveTo(left + at, top).lineTo(left + at - height, top + height)
  doc
    .lineWidth(step / 4)
    .stroke(HATCH)
    .restore()
}

function drawn(sheet: Sheet, [, , wide, high]: Areas["viewBox"]) {
  const scale = Math.min(roomOf(sheet) / wide, MOST / high)
  return { scale, width: wide * scale, height: high * scale }
}
