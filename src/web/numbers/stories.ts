import { html } from "hono/html"
import type { Language } from "../../helpline/public-words.ts"
import type { PublicStory } from "../../helpline/release-view.ts"
import type { ReleaseWords } from "../../helpline/release-words.ts"
import { page } from "../pages.ts"

/** `/stories`: what people let us publish, each with a province and a year or season, and nothing nearer. A story stays in the language in which it was shown to its teller. */
export function storiesPage(stories: readonly PublicStory[], words: ReleaseWords, languages: readonly Language[]) {
  const { say, language } = words
  return page({
    words,
    languages,
    path: "/stories",
    wide: true,
    title: say("numbers.stories.title"),
    body: html`<p class="kicker">${say("numbers.stories.kicker")}</p>
<h1>${say("numbers.stories.title")}</h1>
<p class="lead">${say("numbers.stories.lead")}</p>
${
  stories.length === 0
    ? html`<p class="nothing">${say("numbers.stories.none")}</p>`
    : html`<ul class="stories">${stories.map(
        (story) =>
          html`<li><article dir="${story.language === "ur" ? "rtl" : "ltr"}"><div class="told" lang="${story.language}">${story.text
            .split(/\n{2,}/)
            .filter((one) => one.trim() !== "")
            .map((one) => html`<p>${one.trim()}</p>`)}</div><p class="where">${words.from(story)}</p></article></li>`,
      )}</ul>`
}
<p class="important">${say("numbers.stories.no-sample")} ${say("numbers.stories.own")}</p>
<p class="files"><a href="/${language}/stories.json" download>JSON<span class="hidden">: ${say("numbers.stories.all")}</span></a></p>
<p class="elsewhere"><a href="/${language}/numbers">${say("numbers.stories.numbers")}</a> · <a href="/${language}">${say("pages.start")}</a></p>`,
  })
}

/** The stories as a file. They are their tellers' own, so no licence goes with them. */
export function storiesFile(stories: readonly PublicStory[], { say }: ReleaseWords) {
  return { note: `${say("numbers.stories.no-sample")} ${say("numbers.stories.own")}`, stories }
}
