import { drawText, MARGIN, roomOf, SOFT, type Sheet } from "./ink.ts"
import { paragraph } from "./paragraph.ts"

/** How high an entry stands, in points. */
const ENTRY = 18

/** The list of contents: its room is kept when it is met, and filled once every heading has its page. */
export class Contents {
  readonly #sheet: Sheet
  readonly #headings: readonly string[]
  readonly #pages: number[] = []
  #at: { readonly page: number; readonly top: number; readonly struct: PDFKit.PDFStructureElement } | undefined

  constructor(sheet: Sheet, headings: readonly string[]) {
    this.#sheet = sheet
    this.#headings = headings
  }

  /** Begins the list where the page stands now. */
  open(title: string): void {
    const { doc } = this.#sheet
    paragraph(this.#sheet, "P", title, { size: 11, bold: true })
    doc.y += 3
    const struct = doc.struct("TOC")
    doc.addStructure(struct)
    this.#at = { page: this.#now(), top: doc.y, struct }
    doc.y += this.#headings.length * ENTRY
  }

  /** A heading stands here, on this page. */
  note(heading: string): void {
    const { doc } = this.#sheet
    doc.addNamedDestination(`heading-${this.#pages.length}`, "XYZ", 0, doc.y, null)
    doc.outline.addItem(heading)
    this.#pages.push(this.#now() + 1)
  }

  /** Fills the room that was kept; without any it does nothing. */
  fill(): void {
    if (this.#at === undefined) return
    const { doc } = this.#sheet
    const { page, top, struct } = this.#at
    doc.switchToPage(page)
    for (const [at, heading] of this.#headings.entries()) {
      const y = top + at * ENTRY
      struct.add(
        doc.struct("TOCI", {}, () => {
          drawText(this.#sheet, heading, 0, roomOf(this.#sheet) - 40, y, { size: 10 })
          drawText(this.#sheet, String(this.#pages[at] ?? ""), roomOf(this.#sheet) - 40, 40, y, { size: 10, colour: SOFT }, true)
        }),
      )
      doc.goTo(MARGIN, y, roomOf(this.#sheet), ENTRY, `heading-${at}`)
    }
    struct.end()
  }

  #now(): number {
    const { start, count } = this.#sheet.doc.bufferedPageRange()
    return start + count - 1
  }
}
