import { describe, expect, test } from "vitest"
import { CONTENT } from "../../src/app.ts"
import { readCampaigns } from "../../src/helpline/campaign-file.ts"
import { waysTo, wordsOfPayloads } from "../../src/helpline/campaign-invite.ts"
import type { Shown } from "../../src/helpline/contribution-view.ts"
import { standingOf } from "../../src/helpline/gallery-words.ts"
import { CLOTHS } from "../../src/helpline/quilt-cloths.ts"
import { cardSvg, posterPdf, posterPng, posterSvg } from "../../src/helpline/quilt-pictures.ts"
import { sewn, tileOf } from "../../src/helpline/quilt-tile.ts"
import { cleanWords, setWords } from "../../src/helpline/quilt-words.ts"
import { readGifts } from "../../src/demo/gifts.ts"

const square = (text: string, more: Partial<Shown> = {}): Shown => ({
  id: "0b2f1c1e-0000-4000-8000-000000000001",
  campaign: "sixteen-days",
  kind: "square",
  language: "en",
  country: "PK",
  day: 5,
  picture: false,
  text,
  card: true,
  published: "2026-11-29",
  ...more,
})
const HOSTILE = `<script>alert(1)</script>\u202e&"'\u0000\u200b\u2067 ${"w".repeat(90)} a${"\u0301".repeat(40)}`
const WORDS = { title: "The quilt", about: "Squares: 2", language: "en" }

describe("a tile", () => {
  test("is the same each time, and another for other words, another language, day or country", () => {
    const drawn = (one: Shown) => sewn(tileOf(one))
    expect(drawn(square("Still here."))).toBe(drawn(square("Still here.")))
    const lines = Array.from({ length: 40 }, (_, n) => drawn(square(`line ${n}`)))
    expect(new Set(lines).size).toBeGreaterThan(30)
    for (const more of [{ language: "fr" }, { day: 14 }, { country: "FR" }] as const) {
      const differs = Array.from({ length: 20 }, (_, n) => drawn(square(`line ${n}`)) !== drawn(square(`line ${n}`, more)))
      expect(differs.filter(Boolean).length).toBeGreaterThan(10)
    }
  })

  test("comes in every cloth, and is a few kilobytes of paths without a word in it", () => {
    const tiles = Array.from({ length: 300 }, (_, n) => tileOf(square(`${HOSTILE}${n}`)))
    expect(new Set(tiles.map(({ cloth }) => cloth))).toEqual(new Set(Object.keys(CLOTHS)))
    for (const tile of tiles) {
      expect(sewn(tile)).toMatch(/^(<path [\w\s="#.,-]*\/>)+$/)
      expect(sewn(tile).length).toBeLessThan(12_000)
    }
  })

  test("has words that can be read: seven to one at least, in every palette, also in the two inks of the page", () => {
    for (const { field, ink } of Object.values(CLOTHS).flat()) expect(contrast(field, ink), `${ink} on ${field}`).toBeGreaterThanOrEqual(7)
    for (const { field } of Object.values(CLOTHS).flat()) expect(Math.max(contrast(field, "#fff6e6"), contrast(field, "#2b1512")), field).toBeGreaterThanOrEqual(7)
  })
})

describe("words on a picture", () => {
  test("lose what turns, hides or towers, and keep what joins Urdu letters", () => {
    expect(cleanWords("a\u202eb\u200b\u2067c\ufeff\u0007d")).toBe("abc d")
    expect(cleanWords(`e${"\u0316".repeat(30)}`)).toBe(`e${"\u0316".repeat(3)}`)
    expect(cleanWords("نہیں\u200cہے")).toBe("نہیں\u200cہے")
    expect(cleanWords("one \n\n\n\n two")).toBe("one\n\ntwo")
    expect(cleanWords("À toi !")).toBe("À toi\u00a0!")
  })

  test("fit their field, also when they are one endless word", () => {
    for (const text of [HOSTILE, "w".repeat(100), "ہمت ".repeat(25), "ok"]) {
      const { size, leading, lines } = setWords(cleanWords(text), 134, 138, 21, 9)
      expect(lines.length * size * leading).toBeLessThanOrEqual(138)
      expect(lines.join("").replace(/\s/g, "").length).toBeGreaterThan(0)
    }
  })

  test("are never markup: on a poster or a card a script is text", () => {
    for (const svg of [posterSvg([square(HOSTILE, { name: "<b>" }), square("ok")], WORDS), cardSvg(square(HOSTILE), "<i>")]) {
      expect(svg).not.toMatch(/<script|<b>|<i>|[\u202e\u0000]/)
      expect(svg).toContain("&lt;scri")
    }
  })
})

test("a poster of every language is an SVG, a PNG and a PDF, each the same each time", async () => {
  const some = readGifts()
    .filter(({ kind }, n) => kind === "square" && n % 12 === 0)
    .map((gift) => square(gift.text, gift))
  expect(new Set(some.map(({ language }) => language)).size).toBe(5)
  const png = await posterPng(some, WORDS)
  expect(Buffer.from(png.slice(0, 4)).toString("latin1")).toBe("\u0089PNG")
  const pdf = await posterPdf(some, WORDS, new Date("2026-11-29"))
  expect(Buffer.from(pdf.slice(0, 5)).toString("latin1")).toBe("%PDF-")
  expect(Buffer.from(pdf).equals(Buffer.from(await posterPdf(some, WORDS, new Date("2026-11-29"))))).toBe(true)
})

describe("the way into a campaign", () => {
  const [safe, sixteen] = readCampaigns(CONTENT) as [ReturnType<typeof readCampaigns>[number], ReturnType<typeof readCampaigns>[number]]

  test("is a link for each channel there is, with the word in it, and none for what isn't there", () => {
    const reach = { telegram: "helpline_bot", sms: "+1 555 0100", whatsapp: "+15550101", simulator: false }
    expect(waysTo(sixteen, "en", reach).map(({ address }) => address)).toEqual([
      "https://t.me/helpline_bot?start=sixteen-days",
      "https://wa.me/15550101?text=sixteen%20days",
      "sms:+15550100?body=sixteen%20days",
    ])
    expect(waysTo(sixteen, "en", { simulator: true })).toEqual([])
  })

  test("carries only what Telegram lets through, and comes back as a word that joins", () => {
    const payloads = wordsOfPayloads([safe, sixteen])
    expect(payloads.get("sixteen-days")).toBe("sixteen days")
    expect(payloads.get("be-safe")).toBe("small steps")
    expect([...payloads.keys()].every((one) => /^[\w-]{1,64}$/.test(one))).toBe(true)
  })

  test("follows the campaign's own dates, by the organisation's clock", () => {
    const at = (moment: string) => standingOf(sixteen, Date.parse(moment), "Asia/Karachi")
    expect(at("2026-11-24T18:59:00Z")).toEqual({ status: "before", day: 1, begins: "2026-11-25" })
    expect(at("2026-11-24T19:00:00Z")).toEqual({ status: "today", day: 1 })
    expect(at("2026-12-10T18:59:00Z")).toEqual({ status: "today", day: 16 })
    expect(at("2026-12-10T19:00:00Z")).toEqual({ status: "over", day: undefined, ended: "2026-12-10" })
    expect(standingOf(safe, 0, "UTC")).toEqual({ status: "joining", day: 1 })
  })
})

function contrast(a: string, b: string): number {
  const light = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [high = 0, low = 0] = [light(a), light(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}
