import { countryOf } from "./directory.ts"
import type { Effect } from "./effect.ts"
import type { createNumbers } from "./emergency-numbers.ts"
import type { FlowEvent, Memory } from "./memory.ts"
import { ask, at, chose as isChosen, effect, remember, say, type Answer, type Part } from "./part.ts"
import type { Details } from "./report-details.ts"
import { backward, begun, consentsOf, DRAFT_MS, firstOpen, isYoung, LEVELS, onward, reportOf, type Around, type Draft } from "./report-draft.ts"
import { afterChoice, afterChoices, told } from "./report-heard.ts"
import { aroundOf, createQuestions, QUESTIONS, type Telling } from "./report-questions.ts"
import { summary } from "./report-summary.ts"

type Moment = { readonly context: Memory; readonly event: FlowEvent }

/**
 * Telling what happened: a few questions that may all be skipped, her own words, what she has said once more, five
 * levels of consent, the number that leads back, and then it is given to the report officers, or to nobody.
 */
export function report(telling: Telling & { readonly details: Details }, numbers: ReturnType<typeof createNumbers>): Part {
  const around = aroundOf(telling)
  const questions = createQuestions(telling, around)
  const isListed = ({ country }: Memory) => countryOf(telling.directory, country) !== undefined
  const menu: Answer = { label: "choice.menu", to: "menu.main" }
  const person: Answer = { label: "choice.person", to: "person.gate" }
  const help: Answer = { label: "choice.find-help", to: "find-help.here", remember: () => ({ page: 0, need: undefined }) }
  const tips: Answer = { label: "choice.tips", to: "tips.list", remember: () => ({ page: 0 }) }
  const afterwards = { person, "find-help": help, tips, menu }
  const drop: Answer = { label: "choice.drop", to: "menu.main", saying: "report.dropped", remember: () => ({ draft: undefined }) }
  const images = (to: string): Answer => ({ label: "choice.pictures", to: `tips.images.${to}`, remember: () => ({ topic: "images", trail: [] }) })

  /** The draft as an event leaves it; the next place is the one of its step. */
  const going = (change: (draft: Draft, memory: Memory, event: FlowEvent) => Draft) => ({
    target: at("report.ask"),
    reenter: true,
    actions: remember((memory, event) => {
      const before = draftOf(memory)
      const draft = { ...change({ ...unnoticed(before), full: undefined }, memory, event), at: memory.now }
      return { draft, page: draft.step === before.step ? memory.page : 0, ...(isYoung(draft) && { age: "under-18" as const }) }
    }),
  })
  /** The draft at another step; the next place is the one of that. */
  const stepping = (change: (draft: Draft, memory: Memory) => Draft) => (memory: Memory) => ({ draft: { ...change(draftOf(memory), memory), at: memory.now }, page: 0 })
  const leading = (id: string, to: string) => ({ guard: ({ event }: Moment) => isChosen(event, id), target: at(to) })

  const asking = effect((memory) => ({ type: "say", ...questions.text(memory), options: questions.options(memory) }))
  const noticing = effect((memory) => noticed(memory.draft?.notice, memory, numbers))

  /** A place of the telling: it says what its step asks, and takes what that offers. */
  const question = (name: string): Part =>
    ({
      entry: [noticing, asking],
      on: {
        again: { target: at(`report.${name}`), reenter: true },
        choose: [
          leading("person", "person.gate"),
          {
            guard: ({ context, event }: Moment) => isChosen(event, "more") && questions.pages(context) > 1,
            target: at(`report.${name}`),
            reenter: true,
            actions: remember((memory) => ({ page: (memory.page + 1) % questions.pages(memory), draft: unnoticed(draftOf(memory)) })),
          },
          {
            guard: ({ context, event }: Moment) => event.type === "choose" && questions.offers(context, event.id),
            ...going((draft, memory, event) => (event.type === "choose" ? afterChoice(draft, event.id, around(memory)) : draft)),
          },
        ],
        "chose-all": {
          target: at("report.ask"),
          actions: remember((memory, event) => {
            const ids = event.type === "chose-all" ? event.ids : []
            const draft = { ...afterChoices(unnoticed(draftOf(memory)), ids, around(memory)), at: memory.now }
            const turns = ids.includes("more")
            return { draft, page: turns ? (memory.page + 1) % questions.pages(memory) : 0 }
          }),
        },
      },
    }) as Part

  return {
    initial: "gate",
    states: {
      gate: {
        always: [
          { guard: ({ context }: Moment) => !isTaken(context), target: at("report.not-yet") },
          { guard: ({ context }: Moment) => context.draft !== undefined && context.now - context.draft.at <= DRAFT_MS, target: at("report.resume") },
          { target: at("report.intro"), actions: remember(() => ({ draft: undefined })) },
        ],
      },
      "not-yet": ask("report.not-yet", { key: "report.not-yet" }, afterwards),
      intro: ask(
        "report.intro",
        { key: ({ shape }) => `report.limit_${shape}` },
        { begin: { label: "choice.begin", means: "yes", to: "report.ask", remember: ({ now }) => ({ draft: begun(now), page: 0 }) }, person, "find-help": help, tips, menu },
        [say("report.intro")],
      ),
      resume: ask(
        "report.resume",
        { key: "report.resume" },
        {
          "go-on": { label: "choice.go-on", means: "yes", to: "report.ask", remember: stepping((draft) => ({ ...draft, resumed: draft.step })) },
          anew: { label: "choice.anew", to: "report.intro", remember: () => ({ draft: undefined }) },
          drop: { ...drop, means: "no" },
          menu,
        },
      ),
      // After a pause somebody else may hold the phone: what she answered is shown when she asks for it.
      unseen: ask(
        "report.unseen",
        { key: "report.unseen" },
        {
          "as-it-is": { label: "choice.as-it-is", to: "report.ask", remember: stepping((draft, memory) => onward(draft, around(memory))) },
          see: { label: "choice.see", to: "report.ask", remember: stepping((draft) => ({ ...draft, resumed: undefined })) },
          drop,
          menu,
        },
      ),
      // Leads to the place of the step she is at.
      ask: {
        always: [
          { guard: ({ context }: Moment) => context.draft?.step === "summary" && context.draft.resumed !== undefined, target: at("report.unseen") },
          { guard: ({ context }: Moment) => context.draft?.step === "code" && !isTaken(context), target: at("report.filing") },
          { guard: ({ context }: Moment) => context.draft?.step === "code", target: at("report.code"), actions: [remember(numbered), effect(shown)] },
          ...[...QUESTIONS, "child", "details", "summary", ...LEVELS, "filing"].map((name) => ({
            guard: ({ context }: Moment) => (context.draft?.step ?? "age").split(":")[0] === name,
            target: at(`report.${name}`),
          })),
          { target: at("report.summary"), actions: remember((memory) => ({ draft: { ...draftOf(memory), step: "summary" } })) },
        ],
      },
      ...Object.fromEntries([...QUESTIONS, "details", ...LEVELS].map((name) => [name, question(name)])),
      summary: { ...question("summary"), entry: [noticing, ...summary(around).map(effect), asking] } as Part,
      // The number has just been shown, and isn't again: nothing is filed before she says that she has it, or wants none.
      code: ask(
        "report.code",
        { key: ({ draft }) => ((draft?.numbers ?? 0) > 1 ? "report.ask.code-again" : "report.ask.code") },
        {
          have: { label: "choice.have", means: "yes", to: "report.filing" },
          without: { label: "choice.without", to: "report.filing", remember: stepping((draft) => ({ ...draft, without: true })) },
          back: { label: "choice.back", to: "report.ask", remember: stepping((draft, memory) => backward(draft, around(memory))) },
          menu,
        },
      ),
      child: ask(
        "report.child",
        { key: "report.child-short" },
        {
          "go-on": { label: "choice.go-on", means: "yes", to: "report.ask", remember: (memory) => ({ draft: firstOpen(draftOf(memory), around(memory)) }) },
          // Words may have been misread.
          adult: { label: "choice.adult", to: "report.ask", remember: (memory) => ({ age: undefined, draft: older(draftOf(memory)) }) },
          numbers: { label: "choice.numbers", to: "find-help.where", remember: () => ({ need: "child", page: 0 }), when: isListed },
          images: images("under-18"),
          person: { ...person, remember: () => ({ need: "child", page: 0 }) },
          menu,
        },
        [say("report.child", numbers.child)],
      ),
      media: ask(
        "report.media",
        { key: ({ draft, age }) => (age === "under-18" || (draft !== undefined && isYoung(draft)) ? "report.media-young" : "report.media") },
        {
          "go-on": { label: "choice.go-on", to: "report.ask" },
          evidence: { label: "choice.evidence", to: "tips.evidence.first-steps", remember: () => ({ topic: "evidence", trail: [] }) },
          "under-18": { ...images("under-18"), when: ({ age }) => age === "under-18" },
          images: { ...images("first-steps"), when: ({ age }) => age !== "under-18" },
          menu,
        },
      ),
      filing: {
        always: [
          {
            guard: ({ context }: Moment) => !isTaken(context),
            target: at("report.not-yet"),
            actions: [say(({ draft }) => (draft?.numbers === undefined ? "report.not-now" : "report.not-now-number")), remember(unfiled)],
          },
          { guard: ({ context }: Moment) => !agrees(context, around), target: at("report.declined"), actions: remember(forgotten) },
          {
            target: at("report.filed"),
            actions: [
              effect((memory) => filed(memory, around)),
              say((memory) => (codeOf(memory, around) !== undefined ? "report.filed-keep" : draftOf(memory).without === true ? "report.filed-without" : "report.filed")),
              remember(forgotten),
            ],
          },
        ],
      },
      filed: ask("report.filed", { key: "report.after" }, afterwards),
      declined: ask("report.declined", { key: "report.declined" }, afterwards),
    },
    on: {
      wrote: going((draft, _, event) => (event.type === "wrote" ? told(draft, event, telling.details) : draft)),
      media: at("report.media"),
    },
  } as Part
}

