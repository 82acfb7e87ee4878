import type { Memory } from "./memory.ts"

/** The wording that she agrees to when she lets herself be passed on; it rises with every change of what is promised. */
export const CONSENT = "person-1"

/** Places where what she writes is meant for a person, not for us. */
export const WRITTEN: ReadonlySet<string> = new Set([
  "person.about",
  "person.queued",
  "person.waiting",
  "person.back",
  "person.line",
  "person.live",
  "person.silent",
  "person.over",
])

/** Places in which she is on her way to a person, or with one. */
const ON_THE_WAY: ReadonlySet<string> = new Set([...WRITTEN, "person.consent", "person.danger"].filter((place) => place !== "person.silent" && place !== "person.over"))

/** Whether a place means nothing any more: nobody knows whom she was on her way to. */
export function isStranded(place: string, { handoff }: Memory): boolean {
  return handoff === undefined && ON_THE_WAY.has(place)
}

/** Places that ask the same as another one, said in other words. */
export const WAITING: ReadonlySet<string> = new Set(["person.queued", "person.back", "person.line"])

/** How grave a place is: what a counsellor should see first. Orders the queue, decides nothing else. */
export const RISK_OF: Readonly<Record<string, 1 | 2>> = {
  "emergency.danger": 2,
  "emergency.suicide": 2,
  "emergency.suicide-yes": 2,
  "emergency.child": 2,
  "emergency.danger-ask": 1,
  "emergency.suicide-ask": 1,
  "emergency.suicide-other": 1,
  "emergency.images": 1,
  "tips.images.under-18": 2,
}

/** Whether she waits for a person, or writes with one. */
export function isInLine({ memory: { handoff } }: { readonly memory: Memory }): boolean {
  return handoff !== undefined && handoff.status !== "asked"
}

/** The graver of two. */
export function graver(one: 0 | 1 | 2 | undefined, other: 0 | 1 | 2 | undefined): 0 | 1 | 2 | undefined {
  return one === undefined || (other !== undefined && other > one) ? other : one
}

/** What she is told of a chat that ended without her knowing. */
export const ENDED = { nobody: "person.nobody", closed: "person.was-closed" } as const

/** As long as this a chat can be opened again, and its end is still told. */
const AFTERWARDS_MS = 24 * 3600_000

/** What of a session that is over goes on into the next: a chat whose end she hasn't heard of, or that may be opened again. EXIT, STOP and FORGET leave nothing of it. */
export function rememberedEnd(before: { readonly memory: Memory; readonly heardAt: number } | undefined, now: number): Partial<Memory> {
  if (before === undefined || now - before.heardAt > AFTERWARDS_MS) return {}
  const { last, reopens, unsaid, unheard } = before.memory
  return reopens === true || unsaid !== undefined ? { last, reopens, unsaid, unheard, pending: { to: "person" } } : {}
}

/** Whether nothing may be said that she didn't ask for. */
export function isQuiet({ quiet, safe }: Memory): boolean {
  return quiet === true || !safe
}

/** What is remembered of a chat once it is over. */
export function afterwards({ handoff }: Memory): Partial<Memory> {
  return { handoff: undefined, last: handoff && { id: handoff.id, ...(handoff.alias !== undefined && { alias: handoff.alias }) } }
}
