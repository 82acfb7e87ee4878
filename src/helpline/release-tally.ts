import { NOT_SAID } from "../flows/report-shapes.ts"
import type { CountedAreas, CountedOptions, Countable, Tallies } from "./release-shapes.ts"
import type { Coding } from "./report-view.ts"

/** Where a report is counted that names no province of the country: another country, or none at all. */
export const ELSEWHERE = "elsewhere"
/** Where a word that the taxonomy doesn't know is counted. */
export const OTHER = "other"
/** Nothing was tried, nothing was said: never named beside something that was, and nothing comes of them. */
export const ALONE: readonly string[] = ["nothing", NOT_SAID]

/**
 * Counts reports, each once in whatever allows one answer and once in each row that it names elsewhere. What isn't in
 * the areas or the taxonomy counts as not said, elsewhere or other; of two outcomes of one action the first counts.
 */
export function tally(reports: readonly Countable[], areas: CountedAreas, options: CountedOptions): Tallies {
  const area = new Counter(placesOf(areas).map(({ province, district }) => `${province}/${district}`))
  const relation = new Counter(options.relation)
  const act = new Counter(options.act)
  const platform = new Counter(options.platform)
  const tried = new Counter(options.tried)
  const outcome = new Counter(options.tried.flatMap((action) => options.outcome.map((result) => `${action}/${result}`)))
  for (const { coding } of reports) {
    area.add(placeOf(coding, areas.country, area))
    relation.add(relation.has(coding.relation) ? coding.relation : NOT_SAID)
    for (const one of named(coding.acts, act)) act.add(one)
    for (const one of named(coding.platforms, platform)) platform.add(one)
    const actions = named(
      coding.actions.map(({ action }) => action),
      tried,
    )
    for (const one of actions) {
      tried.add(one)
      const result = coding.actions.find(({ action }) => (tried.has(action) ? action : OTHER) === one)?.outcome ?? NOT_SAID
      outcome.add(`${one}/${options.outcome.includes(result) && !ALONE.includes(one) ? result : NOT_SAID}`)
    }
  }
  return { reports: reports.length, area: area.counts, relation: relation.counts, act: act.counts, platform: platform.counts, tried: tried.counts, outcome: outcome.counts }
}

/** Adds up what several releases counted. */
export function sumOf(tallies: readonly Tallies[]): Tallies {
  const add = (pick: (one: Tallies) => Readonly<Record<string, number>>) => {
    const sum = new Counter([])
    for (const one of tallies) for (const [id, count] of Object.entries(pick(one))) sum.add(id, count)
    return sum.counts
  }
  return {
    reports: tallies.reduce((sum, { reports }) => sum + reports, 0),
    area: add(({ area }) => area),
    relation: add(({ relation }) => relation),
    act: add(({ act }) => act),
    platform: add(({ platform }) => platform),
    tried: add(({ tried }) => tried),
    outcome: add(({ outcome }) => outcome),
  }
}

/** Every place that a report may be counted in: each province with its districts and "not said", and elsewhere. */
function placesOf({ provinces }: CountedAreas): readonly { readonly province: string; readonly district: string }[] {
  const named = provinces.flatMap(({ id, districts }) => [...districts, NOT_SAID].map((district) => ({ province: id, district })))
  return [...named, { province: ELSEWHERE, district: NOT_SAID }]
}

/** Provinces of two countries may have one id, so the country is looked at first. */
function placeOf({ country, province, district }: Coding, home: string, known: Counter): string {
  if (country !== home) return `${ELSEWHERE}/${NOT_SAID}`
  if (known.has(`${province}/${district}`)) return `${province}/${district}`
  return known.has(`${province}/${NOT_SAID}`) ? `${province}/${NOT_SAID}` : `${ELSEWHERE}/${NOT_SAID}`
}

/** What was named, each once; "nothing" and "not said" only where nothing else was. */
function named(ids: readonly string[], known: Counter): readonly string[] {
  const all = new Set(ids.map((id) => (known.has(id) ? id : OTHER)))
  const said = [...all].filter((id) => !ALONE.includes(id))
  return said.length > 0 ? said : [ALONE.find((id) => all.has(id)) ?? NOT_SAID]
}

class Counter {
  readonly counts: Record<string, number>
  constructor(ids: readonly string[]) {
    this.counts = Object.fromEntries(ids.map((id) => [id, 0]))
  }
  has(id: string): boolean {
    return Object.hasOwn(this.counts, id)
  }
  add(id: string, count = 1): void {
    this.counts[id] = (this.counts[id] ?? 0) + count
  }
}
