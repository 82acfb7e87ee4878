import type { Texts } from "../locales/texts.ts"
import { publicWords, type Language, type PublicWords } from "./public-words.ts"
import { rowNames, type NamedAreas, type RowNames } from "./release-names.ts"
import { THRESHOLD, type ReleaseTables, type Row, type Table } from "./release-shapes.ts"
import type { PublicStory } from "./release-view.ts"
import type { TaxonomyFile } from "./taxonomy.ts"

/** The licence of all that is published here. */
export const LICENCE = { name: "CC BY 4.0", url: "https://creativecommons.org/licenses/by/4.0/" } as const

/** What is said of releases, in one language. */
export type ReleaseWords = PublicWords & {
  /** What stands beside every chart and map. */
  readonly notHowOften: string
  /** What a hidden number is. */
  readonly hidden: string
  readonly names: RowNames
  /** The name of what a row is part of: its province, or its action. */
  readonly within: (table: Table, row: Row) => string | undefined
  /** A row with what it is part of: “Punjab: Lahore”. */
  readonly label: (table: Table, row: Row) => string
  /** `2026-Q4` as people say it: October to December 2026. A year stays one. */
  readonly period: (period: string) => string
  /** `2026-Q4` in a few letters: Q4. */
  readonly quarter: (quarter: string) => string
  /** Where and when a story is from. */
  readonly from: (story: Pick<PublicStory, "province" | "when">) => string
}

/** The words of every language, each made once. */
export function createReleaseWords(texts: Texts, taxonomy: TaxonomyFile, areas: NamedAreas | undefined): (language: Language) => ReleaseWords {
  const made = new Map<Language, ReleaseWords>()
  return (language) => {
    const words = made.get(language) ?? wordsIn(publicWords(texts, language), taxonomy, areas)
    made.set(language, words)
    return words
  }
}

function wordsIn(words: PublicWords, taxonomy: TaxonomyFile, areas: NamedAreas | undefined): ReleaseWords {
  const { say, language } = words
  const names = rowNames(taxonomy, areas, words)
  const within = (table: Table, row: Row) => {
    if (row.within === undefined) return undefined
    if (table.id === "district-year") return names("province-year", { id: row.within, count: null })
    return names(table.id, table.rows.find((one) => one.id === row.within && one.within === undefined) ?? { id: row.within, count: null })
  }
  const when = (told: string) => {
    const [, year = "", season] = /^(\d{4})(?:-(spring|summer|autumn|winter))?$/.exec(told) ?? []
    return season === undefined ? year : say(`numbers.stories.${season as "spring" | "summer" | "autumn" | "winter"}`, { year })
  }
  return {
    ...words,
    notHowOften: say("numbers.not-how-often"),
    hidden: say("numbers.hidden", { threshold: words.number(THRESHOLD) }),
    names,
    within,
    label: (table, row) => {
      const whole = within(table, row)
      return whole === undefined ? names(table.id, row) : say("numbers.row.within", { whole, part: names(table.id, row) })
    },
    period: (period) => {
      const [, year = "", quarter] = /^(\d{4})-Q([1-4])$/.exec(period) ?? []
      return quarter === undefined ? period : say(`numbers.quarter.${quarter as "1" | "2" | "3" | "4"}`, { year })
    },
    quarter: (quarter) => say("numbers.quarter.short", { number: quarter.slice(-1) }),
    from: (story) => {
      const place = areas?.provinces.find(({ id }) => id === story.province)?.names[language] ?? say("numbers.stories.somewhere")
      return when(story.when) === "" ? place : say("numbers.stories.from", { place, when: when(story.when) })
    },
  }
}

/** A release at the terminal: each row with its number, hidden ones marked. */
export function previewLines({ quarter, counted, tables }: ReleaseTables, words: ReleaseWords): readonly string[] {
  if (counted === 0 && tables.length === 0) return [`${quarter}: fewer than ${THRESHOLD} reports. Nothing would be published; they wait for the next release.`]
  return tables.flatMap((table) => [
    `${words.say(`numbers.table.${table.id}.title`)} (${table.period}, ${table.of} reports)`,
    ...table.rows.map((row) => `${(row.count === null ? "hidden" : String(row.count)).padStart(8)}  ${words.label(table, row)}`),
  ])
}
