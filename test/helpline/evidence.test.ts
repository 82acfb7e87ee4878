import { beforeAll, describe, expect, test } from "vitest"
import { CONTENT } from "../../src/app.ts"
import { synthetic } from "../../src/demo/synthetic.ts"
import { areasOf, readAreas } from "../../src/helpline/areas.ts"
import { evidencePack, packName, type Evidence } from "../../src/helpline/evidence.ts"
import { evidencePaper } from "../../src/helpline/evidence-paper.ts"
import { countedAreas, countedOptions } from "../../src/helpline/release-names.ts"
import { barChart } from "../../src/helpline/release-chart.ts"
import type { Release, Table } from "../../src/helpline/release-shapes.ts"
import { createReleaseWords } from "../../src/helpline/release-words.ts"
import { cut } from "../../src/helpline/release.ts"
import { readTaxonomy } from "../../src/helpline/taxonomy.ts"
import { createTexts } from "../../src/locales/texts.ts"
import { paperOf } from "../../src/print/paper.ts"
import { inBreadth } from "../support/proof.ts"

const taxonomy = readTaxonomy(CONTENT)
const files = readAreas(CONTENT)
const pakistan = files.find(({ country }) => country === "PK")
const quarters = [1, 2, 3, 4].map((n) => `2026-Q${n}` as const as "2026-Q1")

