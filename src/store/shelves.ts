import type pg from "pg"
import { sweepAccounts } from "./accounts.ts"
import { forgetHandoffs, sweepDesk, type DeskAges } from "./desk-ages.ts"
import { sweepGiven } from "./contributions.ts"
import { dropGuests, sweepGuests } from "./event-guests.ts"
import { forgetParts, sweepParts } from "./participant-ages.ts"
import type { Store } from "./pool.ts"
import { sweepReports } from "./reports.ts"

/** One due timer. */
export type DueTimer = { readonly conversationId: string; readonly turn: bigint; readonly name: string; readonly content: Uint8Array }

/** Timers that are due. They stay until `dropTimer`: a process that dies in between loses none. */
export async function dueTimers({ pool }: Store, now: Date, limit: number): Promise<readonly DueTimer[]> {
  const { rows } = await pool.query<{ conversation_id: string; turn: string; name: string; content: Buffer }>(
    "select conversation_id, turn, name, content from timer where due_at <= $1 order by due_at limit $2",
    [now, limit],
  )
  return rows.map((row) => ({ conversationId: row.conversation_id, turn: BigInt(row.turn), name: row.name, content: row.content }))
}

export async function dropTimer({ prisma }: Store, timer: DueTimer): Promise<void> {
  await prisma.timer.deleteMany({ where: { conversationId: timer.conversationId, turn: timer.turn, name: timer.name } })
}

/** Keeps a turn that threw, with its covered input. */
export async function park(
  { prisma }: Store,
  row: { readonly id: string; readonly conversationId: string; readonly channel: string; readonly code: string; readonly heard: Uint8Array },
): Promise<void> {
  await prisma.parked.create({ data: { ...row, heard: Uint8Array.from(row.heard) } })
}

/** Turns that were parked, newest first: when, on which channel, what was thrown. */
export function parkedTurns({ prisma }: Store) {
  return prisma.parked.findMany({ orderBy: { at: "desc" }, take: 100, select: { id: true, channel: true, code: true, at: true } })
}

/** The provider's own names of everything this contact and we have exchanged, for erasing there. */
export async function exchanged({ prisma }: Store, conversationId: string): Promise<readonly string[]> {
  const where = { conversationId, providerId: { not: null } }
  const [heard, said] = await Promise.all([prisma.delivery.findMany({ where, select: { providerId: true } }), prisma.outbox.findMany({ where, select: { providerId: true } })])
  return [...heard, ...said].flatMap(({ providerId }) => providerId ?? [])
}

/**
 * Erases what is held of a contact up to the turn that asked for it, but for the keyed names of deliveries (a repeated
 * one must still be known), which lose the provider's name for them. Safe to call again.
 * @param tokens what she would be counted by at events: nothing else leads there
 */
export async function eraseContact({ prisma }: Store, conversationId: string, turn: bigint, today: Date, tokens: readonly string[] = []): Promise<void> {
  const counts = await prisma.$transaction(async (tx) => {
    const lines = await forgetHandoffs(tx, conversationId)
    const parts = await forgetParts(tx, conversationId)
    const given = await tx.contribution.deleteMany({ where: { conversationId } })
    const coming = await dropGuests(tx, tokens)
    const outbox = await tx.outbox.deleteMany({ where: { conversationId, turn: { lt: turn } } })
    const timers = await tx.timer.deleteMany({ where: { conversationId } })
    const phone = await tx.simulatorMessage.deleteMany({ where: { conversationId } })
    await tx.parked.deleteMany({ where: { conversationId } })
    await tx.delivery.updateMany({ where: { conversationId }, data: { providerId: null } })
    return {
      "forget.line": lines,
      "forget.outbox": outbox.count,
      "forget.timer": timers.count,
      "forget.simulator": phone.count,
      "forget.participant": parts,
      "forget.contribution": given.count,
      "forget.coming": coming,
      "forget.contact": 1,
    }
  })
  await countErased(prisma, today, counts)
}

/** How old each kind of row may grow. */
export type Ages = DeskAges & { readonly flowMs: number; readonly deliveryMs: number }

/** What staff did is kept for a year. */
const AUDIT_MS = 365 * 24 * 3600_000

