import { Hono, type Context } from "hono"
import type { Language } from "../../helpline/public-words.ts"
import { barChart } from "../../helpline/release-chart.ts"
import { csvOf, jsonOf, linesOf } from "../../helpline/release-files.ts"
import type { NamedAreas } from "../../helpline/release-names.ts"
import { THRESHOLD, type Table } from "../../helpline/release-shapes.ts"
import type { PublicRelease, Releases } from "../../helpline/release-view.ts"
import { LICENCE, type ReleaseWords } from "../../helpline/release-words.ts"
import { inLanguages, languageOf, namedLanguage } from "../language.ts"
import { numbersPage } from "./page.ts"
import { storiesFile, storiesPage } from "./stories.ts"

/** What the public numbers are made of. */
export type NumbersParts = {
  readonly releases: Pick<Releases, "published" | "stories">
  readonly words: (language: Language) => ReleaseWords
  readonly languages: readonly Language[]
  readonly areas: NamedAreas | undefined
}

/**
 * `/numbers` and `/stories`: what was frozen, as pages and as files. There is nothing to ask for but what stands there: no
 * filter, no query. A page whose path names no language speaks the reader's; a file whose path names none is in English.
 */
export function numbersRoutes({ releases, words, languages, areas }: NumbersParts): Hono {
  const app = new Hono()
  const answers = (path: string, answer: (context: Context) => Promise<Response>) =>
    app.on("GET", inLanguages(path, languages), async (context) => {
      const response = await answer(context)
      if (response.status === 200) response.headers.set("cache-control", "public, max-age=300")
      return response
    })
  const pageOf = (context: Context) => words(languageOf(context, languages))
  const fileOf = (context: Context) => words(namedLanguage(context) ?? "en")

  answers("/numbers", async (context) => {
    const all = await releases.published()
    return context.html(numbersPage({ releases: all, shown: all.at(-1), words: pageOf(context), areas, languages, path: "/numbers" }))
  })
  answers("/numbers/releases.json", async (context) => {
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
  answers("/numbers/:file{20\\d\\d-Q[1-4](\\.(csv|json))?}", async (context) => {
    const [quarter = "", kind] = (context.req.param("file") ?? "").split(".")
    const all = await releases.published()
    const one = all.find(({ tables }) => tables.quarter === quarter)
    if (one === undefined) return context.notFound()
    if (kind !== undefined) return file(context, kind, one, one.tables.tables, quarter)
    return context.html(numbersPage({ releases: all, shown: one, words: pageOf(context), areas, languages, path: `/numbers/${quarter}` }))
  })
  answers("/numbers/:quarter{20\\d\\d-Q[1-4]}/:file{[a-z-]+\\.(csv|json|svg)}", async (context) => {
    const [id = "", kind = ""] = (context.req.param("file") ?? "").split(".")
    const one = (await releases.published()).find(({ tables }) => tables.quarter === context.req.param("quarter"))
    const table = one?.tables.tables.find((table) => table.id === id)
    if (one === undefined || table === undefined) return context.notFound()
    const name = `${one.tables.quarter}-${id}`
    if (kind === "svg") return context.body(barChart(one.tables, table, fileOf(context)), 200, { "content-type": "image/svg+xml; charset=utf-8", ...saved(`${name}.svg`) })
    return file(context, kind, one, [table], name)
  })
  answers("/stories", async (context) => context.html(storiesPage(await releases.stories(), pageOf(context), languages)))
  answers("/stories.json", async (context) => context.json(storiesFile(await releases.stories(), fileOf(context))))

  function file(context: Context, kind: string, release: PublicRelease, tables: readonly Table[], name: string) {
    if (kind === "json") return context.json(jsonOf(release, tables, fileOf(context)), 200, saved(`${name}.json`))
    return context.body(csvOf(linesOf(release, tables, fileOf(context))), 200, { "content-type": "text/csv; charset=utf-8", ...saved(`${name}.csv`) })
  }
  return app
}

function saved(name: string): Record<string, string> {
  return { "content-disposition": `attachment; filename="${name}"`, link: `<${LICENCE.url}>; rel="license"` }
}
