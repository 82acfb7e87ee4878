import type { Row, ReleaseTables, Table } from "../../src/helpline/release-shapes.ts"
import type { Coding } from "../../src/helpline/report-view.ts"
import { AREAS, OPTIONS, type Counted } from "./release-world.ts"

/**
 * What somebody can make of public tables. Everything that a report may say in a table is a kind; a public number is a sum
 * over kinds. Kinds, sums and cells are written down here anew from what the tables say, without the engine.
 */
export type Puzzle = {
  readonly kinds: readonly string[]
  /** Public: so many reports are of these kinds. */
  readonly known: readonly { readonly is: (kind: string) => boolean; readonly count: number }[]
  /** A number that a table has or might have had; `wide`: nobody may find out more than that it is ten or fewer. */
  readonly cells: readonly { readonly name: string; readonly is: (kind: string) => boolean; readonly wide: boolean }[]
  /** The kind of a report. */
  readonly kindOf: (report: Counted) => string | undefined
}

/** Every puzzle that releases pose. They have nothing in common but how many reports there are. */
export function puzzlesOf(releases: readonly ReleaseTables[]): readonly Puzzle[] {
  const years = releases.filter(({ year }) => year !== undefined && year.counted > 0)
  return [
    places(releases),
    ...years.flatMap((release) => [
      relations(release),
      several(release, "act-year", OPTIONS.act, (coding) => coding.acts),
      several(release, "platform-year", OPTIONS.platform, (coding) => coding.platforms),
      actions(release),
    ]),
  ]
}

const AT = "/"
const tableOf = (release: ReleaseTables, id: Table["id"]) => release.tables.find((table) => table.id === id)
const hasNumber = (row: Row): row is Row & { readonly count: number } => row.count !== null

/** Where and in which release: `2026-Q1/north/n1`. */
function places(releases: readonly ReleaseTables[]): Puzzle {
  const cuts = releases.filter(({ counted }) => counted > 0).map(({ quarter }) => quarter)
  const all = [...AREAS.provinces.flatMap(({ id, districts }) => [...districts, "not-said"].map((district) => `${id}${AT}${district}`)), `elsewhere${AT}not-said`]
  const provinces = [...AREAS.provinces.map(({ id }) => id), "elsewhere"]
  const inside = (quarters: readonly string[], place: string) => (kind: string) => {
    const [quarter = "", ...rest] = kind.split(AT)
    return quarters.includes(quarter) && `${rest.join(AT)}${AT}`.startsWith(place === "" ? "" : `${place}${AT}`)
  }
  const known = releases.flatMap(({ quarter, counted, year, tables }) => [
    { is: inside([quarter], ""), count: counted },
    ...(year === undefined ? [] : [{ is: inside(year.quarters, ""), count: year.counted }]),
    ...tables.flatMap(({ id, rows }) =>
      rows.filter(hasNumber).flatMap(({ id: row, within, count }) => {
        if (id === "province-quarter") return [{ is: inside([quarter], row), count }]
        if (id === "province-year") return [{ is: inside(year?.quarters ?? [], row), count }]
        if (id === "district-year") return [{ is: inside(year?.quarters ?? [], `${within ?? ""}${AT}${row}`), count }]
        return []
      }),
    ),
  ])
  const years = releases.flatMap(({ year }) => (year === undefined || year.counted === 0 ? [] : [year]))
  const spans = [...cuts.map((one) => [one]), ...years.map(({ quarters }) => quarters)]
  const byProvince = spans.flatMap((quarters) => provinces.map((place) => ({ name: `${quarters.join("+")} ${place}`, is: inside(quarters, place), wide: true })))
  const byDistrict = years.flatMap(({ year, quarters }) => all.map((place) => ({ name: `${year} ${place}`, is: inside(quarters, place), wide: true })))
  const wholes = spans.map((quarters) => ({ name: quarters.join("+"), is: inside(quarters, ""), wide: false }))
  return {
    kinds: cuts.flatMap((quarter) => all.map((place) => `${quarter}${AT}${place}`)),
    known,
    cells: [...wholes, ...byProvince, ...byDistrict],
    kindOf: ({ counted, coding }) => `${counted}${AT}${placeOf(coding)}`,
  }
}

function placeOf({ country, province, district }: Coding): string {
  const found = country === AREAS.country && AREAS.provinces.find(({ id }) => id === province)
  return !found ? `elsewhere${AT}not-said` : `${province}${AT}${found.districts.includes(district) ? district : "not-said"}`
}

const inYear = (release: ReleaseTables, { counted }: Counted) => release.year?.quarters.includes(counted) === true

