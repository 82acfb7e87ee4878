import { drawAreas, heightOfAreas, type Areas } from "./areas.ts"
import { drawBars, heightOfBars, type Bars } from "./bars.ts"
import { Contents } from "./contents.ts"
import { FONTS } from "./fonts.ts"
import { ACCENT, drawText, highOf, leftOf, LINE, linesIn, MARGIN, roomOf, SOFT, WASH, type Setting, type Sheet } from "./ink.ts"
import { isRtl } from "./lines.ts"
import { paragraph, room } from "./paragraph.ts"

/** What stands on paper, from top to bottom. */
export type Block =
  | { readonly type: "kicker" | "title" | "text" | "small" | "important"; readonly text: string }
  /** It begins a chapter, and stands in the list of contents. */
  | { readonly type: "heading"; readonly text: string }
  | { readonly type: "list"; readonly items: readonly string[] }
  | { readonly type: "facts"; readonly facts: readonly { readonly name: string; readonly value: string }[] }
  /** Every heading with its page. */
  | { readonly type: "contents"; readonly title: string }
  /** Somebody's words, in whatever language; `by` says as much of them as may be said. */
  | { readonly type: "quote"; readonly text: string; readonly by: string }
  | Bars
  | Areas
  | { readonly type: "page" }

/** `head` stands above every page but the first, `foot` below each, beside `page`: “3 of 9”. */
export type Paper = {
  readonly title: string
  readonly author: string
  readonly language: string
  readonly rtl: boolean
  readonly on: Date
  readonly head: string
  readonly foot: string
  readonly page: (page: number, pages: number) => string
  readonly blocks: readonly Block[]
}

