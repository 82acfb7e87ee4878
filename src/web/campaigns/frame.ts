import { html } from "hono/html"
import type { Shown } from "../../helpline/contribution-view.ts"
import type { GalleryWords } from "../../helpline/gallery-words.ts"
import { directionOf } from "../../helpline/quilt-words.ts"
import type { Language } from "../../helpline/public-words.ts"
import { page } from "../pages.ts"

export type Html = ReturnType<typeof html>

/** One page of a list that is too long for one; the first is 1. */
export type Slice = { readonly page: number; readonly pages: number }

/** A page of this room. `feed`: the path of its feeds, without their ending. */
export function framed({
  words,
  languages,
  path,
  title,
  body,
  feed,
}: {
  readonly words: GalleryWords
  readonly languages: readonly Language[]
  readonly path: string
  readonly title: string
  readonly body: Html
  readonly feed?: string
}): Html {
  const { say, language } = words
  const feeds = html`<link rel="alternate" type="application/atom+xml" href="/${language}${feed ?? ""}.atom"><link rel="alternate" type="application/feed+json" href="/${language}${feed ?? ""}.json">`
  const rooms = [
    ["/quilt", say("quilt.title")],
    ["/letters", say("quilt.letters.title")],
    ["/strategies", say("quilt.strategies.title")],
    ["/join", say("quilt.join.title")],
  ] as const
  return page({
    words,
    languages,
    path,
    title,
    wide: true,
    room: "quilt",
    ...(feed !== undefined && { head: feeds }),
    body: html`${body}
<nav class="elsewhere" aria-label="${say("quilt.nav")}">${rooms.map(([to, name]) => html`<a href="/${language}${to}"${to === path ? html` aria-current="page"` : ""}>${name}</a> `)}<a href="/${language}/privacy">${say("pages.privacy.title")}</a></nav>`,
  })
}

/** The way to the pages before and after. */
export function paging(path: string, { page: at, pages }: Slice, { say, number, language }: GalleryWords): Html {
  if (pages < 2) return html``
  const to = (n: number) => `/${language}${path}${n === 1 ? "" : `/${String(n)}`}`
  return html`<nav class="paging" aria-label="${say("quilt.pages")}">${at > 1 ? html`<a href="${to(at - 1)}" rel="prev">${say("quilt.newer")}</a>` : html`<span></span>`}<span>${say("quilt.page", { page: number(at), pages: number(pages) })}</span>${at < pages ? html`<a href="${to(at + 1)}" rel="next">${say("quilt.older")}</a>` : html`<span></span>`}</nav>`
}

/** Who gave it and when, as far as it may be said. */
export function byline({ name, country, published, language: theirs }: Shown, { place, day, own, language }: GalleryWords): Html {
  return html`${name === undefined ? "" : html`<bdi class="name">${name}</bdi> · `}${place(country)} · ${day(published)}${theirs === language ? "" : html` · ${own(theirs)}`}`
}

/** Words of somebody, in their own direction. */
export function told({ text, language }: Shown): Html {
  const parts = text.split("\n").filter((one) => one !== "")
  return html`<div class="told" lang="${language}" dir="${directionOf(text)}">${parts.map((one) => html`<p>${one}</p>`)}</div>`
}
