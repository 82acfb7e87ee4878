import type { Effect, Facts, Heard, Language, Option } from "./effect.ts"
import { jumpOf } from "./free-text.ts"
import { hasEnded, known, relay, withSteps } from "./handoff.ts"
import { UNREAD } from "./hello.ts"
import { createMachine, type Organisation } from "./machine.ts"
import type { Memory } from "./memory.ts"
import { createMoves } from "./moves.ts"
import type { Answers } from "./options.ts"
import { GIVES, takesPicture } from "./campaign-give.ts"
import { isUnasked, stopped } from "./campaign-parts.ts"
import { isInLine, isQuiet, isStranded } from "./person-places.ts"
import { createReading } from "./reading.ts"
import type { Details } from "./report-details.ts"
import type { SafetyWord } from "./safety-words.ts"
import type { Understood } from "./understanding/understood.ts"
import { leavingCase } from "./case-leaving.ts"
import { leavingPictures } from "./picture-leaving.ts"
import { forgetting, missedIn } from "./telling.ts"
import { movedPlaces } from "./version.ts"

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

/** Places whose answers hang on what she takes part in. */
const ASKS: ReadonlySet<string> = new Set(["campaign.mine", "campaign.which", "campaign.what-i-gave", "campaign.letter", "campaign.events", "campaign.event"])

/** One thing heard, and all that follows from it. */
export type Turn = {
  readonly after: Conversation
  readonly effects: readonly Effect[]
  /** She has left: whatever was still on its way to her stays here. */
  readonly hush?: boolean
  /** It can't be said before this is known: the turn has to be taken again with it, and nothing of it may land. */
  readonly needs?: "campaigns" | undefined
}

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
  /** The campaign whose word to join a message is, when it is nothing else. */
  readonly campaignNamed: (text: string) => string | undefined
  /** Whether a message asks for no more daily messages, and says nothing else. */
  readonly campaignOff: (text: string) => boolean
  /** Whether a text thanks, and says nothing else. */
  readonly thanks: (text: string) => boolean
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

