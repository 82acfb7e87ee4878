import { codeOf, type Log } from "../log.ts"
import { render } from "../locales/render.ts"
import type { Texts } from "../locales/texts.ts"
import { claimDue, settle, type Fate } from "../store/outbox.ts"
import type { Store } from "../store/pool.ts"
import { eraseContact, exchanged } from "../store/shelves.ts"
import type { Cover } from "../vault/cover.ts"
import type { Channel, ChannelName, Outgoing, Sent } from "./channel.ts"
import type { Fates } from "./fates.ts"
import type { Listing } from "./listing.ts"
import { bornAt } from "./fresh-id.ts"
import { openLeaving, type LeavingRow } from "./leaving.ts"
import { createPace, type Pace } from "./pace.ts"
import type { Receive } from "./receive.ts"

/** How many sends of one channel are under way at once. */
const UNDER_WAY = 128
/** How soon a message of unknown fate is looked up or repeated; a provider's list lags a little behind its work. */
const UNKNOWN_MS = 3000

/** When a send that failed is tried again: after 1, 2, 4 … seconds, at most every five minutes. */
export function nextAttemptMs(attempts: number): number {
  return Math.min(1000 * 2 ** attempts, 300_000)
}

/** A provider's clock and ours may differ. */
const CLOCK_SKEW_MS = 5000

/** Sends all that is to leave, and writes down what became of it. */
export type Delivery = {
  /** Takes rows that were born leased to this process. */
  readonly accept: (rows: readonly LeavingRow[]) => void
  /** Drops what waits here of a conversation's earlier turns. What is under way can't be called back. */
  readonly hush: (conversationId: string, before: bigint) => void
  /** Takes up rows that nobody holds and are due; tells how many. */
  readonly deliverDue: () => Promise<number>
  /** When nothing is under way and every fate is written. */
  readonly idle: () => Promise<void>
  /** Stops taking; what is under way is finished, the rest stays for whoever comes next. */
  readonly close: () => Promise<void>
}

