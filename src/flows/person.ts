import type { Answered, DeskFacts, DeskStep, Effect, TextKey, Value } from "./effect.ts"
import type { createNumbers } from "./emergency-numbers.ts"
import type { FlowEvent, Memory } from "./memory.ts"
import { afterwards, CONSENT, ENDED, graver, isQuiet } from "./person-places.ts"
import { ask, at, effect, remember, say, type Answer, type Part } from "./part.ts"

type Moment = { readonly context: Memory; readonly event: FlowEvent }

/**
 * From asking for a person to the end of that chat, as she lives it. The handoff itself is a row that staff, timers and
 * she move; what happens to it comes here as `news`, and what she does goes there as steps.
 * @param days how long a transcript is kept
 */
export function person(days: number, numbers: ReturnType<typeof createNumbers>): Part {
  const menu: Answer = { label: "choice.menu", to: "menu.main" }
  const tips: Answer = { label: "choice.tips", to: "tips.list", remember: () => ({ page: 0 }) }
  const help: Answer = { label: "choice.find-help", to: "find-help.here", remember: () => ({ page: 0 }) }
  const urgent: Answer = { label: "choice.urgent", to: "emergency.which" }
  const waiting = {
    wait: { label: "choice.wait", to: "person.waiting" },
    tips,
    "stop-waiting": { label: "choice.stop-waiting", to: "menu.main", saying: "person.cancelled", remember: () => ({ handoff: undefined }) },
  } satisfies Record<string, Answer>
  const passed = desk((memory, event) => ({ type: "line", id: idOf(memory), ...written(event) }))
  const inLine = (place: string, key: TextKey): Part =>
    withOn(ask(place, { key, values: ({ desk: facts }) => ({ wait: waitOf(facts) }) }, waiting, [remember(({ desk: facts }) => ({ toldClosed: facts?.state === "closed" }))]), {
      wrote: { actions: [passed, ...once] },
      again: { target: at("person.waiting"), reenter: true },
    })
  const rated = (answer: "yes" | "little" | "no", label: TextKey): Answer => ({
    label,
    to: "menu.main",
    saying: "person.thanks",
    doing: ({ last }) => ({ type: "desk", step: { type: "survey", id: last?.id ?? "", answer } }),
  })

  return {
    initial: "gate",
    states: {
      gate: {
        always: [
          { guard: ({ context }: Moment) => context.handoff?.status === "live", target: at("person.live"), actions: still },
          { guard: ({ context }: Moment) => context.handoff?.status === "waiting", target: at("person.waiting") },
          { guard: ({ context }: Moment) => context.handoff?.status === "asked", target: at("person.consent") },
          { guard: ({ context }: Moment) => context.unsaid === "nobody", target: at("person.nobody") },
          { guard: ({ context }: Moment) => context.desk?.state === "blocked", target: at("person.not-now") },
          { guard: ({ context }: Moment) => context.desk === undefined || context.desk.state === "nobody", target: at("person.nobody-yet") },
          { guard: ({ context }: Moment) => context.desk?.state === "closed", target: at("person.closed") },
          { guard: ({ context }: Moment) => context.reopens === true, target: at("person.over") },
          { target: at("person.asking") },
        ],
      },
      // Nobody answers in the chat; the lines where somebody does are the honest way on.
      "nobody-yet": { entry: [...untold, say("menu.person")], always: at("find-help.here") },
      "not-now": { entry: [...untold, say("person.not-now")], always: at("find-help.here") },
      asking: {
        entry: [
          remember(({ fresh }) => ({ handoff: { id: fresh ?? "", status: "asked" }, asked: undefined, kept: undefined, unheard: undefined })),
          desk((memory) => ({ type: "ask", id: idOf(memory), risk: memory.risk ?? 0, quiet: isQuiet(memory) })),
        ],
        always: at("person.consent"),
      },
      consent: ask(
        "person.consent",
        { key: "person.consent", values: { days: String(days) } },
        {
          // Whoever came through an urgent path has been asked already.
          yes: { label: "choice.yes", to: "person.danger", when: ({ risk }) => risk !== 2 },
          "yes-now": { label: "choice.yes", means: "yes", to: "person.about", when: ({ risk }) => risk === 2 },
          no: { label: "choice.no", to: "menu.main", saying: "person.declined", remember: () => ({ handoff: undefined }) },
        },
      ),
      danger: ask(
        "person.danger",
        { key: "person.danger" },
        {
          yes: {
            label: "choice.yes",
            to: "person.queuing",
            saying: "person.danger-now",
            values: numbers.danger,
            remember: (memory) => ({ risk: 2, ...answered(memory, "person.danger", { key: "choice.yes" }) }),
          },
          "not-sure": {
            label: "choice.not-sure",
            to: "person.queuing",
            saying: "person.danger-now",
            values: numbers.danger,
            remember: (memory) => ({ risk: 2, ...answered(memory, "person.danger", { key: "choice.not-sure" }) }),
          },
          no: { label: "choice.no", to: "person.about", remember: (memory) => answered(memory, "person.danger", { key: "choice.no" }) },
          skip: { label: "choice.skip", to: "person.about", remember: (memory) => answered(memory, "person.danger", { key: "choice.skip" }) },
        },
      ),
      about: withOn(ask("person.about", { key: "person.about" }, { skip: { label: "choice.skip", means: "no", to: "person.queuing" }, "stop-waiting": waiting["stop-waiting"] }), {
        wrote: {
          target: at("person.queuing"),
          actions: remember((memory, event) => {
            const { text, risk } = written(event)
            return { ...answered(memory, "person.about", text), risk: graver(memory.risk, risk) }
          }),
        },
      }),
      // The desk may have closed while she was asked.
      queuing: {
        always: [
          {
            guard: ({ context }: Moment) => context.desk?.state === "closed" || context.desk?.state === "blocked",
            target: at("person.gate"),
            actions: remember(() => ({ handoff: undefined })),
          },
          { target: at("person.queue") },
        ],
      },
      queue: {
        entry: [
          desk((memory) => ({ type: "queue", id: idOf(memory), risk: memory.risk ?? 0, quiet: isQuiet(memory), consent: CONSENT, asked: memory.asked ?? [] })),
          remember(({ handoff }) => ({ handoff: handoff && { ...handoff, status: "waiting" }, asked: undefined })),
        ],
        always: at("person.queued"),
      },
      queued: inLine("person.queued", "person.queued"),
      waiting: inLine("person.waiting", "person.waiting"),
      back: inLine("person.back", "person.back"),
      // In line again, and she isn't told: she said that this phone isn't safe.
      line: { ...inLine("person.line", "person.waiting"), entry: [] } as Part,
      live: { on: { wrote: { actions: passed }, again: { actions: still } } },
      nobody: ask("person.nobody", { key: "person.nobody" }, { "ask-again": { label: "choice.ask-again", to: "person.returning" }, "find-help": help, tips, urgent }, [heardOf]),
      // The same, to be said when she next writes.
      unsaid: {
        on: {
          wrote: [
            { guard: ({ context }: Moment) => context.safe, target: at("person.gate"), actions: unheard },
            { target: at("hello.safe"), actions: unheard },
          ],
          again: [
            { guard: ({ context }: Moment) => context.safe, target: at("person.gate") },
            { target: at("hello.safe"), actions: remember(() => ({ pending: { to: "person" } })) },
          ],
        },
      },
      // Somebody else may hold the phone by now: nothing is said of the chat before she is asked whether this is a good moment.
      silent: {
        on: {
          wrote: [
            { guard: ({ context }: Moment) => context.safe, target: at("person.over"), actions: unheard },
            { target: at("hello.safe"), actions: unheard },
          ],
          again: [
            { guard: ({ context }: Moment) => context.safe, target: at("person.over") },
            { target: at("hello.safe"), actions: remember(() => ({ pending: { to: "person" } })) },
          ],
        },
      },
      over: withOn(
        ask(
          "person.over",
          { key: ({ unheard: words }) => (words === undefined ? "person.over-plain" : "person.over") },
          {
            yes: { label: "choice.yes", to: "person.returning" },
            no: { label: "choice.no", to: "menu.main", remember: () => ({ unheard: undefined, last: undefined, reopens: undefined }) },
          },
          [heardOf],
        ),
        { wrote: { target: at("person.over"), reenter: true, actions: unheard } },
      ),
      returning: {
        always: [{ guard: ({ context }: Moment) => context.desk?.state === "open" && context.last !== undefined, target: at("person.reopening") }, { target: at("person.gate") }],
      },
      reopening: {
        entry: [
          remember(({ last }) => ({ handoff: last && { id: last.id, status: "waiting" } })),
          desk((memory) => ({ type: "reopen", id: idOf(memory) })),
          desk((memory) => (memory.unheard === undefined ? undefined : { type: "line", id: idOf(memory), text: memory.unheard.join("\n"), risk: memory.risk ?? 0 })),
          remember(() => ({ unheard: undefined, reopens: undefined, kept: true })),
        ],
        always: at("person.queued"),
      },
      closed: ask("person.closed", { key: closedKey, values: ({ desk: facts }) => ({ back: backOf(facts) }) }, { tips, "find-help": help, urgent, menu }, untold),
      ended: ask(
        "person.ended",
        { key: "person.ended", values: ({ last }) => ({ alias: last?.alias ?? "" }) },
        { yes: rated("yes", "choice.yes"), "a-little": rated("little", "choice.a-little"), no: rated("no", "choice.no"), menu },
      ),
    },
    on: {
      news: [
        { guard: told("back", true), target: at("person.line"), actions: again },
        { guard: told("back"), target: at("person.back"), actions: again },
        { guard: told("nobody", true), target: at("person.unsaid"), actions: [ended, remember(() => ({ unsaid: "nobody" }))] },
        { guard: told("nobody"), target: at("person.nobody"), actions: ended },
        { guard: told("nudge", false), actions: say("person.nudge") },
        { guard: told("closed", false, ({ handoff, toldClosed }) => handoff?.status === "waiting" && toldClosed !== true), target: at("person.waiting") },
        { guard: told("silent", true), target: at("person.silent"), actions: [closed, closedUnsaid] },
        { guard: told("silent"), target: at("person.silent"), actions: [closed, say("person.silent")] },
        { guard: told("ended", true), target: at("person.silent"), actions: [closed, closedUnsaid] },
        { guard: told("ended"), target: at("person.ended"), actions: ended },
      ],
    },
  }
}

