import type pg from "pg"
import { plainArray, textArray } from "./array.ts"

/** A row that has still to leave, taken by this process. */
export type OutboxRow = {
  readonly id: string
  readonly conversationId: string
  readonly turn: bigint
  readonly position: number
  readonly channel: string
  readonly content: Uint8Array
  readonly attempts: number
  /** Tries whose fate stayed open, or that a callback took back. */
  readonly doubts: number
  /** Its fate isn't known: it was tried, or held by a process that died. */
  readonly unknown: boolean
}

/** What became of a row. `freed` gives it back untouched. */
export type Fate =
  /** `keep`: the provider will still tell whether it arrived, and it may have to be sent again. */
  | { readonly status: "sent"; readonly providerId?: string | undefined; readonly keep?: boolean }
  | { readonly status: "retry"; readonly afterMs: number; readonly code: string }
  | { readonly status: "unknown"; readonly afterMs: number; readonly code: string; readonly providerId?: string | undefined }
  | { readonly status: "refused"; readonly code: string }
  | { readonly status: "freed" }

/** A row, under whose name it was held, and what became of it. */
export type Fated = { readonly id: string; readonly process: string; readonly fate: Fate }

/**
 * Writes the fates of a batch in one statement. What has left keeps neither words nor address. That a message was sent
 * is true whoever holds the row by now, also when she called it back too late; everything else counts only from its
 * holder. A status that a callback has already written of the same sending stands: it has freed the row. One that she called
 * back while it was under way, and of which nobody knows whether it arrived, is called back in doubt.
 */
export async function settle(pool: pg.Pool, fates: readonly Fated[]): Promise<void> {
  await pool.query({ name: "settle", text: SETTLE, values: [...columnsOf(fates)] })
}

/** What `settling` takes, column by column. */
export function columnsOf(fates: readonly Fated[]): readonly string[] {
  const sorted = [...fates].sort((a, b) => (a.id < b.id ? -1 : 1))
  return [
    plainArray(sorted.map(({ id }) => id)),
    plainArray(sorted.map(({ fate }) => (fate.status === "freed" ? null : fate.status === "retry" ? "waiting" : fate.status))),
    plainArray(sorted.map(({ fate }) => ("afterMs" in fate ? fate.afterMs : null))),
    textArray(sorted.map(({ fate }) => ("code" in fate ? fate.code : null))),
    textArray(sorted.map(({ fate }) => ("providerId" in fate ? (fate.providerId ?? null) : null))),
    plainArray(sorted.map(({ fate }) => fate.status !== "freed")),
    plainArray(sorted.map(({ fate }) => fate.status === "refused" || (fate.status === "sent" && fate.keep !== true))),
    plainArray(sorted.map(({ process }) => process)),
  ]
}

/** The code of a look-up that couldn't be made: it leaves the doubt as it was. */
export const UNASKED = "lookup-failed"

/** The part of a statement that writes fates; its parameters begin at this number. */
export function settling(first: number): string {
  const [id, status, afterMs, code, providerId, tried, done, process] = Array.from({ length: 8 }, (_, n) => `$${first + n}`)
  return `update outbox o
  set status = case when o.status = 'refused' and i.status = 'unknown' then o.status else coalesce(i.status, o.status) end, process = null, due_at = coalesce(now() + i.after_ms * interval '1 millisecond', o.due_at),
    code = case when i.status is null then o.code when o.status = 'refused' and i.status = 'unknown' then 'in-doubt' else i.code end,
    provider_id = coalesce(i.provider_id, o.provider_id), attempts = o.attempts + i.tried::int,
    doubts = o.doubts + coalesce(i.status = 'unknown' and i.code <> '${UNASKED}', false)::int,
    content = case when i.done then null else o.content end
  from unnest(${id}::uuid[], ${status}::text[], ${afterMs}::int[], ${code}::text[], ${providerId}::text[], ${tried}::boolean[], ${done}::boolean[], ${process}::uuid[])
    as i(id, status, after_ms, code, provider_id, tried, done, process)
  where o.id = i.id and case
    when o.status in ('waiting', 'unknown') then o.process = i.process or (i.status = 'sent' and not coalesce(o.provider_id = i.provider_id, false))
    else (i.status = 'sent' and o.code in ('left', 'in-doubt')) or (i.status = 'unknown' and i.code <> '${UNASKED}' and o.status = 'refused' and o.code = 'left') end`
}

const SETTLE = settling(1)

/**
 * Takes rows that nobody holds: of each conversation only the oldest that has not left, and only when due.
 */
export async function claimDue(pool: pg.Pool, process: string, limit: number): Promise<readonly OutboxRow[]> {
  const { rows } = await pool.query<ClaimedRow>({ name: "claim-due", text: CLAIM, values: [process, limit] })
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversation_id,
    turn: BigInt(row.turn),
    position: row.position,
    channel: row.channel,
    content: row.content,
    attempts: row.attempts,
    doubts: row.doubts,
    unknown: row.was_unknown,
  }))
}

type ClaimedRow = {
  readonly id: string
  readonly conversation_id: string
  readonly turn: string
  readonly position: number
  readonly channel: string
  readonly content: Buffer
  readonly attempts: number
  readonly doubts: number
  readonly was_unknown: boolean
}

