import type { Flows } from "../flows/conversation.ts"
import type { DeskFacts, Heard, Language, Shape } from "../flows/effect.ts"
import type { Log } from "../log.ts"
import type { DayKey } from "../store/campaign-days.ts"
import type { HandoffWaits } from "../store/handoff-row.ts"
import type { Store } from "../store/pool.ts"
import type { Care } from "../store/seats.ts"
import type { Cover } from "../vault/cover.ts"
import { createAtDoor } from "./at-door.ts"
import { createBatches, retry, type Waiting } from "./batch.ts"
import type { Campaigns } from "./campaigns.ts"
import type { ChannelName } from "./channel.ts"
import type { Fates } from "./fates.ts"
import { createLanding, isAnswer, type TakeGifts } from "./landing.ts"
import type { Lease } from "./lease.ts"
import type { Bulk, LeavingRow } from "./leaving.ts"
import type { Reports } from "./reports.ts"
import { createTurns } from "./turn.ts"

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
  /** It is an action of a campaign: which row of the ledger it is, and how its message leaves. Whoever writes goes first. */
  readonly action?: { readonly key: DayKey; readonly bulk: Bulk }
}

/**
 * `taken` once all that follows is committed; `repeated` when it had been before; `overtaken` when the conversation has moved
 * on, or nobody waits for that action any more; `held` when she has no time for an action now; `failed` when that turn threw.
 */
export type Received = "taken" | "repeated" | "overtaken" | "held" | "failed"
export type Receive = (incoming: Incoming) => Promise<Received>

/** Batches larger than this would keep the first turn of a batch waiting for the last. */
const BATCH = 256
/** Of actions fewer: what they take of the machine, answers wait for. */
const BULK_BATCH = 8
const DEADLOCK = "40P01"
/** Somebody else has the intake, and for longer than a turn waits. */
const BUSY = "55P03"

/** What waits on one side, so many of it to a batch, and what is just being taken. `stir`: something more has come. */
type Line = {
  readonly most: number
  readonly waiting: Waiting[]
  taking: readonly Waiting[]
  batch?: Promise<void> | undefined
  running?: Promise<void> | undefined
  stir?: (() => void) | undefined
}

const lineOf = (most: number): Line => ({ most, waiting: [], taking: [] })
const stirred = (line: Line) => new Promise<void>((resolve) => (line.stir = resolve))
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

/**
 * Takes turns, in batches: while one batch commits, what arrives meanwhile makes the next. What goes to many is taken in
 * batches of its own beside them. Everything that happens to a conversation enters here. The promise settles after the
 * commit; it rejects when nothing was stored, so that the provider is told to come again.
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
  readonly campaigns: Pick<Campaigns, "clockOf" | "facts">
  readonly takeGifts: TakeGifts
}): { readonly receive: Receive; readonly idle: () => Promise<void> } {
  const { store, cover, reports } = parts
  const turns = createTurns(parts)
  const { land, freeDoubtful } = createLanding({ ...parts, clockOf: parts.campaigns.clockOf })
  const batches = createBatches({ ...parts, turns, land })
  const replies = lineOf(BATCH)
  const bulk = lineOf(BULK_BATCH)

  const door = createAtDoor({
    store,
    reports,
    numberAskedAbout: turns.numberAskedAbout,
    earlier: (id) =>
      Promise.allSettled([replies, bulk].flatMap(({ taking, waiting: later }) => [...taking, ...later]).flatMap((waiting) => (waiting.id === id ? [waiting.settled] : []))),
    enqueue,
  })

  const receive: Receive = (incoming) => {
    const id = cover.lookup(incoming.channel, incoming.address)
    const key = cover.lookup("delivery", incoming.deliveryId)
    return door.take(id, key, incoming) ?? enqueue(id, key, incoming)
  }

  function enqueue(id: string, key: string, incoming: Incoming): Promise<Received> {
    const { promise: settled, resolve, reject } = Promise.withResolvers<Received>()
    const line = incoming.action === undefined ? replies : bulk
    line.waiting.push({ id, key, incoming, resolve, reject, settled, tries: 0 })
    line.running ??= run(line)
    line.stir?.()
    return settled
  }

  async function run(line: Line): Promise<void> {
    // One turn of the event loop: requests that are already here join the first batch.
    await nextTurn()
    while (line.waiting.length > 0) {
      line.taking = nextOf(line)
      // All that waits here is just being taken on the other side, or first has to be; what comes meanwhile may be free.
      if (line.taking.length === 0) await Promise.race([(line === bulk ? replies : bulk).batch ?? nextTurn(), stirred(line)])
      else await (line.batch = takeAll(line, line.taking))
      line.taking = []
      line.batch = undefined
    }
    line.running = undefined
  }

  /** A conversation is never taken on both sides at once, and whoever writes goes first. */
  function nextOf({ waiting, most }: Line): readonly Waiting[] {
    const elsewhere = new Set((waiting === bulk.waiting ? [...replies.taking, ...replies.waiting] : bulk.taking).map(({ id }) => id))
    const free = waiting.filter(({ id }) => !elsewhere.has(id)).slice(0, most)
    const taken = new Set(free)
    let kept = 0
    for (const one of waiting) if (!taken.has(one)) waiting[kept++] = one
    waiting.length = kept
    return free
  }

  async function takeAll({ waiting }: Line, batch: readonly Waiting[]): Promise<void> {
    try {
      await freeDoubtful()
      waiting.unshift(...(await batches.take(batch)))
    } catch (cause) {
      // PostgreSQL ended this statement so that another could go on; nothing of it is stored, so it is taken again.
      const { code } = cause as { code?: unknown }
      if (code === DEADLOCK || (code === BUSY && withoutNotes(batch))) waiting.unshift(...retry(batch))
      else if (isAnswer(cause) && batch.length > 1) await takeOneByOne(batch, waiting)
      else for (const { reject } of batch) reject(cause)
    }
  }

  /** What is only noted mustn't keep anybody from leaving: tells whether some of it is left out from now on. */
  function withoutNotes(batch: readonly Waiting[]): boolean {
    const noting = batch.filter(({ notes, unnoted }) => notes === true && unnoted !== true)
    for (const waiting of noting) waiting.unnoted = true
    return noting.length > 0
  }

  /** One of them is something that PostgreSQL won't have; it mustn't cost its neighbours their turn, nor what one person wrote its order. */
  async function takeOneByOne(batch: readonly Waiting[], waiting: Waiting[]): Promise<void> {
    const again: Waiting[] = []
    for (const one of batch) {
      if (again.some(({ id }) => id === one.id)) again.push(one)
      else
        try {
          again.push(...(await batches.take([one])))
        } catch (cause) {
          one.reject(cause)
        }
    }
    waiting.unshift(...again)
  }

  return {
    receive,
    async idle() {
      await door.idle()
      while (replies.running !== undefined || bulk.running !== undefined) await (replies.running ?? bulk.running)
      await batches.idle()
    },
  }
}
