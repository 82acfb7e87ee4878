import { randomUUID } from "node:crypto"
import { FLOW_VERSION, type Conversation, type Flows } from "../flows/conversation.ts"
import type { Effect, Heard, Language, Shape } from "../flows/effect.ts"
import { codeOf, type Log } from "../log.ts"
import type { Store } from "../store/pool.ts"
import { park } from "../store/shelves.ts"
import { landTurns, loadTurns, type Landing, type Loaded } from "../store/turns.ts"
import type { Cover } from "../vault/cover.ts"
import type { ChannelName } from "./channel.ts"
import { freshId } from "./fresh-id.ts"
import { closeLeaving, type Leaving, type LeavingRow } from "./leaving.ts"

/** One delivery of a channel: who, which, what. */
export type Incoming = {
  readonly channel: ChannelName
  readonly address: string
  /** The provider's name for this delivery, the same each time it is repeated. */
  readonly deliveryId: string
  readonly heard: Heard
  readonly shape: Shape
  readonly country?: string | undefined
  readonly language?: Language | undefined
  /** What the provider calls the message, for erasing it there. */
  readonly providerId?: string | undefined
  /** Only if the conversation is still where this turn left it. */
  readonly onlyAfter?: bigint
}

/** `taken` once all that follows is committed; `repeated` when it had been before; `overtaken` when the conversation has moved on. */
export type Received = "taken" | "repeated" | "overtaken"
export type Receive = (incoming: Incoming) => Promise<Received>

/** Batches larger than this would keep the first turn of a batch waiting for the last. */
const BATCH = 256
const TRIES = 25
const DEADLOCK = "40P01"

type Waiting = {
  readonly id: string
  /** The delivery's own keyed name. */
  readonly key: string
  readonly incoming: Incoming
  readonly resolve: (received: Received) => void
  readonly reject: (cause: unknown) => void
  tries: number
}

/**
 * Takes turns, in batches: while one batch commits, what arrives meanwhile makes the next. Everything that happens to a
 * conversation enters here. The promise settles after the commit; it rejects when nothing was stored, so that the
 * provider is told to come again.
 */