function relations(release: ReleaseTables): Puzzle {
  const rows = tableOf(release, "relation-year")?.rows ?? []
  return {
    kinds: OPTIONS.relation,
    known: [whole(release), ...rows.filter(hasNumber).map(({ id, count }) => ({ is: (kind: string) => kind === id, count }))],
    cells: [
      ...OPTIONS.relation.map((id) => ({ name: id, is: (kind: string) => kind === id, wide: true })),
      // Two of them together are no row, and may not be few, either.
      ...pairs(OPTIONS.relation).map((two) => ({ name: two.join(" and "), is: (kind: string) => two.includes(kind), wide: false })),
    ],
    kindOf: (report) => (inYear(release, report) ? report.coding.relation : undefined),
  }
}

/** What may be named together: `images+threats`. */
function several(release: ReleaseTables, table: Table["id"], options: readonly string[], pick: (coding: Coding) => readonly string[]): Puzzle {
  const rows = tableOf(release, table)?.rows ?? []
  const naming = (ids: readonly string[]) => (kind: string) => kind.split("+").some((one) => ids.includes(one))
  const together = options.filter((one) => one !== "not-said")
  return {
    kinds: [...subsets(together), "not-said"],
    known: [whole(release), ...rows.filter(hasNumber).map((row) => ({ is: naming([row.id, ...(row.with ?? [])]), count: row.count }))],
    cells: [
      ...rows.map((row) => ({ name: row.id, is: naming([row.id, ...(row.with ?? [])]), wide: true })),
      { name: "not said", is: naming(["not-said"]), wide: false },
      { name: "anything", is: naming(together), wide: false },
    ],
    kindOf: (report) =>
      inYear(release, report)
        ? [...new Set(pick(report.coding))]
            .filter((one, _, all) => one !== "not-said" || all.length === 1)
            .toSorted(by(options))
            .join("+") || "not-said"
        : undefined,
  }
}

/** What was tried, and what came of each: `blocked=helped+police=not-said`. */
function actions(release: ReleaseTables): Puzzle {
  const rows = tableOf(release, "action-year")?.rows ?? []
  const together = OPTIONS.tried.filter((one) => one !== "not-said" && one !== "nothing")
  const kinds = subsets(together).flatMap((set) =>
    set
      .split("+")
      .reduce<readonly string[]>((all, action) => all.flatMap((begun) => OPTIONS.outcome.map((outcome) => `${begun}${begun === "" ? "" : "+"}${action}=${outcome}`)), [""]),
  )
  const isOf = (row: Row) => (kind: string) =>
    kind.split("+").some((one) => {
      const [action = "", outcome = "not-said"] = one.split("=")
      if (row.within === undefined) return [row.id, ...(row.with ?? [])].includes(action)
      const parent = rows.find(({ id, within }) => id === row.within && within === undefined)
      return [row.within, ...(parent?.with ?? [])].includes(action) && outcome === row.id
    })
  return {
    kinds: [...kinds, "nothing", "not-said"],
    known: [whole(release), ...rows.filter(hasNumber).map((row) => ({ is: isOf(row), count: row.count }))],
    cells: [
      ...rows.map((row) => ({ name: `${row.within ?? ""} ${row.id}`, is: isOf(row), wide: true })),
      { name: "anything", is: (kind: string) => kind.includes("="), wide: false },
      ...["nothing", "not-said"].map((id) => ({ name: id, is: (kind: string) => kind === id, wide: false })),
    ],
    kindOf: (report) => {
      if (!inYear(release, report)) return undefined
      const first = new Map<string, string>()
      for (const { action, outcome } of report.coding.actions) if (!first.has(action)) first.set(action, outcome)
      const tried = [...first].filter(([action]) => together.includes(action)).toSorted(([a], [b]) => by(together)(a, b))
      if (tried.length > 0) return tried.map(([action, outcome]) => `${action}=${outcome}`).join("+")
      return first.has("nothing") ? "nothing" : "not-said"
    },
  }
}

const whole = (release: ReleaseTables) => ({ is: () => true, count: release.year?.counted ?? 0 })
const by = (options: readonly string[]) => (a: string, b: string) => options.indexOf(a) - options.indexOf(b)
const pairs = (of: readonly string[]) => of.flatMap((one, i) => of.slice(i + 1).map((other) => [one, other]))

function subsets(of: readonly string[]): readonly string[] {
  return of.reduce<readonly string[]>((all, one) => [...all, ...all.map((set) => (set === "" ? one : `${set}+${one}`))], [""]).filter((set) => set !== "")
}
