import { everyArea, type AreaFile } from "../../helpline/areas.ts"
import type { DirectoryFile } from "../../helpline/content.ts"
import type { Language } from "../../helpline/language.ts"
import type { TaxonomyFile } from "../../helpline/taxonomy.ts"

type Named = { readonly id: string; readonly label: string }

/** What a report is coded to, in the words of one language. */
export type ReportFrame = {
  readonly groups: readonly (Named & { readonly options: readonly (Named & { readonly as: readonly string[] })[] })[]
  /** By country (ISO 3166-1 alpha-2). A browser knows the names of countries. */
  readonly areas: readonly { readonly id: string; readonly provinces: readonly (Named & { readonly districts: readonly Named[] })[] }[]
  /** The country that releases and stories are about. */
  readonly home: string
  /** What places below the province are called, however it is written: nothing of it belongs into a story. */
  readonly places: readonly string[]
  /** The group that a report may be shared with, by its name. */
  readonly group?: string | undefined
}

/** What the frame is made of. */
export type FrameParts = {
  readonly taxonomy: TaxonomyFile
  readonly areas: readonly AreaFile[]
  readonly directory: readonly DirectoryFile[]
  readonly home: string
  readonly group: string | undefined
}

/** The coding frame in a language; each option with what others who collect such accounts call it. */
export function frameIn({ taxonomy, areas, directory, home, group }: FrameParts, language: Language): ReportFrame {
  const { crosswalks, groups } = taxonomy
  const walks = (as: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(as).flatMap(([walk, codes]) => codes.map((code) => `${crosswalks[walk]?.name ?? walk}: ${crosswalks[walk]?.codes[code] ?? code}`))
  const named = ({ id, names }: { readonly id: string; readonly names: Readonly<Record<Language, string>> }): Named => ({ id, label: names[language] })
  const districts = areas.flatMap(({ provinces }) => provinces.flatMap((province) => province.districts))
  return {
    groups: groups.map((one) => ({ ...named(one), options: one.options.map((option) => ({ ...named(option), as: walks(option.as) })) })),
    areas: everyArea(areas, directory).map(({ country, provinces }) => ({
      id: country,
      provinces: provinces.map((province) => ({
        ...named(province),
        districts: province.districts.map(({ id, en, ur }) => ({ id, label: language === "ur" ? ur : en })),
      })),
    })),
    home,
    places: districts.flatMap(({ en, ur, also }) => [en, ur, ...also]),
    group,
  }
}