/** A PDF on A4: tagged, with its fonts in it, read from the side of its language, each page numbered. The same paper gives the same bytes. */
export async function paperOf(paper: Paper): Promise<Uint8Array> {
  const { default: PDFDocument } = await import("pdfkit")
  const doc = new PDFDocument({
    size: "A4",
    margins: { top: 72, bottom: 72, left: MARGIN, right: MARGIN },
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
  const sheet: Sheet = { doc, rtl: paper.rtl }
  const contents = new Contents(
    sheet,
    paper.blocks.flatMap((block) => (block.type === "heading" ? [block.text] : [])),
  )
  for (const [at, block] of paper.blocks.entries()) {
    if (block.type === "heading") chapter(sheet, paper.blocks.slice(at))
    put(sheet, block, contents)
  }
  contents.fill()
  frame(sheet, paper)
  doc.end()
  await done
  return Buffer.concat(chunks)
}

const SETTINGS = {
  kicker: { size: 11, colour: SOFT },
  title: { size: 27, bold: true, leading: 1.35 },
  heading: { size: 15, bold: true, leading: 1.4 },
  text: { size: 10.5, leading: 1.6 },
  important: { size: 10.5, leading: 1.6 },
  small: { size: 8.5, colour: SOFT, leading: 1.6 },
} as const satisfies Readonly<Record<string, Setting>>

const AFTER = { kicker: 4, title: 12, heading: 5, text: 7, small: 8, important: 16 } as const
const ABOVE_HEADING = 22
const BOX = 12

/** A chapter that fits on a page isn't broken, unless there is much room left; one that doesn't begins on what is left of this one, where that is something. */
function chapter(sheet: Sheet, blocks: readonly Block[]): void {
  const { doc } = sheet
  const next = blocks.findIndex(({ type }, at) => at > 0 && (type === "heading" || type === "page"))
  const needed = (next < 0 ? blocks : blocks.slice(0, next)).reduce((sum, block) => sum + heightOf(sheet, block), 0)
  const { top, bottom } = doc.page.margins
  const left = doc.page.height - bottom - doc.y - ABOVE_HEADING
  const whole = doc.page.height - top - bottom
  if (doc.y > top && needed > left && (needed <= whole || left < whole / 3)) doc.addPage()
  else if (doc.y > top) doc.y += ABOVE_HEADING
}

/** How high a block stands, as far as it is kept together. */
function heightOf(sheet: Sheet, block: Block): number {
  const room = roomOf(sheet)
  switch (block.type) {
    case "bars":
      return heightOfBars(sheet, block)
    case "areas":
      return heightOfAreas(sheet, block)
    case "list":
      return block.items.reduce((sum, item) => sum + highOf(linesIn(sheet, item, room - 14, SETTINGS.text).length, SETTINGS.text) + 4, 4)
    case "quote":
      return paragraphsOf(block.text).reduce((sum, part) => sum + highOf(linesIn(sheet, part, room - 16, QUOTE).length, QUOTE) + GAP, 34)
    case "facts":
      return FACTS + 22
    case "contents":
    case "page":
      return 0
    case "important":
      return highOf(linesIn(sheet, block.text, room - 2 * BOX - 4, SETTINGS.important).length, SETTINGS.important) + 2 * BOX + AFTER.important
    case "kicker":
    case "title":
    case "heading":
    case "text":
    case "small":
      return highOf(linesIn(sheet, block.text, room, SETTINGS[block.type]).length, SETTINGS[block.type]) + AFTER[block.type]
    default:
      return block satisfies never
  }
}

const QUOTE = { size: 12, leading: 1.7 } as const
const GAP = 5
const FACTS = 58

function paragraphsOf(text: string): readonly string[] {
  return text.split(/\n+/).filter((one) => one.trim() !== "")
}

function put(sheet: Sheet, block: Block, contents: Contents): void {
  const { doc } = sheet
  switch (block.type) {
    case "bars":
      return drawBars(sheet, block)
    case "areas":
      return drawAreas(sheet, block)
    case "page":
      doc.addPage()
      return
    case "contents":
      return contents.open(block.title)
    case "heading":
      contents.note(block.text)
      break
    case "list":
      for (const item of block.items) {
        const top = doc.y
        doc.markContent("Artifact")
        doc.circle(leftOf(sheet, 2, 4) + 2, top + SETTINGS.text.size * 0.8, 1.6).fill(SOFT)
        doc.endMarkedContent()
        paragraph(sheet, "P", item, SETTINGS.text, 14)
        doc.y += 4
      }
      doc.y += 4
      return
    case "quote": {
      room(sheet, 70)
      // At the side of its own language, as is who said it.
      const told = { ...sheet, rtl: isRtl(block.text) }
      for (const part of paragraphsOf(block.text)) {
        paragraph(told, "BlockQuote", part, QUOTE, 16)
        doc.y += GAP
      }
      paragraph(told, "P", block.by, SETTINGS.small, 16)
      doc.y += 20
      return
    }
    case "facts":
      return facts(sheet, block.facts)
    case "important": {
      const high = heightOf(sheet, block) - AFTER.important
      room(sheet, high)
      const top = doc.y
      doc.markContent("Artifact")
      doc.rect(leftOf(sheet, 0, roomOf(sheet)), top, roomOf(sheet), high).fill(WASH)
      doc.rect(leftOf(sheet, 0, 4), top, 4, high).fill(ACCENT)
      doc.endMarkedContent()
      doc.y = top + BOX
      paragraph(sheet, "P", block.text, SETTINGS.important, BOX + 4, BOX)
      doc.y = top + high + AFTER.important
      return
    }
    case "kicker":
    case "title":
    case "text":
    case "small":
      break
    default:
      block satisfies never
      return
  }
  paragraph(sheet, block.type === "title" ? "H1" : block.type === "heading" ? "H2" : "P", block.text, SETTINGS[block.type])
  doc.y += AFTER[block.type]
}

/** What is known at a glance, side by side. */
function facts(sheet: Sheet, all: readonly { readonly name: string; readonly value: string }[]): void {
  const { doc } = sheet
  room(sheet, FACTS)
  doc.y += 10
  const top = doc.y
  const width = roomOf(sheet) / Math.max(1, all.length)
  for (const [at, { name, value }] of all.entries()) {
    const draw = () => {
      drawText(sheet, name, at * width, width, top + 6, { size: 9, colour: SOFT })
      drawText(sheet, value, at * width, width, top + 20, { size: 17, bold: true })
    }
    doc.addStructure(doc.struct("P", {}, draw))
  }
  doc.markContent("Artifact")
  for (const y of [top, top + FACTS - 6])
    doc
      .moveTo(MARGIN, y)
      .lineTo(doc.page.width - MARGIN, y)
      .lineWidth(0.75)
      .stroke(LINE)
  doc.endMarkedContent()
  doc.y = top + FACTS + 12
}

/** What stands above and below each page. */
function frame(sheet: Sheet, { head, foot, page: called }: Paper): void {
  const { doc } = sheet
  const { start, count } = doc.bufferedPageRange()
  const small = { size: 8, colour: SOFT }
  const wide = roomOf(sheet)
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page)
    const bottom = doc.page.margins.bottom
    // Below the margin a text would begin a page of its own.
    doc.page.margins.bottom = 0
    doc.markContent("Artifact", { type: "Pagination" })
    if (page > start) drawText(sheet, head, 0, wide, 36, small)
    drawText(sheet, foot, 0, wide - 80, doc.page.height - 48, small)
    drawText(sheet, called(page - start + 1, count), wide - 80, 80, doc.page.height - 48, small, true)
    doc.endMarkedContent()
    doc.page.margins.bottom = bottom
  }
}
