import { codeOf, type Log } from "../log.ts"
import { render } from "../locales/render.ts"
import type { Texts } from "../locales/texts.ts"
import { settle, UNASKED, type Fate } from "../store/outbox.ts"
import type { Store } from "../store/pool.ts"
import { eraseContact, exchanged } from "../store/shelves.ts"
import type { Channel, ChannelName, Outgoing, Sent } from "./channel.ts"
import { bornAt } from "./fresh-id.ts"
import { isInDoubt, later, type LeavingRow } from "./leaving.ts"
import type { Listing } from "./listing.ts"
import type { Pace } from "./pace.ts"
import type { Receive } from "./receive.ts"

/**
 * How soon a message of unknown fate is looked up or repeated. A provider's list lags a little behind its work, so not at
 * once; and not for ever: a provider that takes everything and confirms nothing would have it on her screen each time.
 */
const UNKNOWN_MS = [3000, 30_000, 300_000]

/** When a send that failed is tried again: after 1, 2, 4 … seconds, at most every five minutes. */
export function nextAttemptMs(attempts: number): number {
  return Math.min(1000 * 2 ** attempts, 300_000)
}

/** A provider's clock and ours may differ. */
const CLOCK_SKEW_MS = 5000
/** No channel is held up longer, whatever its provider says. */
const LONGEST_PAUSE_MS = 3600_000

/** One try to let one row leave, and what became of it. */
export type Attempt = (channel: Channel, pace: Pace, row: LeavingRow) => Promise<Fate>

export function createAttempt(parts: {
  readonly store: Store
  readonly texts: Texts
  readonly listing: Listing
  readonly log: Log
  readonly now: () => number
  readonly elapsed: () => number
  readonly receive: Receive
  readonly validMs: number
  /** What a conversation would be counted by at events. */
  readonly guestTokens: (conversationId: string) => readonly string[]
}): Attempt {
  const { store, log } = parts

  return async (channel, pace, row) => {
    const { address, language, shape, what, bulk } = row.leaving
    if (what.type === "forget") return forget(channel, row)
    // Her session is over: an answer now would be a message that nobody asked for.
    if (bulk === undefined && parts.now() - bornAt(row.id) > parts.validMs) return { status: "refused", code: "stale" }
    const inDoubt = isInDoubt(row)
    const late = bulk !== undefined && parts.now() >= bulk.until
    if (late && !inDoubt) return { status: "refused", code: "late" }
    const rendered = render(parts.listing(what, language, new Date(parts.now()), shape), language, shape, parts.texts)
    const outgoing: Outgoing = {
      id: row.id,
      conversationId: row.conversationId,
      address,
      language,
      rendered,
      ...(bulk && { template: bulk.template, validSeconds: Math.ceil((bulk.until - parts.now()) / 1000) }),
    }
    // One it has cost when its turn came.
    pace.spend(channel.cost(rendered) - 1, parts.elapsed())
    if (inDoubt && channel.lookUp !== undefined) {
      const taken = new Set(await exchanged(store, row.conversationId))
      const found = await channel.lookUp(outgoing, new Date(bornAt(row.id) - CLOCK_SKEW_MS), taken)
      if (found === undefined) return later(row, Math.max(3000, nextAttemptMs(row.attempts)), UNASKED)
      if (found.found) return { status: "sent", providerId: found.providerId, keep: channel.reportsLater }
      if (late) return { status: "refused", code: "late" }
    }
    // An answer is better doubled than lost; what came to her unasked is not.
    else if (inDoubt && bulk !== undefined) return { status: "refused", code: "in-doubt" }
    if (inDoubt) log.sendRepeated(row.id, channel.name)
    const sent = await channel.send(outgoing)
    // A group where it may not write is left all the same; one that can't be left gets no second line.
    if (what.type === "leave-group" && (sent.status === "sent" || sent.status === "refused")) {
      await channel.leaveGroup?.(address).catch((cause: unknown) => log.loopFailed("leave-group", codeOf(cause)))
    }
    const fate = fateOf(channel, pace, row, sent)
    if (sent.status === "refused" && sent.optedOut === true) {
      // Written down first, so that the end of her session doesn't take it for a row that never left; and ended before the
      // next row's turn comes, so that nothing follows.
      await settle(store.pool, [{ id: row.id, process: row.process, fate }])
      await endSession(row)
    }
    return fate
  }

  function fateOf(channel: Channel, pace: Pace, row: LeavingRow, sent: Sent): Fate {
    if (sent.status === "sent") {
      log.sent(channel.name)
      return { status: "sent", providerId: sent.providerId, keep: channel.reportsLater }
    }
    log.notSent(row.id, channel.name, sent.status, sent.code)
    if (sent.status === "refused") return { status: "refused", code: sent.code }
    if (sent.status === "unknown") return doubted(row, sent.code)
    const asked = sent.afterMs ?? nextAttemptMs(row.attempts)
    const afterMs = Number.isFinite(asked) ? Math.min(asked, LONGEST_PAUSE_MS) : LONGEST_PAUSE_MS
    if (sent.pause === true) pace.pauseUntil(parts.elapsed() + afterMs)
    return { status: "retry", afterMs, code: sent.code }
  }

  function doubted({ doubts }: LeavingRow, code: string): Fate {
    const afterMs = UNKNOWN_MS[doubts]
    return afterMs === undefined ? { status: "refused", code: "in-doubt" } : { status: "unknown", afterMs, code }
  }

  async function endSession({ id, channel, leaving: { address, shape } }: LeavingRow): Promise<void> {
    try {
      await parts.receive({ channel: channel as ChannelName, address, shape, deliveryId: `opt-out:${id}`, heard: { type: "opt-out" } })
    } catch (cause) {
      log.loopFailed("opt-out", codeOf(cause))
    }
  }

  /**
   * Erases there, has her told, erases here. What she is told waits behind this row, so it leaves only when all of it is
   * done; a try that breaks off is made again from the beginning, with the provider's names still there to ask by.
   */
  async function forget(channel: Channel, row: LeavingRow): Promise<Fate> {
    const { address, shape } = row.leaving
    const atProvider = channel.erase === undefined ? channel.name === "simulator" : await channel.erase(address, await exchanged(store, row.conversationId))
    await parts.receive({ channel: channel.name, address, shape, deliveryId: `forgotten:${row.id}`, heard: { type: "forgotten", atProvider } })
    await eraseContact(store, row.conversationId, row.turn, new Date(parts.now()), parts.guestTokens(row.conversationId))
    log.forgotten(atProvider)
    return { status: "sent" }
  }
}
