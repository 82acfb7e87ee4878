import type { Coding } from "./report-view.ts"

/** A count of one up to this less one is never published, and nothing is from which one follows. */
export const THRESHOLD = 11

/** A calendar quarter, `2026-Q3`. */
export type Quarter = `${number}-Q${1 | 2 | 3 | 4}`

/** The places that are counted: the provinces of one country (ISO 3166-1 alpha-2) in the order in which they are listed, with their districts. */
export type CountedAreas = { readonly country: string; readonly provinces: readonly { readonly id: string; readonly districts: readonly string[] }[] }

/** The options of each axis, in the order of the taxonomy. */
export type CountedOptions = {
  readonly act: readonly string[]
  readonly platform: readonly string[]
  readonly relation: readonly string[]
  readonly tried: readonly string[]
  readonly outcome: readonly string[]
}

/** A coded report whose consent says that it counts; `month` is its first day, `2026-07-01`. */
export type Countable = { readonly month: string; readonly coding: Coding }

export type TableId = "province-quarter" | "province-year" | "district-year" | "relation-year" | "act-year" | "platform-year" | "action-year"

/**
 * A published row. `count` is null where it is hidden: fewer than eleven (none, too), or withheld so that such a number
 * can't be worked out. `within`: the province of a district, the action of an outcome. `with`: options that are counted
 * in this row because they were too few to stand alone.
 */
export type Row = { readonly id: string; readonly within?: string | undefined; readonly count: number | null; readonly with?: readonly string[] | undefined }

/** A published table. `parts`: each report stands in one row; `named`: in each row that it names, so rows have no sum. */
export type Table = {
  readonly id: TableId
  /** `2026-Q3` or `2026`. */
  readonly period: string
  readonly unit: "parts" | "named"
  /** The reports that it is about. */
  readonly of: number
  readonly rows: readonly Row[]
}

/** All that is public of a release. `counted` is 0 where fewer than eleven reports were there: they wait for the next. */
export type ReleaseTables = {
  readonly shape: 1
  readonly quarter: Quarter
  readonly country: string
  readonly taxonomy: number
  readonly threshold: number
  readonly counted: number
  readonly tables: readonly Table[]
  /** The quarters of this year that its year tables are the sums of; only in a release that has some. */
  readonly year?: { readonly year: string; readonly quarters: readonly Quarter[]; readonly counted: number } | undefined
}

/** The true sums of what one release counted. Never published. */
export type Tallies = {
  readonly reports: number
  /** `province/district`, `elsewhere/not-said`. */
  readonly area: Readonly<Record<string, number>>
  readonly relation: Readonly<Record<string, number>>
  readonly act: Readonly<Record<string, number>>
  readonly platform: Readonly<Record<string, number>>
  readonly tried: Readonly<Record<string, number>>
  /** `action/outcome`. */
  readonly outcome: Readonly<Record<string, number>>
}

/** A release that was cut. */
export type Release = { readonly tables: ReleaseTables; readonly tallies: Tallies }

/**
 * A number in [0, 1) for a name: always the same for whoever holds the keyring, and chance for everybody else. It chooses
 * what is withheld to keep another number safe, so that who knows the rules by heart can't tell which of the two it is.
 */
export type Lot = (name: string) => number
