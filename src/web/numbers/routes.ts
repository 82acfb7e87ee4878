import { Hono, type Context } from "hono"
import { barChart } from "../../helpline/release-chart.ts"
import { csvOf, jsonOf, linesOf } from "../../helpline/release-files.ts"
import type { NamedAreas, RowNames } from "../../helpline/release-names.ts"
import { THRESHOLD } from "../../helpline/release-shapes.ts"
import type { PublicRelease, Releases } from "../../helpline/release-view.ts"
import { LICENCE } from "../../helpline/release-words.ts"
import { numbersPage } from "./page.ts"
import { storiesFile, storiesPage } from "./stories.ts"

/** What the public numbers are made of. */
export type NumbersParts = { readonly releases: Pick<Releases, "published" | "stories">; readonly names: RowNames; readonly areas: NamedAreas | undefined }

/** `/numbers` and `/stories`: what was frozen, as pages and as files. There is nothing to ask for but what stands there: no filter, no query. */
export function numbersRoutes({ releases, names, areas }: NumbersParts): Hono {
  const app = new Hono()
  // These paths alone: the routes stand beside everybody else's.
  for (const path of ["/numbers", "/numbers/*", "/stories", "/stories.json"]) {
    app.use(path, async (context, next) => {
      await next()
      if (context.res.status === 200) context.header("cache-control", "public, max-age=300")
    })
  }
  app.get("/numbers", async (context) => {
    const all = await releases.published()
    return context.html(numbersPage(all, all.at(-1), names, areas))
  })
  app.get("/numbers/releases.json", async (context) => {
    const all = await releases.published()
    return context.json({
      licence: LICENCE,
      threshold: THRESHOLD,
      releases: all.map(({ cutOn, tables }) => ({
        release: tables.quarter,
        cutOn,
        counted: tables.counted,
        ...(tables.year !== undefined && { year: tables.year }),
        tables: tables.tables.map(({ id, period }) => ({ id, period })),
      })),
    })
  })
  app.get("/numbers/:file{20\\d\\d-Q[1-4](\\.(csv|json))?}", async (context) => {
    const [quarter = "", kind] = context.req.param("file").split(".")
    const all = await releases.published()
    const one = all.find(({ tables }) => tables.quarter === quarter)
    if (one === undefined) return context.notFound()
    return kind === undefined ? context.html(numbersPage(all, one, names, areas)) : file(context, kind, one, one.tables.tables, quarter)
  })
  app.get("/numbers/:quarter{20\\d\\d-Q[1-4]}/:file{[a-z-]+\\.(csv|json|svg)}", async (context) => {
    const [id = "", kind = ""] = context.req.param("file").split(".")
    const one = (await releases.published()).find(({ tables }) => tables.quarter === context.req.param("quarter"))
    const table = one?.tables.tables.find((table) => table.id === id)
    if (one === undefined || table === undefined) return context.notFound()
    if (kind === "svg") return context.body(barChart(table, names), 200, { "content-type": "image/svg+xml; charset=utf-8", ...saved(`${one.tables.quarter}-${id}.svg`) })
    return file(context, kind, one, [table], `${one.tables.quarter}-${id}`)
  })
  app.get("/stories", async (context) => context.html(storiesPage(await releases.stories(), areas)))
  app.get("/stories.json", async (context) => context.json(storiesFile(await releases.stories())))

  function file(context: Context, kind: string, release: PublicRelease, tables: PublicRelease["tables"]["tables"], name: string) {
    if (kind === "json") return context.json(jsonOf(release, tables, names), 200, saved(`${name}.json`))
    return context.body(csvOf(linesOf(release, tables, names)), 200, { "content-type": "text/csv; charset=utf-8", ...saved(`${name}.csv`) })
  }
  return app
}

function saved(name: string): Record<string, string> {
  return { "content-disposition": `attachment; filename="${name}"`, link: `<${LICENCE.url}>; rel="license"` }
}
