import { NOT_SAID } from "../flows/report-shapes.ts"
import type { Language, PublicWords } from "./public-words.ts"
import type { CountedAreas, CountedOptions, ReleaseTables, Row, TableId } from "./release-shapes.ts"
import { ELSEWHERE, OTHER } from "./release-tally.ts"
import type { TaxonomyFile } from "./taxonomy.ts"

/** What the pages have to know of a country's areas: names, and a map where there is one. Districts are written in two alphabets. */
export type NamedAreas = {
  readonly country: string
  readonly provinces: readonly {
    readonly id: string
    readonly names: Readonly<Record<Language, string>>
    readonly districts: readonly { readonly id: string; readonly en: string; readonly ur: string }[]
  }[]
  readonly map?: AreaMap | undefined
}

/** Areas as SVG path data. */
export type AreaMap = {
  readonly viewBox: string
  readonly source: string
  readonly licence: string
  readonly districts: readonly { readonly id: string; readonly province: string; readonly path: string }[]
}

/** The map of a release's own country; none where that has none, or was another one then. */
export function mapFor(areas: NamedAreas | undefined, { country }: Pick<ReleaseTables, "country">): AreaMap | undefined {
  return areas?.country === country ? areas.map : undefined
}

/** How rows are called in public. */
export type RowNames = (table: TableId, row: Row) => string

/** What came of an action, where the taxonomy has no group of its own for it. */
const OUTCOMES = ["helped", "partly", "nothing", "refused", "worse", NOT_SAID] as const

const AXES = { "act-year": "act", "platform-year": "platform", "relation-year": "relation", "action-year": "tried" } as const

/** The options that are counted, in the order of the taxonomy. */
export function countedOptions({ groups }: TaxonomyFile): CountedOptions {
  const of = (id: string) => groups.find((group) => group.id === id)?.options.map((option) => option.id) ?? [OTHER, NOT_SAID]
  const outcome = groups.some(({ id }) => id === "outcome") ? of("outcome") : [...OUTCOMES]
  return { act: of("act"), platform: of("platform"), relation: of("relation"), tried: of("tried"), outcome }
}

/** The places of a country that are counted; without a list of them, reports are counted without places. */
export function countedAreas(country: string, areas: NamedAreas | undefined): CountedAreas {
  return { country, provinces: areas?.provinces.map(({ id, districts }) => ({ id, districts: districts.map((district) => district.id) })) ?? [] }
}

/** How the rows of public tables are called, in a language. What has no name any more is called by its id. */
export function rowNames(taxonomy: TaxonomyFile, areas: NamedAreas | undefined, { say, language }: Pick<PublicWords, "say" | "language">): RowNames {
  const option = (group: string, id: string) => taxonomy.groups.find((one) => one.id === group)?.options.find((one) => one.id === id)?.names[language]
  const province = (id: string) => (id === ELSEWHERE ? say("numbers.row.elsewhere") : (areas?.provinces.find((one) => one.id === id)?.names[language] ?? id))
  const district = (within: string | undefined, id: string) =>
    id === NOT_SAID
      ? say("numbers.row.district-not-said")
      : areas?.provinces.find((one) => one.id === within)?.districts.find((one) => one.id === id)?.[language === "ur" ? "ur" : "en"]
  const outcome = (id: string) => OUTCOMES.find((one) => one === id)
  const axis = (table: TableId, id: string) =>
    (Object.hasOwn(AXES, table) ? option(AXES[table as keyof typeof AXES], id) : undefined) ?? (id === OTHER ? say("numbers.row.other") : id)
  return (table, { id, within, with: folded }) => {
    if (table === "province-quarter" || table === "province-year") return province(id)
    if (table === "district-year") return district(within, id) ?? id
    if (within !== undefined) {
      const known = outcome(id)
      return option("outcome", id) ?? (known === undefined ? id : say(`numbers.outcome.${known}`))
    }
    return (folded ?? []).reduce((first, one) => say("numbers.row.or", { first, second: lower(axis(table, one)) }), axis(table, id))
  }
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
