import { isUnsent, isWithCase } from "./case.ts"
import type { Conversation, FlowContent, Turn } from "./conversation.ts"
import { placeIn } from "./directory.ts"
import type { Effect, Facts, Heard } from "./effect.ts"
import { jumpOf, type Urgency } from "./free-text.ts"
import type { FlowEvent, Jump, Memory, Raised } from "./memory.ts"
import { digitsOf, unplaced } from "./options.ts"
import { askOf, countryOf, DRAFT_MS, isYoung, unnumbered } from "./report-draft.ts"
import { aroundOf, createQuestions, QUESTIONS } from "./report-questions.ts"
import { SEVERAL } from "./report-options.ts"
import { covered, phrasesOf, wordsOf } from "./typed.ts"
import type { Understood } from "./understanding/understood.ts"

/** The moves of a conversation that are made from here. */
export type Moves = {
  readonly step: (from: Conversation, event: FlowEvent, facts: Facts) => Turn
  readonly jump: (from: Conversation, meant: Jump, facts: Facts) => Turn
  readonly follow: (here: Conversation, meant: Jump & { readonly urgency: Urgency }, typed: string, facts: Facts) => Turn
  readonly choose: (here: Conversation, id: string, facts: Facts) => Turn
}

/** Places where what she writes is her account, and every place of the telling that asks something. */
const WORDS: ReadonlySet<string> = new Set(["report.words", "report.details", "case.add", "case.details"])
const LISTS: ReadonlySet<string> = new Set([...QUESTIONS, "summary", "keep", "count", "share", "publish"].map((name) => `report.${name}`).filter((place) => !WORDS.has(place)))

/** Places where what she writes next may be of her account. */
const TELLS: ReadonlySet<string> = new Set(["report.words", "report.details", "report.media", "report.summary"])

/** A name within a sentence is one when no more words than these stand beside it. */
const BESIDE = 5

/** What may stand between several numbers: “1 and 3”. */
const AND = phrasesOf(["and", "aur", "or", "اور", "y", "e", "et", "plus", "ya", "o", "ou"])

/**
 * How typed text is read while she tells what happened, where a word like “blackmail” answers a question and starts no
 * other path. Safety words have been read before; danger, suicide and a child come first here too.
 */
