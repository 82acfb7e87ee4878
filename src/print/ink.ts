import { FONTS } from "./fonts.ts"
import { isArabic, setLines, type Placed } from "./lines.ts"

/** A page in the making: where its text stands, and on which side its language begins. */
export type Sheet = { readonly doc: PDFKit.PDFDocument; readonly rtl: boolean }

export type Setting = { readonly size: number; readonly bold?: boolean; readonly colour?: string; readonly leading?: number }

export const MARGIN = 62
export const INK = "#1c2430"
export const SOFT = "#566070"
export const LINE = "#d5dae1"
export const WASH = "#f1efe9"
export const ACCENT = "#1f6f6a"
export const PART = "#6aa9a2"

/** How wide text may be on a page, in points. */
export function roomOf({ doc }: Sheet): number {
  return doc.page.width - 2 * MARGIN
}

/** Where something `from` the side at which reading begins stands, from the left edge of the page. */
export function leftOf(sheet: Sheet, from: number, width: number): number {
  return sheet.rtl ? sheet.doc.page.width - MARGIN - from - width : MARGIN + from
}

/** A text in lines, in the alphabets that it needs. */
export function linesIn({ doc, rtl }: Sheet, text: string, width: number, { size, bold = false }: Setting): readonly (readonly Placed[])[] {
  const measured = (run: string) => doc.font(fontOf(run, bold)).fontSize(size).widthOfString(run)
  return text.split("\n").flatMap((one) => setLines(one, width, measured, rtl))
}

/** How high so many lines stand. */
export function highOf(lines: number, { size, leading = LEADING }: Setting): number {
  return lines * size * leading
}

/** Draws a line that begins so far from the left, and whose top is there. Both alphabets stand on one baseline. */
export function drawLine({ doc }: Sheet, line: readonly Placed[], left: number, top: number, { size, bold = false, colour = INK, leading = LEADING }: Setting): void {
  const baseline = top + size * (leading / 2 + 0.36)
  for (const { text, x } of line)
    doc
      .font(fontOf(text, bold))
      .fontSize(size)
      .fillColor(colour)
      .text(text, left + x, baseline, { lineBreak: false, baseline: "alphabetic" })
}

/** Draws one line of text between two edges; `end`: at the side where reading ends. */
export function drawText(sheet: Sheet, text: string, from: number, width: number, top: number, setting: Setting, end = false): void {
  const opposite = { ...sheet, rtl: sheet.rtl !== end }
  // Set with the direction of its language, then moved to the edge.
  const [line = []] = linesIn(sheet, text, 10_000, setting)
  const shift = line[0]?.x ?? 0
  const wide = line.reduce(
    (most, { text: run, x }) =>
      Math.max(
        most,
        x -
          shift +
          sheet.doc
            .font(fontOf(run, setting.bold ?? false))
            .fontSize(setting.size)
            .widthOfString(run),
      ),
    0,
  )
  const left = leftOf(sheet, from, width) + (opposite.rtl ? width - wide : 0)
  drawLine(
    sheet,
    line.map(({ text: run, x }) => ({ text: run, x: x - shift })),
    left,
    top,
    setting,
  )
}

export const LEADING = 1.5

function fontOf(text: string, bold: boolean): keyof typeof FONTS {
  return isArabic(text) ? (bold ? "naskh-bold" : "naskh") : bold ? "bold" : "plain"
}
