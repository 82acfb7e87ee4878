import { html } from "hono/html"
import type { Announced } from "../../helpline/campaign-events.ts"
import type { CampaignFile } from "../../helpline/campaign-file.ts"
import { waysTo, wordOf, type Reach, type Way } from "../../helpline/campaign-invite.ts"
import type { Shown } from "../../helpline/contribution-view.ts"
import { standingOf, type GalleryWords, type Standing } from "../../helpline/gallery-words.ts"
import type { Language } from "../../helpline/public-words.ts"
import { eventsSection } from "./events.ts"
import { framed, type Html } from "./frame.ts"
import { wordsOf } from "./letters.ts"
import { qrCode } from "./qr.ts"

/** What pages about joining are made of. */
export type JoinPage = { readonly words: GalleryWords; readonly languages: readonly Language[]; readonly reach: Reach; readonly now: number; readonly zone: string }

/** `/join`: every campaign that can be joined now, each with its ways in. */
export function joinPage(campaigns: readonly CampaignFile[], { words, languages, reach, now, zone }: JoinPage): Html {
  const { say, language } = words
  const open = campaigns.filter((campaign) => standingOf(campaign, now, zone).status !== "over")
  return framed({
    words,
    languages,
    path: "/join",
    title: say("quilt.join.title"),
    body: html`<h1>${say("quilt.join.title")}</h1>
<p class="lead">${say("quilt.join.lead")}</p>
${open.map((campaign) => {
  const { name, about } = words.campaign(campaign)
  return html`<section aria-labelledby="${campaign.id}"><h2 id="${campaign.id}"><a href="/${language}/campaigns/${campaign.id}">${name}</a></h2>
<p>${dates(standingOf(campaign, now, zone), campaign, words)}</p><p>${about}</p>${ways(campaign, reach, words)}</section>`
})}
${leaves(reach, words)}`,
  })
}

/** `/campaigns/<id>`: what it is, what today holds, how to join, what is coming up near people, and what people told. */
export function campaignPage(
  campaign: CampaignFile,
  { stories, events }: { readonly stories: readonly Shown[]; readonly events: readonly Announced[] },
  { words, languages, reach, now, zone }: JoinPage,
): Html {
  const { say, number } = words
  const { name, about } = words.campaign(campaign)
  const standing = standingOf(campaign, now, zone)
  return framed({
    words,
    languages,
    path: `/campaigns/${campaign.id}`,
    title: name,
    body: html`<p class="kicker">${say("quilt.campaign.kicker")}</p>
<h1>${name}</h1>
<p class="lead">${about}</p>
${standing.status === "today" ? "" : html`<p class="important">${dates(standing, campaign, words)}</p>`}
${standing.day === undefined ? "" : today(campaign, standing, words)}
${standing.status === "over" ? "" : html`<section aria-labelledby="how"><h2 id="how">${say("quilt.join.how")}</h2>${ways(campaign, reach, words)}</section>${leaves(reach, words)}`}
<section aria-labelledby="all"><h2 id="all">${say("quilt.campaign.all")}</h2><ol class="days">${campaign.actions.map((_, n) => html`<li${standing.status === "today" && standing.day === n + 1 ? html` aria-current="date"` : ""}><span class="nth">${number(n + 1)}</span> ${words.action(campaign, n + 1).theme}</li>`)}</ol></section>
${eventsSection(events, words)}
${stories.length === 0 ? "" : html`<section aria-labelledby="stories"><h2 id="stories">${say("quilt.campaign.stories")}</h2>${wordsOf(stories, words)}</section>`}`,
  })
}

function dates(standing: Standing, { actions }: CampaignFile, { say, day, number }: GalleryWords): string {
  switch (standing.status) {
    case "today":
      return say("quilt.campaign.today", { day: number(standing.day), days: number(actions.length) })
    case "before":
      return say("quilt.campaign.before", { date: day(standing.begins) })
    case "over":
      return say("quilt.campaign.over", { date: day(standing.ended) })
    case "joining":
      return say("quilt.campaign.joining")
    default:
      return standing satisfies never
  }
}

function today(campaign: CampaignFile, standing: Exclude<Standing, { readonly status: "over" }>, words: GalleryWords): Html {
  const { say, number } = words
  const { theme, action, offline, safe } = words.action(campaign, standing.day)
  const kicker = standing.status === "today" ? say("quilt.campaign.today", { day: number(standing.day), days: number(campaign.actions.length) }) : say("quilt.campaign.first")
  return html`<section class="today" aria-labelledby="today"><p class="kicker">${kicker}</p><h2 id="today">${theme}</h2><p class="do-this">${action}</p>
<div class="other"><div><h3>${say("quilt.campaign.offline")}</h3><p>${offline}</p></div><div><h3>${say("quilt.campaign.safe")}</h3><p>${safe}</p></div></div></section>`
}

function ways(campaign: CampaignFile, reach: Reach, words: GalleryWords): Html {
  const { say, language } = words
  const all = waysTo(campaign, language, reach)
  const trial = reach.simulator
    ? html`<li class="way"><div><p>${say("quilt.join.simulator-about", { word: `“${wordOf(campaign, language)}”` })}</p><p><a class="button" href="/simulator/">${say("quilt.join.simulator")}</a></p></div></li>`
    : ""
  if (all.length === 0 && trial === "") return html`<p class="nothing">${say("quilt.join.nowhere")}</p>`
  return html`<ul class="ways">${all.map((way) => wayOf(way, words))}${trial}</ul>`
}

function wayOf({ channel, address, to, word }: Way, { say }: GalleryWords): Html {
  return html`<li class="way">${qrCode(address, say("quilt.join.qr"))}<div><h3>${say(`quilt.join.to_${channel}`, { to })}</h3><p>${say("quilt.join.write", { word: `“${word}”` })}</p><p><a class="button" href="${address}" rel="noreferrer">${say(`quilt.join.open_${channel}`)}</a></p></div></li>`
}

/** What stays on a phone, as honestly as it can be said. */
function leaves({ telegram, whatsapp, sms }: Reach, { say }: GalleryWords): Html {
  const of = [telegram !== undefined && "telegram", whatsapp !== undefined && "whatsapp", sms !== undefined && "sms"].filter((one) => one !== false) as Way["channel"][]
  return html`<section aria-labelledby="leaves"><h2 id="leaves">${say("quilt.join.leaves")}</h2><ul class="plain"><li>${say("quilt.join.leaves_any")}</li>${of.map((channel) => html`<li>${say(`quilt.join.leaves_${channel}`)}</li>`)}<li>${say("quilt.join.plain")}</li><li>${say("quilt.join.begins")}</li></ul>
<p class="important">${say("quilt.join.help")}</p></section>`
}
