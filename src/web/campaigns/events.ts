import { html } from "hono/html"
import type { Announced } from "../../helpline/campaign-events.ts"
import type { GalleryWords } from "../../helpline/gallery-words.ts"
import { directionOf } from "../../helpline/quilt-words.ts"
import type { Html } from "./frame.ts"

/** What is coming up near people of a campaign, each in the page's language or else in its own; nothing where nothing is. */
export function eventsSection(events: readonly Announced[], words: GalleryWords): Html {
  const { say } = words
  if (events.length === 0) return html``
  return html`<section aria-labelledby="events"><h2 id="events">${say("quilt.events.title")}</h2><p class="important">${say("quilt.events.note")}</p><ul class="sheets">${events.map((one) => eventSheet(one, words))}</ul></section>`
}

function eventSheet({ event: { country, date, time, languages, texts }, count }: Announced, { say, place, day, number, language }: GalleryWords): Html {
  const spoken = languages.find((one) => one === language) ?? languages[0]
  const told = spoken && texts[spoken]
  if (spoken === undefined || told === undefined) return html``
  const own = (text: string) => (spoken === language ? html`${text}` : html`<span lang="${spoken}" dir="${directionOf(text)}">${text}</span>`)
  return html`<li><article><h3>${own(told.title)}</h3>
<p><strong><bdi>${own(told.place)}</bdi>, ${place(country)}</strong> · <time datetime="${date}T${time}">${day(date)}, <bdi>${time}</bdi></time></p>
<h4>${say("quilt.events.join")}</h4><p>${own(told.join)}</p>
<h4>${say("quilt.events.access")}</h4><p>${own(told.access)}</p>
${count === undefined ? "" : html`<p>${say("quilt.events.many", { count: number(count) })}</p>`}</article></li>`
}
