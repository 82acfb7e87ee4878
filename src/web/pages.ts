import { html } from "hono/html"
import type { Language, PublicWords } from "../helpline/public-words.ts"
import { THRESHOLD } from "../helpline/release-shapes.ts"

type Html = ReturnType<typeof html>

/** A public page as it is made: its title, what stands in it, and its path without a language. `languages`: those it is there in. */
type Page = {
  readonly title: string
  readonly body: Html
  readonly words: PublicWords
  readonly path: string
  readonly languages: readonly Language[]
  /** It has tables and maps, and may be found by those who search. */
  readonly wide?: boolean
  /** A room of pages with a style of its own, beside that of wide ones: `/<room>.css`. */
  readonly room?: "quilt"
  /** What else stands in the head. */
  readonly head?: Html
}

/** A public page: readable without JavaScript, nothing from a third party, and a way out that leaves at once. */
export function page({ title, body, words, path, languages, wide = false, room, head }: Page): Html {
  const { say, language, dir } = words
  const others = languages.length < 2 ? [] : languages
  return html`<!doctype html>
<html lang="${language}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${wide ? "" : html`<meta name="robots" content="noindex">`}
${others.map((one) => html`<link rel="alternate" hreflang="${one}" href="/${one}${path}">`)}
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
${wide ? html`<link rel="stylesheet" href="/numbers.css">` : ""}
${room === undefined ? "" : html`<link rel="stylesheet" href="/${room}.css">`}
${head ?? ""}
</head>
<body${wide ? html` class="wide ${room ?? ""}"` : ""}>
<header class="leave"><a class="exit" href="https://www.google.com/search?q=weather" rel="nofollow noreferrer"><span class="hidden">${say("pages.leave-before")}</span>${say("pages.leave")}</a></header>
${others.length === 0 ? "" : html`<nav class="languages" aria-label="${say("pages.languages")}">${others.map((one) => html`<a href="/${one}${path}" lang="${one}" hreflang="${one}"${one === language ? html` aria-current="page"` : ""}>${words.own(one)}</a> `)}</nav>`}
<main>${body}</main>
</body>
</html>`
}

/** `/`: a doorway that means nothing to whoever looks over a shoulder. */
export function homePage(words: PublicWords, languages: readonly Language[], simulator: boolean): Html {
  const { say, language } = words
  return page({
    words,
    languages,
    path: "",
    title: say("pages.home.title"),
    body: html`<h1>${say("pages.home.title")}</h1>
<p>${say("pages.home.about")}</p>
<p><a href="/${language}/privacy">${say("pages.privacy.title")}</a></p>
<p><a href="/${language}/numbers">${say("pages.home.numbers")}</a></p>
<p><a href="/${language}/quilt">${say("quilt.title")}</a></p>
${simulator ? html`<p><a href="/simulator/">${say("pages.home.simulator")}</a></p>` : ""}`,
  })
}

/** How long things are kept. */
export type Retention = { readonly flowHours: number; readonly deliveryDays: number; readonly transcriptDays: number; readonly caseMonths: number; readonly reportMonths: number }

/** What is kept, from what everybody leaves to what few do. */
const KEPT = ["place", "address", "list", "broken", "chat", "record", "trace", "block", "report", "numbers", "story", "part", "given", "media"] as const
const LIMITS = ["carrier", "slack", "phone", "court", "history"] as const

/** `/privacy`: what is kept, for how long, and the limits. */
export function privacyPage(words: PublicWords, languages: readonly Language[], retention: Retention): Html {
  const { say, number, language } = words
  const ages = Object.fromEntries(Object.entries({ ...retention, threshold: THRESHOLD }).map(([name, age]) => [name, number(age)]))
  const kept = (key: (typeof KEPT)[number]) => html`<tr><td>${say(`pages.privacy.${key}`, ages)}</td><td>${say(`pages.privacy.${key}-until`, ages)}</td></tr>
`
  return page({
    words,
    languages,
    path: "/privacy",
    title: say("pages.privacy.title"),
    body: html`<h1>${say("pages.privacy.title")}</h1>
<p><strong>${say("pages.privacy.forget")}</strong></p>
<table class="kept">
<thead><tr><th scope="col">${say("pages.privacy.what")}</th><th scope="col">${say("pages.privacy.until")}</th></tr></thead>
<tbody>
${KEPT.map(kept)}</tbody>
</table>
<h2>${say("pages.privacy.limits")}</h2>
<ul>
${LIMITS.map((limit) => html`<li>${say(`pages.privacy.${limit}`)}</li>`)}
</ul>
<p><a href="/${language}">${say("pages.start")}</a></p>`,
  })
}
