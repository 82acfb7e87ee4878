import type { ReleaseTables, Row, Table } from "./release-shapes.ts"
import type { ReleaseWords } from "./release-words.ts"

/**
 * A line of a table as people see it. `of`: what its share is of; for a result, its action. A `hidden` line stands for
 * all rows of its group that are: `left` is what they hold together, where the group has a sum.
 */
export type ShownLine = Counting<"row"> | Counting<"part"> | Hiding<"hidden"> | Hiding<"hidden-part">
type Counting<Kind> = { readonly kind: Kind; readonly name: string; readonly count: number; readonly of: number }
type Hiding<Kind> = { readonly kind: Kind; readonly names: readonly string[]; readonly left: number | undefined; readonly of: number }

/** Lines below one name: the districts of a province. A table of anything else is one group without a name. */
export type ShownGroup = { readonly name?: string; readonly whole?: number | undefined; readonly lines: readonly ShownLine[] }

/** A table in the order in which it is read. `closed`: provinces without a district that can be shown. `most`: its largest count. */
export type ShownTable = { readonly groups: readonly ShownGroup[]; readonly closed: readonly string[]; readonly most: number }

type Counted = Row & { readonly count: number }
const isCounted = (row: Row): row is Counted => row.count !== null
const byCount = (a: Counted, b: Counted) => b.count - a.count

/** Puts the rows of a table of a release in order, the largest first, and gathers what is hidden into one line for each group. */
export function shownTable({ tables }: ReleaseTables, table: Table, { names }: Pick<ReleaseWords, "names">): ShownTable {
  const most = Math.max(1, ...table.rows.map(({ count }) => count ?? 0))
  if (table.id !== "district-year") return { groups: groupOf(table, names), closed: [], most }
  const year = tables.find(({ id }) => id === "province-year")
  const provinces = [...new Set(table.rows.map(({ within }) => within ?? ""))].map((id) => {
    const rows = table.rows.filter(({ within }) => within === id)
    const whole = year?.rows.find((row) => row.id === id)?.count ?? undefined
    const shown = rows.filter(isCounted).toSorted(byCount)
    const lines: readonly ShownLine[] = [
      ...shown.map((row) => ({ kind: "row" as const, name: names(table.id, row), count: row.count, of: whole ?? table.of })),
      ...hiddenOf(rows, (row) => names(table.id, row), whole, "hidden"),
    ]
    return { name: names("province-year", { id, count: null }), whole, lines, open: shown.length > 0 }
  })
  return { groups: provinces.filter(({ open }) => open), closed: provinces.filter(({ open }) => !open).map(({ name }) => name), most }
}

function groupOf(table: Table, names: ReleaseWords["names"]): readonly ShownGroup[] {
  const top = table.rows.filter(({ within }) => within === undefined)
  const shown = top.filter(isCounted).toSorted(byCount)
  if (shown.length === 0) return []
  const name = (row: Row) => names(table.id, row)
  const lines = shown.flatMap((row): readonly ShownLine[] => {
    const parts = table.rows.filter(({ within }) => within === row.id)
    const open = parts.filter(isCounted).toSorted(byCount)
    return [
      { kind: "row", name: name(row), count: row.count, of: table.of },
      ...open.map((part) => ({ kind: "part" as const, name: name(part), count: part.count, of: row.count })),
      ...(open.length === 0 ? [] : hiddenOf(parts, name, row.count, "hidden-part")),
    ]
  })
  return [{ lines: [...lines, ...hiddenOf(top, name, table.unit === "parts" ? table.of : undefined, "hidden")] }]
}

function hiddenOf(rows: readonly Row[], name: (row: Row) => string, whole: number | undefined, kind: "hidden" | "hidden-part"): readonly ShownLine[] {
  const hidden = rows.filter((row) => !isCounted(row))
  if (hidden.length === 0) return []
  const left = whole === undefined ? undefined : whole - rows.reduce((sum, { count }) => sum + (count ?? 0), 0)
  return [{ kind, names: hidden.map(name), left, of: whole ?? 0 }]
}
