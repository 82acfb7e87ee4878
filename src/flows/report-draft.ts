import { NOT_SAID, type Consents, type Report } from "./report-shapes.ts"
import { ACTS, ALONE, SEVERAL, type ActGroup } from "./report-options.ts"
import type { Province } from "./areas.ts"

/** The wording of the questions of consent; it rises with every change of what they promise. */
export const WORDING = "report-1"

/** As long as this a report that was begun waits for her. */
export const DRAFT_MS = 24 * 3600_000

/** As many characters of her own words are kept, all messages together. */
export const MOST_WORDS = 8000

/** The levels of consent beyond help, in the order in which they are asked. */
export const LEVELS = ["keep", "count", "share", "publish"] as const
export type Level = (typeof LEVELS)[number]

/** A report that she is telling: what she has answered, and the step she is at. */
export type Draft = {
  /** When she last did something about it. */
  readonly at: number
  /** A question, and the part of it where it has parts: `age`, `act-of:pictures`, `outcome:blocked`. */
  readonly step: string
  /** The question she came back to from the summary. */
  readonly changing?: string | undefined
  /** Her answers by step. Nothing, or an empty list: she hasn't come so far; `not-said`: she skipped it. */
  readonly said: Readonly<Record<string, readonly string[]>>
  readonly words: readonly string[]
  /** A message that may show who somebody is: it waits for her word. */
  readonly held?: string | undefined
  /** The same message with marks in place of what may show it. */
  readonly hidden?: string | undefined
  /** What the next place has to say before anything else. */
  readonly notice?: "danger" | "suicide" | "again" | undefined
  /** Her last message didn't fit. */
  readonly full?: boolean | undefined
  /** She has been asked about this already while she told it. */
  readonly raised?: readonly string[] | undefined
  readonly agreed: Readonly<Partial<Record<Level, boolean>>>
  /** The question she was at when she wrote words of her account: it is asked again after them. */
  readonly between?: string | undefined
  /** The step she came back to after a pause. What she told before it isn't shown before she asks for it. */
  readonly resumed?: string | undefined
  /** The number she has been shown, as long as she is asked whether she has it. */
  readonly code?: string | undefined
  /** How many numbers she has been shown: only the last may ever lead anywhere. */
  readonly numbers?: number | undefined
  /** She hands it in without a number: nothing leads back to it. */
  readonly without?: boolean | undefined
}

/** What the questions depend on, besides her answers. */
export type Around = {
  readonly now: number
  /** Where she is taken to be. */
  readonly home: string
  readonly provinces: (country: string) => readonly Province[]
  /** Whether the texts have a name for a country; of every other one only that it is another. */
  readonly isNamed: (country: string) => boolean
  /** The group that a report may be shared with. */
  readonly group: string | undefined
}

/** Without the number: it is remembered where she is asked about it, and nowhere else. */
export function unnumbered(draft: Draft): Draft {
  return { ...draft, code: undefined }
}

export function begun(now: number): Draft {
  return { at: now, step: "age", said: {}, words: [], agreed: {} }
}

export const askOf = (step: string) => step.split(":")[0] ?? step
export const partOf = (step: string) => step.split(":")[1]

/** Whether it is about somebody under 18: then there are only answers to choose, and nothing is shared or published. */
export function isYoung({ said }: Draft): boolean {
  return said["age"]?.[0] === "under-18"
}

/** All steps of a report in their order, as far as her answers tell. */
export function stepsOf(draft: Draft, around: Around): readonly string[] {
  const { said } = draft
  const chosen = (step: string) => (said[step] ?? []).filter((id) => id !== NOT_SAID)
  const when = said["when"]?.[0]
  const young = isYoung(draft)
  const home = around.provinces(around.home).length > 0
  const elsewhere = said["province"]?.[0] === ELSEWHERE || !home
  const province = around.provinces(countryOf(draft, around)).find(({ code }) => code === said[elsewhere ? "part" : "province"]?.[0])
  return [
    "age",
    ...(young ? ["child"] : []),
    "about",
    "act",
    ...chosen("act").flatMap((group) => (group === "other" ? [] : [`act-of:${group}`])),
    "platform",
    "relation",
    "harm",
    "tried",
    ...chosen("tried").flatMap((action) => (ALONE.has(action) ? [] : [`outcome:${action}`])),
    "when",
    ...(when === "season" ? ["season", "year"] : when === "year" ? ["year"] : []),
    ...(home ? ["province"] : []),
    ...(elsewhere ? ["country", ...(around.provinces(countryOf(draft, around)).length > 0 && said["country"] !== undefined ? ["part"] : [])] : []),
    ...(!young && (province?.districts.length ?? 0) > 0 ? ["district"] : []),
    "gender",
    ...(young ? [] : ["words"]),
    "summary",
    ...LEVELS.filter((level) => isAskable(level, draft, around)),
    ...(draft.agreed.keep === true ? ["code"] : []),
    "filing",
  ]
}

/** Sharing where a group is named; publishing where her number leads back to what she will be shown. Neither for somebody under 18. */
function isAskable(level: Level, draft: Draft, { group }: Around): boolean {
  if (level !== "share" && level !== "publish") return true
  return !isYoung(draft) && (level === "share" ? group !== undefined : draft.agreed.keep === true)
}

/** The answer that leads to a list of countries. */
export const ELSEWHERE = "other-country"

/** The country whose provinces are asked for. */
export function countryOf({ said }: Draft, { home }: Around): string {
  const named = said["country"]?.[0]
  return named === undefined || named === NOT_SAID ? home : named
}

