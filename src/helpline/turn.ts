import { randomUUID } from "node:crypto"
import { FLOW_VERSION, type Conversation, type Flows } from "../flows/conversation.ts"
import type { Effect, Heard, Language } from "../flows/effect.ts"
import { codeOf, type Log } from "../log.ts"
import type { park } from "../store/shelves.ts"
import type { Landing, Shelved } from "../store/turns.ts"
import type { Cover } from "../vault/cover.ts"
import { freshId } from "./fresh-id.ts"
import { closeLeaving, type Leaving, type LeavingRow } from "./leaving.ts"
import type { Incoming } from "./receive.ts"

/** What one batch makes of one conversation, before any of it is written. */
export type Draft<Taken> = {
  readonly id: string
  readonly begins: boolean
  readonly from: bigint
  readonly to: bigint
  before: Conversation | undefined
  readonly turns: Taken[]
  readonly repeats: Taken[]
  readonly deliveries: { readonly key: string; readonly providerId: string | undefined }[]
  readonly rows: Omit<LeavingRow, "process">[]
  readonly timers: { readonly name: string; readonly dueAt: Date; readonly content: Uint8Array }[]
  /** Turns of it that threw. */
  readonly parked: Parked[]
  /** She has left: nothing older may reach her. */
  hush: boolean
  /** She has written herself, so her phone is on. */
  reachable: boolean
}

export type Parked = Parameters<typeof park>[1]

/** What only she can do. */
const OWN_WORDS: ReadonlySet<Heard["type"]> = new Set<Heard["type"]>(["text", "choice", "media", "begin"])

/** Takes conversations through what they hear: reads no database, writes nothing. */
export function createTurns({ cover, flows, log, now: clock }: { readonly cover: Cover; readonly flows: Flows; readonly log: Log; readonly now: () => number }) {
  function begin<Taken>(id: string, shelved: Shelved | undefined): Draft<Taken> {
    return {
      id,
      begins: shelved === undefined,
      from: shelved?.version ?? 0n,
      // A contact who comes back after being forgotten never reuses a number: versions begin at the clock.
      to: shelved === undefined ? BigInt(clock()) : shelved.version + 1n,
      before: shelved === undefined ? undefined : uncover(shelved.state, id),
      turns: [],
      repeats: [],
      deliveries: [],
      rows: [],
      timers: [],
      parked: [],
      hush: false,
      reachable: false,
    }
  }

  function uncover(state: Uint8Array, id: string): Conversation | undefined {
    try {
      return JSON.parse(cover.open("state", state)) as Conversation
    } catch {
      // A place that can't be read costs a greeting, not a silence.
      log.contentGone(id)
      return undefined
    }
  }

  /** Takes one delivery. A turn that throws is noted for the operator, and answered with an apology and the menu. */
  function hear<Taken extends { readonly key: string; readonly incoming: Incoming }>(draft: Draft<Taken>, taken: Taken): void {
    const { incoming } = taken
    const facts = {
      now: clock(),
      shape: incoming.shape,
      ...(incoming.country && { country: incoming.country }),
      ...(incoming.language && { language: incoming.language }),
    }
    let turn: ReturnType<Flows["hear"]>
    try {
      turn = flows.hear(draft.before, incoming.heard, facts)
    } catch (error) {
      const heard = cover.close("heard", JSON.stringify(incoming.heard))
      draft.parked.push({ id: randomUUID(), conversationId: draft.id, channel: incoming.channel, code: codeOf(error), heard })
      turn = flows.hear(undefined, { type: "parked" }, facts)
    }
    draft.before = turn.after
    if (turn.hush === true) {
      draft.hush = true
      // What earlier turns of this very batch were about to say is as old as the rest.
      draft.rows.length = 0
    }
    if (OWN_WORDS.has(incoming.heard.type)) draft.reachable = true
    draft.turns.push(taken)
    draft.deliveries.push({ key: taken.key, providerId: incoming.providerId })
    for (const effect of turn.effects) perform(draft, incoming, effect, turn.after.language, facts.now)
  }

  function perform<Taken>(draft: Draft<Taken>, incoming: Incoming, effect: Effect, language: Language, now: number): void {
    const { channel, address, shape } = incoming
    if (effect.type === "wait") {
      const content = cover.close("leaving", JSON.stringify({ channel, address, shape }))
      draft.timers.push({ name: effect.name, dueAt: new Date(now + effect.seconds * 1000), content })
      return
    }
    const leaving: Leaving = { address, shape, language, what: effect }
    draft.rows.push({ id: freshId(now), conversationId: draft.id, turn: draft.to, position: draft.rows.length, channel, leaving, attempts: 0, doubts: 0, unknown: false })
  }

  /** All of it, covered and ready to be written. */
  function landing<Taken>(draft: Draft<Taken>): Landing {
    const { id, begins, to, before, deliveries, rows, timers, hush, reachable } = draft
    if (before === undefined) throw new Error("a turn left no conversation")
    return {
      id,
      begins,
      version: to,
      flowVersion: FLOW_VERSION,
      state: cover.close("state", JSON.stringify(before)),
      heardAt: new Date(before.heardAt),
      deliveries,
      outbox: rows.map(({ id: row, position, channel, leaving }) => ({ id: row, position, channel, content: closeLeaving(cover, leaving) })),
      timers,
      hush,
      reachable,
    }
  }

  return { begin, hear, landing }
}
