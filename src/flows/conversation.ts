import { placeNamed } from "./directory.ts"
import { isWithCase } from "./case.ts"
import type { Effect, Facts, Heard, Language, Option } from "./effect.ts"
import { createMachine, type Organisation } from "./machine.ts"
import { blank, carried, type FlowEvent, type Jump, type Memory } from "./memory.ts"
import { placed, unplaced, type Answers } from "./options.ts"
import type { SafetyWord } from "./safety-words.ts"
import { createStep } from "./step.ts"
import { isAsked, jumpOf, type Urgency } from "./free-text.ts"
import { questionOf, UNREAD } from "./hello.ts"
import { known, relay, stepsAfter } from "./handoff.ts"
import { graver, isQuiet, isStranded, RISK_OF, WRITTEN } from "./person.ts"
import type { Details } from "./report-details.ts"
import { createTelling, rememberedDraft } from "./telling.ts"
import type { Understood } from "./understanding/understood.ts"

/** Rises whenever a released place is renamed or removed; `movedPlaces` then says where those who are in it go. */
export const FLOW_VERSION = 1

/** Places of older flow versions and where they went. */
export const movedPlaces: Readonly<Record<string, string>> = {}

/** A contact's place in the flows, as it is kept between two turns. */
export type Conversation = {
  readonly flow: number
  readonly language: Language
  /** She chose the language herself; from then on no guess changes it. */
  readonly languageChosen: boolean
  /** Flow and state, as in `tips.hacked.first-steps`. */
  readonly place: string
  readonly memory: Memory
  readonly offered: readonly Option[]
  /** An erasure is under way: nothing may call it back. */
  readonly forgetting?: boolean | undefined
  /** The last album that was answered; its other pictures get no second answer. */
  readonly album?: string | undefined
  readonly heardAt: number
}

/** How long it will take, as an answer. */
const WAIT: Option = { id: "wait", label: "choice.wait" }
const MENU: Option = { id: "menu", label: "choice.menu" }

/** One thing heard, and all that follows from it. */
export type Turn = {
  readonly after: Conversation
  readonly effects: readonly Effect[]
  /** She has left: whatever was still on its way to her stays here. */
  readonly hush?: boolean
}

/** Places that ask nothing. */
const silent = new Set(["left", "settings.expired", "settings.forgetting", "person.live", "person.silent", "person.unsaid"])

/** What the flows are made of, all of it values and pure functions. */
export type FlowContent = Organisation & {
  readonly sessionMs: number
  readonly safetyWord: (text: string) => SafetyWord | undefined
  readonly understand: (text: string) => Understood
  /** What of it a counsellor's rule stands behind: no guess goes past the safety question. */
  readonly understandByRules: (text: string) => Understood
  /** The language of a message that is nothing but a greeting, a farewell or a safety word. */
  readonly greetedIn: (text: string) => Language | undefined
  readonly answers: Answers
  /** What in a text may show who somebody is. */
  readonly details: Details
  /** Whether a text says that this is no good moment. */
  readonly notNow: (text: string) => boolean
  /** The language that a message names, when it is nothing but that name. */
  readonly languageNamed: (text: string) => Language | undefined
}

export type Flows = {
  /** Takes one thing heard through a conversation (none yet: a new contact). Pure: the same values give the same turn. */
  readonly hear: (before: Conversation | undefined, heard: Heard, facts: Facts) => Turn
  readonly machine: ReturnType<typeof createMachine>
}

/** The same effect, its answers named after the question they answer. */
function asking(question: string, effect: Effect): Effect {
  if (!("options" in effect) || effect.options === undefined) return effect
  return { ...effect, options: effect.options.map((option) => ({ ...option, id: placed(question, option.id) })) }
}

