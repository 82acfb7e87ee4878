import type pg from "pg"
import { here, wear, type Care } from "./seats.ts"
import { inTransaction } from "./transaction.ts"

/** How long a handoff may stand in each state before its timer acts, in seconds. */
export type HandoffWaits = {
  /** Asked, and not agreed to be passed on. */
  readonly consent: number
  /** Queued, and nobody came. */
  readonly queue: number
  /** Claimed, and its owner hasn't written. */
  readonly answer: number
  /** Offered to a colleague, and no answer. */
  readonly offer: number
  /** One of them has written, and the other hasn't: she is asked gently; a chat whose counsellor is silent goes back to the line. */
  readonly silence: number
  /** After that, until the chat is closed. */
  readonly close: number
}

/** Why an act on a handoff changed nothing. */
export type Refusal = "taken" | "not-yours" | "ended" | "full" | "cooling" | "not-offered" | "gone" | "forgotten" | "away"

/** What she has still to hear of a handoff. */
export type News = "back" | "nobody" | "silent" | "nudge" | "ended"

/** A handoff that is locked. */
export type Row = {
  readonly id: string
  readonly conversation_id: string | null
  readonly name: string
  readonly status: string
  readonly move: number
  readonly staff_id: string | null
  readonly offered_to: string | null
  readonly risk: number
  readonly awaits: string | null
  readonly nudged: boolean
  /** Somebody has written to her. */
  readonly live: boolean
  /** The time of its timer is up. */
  readonly due: boolean
  readonly where: Buffer | null
}

/** One handoff, locked, with the transaction that holds it. */
export type Locked = { readonly client: pg.PoolClient; readonly row: Row; readonly now: Date }

type Change = {
  readonly status: string
  readonly staffId?: string | null
  readonly offeredTo?: string
  /** Seconds until its timer acts. */
  readonly due: number | null
  readonly set?: string
  readonly news?: News | undefined
}

/** One act on a handoff: locks it, does the work, tells the desk. Answers with what it was refused for, and has written nothing then. */
export async function actOn(pool: pg.Pool, id: string, now: Date, work: (one: Locked) => Promise<Refusal | undefined>): Promise<Refusal | undefined> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<Row>(
      `select id, conversation_id, name, status, move, staff_id, offered_to, risk, awaits, nudged, live_at is not null as live, coalesce(due_at <= $2, false) as due, "where"
      from handoff where id = $1 for update`,
      [id, now],
    )
    const refusal = rows[0] === undefined ? "gone" : await work({ client, row: rows[0], now })
    if (refusal === undefined) await client.query("select pg_notify('desk', $1)", [id])
    return refusal
  })
}

/** Writes down what somebody did. */
export async function audit({ client, row, now }: Locked, staffId: string, what: string, reason: string | null = null): Promise<void> {
  await client.query("insert into audit (at, staff_id, what, subject_id, reason) values ($1, $2, $3, $4, $5)", [now, staffId, what, row.id, reason])
}

/** Writes a line of the house's own into a chat. Its words are a code, which every page says in its own language. */
export async function note({ client, row, now }: Locked, code: string): Promise<void> {
  await client.query(
    `with one as (update handoff set lines = lines + 1 where id = $1 returning lines)
    insert into handoff_line (handoff_id, n, "from", content, at) select $1, lines, 'system', convert_to($2, 'UTF8'), $3 from one`,
    [row.id, code, now],
  )
}

/** Puts it into a state; what she must hear of that is written with it. */
async function change({ client, row, now }: Locked, { status, staffId = row.staff_id, offeredTo, due, set, news }: Change): Promise<void> {
  await client.query(
    `update handoff set status = $2, staff_id = $3, offered_to = $4, move = move + 1, due_at = $6::timestamptz + $5 * interval '1 second'${set === undefined ? "" : `, ${set}`} where id = $1`,
    [row.id, status, staffId, offeredTo ?? null, due, now],
  )
  if (news !== undefined && row.where !== null) {
    await client.query('insert into handoff_news (handoff_id, move, what, "where") values ($1, $2, $3, $4)', [row.id, row.move + 1, news, row.where])
  }
}

export type Moves = ReturnType<typeof createMoves>

/** From one state to another, with all that belongs to it. */
export function createMoves(waits: HandoffWaits, care: Care) {
  return {
    /** Gives it to somebody, who has now to say something. */
    async own(one: Locked, staffId: string): Promise<void> {
      await change(one, { status: "claimed", staffId, due: waits.answer, set: "awaits = null, nudged = false" })
      await one.client.query("update seat set free_since = $2 where staff_id = $1", [staffId, one.now])
    },

    /** It stays where it is until the colleague takes it. */
    offer: (one: Locked, to: string) => change(one, { status: "transferring", offeredTo: to, due: waits.offer }),

    /** Back to its owner, as before the offer. */
    stay: (one: Locked) => change(one, one.row.awaits === null ? { status: "claimed", due: waits.answer } : { status: "live", due: waits.silence }),

    /** She is asked whether she is still there. */
    nudge: (one: Locked) => change(one, { status: "live", due: waits.close, set: "nudged = true", news: "nudge" }),

    /** Back to the line, where it keeps the place that its wait has earned. */
    async giveBack(one: Locked): Promise<void> {
      const { client, row, now } = one
      // Whoever has been talking is told; who was never answered knows nothing of it, and needn't.
      await change(one, {
        status: "queued",
        staffId: null,
        due: waits.queue,
        set: "given_back_by = handoff.staff_id, awaits = null, nudged = false",
        ...(row.live && { news: "back" }),
      })
      if (row.live) return note(one, "back")
      // Claims that lapse don't make the wait longer than it was said to be.
      await client.query("update handoff set due_at = greatest(queued_at + $2 * interval '1 second', $3::timestamptz + interval '1 minute') where id = $1", [
        row.id,
        waits.queue,
        now,
      ])
    },

    /** Ends it. */
    async finish(one: Locked, by: "counsellor" | "supervisor" | "system", why: string, news?: News): Promise<void> {
      const { client, row, now } = one
      await change(one, { status: "ended", due: null, set: "ended_at = $6", news })
      await client.query("update handoff set ended_by = $2, ended_why = $3, settled = $2 = 'counsellor' where id = $1", [row.id, by, why])
      await wear(client, row, care, now)
    },
  }
}

/** Somebody does something with a chat, so she is there. */
export const isHere = ({ client, now }: Locked, staffId: string) => here(client, staffId, now)
