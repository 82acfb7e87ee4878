import { createHash } from "node:crypto"
import { Hono, type Context } from "hono"
import { compress } from "hono/compress"
import type { Announced } from "../../helpline/campaign-events.ts"
import type { CampaignFile } from "../../helpline/campaign-file.ts"
import type { Reach } from "../../helpline/campaign-invite.ts"
import type { Moderation, Shown, ShownAsked } from "../../helpline/contribution-view.ts"
import type { GalleryWords } from "../../helpline/gallery-words.ts"
import type { Language } from "../../helpline/public-words.ts"
import { atomOf, jsonFeedOf, MOST_IN_FEED } from "../../helpline/public-feed.ts"
import { cardPng, cardSvg, MOST_ON_POSTER, posterPdf, posterPng, posterSvg } from "../../helpline/quilt-pictures.ts"
import { smaller } from "../../helpline/quilt-photo.ts"
import { cleanWords } from "../../helpline/quilt-words.ts"
import { inLanguages, languageOf, namedLanguage } from "../language.ts"
import { createDrawings } from "./drawings.ts"
import { campaignPage, joinPage } from "./join.ts"
import { LISTS, listPage, type List } from "./letters.ts"
import { embedPage, quiltPage } from "./quilt.ts"

/** What public pages about campaigns are made of. */
export type CampaignParts = {
  readonly shown: Moderation["shown"]
  readonly counted: Moderation["counted"]
  readonly shownPicture: Moderation["shownPicture"]
  readonly campaigns: readonly CampaignFile[]
  /** Its events that are still to come. */
  readonly announced: (campaign: string) => Promise<readonly Announced[]>
  readonly words: (language: Language) => GalleryWords
  readonly languages: readonly Language[]
  readonly reach: () => Reach
  /** Who publishes. */
  readonly author: string
  readonly zone: string
  readonly now: () => number
  readonly publicUrl: string | undefined
}

/** So many squares make a page; of letters and the like, so many of each kind. */
const SQUARES = 60
const LETTERS = 40
const EMBEDDED = 12

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** This page alone may stand in somebody else's; there is nothing to press on it but a way to the whole quilt. */
const EMBED_CSP = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"

/**
 * What everybody sees of campaigns. Nothing is kept by a browser or in between: what somebody takes back is gone with the
 * next look. Pictures are drawn once for as long as what is on them stands.
 */
