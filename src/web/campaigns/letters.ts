import { html } from "hono/html"
import type { Shown } from "../../helpline/contribution-view.ts"
import type { GalleryWords } from "../../helpline/gallery-words.ts"
import type { Language } from "../../helpline/public-words.ts"
import { byline, framed, paging, told, type Html, type Slice } from "./frame.ts"

/** Pages of words: letters to people and to those who decide, and what has worked. */
export const LISTS = { letters: ["letter", "demand"], strategies: ["strategy", "tip"] } as const satisfies Readonly<Record<string, readonly Shown["kind"][]>>
export type List = keyof typeof LISTS

/** `/letters` and `/strategies`: each kind apart, what is in the reader's language first. */
export function listPage(
  list: List,
  { shown, slice, words, languages }: { readonly shown: readonly Shown[]; readonly slice: Slice; readonly words: GalleryWords; readonly languages: readonly Language[] },
): Html {
  const { say, language } = words
  const title = say(`quilt.${list}.title`)
  const named = { letter: "quilt.letters.letter", demand: "quilt.letters.demand", strategy: "quilt.strategies.strategy", tip: "quilt.strategies.tip" } as const
  const part = (kind: keyof typeof named) => {
    const own = shown.filter((one) => one.kind === kind)
    return own.length === 0 ? "" : html`<section aria-labelledby="${kind}"><h2 id="${kind}">${say(named[kind])}</h2>${wordsOf(own, words)}</section>`
  }
  return framed({
    words,
    languages,
    path: slice.page === 1 ? `/${list}` : `/${list}/${String(slice.page)}`,
    feed: `/${list}`,
    title,
    body: html`<h1>${title}</h1>
<p class="lead">${say(`quilt.${list}.lead`)}</p>
${shown.length === 0 ? html`<p class="nothing">${say(`quilt.${list}.none`)}</p>` : LISTS[list].map(part)}
${paging(`/${list}`, slice, words)}
<p class="about">${say("quilt.taken-back")}</p>
<p class="files"><span>${say("quilt.feeds")}</span> <a href="/${language}/${list}.atom"><bdi>Atom</bdi></a> <a href="/${language}/${list}.json"><bdi>JSON</bdi></a></p>`,
  })
}

/** What people wrote, one under the other. */
export function wordsOf(all: readonly Shown[], words: GalleryWords): Html {
  return html`<ul class="sheets">${all.map((one) => html`<li id="s-${one.id}"><article dir="${one.language === "ur" ? "rtl" : "ltr"}" class="${one.kind}">${told(one)}<p class="where" lang="${words.language}" dir="${words.dir}">${byline(one, words)}${one.card ? html`<span class="hand-on"> · <a href="/quilt/${one.id}.png" download>${words.say("quilt.card")}</a></span>` : ""}</p></article></li>`)}</ul>`
}
