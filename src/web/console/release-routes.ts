import { z } from "zod"
import { quarterIn } from "../../helpline/release-quarter.ts"
import type { ReleaseTables } from "../../helpline/release-shapes.ts"
import type { Releases } from "../../helpline/release-view.ts"
import type { ReleaseWords } from "../../helpline/release-words.ts"
import { get, post, type Route } from "./router.ts"

const WHO = ["officer", "admin"] as const
const quarter = z.string().refine((text) => quarterIn(text) !== undefined)

/** What officers and admins do with public numbers: see what a release would show, and cut it. Nobody sees what it hides. */
export function releaseRoutes(releases: Releases, words: ReleaseWords): readonly Route[] {
  return [
    get("releases", WHO, async () => {
      const [next, all] = await Promise.all([releases.next(), releases.published()])
      return { json: { next, releases: all.toReversed().map(({ cutOn, tables }) => ({ quarter: tables.quarter, cutOn, counted: tables.counted })) } }
    }),
    get("releases/preview", WHO, async () => {
      const { quarter, tables, notNow, uncoded } = await releases.preview(undefined)
      return { json: { quarter, notNow, uncoded, counted: tables.counted, year: tables.year, tables: labelled(tables, words) } }
    }),
    post("releases", WHO, z.object({ quarter }), async ({ signed, body }) => {
      const done = await releases.make(signed.id, quarterIn(body.quarter))
      return done.made ? { json: { ok: true, counted: done.tables.counted } } : { json: { ok: false, why: done.notNow.why }, status: 409 }
    }),
  ]
}

function labelled({ tables }: ReleaseTables, words: ReleaseWords) {
  return tables.map((table) => ({
    id: table.id,
    title: words.say(`numbers.table.${table.id}.title`),
    period: table.period,
    of: table.of,
    rows: table.rows.map((row) => ({ key: `${row.within ?? ""}/${row.id}`, within: words.within(table, row) ?? null, name: words.names(table.id, row), count: row.count })),
  }))
}
