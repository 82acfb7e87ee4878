import type pg from "pg"
import { actOn, audit, createMoves, isHere, note, type HandoffWaits, type Locked, type Refusal, type Row } from "./handoff-row.ts"
import { createRounds } from "./handoff-rounds.ts"
import { mayHold, noRoomFor, type Care } from "./seats.ts"

/** Who ends a chat. */
export type Ending = { readonly staffId: string; readonly supervisor: boolean }

export type Handoffs = ReturnType<typeof createHandoffs>

/**
 * The acts of staff and of timers on handoffs. Each is a transaction of its own that locks the handoff first and a seat
 * after it, so one owner holds at any time, whoever else acts at the same moment. An act answers with what it was refused
 * for, and has written nothing then. What she must hear of is written with it, so that no crash leaves her in the dark.
 */
export function createHandoffs(pool: pg.Pool, waits: HandoffWaits, care: Care) {
  const moves = createMoves(waits, care)
  const act = (id: string, now: Date, work: (one: Locked) => Promise<Refusal | undefined>) => actOn(pool, id, now, work)

  /** Gives one that waits to somebody who has room for it. */
  async function take(one: Locked, staffId: string, what: "chat-claimed" | "chat-assigned"): Promise<Refusal | undefined> {
    const { status } = one.row
    if (status !== "queued") return status === "ended" ? "ended" : status === "asked" ? "gone" : "taken"
    const refusal = await noRoomFor(one.client, staffId, one.now)
    if (refusal !== undefined) return refusal
    await moves.own(one, staffId)
    await audit(one, staffId, what)
    return undefined
  }

  return {
    ...createRounds(pool, moves, (one, staffId) => take(one, staffId, "chat-assigned")),

    /** Takes one from the queue. */
    claim: (id: string, staffId: string, now: Date) =>
      act(id, now, async (one) => {
        await isHere(one, staffId)
        return take(one, staffId, "chat-claimed")
      }),

    /** Gives one back to the queue. */
    release: (id: string, staffId: string, now: Date) =>
      act(id, now, async (one) => {
        const refusal = notOwnedBy(one.row, staffId)
        if (refusal !== undefined) return refusal
        await moves.giveBack(one)
        await audit(one, staffId, "chat-released")
        return undefined
      }),

    /** Offers one to a colleague; it stays where it is until the colleague takes it. */
    offer: (id: string, staffId: string, to: string, now: Date) =>
      act(id, now, async (one) => {
        const refusal = notOwnedBy(one.row, staffId)
        if (refusal !== undefined) return refusal
        if (to === staffId) return "not-offered"
        if (!(await mayHold(one.client, to))) return "gone"
        await moves.offer(one, to)
        await audit(one, staffId, "chat-offered", to)
        return undefined
      }),

    /** Takes one that was offered. */
    accept: (id: string, staffId: string, now: Date) =>
      act(id, now, async (one) => {
        const refusal = notOfferedTo(one.row, staffId)
        if (refusal !== undefined) return refusal
        await isHere(one, staffId)
        const noRoom = await noRoomFor(one.client, staffId, now)
        if (noRoom !== undefined) return noRoom
        await moves.own(one, staffId)
        await note(one, "moved")
        await audit(one, staffId, "chat-accepted", one.row.staff_id)
        return undefined
      }),

    /** Leaves an offered one with its owner. */
    refuse: (id: string, staffId: string, now: Date) =>
      act(id, now, async (one) => {
        const refusal = notOfferedTo(one.row, staffId)
        if (refusal !== undefined) return refusal
        await moves.stay(one)
        await audit(one, staffId, "chat-refused", one.row.staff_id)
        return undefined
      }),

    /** A supervisor takes one over, from the queue or from whoever has it; neither her cap nor a pause holds her back. */
    takeOver: (id: string, staffId: string, now: Date) =>
      act(id, now, async (one) => {
        const { status, staff_id: owner } = one.row
        if (status === "ended" || status === "asked") return status === "ended" ? "ended" : "gone"
        if (owner === staffId) return "taken"
        await isHere(one, staffId)
        await moves.own(one, staffId)
        if (owner !== null) await note(one, "moved")
        await audit(one, staffId, "chat-taken-over", owner)
        return undefined
      }),

    /** Ends one. A supervisor may end what isn't hers. `block`: she may not ask again before then. */
    end: (id: string, { staffId, supervisor }: Ending, why: string, now: Date, block?: { readonly reason: string; readonly until: Date }) =>
      act(id, now, async (one) => {
        const { client, row } = one
        const mine = row.staff_id === staffId
        if (row.status === "asked") return "gone"
        if (!mine && !supervisor) return row.status === "ended" ? "ended" : "not-yours"
        if (row.status === "ended" && !mine && block === undefined) return "ended"
        if (block !== undefined) {
          if (row.conversation_id === null) return "forgotten"
          await client.query(BLOCK, [row.conversation_id, row.name, block.reason, block.until, staffId])
          await note(one, "blocked")
          await audit(one, staffId, "chat-blocked", block.reason)
        }
        if (row.status === "ended") {
          // It is over already, and whoever had it has seen that.
          if (mine) await client.query("update handoff set settled = true where id = $1", [row.id])
          return undefined
        }
        // Who was never written to hears the truth: nobody could answer.
        await moves.finish(one, mine ? "counsellor" : "supervisor", why, row.live ? "ended" : "nobody")
        if (block === undefined) await audit(one, staffId, "chat-ended", why)
        return undefined
      }),
  }
}

function notOwnedBy(row: Row, staffId: string): Refusal | undefined {
  if (row.status === "ended") return "ended"
  return row.staff_id === staffId ? undefined : "not-yours"
}

function notOfferedTo(row: Row, staffId: string): Refusal | undefined {
  if (row.status === "ended") return "ended"
  return row.status === "transferring" && row.offered_to === staffId ? undefined : "not-offered"
}

const BLOCK = `
insert into block (conversation_id, id, name, reason, until, staff_id) values ($1, gen_random_uuid(), $2, $3, $4, $5)
on conflict (conversation_id) do update set name = excluded.name, reason = excluded.reason, until = excluded.until, staff_id = excluded.staff_id`
