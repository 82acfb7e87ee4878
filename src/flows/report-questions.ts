import { provincesIn, type Areas } from "./areas.ts"
import { countryOf as listedCountry, type Directory } from "./directory.ts"
import type { Option, TextKey, Value } from "./effect.ts"
import type { Memory } from "./memory.ts"
import { PAGE_SIZE } from "./paged.ts"
import { askOf, begun, countryOf, ELSEWHERE, isYoung, LEVELS, MOST_WORDS, partOf, stepsOf, type Around, type Draft } from "./report-draft.ts"
import { sizeOf } from "./report-heard.ts"
import { choicesOf, labelOf, SEVERAL } from "./report-options.ts"
import { NOT_SAID } from "./report-shapes.ts"

/** What the questions are made of. */
export type Telling = { readonly directory: Directory; readonly areas?: Areas | undefined }

/** Every question of the telling, each a place of its own. */
export const QUESTIONS = [
  "age",
  "about",
  "act",
  "act-of",
  "platform",
  "relation",
  "harm",
  "tried",
  "outcome",
  "when",
  "season",
  "year",
  "province",
  "country",
  "part",
  "district",
  "gender",
  "words",
] as const

/** What the summary lists, each to be changed. */
const FIELDS = ["age", "about", "act", "platform", "relation", "harm", "tried", "when", "province", "gender", "words"] as const

type Text = { readonly key: TextKey; readonly values?: Readonly<Record<string, Value>> }

/** What the questions depend on besides her answers, read from what is remembered. */
export function aroundOf({ directory, areas }: Telling): (memory: Memory) => Around {
  const listed = (country: string) => listedCountry(directory, country)?.provinces.map((one) => ({ ...one, districts: [] })) ?? []
  return (memory) => ({
    now: memory.now,
    home: memory.country,
    provinces: (country) => (areas === undefined ? listed(country) : provincesIn(areas, country)),
    isNamed: (country) => listedCountry(directory, country) !== undefined,
    group: memory.reports?.group,
  })
}

