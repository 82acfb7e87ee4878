import type { Flows } from "../flows/conversation.ts"
import type { CampaignFacts } from "../flows/campaign-shapes.ts"
import type { DeskFacts, Heard, Language, OpenHandoff, Shape } from "../flows/effect.ts"
import { codeOf, type Log } from "../log.ts"
import { nameOf, type DayKey } from "../store/campaign-days.ts"
import { openHandoffs } from "../store/desk-turns.ts"
import type { HandoffWaits } from "../store/handoff-row.ts"
import type { Store } from "../store/pool.ts"
import type { Care } from "../store/seats.ts"
import { park } from "../store/shelves.ts"
import { loadTurns, type Loaded } from "../store/turns.ts"
import type { Cover } from "../vault/cover.ts"
import { createAtDoor } from "./at-door.ts"
import { createAtHand } from "./at-hand.ts"
import type { Campaigns } from "./campaigns.ts"
import type { ChannelName } from "./channel.ts"
import type { Fates } from "./fates.ts"
import { createLanding, isAnswer, type Landed, type TakeGifts } from "./landing.ts"
import type { Lease } from "./lease.ts"
import type { Bulk, LeavingRow } from "./leaving.ts"
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
/** Of actions fewer: somebody may write meanwhile. */
const BULK_BATCH = 32
const TRIES = 25
const DEADLOCK = "40P01"
const NOTHING: Landed = { landed: new Map(), gone: new Set() }
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
  /** What is known of her campaigns, where her turn asked for it. */
  campaigns?: CampaignFacts
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
  readonly campaigns: Pick<Campaigns, "clockOf" | "facts">
  readonly takeGifts: TakeGifts
}): { readonly receive: Receive; readonly idle: () => Promise<void> } {
  const { store, cover, log, reports } = parts
  const turns = createTurns(parts)
  const { land, freeDoubtful } = createLanding({ ...parts, clockOf: parts.campaigns.clockOf })
  const atHand = createAtHand()
  const keeping = new Set<Promise<void>>()
  const replies: Waiting[] = []
  const bulk: Waiting[] = []
  let taking: readonly Waiting[] = []
  let running: Promise<void> | undefined

  const door = createAtDoor({
    store,
    reports,
    numberAskedAbout: turns.numberAskedAbout,
    earlier: (id) => Promise.allSettled([...taking, ...replies, ...bulk].flatMap((waiting) => (waiting.id === id ? [waiting.settled] : []))),
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
    line.push({ id, key, incoming, resolve, reject, settled, tries: 0 })
    running ??= run()
    return settled
  }

  async function run(): Promise<void> {
    // One turn of the event loop: requests that are already here join the first batch.
    await new Promise((resolve) => setImmediate(resolve))
    while (replies.length + bulk.length > 0) {
      const line = replies.length > 0 ? replies : bulk
      const batch = line.splice(0, line === bulk ? BULK_BATCH : BATCH)
      taking = batch
      try {
        await freeDoubtful()
        line.unshift(...(await take(batch)))
      } catch (cause) {
        // PostgreSQL ended this statement so that another could go on; nothing of it is stored, so it is taken again.
        const { code } = cause as { code?: unknown }
        if (code === DEADLOCK || (code === BUSY && withoutNotes(batch))) line.unshift(...retry(batch))
        else if (isAnswer(cause) && batch.length > 1) await takeOneByOne(batch, line)
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
  async function takeOneByOne(batch: readonly Waiting[], line: Waiting[]): Promise<void> {
    for (const waiting of batch) {
      try {
        line.unshift(...(await take([waiting])))
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
      else {
        const heard = turns.hear(draft, waiting)
        if (heard === "held" || heard === "failed") waiting.resolve(heard)
      }
      drafts.set(id, draft)
    }
    const unsealed = await sealed(drafts)
    const landings = [...drafts.values()].filter((draft) => draft.turns.length > 0).map(turns.landing)
    const process = parts.lease.name()
    const { landed, gone } = landings.length === 0 ? NOTHING : await land(landings, (id) => drafts.get(id), process)
    for (const { id, version, state } of landings) {
      // Those who are only sent something mustn't drive out those who write.
      if (landed.has(id) && (drafts.get(id)?.actions.length === 0 || atHand.get(id) !== undefined)) atHand.put(id, { version, state })
      else atHand.drop(id)
    }
    const again = [...drafts.values()].flatMap((draft) => conclude(draft, landed.get(draft.id), gone, process))
    return [...unsealed, ...again, ...(await informed([...drafts.values()].flatMap(({ postponed }) => postponed)))]
  }

  /** Those whose turns have asked for their campaigns, with what is known of them now. */
  async function informed(asking: readonly Waiting[]): Promise<readonly Waiting[]> {
    if (asking.length === 0) return []
    try {
      const facts = await parts.campaigns.facts(asking.map(({ id }) => id))
      for (const waiting of asking) waiting.campaigns = facts(waiting.id)
      return asking
    } catch (cause) {
      // The others have landed by now; these come again.
      for (const { reject } of asking) reject(cause)
      return []
    }
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
  function conclude(draft: Draft<Waiting>, landed: { readonly held: boolean } | undefined, gone: ReadonlySet<string>, process: string): readonly Waiting[] {
    if (draft.turns.length > 0 && landed === undefined) {
      const isGone = ({ incoming: { action } }: Waiting) => action !== undefined && gone.has(nameOf(action.key))
      for (const { resolve } of draft.turns.filter(isGone)) resolve("overtaken")
      const lost = draft.turns.filter((waiting) => !isGone(waiting))
      log.turnsRetaken(lost.length)
      return retry([...lost, ...draft.repeats])
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
