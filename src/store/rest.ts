import type pg from "pg"
import { plainArray } from "./array.ts"

/** Lays messages to rest that have just been written and haven't left: nobody takes them up until `wake`. */
export async function layToRest(client: pg.PoolClient, ids: readonly string[]): Promise<void> {
  await client.query("update outbox set status = 'resting', process = null where id = any ($1::uuid[])", [plainArray(ids)])
}

/** Lays to rest what was said in a chat before this turn and has still to be tried again; tells how much. */
export async function layEarlierToRest(client: pg.PoolClient, handoffId: string, conversationId: string, turn: bigint): Promise<number> {
  const { rowCount } = await client.query(EARLIER, [conversationId, turn.toString(), handoffId])
  return rowCount ?? 0
}

// With what introduced it, which was said in the same turn.
const EARLIER = `
update outbox set status = 'resting'
where conversation_id = $1 and turn < $2 and status = 'waiting' and process is null and turn in (
  select o.turn from handoff_line l join outbox o on o.id = l.outbox_id where l.handoff_id = $3 and o.conversation_id = $1 and o.status = 'waiting'
)`

/** Lets all leave that rests for a conversation, in order, as if it was said at this moment; tells how many. */
export async function wake(client: pg.PoolClient, conversationId: string, now: Date): Promise<number> {
  const { rowCount } = await client.query(WAKE, [conversationId, now.getTime()])
  return rowCount ?? 0
}

// An id tells when a message was made, and old ones don't leave any more: these are made anew, in the order in which they stand.
const WAKE = `
with prefix as (select lpad(to_hex($2::bigint), 12, '0') as ms), resting as (
  select o.id, (substr(ms, 1, 8) || '-' || substr(ms, 9) || substr(o.id::text, 14))::uuid as fresh
  from outbox o, prefix where o.conversation_id = $1 and o.status = 'resting'
), named as (
  update handoff_line l set outbox_id = r.fresh from resting r where l.outbox_id = r.id
)
update outbox o set id = r.fresh, status = 'waiting', due_at = now() from resting r where o.id = r.id`

/** Gives the rows of one turn to whoever comes next, so that they leave in order with what was woken, and not before it. */
export async function freeTurn(client: pg.PoolClient, conversationId: string, turn: bigint): Promise<void> {
  await client.query("update outbox set process = null where conversation_id = $1 and turn = $2 and status = 'waiting'", [conversationId, turn.toString()])
}