export function createFlows(content: FlowContent): Flows {
  const machine = createMachine(content)
  const moves = createMoves(content, machine)
  const { step, jump, fresh, leave } = moves
  const { text, tap, media, follow, begin, opened } = createReading(content, moves)

  function hear(before: Conversation | undefined, heard: Heard, asIs: Facts): Turn {
    const turn = answer(before, heard, asIs)
    return turn.needs === undefined ? { ...turn, effects: [...turn.effects, ...leavingPictures(before, heard, turn)] } : turn
  }

  function answer(before: Conversation | undefined, heard: Heard, asIs: Facts): Turn {
    const kept = before === undefined ? undefined : lapsed(moved(before), asIs)
    const facts = asIs.handoff === "blocked" ? { ...asIs, desk: { state: "blocked" as const } } : asIs
    if (kept !== undefined && heard.type !== "news" && hasEnded(kept, facts)) {
      // As long as she says nothing to whoever was there, the news of the end tells her of it.
      const turn = whole(kept, heard, facts)
      const steps = turn.effects.flatMap((effect) => (effect.type === "desk" ? [effect.step.type] : []))
      if (!steps.includes("line")) return { ...turn, effects: turn.effects.filter((effect) => effect.type !== "desk" || effect.step.type !== "mark") }
    }
    const here = heard.type === "news" || kept === undefined ? kept : known(kept, facts)
    const asked = here !== undefined && here.memory.handoff?.id === facts.fresh && kept?.memory.handoff?.id !== facts.fresh
    const turn = whole(here, heard, facts)
    // What she takes part in wasn't known, and this place asks about it.
    if (facts.campaigns === undefined && (turn.after.place === "campaign.looking" || ASKS.has(here?.place ?? ""))) return { ...turn, needs: "campaigns" }
    const again: readonly Effect[] =
      asked && facts.fresh !== undefined ? [{ type: "desk", step: { type: "ask", id: facts.fresh, risk: here.memory.risk ?? 0, quiet: isQuiet(here.memory) } }] : []
    return { ...turn, effects: [...again, ...turn.effects] }
  }

  /** A turn with what follows from it at the desk. */
  function whole(here: Conversation | undefined, heard: Heard, facts: Facts): Turn {
    const turn = forgetting(withSteps(here, take(here, heard, facts), heard, content.sessionMs))
    return here === undefined || isOver(here, facts) ? turn : { ...turn, effects: [...leavingCase(here, turn, heard), ...turn.effects] }
  }

  /** Whether her session is over. Whoever waits for a person, or writes with one, is still in the same: its timers end it. */
  function isOver(kept: Conversation, { now }: Facts): boolean {
    return kept.place === "left" || (now - kept.heardAt > content.sessionMs && !isInLine(kept))
  }

  /** A day's action opens no session: what is an answer to it goes on, and all else begins one with the first question. */
  function isOverFor(kept: Conversation, heard: Heard, facts: Facts): boolean {
    const over = isOver(kept, facts)
    return isUnasked(kept) && !(over && GIVES.has(kept.place)) ? !answersAction(kept, heard) : over
  }

  function take(kept: Conversation | undefined, heard: Heard, facts: Facts): Turn {
    const over = kept === undefined || isOverFor(kept, heard, facts)
    const typed = heard.type === "text" ? heard.text : heard.type === "media" ? (heard.caption ?? "") : heard.type === "case" ? (heard.beside ?? "") : ""
    const greeted = typed === "" ? undefined : content.greetedIn(typed)
    const begun = over ? fresh(kept, facts, typed === "" ? undefined : (greeted ?? content.understand(typed).language)) : kept
    const missed = over ? missedIn(kept, typed !== "" && greeted === undefined && content.safetyWord(typed) === undefined) : undefined
    const here = missed === undefined ? begun : { ...begun, memory: { ...begun.memory, missed } }

    switch (heard.type) {
      case "text":
        return text(over ? undefined : here, here, heard.text, facts)
      case "choice":
        if (here.place === "lost") return jump(here, { to: "lost" }, facts)
        return over ? jump(here, { to: "hello" }, facts) : tap(here, heard.id, facts)
      case "begin":
        if (kept !== undefined && isInLine(kept)) return begin(kept, facts)
        return { ...jump(fresh(kept && { ...kept, place: "left" }, facts, undefined), { to: "hello" }, facts), hush: kept?.forgetting !== true }
      case "privacy":
        if (here.place === "lost" || here.place === "settings.forgetting") return text(over ? undefined : here, here, "", facts)
        return follow(here, { to: "privacy", urgency: "soon" }, "", facts)
      case "media": {
        const repeated = heard.album !== undefined && kept?.album === heard.album
        // One answer for an album; what stands under its other pictures is read all the same.
        if (repeated && (typed === "" || kept.memory.handoff === undefined)) return { after: kept, effects: [] }
        const turn = media(over, here, heard, facts)
        return { ...turn, after: { ...turn.after, album: heard.album } }
      }
      case "opt-in":
        return begin(here, facts)
      case "opt-out":
        return stopped(leave(here, heard.type, facts), "carrier")
      case "help":
        return jump(here, { to: "help" }, facts)
      case "blocked":
        return stopped(leave(here, "opt-out", facts), "blocked")
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
      case "news":
        return kept === undefined ? { after: here, effects: [] } : news(kept, heard, facts)
      case "counsellor":
        return relay(kept ?? here, heard, facts)
      case "action":
        return action(kept, heard, facts)
      case "case":
        return unfetched(here, over, heard, besides(over ? undefined : here, here, heard, facts) ?? opened(here, heard, facts))
      default:
        return heard satisfies never
    }
  }

  /**
   * What stands beside digits that were tried as a code. Where they open nothing they may have been other numbers, and what
   * she wrote is heard as any text; danger and the safety words in it are heard whatever they open.
   */
  function besides(before: Conversation | undefined, here: Conversation, { opened: found, beside, held }: Extract<Heard, { type: "case" }>, facts: Facts): Turn | undefined {
    if (beside === undefined) return undefined
    const urgent = content.safetyWord(beside) !== undefined || jumpOf(content.understandByRules(beside))?.urgency === "now"
    const answered = held === true || here.place === "report.code" || (typeof found === "object" && !isInLine(here))
    if (answered && !urgent) return undefined
    const turn = text(before, here, beside, facts)
    const unread = found === "unknown" || urgent ? undefined : isInLine(here) ? "case.in-chat" : "case.later"
    return unread === undefined || !here.memory.safe ? turn : { ...turn, effects: [{ type: "say", key: unread }, ...turn.effects] }
  }

  /** The digits stood under a picture: she is told that only they were read. */
  function unfetched(here: Conversation, over: boolean, { media: pictured }: Extract<Heard, { type: "case" }>, turn: Turn): Turn {
    if (pictured !== true || over || turn.effects.length === 0 || turn.after.place === "left") return turn
    const told: Effect = { type: "say", key: here.memory.handoff?.status === "live" ? "person.media" : "menu.media" }
    // A number comes before anything else.
    return { ...turn, effects: turn.after.place.startsWith("emergency.") ? [...turn.effects, told] : [told, ...turn.effects] }
  }

  /** What has become of her handoff, as she is told it, or isn't. */
  function news(kept: Conversation, { id, what }: Extract<Heard, { type: "news" }>, facts: Facts): Turn {
    // Who is in line already hears nothing of somebody who took it and gave it back without a word.
    if (kept.memory.handoff?.id !== id || (what === "back" && kept.memory.handoff.status === "waiting")) return { after: kept, effects: [] }
    // Hours later it would be a message that nobody asked for.
    const late = facts.now - kept.heardAt > content.sessionMs
    const { after, effects } = step({ ...kept, place: "person.live", memory: { ...kept.memory, quiet: kept.memory.quiet === true || late } }, { type: "news", what }, facts)
    const said = effects.length > 0
    const turn = { ...after, memory: { ...after.memory, quiet: kept.memory.quiet }, heardAt: said ? facts.now : kept.heardAt }
    // A gentle word doesn't take her from where she is reading, nor any news from a question of danger, or from being asked whether this is a good moment.
    const stays = after.place === "person.live" || kept.place.startsWith("emergency.") || UNREAD.has(kept.place)
    if (!stays) return { after: turn, effects }
    // The question of FORGET must not take what she answers to it.
    const where = said && kept.place === "settings.forget" ? { place: "person.live", offered: [] } : { place: kept.place, offered: kept.offered }
    const plain = effects.map((effect) => (effect.type === "say" ? { type: effect.type, key: effect.key, ...(effect.values && { values: effect.values }) } : effect))
    return { after: { ...turn, ...where }, effects: plain }
  }

  /** A day's action of a campaign that she joined. Nothing is said while she is in the middle of something, or with somebody. */
  function action(kept: Conversation | undefined, { campaign, day, neutral }: Extract<Heard, { type: "action" }>, facts: Facts): Turn {
    const busy = kept !== undefined && (isInLine(kept) || kept.forgetting === true || !(isUnasked(kept) || isOver(kept, facts)))
    if (busy) return { after: kept, effects: [] }
    const begun = fresh(kept, facts, facts.language)
    return jump({ ...begun, memory: { ...begun.memory, campaign, day, discreet: neutral } }, { to: "action" }, facts)
  }

  function answersAction(kept: Conversation, heard: Heard): boolean {
    if (heard.type === "choice") return true
    if (heard.type === "media") return heard.file !== undefined && takesPicture(content.campaigns, kept)
    if (heard.type !== "text") return false
    if (GIVES.has(kept.place)) return true
    return content.answers.chosen(heard.text, kept.offered, kept.language) !== undefined || content.campaignOff(heard.text) || content.safetyWord(heard.text) === "opt-out"
  }

  /** The question of FORGET has its own clock: what came in between, heard or not, doesn't move it. */
  function lapsed(kept: Conversation, { now }: Facts): Conversation {
    const isOver = kept.place === "settings.forget" && now > (kept.memory.forgetUntil ?? now)
    return isOver ? { ...kept, place: "settings.expired", offered: [] } : kept
  }

  /** A place that is no longer there costs an honest sentence and the menu, never silence. */
  function moved(before: Conversation): Conversation {
    const place = movedPlaces[before.place] ?? before.place
    return exists(place) && !isStranded(place, before.memory) ? { ...before, place } : { ...before, place: "lost", offered: [] }
  }

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
