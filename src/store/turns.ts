import type pg from "pg"

/** A conversation as it stands on the shelf. Its state is covered. */
export type Shelved = { readonly version: bigint; readonly flowVersion: number; readonly state: Buffer; readonly heardAt: Date }

/** What is known of one delivery: whether it was taken before, where its conversation stands, and whether somebody else has still to send something to it. */
export type Loaded = { readonly known: boolean; readonly held: boolean; readonly shelved: Shelved | undefined }

/** All that one conversation's turns of a batch change. It lands whole or not at all. */
export type Landing = {
  readonly id: string
  /** One more than the version it was loaded at; for a new conversation any number that is no successor. */
  readonly version: bigint
  readonly flowVersion: number
  readonly state: Uint8Array
  readonly heardAt: Date
  readonly deliveries: readonly { readonly key: string; readonly providerId: string | undefined }[]
  readonly outbox: readonly NewOutboxRow[]
  readonly timers: readonly { readonly name: string; readonly dueAt: Date; readonly content: Uint8Array }[]
  /** She has left: what was still waiting to reach her from earlier turns doesn't. */
  readonly hush: boolean
}

export type NewOutboxRow = {
  readonly id: string
  readonly position: number
  readonly channel: string
  readonly content: Uint8Array
  /** Born leased to the process that wrote it, or free when an older row of the conversation is in other hands. */
  readonly process: string | null
}

/**
 * Loads what a batch of deliveries needs, in one statement; answers in the order asked.
 * @param process rows that this process itself is about to send don't count as held
 */
export async function loadTurns(pool: pg.Pool, wanted: readonly { readonly id: string; readonly key: string }[], process: string): Promise<readonly Loaded[]> {
  const { rows } = await pool.query<LoadedRow>({
    name: "load-turns",
    text: LOAD,
    values: [wanted.map(({ id }) => id), wanted.map(({ key }) => key), process],
  })
  return rows.map(({ known, held, version, flow_version, state, heard_at }) => ({
    known,
    held,
    shelved: version === null ? undefined : { version: BigInt(version), flowVersion: flow_version, state, heardAt: heard_at },
  }))
}

type LoadedRow = {
  readonly known: boolean
  readonly held: boolean
  readonly version: string | null
  readonly flow_version: number
  readonly state: Buffer
  readonly heard_at: Date
}

const LOAD = `
select d.key is not null as known, c.version, c.flow_version, c.state, c.heard_at,
  c.version is not null and exists (
    select from outbox o where o.conversation_id = i.id and o.status in ('waiting', 'unknown') and o.process is distinct from $3::uuid
  ) as held
from unnest($1::uuid[], $2::uuid[]) with ordinality as i(id, key, n)
left join conversation c on c.id = i.id
left join delivery d on d.conversation_id = i.id and d.key = i.key
order by i.n`

/**
 * Writes a batch in one statement and tells which conversations landed. One that lost to another process (its version
 * has moved on) leaves no row of any kind; its turns are taken again. Conversations are written in the order of their
 * ids, so that two processes never wait for each other in a circle.
 */
export async function landTurns(pool: pg.Pool, batch: readonly Landing[]): Promise<ReadonlySet<string>> {
  const sorted = [...batch].sort((a, b) => (a.id < b.id ? -1 : 1))
  const deliveries = sorted.flatMap(({ id, deliveries: taken }) => taken.map((delivery) => ({ id, ...delivery })))
  const outbox = sorted.flatMap(({ id, version, outbox: rows }) => rows.map((row) => ({ conversation: id, turn: version, ...row })))
  const timers = sorted.flatMap(({ id, version, timers: waits }) => waits.map((wait) => ({ conversation: id, turn: version, ...wait })))
  const hushed = sorted.filter(({ hush }) => hush)
  const { rows } = await pool.query<{ id: string }>({
    name: "land-turns",
    text: LAND,
    values: [
      sorted.map(({ id }) => id),
      sorted.map(({ version }) => version),
      sorted.map(({ flowVersion }) => flowVersion),
      bytes(sorted.map(({ state }) => state)),
      sorted.map(({ heardAt }) => heardAt),
      deliveries.map(({ id }) => id),
      deliveries.map(({ key }) => key),
      deliveries.map(({ providerId }) => providerId ?? null),
      outbox.map(({ id }) => id),
      outbox.map(({ conversation }) => conversation),
      outbox.map(({ turn }) => turn),
      outbox.map(({ position }) => position),
      outbox.map(({ channel }) => channel),
      bytes(outbox.map(({ content }) => content)),
      outbox.map(({ process }) => process),
      timers.map(({ conversation }) => conversation),
      timers.map(({ turn }) => turn),
      timers.map(({ name }) => name),
      timers.map(({ dueAt }) => dueAt),
      bytes(timers.map(({ content }) => content)),
      hushed.map(({ id }) => id),
      hushed.map(({ version }) => version),
    ],
  })
  return new Set(rows.map(({ id }) => id))
}

const LAND = `
with landed as (
  insert into conversation as c (id, version, flow_version, state, heard_at)
  select i.id, i.version, i.flow_version, i.state, i.heard_at
  from unnest($1::uuid[], $2::bigint[], $3::int[], $4::bytea[], $5::timestamptz[]) as i(id, version, flow_version, state, heard_at)
  on conflict (id) do update
  set version = excluded.version, flow_version = excluded.flow_version, state = excluded.state, heard_at = excluded.heard_at
  where c.version = excluded.version - 1
  returning id
), taken as (
  insert into delivery (conversation_id, key, provider_id)
  select i.id, i.key, i.provider_id from unnest($6::uuid[], $7::uuid[], $8::text[]) as i(id, key, provider_id)
  where i.id = any (array(select id from landed))
), said as (
  insert into outbox (id, conversation_id, turn, position, channel, status, process, due_at, content)
  select i.id, i.conversation_id, i.turn, i.position, i.channel, 'waiting', i.process, now(), i.content
  from unnest($9::uuid[], $10::uuid[], $11::bigint[], $12::smallint[], $13::text[], $14::bytea[], $15::uuid[])
    as i(id, conversation_id, turn, position, channel, content, process)
  where i.conversation_id = any (array(select id from landed))
), waiting as (
  insert into timer (conversation_id, turn, name, due_at, content)
  select i.conversation_id, i.turn, i.name, i.due_at, i.content
  from unnest($16::uuid[], $17::bigint[], $18::text[], $19::timestamptz[], $20::bytea[]) as i(conversation_id, turn, name, due_at, content)
  where i.conversation_id = any (array(select id from landed))
), hushed as (
  update outbox o set status = 'refused', code = 'left', content = null, process = null
  from unnest($21::uuid[], $22::bigint[]) as i(id, turn)
  where o.conversation_id = i.id and o.turn < i.turn and o.status in ('waiting', 'unknown')
    and i.id = any (array(select id from landed))
)
select id from landed`

/** An array of covered bytes as PostgreSQL's array literal; the driver's own way copies each one three times. */
export function bytes(list: readonly (Uint8Array | null)[]): string {
  return `{${list.map((one) => (one === null ? "null" : `"\\\\x${Buffer.from(one.buffer, one.byteOffset, one.byteLength).toString("hex")}"`)).join(",")}}`
}