/** The last release of a year of made-up reports. */
function yearOf(count: number): Release {
  const months = Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, "0")}`)
  const made = synthetic({ taxonomy, areas: areasOf(files, []), country: "PK" }, { seed: 11, count, months }).filter(({ consents }) => consents.count)
  const reports = made.map(({ month, report }) => ({ month: `${month}-01`, coding: report }))
  const parts = { areas: countedAreas("PK", pakistan), options: countedOptions(taxonomy), taxonomy: taxonomy.version, lot: () => 0.5 }
  let earlier: readonly Release[] = []
  for (const [place, quarter] of quarters.entries()) {
    const mine = reports.filter(({ month }) => Math.floor((Number(month.slice(5, 7)) - 1) / 3) === place)
    earlier = [...earlier, cut({ ...parts, reports: mine, earlier, quarter })]
  }
  return earlier.at(-1) as Release
}

const words = createReleaseWords(createTexts({}), taxonomy, pakistan)
const release = yearOf(2700)
const evidence: Evidence = {
  release: { cutOn: "2027-02-01", tables: release.tables },
  stories: [
    { language: "ur", province: "punjab", when: "2026", text: "میں نے بلاک کیا اور پھر بھی وہ نئے نام سے آ گیا۔" },
    { language: "en", province: "sindh", when: "2026-spring", text: "Nobody had believed me before." },
  ],
  words: words("en"),
  areas: pakistan,
  organisation: { name: "A made-up organisation", contact: "somebody@example.org" },
  on: new Date("2027-02-03"),
  width: 400,
}
let pack: ReadonlyMap<string, string | Uint8Array>
beforeAll(async () => {
  pack = await evidencePack(evidence)
})
const textOf = (name: string) => pack.get(name) as string

describe("an evidence pack", () => {
  test("is named after its release, its language and its day", () => {
    expect(packName(evidence)).toBe("evidence-2026-Q4-en-2027-02-03")
  })

  test("holds each table as a file and a picture, maps, method, limits, quotes and one paper", async () => {
    const names = [...pack.keys()]
    for (const { id, period } of release.tables.tables)
      expect(names).toEqual(expect.arrayContaining([`tables/${id}-${period}.csv`, `charts/${id}-${period}.svg`, `charts/${id}-${period}.png`]))
    expect(names).toEqual(expect.arrayContaining(["README.txt", "evidence.pdf", "method.md", "quotes.md", "tables/release.json", "charts/district-year-2026-map.png"]))
    // Another country's release would be drawn on the wrong map.
    const abroad = await evidencePack({ ...evidence, release: { ...evidence.release, tables: { ...release.tables, country: "IN", tables: release.tables.tables.slice(0, 1) } } })
    expect([...abroad.keys()].filter((name) => name.includes("map"))).toEqual([])
    expect(textOf("method.md")).toContain("They are not how often it happens")
    expect(textOf("quotes.md")).toContain("Nobody had believed me before.")
  })

  test("shows no number that the release hides", () => {
    for (const table of release.tables.tables) {
      const lines = textOf(`tables/${table.id}-${table.period}.csv`).trim().split("\r\n").slice(1)
      expect(lines).toHaveLength(table.rows.length)
      expect(lines.filter((line) => line.includes(",true,"))).toHaveLength(table.rows.filter(({ count }) => count === null).length)
    }
    const counts = (JSON.parse(textOf("tables/release.json")) as { tables: { lines: { count: number | null }[] }[] }).tables.flatMap(({ lines }) => lines.map(({ count }) => count))
    expect(counts.filter((count) => count !== null && count < 11)).toEqual([])
  })

  test("says beside every chart and map that reports aren't how often it happens", () => {
    for (const [name, file] of pack) if (name.endsWith(".svg")) expect(file, name).toContain("is not how often it happens")
  })

  test("is a paper with a chapter for each table, what people told, how it was made and what it can't say", async () => {
    const pdf = Buffer.from(pack.get("evidence.pdf") as Uint8Array).toString("latin1")
    expect(pdf.startsWith("%PDF-1.7")).toBe(true)
    expect(pdf.match(/\/Dest \[/g)).toHaveLength(release.tables.tables.length + 3)
  })

  test.each(inBreadth(["ur"], ["ur-Latn", "es", "fr"]))("is all in the language asked for, with the same numbers: %s", async (language) => {
    const other = await evidencePack({ ...evidence, words: words(language), stories: [], width: 60 })
    expect([...other.keys()].sort()).toEqual([...pack.keys()].filter((name) => name !== "quotes.md").sort())
    const english = [...pack].flatMap(([, file]) => (typeof file === "string" ? sentencesOf(file) : []))
    for (const [name, file] of other) {
      if (typeof file !== "string") continue
      expect(file, name).not.toMatch(/\{\{|\b(numbers|evidence|pages)\.[a-z-]+\./)
      expect(
        // Files are called the same in every language.
        sentencesOf(file).filter((one) => english.includes(one) && !pack.has(one)),
        name,
      ).toEqual([])
    }
    const numbersIn = (file: string | Uint8Array | undefined) =>
      (JSON.parse(file as string) as { tables: { lines: { row: string; count: number | null }[] }[] }).tables.map(({ lines }) => lines.map(({ row, count }) => [row, count]))
    expect(numbersIn(other.get("tables/release.json"))).toEqual(numbersIn(pack.get("tables/release.json")))
    expect(Buffer.from(other.get("evidence.pdf") as Uint8Array).toString("latin1")).toContain(`/Lang (${language})`)
  })

  test("is read from the right in Urdu, on paper and in pictures", async () => {
    const urdu = { ...evidence, words: words("ur") }
    expect(evidencePaper(urdu)).toMatchObject({ rtl: true, language: "ur" })
    expect(await paperOf(evidencePaper(urdu))).toBeInstanceOf(Uint8Array)
    const xs = (svg: string) => [...svg.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].map(([, x, width]) => [Number(x), Number(x) + Number(width)] as const)
    const table = release.tables.tables.find(({ id }) => id === "act-year") as Table
    const [ours, theirs] = [xs(barChart(release.tables, table, words("en"))), xs(barChart(release.tables, table, words("ur")))]
    expect(new Set(ours.map(([from]) => from)).size).toBe(1)
    expect(new Set(theirs.map(([, to]) => to)).size).toBe(1)
  })
})

/** The sentences of a file, as far as they are any; addresses and names of other people's works are the same in every language. */
function sentencesOf(file: string): readonly string[] {
  return file
    .split(/[\n"<>]+/)
    .map((one) => one.trim())
    .filter((one) => (one.match(/\p{L}+/gu)?.length ?? 0) > 4 && !/^[Mm][-\d.,\s]|https?:|svg-maps|sans-serif|^[\w-]+,/.test(one))
}