export function createTelling(content: FlowContent, { step, jump, follow, choose }: Moves) {
  const around = aroundOf(content)
  const questions = createQuestions(content, around)

  function heard(here: Conversation, typed: string, facts: Facts): Turn | undefined {
    const words = WORDS.has(here.place) || (here.place === "report.media" && here.memory.draft?.step === "words")
    if (!words && !LISTS.has(here.place)) return undefined
    const several = words ? undefined : severalOf(here, typed)
    if (several !== undefined) return step(here, { type: "chose-all", ids: several }, facts)
    const id = content.answers.chosen(typed, here.offered, here.language)
    if (id !== undefined) return choose(here, unplaced(id), facts)
    const named = content.languageNamed(typed)
    if (named !== undefined && content.languages.includes(named)) return step({ ...here, language: named, languageChosen: true }, { type: "again" }, facts)
    return words ? told(here, typed, facts) : listed(here, typed, facts)
  }

  /** A message of her account. What it raises brings the number; her account waits for her. */
  function told(here: Conversation, typed: string, facts: Facts): Turn {
    const raises = raisedBy(content.understandByRules(typed))
    const before = here.memory.draft?.raised ?? []
    const turn = step(here, { type: "wrote", text: typed, risk: raises === undefined ? 0 : 2, raises }, facts)
    const risk: Turn = raises === undefined ? turn : { ...turn, after: { ...turn.after, memory: { ...turn.after.memory, risk: 2 } } }
    // Of somebody under 18 no own words are taken: the path for that says so before anything else.
    if (here.place.startsWith("case.")) return raises === "child" ? notAdded(then(risk, { to: raises }, facts)) : risk
    // Asked plainly once; after that the number comes along, and she goes on.
    return raises === "suicide" && !before.includes(raises) ? then(risk, { to: "suicide" }, facts) : risk
  }

  function notAdded(turn: Turn): Turn {
    return { ...turn, effects: [{ type: "say", key: "case.not-added" }, ...turn.effects] }
  }

  function then(turn: Turn, meant: Jump, facts: Facts): Turn {
    const next = jump(turn.after, meant, facts)
    const silent = turn.effects.filter((effect) => effect.type !== "say")
    return { ...next, effects: [...silent, ...next.effects] }
  }

  /** Words where an answer of a list is awaited. */
  function listed(here: Conversation, typed: string, facts: Facts): Turn {
    const rules = content.understandByRules(typed)
    const meant = jumpOf(rules)
    if (meant?.urgency === "now") return isAccount(here, meant) ? told(here, typed, facts) : jump(here, meant, facts)
    const [place, within] = placeTyped(here, typed, rules)
    if (place !== undefined) {
      const turn = choose(here, place, facts)
      return within !== undefined && turn.after.place === "report.district" ? choose(turn.after, within, facts) : turn
    }
    const year = yearIn(typed, facts.now)
    if (year !== undefined && here.place === "report.when") return choose(choose(here, "year", facts).after, `year:${year}`, facts)
    if (year !== undefined && here.place === "report.year") return choose(here, `year:${year}`, facts)
    if (raisedBy(rules) === "child") return step(here, { type: "wrote", text: "", risk: 2, raises: "child" }, facts)
    // One of another page, by its name.
    const item = digitsOf(typed) === undefined ? content.answers.chosen(typed, questions.items(here.memory), here.language) : undefined
    if (item !== undefined) return choose(here, item, facts)
    const asked = rules.intent === undefined ? undefined : jumpOf({ risks: [], intent: rules.intent })
    if (asked !== undefined && asked.to !== "topic" && asked.to !== "report") return follow(here, asked, typed, facts)
    const options = here.offered
    return { after: { ...here, heardAt: facts.now }, effects: [{ type: "say", key: "report.unclear", options }] }
  }

  /** Whether words that can't wait are of her account: then they are kept with it. Whoever asks for numbers by name gets those, and of somebody under 18 no own words are taken. */
  function isAccount({ memory: { draft } }: Conversation, { to }: Jump): boolean {
    return (to === "danger" || to === "suicide") && draft !== undefined && !isYoung(draft)
  }

  /** Several answers in one message: “1 3 4”, “1, 3”, “facebook and tiktok”. In an SMS one number is the whole answer too. */
  function severalOf(here: Conversation, typed: string): readonly string[] | undefined {
    const ask = askOf(here.place.slice("report.".length))
    if (!SEVERAL.has(ask)) return undefined
    const numbers = wordsOf(typed.replace(/(\p{Nd})(?=\p{L})|(\p{L})(?=\p{Nd})/gu, "$1$2 "))
    const digits = numbers.filter((word) => /^\d{1,2}$/.test(word))
    const rest = numbers.filter((word) => !/^\d{1,2}$/.test(word))
    const parts = digits.length > 0 && covered(rest, [AND]) ? digits : typed.split(/[,،;\n+&/]|\s(?:and|aur|اور|y|et)\s/iu).map((part) => part.trim())
    const ids = parts.filter((part) => part !== "").map((part) => content.answers.chosen(part, here.offered, here.language))
    const known = ids.flatMap((id) => (id === undefined ? [] : [unplaced(id)]))
    if (known.length === 0 || known.length < ids.length || known.some((id) => id === "back" || id === "skip")) return undefined
    const alone = known.length === 1 && (here.memory.shape !== "sms" || known[0] === "more" || known[0] === "done")
    return alone ? undefined : known
  }

  /** A country, a province or a district by its name; a district brings its province along. */
  function placeTyped({ memory, place }: Conversation, typed: string, { risks }: Understood): readonly string[] {
    const { home, provinces: of } = around(memory)
    const beside = risks.length > 0 ? 0 : BESIDE
    const chosen = (prefix: string, code: string | undefined) => (code === undefined ? [] : [`${prefix}:${code}`])
    if (place === "report.country") return chosen("country", placeIn([...content.directory.countries, ...content.directory.elsewhere], typed, beside))
    if (place !== "report.province" && place !== "report.part" && place !== "report.district") return []
    const provinces = of(place === "report.province" || memory.draft === undefined ? home : countryOf(memory.draft, around(memory)))
    const province = place === "report.district" ? undefined : placeIn(provinces, typed, beside)
    if (province !== undefined) return chosen("province", province)
    const district = placeIn(
      provinces.flatMap(({ districts }) => districts),
      typed,
      beside,
    )
    const whole = provinces.find(({ districts }) => districts.some(({ code }) => code === district))
    return district === undefined ? [] : [...(place === "report.district" ? [] : chosen("province", whole?.code)), ...chosen("district", district)]
  }

  /** Something else than words, where she tells what happened: it is refused kindly, and what stands under it is read. */
  function media(here: Conversation, caption: string, facts: Facts): Turn | undefined {
    if (!WORDS.has(here.place) && !LISTS.has(here.place)) return undefined
    const said = caption === "" ? undefined : heard(here, caption, facts)
    if (here.place.startsWith("case.") || said?.after.place.startsWith("report.") === false) {
      const turn = said ?? { after: here, effects: [] }
      return {
        ...turn,
        effects: [
          { type: "say", key: "menu.media" } satisfies Effect,
          ...turn.effects,
          ...(said === undefined ? [{ type: "say", key: "report.unclear", options: here.offered } satisfies Effect] : []),
        ],
      }
    }
    const turn = step(said?.after ?? here, { type: "media" }, facts)
    return { ...turn, effects: [...(said?.effects ?? []).filter((effect) => effect.type !== "say" || !("options" in effect)), ...turn.effects] }
  }

  /** What a code has led to: the safety question first, and no sign of it while she is with a counsellor. */
  function opened(here: Conversation, { opened: found, held }: Extract<Heard, { type: "case" }>, facts: Facts): Turn {
    const { handoff, safe } = here.memory
    if (here.place === "lost" || here.place === "settings.forgetting") return { after: here, effects: [] }
    // The number that she was just asked about, typed back: she has it. Others that open nothing may be meant for it.
    if (here.place === "report.code" && held === true) return choose(here, "have", facts)
    if (here.place === "report.code" && typeof found !== "object") return otherNumber(here, facts)
    // It is hers, but she has been away: what she began is asked for first, and nothing tells of the number.
    if (held === true && !safe) return jump(here, { to: "hello" }, facts)
    if (handoff !== undefined && handoff.status !== "asked") return { after: { ...here, heardAt: facts.now }, effects: [{ type: "say", key: "case.in-chat" }] }
    const remembering = { ...here, memory: { ...here.memory, opened: { found } } }
    if (safe) return jump({ ...remembering, memory: { ...remembering.memory, page: 0 } }, { to: "case" }, facts)
    return jump({ ...remembering, memory: { ...remembering.memory, pending: { to: "case" } } }, { to: "hello" }, facts)
  }

  function otherNumber(here: Conversation, facts: Facts): Turn {
    return { after: { ...here, heardAt: facts.now }, effects: [{ type: "say", key: "report.other-number", options: here.offered }] }
  }

  return { heard, media, opened }
}

