import { NOT_SAID } from "../flows/report-shapes.ts"
import type { CountedAreas, CountedOptions, ReleaseTables, Row, Table, TableId } from "./release-shapes.ts"
import { ELSEWHERE, OTHER } from "./release-tally.ts"
import type { TaxonomyFile } from "./taxonomy.ts"

/** What the pages have to know of a country's areas: names in English, and a map where there is one. */
export type NamedAreas = {
  readonly country: string
  readonly provinces: readonly { readonly id: string; readonly names: { readonly en: string }; readonly districts: readonly { readonly id: string; readonly en: string }[] }[]
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
const OUTCOMES: Readonly<Record<string, string>> = {
  helped: "It helped",
  partly: "It helped in part",
  nothing: "Nothing changed",
  refused: "Refused",
  worse: "It got worse",
  [NOT_SAID]: "Not said",
}

const AXES = { "act-year": "act", "platform-year": "platform", "relation-year": "relation", "action-year": "tried" } as const

/** The options that are counted, in the order of the taxonomy. */
export function countedOptions({ groups }: TaxonomyFile): CountedOptions {
  const of = (id: string) => groups.find((group) => group.id === id)?.options.map((option) => option.id) ?? [OTHER, NOT_SAID]
  const outcome = groups.some(({ id }) => id === "outcome") ? of("outcome") : Object.keys(OUTCOMES)
  return { act: of("act"), platform: of("platform"), relation: of("relation"), tried: of("tried"), outcome }
}

/** The places of a country that are counted; without a list of them, reports are counted without places. */
export function countedAreas(country: string, areas: NamedAreas | undefined): CountedAreas {
  return { country, provinces: areas?.provinces.map(({ id, districts }) => ({ id, districts: districts.map((district) => district.id) })) ?? [] }
}

/** How the rows of public tables are called, in English. What has no name any more is called by its id. */
export function rowNames(taxonomy: TaxonomyFile, areas: NamedAreas | undefined): RowNames {
  const option = (group: string, id: string) => taxonomy.groups.find((one) => one.id === group)?.options.find((one) => one.id === id)?.names.en
  const province = (id: string) => (id === ELSEWHERE ? "Elsewhere, or not said" : (areas?.provinces.find((one) => one.id === id)?.names.en ?? id))
  const axis = (table: TableId, id: string) => (Object.hasOwn(AXES, table) ? option(AXES[table as keyof typeof AXES], id) : undefined) ?? (id === OTHER ? "Something else" : id)
  return (table, { id, within, with: folded }) => {
    if (table === "province-quarter" || table === "province-year") return province(id)
    if (table === "district-year")
      return id === NOT_SAID ? "District not said" : (areas?.provinces.find((one) => one.id === within)?.districts.find((one) => one.id === id)?.en ?? id)
    if (within !== undefined) return option("outcome", id) ?? OUTCOMES[id] ?? id
    return [axis(table, id), ...(folded ?? []).map((one) => lower(axis(table, one)))].join(", or ")
  }
}

/** What stands around a row: the name of its province or its action. */
export function withinName(names: RowNames, table: Table, { within }: Row): string | undefined {
  if (within === undefined) return undefined
  if (table.id === "district-year") return names("province-year", { id: within, count: null })
  return names(table.id, table.rows.find((row) => row.id === within && row.within === undefined) ?? { id: within, count: null })
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
