import { ACCENT, drawLine, drawText, highOf, INK, leftOf, LINE, linesIn, PART, roomOf, SOFT, type Sheet } from "./ink.ts"

/** A line of a table: its name, its numbers, and a bar of so much of the longest. `note` stands below, in small letters. */
export type Bar = {
  readonly kind: "row" | "part" | "hidden"
  readonly name: string
  readonly note?: string | undefined
  readonly cells: readonly [string, string]
  readonly part: number | undefined
}

/** A table with a bar in each line; its head stands on every page that it takes. */
export type Bars = {
  readonly type: "bars"
  readonly head: readonly [string, string, string]
  readonly groups: readonly { readonly name?: string | undefined; readonly lines: readonly Bar[] }[]
}

/** Shares of the width: name, bar, and each of two numbers. */
const [NAME, BAR, CELL] = [0.42, 0.32, 0.13]
const HEAD = 20
const GROUP = 26
const PAD = 4
/** No more than this is kept on one page, in points. */
const TOGETHER = 240

/** How high it is, in points, if it stands on one page. */
export function heightOfBars(sheet: Sheet, { groups }: Bars): number {
  return groups.reduce((sum, { name, lines }) => sum + (name === undefined ? 0 : GROUP) + lines.reduce((all, line) => all + rowOf(sheet, line).height, 0), HEAD) + 10
}

/** Draws it from where the page is, on as many pages as it needs. */
export function drawBars(sheet: Sheet, { head, groups }: Bars): void {
  const { doc } = sheet
  const table = doc.struct("Table")
  doc.addStructure(table)
  const bottom = () => doc.page.height - doc.page.margins.bottom
  const row = (cells: readonly { readonly tag: "TH" | "TD"; readonly draw: () => void }[]) => {
    const tr = doc.struct("TR")
    table.add(tr)
    for (const { tag, draw } of cells) {
      const cell = doc.struct(tag)
      tr.add(cell)
      cell.add(draw)
      cell.end()
    }
    tr.end()
  }
  const [nameWide, barWide, cellWide] = widthsOf(sheet)
  const drawHead = () => {
    const top = doc.y
    const setting = { size: 8.5, colour: SOFT }
    row([
      { tag: "TH", draw: () => drawText(sheet, head[0], 0, nameWide, top, setting) },
      { tag: "TH", draw: () => drawText(sheet, head[1], nameWide + barWide, cellWide, top, setting, true) },
      { tag: "TH", draw: () => drawText(sheet, head[2], nameWide + barWide + cellWide, cellWide, top, setting, true) },
    ])
    doc.y = top + HEAD
    rule(sheet, doc.y - 3)
  }
  const drawName = (name: string) => {
    const top = doc.y
    row([{ tag: "TH", draw: () => drawText(sheet, name, 0, roomOf(sheet), top + 7, { size: 10, bold: true }) }])
    doc.y = top + GROUP
  }
  /** Goes to the next page where so much doesn't fit on this one; what goes on there says again what it belongs to. */
  const make = (needed: number, within: string | undefined) => {
    if (doc.y + needed <= bottom()) return
    doc.addPage()
    drawHead()
    if (within !== undefined) drawName(within)
  }
  if (doc.y + HEAD + 60 > bottom()) doc.addPage()
  drawHead()
  for (const { name, lines } of groups) {
    const rows = lines.map((line) => rowOf(sheet, line))
    const highFrom = (from: number, to: number) => rows.slice(from, to).reduce((sum, { height }) => sum + height, 0)
    if (name !== undefined) {
      make(GROUP + highFrom(0, 2), undefined)
      drawName(name)
    }
    for (const [at, { height, draw }] of rows.entries()) {
      const next = lines.findIndex(({ kind }, other) => other > at && kind !== "part")
      // What came of an action stays with it.
      make(lines[at]?.kind === "row" ? Math.min(highFrom(at, next < 0 ? lines.length : next), TOGETHER) : height, at === 0 ? undefined : name)
      const top = doc.y
      row(draw(top))
      doc.y = top + height
      rule(sheet, doc.y)
    }
  }
  table.end()
  doc.y += 10
}

function rowOf(sheet: Sheet, { kind, name, note, cells, part }: Bar) {
  const { doc } = sheet
  const [nameWide, barWide, cellWide] = widthsOf(sheet)
  const indent = kind === "part" ? 16 : 0
  const setting = { size: kind === "row" ? 9.5 : 9, colour: kind === "row" ? INK : SOFT, leading: 1.4 }
  const small = { size: 8, colour: SOFT, leading: 1.45 }
  const called = linesIn(sheet, name, nameWide - indent - 10, setting)
  const below = note === undefined ? [] : linesIn(sheet, note, nameWide + barWide - indent - 10, small)
  const high = highOf(called.length, setting)
  const height = high + highOf(below.length, small) + 2 * PAD
  const draw = (top: number) => [
    {
      tag: "TH" as const,
      draw: () => {
        for (const [at, line] of called.entries()) drawLine(sheet, line, leftOf(sheet, indent, nameWide - indent - 10), top + PAD + highOf(at, setting), setting)
        for (const [at, line] of below.entries()) drawLine(sheet, line, leftOf(sheet, indent, nameWide + barWide - indent - 10), top + PAD + high + highOf(at, small), small)
        if (part === undefined) return
        const thick = kind === "part" ? 6 : 10
        const wide = Math.max(1, (barWide - 8) * Math.min(1, part))
        doc.rect(leftOf(sheet, nameWide, wide), top + PAD + setting.size * 0.7 - thick / 2, wide, thick).fill(kind === "hidden" ? LINE : kind === "part" ? PART : ACCENT)
      },
    },
    ...cells.map((cell, at) => ({
      tag: "TD" as const,
      draw: () => drawText(sheet, cell, nameWide + barWide + at * cellWide, cellWide, top + PAD, { ...setting, bold: at === 0 && kind === "row" }, true),
    })),
  ]
  return { height, draw }
}

function widthsOf(sheet: Sheet): readonly [number, number, number] {
  const room = roomOf(sheet)
  return [room * NAME, room * BAR, room * CELL]
}

/** A line across the page that says nothing to whoever has it read aloud. */
function rule(sheet: Sheet, y: number): void {
  const left = leftOf(sheet, 0, roomOf(sheet))
  sheet.doc.markContent("Artifact")
  sheet.doc
    .moveTo(left, y)
    .lineTo(left + roomOf(sheet), y)
    .lineWidth(0.5)
    .stroke(LINE)
  sheet.doc.endMarkedContent()
}
