import type { Effect, TextKey } from "./effect.ts"
import type { createNumbers } from "./emergency-numbers.ts"
import type { FlowEvent, Memory, Opened } from "./memory.ts"
import { ask, at, effect, remember, type Answer, type Part } from "./part.ts"
import type { Details } from "./report-details.ts"
import { MOST_WORDS, WORDING } from "./report-draft.ts"
import { noticed } from "./report.ts"
import { sizeOf } from "./report-heard.ts"
import type { Consents, Filing, OpenCase } from "./report-shapes.ts"

type Moment = { readonly context: Memory; readonly event: FlowEvent }

/**
 * Coming back by a code: reading what was answered, adding words, changing consents, saying a word on the story, taking
 * it all back. What the code has led to is remembered here and nowhere else. A code that leads nowhere is answered in
 * words that don't tell whether any case exists.
 */
export function openedCase(details: Details, numbers: ReturnType<typeof createNumbers>): Part {
  const menu: Answer = { label: "choice.menu", to: "menu.main", remember: () => ({ opened: undefined }) }
  const back: Answer = { label: "choice.back", to: "case.main" }
  const notice = effect((memory) => noticed(memory.opened?.notice, memory, numbers))
  /** Whoever asks for a person in the middle of it has what she wrote passed on first; what may show who somebody is stays hidden. */
  const person: Answer = {
    label: "choice.person",
    to: "person.gate",
    saying: ({ opened }) => (isUnsent(opened) ? "case.added" : undefined),
    doing: (memory) => (isUnsent(memory.opened) ? filing(({ ref }) => ({ type: "addition", ref, words: unsent(memory.opened, details) }))(memory) : undefined),
    remember: () => ({ opened: undefined }),
  }
  const answered = (id: "yes" | "no", agrees: boolean): [string, Answer] => [
    id,
    {
      label: `choice.${id}`,
      to: "case.main",
      saying: agrees ? "case.story-agreed" : "case.story-declined",
      doing: filing(({ ref, story }) => ({ type: "story", ref, story: story?.id ?? "", agrees })),
      remember: changed((found) => ({ ...found, story: undefined })),
    },
  ]
  const consent = (id: "yes" | "no", agrees: boolean): [string, Answer] => [
    id,
    {
      label: `choice.${id}`,
      to: "case.consents",
      saying: "case.noted",
      doing: (memory) => filing(({ ref }) => ({ type: "consents", ref, consents: agreed(memory, agrees) }))(memory),
      remember: (memory) => changed((found) => ({ ...found, consents: agreed(memory, agrees) }))(memory),
    },
  ]
  const level = (name: "count" | "share" | "publish", when: (memory: Memory) => boolean = () => true): [string, Answer] => [
    name,
    { label: `report.level.${name}`, to: "case.consent", remember: ({ opened }) => ({ opened: opened && { ...opened, level: name } }), when },
  ]

  return {
    initial: "gate",
    states: {
      gate: {
        always: [
          { guard: ({ context }: Moment) => context.opened?.found === "later", target: at("case.later") },
          { guard: ({ context }: Moment) => caseOf(context) === undefined, target: at("case.unknown") },
          { guard: ({ context }: Moment) => caseOf(context)?.state !== "kept", target: at("case.gone") },
          { target: at("case.main") },
        ],
      },
      unknown: ask("case.unknown", { key: "case.unknown" }, { menu }),
      later: ask("case.later", { key: "case.later" }, { menu }),
      gone: ask("case.gone", { key: (memory) => (caseOf(memory)?.state === "withdrawn" ? "case.withdrawn" : "case.expired") }, { menu }),
      main: ask(
        "case.main",
        { key: "case.main", values: (memory) => ({ until: caseOf(memory)?.keptUntil ?? "", count: String(caseOf(memory)?.answers.length ?? 0) }) },
        {
          read: { label: "choice.read", to: "case.answer", remember: () => ({ page: 0 }), when: (memory) => (caseOf(memory)?.answers.length ?? 0) > 0 },
          story: { label: "choice.story", to: "case.story", when: (memory) => caseOf(memory)?.story !== undefined },
          add: {
            label: "choice.add",
            to: "case.add",
            remember: ({ opened }) => ({ opened: opened && { ...opened, words: [], held: undefined, full: undefined, notice: undefined } }),
          },
          consents: { label: "choice.consents", to: "case.consents" },
          withdraw: { label: "choice.take-back", to: "case.withdraw" },
          menu,
        },
      ),
      answer: ask(
        "case.answer",
        {
          key: "case.answer",
          values: (memory) => ({ nth: String(memory.page + 1), count: String(caseOf(memory)?.answers.length ?? 0), text: caseOf(memory)?.answers[memory.page]?.text ?? "" }),
        },
        {
          more: {
            label: "choice.more",
            to: "case.answer",
            remember: ({ page }) => ({ page: page + 1 }),
            when: (memory) => memory.page + 1 < (caseOf(memory)?.answers.length ?? 0),
          },
          add: {
            label: "choice.add",
            to: "case.add",
            remember: ({ opened }) => ({ page: 0, opened: opened && { ...opened, words: [], held: undefined, full: undefined, notice: undefined } }),
          },
          back: { ...back, remember: () => ({ page: 0 }) },
        },
      ),
      add: withWords(
        details,
        ask(
          "case.add",
          {
            key: ({ opened }) => (opened?.full === true ? "report.full" : (opened?.words ?? []).length === 0 ? "case.add" : "report.kept"),
            values: ({ opened }) => ({ room: String(Math.max(0, MOST_WORDS - sizeOf(opened?.words ?? []))) }),
          },
          {
            done: {
              label: "choice.done",
              to: "case.main",
              saying: "case.added",
              doing: (memory) => filing(({ ref }) => ({ type: "addition", ref, words: memory.opened?.words ?? [] }))(memory),
              remember: ({ opened }) => ({ opened: opened && { found: opened.found } }),
              when: ({ opened }) => (opened?.words ?? []).length > 0,
            },
            back: { ...back, saying: ({ opened }) => (isUnsent(opened) ? "case.not-added" : undefined), remember: ({ opened }) => ({ opened: opened && { found: opened.found } }) },
            person,
          },
          [notice],
        ),
      ),
      details: withWords(
        details,
        ask(
          "case.details",
          { key: "report.details" },
          {
            keep: { label: "choice.details-keep", to: "case.add", remember: settled((held) => held) },
            hide: { label: "choice.details-hide", to: "case.add", remember: settled(details.hide) },
            change: { label: "choice.details-change", to: "case.add", remember: settled(() => undefined) },
            person,
          },
          [notice],
        ),
      ),
      consents: ask(
        "case.consents",
        { key: "case.consents", values: (memory) => ({ levels: { labels: levelsOf(memory) } }) },
        Object.fromEntries([level("count"), level("share", ({ reports }) => reports?.group !== undefined), level("publish"), ["back", back]]),
      ),
      consent: ask(
        "case.consent",
        { key: ({ opened }) => `report.ask.${opened?.level ?? "count"}`, values: ({ reports }) => ({ group: reports?.group ?? "" }) },
        Object.fromEntries([consent("yes", true), consent("no", false), ["back", { ...back, to: "case.consents" }]]),
      ),
      story: ask(
        "case.story",
        { key: "case.story", values: (memory) => ({ text: caseOf(memory)?.story?.text ?? "" }) },
        Object.fromEntries([answered("yes", true), answered("no", false), ["later", { label: "choice.later", to: "case.main" }]]),
      ),
      withdraw: ask(
        "case.withdraw",
        // Whether a story of hers stands in public nobody can know: nothing leads back from it.
        { key: (memory) => (caseOf(memory)?.counted === true || caseOf(memory)?.consents.publish === true ? "case.withdraw-published" : "case.withdraw") },
        {
          yes: { label: "choice.yes", to: "case.done", doing: filing(({ ref }) => ({ type: "withdrawal", ref })), remember: () => ({ opened: undefined }) },
          no: { label: "choice.no", to: "case.main" },
        },
      ),
      done: ask("case.done", { key: "case.done" }, { person: { label: "choice.person", to: "person.gate" }, menu }),
    },
  } as Part
}