/** A turn without what is remembered at its own place only: the number that she is asked about, and a case that she isn't with any more. */
export function forgetting(turn: Turn): Turn {
  const { place, memory } = turn.after
  const numbered = memory.draft?.code !== undefined && place !== "report.code"
  const opened = memory.opened !== undefined && !isWithCase(place, memory)
  if (!numbered && !opened) return turn
  const draft = memory.draft && numbered ? unnumbered(memory.draft) : memory.draft
  return { ...turn, after: { ...turn.after, memory: { ...memory, draft, opened: opened ? undefined : memory.opened } } }
}

/** What of a session that is over goes on into the next: a report that was begun less than a day ago, asked for once it is safe. */
export function rememberedDraft(before: Conversation | undefined, now: number): Partial<Memory> {
  // Whoever leaves by EXIT or STOP takes it along; that this was no good moment doesn't cost what was told.
  const draft = before?.memory.draft
  return draft === undefined || now - draft.at > DRAFT_MS ? {} : { draft, pending: { to: "report" } }
}

/** What of her telling a pause has cost: words that whoever holds the phone now may have written are never put to hers. */
export function missedIn(before: Conversation | undefined, wrote: boolean): Memory["missed"] {
  if (before === undefined || before.place === "left") return undefined
  if (isUnsent(before.memory.opened)) return "added"
  return wrote && before.memory.draft !== undefined && TELLS.has(before.place) ? "told" : undefined
}

function raisedBy({ risks, intent }: Understood): Raised | undefined {
  for (const path of ["danger", "suicide", "child"] as const) if (risks.some((risk) => risk.path === path && risk.tier === "hard")) return path
  return intent === "emergency" ? "danger" : undefined
}

/** A year that is all of a message, or nearly: none that is still to come. */
function yearIn(typed: string, now: number): string | undefined {
  const words = wordsOf(typed)
  const year = words.find((word) => /^(19|20)\d\d$/.test(word))
  return year !== undefined && words.length <= 3 && Number(year) <= new Date(now).getUTCFullYear() ? year : undefined
}
