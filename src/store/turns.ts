import type pg from "pg"
import { bytesArray, dateArray, plainArray, textArray } from "./array.ts"
import type { DeskStep } from "./desk-turns.ts"
import { columnsOf, settling, type Fated } from "./outbox.ts"

/** A conversation as it stands on the shelf. Its state is covered. */
export type Shelved = { readonly version: bigint; readonly state: Uint8Array }

/** What is known of one delivery: whether it was taken before, and where its conversation stands. */
export type Loaded = { readonly known: boolean; readonly shelved: Shelved | undefined }

/** All that one conversation's turns of a batch change. It lands whole or not at all. */
export type Landing = {
  readonly id: string
  /** Nobody has it on the shelf yet. */
  readonly begins: boolean
  /** One more than the version it was loaded at; for a new conversation any number that is no successor. */
  readonly version: bigint
  readonly flowVersion: number
  readonly state: Uint8Array
  readonly heardAt: Date
  readonly deliveries: readonly { readonly key: string; readonly providerId: string | undefined }[]
  readonly outbox: readonly NewOutboxRow[]
  readonly timers: readonly { readonly name: string; readonly dueAt: Date; readonly content: Uint8Array }[]
  /** She has left: what was still waiting to reach her from earlier turns doesn't, nor does what might be sent again. */
  readonly hush: boolean
  /** She has just written, so her phone is reachable: what waits for a later try is tried now, and nothing waits behind it. */
  readonly reachable: boolean
  /** What happens at the desk; a landing with any goes through `landAtDesk`. */
  readonly desk: readonly DeskStep[]
}

export type NewOutboxRow = { readonly id: string; readonly position: number; readonly channel: string; readonly content: Uint8Array }

/** Loads what a batch of deliveries needs, in one statement; answers in the order asked. */
export async function loadTurns(pool: pg.Pool, wanted: readonly { readonly id: string; readonly key: string }[]): Promise<readonly Loaded[]> {
  const { rows } = await pool.query<LoadedRow>({
    name: "load-turns",
    text: LOAD,
    values: [plainArray(wanted.map(({ id }) => id)), plainArray(wanted.map(({ key }) => key))],
  })
  return rows.map(({ known, version, state }) => ({ known, shelved: version === null ? undefined : { version: BigInt(version), state } }))
}

type LoadedRow = { readonly known: boolean; readonly version: string | null; readonly state: Buffer }

const LOAD = `
select d.key is not null as known, c.version, c.state
from unnest($1::uuid[], $2::uuid[]) with ordinality as i(id, key, n)
left join conversation c on c.id = i.id
left join delivery d on d.conversation_id = i.id and d.key = i.key
order by i.n`

/**
 * Writes a batch in one statement, with the fates of what has left meanwhile. Tells which conversations landed, and of
 * each whether somebody else has still to send something to it: then its new rows are free instead of leased to
 * `process`, and follow in their turn. A conversation doesn't land when its version has moved on, when it is no longer
 * there, or when one of its deliveries was taken before; then it leaves no row of any kind, and its turns are taken
 * again. Conversations are written in the order of their ids, so that two processes never wait for each other in a circle.
 */
export async function landTurns(
  pool: Pick<pg.Pool, "query">,
  batch: readonly Landing[],
  fates: readonly Fated[],
  process: string,
): Promise<ReadonlyMap<string, { readonly held: boolean }>> {
  const sorted = [...batch].sort((a, b) => (a.id < b.id ? -1 : 1))
  const deliveries = sorted.flatMap(({ id, deliveries: taken }) => taken.map((delivery) => ({ id, ...delivery })))
  const outbox = sorted.flatMap(({ id, version, outbox: rows }) => rows.map((row) => ({ conversation: id, turn: version, ...row })))
  const timers = sorted.flatMap(({ id, version, timers: waits }) => waits.map((wait) => ({ conversation: id, turn: version, ...wait })))
  const hushed = sorted.filter(({ hush }) => hush)
  const { rows } = await pool.query<{ id: string; held: boolean }>({
    name: "land-turns",
    text: LAND,
    values: [
      plainArray(sorted.map(({ id }) => id)),
      plainArray(sorted.map(({ begins }) => begins)),
      plainArray(sorted.map(({ version }) => version)),
      plainArray(sorted.map(({ flowVersion }) => flowVersion)),
      bytesArray(sorted.map(({ state }) => state)),
      dateArray(sorted.map(({ heardAt }) => heardAt)),
      plainArray(deliveries.map(({ id }) => id)),
      plainArray(deliveries.map(({ key }) => key)),
      textArray(deliveries.map(({ providerId }) => providerId ?? null)),
      plainArray(outbox.map(({ id }) => id)),
      plainArray(outbox.map(({ conversation }) => conversation)),
      plainArray(outbox.map(({ turn }) => turn)),
      plainArray(outbox.map(({ position }) => position)),
      textArray(outbox.map(({ channel }) => channel)),
      bytesArray(outbox.map(({ content }) => content)),
      process,
      plainArray(timers.map(({ conversation }) => conversation)),
      plainArray(timers.map(({ turn }) => turn)),
      textArray(timers.map(({ name }) => name)),
      dateArray(timers.map(({ dueAt }) => dueAt)),
      bytesArray(timers.map(({ content }) => content)),
      plainArray(hushed.map(({ id }) => id)),
      ...columnsOf(fates),
      plainArray(sorted.filter(({ reachable }) => reachable).map(({ id }) => id)),
    ],
  })
  return new Map(rows.map(({ id, held }) => [id, { held }]))
}

