import { codeOf, type Log } from "../log.ts"
import { reap } from "../store/outbox.ts"
import type { Store } from "../store/pool.ts"
import { dropTimer, dueTimers, sweep, type Ages } from "../store/shelves.ts"
import type { Cover } from "../vault/cover.ts"
import type { Feed } from "./campaign-feed.ts"
import type { Campaigns } from "./campaigns.ts"
import type { createPictures } from "./contribution-pictures.ts"
import type { ChannelName } from "./channel.ts"
import type { Clock } from "./clock.ts"
import type { Delivery } from "./deliver.ts"
import type { Desk } from "./desk.ts"
import { LEASE_MS, type Lease } from "./lease.ts"
import type { Receive } from "./receive.ts"
import type { Reports } from "./reports.ts"
import type { Heard, Shape } from "../flows/effect.ts"

/** Turns timers that are due into turns; tells how many. Each names the turn it was set in, and does nothing if that has passed. */
export async function fireTimers(store: Store, cover: Cover, receive: Receive, now: Date): Promise<number> {
  const due = await dueTimers(store, now, 200)
  for (const timer of due) {
    const where = uncovered(cover, timer.content)
    if (where !== undefined) {
      const heard = { type: "waited", name: timer.name } as Heard
      await receive({ ...where, deliveryId: `timer:${timer.turn}:${timer.name}`, heard, onlyAfter: timer.turn })
    }
    await dropTimer(store, timer)
  }
  return due.length
}

/** A timer that can't be read any more is dropped; it must not keep the others waiting. */
function uncovered(cover: Cover, content: Uint8Array) {
  try {
    return JSON.parse(cover.open("leaving", content)) as { readonly channel: ChannelName; readonly address: string; readonly shape: Shape }
  } catch {
    return undefined
  }
}

/** Each loop is a thin shell around a step that can be taken by hand. A step that fails is told and taken again at the next round. */
export function startLoops(parts: {
  readonly store: Store
  readonly cover: Cover
  readonly receive: Receive
  readonly delivery: Delivery
  readonly desk: Pick<Desk, "turn">
  readonly reports: Pick<Reports, "look" | "stirDue" | "shelveDue">
  readonly campaigns: Pick<Campaigns, "layDue">
  readonly feed: Feed
  readonly pictures: ReturnType<typeof createPictures>
  readonly log: Log
  readonly lease: Lease
  readonly clock: Clock
  readonly ages: Ages
}): { readonly close: () => Promise<void> } {
  const { store, log, clock } = parts
  const loops = [
    every(LEASE_MS / 3, "beat", () => parts.lease.renew()),
    every(5000, "clock", () => clock.set()),
    every(LEASE_MS / 6, "reap", () => reap(store.pool)),
    every(500, "deliver", () => parts.delivery.deliverDue()),
    every(LEASE_MS, "orphans", () => parts.delivery.freeOrphans()),
    every(1000, "desk", () => parts.desk.turn()),
    every(1000, "timers", () => fireTimers(store, parts.cover, parts.receive, new Date(clock.now()))),
    every(1000, "stir", () => parts.reports.stirDue()),
    every(60_000, "lay", () => parts.campaigns.layDue()),
    every(500, "feed", () => parts.feed.feedDue()),
    every(2000, "carry", () => parts.feed.carry()),
    every(1000, "pictures", () => parts.pictures.fetchDue()),
    every(60_000, "skip", () => parts.feed.skipOver()),
    every(60_000, "shelve", () => parts.reports.shelveDue()),
    every(5000, "keys", () => parts.reports.look()),
    every(10 * 60_000, "sweep", async () => log.swept(await sweep(store, new Date(clock.now()), parts.ages))),
  ]

  function every(ms: number, name: string, step: () => Promise<unknown>) {
    let open = true
    let timer: NodeJS.Timeout | undefined
    let running: Promise<void> = Promise.resolve()
    const round = () => {
      running = step().then(
        () => next(),
        (cause: unknown) => {
          log.loopFailed(name, codeOf(cause))
          next()
        },
      )
    }
    const next = () => {
      if (open) timer = setTimeout(round, ms)
    }
    next()
    return async () => {
      open = false
      clearTimeout(timer)
      await running
    }
  }

  return {
    async close() {
      await Promise.all(loops.map((close) => close()))
    },
  }
}