/** The question that a step belongs to, as the summary lists it. */
export function questionOf(step: string): string {
  const ask = askOf(step)
  if (ask === "act-of") return "act"
  if (ask === "outcome") return "tried"
  if (ask === "season" || ask === "year") return "when"
  return ask === "country" || ask === "district" || ask === "part" ? "province" : ask
}

/** The draft one step on; back at the summary where she only came to change something. */
export function onward(draft: Draft, around: Around): Draft {
  const steps = stepsOf(draft, around)
  const next = steps[steps.indexOf(draft.step) + 1] ?? "summary"
  return moved(draft, next)
}

/** The draft one question back. The first question leads nowhere further. */
export function backward(draft: Draft, around: Around): Draft {
  const steps = stepsOf(draft, around)
  const at = steps.indexOf(draft.step)
  return moved(draft, at < 0 ? "summary" : (steps[at - 1] ?? "age"))
}

function moved(draft: Draft, step: string): Draft {
  if (draft.changing === undefined || questionOf(step) === draft.changing) return { ...draft, step }
  return { ...draft, step: "summary", changing: undefined }
}

/** The first step that she hasn't answered. */
export function firstOpen(draft: Draft, around: Around): Draft {
  const open = stepsOf(draft, around).find((step) => step !== "child" && draft.said[step] === undefined && !(LEVELS as readonly string[]).includes(step))
  return { ...draft, step: open ?? "summary" }
}

/** One answer of a question that takes several: chosen, or taken back; one that stands alone is the whole answer. */
export function chose(draft: Draft, id: string, around: Around): Draft {
  const ask = askOf(draft.step)
  if (!SEVERAL.has(ask)) return answered(draft, [id], around)
  if (ALONE.has(id)) return answered(draft, [id], around)
  const before = (draft.said[draft.step] ?? []).filter((one) => one !== NOT_SAID && !ALONE.has(one))
  const after = before.includes(id) ? before.filter((one) => one !== id) : [...before, id]
  return { ...draft, said: { ...draft.said, [draft.step]: after } }
}

/** The whole answer to the question she is at. */
export function answered(draft: Draft, ids: readonly string[], around: Around): Draft {
  const alone = ids.length > 1 ? ids.filter((id) => !ALONE.has(id)) : ids
  const said: Record<string, readonly string[]> = { ...draft.said, [draft.step]: [...new Set(alone)] }
  // Another country has other provinces, another province other districts.
  if (draft.step === "province" || draft.step === "country")
    for (const step of draft.step === "province" ? ["country", "part", "district"] : ["part", "district"]) delete said[step]
  if (draft.step === "part") delete said["district"]
  return onward({ ...draft, said }, around)
}

/** What is filed of it: every id one of the taxonomy or of the areas, all else left out. */
export function reportOf(draft: Draft, around: Around, language: string): Report {
  const { said } = draft
  const steps = new Set(stepsOf(draft, around))
  const several = (ids: readonly string[]) => (ids.length > 0 ? ids : [NOT_SAID])
  const chosen = (step: string) => (steps.has(step) ? (said[step] ?? []).filter((id) => id !== NOT_SAID) : [])
  const one = (step: string) => chosen(step)[0] ?? NOT_SAID
  const acts = chosen("act").flatMap((group) =>
    group === "other" ? ACTS.other : chosen(`act-of:${group}`).filter((id) => (ACTS[group as ActGroup] as readonly string[]).includes(id)),
  )
  const actions = chosen("tried").map((action) => ({ action, outcome: one(`outcome:${action}`) }))
  return {
    language,
    about: one("about"),
    acts: several(acts),
    platforms: several(chosen("platform")),
    relation: one("relation"),
    harms: several(chosen("harm")),
    actions: actions.length > 0 ? actions : [{ action: NOT_SAID, outcome: NOT_SAID }],
    when: whenOf(draft),
    ...whereOf(draft, around, steps),
    age: one("age"),
    gender: one("gender"),
    words: isYoung(draft) ? [] : draft.words,
  }
}

/** `2026-10`, `2026-spring`, `2026`, `ongoing`: never nearer than a month. */
function whenOf({ said }: Draft): string {
  const [when = NOT_SAID] = said["when"] ?? []
  const [year = NOT_SAID] = said["year"] ?? []
  const [season = NOT_SAID] = said["season"] ?? []
  if (when !== "season" && when !== "year") return when
  return year === NOT_SAID ? NOT_SAID : when === "year" || season === NOT_SAID ? year : `${year}-${season}`
}

/** The whole country is said by an empty province; where nothing is said, the country isn't either. */
function whereOf(draft: Draft, around: Around, steps: ReadonlySet<string>): Pick<Report, "country" | "province" | "district"> {
  const { said } = draft
  const named = steps.has("country")
  const [province] = said[named ? "part" : "province"] ?? []
  const [country = NOT_SAID] = named ? (said["country"] ?? []) : province === undefined || province === NOT_SAID ? [NOT_SAID] : [around.home]
  const known = around.provinces(country).find(({ code }) => code === province)
  const district = known?.districts.find(({ code }) => code === said["district"]?.[0] && steps.has("district"))
  return { country, province: known?.code ?? NOT_SAID, district: district?.code ?? NOT_SAID }
}

/** What she has agreed to. Whatever she wasn't asked, or didn't answer with yes, is a no; so is a story that nothing would lead her to. */
export function consentsOf(draft: Draft, around: Around): Consents {
  const asked = new Set(stepsOf(draft, around))
  const yes = (level: Level) => asked.has(level) && draft.agreed[level] === true
  return { keep: yes("keep"), count: yes("count"), share: yes("share"), publish: yes("publish") && draft.without !== true, wording: WORDING }
}
