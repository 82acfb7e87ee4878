import { html } from "hono/html"
import type { NamedAreas } from "../../helpline/release-names.ts"
import type { PublicStory } from "../../helpline/release-view.ts"
import { page } from "../pages.ts"

/** `/stories`: what people let us publish, each with a province and a year or season, and nothing nearer. */
export function storiesPage(stories: readonly PublicStory[], areas: NamedAreas | undefined) {
  return page(
    "Stories",
    html`<p class="kicker">Told to us, rewritten, and read by the person who told it</p>
<h1>Stories</h1>
<p class="lead">Each was written anew by one of our team without anything that could show who it is about, read by a second one, and shown to the person who told it. Only then, and only with a yes, it stands here.</p>
${
  stories.length === 0
    ? html`<p class="nothing">No story has been published yet.</p>`
    : html`<ul class="stories">${stories.map(
        ({ language, province, when, text }) =>
          html`<li><article><div class="told" lang="${language}" dir="${language === "ur" ? "rtl" : "ltr"}">${text
            .split(/\n{2,}/)
            .filter((one) => one.trim() !== "")
            .map((one) => html`<p>${one.trim()}</p>`)}</div><p class="where">${placeName(province, areas)}, ${whenName(when)}</p></article></li>`,
      )}</ul>`
}
<p class="important">Stories are no sample: they show what some went through, not what is common.</p>
<p class="files"><a href="/stories.json" download>JSON<span class="hidden"> of all stories</span></a></p>
<p class="elsewhere"><a href="/numbers">Numbers from reports</a> · <a href="/">Start</a></p>`,
    true,
  )
}

/** The stories as a file. They are their tellers' own, so no licence goes with them. */
export function storiesFile(stories: readonly PublicStory[]) {
  return { note: "Stories are no sample. They belong to those who told them: quote them whole, and ask us before you print them.", stories }
}

function placeName(province: string, areas: NamedAreas | undefined): string {
  return areas?.provinces.find(({ id }) => id === province)?.names.en ?? "somewhere"
}

/** `2026-spring` as people say it. */
function whenName(when: string): string {
  const [year = "", season] = when.split("-")
  return season === undefined || /\d/.test(season) ? year : `${season} ${year}`
}
