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

const MINUTE = 60_000
const SAFE = "hello.safe"
const later = (minutes: number, also: Partial<Facts> = {}): Facts => ({ ...facts, desk: { state: "open" }, now: facts.now + minutes * MINUTE, ...also })

/** Whoever waits, or writes with Sana; `sure`: whether she said that she can write on this phone. */
function withChat(status: "waiting" | "live", sure = true): Conversation {
  const greeted = ["hi", ...(sure ? ["yes"] : ["not sure", "go on"])].reduce<Conversation | undefined>((here, typed) => flows.hear(here, text(typed), facts).after, undefined)
  if (greeted === undefined) throw new Error("nobody was greeted")
  const handoff = { id: "chat", status, ...(status === "live" && { alias: "Sana" }) }
  return { ...greeted, place: status === "live" ? "person.live" : "person.queued", offered: [], memory: { ...greeted.memory, handoff } }
}

/** What she reads and what is done at the desk, one message after the other. */
function talk(before: Conversation, heard: readonly (string | Heard)[], at: Facts): { readonly after: Conversation; readonly told: readonly (readonly string[])[] } {
  const told: (readonly string[])[] = []
  let here = before
  for (const one of heard) {
    const turn = flows.hear(here, typeof one === "string" ? text(one) : one, at)
    here = turn.after
    told.push(keys(turn))
  }
  return { after: here, told }
}

const news = (what: "nobody" | "ended" | "silent"): Heard => ({ type: "news", id: "chat", what })

describe("whom nobody could answer, hours after her last word,", () => {
  const missed = talk(withChat("waiting"), [news("nobody")], later(61))

  test("isn't written to, and is told with her next words, once she has said that this is a good moment", () => {
    expect(missed.told).toEqual([[]])
    for (const minutes of [62, 200, 23 * 60]) {
      const { after, told } = talk(missed.after, ["hi", "yes"], later(minutes))
      expect(told).toEqual([[SAFE], ["hello.limits_sms", "person.nobody"]])
      expect(after.memory.unsaid).toBeUndefined()
    }
  })

  test("can ask again from there, with what she wrote first", () => {
    const { after, told } = talk(missed.after, ["is anybody there", "yes", "Ask again"], later(200))
    expect(told.at(-1)).toEqual(["reopen", "line", "person.queued", "resume"])
    expect(after.memory.handoff).toEqual({ id: "chat", status: "waiting" })
  })

  test("hears it on the way to what else she came for", () => {
    expect(talk(missed.after, ["I need the number of a lawyer near me", "yes"], later(200)).told).toEqual([[SAFE], ["hello.limits_sms", "person.nobody", "find-help.here"]])
  })

  test("hears it also where this was no good moment, or she began with START", () => {
    for (const first of [["hi", "no"], ["START"]]) {
      const { after } = talk(missed.after, first, later(200))
      expect(after.place).toBe("left")
      expect(talk(after, ["hi", "yes"], later(210)).told).toEqual([[SAFE], ["hello.limits_sms", "person.nobody"]])
    }
  })

  test("takes nothing of it along when she leaves, and after a day nothing is left of it", () => {
    for (const word of ["EXIT", "STOP"]) expect(talk(talk(missed.after, [word], later(200)).after, ["hi", "yes"], later(210)).told.flat()).not.toContain("person.nobody")
    expect(talk(missed.after, ["hi", "yes"], later(25 * 60)).told.flat()).not.toContain("person.nobody")
  })

  test("hears it before a report that she had begun is taken up", () => {
    const memory = { ...missed.after.memory, draft: { at: facts.now, step: "about", said: {}, words: [], agreed: {} } }
    const { after, told } = talk({ ...missed.after, memory }, ["hi", "yes"], later(200))
    expect(told.at(-1)).toEqual(["hello.limits_sms", "person.nobody"])
    expect(after.memory.draft).toEqual(memory.draft)
  })
})

