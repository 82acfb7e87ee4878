import { describe, expect, test } from "vitest"
import { fromTransition } from "xstate"
import { getAdjacencyMap } from "xstate/graph"
import { isUnsent } from "../../src/flows/case.ts"
import type { CampaignFacts } from "../../src/flows/campaign-shapes.ts"
import type { Conversation, Flows } from "../../src/flows/conversation.ts"
import type { DeskFacts, Facts, Heard, Shape } from "../../src/flows/effect.ts"
import { LANGUAGES } from "../../src/locales/texts.ts"
import { readWords } from "../../src/locales/words.ts"
import { realFlows } from "../support/flows.ts"
import { PROOF } from "../support/proof.ts"

const NOW = Date.parse("2026-11-25T10:00:00Z")
const SHAPES: readonly Shape[] = ["telegram", "sms", "whatsapp"]

type Said =
  | { readonly type: "choice"; readonly id: string; readonly campaigns?: CampaignFacts }
  | { readonly type: "text"; readonly text: string; readonly desk?: DeskFacts }
  | Extract<Heard, { readonly type: "news" | "counsellor" | "case" | "media" }>

const ID = "00000000-0000-8000-8000-000000000000"
const OPEN = { state: "open" } as const
const SHUT = (["closed", "blocked", "nobody"] as const).map((state) => ({ type: "text", text: "talk to a person", desk: { state } }) as const)

/** What becomes of somebody who has asked for a person, at the desk. */
function fromDesk({ place, memory: { handoff } }: Conversation): readonly Said[] {
  if (handoff === undefined || handoff.status === "asked" || !place.startsWith("person.")) return []
  return [
    { type: "counsellor", id: handoff.id, staffId: ID, alias: "Jo", text: "Hello.", key: "" },
    ...(["back", "nobody", "silent", "ended"] as const).map((what) => ({ type: "news", id: handoff.id, what }) as const),
  ]
}

const REPORTS = { taken: true, group: "Example Rights Foundation", code: "123456789012345678" }
const CONSENTS = { keep: true, count: false, share: false, publish: false, wording: "report-1" }
const CASE = {
  ref: "one",
  state: "kept",
  consents: CONSENTS,
  answers: [{ id: "1", text: "Hello." }],
  keptUntil: "2027-11",
  counted: false,
  story: { id: "one", text: "A story." },
} as const
/** What a code leads to. */
const CASES = [CASE, { ...CASE, state: "expired" } as const, "unknown" as const, "later" as const].map((opened) => ({ type: "case", opened }) as const)

const PART = { campaign: "sixteen-days", language: "en", zone: "Asia/Karachi", hour: 10, neutral: false, day: 5, done: 1 } as const
const JOINABLE = ["be-safe", "sixteen-days"]
/** What she may take part in: nothing, one campaign to which she has given something, several, and nothing more. */
const PARTS: readonly CampaignFacts[] = [
  { mine: [], open: JOINABLE, letters: [{ id: "one", language: "en", text: "Stay." }] },
  { mine: [PART], open: JOINABLE, given: [{ id: "one", kind: "square", status: "changed", proposal: "Stay." }] },
  { mine: [PART], open: JOINABLE, blocked: true },
]

/** What may be a square of the quilt, too. */
const PICTURE = { type: "media", file: "telegram:one" } as const

/** What she tells in her own words, and sends beside them. */
function tells({ place, memory: { draft, opened } }: Conversation): readonly Said[] {
  if (place === "report.words" && (draft?.words.length ?? 0) < 2) return [...TOLD.map((text) => ({ type: "text", text }) as const), { type: "media" }]
  if (place === "campaign.words" || place === "campaign.name")
    return [...["Stay loud.", "x".repeat(900), "Call 0300 1234567."].map((text) => ({ type: "text", text }) as const), PICTURE]
  if (place === "campaign.picture-show") return [PICTURE]
  if (place === "case.add" && (opened?.words?.length ?? 0) < 2) return TOLD.slice(0, 2).map((text) => ({ type: "text", text }) as const)
  return []
}
const TOLD = ["It went on for weeks.", "My number is 0300 1234567.", "I am 15 years old."]

/** What leads to places that no option leads to. */
const WORDS = ["he is outside my door with a knife", "i want to kill myself", "HELP", "0"]

/**
 * Every place a person can reach by choosing what is offered, each with one conversation that stands there: the turns of
 * the real flows, walked by XState's own graph as one logic.
 */
