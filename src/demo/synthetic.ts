import { provincesIn, type Areas } from "../flows/areas.ts"
import { NOT_SAID, type Consents, type Report } from "../flows/report-shapes.ts"
import type { TaxonomyFile } from "../helpline/taxonomy.ts"
import { LANGUAGES } from "../locales/texts.ts"
import { drawing } from "./drawing.ts"

/** A report that nobody ever gave. */
export type Synthetic = { readonly month: string; readonly report: Report; readonly consents: Consents }

/**
 * Reports of people who don't exist, for trying things out: the same each time for the same seed. How often what is said
 * follows published tables as far as there are any: of the Digital Rights Foundation's helpline in Pakistan (2022: Punjab
 * 1,712, Sindh 354, Khyber Pakhtunkhwa 144 of 2,695; 58.6 % women; 52 % aged 18 to 30; in 2017 a fifth didn't say where),
 * and of Take Back the Tech! (2012 to 2014: somebody known 41 %, unknown 30 %, a group 14 %; 56 % took action, of which
 * 69 % went to police or state; six in ten of those weren't looked into). Everything else is made up.
 * @param months those in which they are filed, as `2026-10`, each as likely as the other
 */
export function synthetic(
  { taxonomy, areas, country }: { readonly taxonomy: TaxonomyFile; readonly areas: Areas; readonly country: string },
  { seed, count, months }: { readonly seed: number; readonly count: number; readonly months: readonly string[] },
): readonly Synthetic[] {
  const draw = drawing(seed)
  const pick = <T>(all: readonly T[]): T => all[Math.floor(draw() * all.length)] as T
  const chance = (share: number) => draw() < share
  const options = (group: string) => (taxonomy.groups.find(({ id }) => id === group)?.options ?? []).map(({ id }) => id).filter((id) => id !== NOT_SAID && id !== "other")
  const [acts, platforms, harms, actions, outcomes] = ["act", "platform", "harm", "tried", "outcome"].map(options) as [string[], string[], string[], string[], string[]]
  const provinces = provincesIn(areas, country)

  /** One of a list, the first far oftener than the last (Zipf). */
  const ranked = <T>(all: readonly T[]): T => {
    const weights = all.map((_, rank) => 1 / (rank + 1))
    return weighed(all, weights)
  }
  const weighed = <T>(all: readonly T[], weights: readonly number[]): T => {
    let left = draw() * weights.reduce((sum, weight) => sum + weight, 0)
    return all.find((_, place) => (left -= weights[place] ?? 0) < 0) ?? (all.at(-1) as T)
  }
  const some = (all: readonly string[], most: number) => [...new Set(Array.from({ length: 1 + Math.floor(draw() * most) }, () => ranked(all)))]
  const where = () => {
    const said = provinces.length > 0 && chance(0.8)
    if (!said) return { province: NOT_SAID, district: NOT_SAID }
    const province = weighed(
      provinces,
      provinces.map(({ code }) => SHARES[code] ?? 0.03),
    )
    const large = [...province.districts].sort((a, b) => Number(LARGE.has(b.code)) - Number(LARGE.has(a.code)))
    return { province: province.code, district: large.length > 0 && chance(0.75) ? ranked(large).code : NOT_SAID }
  }
  const done = () => {
    if (!chance(0.56)) return [{ action: "nothing", outcome: NOT_SAID }]
    const police = chance(0.69)
    const first = police ? "authorities" : pick(actions.filter((action) => action !== "nothing" && action !== "authorities"))
    const outcome = outcomes.length === 0 ? NOT_SAID : police && chance(0.6) && outcomes.includes("nothing") ? "nothing" : pick(outcomes)
    return [{ action: first, outcome }]
  }

  return Array.from({ length: count }, (_, n) => {
    const month = pick(months)
    const language = weighed(LANGUAGES, [2, 4, 3, 1, 1])
    const report: Report = {
      language,
      about: weighed(["self", "someone-else", "group", NOT_SAID], [70, 20, 3, 7]),
      acts: some(acts, 3),
      platforms: some(platforms, 2),
      relation: weighed(
        ["partner", "ex-partner", "family", "work-school", "known", "stranger", "group", "state", "company", "not-known", NOT_SAID],
        [9, 11, 5, 6, 10, 16, 14, 2, 3, 14, 10],
      ),
      harms: chance(0.85) ? some(harms, 3) : [],
      actions: done(),
      when: weighed([month, month.slice(0, 4), "ongoing", NOT_SAID], [40, 10, 35, 15]),
      country,
      ...where(),
      age: weighed(["under-18", "from-18-to-30", "from-31-to-45", "over-45", NOT_SAID], [4, 52, 22, 6, 16]),
      gender: weighed(["woman", "man", "trans", "another", NOT_SAID], [59, 25, 2, 1, 13]),
      words: chance(0.7) ? [`Made-up account ${n + 1}: nobody wrote this, and nothing in it happened.`] : [],
    }
    return { month, report, consents: { keep: chance(0.5), count: chance(0.85), share: chance(0.2), publish: chance(0.1), wording: "report-1" } }
  })
}

const SHARES: Readonly<Record<string, number>> = { punjab: 0.635, sindh: 0.131, "khyber-pakhtunkhwa": 0.053, islamabad: 0.05 }
/** Where most people live; they come first. */
const LARGE: ReadonlySet<string> = new Set([
  "lahore",
  "faisalabad",
  "rawalpindi",
  "gujranwala",
  "multan",
  "karachi",
  "hyderabad",
  "sukkur",
  "peshawar",
  "mardan",
  "swat",
  "quetta",
  "islamabad",
  "gilgit",
  "muzaffarabad",
])