const CLAIM = `
with free as (
  select o.id, o.status = 'unknown' as was_unknown
  from outbox o
  where o.process is null and o.status in ('waiting', 'unknown') and o.due_at <= now()
    and not exists (
      select from outbox older
      where older.conversation_id = o.conversation_id and older.status in ('waiting', 'unknown')
        and (older.turn, older.position) < (o.turn, o.position)
    )
  order by o.due_at
  limit $2
  for update of o skip locked
)
update outbox o set process = $1::uuid
from free where o.id = free.id
returning o.id, o.conversation_id, o.turn, o.position, o.channel, o.content, o.attempts, o.doubts, free.was_unknown`

/**
 * Frees what is held by processes that no longer say they live, or that nobody knows; tells how many rows. Each may have
 * left already, so it comes back as unknown.
 */
export async function reap(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query({ name: "reap", text: REAP })
  return rowCount ?? 0
}

const REAP = `
with dead as (delete from process where alive_until < now())
update outbox o set process = null, status = 'unknown', due_at = now()
where o.process is not null and o.status in ('waiting', 'unknown')
  and not exists (select from process p where p.id = o.process and p.alive_until >= now())`

/** Enters a process under a name of its own; what it holds is its own as long. */
export async function enrol(pool: pg.Pool, process: string, leaseMs: number): Promise<void> {
  await pool.query("insert into process (id, alive_until) values ($1, now() + $2 * interval '1 millisecond')", [process, leaseMs])
}

/** Says that this process lives. False when that comes too late: what it held may be in other hands, for good. */
export async function beat(pool: pg.Pool, process: string, leaseMs: number): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: "beat",
    text: "update process set alive_until = now() + $2 * interval '1 millisecond' where id = $1 and alive_until > now()",
    values: [process, leaseMs],
  })
  return rowCount === 1
}

/** The rows that are held under a name. */
export async function heldBy(pool: pg.Pool, process: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>({ name: "held-by", text: "select id from outbox where process = $1 and status in ('waiting', 'unknown')", values: [process] })
  return rows.map(({ id }) => id)
}

/** Gives rows back that are held under a name and have never left its hands. */
export async function giveBack(pool: pg.Pool, ids: readonly string[], process: string): Promise<void> {
  await pool.query({
    name: "give-back",
    text: "update outbox set process = null, due_at = now() where id = any ($1::uuid[]) and process = $2 and status in ('waiting', 'unknown')",
    values: [plainArray(ids), process],
  })
}

/** Whether a row is still held under this name, and still to leave. */
export async function stillHeld(pool: pg.Pool, id: string, process: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: "still-held",
    text: "select from outbox where id = $1 and process = $2 and status in ('waiting', 'unknown')",
    values: [id, process],
  })
  return rowCount === 1
}

/** Notes that rows are about to be tried for the first time, so that nobody repeats them in doubt; gives back those that are still held under this name. */
export async function begin(pool: pg.Pool, ids: readonly string[], process: string): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ id: string }>({
    name: "begin",
    text: "update outbox set attempts = attempts + 1 where id = any ($1::uuid[]) and process = $2 and status in ('waiting', 'unknown') returning id",
    values: [plainArray(ids), process],
  })
  return new Set(rows.map(({ id }) => id))
}

/** The last breath of a process that closes in order: what it still holds is free at once, and known not to have left. */
export async function release(pool: pg.Pool, process: string): Promise<void> {
  await pool.query("update outbox set process = null where process = $1 and status in ('waiting', 'unknown')", [process])
  await pool.query("delete from process where id = $1", [process])
}

/** What a provider's callback says of a row. `again`: it failed for now and is worth another try. */
export type Report = { readonly status: "sent" | "delivered" | "refused" | "again"; readonly providerId: string; readonly code?: string | undefined }

/**
 * Writes what a callback says. Callbacks come in any order: a later state is never overwritten by an earlier one.
 * `again` is tried after 1, 5 and 15 minutes, then refused. Tells whether the row was known.
 */
export async function reported(pool: pg.Pool, id: string, { status, providerId, code }: Report): Promise<boolean> {
  const { rowCount } = await pool.query({ name: "reported", text: REPORTED, values: [id, status, providerId, code ?? null] })
  if (rowCount === 1) return true
  const known = await pool.query("select from outbox where id = $1", [id])
  return known.rowCount === 1
}

// A report that comes before `settle` counts the try itself. Once a try has failed (the row waits and keeps its name), or
// a newer one is under way, late words about it change nothing. All is read off the row itself, not beside it: a report
// that has waited for another one sees what that one wrote. Only tries that failed in this way or stayed open move the
// waits on; those that a provider turned away at once have waits of their own.
const AGAIN = "(now() + (array[1, 5, 15])[doubts + 1] * interval '1 minute')"
const REPORTED = `
update outbox set
  status = case when $2 <> 'again' then $2 when ${AGAIN} is null or content is null then 'refused' else 'waiting' end,
  due_at = coalesce(case when $2 = 'again' then ${AGAIN} end, due_at),
  content = case when $2 = 'sent' or ($2 = 'again' and ${AGAIN} is not null) then content end,
  attempts = attempts + (status in ('waiting', 'unknown') and process is not null)::int, doubts = doubts + ($2 = 'again')::int, provider_id = $3, code = coalesce($4, code), process = null
where id = $1 and case status
  when 'sent' then $2 = 'delivered' or ($2 in ('refused', 'again') and coalesce(provider_id, $3) = $3)
  when 'waiting' then $2 = 'delivered' or provider_id is distinct from $3
  when 'unknown' then true
  else false end`

/** How many messages have still to leave for a contact. */
export async function pendingOf(pool: pg.Pool, conversationId: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>("select count(*)::int as n from outbox where conversation_id = $1 and status in ('waiting', 'unknown')", [conversationId])
  return rows[0]?.n ?? 0
}