describe("whom nobody could answer while she was told nothing that she didn't ask for,", () => {
  test("is told with her next word, of whatever kind; what she wrote goes along if she asks again", () => {
    const { after, told } = talk(withChat("waiting", false), [news("nobody")], later(1))
    expect([after.place, ...told]).toEqual(["person.unsaid", []])
    expect(talk(after, ["a kite on the roof"], later(2)).told).toEqual([["person.nobody"]])
    expect(talk(after, ["a kite on the roof"], later(2)).after.memory.unheard).toEqual(["a kite on the roof"])
    expect(talk(after, ["MENU"], later(2)).told).toEqual([["person.nobody", "menu.main"]])
    expect(talk(after, ["MENU"], later(2)).after.memory.unsaid).toBeUndefined()
    expect(talk(after, [{ type: "choice", id: "person.waiting/tips" }], later(2)).told).toEqual([["person.nobody"]])
  })

  test("stays where the urgent numbers are, and hears it once she can text again", () => {
    const danger = talk(withChat("waiting"), ["0", "1"], later(0)).after
    const { after, told } = talk(danger, [news("nobody")], later(5))
    expect([after.place, ...told]).toEqual(["emergency.danger", []])
    expect(talk(after, ["1"], later(6)).told).toEqual([["person.nobody"]])
    expect(talk(after, ["a kite on the roof"], later(6)).told).toEqual([["person.nobody"]])
    expect(talk(after, ["2"], later(6)).told.flat()).not.toContain("person.nobody")
  })

  test("goes on being asked whether this is a good moment, and learns nothing before she has answered", () => {
    const asked = talk(withChat("waiting"), [{ type: "begin" }], later(0)).after
    const { after, told } = talk(asked, [news("nobody")], later(1))
    expect([after.place, ...told]).toEqual([SAFE, []])
    expect(after.offered).toEqual(asked.offered)
    expect(talk(after, ["who is this", "no"], later(2)).told).toEqual([["hello.again"], ["hello.not-now"]])
    expect(talk(after, ["yes"], later(2)).told).toEqual([["hello.limits_sms", "person.nobody"]])
  })

  test("is asked so first where she hadn't said it yet", () => {
    const unsure = { ...withChat("waiting"), memory: { ...withChat("waiting").memory, safe: false } }
    const { after } = talk(unsure, [news("nobody")], later(1))
    expect(talk(after, ["a kite on the roof", "yes"], later(2)).told).toEqual([[SAFE], ["hello.limits_sms", "person.nobody"]])
    expect(talk(after, [{ type: "choice", id: "person.waiting/tips" }, "yes"], later(2)).told).toEqual([[SAFE], ["hello.limits_sms", "person.nobody"]])
  })
})

describe("whose chat was closed without a word to her,", () => {
  const closed = talk(withChat("live", false), [news("silent")], later(61)).after

  test("is asked in the next session whether to open it again, and what she wrote first is passed on", () => {
    const { told, after } = talk(closed, ["are you there Sana", "yes", "yes"], later(200))
    expect(told).toEqual([[SAFE], ["hello.limits_sms", "person.over"], ["reopen", "line", "person.queued", "resume"]])
    expect([after.memory.unheard, after.memory.unsaid]).toEqual([undefined, undefined])
  })

  test("finds with them what she had written before, and had no answer to", () => {
    const asked = talk(closed, ["are you there Sana"], later(62)).after
    const { after } = talk(asked, ["me again", "yes"], later(200))
    expect(after.memory.unheard).toEqual(["are you there Sana", "me again"])
  })

  test("hears it first where the desk is closed, nobody answers, or she may not ask, and once", () => {
    for (const [desk, then] of [
      [{ state: "closed" }, ["person.closed"]],
      [{ state: "nobody" }, ["menu.person", "find-help.here"]],
      [{ state: "blocked" }, ["person.not-now", "find-help.here"]],
    ] as const) {
      const { told, after } = talk(closed, ["hi", "yes"], later(200, { desk }))
      expect(told.at(-1)).toEqual(["hello.limits_sms", "person.was-closed", ...then])
      expect(talk(after, ["talk to a person"], later(201, { desk })).told.flat()).not.toContain("person.was-closed")
    }
  })

  test("hears it on the way to what else she came for", () => {
    expect(talk(closed, ["I need the number of a lawyer near me", "yes"], later(200)).told.at(-1)).toEqual(["hello.limits_sms", "person.was-closed", "find-help.here"])
  })

  test("finds whoever was there again from wherever she writes to them, not only from the numbers", () => {
    const { after: atMenuAgain, told } = talk(closed, ["MENU"], later(62))
    expect(told).toEqual([["menu.main"]])
    expect(talk(atMenuAgain, ["a kite on the roof", "yes"], later(63)).told).toEqual([[SAFE], ["hello.limits_sms", "person.over"]])
  })
})

