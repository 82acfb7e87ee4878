import { FONTS } from "./fonts.ts"
import { isRtl, setLines } from "./lines.ts"

/** What stands on paper, from top to bottom. */
export type Block =
  | { readonly type: "title" | "text" | "small"; readonly text: string }
  /** `before`: it stands over a picture of that ratio, and goes with it to the next page. */
  | { readonly type: "heading"; readonly text: string; readonly before?: number | undefined }
  | { readonly type: "list"; readonly items: readonly string[] }
  /** Somebody's words, in whatever language; `by` says as much of them as may be said. */
  | { readonly type: "quote"; readonly text: string; readonly by: string }
  | { readonly type: "table"; readonly caption: string; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** A PNG, its height ÷ width, and what it shows, for whoever can't see it. */
  | { readonly type: "picture"; readonly png: Uint8Array; readonly ratio: number; readonly alt: string }
  | { readonly type: "page" }

export type Paper = { readonly title: string; readonly author: string; readonly language: string; readonly on: Date; readonly foot: string; readonly blocks: readonly Block[] }

/** A PDF on A4: tagged, with its fonts in it, each page numbered. The same paper gives the same bytes. */
export async function paperOf(paper: Paper): Promise<Uint8Array> {
  const { default: PDFDocument } = await import("pdfkit")
  const doc = new PDFDocument({
    size: "A4",
    margins: { top: 64, bottom: 72, left: MARGIN, right: MARGIN },
    bufferPages: true,
    pdfVersion: "1.7",
    tagged: true,
    displayTitle: true,
    lang: paper.language,
    info: { Title: paper.title, Author: paper.author, CreationDate: paper.on, ModDate: paper.on },
  })
  const chunks: Uint8Array[] = []
  doc.on("data", (chunk: Uint8Array) => chunks.push(chunk))
  const done = new Promise<void>((resolve, reject) => doc.on("end", resolve).on("error", reject))
  for (const [name, file] of Object.entries(FONTS)) doc.registerFont(name, file)
  for (const block of paper.blocks) put(doc, block)
  number(doc, paper.foot)
  doc.end()
  await done
  return Buffer.concat(chunks)
}

const MARGIN = 62
const INK = "#1c2430"
const SOFT = "#5a6473"
const LINE = "#d5dae1"
const SIZES = { title: 26, heading: 15, text: 10.5, small: 8.5 } as const

function put(doc: PDFKit.PDFDocument, block: Block): void {
  switch (block.type) {
    case "title":
    case "heading":
      space(doc, block.type === "heading" ? 18 : 4, 90 + (block.type === "heading" && block.before !== undefined ? heightOf(doc, block.before) : 0))
      paragraph(doc, block.type === "title" ? "H1" : "H2", block.text, { size: SIZES[block.type], bold: true, leading: 1.25 })
      doc.y += block.type === "title" ? 10 : 5
      return
    case "text":
    case "small":
      paragraph(doc, "P", block.text, { size: SIZES[block.type], colour: block.type === "small" ? SOFT : INK })
      doc.y += 6
      return
    case "list":
      for (const item of block.items) {
        space(doc, 0, 30)
        const top = doc.y
        doc.addStructure(doc.struct("P", {}, () => void doc.circle(MARGIN + 4, top + 8, 1.6).fill(SOFT)))
        paragraph(doc, "P", item, { size: SIZES.text, indent: 14 })
        doc.y += 3
      }
      doc.y += 4
      return
    case "quote": {
      space(doc, 4, 60)
      paragraph(doc, "BlockQuote", block.text, { size: 12, indent: 16, leading: 1.6 })
      paragraph(doc, "P", block.by, { size: SIZES.small, colour: SOFT, indent: 16 })
      doc.y += 10
      return
    }
    case "table":
      table(doc, block)
      return
    case "picture": {
      const width = doc.page.width - 2 * MARGIN
      const height = heightOf(doc, block.ratio)
      space(doc, 4, height + 8)
      const top = doc.y
      doc.addStructure(doc.struct("Figure", { alt: block.alt }, () => void doc.image(Buffer.from(block.png), MARGIN, top, { fit: [width, height], align: "center" })))
      doc.y = top + height + 10
      return
    }
    case "page":
      doc.addPage()
      return
    default:
      block satisfies never
  }
}

type Setting = { readonly size: number; readonly bold?: boolean; readonly colour?: string; readonly indent?: number; readonly leading?: number }

/** Text in lines of its own direction. Words that are too many for a page go on to the next. */
function paragraph(doc: PDFKit.PDFDocument, tag: string, text: string, { size, bold = false, colour = INK, indent = 0, leading = 1.45 }: Setting): void {
  const [left, width] = [MARGIN + indent, doc.page.width - 2 * MARGIN - indent]
  const rtl = isRtl(text)
  const measured = (word: string) => doc.font(fontOf(word, bold)).fontSize(size).widthOfString(word)
  const struct = doc.struct(tag)
  doc.addStructure(struct)
  for (const line of text.split("\n").flatMap((one) => setLines(one, width, measured, rtl))) {
    space(doc, 0, size * leading)
    const top = doc.y
    struct.add(() => {
      for (const { word, x } of line)
        doc
          .font(fontOf(word, bold))
          .fontSize(size)
          .fillColor(colour)
          .text(word, left + x, top, { lineBreak: false })
    })
    doc.y = top + size * leading
  }
  struct.end()
  doc.x = MARGIN
}

function table(doc: PDFKit.PDFDocument, { caption, head, rows }: Extract<Block, { type: "table" }>): void {
  space(doc, 8, 80)
  paragraph(doc, "P", caption, { size: SIZES.text, bold: true })
  doc.y += 4
  const first = 0.5
  const rest = head.length < 2 ? 0 : (1 - first) / (head.length - 1)
  doc.font("plain").fontSize(9).fillColor(INK)
  doc.table({
    columnStyles: head.map((_, column) => ({
      width: (doc.page.width - 2 * MARGIN) * (column === 0 ? first : rest),
      align: { x: column === 0 ? ("left" as const) : ("right" as const) },
    })),
    defaultStyle: { border: { top: 0, left: 0, right: 0, bottom: 0.5 }, borderColor: LINE, padding: [4, 4, 4, 2] },
    data: [
      head.map((text) => ({ text, type: "TH" as const, font: { src: "bold", size: 9 } })),
      ...rows.map((row) => row.map((text) => ({ text, font: { src: fontOf(text, false), size: 9 } }))),
    ],
  })
  doc.x = MARGIN
  doc.y += 12
}

/** How high a picture stands on a page. */
function heightOf(doc: PDFKit.PDFDocument, ratio: number): number {
  return Math.min((doc.page.width - 2 * MARGIN) * ratio, doc.page.height - 240)
}

/** Leaves so much room above, or goes to the next page when what comes next doesn't fit. */
function space(doc: PDFKit.PDFDocument, above: number, needed: number): void {
  if (doc.y + above + needed > doc.page.height - doc.page.margins.bottom) doc.addPage()
  else if (doc.y > doc.page.margins.top) doc.y += above
}

function number(doc: PDFKit.PDFDocument, foot: string): void {
  const { start, count } = doc.bufferedPageRange()
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page)
    const bottom = doc.page.margins.bottom
    // Below the margin a text would begin a page of its own.
    doc.page.margins.bottom = 0
    doc.addStructure(
      doc.struct("Artifact", {}, () => {
        doc.font("plain").fontSize(8).fillColor(SOFT)
        doc.text(foot, MARGIN, doc.page.height - 46, { lineBreak: false })
        doc.text(`${page + 1} / ${count}`, doc.page.width - MARGIN - 60, doc.page.height - 46, { width: 60, align: "right", lineBreak: false })
      }),
    )
    doc.page.margins.bottom = bottom
  }
}

function fontOf(text: string, bold: boolean): keyof typeof FONTS {
  return isRtl(text) ? (bold ? "naskh-bold" : "naskh") : bold ? "bold" : "plain"
}
