import { html } from "hono/html"
import type { Language, PublicWords } from "../helpline/public-words.ts"

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
${wide ? others.map((one) => html`<link rel="alternate" hreflang="${one}" href="/${one}${path}">`) : html`<meta name="robots" content="noindex">`}
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
export function homePage(words: PublicWords, simulator: boolean) {
  return page({
    words,
    path: "/",
    languages: [],
    title: "Hello",
    body: html`<h1>Hello</h1>
<p>This is the door of a service that works by text message. There is nothing to read or fill in here.</p>
<p><a href="/privacy">What is kept, and for how long</a></p>
<p><a href="/numbers">Numbers</a></p>
<p><a href="/quilt">Quilt</a></p>
${simulator ? html`<p><a href="/simulator/">Try it in the simulator</a></p>` : ""}`,
  })
}

/** How long things are kept. */
export type Retention = { readonly flowHours: number; readonly deliveryDays: number; readonly transcriptDays: number; readonly caseMonths: number; readonly reportMonths: number }

/** `/privacy`: what is kept, for how long, and the limits. */
export function privacyPage(words: PublicWords, retention: Retention) {
  return page({
    words,
    path: "/privacy",
    languages: [],
    title: "What is kept",
    body: html`<h1>What is kept, and for how long</h1>
<p>Write <strong>FORGET</strong> in the chat at any time, and all that is held of it is erased after one question.</p>
<table>
<thead><tr><th>What</th><th>How long</th></tr></thead>
<tbody>
<tr><td>Your place in the conversation and what you answered, covered with a key that is not in the database</td><td>${String(retention.flowHours)} hours after your last message</td></tr>
<tr><td>Your number or account, covered in the same way</td><td>until the last message to you has left; for SMS and WhatsApp until it is reported as arrived, an hour at most</td></tr>
<tr><td>A list of what was sent, without words and without numbers</td><td>${String(retention.deliveryDays)} days</td></tr>
<tr><td>What you and a person of our team write to each other, and what the team notes for each other, once you have agreed to be passed on, covered in the same way; they see a made-up name. Your number is kept covered as long; a supervisor can look it up where a life is in danger, and that is written down</td><td>${String(retention.transcriptDays)} days after that chat's end</td></tr>
<tr><td>Their record of it, without any name or number</td><td>${String(retention.caseMonths)} months; FORGET erases it while the chat is kept</td></tr>
<tr><td>A report that you filed, sealed so that only our report officers can open it, kept apart from this chat and under nobody's name</td><td>${String(retention.reportMonths)} months after the month you filed it in, unless an officer keeps it longer. FORGET doesn't reach it, because nothing leads to it from here: your code does, if you asked for one</td></tr>
<tr><td>Numbers made of reports whose tellers said that they count, no group smaller than 11</td><td>they stay</td></tr>
<tr><td>Pictures, voice, video</td><td>never taken in</td></tr>
</tbody>
</table>
<h2>What this can't promise</h2>
<ul>
<li>By SMS, your phone company can read every message. By WhatsApp or Telegram, those companies carry and keep the chat by their own rules.</li>
<li>Whoever holds your unlocked phone can read what is on it. Delete our messages there; keep what others sent you, if you may need it.</li>
<li>A court could order us to hand over what we hold. That is why it is little, and not for long.</li>
<li>Leaving this page does not clear your browser's history.</li>
</ul>
<p><a href="/">Back</a></p>`,
  })
}