/** What each step says and offers, read from what is remembered. */
export function createQuestions({ directory }: Telling, around: (memory: Memory) => Around) {
  const draftOf = (memory: Memory): Draft => memory.draft ?? begun(memory.now)

  /** All answers of its own that a step has, on whatever page. */
  function items(memory: Memory): readonly Option[] {
    const draft = draftOf(memory)
    const [name, part] = [askOf(draft.step), partOf(draft.step)]
    const { provinces, home } = around(memory)
    const country = countryOf(draft, around(memory))
    if (name === "country") return directory.countries.map(({ code }) => ({ id: `country:${code}`, label: `place.${code}` as const }))
    if (name === "province" || name === "part") {
      const where = name === "province" ? home : country
      const own = provinces(where).map(({ code }): Option => ({ id: `province:${code}`, label: `place.${where}-${code}` }))
      return [...own, { id: "province:", label: "choice.whole-country" }, ...(name === "province" ? [{ id: ELSEWHERE, label: "choice.other-country" as const }] : [])]
    }
    if (name === "district") {
      const steps = stepsOf(draft, around(memory))
      const province = provinces(country).find(({ code }) => code === draft.said[steps.includes("part") ? "part" : "province"]?.[0])
      return (province?.districts ?? []).map(({ code }) => ({ id: `district:${code}`, label: `place.${country}-${province?.code ?? ""}-${code}` as const }))
    }
    if (name === "words") return []
    if (name === "details") return ["keep", "hide", "change"].map((id) => ({ id, label: `choice.details-${id}` as TextKey }))
    if (name === "summary") return FIELDS.filter((field) => field !== "words" || !isYoung(draft)).map((field) => ({ id: field, label: `report.field.${field}` as const }))
    return choicesOf(name, part)
  }

  function options(memory: Memory): readonly Option[] {
    const draft = draftOf(memory)
    const name = askOf(draft.step)
    const back: Option = { id: "back", label: "choice.back" }
    const person: Option = { id: "person", label: "choice.person" }
    // Whoever has just been told of a person finds one.
    const told = draft.notice === "danger" || draft.notice === "suicide" ? [person] : []
    if (name === "words") return [{ id: "done", label: "choice.done" }, back, person]
    // A message may raise danger and show a name at once: whoever is told of a person finds one here, too.
    if (name === "details") return [...items(memory), person]
    if (name === "summary") return [{ id: "right", label: "choice.right", means: "yes" }, ...items(memory), ...told]
    if ((LEVELS as readonly string[]).includes(name)) return [{ id: "yes", label: "choice.yes" }, { id: "no", label: "choice.no" }, ...(told.length > 0 ? told : [back])]
    const some = SEVERAL.has(name) && chosenOf(draft).length > 0
    return [
      ...items(memory).slice(memory.page * PAGE_SIZE, (memory.page + 1) * PAGE_SIZE),
      ...(pages(memory) > 1 ? [{ id: "more", label: "choice.more-answers" as const }] : []),
      some ? { id: "done", label: "choice.done" } : { id: "skip", label: "choice.skip" },
      // Before the first question there is nothing to go back to, and for both a text message has no room.
      ...(told.length > 0 ? told : name === "age" && draft.changing === undefined ? [] : [back]),
    ]
  }

  function pages(memory: Memory): number {
    return Math.max(1, Math.ceil(items(memory).length / PAGE_SIZE))
  }

  /** Whether an answer may be given here: one of any page, or one that can be typed only. */
  function offers(memory: Memory, id: string): boolean {
    const name = askOf(draftOf(memory).step)
    const typed = (name === "year" && /^year:\d{4}$/.test(id)) || (name === "country" && /^country:[A-Z]{2}$/.test(id))
    return id !== "person" && id !== "more" && (typed || options(memory).some((one) => one.id === id) || items(memory).some((one) => one.id === id))
  }

  function text(memory: Memory): Text {
    const draft = draftOf(memory)
    const [name, part] = [askOf(draft.step), partOf(draft.step)]
    if (name === "words") return words(draft)
    if (name === "details") return { key: "report.details" }
    if (name === "summary") return { key: "report.ask.summary" }
    if (name === "share") return { key: "report.ask.share", values: { group: around(memory).group ?? "" } }
    if (name === "part") return { key: "report.ask.province" }
    const chosen = chosenOf(draft)
    if (SEVERAL.has(name) && chosen.length > 0) {
      return memory.shape === "sms" || draft.resumed === draft.step
        ? { key: "report.chosen_sms", values: { count: String(chosen.length) } }
        : { key: "report.chosen", values: { chosen: { labels: chosen.map((id) => labelOf(name, id)) } } }
    }
    if (name === "act-of") return { key: "report.ask.act-of", values: { what: { key: labelOf("act", part ?? "") } } }
    if (name === "outcome") return { key: "report.ask.outcome", values: { what: { key: labelOf("tried", part ?? "") } } }
    return { key: `report.ask.${name}` as TextKey }
  }

  return { text, items, options, pages, offers }
}

function chosenOf({ said, step }: Draft): readonly string[] {
  return (said[step] ?? []).filter((id) => id !== NOT_SAID)
}

function words({ words: all, notice, full }: Draft): Text {
  if (full === true) return { key: "report.full", values: { room: String(Math.max(0, MOST_WORDS - sizeOf(all))) } }
  if (notice === "again") return { key: "report.again" }
  return { key: all.length === 0 ? "report.ask.words" : "report.kept" }
}

/** A question's place with its step, so that a button of one action isn't taken for another's. */
export function stepQuestion(place: string, { draft }: Pick<Memory, "draft">): string {
  return draft !== undefined && place === `report.${askOf(draft.step)}` ? `report.${draft.step}` : place
}
