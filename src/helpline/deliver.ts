import { codeOf, type Log } from "../log.ts"
import { begin, claimDue, giveBack, heldBy, stillHeld, type Fate } from "../store/outbox.ts"
import type { Store } from "../store/pool.ts"
import type { Cover } from "../vault/cover.ts"
import { nextAttemptMs, type Attempt } from "./attempt.ts"
import type { Channel, ChannelName } from "./channel.ts"
import type { Fates } from "./fates.ts"
import type { Lease } from "./lease.ts"
import { createLane, type Lane } from "./lane.ts"
import { isInDoubt, later, openLeaving, type LeavingRow } from "./leaving.ts"

/** What has waited here longer may have been called back by another process. */
const FRESH_MS = 1000
/** No timer waits longer without looking again. */
const LONGEST_TIMER_MS = 60_000
/** After what was taken up has left, the next of its conversation is looked for, once its fate is written. */
const NEXT_MS = 50
/** How long a close waits for what is under way. */
const PATIENCE_MS = 4000

/** Sends all that is to leave, and writes down what became of it. */
export type Delivery = {
  /** Takes rows that were born leased to this process. */
  readonly accept: (rows: readonly LeavingRow[]) => void
  /** Drops what waits here of a conversation's earlier turns. What is under way can't be called back. */
  readonly hush: (conversationId: string, before: bigint) => void
  /** Drops all that waits here: this process has lost its name, and the rows under it. */
  readonly drop: (name: string) => Promise<void>
  /** The channels that are set up here. */
  readonly channels: readonly ChannelName[]
  /** How many messages that go to many a channel can take now, so that all have left in a few seconds. */
  readonly room: (channel: ChannelName) => number
  /** Calls back what waits here of campaigns that mayn't send any more. */
  readonly recall: () => void
  /** Takes up rows that nobody holds and are due; tells how many. */
  readonly deliverDue: () => Promise<number>
  /** Gives back what stands under this process's name without being in its hands, as after an answer that got lost. */
  readonly freeOrphans: () => Promise<void>
  /** When nothing is under way and every fate is written. */
  readonly idle: () => Promise<void>
  /** Stops taking; what is under way is finished or cut off, the rest stays for whoever comes next. */
  readonly close: () => Promise<void>
}