/** The draft she is at; none is an empty one. */
export function draftOf({ draft, now }: Memory): Draft {
  return draft ?? begun(now)
}

/** What her last words raised, before the telling goes on. */
export function noticed(notice: string | undefined, memory: Memory, numbers: ReturnType<typeof createNumbers>): Effect | undefined {
  if (notice === "danger") return { type: "say", key: "report.danger", values: numbers.danger(memory) }
  return notice === "suicide" ? { type: "say", key: "report.suicide", values: numbers.suicide(memory) } : undefined
}

function unnoticed(draft: Draft): Draft {
  return { ...draft, notice: undefined }
}

function isTaken({ reports }: Memory): boolean {
  return reports?.taken === true
}

/** The draft with a number of its own; one that was shown before is forgotten with it. */
function numbered(memory: Memory): Partial<Memory> {
  const draft = draftOf(memory)
  return { draft: { ...draft, code: memory.reports?.code, numbers: (draft.numbers ?? 0) + 1, without: undefined } }
}

function shown({ draft }: Memory): Effect {
  return { type: "say", key: "report.code", values: { code: grouped(draft?.code ?? "") } }
}

function older(draft: Draft): Draft {
  const { age: _, ...said } = draft.said
  return { ...draft, said, step: "age" }
}

function forgotten(): Partial<Memory> {
  return { draft: undefined, page: 0 }
}

/** Nothing could be filed: it waits at the summary. */
function unfiled(memory: Memory): Partial<Memory> {
  return { draft: { ...draftOf(memory), step: "summary" } }
}

/** The number that leads back to it, where she has said that she has it. */
function codeOf(memory: Memory, around: (memory: Memory) => Around): string | undefined {
  const draft = draftOf(memory)
  return consentsOf(draft, around(memory)).keep && draft.without !== true ? draft.code : undefined
}

function agrees(memory: Memory, around: (memory: Memory) => Around): boolean {
  const { keep, count, share, publish } = consentsOf(draftOf(memory), around(memory))
  return keep || count || share || publish
}

function filed(memory: Memory, around: (memory: Memory) => Around): Effect {
  const draft = draftOf(memory)
  const consents = consentsOf(draft, around(memory))
  const report = reportOf(draft, around(memory), memory.language ?? "en")
  const code = codeOf(memory, around)
  return { type: "file", filing: { type: "report", report, consents, ...(code !== undefined && { code }) } }
}

/** Digits as a reference number has them. Dashes keep their order in a line that runs from right to left. */
function grouped(code: string): string {
  return code.match(/.{1,3}/g)?.join("-") ?? ""
}
