import { drawLine, highOf, leftOf, linesIn, MARGIN, roomOf, type Setting, type Sheet } from "./ink.ts"

/** Text in lines. What is too much for a page goes on to the next. */
export function paragraph(sheet: Sheet, tag: string, text: string, setting: Setting, indent = 0, end = 0): void {
  const { doc, rtl } = sheet
  const width = roomOf(sheet) - indent - end
  // Letters of the Arabic script are drawn by their shapes; this keeps the words themselves for whoever copies or listens.
  const struct = doc.struct(tag, rtl ? { actual: text } : {})
  doc.addStructure(struct)
  for (const line of linesIn(sheet, text, width, setting)) {
    room(sheet, highOf(1, setting))
    const top = doc.y
    struct.add(() => drawLine(sheet, line, leftOf(sheet, indent, width), top, setting))
    doc.y = top + highOf(1, setting)
  }
  struct.end()
  doc.x = MARGIN
}

/** Goes to the next page when what comes next doesn't fit on this one. */
export function room({ doc }: Sheet, needed: number): void {
  if (doc.y + needed > doc.page.height - doc.page.margins.bottom) doc.addPage()
}
