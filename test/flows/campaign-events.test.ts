import { describe, expect, test } from "vitest"
import { BUILT, CONTENT } from "../../src/app.ts"
import { createFlows, type Conversation } from "../../src/flows/conversation.ts"
import type { CampaignFacts, LocalEvent, ParticipantStep } from "../../src/flows/campaign-shapes.ts"
import type { Effect, Facts, Heard } from "../../src/flows/effect.ts"
import { readWhole } from "../../src/helpline/whole-content.ts"
import { sixteen } from "../support/participant.ts"

const whole = readWhole(CONTENT, BUILT)
const HOUR_MS = 3600_000
const NOW = Date.parse("2026-11-27T10:00Z")
const walk: LocalEvent = {
  id: "walk",
  campaign: "sixteen-days",
  country: "PK",
  languages: ["en"],
  date: "2026-11-29",
  time: "17:00",
  begins: Date.parse("2026-11-29T12:00Z"),
  ends: Date.parse("2026-11-29T19:00Z"),
}

/** Somebody who takes part and was sent today's action, in a country, while these events are announced. */
function participant(events: readonly LocalEvent[], { country = "PK", known = {}, at = NOW }: { country?: string; known?: Partial<CampaignFacts>; at?: number } = {}) {
  const flows = createFlows({ ...whole.flows, campaigns: [sixteen], events })
  let now = at
  let here: Conversation | undefined
  const steps: ParticipantStep[] = []
  const hear = (heard: Heard): readonly Effect[] => {
    const facts: Facts = { now, shape: "telegram", country }
    const mine = [{ campaign: "sixteen-days", language: "en" as const, country, zone: "Asia/Karachi", hour: 10, neutral: false, day: 3, done: 1 }]
    const first = flows.hear(here, heard, facts)
    const turn = first.needs === undefined ? first : flows.hear(here, heard, { ...facts, campaigns: { mine, open: ["sixteen-days"], ...known } })
    here = JSON.parse(JSON.stringify(turn.after)) as Conversation
    steps.push(...turn.effects.flatMap((effect) => (effect.type === "participate" ? [effect.step] : [])))
    return turn.effects
  }
  hear({ type: "action", campaign: "sixteen-days", day: 3, reminder: false, neutral: false })
  const answers = (...ids: readonly string[]) => ids.map((id) => hear({ type: "choice", id: here?.offered.find((one) => one.id.endsWith(`/${id}`))?.id ?? id })).at(-1) ?? []
  return {
    answers,
    said: (...ids: readonly string[]) => answers(...ids).flatMap((effect) => (effect.type === "say" ? [effect.key as string] : [])),
    offered: () => here?.offered.map(({ id }) => id.slice(id.lastIndexOf("/") + 1)) ?? [],
    place: () => here?.place,
    later: (ms: number) => void (now += ms),
    steps,
  }
}

const offered = (events: readonly LocalEvent[], more: Parameters<typeof participant>[1] = {}) => {
  const she = participant(events, more)
  she.answers("other")
  expect(she.place()).toBe("campaign.other")
  return she.offered().includes("events")
}

describe("events near her", () => {
  test("are offered beside an action where there is one to come, and nowhere else", () => {
    expect(offered([walk])).toBe(true)
    expect(offered([])).toBe(false)
    expect(offered([{ ...walk, campaign: "be-safe" }])).toBe(false)
    expect(offered([{ ...walk, country: "FR" }])).toBe(false)
    expect(offered([{ ...walk, languages: ["ur"] }])).toBe(false)
    expect(offered([walk], { at: walk.begins - HOUR_MS })).toBe(true)
    expect(offered([walk], { at: walk.begins })).toBe(false)
  })

  test("are those of every country, the next first, where nobody knows hers", () => {
    const far = { ...walk, id: "far", country: "FR", begins: walk.begins - HOUR_MS }
    const she = participant([walk, far], { country: "ZZ" })
    she.answers("other", "events")
    expect(she.offered()).toEqual(["event:far", "event:walk", "menu"])
  })

  test("stand in her campaign as well, by the country that she joined with", () => {
    const she = participant([walk])
    expect(she.said("done", "mine")).toEqual(["campaign.mine"])
    expect(she.offered()).toContain("events")
    she.answers("events", "event:walk")
    expect(she.place()).toBe("campaign.event")
  })

  test("are told with place, day and time there, and with a number only where there is one", () => {
    const she = participant([walk])
    const effects = she.answers("other", "events", "event:walk")
    expect(effects).toMatchObject([
      {
        key: "campaign.event",
        values: { title: { key: "place.event-walk-title" }, place: { key: "place.event-walk-place" }, day: { day: "sun" }, date: "2026-11-29", time: "17:00" },
      },
      { key: "campaign.event-join", values: { join: { key: "place.event-walk-join" } } },
      { key: "campaign.event-access", values: { access: { key: "place.event-walk-access" } } },
    ])
    const many = participant([walk], { known: { events: [{ id: "walk", count: 15, comes: false }] } })
    expect(many.answers("other", "events", "event:walk")).toContainEqual({ type: "say", key: "campaign.event-many", values: { count: "15" } })
  })

  test("take her word and take it back, each as a step of its own", () => {
    const she = participant([walk])
    she.answers("other", "events", "event:walk")
    expect(she.offered()).toEqual(["coming", "back", "menu"])
    expect(she.said("coming")).toEqual(["campaign.coming"])
    expect(she.said("not-coming")).toEqual(["campaign.not-coming"])
    expect(she.steps).toEqual([
      { type: "coming", event: "walk", comes: true, ends: walk.ends },
      { type: "coming", event: "walk", comes: false, ends: walk.ends },
    ])
    expect(she.said("back")).toEqual(["campaign.events"])
  })

  test("offer to stay away after all to whoever said that she comes", () => {
    const she = participant([walk], { known: { events: [{ id: "walk", comes: true }] } })
    she.answers("other", "events", "event:walk")
    expect(she.offered()).toEqual(["not-coming", "back", "menu"])
  })

  test("aren't offered any more once they have begun, though she stands before them", () => {
    const she = participant([walk], { at: walk.begins - 60_000 })
    she.answers("other", "events", "event:walk")
    she.later(120_000)
    expect(she.said("back")).toEqual(["campaign.events-over"])
    expect(she.offered()).toEqual(["menu"])
  })
})