function idOf({ handoff }: Memory): string {
  if (handoff === undefined) throw new Error("a step at the desk without a handoff")
  return handoff.id
}

const still = say("person.still", ({ handoff }) => ({ alias: handoff?.alias ?? "" }))
const ended = remember(afterwards)
const again = remember(({ handoff }) => ({ handoff: handoff && { ...handoff, status: "waiting" }, kept: undefined }))
const closed = remember((memory) => ({ ...afterwards(memory), reopens: true, safe: false }))
const closedUnsaid = remember(() => ({ unsaid: "closed" }))
const heardOf = remember(() => ({ unsaid: undefined }))
/** Said before anything else where nothing here tells her that her chat was closed. */
const untold = [effect(({ unsaid }) => (unsaid === undefined ? undefined : { type: "say", key: ENDED[unsaid] })), heardOf]
const unheard = remember(({ unheard: words, risk }, event) => ({
  unheard: [...(words ?? []), written(event).text],
  risk: graver(risk, written(event).risk),
  pending: { to: "person" },
}))

/** Told once that what she writes while she waits is kept. */
const once = [effectOr(({ kept }) => (kept === true ? undefined : { type: "say", key: "person.kept" })), remember(() => ({ kept: true }))]

function told(what: Extract<FlowEvent, { type: "news" }>["what"], quiet?: boolean, also: (memory: Memory) => boolean = () => true) {
  return ({ context, event }: Moment) => event.type === "news" && event.what === what && (quiet === undefined || isQuiet(context) === quiet) && also(context)
}

