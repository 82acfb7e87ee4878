import { FONTS } from "./fonts.ts"
import { linesIn, drawLine, type Setting, type Sheet } from "./ink.ts"

/** A piece of cloth or thread: the path of an SVG, and its colour (`#rrggbb`, or `#rrggbbaa`). */
type Layer = { readonly d: string; readonly cap: "butt" | "round" } & (
  | { readonly fill: string }
  | { readonly thread: string; readonly width: number; readonly dash?: readonly [number, number] }
)

/** One sheet full of tiles, each 240 wide, with their words in the middle of them. */
export type Poster = {
  readonly title: string
  readonly about: string
  readonly language: string
  readonly rtl: boolean
  readonly on: Date
  readonly width: number
  readonly height: number
  readonly margin: number
  /** Where the head ends. */
  readonly head: number
  readonly colours: { readonly backing: string; readonly binding: string; readonly ink: string }
  readonly tiles: readonly {
    readonly x: number
    readonly y: number
    readonly layers: readonly Layer[]
    readonly text: string
    readonly rtl: boolean
    readonly ink: string
    readonly name?: string
  }[]
}

/** Twice the narrow side of A4. */
const WIDE = 1190

/** A poster as a PDF of one page: drawn in lines, so that it can be printed as large as a wall. The same poster gives the same bytes. */
export async function posterPaper(poster: Poster): Promise<Uint8Array> {
  const { default: PDFDocument } = await import("pdfkit")
  const { title, about, language, rtl, on, width, height, margin, head, colours } = poster
  const scale = WIDE / width
  const doc = new PDFDocument({
    size: [WIDE, height * scale],
    margin: 0,
    pdfVersion: "1.7",
    tagged: true,
    displayTitle: true,
    lang: language,
    info: { Title: title, CreationDate: on, ModDate: on },
  })
  const chunks: Uint8Array[] = []
  doc.on("data", (chunk: Uint8Array) => chunks.push(chunk))
  const done = new Promise<void>((resolve, reject) => doc.on("end", resolve).on("error", reject))
  for (const [name, file] of Object.entries(FONTS)) doc.registerFont(name, file)
  doc.scale(scale)
  const sheet: Sheet = { doc, rtl }
  doc.markContent("Artifact")
  doc.rect(0, 0, width, height).fill(colours.binding)
  doc.rect(22, 22, width - 44, height - 44).fill(colours.backing)
  doc.endMarkedContent()
  const said = (tag: string, text: string, top: number, setting: Setting) =>
    doc.addStructure(doc.struct(tag, { actual: text }, () => centred(sheet, text, margin, width - 2 * margin, top, setting, rtl ? "right" : "left")))
  said("H1", title, head - 102, { size: 46, bold: true, colour: colours.ink, leading: 1.4 })
  said("P", about, head - 28, { size: 20, colour: colours.ink, leading: 1.4 })
  for (const tile of poster.tiles) {
    doc.markContent("Artifact")
    doc.save().translate(tile.x, tile.y)
    for (const layer of tile.layers) sew(doc, layer)
    doc.restore()
    doc.endMarkedContent()
    doc.addStructure(doc.struct("P", { actual: [tile.text, tile.name ?? ""].join(" ").trim() }, () => words({ doc, rtl: tile.rtl }, tile)))
  }
  doc.end()
  await done
  return Buffer.concat(chunks)
}

function sew(doc: PDFKit.PDFDocument, layer: Layer): void {
  if ("fill" in layer) {
    doc.path(layer.d).fill(layer.fill)
    return
  }
  const [, colour = layer.thread, alpha = "ff"] = /^(#[0-9a-f]{6})([0-9a-f]{2})$/.exec(layer.thread) ?? []
  doc
    .save()
    .lineWidth(layer.width)
    .lineCap(layer.cap)
    .lineJoin("round")
    .strokeOpacity(Number.parseInt(alpha, 16) / 255)
  if (layer.dash !== undefined) doc.dash(layer.dash[0], { space: layer.dash[1] })
  doc.path(layer.d).stroke(colour).restore()
}

const FIELD = { from: 53, wide: 134, middle: 120 } as const

/** The words of a tile, as large as they fit. */
function words(sheet: Sheet, { x, y, text, ink, name }: Poster["tiles"][number]): void {
  const high = name === undefined ? 138 : 116
  let setting: Setting = { size: 21, colour: ink, leading: sheet.rtl ? 1.6 : 1.3 }
  const tall = () => linesIn(sheet, text, FIELD.wide, setting).length * setting.size * (setting.leading ?? 1)
  while (setting.size > 8 && tall() > high) setting = { ...setting, size: setting.size - 0.5 }
  const top = y + FIELD.middle - (name === undefined ? 0 : 9) - tall() / 2
  for (const [n, line] of linesIn(sheet, text, FIELD.wide, setting).entries())
    centred(sheet, line, x + FIELD.from, FIELD.wide, top + n * setting.size * (setting.leading ?? 1), setting)
  if (name !== undefined) centred(sheet, name, x + FIELD.from, FIELD.wide, y + 176, { size: 10, colour: ink })
}

/** Draws a line in the middle of its room, or at one of its sides. */
function centred(
  sheet: Sheet,
  line: string | ReturnType<typeof linesIn>[number],
  left: number,
  wide: number,
  top: number,
  setting: Setting,
  at: "left" | "middle" | "right" = "middle",
): void {
  const runs = typeof line === "string" ? (linesIn(sheet, line, 10_000, setting)[0] ?? []) : line
  const [first] = runs
  const last = runs.at(-1)
  if (first === undefined || last === undefined) return
  // Each run was measured with the letters it is drawn in: the width of the last tells where the line ends.
  const long = last.x - first.x + widthOf(sheet, last.text, setting)
  const shift = at === "left" ? 0 : at === "right" ? wide - long : (wide - long) / 2
  drawLine(
    sheet,
    runs.map(({ text, x }) => ({ text, x: x - first.x })),
    left + shift,
    top,
    setting,
  )
}

function widthOf(sheet: Sheet, text: string, setting: Setting): number {
  // The line of a single run from the right begins where its width leaves it.
  const [line = []] = linesIn({ ...sheet, rtl: true }, text, 10_000, setting)
  return 10_000 - (line[0]?.x ?? 10_000)
}
