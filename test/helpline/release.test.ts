import { describe, expect, test } from "vitest"
import { dueQuarter, endOf, mayCut, nextQuarter, quarterIn, quarterOf } from "../../src/helpline/release-quarter.ts"
import type { Countable, Release } from "../../src/helpline/release-shapes.ts"
import { cut } from "../../src/helpline/release.ts"
import type { Coding } from "../../src/helpline/report-view.ts"
import { AREAS, livesOf, lotOf, OPTIONS } from "../support/release-world.ts"

const CODING: Coding = {
  about: "self",
  acts: ["images"],
  platforms: ["chat"],
  relation: "partner",
  harms: [],
  actions: [{ action: "police", outcome: "helped" }],
  country: "PK",
  province: "north",
  district: "n1",
  age: "not-said",
  gender: "not-said",
}
const times = (count: number, change: Partial<Coding> = {}, month = "2026-10-01"): readonly Countable[] =>
  Array.from({ length: count }, () => ({ month, coding: { ...CODING, ...change } }))
/** Twenty in each row of the provinces, so that none is hidden. */
const everywhere = () => ["north", "south", "island", "not-said"].flatMap((province) => times(20, { province, district: `${province.charAt(0)}1` }))
const cutting = { earlier: [], areas: AREAS, options: OPTIONS, taxonomy: 1, lot: lotOf(1) }
const cutFrom = (reports: readonly Countable[], earlier: readonly Release[] = [], quarter: Parameters<typeof cut>[0]["quarter"] = "2026-Q4") =>
  cut({ ...cutting, reports, earlier, quarter })
const rowsOf = ({ tables }: Release, id: string) =>
  Object.fromEntries(tables.tables.find((table) => table.id === id)?.rows.map((row) => [[row.within, row.id].filter(Boolean).join("/"), row.count]) ?? [])