export function createDelivery(parts: {
  readonly store: Store
  readonly cover: Cover
  readonly channels: readonly Channel[]
  readonly texts: Texts
  readonly listing: Listing
  readonly log: Log
  readonly process: string
  readonly now: () => number
  /** Milliseconds of a clock that nobody sets: a provider's pace is kept in real time. */
  readonly elapsed: () => number
  readonly receive: Receive
  readonly fates: Fates
  /** How long an answer may be late. */
  readonly validMs: number
}): Delivery {
  const { store, cover, log } = parts
  const lanes = new Map<string, Lane>(parts.channels.map((channel) => [channel.name, { channel, pace: createPace(channel.perSecond), queue: [], underWay: 0, timer: undefined }]))
  /** What waits behind the row that is under way, by conversation. */
  const behind = new Map<string, LeavingRow[]>()
  /** Conversations whose oldest row has to be tried again later; nothing overtakes it. */
  const blocked = new Map<string, number>()
  let open = true
  let underWay = 0

  function accept(rows: readonly LeavingRow[]): void {
    for (const row of rows) {
      const until = blocked.get(row.conversationId)
      if (!open || (until !== undefined && until > parts.now())) {
        parts.fates.note(row.id, { status: "freed" })
        continue
      }
      if (until !== undefined) blocked.delete(row.conversationId)
      const queue = behind.get(row.conversationId)
      if (queue !== undefined) queue.push(row)
      else {
        behind.set(row.conversationId, [])
        enqueue(row)
      }
    }
  }

  function hush(conversationId: string, before: bigint): void {
    const queue = behind.get(conversationId)
    if (queue === undefined) return
    behind.set(
      conversationId,
      queue.filter(({ turn }) => turn >= before),
    )
    for (const lane of lanes.values()) {
      const dropped = lane.queue.filter((row) => row.conversationId === conversationId && row.turn < before)
      for (const row of dropped) {
        lane.queue.splice(lane.queue.indexOf(row), 1)
        finish(row, { status: "refused", code: "left" })
      }
    }
  }

  function enqueue(row: LeavingRow): void {
    const lane = lanes.get(row.channel)
    if (lane === undefined) {
      // The channel isn't set up here; another process may have it, and a later start may bring it.
      finish(row, { status: "retry", at: new Date(parts.now() + 60_000), code: "no-channel" })
      return
    }
    lane.queue.push(row)
    pump(lane)
  }

  function pump(lane: Lane): void {
    while (open && lane.queue.length > 0 && lane.underWay < UNDER_WAY) {
      const waitMs = lane.pace.waitMs(parts.elapsed())
      if (waitMs > 0) {
        lane.timer ??= setTimeout(() => {
          lane.timer = undefined
          pump(lane)
        }, Math.ceil(waitMs))
        return
      }
      const row = lane.queue.shift()
      if (row === undefined) return
      lane.underWay += 1
      underWay += 1
      void perform(lane, row)
        .catch((cause: unknown): Fate => ({ status: "retry", at: new Date(parts.now() + nextAttemptMs(row.attempts)), code: codeOf(cause) }))
        .then((fate) => {
          lane.underWay -= 1
          underWay -= 1
          finish(row, fate)
          pump(lane)
        })
    }
  }

  async function perform(lane: Lane, row: LeavingRow): Promise<Fate> {
    const { channel } = lane
    const { address, language, shape, what } = row.leaving
    if (what.type === "forget") return forget(channel, row)
    // Her session is over: an answer now would be a message that nobody asked for.
    if (parts.now() - bornAt(row.id) > parts.validMs) return { status: "refused", code: "stale" }
    const now = new Date(parts.now())
    const message =
      what.type === "list"
        ? parts.listing(what, language, now, shape)
        : { key: what.key, ...("values" in what && { values: what.values }), ...("options" in what && { options: what.options }) }
    const rendered = render(message, language, shape, parts.texts)
    const outgoing: Outgoing = { id: row.id, conversationId: row.conversationId, address, language, rendered }
    lane.pace.spend(channel.cost(rendered), parts.elapsed())
    if (row.unknown && channel.lookUp !== undefined) {
      const taken = new Set(await exchanged(store, row.conversationId))
      const found = await channel.lookUp(outgoing, new Date(bornAt(row.id) - CLOCK_SKEW_MS), taken)
      if (found === undefined) return { status: "unknown", at: new Date(parts.now() + UNKNOWN_MS), code: "lookup-failed" }
      if (found.found) return { status: "sent", providerId: found.providerId }
    }
    if (row.unknown) log.sendRepeated(row.id, channel.name)
    const sent = await channel.send(outgoing)
    // A group where it may not write is left all the same; one that can't be left gets no second line.
    if (what.type === "leave-group" && (sent.status === "sent" || sent.status === "refused")) {
      await channel.leaveGroup?.(address).catch((cause: unknown) => log.loopFailed("leave-group", codeOf(cause)))
    }
    const fate = fateOf(lane, row, sent)
    if (sent.status === "refused" && sent.optedOut === true) {
      // Written down first, so that the end of her session doesn't take it for a row that never left; and ended before the
      // next row's turn comes, so that nothing follows.
      await settle(store.pool, [{ id: row.id, fate }])
      await endSession(row)
    }
    return fate
  }

  function fateOf(lane: Lane, row: LeavingRow, sent: Sent): Fate {
    const now = parts.now()
    if (sent.status === "sent") {
      log.sent(lane.channel.name)
      return { status: "sent", providerId: sent.providerId, keep: lane.channel.reportsLater }
    }
    log.notSent(row.id, lane.channel.name, sent.status, sent.code)
    if (sent.status === "refused") return { status: "refused", code: sent.code }
    if (sent.status === "unknown") return { status: "unknown", at: new Date(now + UNKNOWN_MS), code: sent.code }
    const afterMs = sent.afterMs ?? nextAttemptMs(row.attempts)
    if (sent.pause === true) lane.pace.pauseUntil(parts.elapsed() + afterMs)
    return { status: "retry", at: new Date(now + afterMs), code: sent.code }
  }

  async function endSession({ id, channel, leaving: { address, shape } }: LeavingRow): Promise<void> {
    try {
      await parts.receive({ channel: channel as ChannelName, address, shape, deliveryId: `opt-out:${id}`, heard: { type: "opt-out" } })
    } catch (cause) {
      log.loopFailed("opt-out", codeOf(cause))
    }
  }

  async function forget(channel: Channel, row: LeavingRow): Promise<Fate> {
    const { address, shape } = row.leaving
    const names = await exchanged(store, row.conversationId)
    const atProvider = channel.erase === undefined ? channel.name === "simulator" : await channel.erase(address, names)
    await eraseContact(store, row.conversationId, row.turn, new Date(parts.now()))
    log.forgotten(atProvider)
    await parts.receive({ channel: channel.name, address, shape, deliveryId: `forgotten:${row.id}`, heard: { type: "forgotten", atProvider } })
    return { status: "sent" }
  }

  /** Notes a fate; on anything but a final one, what waits behind is given back, to come again in order. */
  function finish(row: LeavingRow, fate: Fate): void {
    const queue = behind.get(row.conversationId) ?? []
    parts.fates.note(row.id, fate)
    if (fate.status === "sent" || fate.status === "refused") {
      const next = queue.shift()
      if (next === undefined) behind.delete(row.conversationId)
      else enqueue(next)
      return
    }
    behind.delete(row.conversationId)
    if ("at" in fate) blocked.set(row.conversationId, fate.at.getTime() + 60_000)
    for (const waiting of queue) parts.fates.note(waiting.id, { status: "freed" })
  }

  async function deliverDue(): Promise<number> {
    if (!open) return 0
    const now = parts.now()
    for (const [id, until] of blocked) if (until <= now) blocked.delete(id)
    const rows = await claimDue(store.pool, parts.process, 200)
    for (const { content, ...row } of rows) {
      const leaving = openLeaving(cover, content)
      blocked.delete(row.conversationId)
      if (leaving === undefined) {
        log.contentGone(row.id)
        parts.fates.note(row.id, { status: "refused", code: "unreadable" })
        continue
      }
      accept([{ ...row, leaving }])
    }
    return rows.length
  }

  async function idle(): Promise<void> {
    while (underWay > 0 || (open && [...lanes.values()].some(({ queue }) => queue.length > 0))) await new Promise<void>((resolve) => setImmediate(resolve))
    await parts.fates.idle()
  }

  return {
    accept,
    hush,
    deliverDue,
    idle,
    async close() {
      open = false
      for (const lane of lanes.values()) {
        clearTimeout(lane.timer)
        lane.queue.length = 0
      }
      await idle()
    },
  }
}

type Lane = {
  readonly channel: Channel & { readonly name: ChannelName }
  readonly pace: Pace
  readonly queue: LeavingRow[]
  underWay: number
  timer: NodeJS.Timeout | undefined
}
