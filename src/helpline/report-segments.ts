import { createFlows, type Conversation, type FlowContent } from "../flows/conversation.ts"
import type { Facts, Heard, Language } from "../flows/effect.ts"
import { render } from "../locales/render.ts"
import { countSms } from "../locales/sms.ts"
import { LANGUAGES, type Texts } from "../locales/texts.ts"
import type { DirectoryFile } from "./content.ts"
import { createListing } from "./listing.ts"

/** What a whole report costs by SMS in one language: the messages we send for it, and their segments. */
export type ReportSegments = { readonly language: Language; readonly told: Sum; readonly skipped: Sum; readonly longest: number }
type Sum = { readonly messages: number; readonly segments: number }

/**
 * Counts the SMS of a whole report in each language, from “tell what happened” to the last word: once with an answer to
 * every question, two messages of her own and a yes to all levels, and once with everything skipped and one yes.
 */
export function reportSegments(content: FlowContent, files: readonly DirectoryFile[], texts: Texts): readonly ReportSegments[] {
  const flows = createFlows(content)
  const listing = createListing(files, texts)
  const now = Math.max(...files.flatMap(({ entries }) => entries.map(({ verifiedOn }) => Date.parse(verifiedOn))))
  const facts: Facts = { now, shape: "sms", country: content.country, reports: { taken: true, group: "Digital Rights Foundation", code: "123456789012345678" } }

  function sent(language: Language, wanted: readonly string[], words: readonly string[]): readonly number[] {
    const counts: number[] = []
    let here: Conversation = { ...flows.hear(undefined, { type: "begin" }, facts).after, language, languageChosen: true }
    const hear = (heard: Heard, counted = true) => {
      const { after, effects } = flows.hear(here, heard, facts)
      here = after
      if (counted)
        for (const effect of effects)
          if (effect.type === "say") counts.push(countSms(render(listing(effect, language, new Date(now), "sms"), language, "sms", texts).text).segments)
    }
    hear({ type: "choice", id: "hello.safe/yes" }, false)
    const left = [...words]
    for (let turn = 0; turn < MOST_TURNS && here.place !== "report.filed"; turn++) {
      const next = here.place === "report.words" ? left.shift() : undefined
      const id =
        next === undefined ? (wanted.map((one) => here.offered.find(({ id }) => id.endsWith(`/${one}`))?.id).find((one) => one !== undefined) ?? here.offered[0]?.id) : undefined
      // By SMS one number is the whole answer to a question that takes several.
      const nth = here.offered.findIndex((option) => option.id === id) + 1
      hear({ type: "text", text: next ?? String(nth) })
    }
    if (here.place !== "report.filed") throw new Error("a report that was told wasn't filed")
    return counts
  }

  const sum = (counts: readonly number[]): Sum => ({ messages: counts.length, segments: counts.reduce((all, one) => all + one, 0) })
  return LANGUAGES.map((language) => {
    const told = sent(language, TOLD, ["It began in spring.", "It goes on."])
    const skipped = sent(language, SKIPPED, [])
    return { language, told: sum(told), skipped: sum(skipped), longest: Math.max(...told, ...skipped) }
  })
}

const MOST_TURNS = 100
const TOLD = ["report", "begin", "from-18-to-30", "self", "pictures", "images-shared", "blocked", "partly", "this-month", "province:punjab", "woman", "done", "right", "yes"]
const SKIPPED = ["report", "begin", "skip", "done", "right", "yes"]