describe("a release", () => {
  test("shows what is eleven or more, and hides the rest", () => {
    const rows = rowsOf(
      cutFrom([...times(40), ...times(11, { province: "south", district: "s1" }), ...times(6, { province: "island", district: "i1" }), ...times(5, { province: "not-said" })]),
      "province-quarter",
    )
    expect(rows).toEqual({ north: 40, south: 11, island: null, elsewhere: null })
  })

  test("withholds a larger number where the small ones alone could be worked out", () => {
    const rows = rowsOf(cutFrom([...times(40), ...times(30, { province: "south" }), ...times(3, { province: "island" })]), "province-quarter")
    expect(Object.values(rows).filter((count) => count === null)).toHaveLength(3)
    expect(rows["island"]).toBeNull()
  })

  test("counts fewer than eleven not at all: they wait for the next one", () => {
    const first = cutFrom(times(10, {}, "2026-07-01"), [], "2026-Q3")
    expect(first.tables).toMatchObject({ counted: 0, tables: [] })
    expect(first.tallies.reports).toBe(0)
    const second = cutFrom([...times(10, {}, "2026-07-01"), ...times(5)], [first])
    expect(second.tables).toMatchObject({ counted: 15, year: { quarters: ["2026-Q4"], counted: 15 } })
  })

  test("counts what was filed up to its quarter's end, and nothing later", () => {
    expect(cutFrom([...times(20, {}, "2026-09-01"), ...times(30)], [], "2026-Q3").tables.counted).toBe(20)
  })

  test("has tables of the year with the fourth quarter only, from the sums of its cuts", () => {
    const third = cutFrom(times(20, {}, "2026-08-01"), [], "2026-Q3")
    expect(third.tables.tables.map(({ id }) => id)).toEqual(["province-quarter"])
    const others = ["family", "not-known", "not-said"].flatMap((relation) => times(15, { relation }))
    const fourth = cutFrom([...times(30, { relation: "stranger" }), ...others], [third])
    expect(rowsOf(fourth, "relation-year")).toEqual({ partner: 20, stranger: 30, family: 15, "not-known": 15, "not-said": 15 })
    expect(fourth.tables.year).toEqual({ year: "2026", quarters: ["2026-Q3", "2026-Q4"], counted: 95 })
    expect(cutFrom(times(30, {}, "2027-11-01"), [third, fourth], "2027-Q4").tables.year?.counted).toBe(30)
  })

  test("shows districts only below a province that was shown in each quarter", () => {
    const south = { province: "south", district: "s1" }
    const third = cutFrom([...times(40, {}, "2026-08-01"), ...times(8, south, "2026-08-01"), ...times(9, { province: "island", district: "i1" }, "2026-08-01")], [], "2026-Q3")
    const fourth = cutFrom([...times(40), ...times(30, south), ...times(30, { province: "island", district: "i1" }), ...times(30, { province: "not-said" })], [third])
    expect(rowsOf(fourth, "province-quarter")["south"]).toBe(30)
    expect(rowsOf(fourth, "province-year")).toMatchObject({ north: 80, south: null })
    expect(Object.entries(rowsOf(fourth, "district-year")).filter(([id, count]) => id.startsWith("south/") && count !== null)).toEqual([])
  })

  test("says of an action that is hidden nothing that came of it", () => {
    // Nearly all went to the police: that is hidden, as those who didn't would be few, and so is all that came of it.
    const police = OPTIONS.outcome.flatMap((outcome) => times(20, { actions: [{ action: "police", outcome }] }))
    const release = cutFrom([...police, ...times(4, { actions: [{ action: "blocked", outcome: "helped" }] })])
    const rows = rowsOf(release, "action-year")
    expect(rows["police"]).toBeNull()
    expect(Object.entries(rows).filter(([id, count]) => id.includes("/") && count !== null)).toEqual([])
  })

  test("counts a report from another country elsewhere, though that has a province of the same name", () => {
    const release = cutFrom([...everywhere(), ...times(25, { country: "IN" }), ...times(15, { country: "not-said" })])
    expect(rowsOf(release, "province-quarter")).toEqual({ north: 20, south: 20, island: 20, elsewhere: 60 })
    expect(release.tallies.area).toMatchObject({ "north/n1": 20, "elsewhere/not-said": 60 })
  })

  test("sums a year from the quarters of its own country only", () => {
    const abroad = cut({
      ...cutting,
      reports: ["north", "south", "island", "not-said"].flatMap((province) => times(20, { country: "IN", province }, "2026-08-01")),
      quarter: "2026-Q3",
      areas: { ...AREAS, country: "IN" },
    })
    const here = cutFrom(everywhere(), [abroad])
    expect(here.tables.year).toEqual({ year: "2026", quarters: ["2026-Q4"], counted: 80 })
    expect(rowsOf(here, "province-year")).toEqual({ north: 20, south: 20, island: 20, elsewhere: 20 })
  })

  test("counts what is too little to stand alone with other, and says so", () => {
    const table = cutFrom(["images", "threats", "doxxing", "other", "not-said"].flatMap((act) => times(act === "not-said" ? 4 : 30, { acts: [act] }))).tables.tables.find(
      ({ id }) => id === "act-year",
    )
    expect(table?.rows.find(({ id }) => id === "other")).toEqual({ id: "other", count: 34, with: ["not-said"] })
    expect(table?.rows.some(({ id }) => id === "not-said")).toBe(false)
  })

  test("counts a report once for each thing it names, however often it names it", () => {
    const { tallies } = cutFrom(
      times(20, {
        acts: ["images", "images", "not-said", "what nobody knows"],
        actions: [
          { action: "police", outcome: "helped" },
          { action: "police", outcome: "no-change" },
          { action: "nothing", outcome: "helped" },
        ],
      }),
    )
    expect(tallies.act).toEqual({ images: 20, threats: 0, doxxing: 0, other: 20, "not-said": 0 })
    expect(tallies.tried).toMatchObject({ police: 20, nothing: 0 })
    expect(tallies.outcome).toMatchObject({ "police/helped": 20, "police/no-change": 0 })
  })

  test("counts each report of many releases exactly once", () => {
    const { releases, counted } = livesOf({ seed: 3, first: "2026-Q2", sizes: [40, 5, 80, 200, 9, 30], skew: 1.2, late: 0.5, silent: 0.2 })
    expect(releases.reduce((sum, { tables }) => sum + tables.counted, 0)).toBe(counted.length)
  })
})

describe("a quarter", () => {
  test("is written, begins and ends as the calendar has it", () => {
    expect([quarterIn("2026-Q3"), quarterIn("2026-Q5"), quarterIn("Q3")]).toEqual(["2026-Q3", undefined, undefined])
    expect([quarterOf("2026-09-30"), nextQuarter("2026-Q4"), endOf("2026-Q4")]).toEqual(["2026-Q3", "2027-Q1", "2027-01-01"])
  })

  test("may be cut thirty days after its end, in order, once", () => {
    expect(mayCut("2026-Q3", [], "2026-10-30")).toEqual({ why: "too-early", from: "2026-10-31" })
    expect(mayCut("2026-Q3", [], "2026-10-31")).toBeUndefined()
    expect(mayCut("2026-Q3", ["2026-Q3"], "2026-12-01")).toEqual({ why: "cut-already" })
    expect(mayCut("2026-Q4", ["2026-Q2"], "2027-03-01")).toEqual({ why: "another-first", next: "2026-Q3" })
    expect(mayCut("2026-Q1", ["2026-Q2"], "2027-03-01")).toEqual({ why: "another-first", next: "2026-Q3" })
  })

  test("is due after the newest release, or with the oldest report, or as the last that may be cut", () => {
    expect(dueQuarter(["2026-Q1", "2026-Q2"], "2026-01-01", "2026-12-01")).toBe("2026-Q3")
    expect(dueQuarter([], "2026-05-01", "2026-12-01")).toBe("2026-Q2")
    expect(dueQuarter([], undefined, "2026-11-21")).toBe("2026-Q3")
  })
})
