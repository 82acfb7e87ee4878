import { GIVES, takesPicture } from "./campaign-give.ts"
import { stopped } from "./campaign-parts.ts"
import type { Conversation, FlowContent, Turn } from "./conversation.ts"
import { placeNamed } from "./directory.ts"
import type { Facts, Heard, Option } from "./effect.ts"
import { isAsked, jumpOf, type Urgency } from "./free-text.ts"
import { questionOf, UNREAD } from "./hello.ts"
import type { Jump } from "./memory.ts"
import type { Moves } from "./moves.ts"
import { placed, unplaced } from "./options.ts"
import { ENDED, isInLine, WRITTEN } from "./person-places.ts"
import type { SafetyWord } from "./safety-words.ts"
import { createTelling } from "./telling.ts"
import type { Understood } from "./understanding/understood.ts"

/** How long it will take, as an answer. */
const WAIT: Option = { id: "wait", label: "choice.wait" }
const MENU: Option = { id: "menu", label: "choice.menu" }

/** Reads what she types, taps or sends: safety words first, then an answer to what was offered, then free text. */
export function createReading(content: FlowContent, { step, jump, leave, say, unheard, choose }: Moves) {
  /** The safety word that a text is. Whoever says goodbye to a person says it to that person. */
  function safetyWordIn(typed: string, { memory }: Conversation): Exclude<SafetyWord, "farewell"> | undefined {
    const word = content.safetyWord(typed)
    if (word !== "farewell") return word
    return memory.handoff?.status === "live" ? undefined : "exit"
  }

  function safety(word: Exclude<SafetyWord, "farewell">, here: Conversation, facts: Facts): Turn {
    if (word === "opt-in") return begin(here, facts)
    if (word === "opt-out" && facts.shape === "sms") return stopped(leave(here, word, facts), "carrier")
    // Said to a campaign it is the campaign that stops.
    if (word === "opt-out" && here.place.startsWith("campaign.")) return jump(here, { to: "campaign-off" }, facts)
    if (word === "exit" || word === "opt-out") return leave(here, word, facts)
    const turn = jump(here, { to: word }, facts)
    const { handoff, safe, unsaid } = here.memory
    // Numbers come first; of a list she should know that somebody is still with her, or that nobody is any more.
    if (word !== "menu" && word !== "help") return turn
    if (safe && unsaid !== undefined) {
      const after = { ...turn.after, memory: { ...turn.after.memory, unsaid: undefined } }
      return { ...turn, after, effects: [{ type: "say", key: ENDED[unsaid] }, ...turn.effects] }
    }
    if (handoff?.status !== "live") return turn
    return { ...turn, effects: [{ type: "say", key: "person.still", values: { alias: handoff.alias ?? "" } }, ...turn.effects] }
  }

  /** She begins anew. Whoever is with her, or will come, stays: she is greeted, and hears of it once it is a good moment. */
  function begin(here: Conversation, facts: Facts): Turn {
    if (!isInLine(here)) return leave(here, "opt-in", facts)
    return jump({ ...here, memory: { ...here.memory, safe: false, pending: { to: "person" } } }, { to: "hello" }, facts)
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

  /** Before the safety question is answered, only the two that can't wait go past it. */
  function follow(here: Conversation, meant: Jump & { readonly urgency: Urgency }, typed: string, facts: Facts): Turn {
    const urgent = meant.urgency === "now" && jumpOf(content.understandByRules(typed))?.urgency === "now"
    if (here.memory.safe || urgent) return jump(here, meant, facts)
    const pending = { to: meant.to, ...(meant.topic && { topic: meant.topic }), ...(meant.young && { young: meant.young }), ...(meant.campaign && { campaign: meant.campaign }) }
    const remembering = { ...here, memory: { ...here.memory, pending } }
    if (here.place === "gate.open") return jump(remembering, { to: "hello" }, facts)
    return step({ ...remembering, place: UNREAD.get(here.place) ?? "hello.again" }, { type: "again" }, facts)
  }

  function text(before: Conversation | undefined, here: Conversation, typed: string, facts: Facts): Turn {
    const word = safetyWordIn(typed, here)
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
      return meant?.urgency === "now" ? jump(here, meant, facts) : step(here, { type: "wrote", text: typed, risk: riskOf(typed) }, facts)
    }
    const told = telling.heard(here, typed, facts)
    if (told !== undefined) return told
    const given = shown(here, typed, facts)
    if (given !== undefined) return given
    const turn = freely(before, here, typed, facts)
    // While she waits, whatever is no answer to us is kept for whoever comes, wherever she is.
    const answers = handoff?.status === "waiting" && (isWaitWord(here, typed) || content.answers.chosen(typed, here.offered, here.language) !== undefined)
    // What she tells, or adds to what she told, is sealed for few; it never becomes a line of a chat.
    const tells = here.place.startsWith("report.") || here.place.startsWith("case.")
    if (handoff?.status !== "waiting" || answers || tells || here.place === "settings.forget" || turn.after.memory.handoff?.id !== handoff.id) return turn
    return { ...turn, effects: [{ type: "desk", step: { type: "line", id: handoff.id, text: typed, risk: riskOf(typed) } }, ...turn.effects] }
  }

  /** Words that others are to see. What sounds like something that happened goes to the first question, and never to a wall. */
  function shown(here: Conversation, typed: string, facts: Facts): Turn | undefined {
    if (!GIVES.has(here.place)) return undefined
    const id = content.answers.chosen(typed, here.offered, here.language)
    if (id !== undefined) return choose(here, unplaced(id), facts)
    const rules = content.understandByRules(typed)
    const told = rules.risks.some(({ tier }) => tier === "hard" || here.memory.giving?.kind === "story" || here.memory.giving?.kind === "square")
    const meant = told ? jumpOf(rules) : undefined
    if (meant === undefined) return step(here, { type: "wrote", text: typed, risk: 0 }, facts)
    const turn = follow({ ...here, memory: { ...here.memory, giving: undefined } }, meant, typed, facts)
    return { ...turn, effects: [{ type: "say", key: "campaign.kept-off" }, ...turn.effects] }
  }

  /** What she writes to a person, where it isn't an answer to what was offered last. */
  function spoken(here: Conversation, typed: string, facts: Facts): Turn {
    const { chosen, begun, meaning } = content.answers
    const id = here.place === "person.live" ? undefined : (chosen(typed, here.offered, here.language) ?? notNow(here, typed))
    if (id !== undefined) return choose(here, unplaced(id), facts)
    // What erases everything is never taken from free text.
    if (here.place === "settings.forget") return step(here, { type: "again" }, facts)
    if (isWaitWord(here, typed)) return jump(here, { to: "person" }, facts)
    const closed = here.place === "person.silent" || here.place === "person.over"
    const agrees = here.place === "person.over" && begun(typed, here.offered, here.language) === meaning(here.offered, "yes")
    const meant = jumpOf(content.understandByRules(typed))
    const grave = meant?.urgency === "now" && riskOf(typed) === 2
    // Nobody in danger is asked whether a chat should be opened again.
    if (!closed || (!agrees && !grave)) return write(here, typed, facts)
    const kept = step({ ...here, place: "person.over" }, { type: "wrote", text: typed, risk: riskOf(typed) }, facts)
    const open = step(kept.after, { type: "choose", id: "yes" }, facts)
    if (!grave) return open
    // The numbers come by themselves: of the chat nothing is shown to whoever holds the phone.
    const then = jump(open.after, meant, facts)
    return { ...then, effects: [...open.effects.filter(({ type }) => type === "desk"), ...then.effects] }
  }

  /** What an answer that says no in other words stands for, where she is asked whether this is a good moment. */
  function notNow(here: Conversation, typed: string): string | undefined {
    return UNREAD.has(here.place) && content.notNow(typed) ? content.answers.meaning(here.offered, "no") : undefined
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
      // An “ok” beside thanks is no yes to whether it helped.
      if (here.place === "person.ended" && content.thanks(typed)) return thanked(here, facts)
      const id = content.answers.chosen(typed, here.offered, here.language) ?? notNow(here, typed)
      if (id !== undefined) return choose(here, unplaced(id), facts)
      // What erases everything is never taken from free text. Asking again also keeps its time running.
      if (here.place === "settings.forget") return step(here, { type: "again" }, facts)
    }
    if (isWaitWord(here, typed)) return jump(here, { to: "person" }, facts)
    const joins = content.campaignNamed(typed)
    if (joins !== undefined) return follow(here, { to: "campaign", campaign: joins, urgency: "soon" }, typed, facts)
    if (content.campaignOff(typed)) return jump(here, { to: "campaign-off" }, facts)
    const named = content.languageNamed(typed)
    if (named !== undefined && content.languages.includes(named)) {
      const speaking = { ...here, language: named, languageChosen: true }
      return isNew ? jump(speaking, { to: "hello" }, facts) : step(speaking, { type: "again" }, facts)
    }
    const understood = content.understand(typed)
    const where = placeNamed(content.directory, here, typed, understood.risks)
    if (where !== undefined) return step({ ...here, place: where.place }, { type: "choose", id: where.id }, facts)
    const spoken = isNew || here.languageChosen ? undefined : understood.language
    const language = spoken !== undefined && content.languages.includes(spoken) ? spoken : here.language
    // Words for whoever was with her are kept until they can be passed on.
    const { reopens, unsaid, unheard: words } = here.memory
    const memory = (reopens === true || unsaid !== undefined) && (asksIfSafe || isNew) ? { ...here.memory, unheard: [...(words ?? []), typed] } : here.memory
    const speaking = { ...here, language, memory }
    const meant = jumpOf(understood)
    const answer = isNew ? undefined : answered(speaking, typed, understood, meant)
    if (answer !== undefined) return choose(speaking, unplaced(answer), facts)
    if (meant !== undefined) return follow(speaking, meant, typed, facts)
    if (isNew) return jump(speaking, { to: "hello" }, facts)
    if (speaking.place === "settings.expired" || speaking.offered.length === 0) return jump(speaking, { to: "menu" }, facts)
    if (asksIfSafe) return step({ ...speaking, place: UNREAD.get(here.place) ?? here.place }, { type: "again" }, facts)
    if (content.thanks(typed)) return thanked(speaking, facts)
    // Words that are no answer to us may be for whoever was with her, or was to come.
    if (reopens === true || unsaid !== undefined) return write({ ...speaking, place: reopens === true ? "person.silent" : "person.unsaid" }, typed, facts)
    return speaking.language === here.language ? say(speaking, "menu.unclear", facts) : step(speaking, { type: "again" }, facts)
  }

  function thanked(here: Conversation, facts: Facts): Turn {
    return { ...unheard(here, facts), effects: [{ type: "say", key: "menu.welcome" }] }
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

  /** A button counts only at the question it was made for; of any other, still on the screen, the place where she is speaks again. */
  function tap(here: Conversation, carried: string, facts: Facts): Turn {
    if (here.place === "settings.expired") return jump(here, { to: "menu" }, facts)
    const id = unplaced(carried)
    // A counsellor's words don't take it away, and it lapses all the same.
    const forgets = here.place === "person.live" && carried === placed("settings.forget", id) && (here.memory.forgetUntil ?? 0) >= facts.now
    if (forgets) return choose({ ...here, place: "settings.forget" }, id, facts)
    return carried === placed(questionOf(here.place, here.memory), id) ? choose(here, id, facts) : step(here, { type: "again" }, facts)
  }

  function media(over: boolean, here: Conversation, { caption = "", file }: Extract<Heard, { type: "media" }>, facts: Facts): Turn {
    // The words under a picture are read like any other; a picture may be all that a frightened hand could send.
    const word = safetyWordIn(caption, here)
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
    const picture = file !== undefined && !over && takesPicture(content.campaigns, here)
    // What is told under a picture goes to the first question, and the picture with it to no wall.
    if (picture && jumpOf(content.understandByRules(caption)) === undefined) return step(here, { type: "pictured", file }, facts)
    const meant = jumpOf(content.understand(caption))
    if (meant !== undefined) return follow(picture ? { ...here, memory: { ...here.memory, giving: undefined } } : here, meant, caption, facts)
    if (over) return jump(here, { to: "hello" }, facts)
    return say(here, "menu.media", facts)
  }

  const telling = createTelling(content, { step, jump, follow, choose })

  return { text, tap, media, follow, begin, opened: telling.opened }
}
