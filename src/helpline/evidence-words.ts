import { THRESHOLD } from "./release-shapes.ts"
import type { PublicRelease } from "./release-view.ts"
import type { ReleaseWords } from "./release-words.ts"

/** What a pack is called. */
export function titleOf({ tables: { quarter, year } }: PublicRelease, { say, period }: ReleaseWords): string {
  return year === undefined ? say("evidence.title-quarter", { period: period(quarter) }) : say("evidence.title-year", { year: year.year })
}

/** How the numbers of a release were made, as paragraphs. */
export function methodOf({ tables: { quarter, year, taxonomy }, cutOn }: PublicRelease, { say, number, day, list }: ReleaseWords): readonly string[] {
  return [
    say("evidence.method.told"),
    say("evidence.method.consent"),
    say("evidence.method.unit"),
    say("evidence.method.frozen", { release: quarter, day: day(cutOn), version: number(taxonomy) }),
    ...(year === undefined ? [] : [say("evidence.method.year", { year: year.year, quarters: list(year.quarters) })]),
    say("evidence.method.hidden", { last: number(THRESHOLD - 1) }),
    say("evidence.method.places"),
  ]
}

/** What the numbers can't say. */
export function limitsOf({ say }: ReleaseWords): readonly string[] {
  return (["often", "severe", "change", "verified", "quotes"] as const).map((one) => say(`evidence.limits.${one}`))
}
