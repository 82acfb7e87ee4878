import { describe, expect, test } from "vitest"
import { paperOf, type Paper } from "../../src/print/paper.ts"
import { pictureOf } from "../../src/print/picture.ts"

const paper: Paper = {
  title: "Numbers",
  author: "Somebody",
  language: "en",
  on: new Date("2026-11-21"),
  foot: "Somebody · 2026",
  blocks: [
    { type: "title", text: "Numbers" },
    { type: "text", text: "میں اور words together" },
    { type: "list", items: ["one"] },
    { type: "table", caption: "Counts", head: ["Where", "Reports"], rows: [["Punjab", "12"]] },
  ],
}
const pages = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString("latin1")
    .match(/\/Type \/Page\b/g)?.length

describe("paper", () => {
  test("is the same bytes for the same blocks", async () => {
    expect(Buffer.compare(Buffer.from(await paperOf(paper)), Buffer.from(await paperOf(paper)))).toBe(0)
  })

  test("is tagged, with title and language, for whoever has it read aloud", async () => {
    const text = Buffer.from(await paperOf(paper)).toString("latin1")
    expect(text.startsWith("%PDF-1.7")).toBe(true)
    expect(text).toMatch(/\/MarkInfo/)
    expect(text).toMatch(/\/Lang \(en\)/)
  })

  test("goes on over as many pages as it needs", async () => {
    const long = { ...paper, blocks: Array.from({ length: 60 }, (_, n) => ({ type: "text" as const, text: `${n} `.repeat(200) })) }
    expect(pages(await paperOf(paper))).toBe(1)
    expect(pages(await paperOf(long))).toBeGreaterThan(3)
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