/** A step at the desk, as an effect. */
function desk(make: (memory: Memory, event: FlowEvent) => DeskStep | undefined) {
  return effectOr((memory, event) => {
    const step = make(memory, event)
    return step && { type: "desk", step }
  })
}

function effectOr(make: (memory: Memory, event: FlowEvent) => Effect | undefined) {
  return { type: "effect" as const, params: ({ context, event }: Moment) => make(context, event) }
}

function written(event: FlowEvent): { readonly text: string; readonly risk: 0 | 1 | 2 } {
  return event.type === "wrote" ? { text: event.text, risk: event.risk } : { text: "", risk: 0 }
}

function answered({ asked }: Memory, question: TextKey, answer: Answered["answer"]): Partial<Memory> {
  return { asked: [...(asked ?? []), { question, answer }] }
}

function withOn(part: Part, on: object): Part {
  return { ...part, on: { ...(part.on as object), ...on } } as Part
}

/** What can be said honestly of how long it will take. */
function waitOf(facts: DeskFacts | undefined): Value {
  if (facts?.state === "closed") {
    const { opens } = facts
    if (opens === undefined) return { key: "person.shut" }
    return opens.day === undefined
      ? { key: "person.shut-today", values: { from: opens.from } }
      : { key: "person.shut-until", values: { from: opens.from, day: { day: opens.day } } }
  }
  const range = facts?.range
  if (range === undefined) return { key: "person.range-unknown" }
  return { key: "person.range", values: { least: String(range.least), most: String(range.most) } }
}

function closedKey({ desk: facts }: Memory): TextKey {
  return facts?.closing === undefined ? "person.closed" : `person.closed-${facts.closing}`
}

function backOf(facts: DeskFacts | undefined): Value {
  const opens = facts?.opens
  if (opens === undefined) return { key: "person.opens-unknown" }
  return opens.day === undefined ? { key: "person.opens-today", values: { from: opens.from } } : { key: "person.opens", values: { from: opens.from, day: { day: opens.day } } }
}