function walk(flows: Flows, shape: Shape): ReadonlyMap<string, Conversation> {
  const facts: Facts = { now: NOW, shape, fresh: ID, desk: OPEN, reports: REPORTS }
  const hear = (here: Conversation, said: Said) =>
    flows.hear(here, said, {
      ...facts,
      ...(said.type === "choice" && said.campaigns && { campaigns: said.campaigns }),
      ...(said.type === "text" && said.desk && { desk: said.desk }),
      ...(said.type === "counsellor" && { handoff: { id: said.id, status: "live", staffId: said.staffId } }),
    }).after
  const start = flows.hear(undefined, { type: "text", text: "hi" }, facts).after
  const walked = getAdjacencyMap(fromTransition(hear, start), {
    events: ({ context: here }): readonly Said[] =>
      here.place === "left"
        ? []
        : [
            ...here.offered.flatMap(({ id }) => {
              const asks = here.place.startsWith("campaign.") || id === "menu.main/campaign" || id === "menu.main/letter"
              return asks ? PARTS.map((campaigns) => ({ type: "choice", id, campaigns }) as const) : [{ type: "choice", id } as const]
            }),
            ...fromDesk(here),
            ...tells(here),
            ...(here === start ? WORDS.map((text) => ({ type: "text", text }) as const) : []),
            ...(here.place === "person.silent" ? [{ type: "text", text: "me again" } as const] : []),
            ...(here.place === "menu.main" ? [...SHUT, ...CASES] : []),
          ],
    serializeState: ({ context }) => pointOf(context),
    // Where a word led stands nowhere; that its end is walked on from is enough.
    serializeEvent: ({ type }) => type,
    limit: 1_000_000,
  })
  const places = new Map<string, Conversation>()
  for (const { state } of Object.values(walked)) if (state.context.place !== "left" && !places.has(state.context.place)) places.set(state.context.place, state.context)
  return places
}

/** What of a conversation decides to which places she can go from here; her country changes what is said there, and no place. */
function pointOf({ place, memory, forgetting, offered }: Conversation): string {
  return JSON.stringify([
    place,
    memory.page,
    memory.need,
    memory.age,
    // A chat that had ended is asked about again once she has said that this is a good moment.
    memory.reopens && memory.pending?.to,
    forgetting,
    ...toldOf(place, memory),
    // What waits for the answer to the first question decides where that leads.
    ...(place.startsWith("hello.") ? [memory.pending?.to, memory.reopens] : []),
    ...(place.startsWith("campaign.") ? [memory.campaign, memory.joining?.changes, memory.giving?.kind, memory.giving?.held !== undefined, offered.length] : []),
    ...(place.startsWith("person.") ? [memory.handoff?.status, memory.quiet] : []),
  ])
}

/** What of a report or a case bears on where an answer leads. */
function toldOf(place: string, { draft, opened }: Conversation["memory"]): readonly unknown[] {
  if (place.startsWith("case.")) return [opened?.found, (opened?.words?.length ?? 0) > 0]
  if (!place.startsWith("report.") || draft === undefined) return []
  return [draft.step, draft.resumed !== undefined, (draft.said[draft.step]?.length ?? 0) > 0, Object.values(draft.agreed).includes(true)]
}

const flows = realFlows(NOW)
const words = readWords()
/** The words of a kind in all languages, each once. */
const allOf = (kind: "exit" | "stopping" | "farewells" | "menu" | "forget" | "emergency") => new Set(LANGUAGES.flatMap((language) => words[language][kind]))

const places = walk(flows, "sms")

