import { CONTENT } from "../../src/app.ts"
import { createFlows, type Conversation } from "../../src/flows/conversation.ts"
import type { Heard, Language, Shape } from "../../src/flows/effect.ts"
import type { Filing, ReportFacts } from "../../src/flows/report-shapes.ts"
import { questionOf } from "../../src/flows/hello.ts"
import { placed, unplaced } from "../../src/flows/options.ts"
import { createListing } from "../../src/helpline/listing.ts"
import { render } from "../../src/locales/render.ts"
import { contentIn } from "./content.ts"

const whole = contentIn(CONTENT)
export const { helpline, directory, texts } = whole
export const flows = createFlows(whole.flows)
const listing = createListing(directory, texts)

/** A person who writes to the real flows, and reads what would leave at that moment. */
export function somebody(
  from: { readonly country?: string; readonly shape?: Shape; readonly at?: string; readonly language?: Language; readonly safe?: boolean; readonly reports?: ReportFacts } = {},
) {
  const { shape = "telegram", language = "en" } = from
  const now = new Date(from.at ?? "2026-11-25T10:00Z")
  const facts = { now: now.getTime(), shape, reports: from.reports, ...(from.country !== undefined && { country: from.country }) }
  let here: Conversation = { ...flows.hear(undefined, { type: "text", text: "hi" }, facts).after, language, languageChosen: true }
  const filed: Filing[] = []
  const hear = (heard: Heard): readonly string[] => {
    const { after, effects } = flows.hear(here, heard, facts)
    here = after
    filed.push(...effects.flatMap((effect) => (effect.type === "file" ? [effect.filing] : [])))
    return effects.flatMap((effect) =>
      effect.type === "say" || effect.type === "list" ? [render(listing(effect, after.language, now, shape), after.language, shape, texts).text] : [],
    )
  }
  const tap = (id: string) => hear({ type: "choice", id: here.offered.find((option) => option.id.endsWith(`/${id}`))?.id ?? placed(questionOf(here.place, here.memory), id) })
  if (from.safe !== false) tap("yes")
  return {
    writes: (text: string) => hear({ type: "text", text }),
    /** Gives one answer after another; what is said to the last. */
    answers: (...ids: readonly string[]) => ids.map(tap).at(-1) ?? [],
    place: () => here.place,
    offered: () => here.offered.map(({ id }) => unplaced(id)),
    memory: () => here.memory,
    here: () => here,
    hears: hear,
    /** What was given to the report officers. */
    filed: (): readonly Filing[] => filed,
    /** Later; what is kept between turns is written down and read again. */
    later: (ms: number) => {
      facts.now += ms
      here = JSON.parse(JSON.stringify(here)) as Conversation
    },
  }
}
