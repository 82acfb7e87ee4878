import { describe, expect, test } from "vitest"
import type { Conversation } from "../../src/flows/conversation.ts"
import type { Facts, Heard } from "../../src/flows/effect.ts"
import { realFlows } from "../support/flows.ts"

const flows = realFlows()
const facts: Facts = { now: Date.parse("2026-11-25T10:00:00Z"), shape: "sms", fresh: "fresh" }
const text = (typed: string): Heard => ({ type: "text", text: typed })
const keys = ({ effects }: ReturnType<typeof flows.hear>) => effects.flatMap((effect) => (effect.type === "say" ? [effect.key] : effect.type === "desk" ? [effect.step.type] : []))

/** Somebody who writes with a counsellor and has the menu before her. */
function atMenu(): Conversation {
  const greeted = ["hi", "yes"].reduce<Conversation | undefined>((here, typed) => flows.hear(here, text(typed), facts).after, undefined)
  if (greeted === undefined) throw new Error("nobody was greeted")
  const live = { ...greeted, memory: { ...greeted.memory, handoff: { id: "chat", status: "live" as const, alias: "Sana" } } }
  return flows.hear(live, text("MENU"), facts).after
}

describe("whose chat has ended, before she has heard of it,", () => {
  test("goes on with what needs nobody, and is told by the news", () => {
    const turn = flows.hear(atMenu(), text("1"), { ...facts, handoff: "none" })
    expect(turn.after.place).toBe("tips.list")
    expect(keys(flows.hear(turn.after, { type: "news", id: "chat", what: "ended" }, facts))).toEqual(["person.ended"])
  })

  test("is asked whether to open it again when she writes to whoever was there", () => {
    const turn = flows.hear(atMenu(), text("a kite on the roof"), { ...facts, handoff: "none" })
    expect([turn.after.place, ...keys(turn)]).toEqual(["person.over", "person.over"])
    expect(turn.after.memory.unheard).toEqual(["a kite on the roof"])
  })

  test("gets the numbers of an urgent moment all the same", () => {
    const turn = flows.hear(atMenu(), text("0"), { ...facts, handoff: "none" })
    const next = flows.hear(turn.after, text("1"), { ...facts, handoff: "none" })
    expect(next.after.place).toMatch(/^emergency\./)
    expect(keys(next)).not.toContain("mark")
  })
})
