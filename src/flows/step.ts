import { createActor, type ActorScope, type AnyMachineSnapshot, type AnyStateMachine, type ExecutableActionObject } from "xstate"
import type { Effect } from "./effect.ts"
import type { FlowEvent, Memory } from "./memory.ts"

/** One step of the machine: from a place, by an event, to a place. Pure: the same values give the same step. */
export type Step = (place: string, memory: Memory, event: FlowEvent) => { readonly place: string; readonly memory: Memory; readonly effects: readonly Effect[] }

/**
 * XState's own `transition` builds an actor, and with it the machine's first state, for every call, and its
 * `resolveState` walks the whole machine: together two thirds of a step. Here one actor that never starts lends its
 * name to all steps, and each place is resolved once.
 */
export function createStep(machine: AnyStateMachine): Step {
  const nobody = createActor(machine)
  const places = new Map<string, AnyMachineSnapshot>()
  let actions: ExecutableActionObject[] = []
  const scope: ActorScope<AnyMachineSnapshot, FlowEvent> = {
    self: nobody as never,
    system: nobody.system,
    id: "",
    sessionId: "",
    logger: () => {},
    defer: () => {},
    stopChild: () => {},
    emit: () => {},
    actionExecutor: (action) => void actions.push(action),
  }

  function resolved(place: string): AnyMachineSnapshot {
    const known = places.get(place)
    if (known !== undefined) return known
    const snapshot = machine.resolveState({ value: valueOf(place) as never, context: {} })
    places.set(place, snapshot)
    return snapshot
  }

  return (place, memory, event) => {
    actions = []
    const next = machine.transition({ ...resolved(place), context: memory } as AnyMachineSnapshot, event, scope as never)
    const effects = actions.flatMap(({ type, params }) => (type === "effect" && params !== undefined ? [params as unknown as Effect] : []))
    return { place: placeOf(next), memory: next.context as Memory, effects }
  }
}

/** `tips.hacked.first-steps` as XState's nested value. */
function valueOf(place: string): unknown {
  return place.split(".").reduceRight<unknown>((inner, key) => (inner === undefined ? key : { [key]: inner }), undefined)
}

/** XState's nested value as a place. */
function placeOf(snapshot: Pick<AnyMachineSnapshot, "value">): string {
  let value: unknown = snapshot.value
  const keys: string[] = []
  while (typeof value === "object" && value !== null) {
    const [key, inner] = Object.entries(value)[0] as [string, unknown]
    keys.push(key)
    value = inner
  }
  return [...keys, String(value)].join(".")
}
