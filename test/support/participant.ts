import { BUILT, CONTENT } from "../../src/app.ts"
import { createFlows, type Conversation, type Turn } from "../../src/flows/conversation.ts"
import type { CampaignFacts, Campaign, ParticipantStep, Participation } from "../../src/flows/campaign-shapes.ts"
import type { Facts, Heard, Shape } from "../../src/flows/effect.ts"
import { flowContent } from "../../src/helpline/flow-content.ts"
import { organisationOf } from "../../src/helpline/organisation.ts"
import { readContent } from "../../src/helpline/content.ts"
import { readDesk } from "../../src/helpline/desk-file.ts"
import { directoryOf, placeNames } from "../../src/helpline/listing.ts"
import { createTexts } from "../../src/locales/texts.ts"

export const DAY_MS = 24 * 3600_000

/** A campaign like the sixteen days, without texts of its own. */
export const sixteen: Campaign = {
  id: "sixteen-days",
  begins: "2026-11-25",
  languages: ["en", "ur"],
  hours: { from: 8, to: 21 },
  actions: Array.from({ length: 16 }, (_, index) => ({ id: `action-${index + 1}` })),
  kinds: [],
}
/** One that begins with joining. */
export const course: Campaign = { ...sixteen, id: "be-safe", begins: "joining", actions: sixteen.actions.slice(0, 7) }

const { helpline, directory } = readContent(CONTENT)
const texts = createTexts(placeNames(directory))
const content = {
  ...flowContent(texts, BUILT, new Map([["sixteen", "sixteen-days"]])),
  ...organisationOf(helpline, readDesk(CONTENT).desk),
  directory: directoryOf(directory),
}

/** Somebody at a helpline with these campaigns; what her turns ask for is looked up as the house does it. */
export function participant({
  shape = "telegram",
  at = "2026-11-27T10:00Z",
  mine = [],
  campaigns = [sixteen],
  country,
  more = {},
}: {
  shape?: Shape
  at?: string
  mine?: Participation[]
  campaigns?: Campaign[]
  country?: string
  more?: Partial<CampaignFacts>
} = {}) {
  const flows = createFlows({ ...content, campaigns })
  let now = Date.parse(at)
  let here: Conversation | undefined
  const steps: ParticipantStep[] = []
  const asked: CampaignFacts[] = []
  const hear = (heard: Heard) => {
    const facts: Facts = { now, shape, ...(country !== undefined && { country }) }
    let turn: Turn = flows.hear(here, heard, facts)
    if (turn.needs === "campaigns") {
      const known = { mine: [...mine], open: campaigns.map(({ id }) => id), ...more }
      asked.push(known)
      turn = flows.hear(here, heard, { ...facts, campaigns: known })
    }
    here = JSON.parse(JSON.stringify(turn.after)) as Conversation
    steps.push(...turn.effects.flatMap((effect) => (effect.type === "participate" ? [effect.step] : [])))
    return turn.effects.flatMap((effect) => (effect.type === "say" ? [effect.key as string] : []))
  }
  const she = {
    writes: (text: string) => hear({ type: "text", text }),
    answers: (...ids: readonly string[]) => ids.map((id) => hear({ type: "choice", id: here?.offered.find((one) => one.id.endsWith(`/${id}`))?.id ?? id })).at(-1) ?? [],
    hears: hear,
    action: (day: number, more: { readonly neutral?: boolean } = {}) => hear({ type: "action", campaign: "sixteen-days", day, reminder: false, neutral: more.neutral ?? false }),
    place: () => here?.place,
    offered: () => here?.offered.map(({ id }) => id.slice(id.lastIndexOf("/") + 1)),
    memory: () => here?.memory,
    later: (ms: number) => void (now += ms),
    steps,
    asked,
  }
  return she
}

/** Her own part in the sixteen days, on the third of them. */
export const part: Participation = { campaign: "sixteen-days", language: "en", zone: "Asia/Karachi", hour: 10, neutral: false, day: 3, done: 1 }