export function createFlows(content: FlowContent): Flows {
  const machine = createMachine(content)
  const stepMachine = createStep(machine as never)

  function step(from: Conversation, event: FlowEvent, facts: Facts): Turn {
    const {
      place,
      memory: kept,
      effects: made,
    } = stepMachine(
      from.place,
      { ...from.memory, now: facts.now, shape: facts.shape, desk: facts.desk, fresh: facts.fresh, reports: facts.reports, language: from.language },
      event,
    )
    const forgets = made.some(({ type }) => type === "forget")
    // There she is told that nobody texts first.
    const quiet = place === "emergency.danger" ? true : kept.quiet
    const memory = {
      ...kept,
      quiet,
      desk: undefined,
      fresh: undefined,
      reports: undefined,
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
      memory: { ...blank(facts.shape, facts.country ?? content.country, facts.now), ...rememberedDraft(before, facts.now) },
      offered: [],
      forgetting: before?.forgetting,
      heardAt: facts.now,
    }
  }

  /** EXIT, STOP and FORGET leave nothing behind but the language. */
  function leave(before: Conversation | undefined, to: "exit" | "opt-out" | "opt-in" | "group", facts: Facts): Turn {
    const turn = jump(fresh(before, facts, undefined), { to }, facts)
    return { ...turn, after: { ...turn.after, memory: blank(facts.shape, content.country, facts.now) }, hush: before?.forgetting !== true }
  }

  function safety(word: SafetyWord, here: Conversation, facts: Facts): Turn {
    if (word === "exit" || word === "opt-out" || word === "opt-in") return leave(here, word, facts)
    const turn = jump(here, { to: word }, facts)
    const { handoff } = here.memory
    // Numbers come first; of a list she should know that somebody is still with her.
    if (handoff?.status !== "live" || (word !== "menu" && word !== "help")) return turn
    return { ...turn, effects: [{ type: "say", key: "person.still", values: { alias: handoff.alias ?? "" } }, ...turn.effects] }
  }

  /** What she writes to a person, or to whoever will come. What it says of danger goes along, and brings the number as long as nobody answers. */
  function write(here: Conversation, typed: string, facts: Facts): Turn {
    const live = here.memory.handoff?.status === "live"
    const place = live ? "person.live" : here.place
    const turn = step({ ...here, place, offered: live ? [] : here.offered }, { type: "wrote", text: typed, risk: riskOf(typed) }, facts)
    const meant = jumpOf(content.understandByRules(typed))
    if (live || meant?.urgency !== "now") return turn
    const then = jump(turn.after, meant, facts)
    return { ...then, effects: [...turn.effects, ...then.effects] }
  }

  /** Whether she asks how long it will take, wherever she is while she waits. */
  function isWaitWord(here: Conversation, typed: string): boolean {
    // A bare number chooses a place in a list; here only the word counts.
    return here.memory.handoff?.status === "waiting" && [[WAIT], [MENU, WAIT]].every((offered) => content.answers.chosen(typed, offered, here.language) === WAIT.id)
  }

  function say(here: Conversation, key: "menu.unclear" | "menu.media" | "person.media", facts: Facts): Turn {
    const offered = here.offered.length > 0 ? { options: here.offered } : {}
    return { after: { ...here, heardAt: facts.now }, effects: [{ type: "say", key, ...offered }] }
  }

  /** Before the safety question is answered, only the two that can't wait go past it. */
  function follow(here: Conversation, meant: Jump & { readonly urgency: Urgency }, typed: string, facts: Facts): Turn {
    const urgent = meant.urgency === "now" && jumpOf(content.understandByRules(typed))?.urgency === "now"
    if (here.memory.safe || urgent) return jump(here, meant, facts)
    const pending = { to: meant.to, ...(meant.topic && { topic: meant.topic }), ...(meant.young && { young: meant.young }) }
    const remembering = { ...here, memory: { ...here.memory, pending } }
    if (here.place === "gate.open") return jump(remembering, { to: "hello" }, facts)
    return step({ ...remembering, place: UNREAD.get(here.place) ?? "hello.again" }, { type: "again" }, facts)
  }

  function text(before: Conversation | undefined, here: Conversation, typed: string, facts: Facts): Turn {
    const word = content.safetyWord(typed)
    if (word !== undefined) return safety(word, here, facts)
    if (here.place === "lost") {
      const meant = jumpOf(content.understand(typed))
      return jump(here, meant?.urgency === "now" ? meant : { to: "lost" }, facts)
    }
    if (here.place === "settings.forgetting") return unheard(here, facts)
    const { handoff } = here.memory
    if (handoff?.status === "live" || WRITTEN.has(here.place)) return spoken(here, typed, facts)
    if (here.place === "person.unsaid") {
      const meant = jumpOf(content.understandByRules(typed))
      return meant?.urgency === "now" ? jump(here, meant, facts) : step(here, { type: "again" }, facts)
    }
    const told = telling.heard(here, typed, facts)
    if (told !== undefined) return told
    const turn = freely(before, here, typed, facts)
    // While she waits, whatever is no answer to us is kept for whoever comes, wherever she is.
    const answers = handoff?.status === "waiting" && (isWaitWord(here, typed) || content.answers.chosen(typed, here.offered, here.language) !== undefined)
    if (handoff?.status !== "waiting" || answers || here.place === "settings.forget" || turn.after.memory.handoff?.id !== handoff.id) return turn
    return { ...turn, effects: [{ type: "desk", step: { type: "line", id: handoff.id, text: typed, risk: riskOf(typed) } }, ...turn.effects] }
  }

  /** What she writes to a person, where it isn't an answer to what was offered last. */
  function spoken(here: Conversation, typed: string, facts: Facts): Turn {
    const { chosen, begun, meaning } = content.answers
    const id = here.place === "person.live" ? undefined : chosen(typed, here.offered, here.language)
    if (id !== undefined) return choose(here, unplaced(id), facts)
    // What erases everything is never taken from free text.
    if (here.place === "settings.forget") return step(here, { type: "again" }, facts)
    if (isWaitWord(here, typed)) return jump(here, { to: "person" }, facts)
    const closed = here.place === "person.silent" || here.place === "person.over"
    const agrees = here.place === "person.over" && begun(typed, here.offered, here.language) === meaning(here.offered, "yes")
    // Nobody in danger is asked whether a chat should be opened again.
    if (!closed || (!agrees && riskOf(typed) < 2)) return write(here, typed, facts)
    const kept = step({ ...here, place: "person.over" }, { type: "wrote", text: typed, risk: riskOf(typed) }, facts)
    const open = step(kept.after, { type: "choose", id: "yes" }, facts)
    const meant = jumpOf(content.understandByRules(typed))
    const then = meant?.urgency === "now" ? jump(open.after, meant, facts) : undefined
    return { after: (then ?? open).after, effects: [...open.effects, ...(then?.effects ?? [])] }
  }

  /** How grave words are, by rules alone. */
  function riskOf(typed: string): 0 | 1 | 2 {
    const { risks } = content.understandByRules(typed)
    return risks.some(({ path, tier }) => tier === "hard" && path !== "images") ? 2 : risks.length > 0 ? 1 : 0
  }

  function freely(before: Conversation | undefined, here: Conversation, typed: string, facts: Facts): Turn {
    const isNew = here !== before
    const asksIfSafe = UNREAD.has(here.place)
    if (!isNew) {
      const id = content.answers.chosen(typed, here.offered, here.language) ?? (asksIfSafe && content.notNow(typed) ? content.answers.meaning(here.offered, "no") : undefined)
      if (id !== undefined) return choose(here, unplaced(id), facts)
      // What erases everything is never taken from free text. Asking again also keeps its time running.
      if (here.place === "settings.forget") return step(here, { type: "again" }, facts)
    }
    if (isWaitWord(here, typed)) return jump(here, { to: "person" }, facts)
    const named = content.languageNamed(typed)
    if (named !== undefined && content.languages.includes(named)) {
      const speaking = { ...here, language: named, languageChosen: true }
      return isNew ? jump(speaking, { to: "hello" }, facts) : step(speaking, { type: "again" }, facts)
    }
    const understood = content.understand(typed)
    const where = placeNamed(content.directory, here, typed, understood.risks)
    if (where !== undefined) return step({ ...here, place: where.place }, { type: "choose", id: where.id }, facts)
    const spoken = isNew || here.languageChosen ? undefined : understood.language
    const speaking = spoken !== undefined && content.languages.includes(spoken) ? { ...here, language: spoken } : here
    const meant = jumpOf(understood)
    const answer = isNew ? undefined : answered(speaking, typed, understood, meant)
    if (answer !== undefined) return choose(speaking, unplaced(answer), facts)
    if (meant !== undefined) return follow(speaking, meant, typed, facts)
    if (isNew) return jump(speaking, { to: "hello" }, facts)
    if (speaking.place === "settings.expired" || speaking.offered.length === 0) return jump(speaking, { to: "menu" }, facts)
    if (asksIfSafe) return step({ ...speaking, place: UNREAD.get(here.place) ?? here.place }, { type: "again" }, facts)
    return speaking.language === here.language ? say(speaking, "menu.unclear", facts) : step(speaking, { type: "again" }, facts)
  }

  /** The answer in a longer text: what it begins with, or what the place asks about, said once more. */
  function answered(here: Conversation, typed: string, understood: Understood, meant: ReturnType<typeof jumpOf>): string | undefined {
    const { begun, meaning } = content.answers
    const begins = begun(typed, here.offered, understood.language ?? here.language)
    const refuses = begins !== undefined && begins === meaning(here.offered, "no")
    // A guess doesn't turn a no into its opposite; a rule may.
    const grave = (refuses ? content.understandByRules(typed) : understood).risks.filter(({ path }) => path === "danger" || path === "suicide")
    if (UNREAD.has(here.place)) return refuses && grave.length === 0 ? begins : undefined
    if (meant === undefined) return begins
    if (!isAsked(here.place, here.memory, meant)) return undefined
    return refuses && !grave.some(({ tier }) => tier === "hard") ? begins : meaning(here.offered, "yes")
  }

  /** Nothing is said, and nothing changes. */
  function unheard(here: Conversation, facts: Facts): Turn {
    return { after: { ...here, heardAt: facts.now }, effects: [] }
  }

  /** A button counts only at the question it was made for; of any other, still on the screen, the place where she is speaks again. */
  function tap(here: Conversation, carried: string, facts: Facts): Turn {
    if (here.place === "settings.expired") return jump(here, { to: "menu" }, facts)
    const id = unplaced(carried)
    return carried === placed(questionOf(here.place, here.memory), id) ? choose(here, id, facts) : step(here, { type: "again" }, facts)
  }

  function choose(here: Conversation, id: string, facts: Facts): Turn {
    const language = id.startsWith("language:") ? (id.slice("language:".length) as Language) : undefined
    const speaking = language === undefined ? here : { ...here, language, languageChosen: true }
    const turn = step(speaking, { type: "choose", id }, facts)
    // Of another page or of a country that is behind her.
    return turn.effects.length === 0 && turn.after.place === here.place ? step(here, { type: "again" }, facts) : turn
  }

  function hear(before: Conversation | undefined, heard: Heard, asIs: Facts): Turn {
    const kept = before === undefined ? undefined : moved(before)
    const facts = asIs.handoff === "blocked" ? { ...asIs, desk: { state: "blocked" as const } } : asIs
    const here = heard.type === "news" || kept === undefined ? kept : known(kept, facts)
    const asked = here !== undefined && here.memory.handoff?.id === facts.fresh && kept?.memory.handoff?.id !== facts.fresh
    const turn = take(here, heard, facts)
    const again: readonly Effect[] =
      asked && facts.fresh !== undefined ? [{ type: "desk", step: { type: "ask", id: facts.fresh, risk: here.memory.risk ?? 0, quiet: isQuiet(here.memory) } }] : []
    return { ...turn, effects: [...again, ...turn.effects, ...stepsAfter(here, turn.after, heard, content.sessionMs)] }
  }

  function take(kept: Conversation | undefined, heard: Heard, facts: Facts): Turn {
    // Whoever waits for a person, or writes with one, is still in the same session: its timers end it.
    const inLine = kept?.memory.handoff !== undefined && kept.memory.handoff.status !== "asked"
    const over = kept === undefined || kept.place === "left" || (facts.now - kept.heardAt > content.sessionMs && !inLine)
    const typed = heard.type === "text" ? heard.text : heard.type === "media" ? (heard.caption ?? "") : ""
    const here = over ? fresh(kept, facts, typed === "" ? undefined : (content.greetedIn(typed) ?? content.understand(typed).language)) : kept

    switch (heard.type) {
      case "text":
        return text(over ? undefined : here, here, heard.text, facts)
      case "choice":
        if (here.place === "lost") return jump(here, { to: "lost" }, facts)
        return over ? jump(here, { to: "hello" }, facts) : tap(here, heard.id, facts)
      case "begin":
        return { ...jump(fresh(kept && { ...kept, place: "left" }, facts, undefined), { to: "hello" }, facts), hush: kept?.forgetting !== true }
      case "privacy":
        if (here.place === "lost" || here.place === "settings.forgetting") return text(over ? undefined : here, here, "", facts)
        return follow(here, { to: "privacy", urgency: "soon" }, "", facts)
      case "media": {
        const repeated = heard.album !== undefined && kept?.album === heard.album
        // One answer for an album; what stands under its other pictures is read all the same.
        if (repeated && (typed === "" || kept.memory.handoff === undefined)) return { after: kept, effects: [] }
        const turn = media(over, here, typed, facts)
        return { ...turn, after: { ...turn.after, album: heard.album } }
      }
      case "opt-out":
      case "opt-in":
        return leave(here, heard.type, facts)
      case "help":
        return jump(here, { to: "help" }, facts)
      case "blocked":
        return leave(here, "opt-out", facts)
      case "group":
        return kept?.place === "left" ? { after: kept, effects: [] } : leave(kept, "group", facts)
      case "waited": {
        if (kept === undefined) return { after: here, effects: [] }
        // A wait's end is nothing she said: the session's age goes on counting from her own words.
        const turn = step(kept, heard, facts)
        return { ...turn, after: { ...turn.after, heardAt: kept.heardAt } }
      }
      case "forgotten": {
        const turn = step({ ...(kept ?? here), place: "settings.forgetting" }, heard, facts)
        const after = { ...leave(undefined, "opt-out", facts).after, language: turn.after.language }
        // She has left in between: it is done all the same, and nobody is told.
        return { after, effects: kept?.place === "left" ? [] : turn.effects }
      }
      case "parked":
        return jump(here, { to: "sorry" }, facts)
      case "news": {
        // Who is in line already hears nothing of somebody who took it and gave it back without a word.
        if (kept?.memory.handoff?.id !== heard.id || (heard.what === "back" && kept.memory.handoff.status === "waiting")) return { after: kept ?? here, effects: [] }
        // Hours later it would be a message that nobody asked for.
        const late = facts.now - kept.heardAt > content.sessionMs
        const turn = step({ ...kept, place: "person.live", memory: { ...kept.memory, quiet: kept.memory.quiet === true || late } }, { type: "news", what: heard.what }, facts)
        const memory = { ...turn.after.memory, quiet: kept.memory.quiet }
        // A gentle word doesn't take her from where she is reading, nor any news from a question of danger.
        const stays = heard.what === "nudge" || kept.place.startsWith("emergency.")
        const asks = kept.place === "settings.forget" && heard.what === "nudge"
        const effects = stays
          ? turn.effects.map((effect) => (effect.type === "say" ? { type: effect.type, key: effect.key, ...(effect.values && { values: effect.values }) } : effect))
          : turn.effects
        const where = stays && !asks ? { place: kept.place, offered: kept.offered } : asks ? { place: "person.live", offered: [] } : {}
        return { effects, after: { ...turn.after, memory, heardAt: kept.heardAt, ...where } }
      }
      case "counsellor":
        return relay(kept ?? here, heard, facts)
      case "case":
        return telling.opened(here, heard, facts)
      default:
        return heard satisfies never
    }
  }

  function media(over: boolean, here: Conversation, caption: string, facts: Facts): Turn {
    // The words under a picture are read like any other; a picture may be all that a frightened hand could send.
    const word = content.safetyWord(caption)
    if (word !== undefined) return safety(word, here, facts)
    if (here.place === "settings.forgetting") return unheard(here, facts)
    if (here.place === "settings.forget") return step(here, { type: "again" }, facts)
    const { handoff } = here.memory
    if (handoff?.status === "waiting" && caption !== "" && telling.media(here, "", facts) === undefined) return text(here, here, caption, facts)
    if (handoff?.status === "live") {
      const turn = caption === "" ? unheard(here, facts) : write(here, caption, facts)
      const told = say(turn.after, "person.media", facts)
      return { ...told, effects: [...turn.effects, { type: "desk", step: { type: "mark", id: handoff.id, code: "media", risk: 0 } }, ...told.effects] }
    }
    const told = telling.media(here, caption, facts)
    if (told !== undefined) return told
    const meant = jumpOf(content.understand(caption))
    if (meant !== undefined) return follow(here, meant, caption, facts)
    if (over) return jump(here, { to: "hello" }, facts)
    return say(here, "menu.media", facts)
  }

  /** A place that is no longer there costs an honest sentence and the menu, never silence. */
  function moved(before: Conversation): Conversation {
    const place = movedPlaces[before.place] ?? before.place
    return exists(place) && !isStranded(place, before.memory) ? { ...before, place } : { ...before, place: "lost", offered: [] }
  }

  const telling = createTelling(content, { step, jump, follow, choose })

  const places = new Map<string, boolean>([["lost", false]])
  function exists(place: string): boolean {
    const known = places.get(place)
    if (known !== undefined) return known
    type Node = { readonly states: Readonly<Record<string, Node>> }
    const root: Node | undefined = machine.root
    const node = place.split(".").reduce<Node | undefined>((outer, key) => outer?.states[key], root)
    const there = node !== undefined && Object.keys(node.states).length === 0
    places.set(place, there)
    return there
  }

  return { hear, machine }
}
