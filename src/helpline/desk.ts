import type { DeskFacts } from "../flows/effect.ts"
import { codeOf } from "../log.ts"
import { deskRows, recentWaits, type DeskRows } from "../store/desk-reads.ts"
import { dropNews, tellOfClosing, untoldNews } from "../store/desk-writes.ts"
import { deskActs } from "./desk-acts.ts"
import { deskTools, type DeskParts } from "./desk-parts.ts"
import { deskReading } from "./desk-reading.ts"
import { deskSeats } from "./desk-seats.ts"
import { deskFacts, type DeskKnown } from "./desk-standing.ts"
import type { DeskService } from "./desk-view.ts"
import { deskWords } from "./desk-words.ts"
import { oneReading } from "./one-reading.ts"

/** For how long recent waits say something about the next one. */
const RECENT_MS = 7 * 24 * 3600_000
/** How often they are looked at. */
const WAITS_MS = 15_000

/** The desk with what the house itself needs of it. */
export type Desk = DeskService & {
  /** How the desk stands now, for her; nothing until it is known. */
  readonly facts: () => DeskFacts | undefined
  /** Told by PostgreSQL that something changed; of everything, without an id. */
  readonly heard: (id: string | undefined) => void
  /** Looks how the desk stands. Before that nobody can be told whether somebody answers. */
  readonly look: () => Promise<void>
  /** One round of what time brings: timers, empty seats, free places, news that is still to be told. */
  readonly turn: () => Promise<void>
  /** When nothing that was set off is under way any more. */
  readonly idle: () => Promise<void>
}

/** The desk where people answer: who waits, who has whom, and what is said. All that is true of it stands in the store. */
export function createDesk(parts: DeskParts): Desk {
  const { handoffs, log } = parts
  const { pool } = parts.store
  const now = () => new Date(parts.now())
  const watchers = new Set<(id: string | undefined) => void>()
  const rows = oneReading(() => deskRows(pool, now()))
  const tools = deskTools(parts, rows, () => heard(undefined))
  let known: DeskKnown | undefined
  let waitsAt = Number.NEGATIVE_INFINITY
  let underWay: Promise<void> = Promise.resolve()
  let wanted = false

  /** What the house does by itself after a change: fills free places, tells news, knows how it stands. One round at a time. */
  function stir(): void {
    if (wanted) return
    wanted = true
    underWay = underWay.then(async () => {
      wanted = false
      await work().catch((cause: unknown) => log.loopFailed("desk", codeOf(cause)))
    })
  }

  async function look(): Promise<DeskRows> {
    const desk = await rows.get()
    const { closing, seats } = desk
    if (parts.now() - waitsAt > WAITS_MS) {
      waitsAt = parts.now()
      known = { closing, manned: seats.length > 0, waits: await recentWaits(pool, new Date(parts.now() - RECENT_MS)) }
    } else known = { closing, manned: seats.length > 0, waits: known?.waits ?? [] }
    return desk
  }

  async function work(): Promise<void> {
    const desk = await look()
    if (known !== undefined && deskFacts(parts.file, known, now()).state === "closed") await tellOfClosing(pool)
    await tellNews()
    if (desk.waiting > 0) while ((await handoffs.fill(now())) > 0);
  }

  /** Takes what has become of handoffs to the conversations that must hear of it; told twice it changes nothing. */
  async function tellNews(): Promise<void> {
    for (const { id, handoffId, move, what, where, overtaken } of await untoldNews(pool)) {
      const to = tools.whereOf(where)
      // In line again, or still there? Not once somebody has come or it is over.
      const late = overtaken && (what === "back" || what === "nudge" || what === "closed")
      if (to !== undefined && !late) await parts.receive({ ...to, deliveryId: `handoff:${handoffId}:${move}:${what}`, heard: { type: "news", id: handoffId, what: what as never } })
      await dropNews(pool, id)
    }
  }

  function heard(id: string | undefined): void {
    rows.forget()
    stir()
    for (const changed of watchers) changed(id)
  }

  return {
    ...deskReading(tools),
    ...deskActs(tools),
    ...deskWords(tools),
    ...deskSeats(tools),
    watch(changed) {
      watchers.add(changed)
      return () => void watchers.delete(changed)
    },

    facts: () => known && deskFacts(parts.file, known, now()),
    heard,
    look: async () => void (await look()),
    async turn() {
      const done = await Promise.allSettled([handoffs.actOnTimers(now(), 100), handoffs.leaveEmptySeats(now()), handoffs.dropEmptyOffers(now())])
      rows.forget()
      stir()
      await underWay
      for (const one of done) if (one.status === "rejected") throw one.reason
    },
    async idle() {
      let last: Promise<void> | undefined
      while (last !== underWay) {
        last = underWay
        await last
      }
    },
  }
}
