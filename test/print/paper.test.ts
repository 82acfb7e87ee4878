import { describe, expect, test } from "vitest"
import type { Bar, Bars } from "../../src/print/bars.ts"
import { paperOf, type Paper } from "../../src/print/paper.ts"
import { pictureOf } from "../../src/print/picture.ts"

const bar = (name: string, n = 1): Bar => ({ kind: "row", name, cells: [String(n), "2%"], part: n / 100 })
const bars = (count: number): Bars => ({ type: "bars", head: ["Where", "Reports", "Share"], groups: [{ lines: Array.from({ length: count }, (_, n) => bar(`Row ${n}`, n)) }] })
const paper: Paper = {
  title: "Numbers",
  author: "Somebody",
  language: "en",
  rtl: false,
  on: new Date("2026-11-21"),
  head: "Somebody · Numbers",
  foot: "2026",
  page: (page, pages) => `${page} of ${pages}`,
  blocks: [
    { type: "title", text: "Numbers" },
    { type: "facts", facts: [{ name: "Reports", value: "12" }] },
    { type: "important", text: "میں اور words together" },
    { type: "contents", title: "Contents" },
    { type: "list", items: ["one"] },
    { type: "heading", text: "Where" },
    bars(2),
    { type: "areas", viewBox: [0, 0, 60, 10], divided: true, areas: [{ path: "M0,0 l5,0 0,5 z", fill: undefined }], key: [{ fill: undefined, name: "hidden" }], alt: "A map" },
    { type: "quote", text: "First.\n\nSecond.", by: "Punjab, 2026" },
  ],
}
const textOf = async (made: Paper) => Buffer.from(await paperOf(made)).toString("latin1")
const pages = (text: string) => text.match(/\/Type \/Page\b/g)?.length
/** The pages, from 0, that bookmarks lead to. */
const bookmarks = (text: string) => {
  const all = [...text.matchAll(/\n(\d+) 0 obj\n<<\n\/Type \/Page\b/g)].map(([, id]) => id)
  return [...text.matchAll(/\/Dest \[(\d+) 0 R/g)].map(([, id]) => all.indexOf(id))
}

describe("paper", () => {
  test("is the same bytes for the same blocks", async () => {
    expect(await textOf(paper)).toBe(await textOf(paper))
  })

  test("is tagged, with title and language, a table's cells as cells and a map in words, for whoever has it read aloud", async () => {
    const text = await textOf(paper)
    expect(text.startsWith("%PDF-1.7")).toBe(true)
    expect(text).toMatch(/\/MarkInfo/)
    expect(text).toMatch(/\/Lang \(en\)/)
    for (const tag of ["H1", "H2", "Table", "TR", "TH", "TD", "TOC", "TOCI", "Figure", "BlockQuote"]) expect(text, tag).toMatch(new RegExp(`/S /${tag}\\b`))
    expect(text).toContain("(A map)")
  })

  test("keeps the words themselves where letters are drawn by their shapes", async () => {
    expect(await textOf({ ...paper, language: "ur", rtl: true })).toContain("/ActualText")
    expect(await textOf(paper)).not.toContain("/ActualText")
  })

  test("goes on over as many pages as it needs", async () => {
    const long = { ...paper, blocks: Array.from({ length: 60 }, (_, n) => ({ type: "text" as const, text: `${n} `.repeat(200) })) }
    expect(pages(await textOf(paper))).toBe(1)
    expect(pages(await textOf(long))).toBeGreaterThan(3)
    expect(pages(await textOf({ ...paper, blocks: [bars(200)] }))).toBeGreaterThan(4)
  })

  test("begins a chapter on the next page where it fits there and not here", async () => {
    const blocks = (count: number): Paper["blocks"] => [{ type: "heading", text: "First" }, bars(20), { type: "heading", text: "Second" }, bars(count)]
    expect(bookmarks(await textOf({ ...paper, blocks: blocks(2) }))).toEqual([0, 0])
    expect(bookmarks(await textOf({ ...paper, blocks: blocks(20) }))).toEqual([0, 1])
  })
})

describe("a picture", () => {
  test("is as wide as asked, and set in letters that came along", async () => {
    const svg = (text: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><text x="5" y="30" font-family="Noto Naskh Arabic">${text}</text></svg>`
    const png = Buffer.from(await pictureOf(svg("پنجاب"), 300))
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([300, 150])
    expect(png.equals(Buffer.from(await pictureOf(svg(""), 300)))).toBe(false)
  })
})
