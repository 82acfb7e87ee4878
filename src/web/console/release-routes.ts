import { z } from "zod"
import { withinName, type RowNames } from "../../helpline/release-names.ts"
import { quarterIn } from "../../helpline/release-quarter.ts"
import type { ReleaseTables } from "../../helpline/release-shapes.ts"
import type { Releases } from "../../helpline/release-view.ts"
import { TABLES } from "../../helpline/release-words.ts"
import { get, post, type Route } from "./router.ts"

const WHO = ["officer", "admin"] as const
const quarter = z.string().refine((text) => quarterIn(text) !== undefined)

/** What officers and admins do with public numbers: see what a release would show, and cut it. Nobody sees what it hides. */
export function releaseRoutes(releases: Releases, names: RowNames): readonly Route[] {
  return [
    get("releases", WHO, async () => {
      const [next, all] = await Promise.all([releases.next(), releases.published()])
      return { json: { next, releases: all.toReversed().map(({ cutOn, tables }) => ({ quarter: tables.quarter, cutOn, counted: tables.counted })) } }
    }),
    get("releases/preview", WHO, async () => {
      const { quarter, tables, notNow, uncoded } = await releases.preview(undefined)
      return { json: { quarter, notNow, uncoded, counted: tables.counted, year: tables.year, tables: labelled(tables, names) } }
    }),
    post("releases", WHO, z.object({ quarter }), async ({ signed, body }) => {
      const done = await releases.make(signed.id, quarterIn(body.quarter))
      return done.made ? { json: { ok: true, counted: done.tables.counted } } : { json: { ok: false, why: done.notNow.why }, status: 409 }
    }),
  ]
}

function labelled({ tables }: ReleaseTables, names: RowNames) {
  return tables.map((table) => ({
    id: table.id,
    title: TABLES[table.id].title,
    period: table.period,
    of: table.of,
    rows: table.rows.map((row) => ({ key: `${row.within ?? ""}/${row.id}`, within: withinName(names, table, row) ?? null, name: names(table.id, row), count: row.count })),
  }))
}
