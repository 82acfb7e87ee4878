import type { Raised } from "./memory.ts"
import type { Details } from "./report-details.ts"
import { answered, askOf, backward, chose, firstOpen, LEVELS, MOST_WORDS, onward, questionOf, stepsOf, type Around, type Draft, type Level } from "./report-draft.ts"
import { ALONE, SEVERAL } from "./report-options.ts"
import { NOT_SAID } from "./report-shapes.ts"

/** Words of hers, and what they raise. */
export type Told = { readonly text: string; readonly raises?: Raised | undefined }

/** The draft after one choice at the step she is at. */
export function afterChoice(draft: Draft, id: string, around: Around): Draft {
  const { step } = draft
  if (step === "summary") return id === "right" ? onward(draft, around) : { ...draft, step: firstOf(id, around, draft), changing: id }
  if (step === "details") return settled(draft, id)
  if (step === "words" && draft.between !== undefined) return afterWords(draft)
  if (id === "back") return backward(draft, around)
  if (step === "words") return onward(draft, around)
  if (isLevel(step)) return onward({ ...draft, agreed: { ...draft.agreed, [step]: id === "yes" } }, around)
  if (id === "skip") return past(answered(draft, [NOT_SAID], around), step, around)
  if (id === "done") return onward(draft, around)
  return past(chose(draft, meant(id, around), around), step, around)
}

/** The draft after several choices at once. With `more` among them she goes on reading the list; otherwise they are all. */
export function afterChoices(draft: Draft, ids: readonly string[], around: Around): Draft {
  const own = ids.filter((id) => id !== "more" && id !== "done")
  const before = SEVERAL.has(askOf(draft.step)) ? (draft.said[draft.step] ?? []).filter((id) => id !== NOT_SAID) : []
  const all = [...before, ...own.filter((id) => !before.includes(id))]
  if (!ids.includes("more")) return answered(draft, all, around)
  return { ...draft, said: { ...draft.said, [draft.step]: all.length > 1 ? all.filter((id) => !ALONE.has(id)) : all } }
}

/**
 * The draft after a message in her own words, wherever in it she wrote them. What may show who somebody is waits for her
 * word; what doesn't fit isn't kept, and she is told.
 */
export function told(draft: Draft, { text, raises }: Told, details: Details): Draft {
  const notice = raises === "danger" || raises === "suicide" ? raises : undefined
  const between = draft.step === "details" || draft.step === "words" ? draft.between : draft.step
  const now = { ...draft, between, held: undefined, full: undefined, notice, raised: raises === undefined ? draft.raised : [...new Set([...(draft.raised ?? []), raises])] }
  if (raises === "child") return { ...keep(now, text), said: { ...draft.said, age: ["under-18"] }, step: "child", changing: undefined }
  if (sizeOf(draft.words) + text.length > MOST_WORDS) return { ...now, step: "words", full: true }
  return details.found(text) ? { ...now, step: "details", held: text, hidden: details.hide(text) } : afterWords(keep(now, text))
}

export function sizeOf(words: readonly string[]): number {
  return words.reduce((sum, { length }) => sum + length, 0)
}

/** Back to where she wrote them. */
function afterWords({ between, ...draft }: Draft): Draft {
  return { ...draft, step: between ?? "words" }
}

function keep(draft: Draft, text: string | undefined): Draft {
  return text === undefined || text.trim() === "" ? draft : { ...draft, words: [...draft.words, text] }
}

/** What becomes of a message that may show who somebody is: kept, kept with marks, or written again. */
function settled({ held, hidden, ...draft }: Draft, id: string): Draft {
  if (id === "keep") return afterWords(keep(draft, held))
  return id === "hide" ? afterWords(keep(draft, hidden)) : { ...draft, step: "words", notice: "again" }
}

/** After an age was told late, what she has answered already isn't asked again. */
function past(draft: Draft, step: string, around: Around): Draft {
  return step === "age" && draft.step === "about" && draft.said["about"] !== undefined && draft.changing === undefined ? firstOpen(draft, around) : draft
}

/** Times are kept as what they mean today: next month “this month” is another. */
function meant(id: string, { now }: Around): string {
  const [year, month] = [new Date(now).getUTCFullYear(), new Date(now).getUTCMonth()]
  const named = (of: Date) => `${of.getUTCFullYear()}-${String(of.getUTCMonth() + 1).padStart(2, "0")}`
  if (id === "this-month") return named(new Date(now))
  if (id === "last-month") return named(new Date(Date.UTC(year, month - 1, 1)))
  const back = ["this-year", "last-year", "year-before"].indexOf(id)
  if (back >= 0) return String(year - back)
  return id.slice(id.indexOf(":") + 1)
}

function firstOf(question: string, around: Around, draft: Draft): string {
  return stepsOf(draft, around).find((step) => questionOf(step) === question) ?? "summary"
}

function isLevel(step: string): step is Level {
  return (LEVELS as readonly string[]).includes(step)
}
