import { assign, type StateNodeConfig } from "xstate"
import type { Effect, Option, TextKey, Value } from "./effect.ts"
import type { FlowEvent, Memory } from "./memory.ts"

/** A piece of the machine. Every action is the one named `effect`; what it does stands in its params. */
// oxlint-disable-next-line typescript/no-explicit-any -- XState's config type asks for eight parameters that a part doesn't have
export type Part = StateNodeConfig<Memory, FlowEvent, any, any, any, any, any, any, any, any>

type Made<T> = T | ((memory: Memory) => T)

/** An effect of a state, made of what is remembered; none where it makes nothing. */
export function effect(what: Made<Effect | undefined>) {
  return { type: "effect" as const, params: ({ context }: { context: Memory }) => (typeof what === "function" ? what(context) : what) }
}

/** Says a text. */
export function say(key: Made<TextKey>, values?: Made<Readonly<Record<string, Value>>>, options?: Made<readonly Option[]>) {
  return effect((memory) => ({
    type: "say",
    key: made(key, memory),
    ...(values === undefined ? {} : { values: made(values, memory) }),
    ...(options === undefined ? {} : { options: made(options, memory) }),
  }))
}

/** Remembers something. */
export function remember(change: (memory: Memory, event: FlowEvent) => Partial<Memory>) {
  return assign<Memory, FlowEvent, undefined, FlowEvent, never>(({ context, event }) => change(context, event))
}

/** One answer to a question: how it reads, where it leads, what is remembered of it. */
export type Answer = {
  readonly label: TextKey
  readonly to: string
  /** A plain yes or no stands for it. */
  readonly means?: "yes" | "no"
  readonly remember?: (memory: Memory) => Partial<Memory>
  /** Done on the way, before anything is said. */
  readonly doing?: Made<Effect | undefined>
  /** Said on the way, before the place it leads to speaks. */
  readonly saying?: Made<TextKey | undefined>
  readonly values?: Made<Readonly<Record<string, Value>>>
  readonly when?: (memory: Memory) => boolean
}

/**
 * A place that says something and waits for one of its answers. It says itself again on `again`.
 * @param place its path from the root, as in `hello.safe`
 */
export function ask(
  place: string,
  text: { readonly key: Made<TextKey>; readonly values?: Made<Readonly<Record<string, Value>>> },
  answers: Readonly<Record<string, Answer>>,
  before: readonly (ReturnType<typeof effect> | ReturnType<typeof remember>)[] = [],
): Part {
  const offered = (memory: Memory) =>
    Object.entries(answers)
      .filter(([, { when }]) => when?.(memory) ?? true)
      .map(([id, { label, means }]) => ({ id, label, ...(means && { means }) }))
  return {
    entry: [...before, say(text.key, text.values, offered)],
    on: {
      again: { target: at(place), reenter: true },
      choose: Object.entries(answers).map(([id, answer]) => ({
        guard: ({ context, event }: { context: Memory; event: FlowEvent }) => chose(event, id) && (answer.when?.(context) ?? true),
        target: at(answer.to),
        reenter: true,
        actions: [
          ...(answer.doing === undefined ? [] : [effect(answer.doing)]),
          // What is said on the way may tell of what was there before it was let go.
          ...(typeof answer.saying === "function" ? [said(answer.saying)] : []),
          ...(answer.remember === undefined ? [] : [remember(answer.remember)]),
          ...(typeof answer.saying === "string" ? [say(answer.saying, answer.values)] : []),
        ],
      })),
    },
  } as Part
}

/** Whether an event is the choice of this option. */
export function chose(event: FlowEvent, id: string): boolean {
  return event.type === "choose" && event.id === id
}

/** What follows a prefix in the chosen option's id, as `PK` in `country:PK`. */
export function chosenAfter(event: FlowEvent, prefix: string): string | undefined {
  return event.type === "choose" && event.id.startsWith(prefix) ? event.id.slice(prefix.length) : undefined
}

/** A place as a target. */
export function at(place: string): string {
  return `#hamraaz.${place}`
}

function said(key: (memory: Memory) => TextKey | undefined) {
  return effect((memory) => {
    const text = key(memory)
    return text === undefined ? undefined : { type: "say", key: text }
  })
}

function made<T>(what: Made<T>, memory: Memory): T {
  return typeof what === "function" ? (what as (memory: Memory) => T)(memory) : what
}
