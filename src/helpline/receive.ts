import { randomUUID } from "node:crypto"
import { FLOW_VERSION, type Conversation, type Flows } from "../flows/conversation.ts"
import type { Effect, Heard, Language, Shape } from "../flows/effect.ts"
import { codeOf, type Log } from "../log.ts"
import { giveBack } from "../store/outbox.ts"
import type { Store } from "../store/pool.ts"
import { park } from "../store/shelves.ts"
import { landTurns, loadTurns, type Landing, type Loaded, type Shelved } from "../store/turns.ts"
import type { Cover } from "../vault/cover.ts"
import { createAtHand } from "./at-hand.ts"
import type { ChannelName } from "./channel.ts"
import type { Fates } from "./fates.ts"
import type { Lease } from "./lease.ts"
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
  readonly lease: Lease
  readonly now: () => number
  readonly fates: Fates
  readonly leave: (rows: readonly LeavingRow[]) => void
  /** Drops what this process still holds of earlier turns. */
  readonly hush: (conversationId: string, before: bigint) => void
}): { readonly receive: Receive; readonly idle: () => Promise<void> } {
  const { store, cover, flows, log } = parts
  const atHand = createAtHand()
  const keeping = new Set<Promise<void>>()
  /** Rows of landings whose answer never came. */
  const doubtful: { readonly process: string; readonly ids: readonly string[] }[] = []
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
        await freeDoubtful()
        queue = [...(await take(batch)), ...queue]
      } catch (cause) {
        // PostgreSQL ended this statement so that another could go on; nothing of it is stored, so it is taken again.
        if ((cause as { code?: unknown }).code === DEADLOCK) queue = [...retry(batch), ...queue]
        else for (const { reject } of batch) reject(cause)
      }
    }
    running = undefined
  }

  /** Takes one batch; answers with those that didn't land and have to be taken again. */
  async function take(batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    const loaded = await load(batch)
    const drafts = new Map<string, Draft>()
    for (const waiting of batch) {
      const { incoming, id } = waiting
      const here = loaded.get(waiting) ?? { known: false, shelved: atHand.get(id) }
      const draft = drafts.get(id) ?? begin(id, here.shelved)
      if (here.known || draft.deliveries.some(({ key }) => key === waiting.key)) draft.repeats.push(waiting)
      else if (incoming.onlyAfter !== undefined && (draft.from !== incoming.onlyAfter || draft.turns.length > 0)) waiting.resolve("overtaken")
      else hear(draft, waiting)
      drafts.set(id, draft)
    }
    const landings = [...drafts.values()].filter(({ turns }) => turns.length > 0).map(landing)
    const process = parts.lease.name()
    const landed = landings.length === 0 ? undefined : await land(landings, process)
    for (const { id, version, state } of landings) {
      if (landed?.has(id) === true) atHand.put(id, { version, state })
      else atHand.drop(id)
    }
    return [...drafts.values()].flatMap((draft) => conclude(draft, landed?.get(draft.id), process))
  }

  async function land(landings: readonly Landing[], process: string) {
    try {
      return await parts.fates.ride((fates) => landTurns(store.pool, landings, fates, process))
    } catch (cause) {
      // No answer of PostgreSQL's: the commit may have come through. Then its rows stand under our name, and not in our hands.
      if (!isAnswer(cause)) doubtful.push({ process, ids: landings.flatMap(({ outbox }) => outbox.map(({ id }) => id)) })
      throw cause
    }
  }

  /** Gives back what a landing whose answer got lost may have left behind, before anything is taken after it. */
  async function freeDoubtful(): Promise<void> {
    while (doubtful[0] !== undefined) {
      await giveBack(store.pool, doubtful[0].ids, doubtful[0].process)
      doubtful.shift()
    }
  }

  /** What has to be asked for: conversations that aren't at hand, didn't land from there, or must be known exactly. */
  async function load(batch: readonly Waiting[]): Promise<ReadonlyMap<Waiting, Loaded>> {
    const asked = new Set(batch.flatMap(({ id, tries, incoming }) => (tries > 0 || incoming.onlyAfter !== undefined || atHand.get(id) === undefined ? [id] : [])))
    const wanted = batch.filter(({ id }) => asked.has(id))
    const loaded = wanted.length === 0 ? [] : await loadTurns(store.pool, wanted)
    return new Map(
      wanted.map((waiting, index) => {
        const here = loaded[index]
        if (here === undefined) throw new Error("a batch was loaded in part")
        return [waiting, here]
      }),
    )
  }

  /** Tells everybody what came of it; answers with those whose turn has to be taken again. */
  function conclude(draft: Draft, landed: { readonly held: boolean } | undefined, process: string): readonly Waiting[] {
    if (draft.turns.length > 0 && landed === undefined) {
      log.turnsRetaken(draft.turns.length)
      return retry([...draft.turns, ...draft.repeats])
    }
    for (const { resolve } of draft.turns) resolve("taken")
    for (const { resolve } of draft.repeats) {
      log.deliveryRepeated()
      resolve("repeated")
    }
    log.turnsTaken(draft.turns.length)
    for (const parked of draft.parked) keep(parked)
    if (draft.hush) parts.hush(draft.id, draft.to)
    if (draft.rows.length > 0 && landed?.held === false) parts.leave(draft.rows.map((row) => ({ ...row, process })))
    return []
  }

  /** The operator's copy is worth less than the answer: it is written after the turn, not in its way. */
  function keep(parked: Parked): void {
    log.turnParked(parked.id, parked.channel, parked.code)
    const kept = park(store, parked)
      .catch((cause: unknown) => log.loopFailed("park", codeOf(cause)))
      .then(() => void keeping.delete(kept))
    keeping.add(kept)
  }

  function retry(lost: readonly Waiting[]): readonly Waiting[] {
    return lost.filter((waiting) => {
      waiting.tries += 1
      if (waiting.tries < TRIES) return true
      waiting.reject(new Error("a turn lost to other processes too often"))
      return false
    })
  }

  function begin(id: string, shelved: Shelved | undefined): Draft {
    const before = shelved === undefined ? undefined : uncover(shelved.state, id)
    return {
      id,
      begins: shelved === undefined,
      from: shelved?.version ?? 0n,
      // A contact who comes back after being forgotten never reuses a number: versions begin at the clock.
      to: shelved === undefined ? BigInt(parts.now()) : shelved.version + 1n,
      before,
      turns: [],
      repeats: [],
      deliveries: [],
      rows: [],
      timers: [],
      parked: [],
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
      begins: draft.begins,
      version: draft.to,
      flowVersion: FLOW_VERSION,
      state: cover.close("state", JSON.stringify(conversation)),
      heardAt: new Date(conversation.heardAt),
      deliveries: draft.deliveries,
      outbox: draft.rows.map(({ id, position, channel, leaving }) => ({ id, position, channel, content: closeLeaving(cover, leaving) })),
      timers: draft.timers,
      hush: draft.hush,
      reachable: draft.turns.some(({ incoming: { heard } }) => OWN_WORDS.has(heard.type)),
    }
  }

  return {
    receive,
    async idle() {
      while (running !== undefined) await running
      await Promise.all(keeping)
    },
  }
}

/** What only she can do: it tells that her phone is on. */
const OWN_WORDS: ReadonlySet<Heard["type"]> = new Set<Heard["type"]>(["text", "choice", "media"])

/** Whether PostgreSQL itself said no, so that nothing was written; any other failure leaves that open. */
function isAnswer(cause: unknown): boolean {
  const { code, severity } = cause as { code?: unknown; severity?: unknown }
  return typeof code === "string" && typeof severity === "string" && !/^(57P|08)/.test(code)
}

type Parked = Parameters<typeof park>[1]

type Draft = {
  readonly id: string
  readonly begins: boolean
  readonly from: bigint
  readonly to: bigint
  before: Conversation | undefined
  readonly turns: Waiting[]
  readonly repeats: Waiting[]
  readonly deliveries: { readonly key: string; readonly providerId: string | undefined }[]
  readonly rows: Omit<LeavingRow, "process">[]
  readonly timers: { readonly name: string; readonly dueAt: Date; readonly content: Uint8Array }[]
  /** Turns of it that threw. */
  readonly parked: Parked[]
  /** She has left: nothing older may reach her. */
  hush: boolean
}