test("what isn't told because it is late makes nothing quiet for later", () => {
  const { after, told } = talk(withChat("live"), [{ type: "news", id: "chat", what: "nudge" }], later(61))
  expect([told, after.memory.quiet]).toEqual([[[]], undefined])
})

test("who is blocked in the middle of a chat, and in danger, hears afterwards that it was closed, not that nobody came", () => {
  const blocked = later(1, { handoff: "blocked" })
  const { after } = talk(withChat("live"), ["he is going to kill me now"], blocked)
  expect(after.place).toBe("emergency.danger")
  expect(talk(after, ["1"], later(2, { desk: { state: "blocked" } })).told).toEqual([["person.was-closed", "person.not-now", "find-help.here"]])
})

describe("what happens to her chat", () => {
  const told = (here: Conversation, what: Extract<Heard, { type: "news" }>["what"], id = "chat") => talk(here, [{ type: "news", id, what }], later(1))

  test("is told nobody who wasn't sure that this phone is safe, whatever it is", () => {
    for (const what of ["back", "nobody", "nudge", "silent", "ended", "closed"] as const) {
      for (const status of ["waiting", "live"] as const) expect([what, status, ...told(withChat(status, false), what).told]).toEqual([what, status, []])
    }
  })

  test("is of no concern to her where it is another one, or where somebody writes with her already", () => {
    expect(told(withChat("live"), "ended", "another")).toEqual({ after: withChat("live"), told: [[]] })
    expect(told(withChat("live"), "closed").told).toEqual([[]])
  })

  test("and is told while she is asked about FORGET leaves that question to her buttons", () => {
    const asked = talk(withChat("live"), ["FORGET"], later(0)).after
    const { after } = told(asked, "nudge")
    expect([asked.place, after.place, after.offered]).toEqual(["settings.forget", "person.live", []])
  })

  test("brings her no words once she has left", () => {
    const left = talk(withChat("live"), ["EXIT"], later(0)).after
    const open: Partial<Facts> = { handoff: { id: "chat", status: "live", staffId: "sana", rests: false } }
    const words: Heard = { type: "counsellor", id: "chat", staffId: "sana", alias: "Sana", text: "Hello?", key: "k" }
    expect(flows.hear(left, words, later(1, open)).effects).toEqual([])
  })

  test("keeps here what was on its way to her when this is no good moment", () => {
    const asked = talk(withChat("live"), [{ type: "begin" }], later(0)).after
    expect(flows.hear(asked, text("no"), later(1)).hush).toBe(true)
  })

  test("isn't opened again, nor asked about, after her no; what she had written to it goes into no other", () => {
    const closed = told(withChat("live"), "silent").after
    const { after } = talk(closed, ["me again", "yes", "no"], later(2))
    expect([after.place, after.memory.last, after.memory.reopens, after.memory.unheard]).toEqual(["menu.main", undefined, undefined, undefined])
    const alone = { ...after, memory: { ...after.memory, unheard: ["me again"] } }
    expect(talk(alone, ["talk to a person"], later(3)).after.memory.unheard).toBeUndefined()
  })

  test("begins with no place in line where the desk has closed while she was asked", () => {
    const asked = talk({ ...withChat("live"), place: "menu.main", memory: { ...withChat("live").memory, handoff: undefined } }, ["talk to a person", "yes", "no"], later(1)).after
    const { after, told: then } = talk(asked, ["skip"], later(2, { desk: { state: "closed" } }))
    expect([asked.place, after.place, after.memory.handoff]).toEqual(["person.about", "person.closed", undefined])
    expect(then.flat()).not.toContain("queue")
  })
})