export function createReceive(parts: {
  readonly store: Store
  readonly cover: Cover
  readonly flows: Flows
  readonly log: Log
  readonly process: string
  readonly now: () => number
  readonly leave: (rows: readonly LeavingRow[]) => void
  /** Drops what this process still holds of earlier turns. */
  readonly hush: (conversationId: string, before: bigint) => void
}): { readonly receive: Receive; readonly idle: () => Promise<void> } {
  const { store, cover, flows, log } = parts
  let queue: Waiting[] = []
  let running: Promise<void> | undefined

  const receive: Receive = (incoming) =>
    new Promise((resolve, reject) => {
      const id = cover.lookup(incoming.channel, incoming.address)
      queue.push({ id, key: cover.lookup("delivery", incoming.deliveryId), incoming, resolve, reject, tries: 0 })
      running ??= run()
    })

  async function run(): Promise<void> {
    // One turn of the event loop: requests that are already here join the first batch.
    await new Promise((resolve) => setImmediate(resolve))
    while (queue.length > 0) {
      const batch = queue.slice(0, BATCH)
      queue = queue.slice(BATCH)
      try {
        queue = [...(await take(batch)), ...queue]
      } catch (cause) {
        // PostgreSQL ended this statement so that another could go on; nothing of it is stored, so it is taken again.
        if ((cause as { code?: unknown }).code === DEADLOCK) queue = [...retry(batch), ...queue]
        else for (const { reject } of batch) reject(cause)
      }
    }
    running = undefined
  }

  /** Takes one batch; answers with those that lost to another process and have to be taken again. */
  async function take(batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    const loaded = await loadTurns(
      store.pool,
      batch.map(({ id, key }) => ({ id, key })),
      parts.process,
    )
    const drafts = new Map<string, Draft>()
    for (const [index, waiting] of batch.entries()) {
      const here = loaded[index]
      if (here === undefined) throw new Error("a batch was loaded in part")
      const { incoming, id } = waiting
      const draft = drafts.get(id) ?? begin(id, here)
      if (here.known || draft.deliveries.some(({ key }) => key === waiting.key)) draft.repeats.push(waiting)
      else if (incoming.onlyAfter !== undefined && (draft.from !== incoming.onlyAfter || draft.turns.length > 0)) waiting.resolve("overtaken")
      else hear(draft, waiting)
      drafts.set(id, draft)
    }
    const changed = [...drafts.values()].filter(({ turns }) => turns.length > 0)
    const landed = changed.length === 0 ? new Set<string>() : await landTurns(store.pool, changed.map(landing))
    const again: Waiting[] = []
    for (const draft of drafts.values()) {
      if (draft.turns.length > 0 && !landed.has(draft.id)) {
        log.turnsRetaken(draft.turns.length)
        again.push(...retry([...draft.turns, ...draft.repeats]))
        continue
      }
      for (const { resolve } of draft.turns) resolve("taken")
      for (const { resolve } of draft.repeats) {
        log.deliveryRepeated()
        resolve("repeated")
      }
      log.turnsTaken(draft.turns.length)
      if (draft.hush) parts.hush(draft.id, draft.to)
      if (draft.rows.length > 0 && !draft.held) parts.leave(draft.rows)
    }
    return again
  }

  function retry(lost: readonly Waiting[]): readonly Waiting[] {
    return lost.filter((waiting) => {
      waiting.tries += 1
      if (waiting.tries < TRIES) return true
      waiting.reject(new Error("a turn lost to other processes too often"))
      return false
    })
  }

  function begin(id: string, { shelved, held }: Loaded): Draft {
    const before = shelved === undefined ? undefined : uncover(shelved.state, id)
    return {
      id,
      held,
      from: shelved?.version ?? 0n,
      // A contact who comes back after being forgotten never reuses a number: versions begin at the clock.
      to: shelved === undefined ? BigInt(parts.now()) : shelved.version + 1n,
      before,
      turns: [],
      repeats: [],
      deliveries: [],
      rows: [],
      timers: [],
      hush: false,
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

  function hear(draft: Draft, waiting: Waiting): void {
    const { incoming } = waiting
    const facts = {
      now: parts.now(),
      shape: incoming.shape,
      ...(incoming.country && { country: incoming.country }),
      ...(incoming.language && { language: incoming.language }),
    }
    let turn: ReturnType<Flows["hear"]>
    try {
      turn = flows.hear(draft.before, incoming.heard, facts)
    } catch (error) {
      const id = randomUUID()
      log.turnParked(id, incoming.channel, codeOf(error))
      // The operator's copy is worth less than the answer: it is written beside the turn, not in its way.
      void park(store, { id, conversationId: draft.id, channel: incoming.channel, code: codeOf(error), heard: cover.close("heard", JSON.stringify(incoming.heard)) }).catch(
        (cause: unknown) => log.loopFailed("park", codeOf(cause)),
      )
      turn = flows.hear(undefined, { type: "parked" }, facts)
    }
    draft.before = turn.after
    if (turn.hush === true) {
      draft.hush = true
      // What earlier turns of this very batch were about to say is as old as the rest.
      draft.rows.length = 0
    }
    draft.turns.push(waiting)
    draft.deliveries.push({ key: waiting.key, providerId: incoming.providerId })
    for (const effect of turn.effects) perform(draft, incoming, effect, turn.after.language, facts.now)
  }

  function perform(draft: Draft, incoming: Incoming, effect: Effect, language: Language, now: number): void {
    const { channel, address, shape } = incoming
    if (effect.type === "wait") {
      const content = cover.close("leaving", JSON.stringify({ channel, address, shape }))
      draft.timers.push({ name: effect.name, dueAt: new Date(now + effect.seconds * 1000), content })
      return
    }
    const leaving: Leaving = { address, shape, language, what: effect }
    draft.rows.push({ id: freshId(now), conversationId: draft.id, turn: draft.to, position: draft.rows.length, channel, leaving, attempts: 0, unknown: false })
  }

  function landing(draft: Draft): Landing {
    const conversation = draft.before
    if (conversation === undefined) throw new Error("a turn left no conversation")
    return {
      id: draft.id,
      version: draft.to,
      flowVersion: FLOW_VERSION,
      state: cover.close("state", JSON.stringify(conversation)),
      heardAt: new Date(conversation.heardAt),
      deliveries: draft.deliveries,
      outbox: draft.rows.map((row) => ({
        id: row.id,
        position: row.position,
        channel: row.channel,
        content: closeLeaving(cover, row.leaving),
        process: draft.held ? null : parts.process,
      })),
      timers: draft.timers,
      hush: draft.hush,
    }
  }

  return {
    receive,
    async idle() {
      while (running !== undefined) await running
    },
  }
}

type Draft = {
  readonly id: string
  readonly held: boolean
  readonly from: bigint
  readonly to: bigint
  before: Conversation | undefined
  readonly turns: Waiting[]
  readonly repeats: Waiting[]
  readonly deliveries: { readonly key: string; readonly providerId: string | undefined }[]
  readonly rows: LeavingRow[]
  readonly timers: { readonly name: string; readonly dueAt: Date; readonly content: Uint8Array }[]
  /** She has left: nothing older may reach her. */
  hush: boolean
}