export function campaignRoutes({ shown, counted, shownPicture, campaigns, announced, words, languages, reach, author, zone, now, publicUrl }: CampaignParts): Hono {
  const app = new Hono()
  const draw = createDrawings()
  const answers = (path: string, answer: (context: Context) => Promise<Response> | Response, cache = "no-store") =>
    app.on("GET", inLanguages(path, languages), compress(), async (context) => {
      const response = await answer(context)
      response.headers.set("cache-control", cache)
      return response
    })
  const pageOf = (context: Context) => words(languageOf(context, languages))
  const fileOf = (context: Context) => words(namedLanguage(context) ?? "en")
  // As many as stand there, and no more: whoever looks at these pages mustn't keep the helpline waiting.
  const given = async (asked: ShownAsked & { readonly most: number }) => (await shown(asked)).map(cleaned)
  const hereOf = (context: Context) => publicUrl ?? new URL(context.req.url).origin
  const joining = (context: Context) => ({ words: pageOf(context), languages, reach: reach(), now: now(), zone })

  answers("/quilt/:page{[1-9]\\d{0,4}}?", async (context) => {
    const all = (await counted()).get("square") ?? 0
    const page = Number(context.req.param("page") ?? 1)
    const pages = Math.max(1, Math.ceil(all / SQUARES))
    if (page > pages) return context.notFound()
    const from = (page - 1) * SQUARES
    const squares = await given({ kinds: ["square"], from, most: SQUARES })
    return context.html(quiltPage({ squares, slice: { page, pages }, first: from + 1, all, words: pageOf(context), languages, here: hereOf(context) }))
  })
  answers("/quilt/embed", async (context) => {
    context.header("content-security-policy", EMBED_CSP)
    return context.html(embedPage(await given({ kinds: ["square"], most: EMBEDDED }), pageOf(context)))
  })
  answers("/:file{quilt\\.(svg|png|pdf)}", async (context) => {
    const squares = await given({ kinds: ["square"], most: MOST_ON_POSTER })
    const { say, number, language } = fileOf(context)
    const said = { title: say("quilt.title"), about: say("quilt.squares", { squares: number(squares.length) }), language }
    const kind = endingOf(context) as "svg" | "png" | "pdf"
    const name = `${kind} ${language} ${fingerprint(squares)}`
    const save = { "content-disposition": `attachment; filename="quilt.${kind}"` }
    if (kind === "svg") return context.body(posterSvg(squares, said), 200, { "content-type": "image/svg+xml; charset=utf-8", ...save })
    if (kind === "png") return context.body(bytes(await draw(name, () => posterPng(squares, said))), 200, { "content-type": "image/png", ...save })
    return context.body(bytes(await draw(name, () => posterPdf(squares, said, new Date(squares[0]?.published ?? now())))), 200, { "content-type": "application/pdf", ...save })
  })
  answers("/quilt/:card{[0-9a-f-]{36}\\.(svg|png)}", async (context) => {
    const [id = "", kind] = (context.req.param("card") ?? "").split(".")
    const [one] = UUID.test(id) ? await given({ id, most: 1 }) : []
    if (one?.card !== true) return context.notFound()
    const title = words(one.language).say(one.kind === "square" ? "quilt.title" : one.kind === "strategy" || one.kind === "tip" ? "quilt.strategies.title" : "quilt.letters.title")
    if (kind === "svg") return context.body(cardSvg(one, title), 200, { "content-type": "image/svg+xml; charset=utf-8" })
    return context.body(bytes(await draw(`card ${fingerprint([one])}`, () => cardPng(one, title))), 200, { "content-type": "image/png" })
  })
  // Asked for each time, so that it is gone with what it belongs to; only its smaller copy is kept at hand.
  answers("/quilt/:picture{[0-9a-f-]{36}\\.picture\\.png}", async (context) => {
    const id = (context.req.param("picture") ?? "").slice(0, 36)
    const png = UUID.test(id) ? await shownPicture(id) : undefined
    if (png === undefined) return context.notFound()
    return context.body(bytes(await draw(`picture ${createHash("sha256").update(png).digest("base64url")}`, () => smaller(png))), 200, { "content-type": "image/png" })
  })
  for (const list of Object.keys(LISTS) as List[]) {
    answers(`/${list}/:page{[1-9]\\d{0,4}}?`, async (context) => {
      const counts = await counted()
      const page = Number(context.req.param("page") ?? 1)
      const pages = Math.max(1, ...LISTS[list].map((kind) => Math.ceil((counts.get(kind) ?? 0) / LETTERS)))
      if (page > pages) return context.notFound()
      const said = pageOf(context)
      const part = await Promise.all(LISTS[list].map((kind) => given({ kinds: [kind], firstIn: said.language, from: (page - 1) * LETTERS, most: LETTERS })))
      return context.html(listPage(list, { shown: part.flat(), slice: { page, pages }, words: said, languages }))
    })
  }
  for (const [name, kinds] of Object.entries({ quilt: ["square"], ...LISTS } as const)) {
    answers(
      `/:file{${name}\\.(atom|json)}`,
      async (context) => {
        const said = fileOf(context)
        const here = hereOf(context)
        const kind = endingOf(context)
        const feed = {
          title: said.say(name === "quilt" ? "quilt.title" : `quilt.${name as List}.title`),
          language: said.language,
          page: `${here}/${said.language}/${name}`,
          self: `${here}${new URL(context.req.url).pathname}`,
          author,
          on: new Date(now()),
          items: await given({ kinds, most: MOST_IN_FEED }),
          addressOf: ({ id }: Shown) => `${here}/${said.language}/${name}#s-${id}`,
          pictureOf: ({ id, card }: Shown) => (card ? `${here}/quilt/${id}.png` : undefined),
        }
        const open = { "access-control-allow-origin": "*" }
        if (kind === "atom") return context.body(atomOf(feed), 200, { "content-type": "application/atom+xml; charset=utf-8", ...open })
        return context.body(JSON.stringify(jsonFeedOf(feed)), 200, { "content-type": "application/feed+json; charset=utf-8", ...open })
      },
      "no-cache",
    )
  }
  answers("/join", (context) => context.html(joinPage(campaigns, joining(context))))
  answers("/campaigns/:id", async (context) => {
    const campaign = campaigns.find(({ id }) => id === context.req.param("id"))
    if (campaign === undefined) return context.notFound()
    const stories = await given({ campaign: campaign.id, kinds: ["story"], most: LETTERS })
    return context.html(campaignPage(campaign, { stories, events: await announced(campaign.id) }, joining(context)))
  })
  return app
}

function cleaned(one: Shown): Shown {
  const name = one.name === undefined ? "" : cleanWords(one.name).replaceAll("\n", " ")
  const { name: _, ...rest } = one
  return { ...rest, text: cleanWords(one.text), ...(name !== "" && { name }) }
}

function endingOf(context: Context): string {
  return context.req.param("file")?.split(".")[1] ?? ""
}

function fingerprint(all: readonly Shown[]): string {
  return createHash("sha256").update(JSON.stringify(all)).digest("base64url")
}

function bytes(from: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(from)
}