/** Whether what a code has led to may still be remembered: while she is with it, or on the way there. */
export function isWithCase(place: string, { pending }: Pick<Memory, "pending">): boolean {
  return place.startsWith("case.") || (place !== "left" && pending?.to === "case")
}

/** Whether she has written something to add that isn't passed on yet. */
export function isUnsent(opened: Opened | undefined): boolean {
  return opened !== undefined && ((opened.words ?? []).length > 0 || opened.held !== undefined)
}

function unsent(opened: Opened | undefined, details: Details): readonly string[] {
  return [...(opened?.words ?? []), ...(opened?.held === undefined ? [] : [details.hide(opened.held)])]
}

/** The case that her code has opened, as long as she is with it. */
export function caseOf({ opened }: Pick<Memory, "opened">): OpenCase | undefined {
  return typeof opened?.found === "object" ? opened.found : undefined
}

function filing(make: (found: OpenCase) => Filing) {
  return (memory: Memory): Effect => {
    const found = caseOf(memory)
    if (found === undefined) throw new Error("something to file without a case")
    return { type: "file", filing: make(found) }
  }
}

function changed(change: (found: OpenCase) => OpenCase) {
  return (memory: Memory): Partial<Memory> => {
    const found = caseOf(memory)
    return found === undefined ? {} : { opened: { found: change(found) } }
  }
}

