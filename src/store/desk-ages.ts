import type { Prisma } from "./generated/client.ts"
import type { Store } from "./pool.ts"

/** How old what belongs to a handoff may grow after its end. */
export type DeskAges = { readonly transcriptMs: number; readonly caseMs: number }

type Tx = Prisma.TransactionClient

/** Erases the transcripts whose time is up, and what led from a handoff to a contact; tells how many of each kind. */
export async function sweepDesk({ prisma }: Store, now: Date, { transcriptMs, caseMs }: DeskAges): Promise<Readonly<Record<string, number>>> {
  const transcriptsBefore = new Date(now.getTime() - transcriptMs)
  const casesBefore = new Date(now.getTime() - caseMs)
  const old = { status: "ended", endedAt: { lt: transcriptsBefore }, conversationId: { not: null } }
  const ids = (await prisma.handoff.findMany({ where: old, select: { id: true }, take: 1000 })).map(({ id }) => id)
  const { lines, notes } = await prisma.$transaction((tx) => stripHandoffs(tx, ids))
  const records = await prisma.caseRecord.deleteMany({ where: { at: { lt: casesBefore } } })
  const handoffs = await prisma.handoff.deleteMany({ where: { status: "ended", endedAt: { lt: casesBefore } } })
  const blocks = await prisma.block.deleteMany({ where: { until: { lt: now } } })
  const closings = await prisma.closing.deleteMany({ where: { until: { lt: casesBefore } } })
  return { "handoff.line": lines, "handoff.note": notes, "case.record": records.count, handoff: handoffs.count, block: blocks.count, closing: closings.count }
}

/** Erases what handoffs of a contact hold of her. What was counted of them stays, and leads nowhere. */
export async function forgetHandoffs(tx: Tx, conversationId: string): Promise<number> {
  // Locked before anything else of hers, as every turn at the desk does.
  const rows = await tx.$queryRaw<{ id: string }[]>`select id from handoff where conversation_id = ${conversationId}::uuid order by id for update`
  const ids = rows.map(({ id }) => id)
  const { lines } = await stripHandoffs(tx, ids)
  await tx.caseRecord.deleteMany({ where: { handoffId: { in: ids } } })
  return lines
}

async function stripHandoffs(tx: Tx, ids: readonly string[]): Promise<{ readonly lines: number; readonly notes: number }> {
  if (ids.length === 0) return { lines: 0, notes: 0 }
  const handoffId = { in: [...ids] }
  const lines = await tx.handoffLine.deleteMany({ where: { handoffId } })
  const notes = await tx.handoffNote.deleteMany({ where: { handoffId } })
  await tx.handoffNews.deleteMany({ where: { handoffId } })
  await tx.handoff.updateMany({ where: { id: handoffId, status: "ended" }, data: { conversationId: null, where: null, asked: null, lines: 0, heard: 0, read: 0 } })
  return { lines: lines.count, notes: notes.count }
}
