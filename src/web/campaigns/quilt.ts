import { html, raw } from "hono/html"
import type { Shown } from "../../helpline/contribution-view.ts"
import type { GalleryWords } from "../../helpline/gallery-words.ts"
import type { Language } from "../../helpline/public-words.ts"
import { directionOf } from "../../helpline/quilt-words.ts"
import { byline, framed, paging, type Html, type Slice } from "./frame.ts"
import { createSewing } from "./sewing.ts"

const sew = createSewing()

/** What a page of the quilt shows, the newest first. `first` is the number of the first of them; `all` is how many there are. */
export type QuiltPage = {
  readonly squares: readonly Shown[]
  readonly slice: Slice
  readonly first: number
  readonly all: number
  readonly words: GalleryWords
  readonly languages: readonly Language[]
  readonly here: string
}

/** `/quilt`: the squares side by side, as cloth for eyes and as a list for everybody. One that is chosen is shown large, without any script. */
export function quiltPage({ squares, slice, first, all, words, languages, here }: QuiltPage): Html {
  const { say, number, language } = words
  const empty = html`<div class="cloth bare"><p>${say("quilt.none")} ${say("quilt.none-how")}</p></div>`
  const code = `<iframe src="${here}/${language}/quilt/embed" title="${say("quilt.title")}" width="640" height="480" loading="lazy"></iframe>`
  return framed({
    words,
    languages,
    path: slice.page === 1 ? "/quilt" : `/quilt/${String(slice.page)}`,
    feed: "/quilt",
    title: say("quilt.title"),
    body: html`<h1 id="quilt">${say("quilt.title")}</h1>
<p class="lead">${say("quilt.lead")}</p>
<p class="do"><a class="button" href="/${language}/join">${say("quilt.give")}</a>${all === 0 ? "" : html`<span>${say("quilt.squares", { squares: number(all) })}</span>`}</p>
${squares.length === 0 ? empty : html`<ol class="cloth" start="${String(first)}">${squares.map((square, n) => squareOf(square, first + n, words))}</ol>`}
${paging("/quilt", slice, words)}
<p class="about">${say("quilt.taken-back")}</p>
${
  all === 0
    ? ""
    : html`<section class="take" aria-labelledby="take"><h2 id="take">${say("quilt.poster")}</h2>
<p class="files">${(["pdf", "png", "svg"] as const).map((kind) => html`<a href="/${language}/quilt.${kind}" download><bdi>${kind.toUpperCase()}</bdi><span class="hidden">: ${say("quilt.poster")}</span></a> `)}</p>
<p class="files"><span>${say("quilt.feeds")}</span> <a href="/${language}/quilt.atom"><bdi>Atom</bdi></a> <a href="/${language}/quilt.json"><bdi>JSON</bdi></a></p>
<details><summary>${say("quilt.embed")}</summary><p>${say("quilt.embed-about")}</p><p dir="ltr"><code>${code}</code></p></details></section>`
}`,
  })
}

function squareOf(square: Shown, number: number, words: GalleryWords): Html {
  const { say } = words
  const id = `s-${square.id}`
  return html`<li class="square" id="${id}" value="${String(number)}"><article>
<a class="open" href="#${id}"><span class="hidden">${say("quilt.larger", { number: words.number(number) })}</span></a>
<div class="tile">${square.picture ? framedPicture(square) : clothOf(square)}</div>
<p class="by">${byline(square, words)}</p>
<p class="close"><a href="#quilt">${say("quilt.back")}</a>${square.card ? html` <a href="/quilt/${square.id}.png" download>${say("quilt.card")}</a>` : ""}</p>
</article></li>`
}

/** The tile, and the picture sewn on it. Posters, cards and what stands on other pages have its description instead: there nothing could be taken back. */
function framedPicture(square: Shown): Html {
  const { id, text, language } = square
  return html`<svg viewBox="0 0 240 240" aria-hidden="true">${raw(sew(square).svg)}</svg><img class="picture" src="/quilt/${id}.picture.png" alt="${text}" lang="${language}" dir="${directionOf(text)}" loading="lazy" decoding="async">`
}

/** The tile, and the words upon it as words. */
function clothOf(square: Shown): Html {
  const { svg, palette } = sew(square)
  const { text, language, name } = square
  const size = [...text].length > 84 ? "long" : [...text].length > 56 ? "full" : [...text].length > 28 ? "some" : "few"
  return html`<svg viewBox="0 0 240 240" aria-hidden="true">${raw(svg)}</svg><div class="words ${size} ${isDark(palette.field) ? "on-dark" : "on-light"}" lang="${language}" dir="${directionOf(text)}"><p>${text}</p>${name === undefined ? "" : html`<p class="signed"><bdi>${name}</bdi></p>`}</div>`
}

function isDark(colour: string): boolean {
  return Number.parseInt(colour.slice(1, 3), 16) * 0.3 + Number.parseInt(colour.slice(3, 5), 16) * 0.6 < 110
}

/** `/quilt/embed`: the newest squares alone, to stand on somebody else's page. */
export function embedPage(squares: readonly Shown[], { say, language, dir }: GalleryWords): Html {
  return html`<!doctype html>
<html lang="${language}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${say("quilt.title")}</title>
<link rel="stylesheet" href="/style.css"><link rel="stylesheet" href="/numbers.css"><link rel="stylesheet" href="/quilt.css">
</head>
<body class="wide quilt embed"><main>
<h1 class="hidden">${say("quilt.title")}</h1>
${squares.length === 0 ? html`<div class="cloth bare"><p>${say("quilt.none")}</p></div>` : html`<ol class="cloth">${squares.map((square) => html`<li class="square"><div class="tile">${clothOf(square)}</div></li>`)}</ol>`}
<p><a href="/${language}/quilt" target="_blank" rel="noopener noreferrer">${say("quilt.embed-link")}</a></p>
</main></body>
</html>`
}
