import type { Conversation, FlowContent, Turn } from "./conversation.ts"
import type { Effect, Facts, Language } from "./effect.ts"
import { isWithCase } from "./case.ts"
import { questionOf } from "./hello.ts"
import type { createMachine } from "./machine.ts"
import { blank, carried, type FlowEvent, type Jump } from "./memory.ts"
import { placed } from "./options.ts"
import { graver, rememberedEnd, RISK_OF } from "./person-places.ts"
import { rememberedDraft } from "./telling.ts"
import { createStep } from "./step.ts"
import { FLOW_VERSION } from "./version.ts"

/** Places that ask nothing. */
const silent = new Set(["left", "settings.expired", "settings.forgetting", "person.live", "person.silent", "person.unsaid", "campaign.looking"])

/** The same effect, its answers named after the question they answer. */
function asking(question: string, effect: Effect): Effect {
  if (!("options" in effect) || effect.options === undefined) return effect
  return { ...effect, options: effect.options.map((option) => ({ ...option, id: placed(question, option.id) })) }
}

/** What a turn is made of: one step from where she is, a jump to anywhere, a new beginning, a leaving. */
export type Moves = ReturnType<typeof createMoves>

export function createMoves(content: FlowContent, machine: ReturnType<typeof createMachine>) {
  const stepMachine = createStep(machine as never)

  function step(from: Conversation, event: FlowEvent, facts: Facts): Turn {
    const around = { now: facts.now, shape: facts.shape, desk: facts.desk, fresh: facts.fresh, reports: facts.reports, campaigns: facts.campaigns, language: from.language }
    const { place, memory: kept, effects: made } = stepMachine(from.place, { ...from.memory, ...around }, event)
    const forgets = made.some(({ type }) => type === "forget")
    // There she is told that nobody texts first.
    const quiet = place === "emergency.danger" ? true : kept.quiet
    // Only a counsellor's words leave the question of FORGET as it was.
    const forgetUntil = place === "settings.forget" || place === "person.live" ? kept.forgetUntil : undefined
    const memory = {
      ...kept,
      quiet,
      forgetUntil,
      desk: undefined,
      fresh: undefined,
      reports: undefined,
      campaigns: undefined,
      language: undefined,
      ...(!isWithCase(place, kept) && { opened: undefined }),
      risk: graver(kept.risk, RISK_OF[place]),
      ...(forgets && { handoff: undefined, last: undefined }),
    }
    const effects = made.map((effect) => asking(questionOf(place, kept), effect))
    const offered = effects.findLast((effect) => "options" in effect)
    return {
      after: {
        ...from,
        flow: FLOW_VERSION,
        place,
        memory,
        offered: silent.has(place) ? [] : offered !== undefined && "options" in offered ? (offered.options ?? []) : from.offered,
        forgetting: from.forgetting === true || forgets || undefined,
        heardAt: facts.now,
      },
      effects,
    }
  }

  function jump(from: Conversation, meant: Jump, facts: Facts): Turn {
    const memory = { ...from.memory, ...carried(meant) }
    return step({ ...from, memory, place: "gate.open", offered: [] }, { type: "go", to: meant.to }, facts)
  }

  function fresh(before: Conversation | undefined, facts: Facts, language: Language | undefined): Conversation {
    const first = content.languages[0] ?? "en"
    const offeredHere = (one: Language | undefined) => (one !== undefined && content.languages.includes(one) ? one : undefined)
    return {
      flow: FLOW_VERSION,
      language: before?.languageChosen === true ? before.language : (offeredHere(language) ?? before?.language ?? offeredHere(facts.language) ?? first),
      languageChosen: before?.languageChosen ?? false,
      place: "gate.open",
      memory: { ...blank(facts.shape, facts.country ?? content.country, facts.now), ...rememberedDraft(before, facts.now), ...rememberedEnd(before, facts.now) },
      offered: [],
      forgetting: before?.forgetting,
      heardAt: facts.now,
    }
  }

  /** EXIT, STOP and FORGET leave nothing behind but the language; after START she still has to hear how her last chat ended. */
  function leave(before: Conversation | undefined, to: "exit" | "opt-out" | "opt-in" | "group", facts: Facts): Turn {
    const turn = jump(fresh(before, facts, undefined), { to }, facts)
    const memory = { ...blank(facts.shape, content.country, facts.now), ...(to === "opt-in" && rememberedEnd(before, facts.now)) }
    return { ...turn, after: { ...turn.after, memory }, hush: before?.forgetting !== true }
  }

  function say(here: Conversation, key: "menu.unclear" | "menu.media" | "menu.welcome" | "person.media", facts: Facts): Turn {
    const offered = here.offered.length > 0 ? { options: here.offered } : {}
    return { after: { ...here, heardAt: facts.now }, effects: [{ type: "say", key, ...offered }] }
  }

  /** Nothing is said, and nothing changes. */
  function unheard(here: Conversation, facts: Facts): Turn {
    return { after: { ...here, heardAt: facts.now }, effects: [] }
  }

  function choose(here: Conversation, id: string, facts: Facts): Turn {
    const language = id.startsWith("language:") ? (id.slice("language:".length) as Language) : undefined
    const speaking = language === undefined ? here : { ...here, language, languageChosen: true }
    const turn = step(speaking, { type: "choose", id }, facts)
    // Of another page or of a country that is behind her.
    return turn.effects.length === 0 && turn.after.place === here.place ? step(here, { type: "again" }, facts) : turn
  }

  return { step, jump, fresh, leave, say, unheard, choose }
}