// A version is only ever moved by its successor: a place remembered from an earlier turn, or a row deleted meanwhile,
// changes nothing here and is loaded again. `hushed` sees the rows of earlier turns only: what this very statement says isn't
// there yet when it looks. A row whose fate comes along is past being called back.
const LAND = `
with seen as (
  select d.conversation_id as id
  from unnest($7::uuid[], $8::uuid[]) as i(id, key) join delivery d on d.conversation_id = i.id and d.key = i.key
), moved as (
  update conversation c
  set version = i.version, flow_version = i.flow_version, state = i.state, heard_at = i.heard_at
  from unnest($1::uuid[], $2::boolean[], $3::bigint[], $4::int[], $5::bytea[], $6::timestamptz[]) as i(id, begins, version, flow_version, state, heard_at)
  where not i.begins and c.id = i.id and c.version = i.version - 1 and not i.id = any (array(select id from seen))
  returning c.id
), begun as (
  insert into conversation (id, version, flow_version, state, heard_at)
  select i.id, i.version, i.flow_version, i.state, i.heard_at
  from unnest($1::uuid[], $2::boolean[], $3::bigint[], $4::int[], $5::bytea[], $6::timestamptz[]) as i(id, begins, version, flow_version, state, heard_at)
  where i.begins and not i.id = any (array(select id from seen))
  on conflict (id) do nothing
  returning id
), landed as materialized (
  select l.id, exists (
    select from outbox o where o.conversation_id = l.id and o.status in ('waiting', 'unknown') and o.process is distinct from $16::uuid
  ) as held
  from (select id from moved union all select id from begun) as l
), taken as (
  insert into delivery (conversation_id, key, provider_id)
  select i.id, i.key, i.provider_id from unnest($7::uuid[], $8::uuid[], $9::text[]) as i(id, key, provider_id)
  where i.id = any (array(select id from landed))
), said as (
  insert into outbox (id, conversation_id, turn, position, channel, status, process, due_at, content)
  select i.id, i.conversation_id, i.turn, i.position, i.channel, 'waiting',
    case when i.conversation_id = any (array(select id from landed where held)) then null else $16::uuid end, now(), i.content
  from unnest($10::uuid[], $11::uuid[], $12::bigint[], $13::smallint[], $14::text[], $15::bytea[])
    as i(id, conversation_id, turn, position, channel, content)
  where i.conversation_id = any (array(select id from landed))
), waiting as (
  insert into timer (conversation_id, turn, name, due_at, content)
  select i.conversation_id, i.turn, i.name, i.due_at, i.content
  from unnest($17::uuid[], $18::bigint[], $19::text[], $20::timestamptz[], $21::bytea[]) as i(conversation_id, turn, name, due_at, content)
  where i.conversation_id = any (array(select id from landed))
), settled as (
  ${settling(23)}
), hushed as (
  update outbox o set status = case when o.status = 'sent' then 'sent' else 'refused' end,
    code = case when o.status = 'sent' then o.code when o.status = 'unknown' and o.attempts > 0 then 'in-doubt' else 'left' end, content = null, process = null
  from unnest($22::uuid[]) as i(id)
  where o.conversation_id = i.id and (o.status in ('waiting', 'unknown') or o.status = 'resting' or (o.status = 'sent' and o.content is not null))
    and i.id = any (array(select id from landed)) and not o.id = any ($23::uuid[])
), hastened as (
  update outbox o set due_at = now()
  from unnest($31::uuid[]) as i(id)
  where o.conversation_id = i.id and o.status = 'waiting' and o.process is null and o.due_at > now()
    and i.id = any (array(select id from landed where held)) and not i.id = any ($22::uuid[])
)
select id, held from landed`