export function createDelivery(parts: {
  readonly store: Store
  readonly cover: Cover
  readonly channels: readonly Channel[]
  readonly log: Log
  readonly lease: Lease
  readonly fates: Fates
  readonly attempt: Attempt
  /** Why nothing of a campaign may leave now. */
  readonly halted: (campaign: string) => "paused" | "stopped" | undefined
  /** Milliseconds of a clock that nobody sets: pace and patience are kept in real time. */
  readonly elapsed: () => number
  /** Breaks off every call to a provider that is under way. */
  readonly cutOff: () => Promise<void>
}): Delivery {
  const { store, cover, log, lease, fates, elapsed } = parts
  const lanes = new Map<string, Lane>(parts.channels.map((channel) => [channel.name, createLane(channel)]))
  /** Rows in hand, and since when. */
  const inHand = new Map<string, number>()
  /** What waits behind the row that is under way, by conversation. */
  const behind = new Map<string, LeavingRow[]>()
  /** Conversations whose oldest row has to be tried again later; nothing overtakes it. */
  const blocked = new Map<string, number>()
  /** Rows under this process's name that weren't in its hands when it last looked. */
  let strays: ReadonlySet<string> = new Set()
  /** Rows in hand that were taken up: more of their conversations may stand behind them, free. */
  const takenUp = new Set<string>()
  let lookingAgain: NodeJS.Timeout | undefined
  let renewing: Promise<void> | undefined
  let open = true
  let underWay = 0
  let waiting: (() => void)[] = []

  function accept(rows: readonly LeavingRow[]): void {
    for (const row of rows) {
      // Taken up under a name that is gone: whoever reaps it takes it up again.
      if (row.process !== lease.name()) continue
      const until = blocked.get(row.conversationId)
      // Under way already, from before this process lost its name: its fate is on the way.
      if (!open || inHand.has(row.id) || (until !== undefined && until > elapsed())) {
        fates.note(row, { status: "freed" })
        continue
      }
      if (until !== undefined) blocked.delete(row.conversationId)
      inHand.set(row.id, elapsed())
      const queue = behind.get(row.conversationId)
      if (queue !== undefined) {
        queue.push(row)
        // An answer waits for nothing but what was said to her before it, and that no longer for all the others.
        if (row.leaving.bulk === undefined) lanes.get(row.channel)?.hasten(row.conversationId)
      } else {
        behind.set(row.conversationId, [])
        enqueue(row)
      }
    }
  }

  function hush(conversationId: string, before: bigint): void {
    const queue = behind.get(conversationId)
    if (queue === undefined) return
    for (const row of queue.filter(({ turn }) => turn < before)) {
      inHand.delete(row.id)
      takenUp.delete(row.id)
    }
    behind.set(
      conversationId,
      queue.filter(({ turn }) => turn >= before),
    )
    for (const lane of lanes.values()) {
      for (const row of lane.remove((one) => one.conversationId === conversationId && one.turn < before))
        finish(row, { status: "refused", code: row.leaving.bulk !== undefined && isInDoubt(row) ? "in-doubt" : "left" })
    }
  }

  function recall(): void {
    for (const lane of lanes.values()) for (const row of lane.remove(isHalted)) callBack(row)
  }

  const isHalted = ({ leaving: { bulk } }: LeavingRow) => bulk !== undefined && parts.halted(bulk.campaign) !== undefined

  /** It may have arrived already, and then it mustn't come a second time when the campaign goes on. */
  function callBack(row: LeavingRow): void {
    const code = parts.halted(row.leaving.bulk?.campaign ?? "") ?? "stopped"
    finish(row, { status: "refused", code: isInDoubt(row) ? "in-doubt" : code })
  }

  async function drop(name: string): Promise<void> {
    const never = [...behind.values()].flat()
    for (const lane of lanes.values()) never.push(...lane.remove(() => true))
    behind.clear()
    blocked.clear()
    for (const { id } of never) {
      inHand.delete(id)
      takenUp.delete(id)
    }
    if (never.length === 0) return
    const ids = never.map(({ id }) => id)
    // Known not to have left, unless somebody has taken them for unknown already.
    await giveBack(store.pool, ids, name).catch((cause: unknown) => log.loopFailed("give-back", codeOf(cause)))
  }

  function enqueue(row: LeavingRow): void {
    const lane = lanes.get(row.channel)
    if (lane === undefined) {
      // The channel isn't set up here; another process may have it, and a later start may bring it.
      finish(row, later(row, 60_000, "no-channel"))
      return
    }
    if (isHalted(row)) return callBack(row)
    lane.push(row)
    pump(lane)
  }

  function pump(lane: Lane): void {
    while (open && !lane.isEmpty()) {
      if (!lease.holds()) return renew()
      const rows = lane.toNote()
      if (rows.length > 0) void noteTries(lane, rows)
      const next = lane.next(elapsed())
      if (next === undefined) return
      if (typeof next === "object") {
        void leave(lane, next)
        continue
      }
      lane.timer ??= setTimeout(
        () => {
          lane.timer = undefined
          pump(lane)
        },
        Math.min(Math.ceil(next), LONGEST_TIMER_MS),
      )
      return
    }
  }

  /** Before its turn comes, so that what leaves then leaves in step. What isn't ours any more is dropped. */
  async function noteTries(lane: Lane, rows: readonly LeavingRow[]): Promise<void> {
    underWay += 1
    let code: string | undefined
    let ours: ReadonlySet<string> = new Set()
    try {
      const asked = elapsed()
      const ids = rows.map(({ id }) => id)
      ours = await begin(store.pool, ids, lease.name())
      for (const id of ours) if (inHand.has(id)) inHand.set(id, asked)
      lane.note(ours)
    } catch (cause) {
      code = codeOf(cause)
    }
    const lost = new Set(rows.filter(({ id }) => !ours.has(id)))
    if (lost.size > 0) for (const row of lane.remove((one) => lost.has(one))) finish(row, code === undefined ? undefined : later(row, nextAttemptMs(0), code))
    underWay -= 1
    pump(lane)
    wakeIfIdle()
  }

  async function leave(lane: Lane, row: LeavingRow): Promise<void> {
    underWay += 1
    let fate: Fate | undefined
    try {
      const isNoted = lane.wasNoted(row.id) || row.leaving.bulk === undefined
      const isFresh = isNoted && elapsed() - (inHand.get(row.id) ?? 0) < FRESH_MS
      const ours = isFresh || (isNoted ? await stillHeld(store.pool, row.id, row.process) : (await begin(store.pool, [row.id], row.process)).has(row.id))
      fate = ours ? await parts.attempt(lane.channel, lane.pace, row) : undefined
    } catch (cause) {
      fate = later(row, nextAttemptMs(row.attempts), codeOf(cause))
    }
    lane.done()
    underWay -= 1
    finish(row, fate)
    pump(lane)
    wakeIfIdle()
  }

  function wakeIfIdle(): void {
    if (underWay === 0) for (const wake of waiting.splice(0)) wake()
  }

  /** The lease has run out, or the machine was asleep: nothing leaves before it is known whose the rows are. */
  function renew(): void {
    renewing ??= lease
      .renew()
      .catch(async (cause: unknown) => {
        log.loopFailed("beat", codeOf(cause))
        await new Promise((resolve) => setTimeout(resolve, 500))
      })
      .then(() => {
        renewing = undefined
        for (const lane of lanes.values()) pump(lane)
      })
  }

  /**
   * Notes a fate; on anything but a final one, what waits behind is given back, to come again in order. A row without a
   * fate isn't ours any more.
   */
  function finish(row: LeavingRow, fate: Fate | undefined): void {
    const current = row.process === lease.name()
    inHand.delete(row.id)
    if (takenUp.delete(row.id) && open) lookingAgain ??= setTimeout(() => void lookForNext(), NEXT_MS)
    const { what } = row.leaving
    if (fate !== undefined) fates.note({ ...row, handoff: what.type === "relay" ? what.id : undefined }, fate)
    // The queue behind it went with the old name.
    if (!current) return
    const queue = behind.get(row.conversationId) ?? []
    if (fate === undefined || fate.status === "sent" || fate.status === "refused") {
      const next = queue.shift()
      if (next === undefined) behind.delete(row.conversationId)
      else enqueue(next)
      return
    }
    behind.delete(row.conversationId)
    if ("afterMs" in fate) blocked.set(row.conversationId, elapsed() + fate.afterMs + 60_000)
    for (const one of queue) {
      inHand.delete(one.id)
      takenUp.delete(one.id)
      fates.note(one, { status: "freed" })
    }
  }

  async function deliverDue(): Promise<number> {
    if (!open) return 0
    if (!lease.holds()) await lease.renew()
    const process = lease.name()
    for (const [id, until] of blocked) if (until <= elapsed()) blocked.delete(id)
    const rows = await claimDue(store.pool, process, 200)
    for (const { content, ...claimed } of rows) {
      const leaving = openLeaving(cover, content)
      blocked.delete(claimed.conversationId)
      if (leaving === undefined) {
        log.contentGone(claimed.id)
        fates.note({ id: claimed.id, process }, { status: "refused", code: "unreadable" })
        continue
      }
      accept([{ ...claimed, process, leaving }])
      if (inHand.has(claimed.id)) takenUp.add(claimed.id)
    }
    return rows.length
  }

  async function lookForNext(): Promise<void> {
    lookingAgain = undefined
    await deliverDue().catch((cause: unknown) => log.loopFailed("deliver", codeOf(cause)))
  }

  async function freeOrphans(): Promise<void> {
    const process = lease.name()
    const found = (await heldBy(store.pool, process)).filter((id) => !inHand.has(id) && !fates.has(id))
    // Seen twice: what a landing has just written is on its way into our hands.
    const orphans = found.filter((id) => strays.has(id))
    strays = new Set(found)
    if (orphans.length > 0) await giveBack(store.pool, orphans, process)
  }

  async function idle(): Promise<void> {
    while (underWay > 0 || (open && [...lanes.values()].some((lane) => !lane.isEmpty()))) {
      if (underWay > 0) await new Promise<void>((resolve) => waiting.push(resolve))
      else await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await fates.idle()
  }

  return {
    accept,
    hush,
    recall,
    channels: parts.channels.map(({ name }) => name),
    room: (channel) => lanes.get(channel)?.room() ?? 0,
    drop,
    deliverDue,
    freeOrphans,
    idle,
    async close() {
      open = false
      for (const lane of lanes.values()) {
        clearTimeout(lane.timer)
        lane.remove(() => true)
      }
      clearTimeout(lookingAgain)
      const patience = setTimeout(() => void parts.cutOff(), PATIENCE_MS)
      await idle()
      clearTimeout(patience)
    },
  }
}