function agreed(memory: Memory, agrees: boolean): Consents {
  const consents = caseOf(memory)?.consents ?? { keep: true, count: false, share: false, publish: false, wording: WORDING }
  return { ...consents, [memory.opened?.level ?? "count"]: agrees, wording: WORDING }
}

function levelsOf(memory: Memory): readonly TextKey[] {
  const consents = caseOf(memory)?.consents
  const levels = (["count", "share", "publish"] as const).filter((one) => consents?.[one] === true)
  return levels.length === 0 ? ["report.level.help"] : levels.map((one) => `report.level.${one}` as const)
}

function noticeOf(event: FlowEvent): Opened["notice"] {
  const raises = event.type === "wrote" ? event.raises : undefined
  return raises === "danger" || raises === "suicide" ? raises : undefined
}

function settled(keep: (held: string) => string | undefined) {
  return ({ opened }: Memory): Partial<Memory> => {
    const kept = opened?.held === undefined ? undefined : keep(opened.held)
    return { opened: opened && { ...opened, held: undefined, notice: undefined, words: [...(opened.words ?? []), ...(kept === undefined ? [] : [kept])] } }
  }
}

/** A place that takes her own words: what may show who somebody is waits for her word. */
function withWords(details: Details, part: Part): Part {
  const took = (change: (opened: Opened, text: string) => Opened) =>
    remember(({ opened }, event) => ({ opened: opened && change({ ...opened, held: undefined, full: undefined, notice: noticeOf(event) }, text(event)) }))
  const text = (event: FlowEvent) => (event.type === "wrote" ? event.text : "")
  const wrote = [
    {
      guard: ({ context, event }: Moment) => sizeOf(context.opened?.words ?? []) + text(event).length > MOST_WORDS,
      target: at("case.add"),
      reenter: true,
      actions: took((opened) => ({ ...opened, full: true })),
    },
    { guard: ({ event }: Moment) => details.found(text(event)), target: at("case.details"), reenter: true, actions: took((opened, held) => ({ ...opened, held })) },
    { target: at("case.add"), reenter: true, actions: took((opened, words) => ({ ...opened, words: [...(opened.words ?? []), words] })) },
  ]
  return { ...part, on: { ...(part.on as object), wrote } } as Part
}
