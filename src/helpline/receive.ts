import type { Flows } from "../flows/conversation.ts"
import type { DeskFacts, Heard, Language, OpenHandoff, Shape } from "../flows/effect.ts"
import { codeOf, type Log } from "../log.ts"
import { landAtDesk, openHandoffs } from "../store/desk-turns.ts"
import type { HandoffWaits } from "../store/handoff-row.ts"
import { inTransaction } from "../store/transaction.ts"
import { giveBack } from "../store/outbox.ts"
import type { Store } from "../store/pool.ts"
import type { Care } from "../store/seats.ts"
import { park } from "../store/shelves.ts"
import { landTurns, loadTurns, type Landing, type Loaded } from "../store/turns.ts"
import type { Cover } from "../vault/cover.ts"
import { createAtDoor } from "./at-door.ts"
import { createAtHand } from "./at-hand.ts"
import type { ChannelName } from "./channel.ts"
import type { Fates } from "./fates.ts"
import type { Lease } from "./lease.ts"
import type { LeavingRow } from "./leaving.ts"
import type { Reports } from "./reports.ts"
import { createTurns, type Draft, type Parked } from "./turn.ts"

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
/** Somebody else has the intake, and for longer than a turn waits. */
const BUSY = "55P03"

type Waiting = {
  readonly id: string
  /** The delivery's own keyed name. */
  readonly key: string
  readonly incoming: Incoming
  readonly resolve: (received: Received) => void
  readonly reject: (cause: unknown) => void
  /** When it is through, one way or the other. */
  readonly settled: Promise<Received>
  tries: number
  /** What it filed couldn't be sealed. */
  unsealed?: boolean
  /** It notes that she has read something; where the intake is busy it is taken again without that. */
  notes?: boolean
  unnoted?: boolean
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
  /** How the desk stands now. */
  readonly desk: () => DeskFacts | undefined
  readonly waits: HandoffWaits
  readonly care: Care
  readonly reports: Pick<Reports, "facts" | "seal" | "takeIn" | "codeIn" | "open">
}): { readonly receive: Receive; readonly idle: () => Promise<void> } {
  const { store, cover, log, reports } = parts
  const turns = createTurns(parts)
  const atHand = createAtHand()
  const keeping = new Set<Promise<void>>()
  /** Rows of landings whose answer never came. */
  const doubtful: { readonly process: string; readonly ids: readonly string[] }[] = []
  let queue: Waiting[] = []
  let taking: readonly Waiting[] = []
  let running: Promise<void> | undefined

  const door = createAtDoor({
    store,
    reports,
    numberAskedAbout: turns.numberAskedAbout,
    earlier: (id) => Promise.allSettled([...taking, ...queue].flatMap((waiting) => (waiting.id === id ? [waiting.settled] : []))),
    enqueue,
  })

  const receive: Receive = (incoming) => {
    const id = cover.lookup(incoming.channel, incoming.address)
    const key = cover.lookup("delivery", incoming.deliveryId)
    return door.take(id, key, incoming) ?? enqueue(id, key, incoming)
  }

  function enqueue(id: string, key: string, incoming: Incoming): Promise<Received> {
    const { promise: settled, resolve, reject } = Promise.withResolvers<Received>()
    queue.push({ id, key, incoming, resolve, reject, settled, tries: 0 })
    running ??= run()
    return settled
  }

  async function run(): Promise<void> {
    // One turn of the event loop: requests that are already here join the first batch.
    await new Promise((resolve) => setImmediate(resolve))
    while (queue.length > 0) {
      const batch = queue.slice(0, BATCH)
      queue = queue.slice(BATCH)
      taking = batch
      try {
        await freeDoubtful()
        queue = [...(await take(batch)), ...queue]
      } catch (cause) {
        // PostgreSQL ended this statement so that another could go on; nothing of it is stored, so it is taken again.
        const { code } = cause as { code?: unknown }
        if (code === DEADLOCK || (code === BUSY && withoutNotes(batch))) queue = [...retry(batch), ...queue]
        else if (isAnswer(cause) && batch.length > 1) await takeOneByOne(batch)
        else for (const { reject } of batch) reject(cause)
      }
    }
    taking = []
    running = undefined
  }

  /** What is only noted mustn't keep anybody from leaving: tells whether some of it is left out from now on. */
  function withoutNotes(batch: readonly Waiting[]): boolean {
    const noting = batch.filter(({ notes, unnoted }) => notes === true && unnoted !== true)
    for (const waiting of noting) waiting.unnoted = true
    return noting.length > 0
  }

  /** One of them is something that PostgreSQL won't have; it mustn't cost its neighbours their turn. */
  async function takeOneByOne(batch: readonly Waiting[]): Promise<void> {
    for (const waiting of batch) {
      try {
        queue = [...(await take([waiting])), ...queue]
      } catch (cause) {
        waiting.reject(cause)
      }
    }
  }

  /** Takes one batch; answers with those that didn't land and have to be taken again. */
  async function take(batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    const loaded = await load(batch)
    const handoffs = await lookAtDesk(batch)
    const drafts = new Map<string, Draft<Waiting>>()
    for (const waiting of batch) {
      const { incoming, id } = waiting
      const here = loaded.get(waiting) ?? { known: false, shelved: atHand.get(id) }
      const draft = drafts.get(id) ?? turns.begin<Waiting>(id, here.shelved, handoffs.get(id))
      if (here.known || draft.deliveries.some(({ key }) => key === waiting.key)) draft.repeats.push(waiting)
      else if (incoming.onlyAfter !== undefined && (draft.from !== incoming.onlyAfter || draft.turns.length > 0)) waiting.resolve("overtaken")
      else turns.hear(draft, waiting)
      drafts.set(id, draft)
    }
    const unsealed = await sealed(drafts)
    const landings = [...drafts.values()].filter((draft) => draft.turns.length > 0).map(turns.landing)
    const process = parts.lease.name()
    const landed = landings.length === 0 ? undefined : await land(landings, drafts, process)
    for (const { id, version, state } of landings) {
      if (landed?.has(id) === true) atHand.put(id, { version, state })
      else atHand.drop(id)
    }
    return [...unsealed, ...[...drafts.values()].flatMap((draft) => conclude(draft, landed?.get(draft.id), process))]
  }

  /**
   * Seals what was filed, before anything of it is stored. Where that fails nothing lands: the turn is taken again by
   * somebody who knows that reports can't be kept, so that she is told so and isn't left to believe they were.
   */
  async function sealed(drafts: Map<string, Draft<Waiting>>): Promise<readonly Waiting[]> {
    const filing = [...drafts.values()].filter(({ filed }) => filed.length > 0)
    if (filing.length === 0) return []
    for (const { filed, turns: all } of filing) if (filed.some(({ type }) => type === "seen")) for (const waiting of all) waiting.notes = true
    const lost: Waiting[] = []
    const sealedOnes = await reports.seal(filing.map(({ filed }) => filed))
    for (const [index, draft] of filing.entries()) {
      const entries = sealedOnes[index]
      if (entries !== undefined) draft.entries.push(...entries)
      else {
        drafts.delete(draft.id)
        for (const waiting of draft.turns) waiting.unsealed = true
        lost.push(...retry([...draft.turns, ...draft.repeats]))
      }
    }
    return lost
  }

  /** How handoffs stand: of turns that a counsellor takes, and of those that didn't land, perhaps because of it. */
  async function lookAtDesk(batch: readonly Waiting[]): Promise<ReadonlyMap<string, OpenHandoff>> {
    const asked = new Set(batch.flatMap(({ id, tries, incoming }) => (tries > 0 || incoming.heard.type === "counsellor" ? [id] : [])))
    return asked.size === 0 ? new Map() : openHandoffs(store.pool, [...asked], new Date(parts.now()))
  }

  async function land(landings: readonly Landing[], drafts: ReadonlyMap<string, Draft<Waiting>>, process: string) {
    const { waits, care } = parts
    const short = landings.every(({ id, desk }) => desk.length === 0 && drafts.get(id)?.entries.length === 0)
    try {
      return await parts.fates.ride((fates) =>
        short
          ? landTurns(store.pool, landings, fates, process)
          : inTransaction(store.pool, async (client) => {
              const landed = await landAtDesk(client, landings, fates, process, { waits, care, now: new Date(parts.now()) })
              const entries = [...landed.keys()].flatMap((id) => drafts.get(id)?.entries ?? [])
              // Last, as nobody who holds the intake may wait for anything else.
              if (entries.length > 0) await reports.takeIn(client, entries)
              return landed
            }),
      )
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
  function conclude(draft: Draft<Waiting>, landed: { readonly held: boolean } | undefined, process: string): readonly Waiting[] {
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

  return {
    receive,
    async idle() {
      await door.idle()
      while (running !== undefined) await running
      await Promise.all(keeping)
    },
  }
}

/** Whether PostgreSQL itself said no, so that nothing was written; any other failure leaves that open. */
function isAnswer(cause: unknown): boolean {
  const { code, severity } = cause as { code?: unknown; severity?: unknown }
  return typeof code === "string" && typeof severity === "string" && !/^(57P|08)/.test(code)
}
