import type { CampaignFacts } from "../flows/campaign-shapes.ts"
import type { OpenHandoff } from "../flows/effect.ts"
import { codeOf, type Log } from "../log.ts"
import { nameOf } from "../store/campaign-days.ts"
import { openHandoffs } from "../store/desk-turns.ts"
import type { Store } from "../store/pool.ts"
import { park } from "../store/shelves.ts"
import { loadTurns, type Loaded } from "../store/turns.ts"
import { createAtHand } from "./at-hand.ts"
import type { Campaigns } from "./campaigns.ts"
import type { createLanding, Landed } from "./landing.ts"
import type { Lease } from "./lease.ts"
import type { LeavingRow } from "./leaving.ts"
import type { Incoming, Received } from "./receive.ts"
import type { Reports } from "./reports.ts"
import type { createTurns, Draft, Parked } from "./turn.ts"

/** A delivery in the queue, until its turn has landed or is given up. */
export type Waiting = {
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

const TRIES = 25
const NOTHING: Landed = { landed: new Map(), gone: new Set() }

/**
 * Takes the turns of one batch together: loads their conversations, lets the flows hear them, seals what they file, writes
 * all of it, and settles each promise. `take` throws when nothing of the batch was stored, or nobody knows whether it was;
 * `idle` is when what was parked is written too.
 */
export function createBatches(parts: {
  readonly store: Store
  readonly log: Log
  readonly lease: Lease
  readonly now: () => number
  readonly turns: ReturnType<typeof createTurns>
  readonly land: ReturnType<typeof createLanding>["land"]
  readonly leave: (rows: readonly LeavingRow[]) => void
  /** Drops what this process still holds of earlier turns. */
  readonly hush: (conversationId: string, before: bigint) => void
  readonly reports: Pick<Reports, "seal">
  readonly campaigns: Pick<Campaigns, "facts">
}): { readonly take: (batch: readonly Waiting[]) => Promise<readonly Waiting[]>; readonly idle: () => Promise<void> } {
  const { store, log, reports, turns, land } = parts
  const atHand = createAtHand()
  const keeping = new Set<Promise<void>>()

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
        lost.push(...retry([...draft.turns, ...draft.repeats]), ...draft.postponed)
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

  return {
    take,
    async idle() {
      await Promise.all(keeping)
    },
  }
}

/** Those that are taken again; who has lost too often is turned away, to come again later. */
export function retry(lost: readonly Waiting[]): readonly Waiting[] {
  return lost.filter((waiting) => {
    waiting.tries += 1
    if (waiting.tries < TRIES) return true
    waiting.reject(new Error("a turn lost to other processes too often"))
    return false
  })
}