describe("safety words come before flows", () => {
  test("the walk reaches every place that asks something", () => {
    const all = leaves(flows)
    const silent = new Set([
      "left",
      "gate.open",
      "hello.again",
      "hello.quiet",
      "settings.expired",
      "settings.forgetting",
      "menu.lost",
      "menu.sorry",
      "menu.topic",
      "emergency.danger-ask",
      "hello.channels",
      // Districts come with the areas; without an officer's key nothing is asked.
      "report.district",
      "report.not-yet",
      // To numbers of one country on WhatsApp only.
      "campaign.elsewhere",
    ])
    const passing =
      /^gate\.|\.(welcome|open|where|what|here)$|^person\.(gate|asking|queuing|queue|returning|reopening|nobody-yet|not-now)$|^report\.(gate|ask|filing)$|^case\.gate$|^campaign\.(gate|looking|clock|timed|off|away|give-gate|whose-gate|letter-gate)$/
    const missed = all.filter((place) => !places.has(place) && !silent.has(place) && !(passing.test(place) && !place.startsWith("tips.")) && place !== "tips.open")
    expect(missed).toEqual([])
  })

  for (const shape of SHAPES) {
    test(`on ${shape}, every safety word of every language works in one message from every place`, () => {
      const failures: string[] = []
      for (const [index, [place, here]] of [...places].entries()) {
        // Every word everywhere on every shape; SMS in whichever language the conversation is, the others in each by turns.
        const speaks = shape === "sms" ? LANGUAGES : LANGUAGES.slice(index % LANGUAGES.length, (index % LANGUAGES.length) + 1)
        for (const language of PROOF ? LANGUAGES : speaks) {
          const speaking = { ...here, language }
          const live = here.memory.handoff?.status === "live"
          const inLine = live || here.memory.handoff?.status === "waiting"
          const facts: Facts = { now: NOW + 1000, shape }
          const hear = (text: string) => flows.hear(speaking, { type: "text", text }, facts)
          const check = (text: string, landsOn: string, says: number | undefined) => {
            const turn = hear(text)
            const count = turn.effects.filter(({ type }) => type === "say" || type === "list").length
            if (turn.after.place !== landsOn || (says !== undefined && count !== says)) failures.push(`${place} ${language} ${text}: ${turn.after.place}, ${count} said`)
          }
          for (const word of [...allOf("exit"), ...allOf("stopping")]) check(word, "left", 1)
          // To a counsellor a farewell is a word like others.
          for (const word of allOf("farewells")) {
            if (!live) check(word, "left", 1)
            else if (hear(word).after.memory.handoff === undefined) failures.push(`${place} ${language} ${word} ends a chat`)
          }
          // Whoever is writing with somebody is told that this goes on, and who hadn't passed on what she wrote, that it is gone.
          const listed = live || isUnsent(here.memory.opened) ? 2 : 1
          for (const word of allOf("menu")) check(word, "menu.main", listed)
          for (const word of allOf("forget")) check(word, "settings.forget", 1)
          for (const word of allOf("emergency")) check(word, "emergency.which", 1)
          for (const word of ["EXIT EXIT", "exti", "exit now", "please stop", "STOP STOP"]) check(word, "left", 1)
          for (const key of ["0", "۰", "٠", "०", "🔴", "0.", " 🔴 ", "🆘", "O", "zero", "0 please"]) check(key, "emergency.which", 1)
          // Said to a campaign it is the campaign that stops; the carrier of text messages knows no difference.
          for (const word of ["STOP", "stop", "END", "Quit", "CANCEL", "UNSUBSCRIBE", "ARRET"])
            if (place.startsWith("campaign.") && shape !== "sms") check(word, "campaign.gone", 1)
            else check(word, "left", 0)
          check("START", inLine ? "hello.safe" : "left", 1)
          check("HELP", "menu.help", listed)
        }
      }
      expect(failures).toEqual([])
    }, 120_000)
  }

  test("EXIT leaves a blank slate: what was answered is gone", () => {
    for (const here of places.values()) {
      const { after } = flows.hear(here, { type: "text", text: "EXIT" }, { now: NOW, shape: "sms" })
      expect(after.memory).toMatchObject({ safe: false, page: 0, trail: [] })
      expect([after.memory.need, after.memory.province, after.memory.topic, after.memory.pending]).toEqual([undefined, undefined, undefined, undefined])
      expect(after.offered).toEqual([])
    }
  })

  test("no place of the flows listens for a safety word, so none can switch one off", () => {
    const own = flows.machine.root.states as Record<string, unknown>
    const listening: string[] = []
    const look = (node: { key: string; config: { on?: object }; states: Record<string, never> }) => {
      if (node.key !== "gate" && node.config.on !== undefined && "go" in node.config.on) listening.push(node.key)
      for (const inner of Object.values(node.states)) look(inner)
    }
    for (const node of Object.values(own)) look(node as never)
    expect(listening).toEqual([])
  })
})

describe("the first words", () => {
  test("whatever she writes first, unless it can't wait, the answer is the neutral question", () => {
    for (const text of ["hi", "hello", "salam", "hola", "bonjour", "سلام", "???", "my account was hacked", "1", ""]) {
      const turn = flows.hear(undefined, { type: "text", text }, { now: NOW, shape: "sms" })
      expect(turn.effects.map((effect) => ("key" in effect ? effect.key : effect.type))).toEqual(["hello.safe"])
    }
  })

  test("a session that has been silent too long begins anew, with nothing of the last one", () => {
    const here = places.get("tips.images.google")
    const turn = flows.hear(here, { type: "text", text: "1" }, { now: NOW + 61 * 60_000, shape: "sms" })
    expect(turn.after.place).toBe("hello.safe")
    expect(turn.after.memory.topic).toBeUndefined()
  })

  test("the same words at the same place get the same answer", () => {
    for (const here of places.values()) {
      const hear = () => flows.hear(here, { type: "text", text: "mera account hack ho gaya" }, { now: NOW, shape: "whatsapp" })
      expect(hear()).toEqual(hear())
    }
  })
})

describe("a place that is gone", () => {
  test("costs an honest sentence and the menu, never silence", () => {
    const here = { ...flows.hear(undefined, { type: "text", text: "hi" }, { now: NOW, shape: "sms" }).after, place: "tips.removed.first-steps" }
    const turn = flows.hear(here, { type: "text", text: "1" }, { now: NOW, shape: "sms" })
    expect(turn.after.place).toBe("menu.lost")
    expect(turn.effects).toHaveLength(1)
    expect(flows.hear(here, { type: "text", text: "EXIT" }, { now: NOW, shape: "sms" }).after.place).toBe("left")
  })
})

function leaves(all: Flows): readonly string[] {
  const found: string[] = []
  const look = (node: { states: Record<string, never> }, path: readonly string[]) => {
    const inner = Object.entries(node.states)
    if (inner.length === 0) found.push(path.join("."))
    for (const [key, state] of inner) look(state, [...path, key])
  }
  look(all.machine.root as never, [])
  return found
}