/** Erases what has reached its age and tells how many of each kind; leaves a count by day, nothing else. */
export async function sweep(store: Store, now: Date, ages: Ages): Promise<Readonly<Record<string, number>>> {
  const { prisma } = store
  const flowsBefore = new Date(now.getTime() - ages.flowMs)
  const before = new Date(now.getTime() - ages.deliveryMs)
  const unsent = { in: ["waiting", "unknown", "resting"] }
  // Words that never left are no use a day later; the row that says so stays with the rest of the list.
  const stale = await prisma.outbox.updateMany({
    where: { id: { lt: firstIdOf(flowsBefore) }, status: unsent },
    data: { status: "refused", code: "expired", content: null, process: null },
  })
  // Words kept for a report that never came.
  await prisma.outbox.updateMany({ where: { id: { lt: firstIdOf(new Date(now.getTime() - 3600_000)) }, status: "sent", content: { not: null } }, data: { content: null } })
  const conversations = await prisma.$executeRaw`
    delete from conversation c where heard_at < ${flowsBefore}
      and not exists (select from outbox o where o.conversation_id = c.id and o.status in ('waiting', 'unknown'))`
  const timers = await prisma.timer.deleteMany({ where: { dueAt: { lt: flowsBefore } } })
  const phone = await prisma.simulatorMessage.deleteMany({ where: { at: { lt: flowsBefore } } })
  const deliveries = await prisma.delivery.deleteMany({ where: { at: { lt: before } } })
  const outbox = await prisma.outbox.deleteMany({ where: { id: { lt: firstIdOf(before) }, status: { notIn: unsent.in } } })
  const parked = await prisma.parked.deleteMany({ where: { at: { lt: before } } })
  const counts = {
    conversation: conversations,
    "outbox.unsent": stale.count,
    timer: timers.count,
    simulator: phone.count,
    delivery: deliveries.count,
    outbox: outbox.count,
    parked: parked.count,
    ...(await sweepParts(store, now)),
    ...(await sweepGiven(store.pool, now)),
    ...(await sweepGuests(store, now)),
    ...(await sweepDesk(store, now, ages)),
    ...(await sweepReports(store.pool, now)),
    ...(await sweepAccounts(store, now, new Date(now.getTime() - AUDIT_MS))),
  }
  await countErased(prisma, now, counts)
  return counts
}

/** The smallest id that a row made at this moment can have. */
function firstIdOf(moment: Date): string {
  const time = moment.getTime().toString(16).padStart(12, "0")
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}

/** Adds to what was erased on a day. */
export async function countErased(prisma: Store["prisma"], now: Date, counts: Readonly<Record<string, number>>): Promise<void> {
  const day = new Date(now.toISOString().slice(0, 10))
  for (const [kind, count] of Object.entries(counts)) {
    if (count === 0) continue
    await prisma.erased.upsert({ where: { day_kind: { day, kind } }, create: { day, kind, count }, update: { count: { increment: count } } })
  }
}

/** Puts a message on a phone of the simulator; the same outbox row again changes nothing. */
export async function putOnPhone({ pool }: Store, outboxId: string, conversationId: string, content: Uint8Array): Promise<void> {
  await pool.query({
    name: "put-on-phone",
    text: "insert into simulator_message (outbox_id, conversation_id, content) values ($1, $2, $3) on conflict (outbox_id) do nothing",
    values: [outboxId, conversationId, Buffer.from(content)],
  })
}

/** Whether a message is on a phone of the simulator. */
export async function isOnPhone({ prisma }: Store, outboxId: string): Promise<boolean> {
  return (await prisma.simulatorMessage.count({ where: { outboxId } })) > 0
}

export async function phoneMessages({ prisma }: Store, conversationId: string, after: bigint) {
  return prisma.simulatorMessage.findMany({ where: { conversationId, id: { gt: after } }, orderBy: { id: "asc" }, take: 200 })
}

/** The covered place of one conversation. */
export async function shelvedState({ prisma }: Store, id: string): Promise<Uint8Array | undefined> {
  return (await prisma.conversation.findUnique({ where: { id }, select: { state: true } }))?.state
}

/** PostgreSQL's own clock, in milliseconds since 1970. */
export async function moment(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ now: number }>({ name: "moment", text: "select extract(epoch from clock_timestamp())::float8 * 1000 as now" })
  return rows[0]?.now ?? Number.NaN
}

/** Whether PostgreSQL answers. */
export async function answers(pool: pg.Pool): Promise<boolean> {
  try {
    await pool.query("select 1")
    return true
  } catch {
    return false
  }
}
