import fc from "fast-check"
import { drawing } from "../../src/demo/drawing.ts"
import { cut } from "../../src/helpline/release.ts"
import { endOf, nextQuarter } from "../../src/helpline/release-quarter.ts"
import type { Countable, CountedAreas, CountedOptions, Lot, Quarter, Release } from "../../src/helpline/release-shapes.ts"
import type { Coding } from "../../src/helpline/report-view.ts"

/** A small country and a small taxonomy, in which everything that can go wrong can. */
export const AREAS: CountedAreas = {
  country: "PK",
  provinces: [
    { id: "north", districts: ["n1", "n2", "n3"] },
    { id: "south", districts: ["s1", "s2"] },
    { id: "island", districts: ["i1"] },
  ],
}
export const OPTIONS: CountedOptions = {
  act: ["images", "threats", "doxxing", "other", "not-said"],
  platform: ["chat", "video", "other", "not-said"],
  relation: ["partner", "stranger", "family", "not-known", "not-said"],
  tried: ["nothing", "blocked", "police", "other", "not-said"],
  outcome: ["helped", "no-change", "not-said"],
}

/** A world of some quarters: how many reports each brings, how unlike each other, how many of them are coded late. */
export type World = { readonly seed: number; readonly first: Quarter; readonly sizes: readonly number[]; readonly skew: number; readonly late: number; readonly silent: number }

export const worlds: fc.Arbitrary<World> = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  first: fc.constantFrom("2026-Q1", "2026-Q1", "2026-Q1", "2026-Q2", "2026-Q3"),
  sizes: fc.array(fc.oneof(fc.integer({ min: 0, max: 24 }), fc.integer({ min: 20, max: 90 }), fc.integer({ min: 60, max: 400 })), { minLength: 4, maxLength: 6 }),
  skew: fc.constantFrom(0, 0.6, 1.2, 2.5),
  late: fc.constantFrom(0, 0.1, 0.5),
  silent: fc.constantFrom(0.02, 0.2, 0.7),
})

/** A lot as the keyring gives it: by name, the same each time. */
export function lotOf(seed: number): Lot {
  return (name) => drawing([...name].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16777619), seed))()
}

/** A report with the release that counted it. */
export type Counted = Countable & { readonly counted: Quarter }

/** All releases of a world, one after the other, and who was counted in which. */
export function livesOf(world: World): { readonly releases: readonly Release[]; readonly counted: readonly Counted[] } {
  const chance = drawing(world.seed)
  const order = new Map<readonly string[], readonly string[]>()
  const pick = (from: readonly string[]): string => {
    // Which is the common one differs from world to world.
    const shuffled = order.get(from) ?? from.toSorted(() => chance() - 0.5)
    order.set(from, shuffled)
    const weights = shuffled.map((_, i) => 1 / (i + 1) ** world.skew)
    let left = chance() * weights.reduce((a, b) => a + b, 0)
    return shuffled.find((_, i) => (left -= weights[i] ?? 0) < 0) ?? shuffled[0] ?? ""
  }
  const said = (from: readonly string[]) => (chance() < world.silent ? "not-said" : pick(from))
  const some = (from: readonly string[]) => (chance() < world.silent ? [] : Array.from({ length: chance() < 0.6 ? 1 : 2 }, () => pick(from)))
  const provinces = [...AREAS.provinces.map(({ id }) => id), "not-said"]
  const districts = new Map(AREAS.provinces.map((one) => [one.id, one.districts]))
  const codings = (): Coding => {
    const province = pick(provinces)
    return {
      about: "self",
      harms: [],
      age: "not-said",
      gender: "not-said",
      // Abroad, too, there is a north.
      country: chance() < 0.05 ? "IN" : AREAS.country,
      province,
      district: said(districts.get(province) ?? ["not-said"]),
      relation: said(OPTIONS.relation),
      acts: some(OPTIONS.act),
      platforms: some(OPTIONS.platform),
      actions: some(OPTIONS.tried).map((action) => ({ action, outcome: said(OPTIONS.outcome) })),
    }
  }
  let waiting: (Countable & { readonly coded: number })[] = []
  const releases: Release[] = []
  const counted: Counted[] = []
  let quarter = world.first
  for (const [i, size] of world.sizes.entries()) {
    for (let n = 0; n < size; n += 1) {
      const month = `${quarter.slice(0, 4)}-${String((Number(quarter.at(-1)) - 1) * 3 + 1 + Math.floor(chance() * 3)).padStart(2, "0")}-01`
      waiting.push({ month, coding: codings(), coded: chance() < world.late ? i + 1 + Math.floor(chance() * 2) : i })
    }
    const reports = waiting.filter(({ coded }) => coded <= i)
    const release = cut({ reports, earlier: releases, quarter, areas: AREAS, options: OPTIONS, taxonomy: 1, lot: lotOf(world.seed) })
    releases.push(release)
    if (release.tables.counted > 0) {
      const here = quarter
      const taken = reports.filter(({ month }) => month < endOf(here))
      counted.push(...taken.map((one) => ({ month: one.month, coding: one.coding, counted: here })))
      waiting = waiting.filter((one) => !taken.includes(one))
    }
    quarter = nextQuarter(quarter)
  }
  return { releases, counted }
}
