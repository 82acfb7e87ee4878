import type pg from "pg"
import { dateArray, plainArray, textArray } from "./array.ts"
import { inTransaction } from "./transaction.ts"

/** One day of some people: when it is due, until when it is good, and why it isn't sent once that has passed. */
export type LaidDay = { readonly day: number; readonly due: number; readonly until: number; readonly why: string }

/** People whose days are due at the same moments. */
export type DayGroup = { readonly country: string; readonly zone: string; readonly hour: number; readonly begins: string }

/** One row of the ledger. */
export type DayKey = { readonly participantId: string; readonly day: number; readonly reminder: boolean }

/** A row that is due, and whose it is. */
export type DueRow = DayKey & {
  readonly until: Date
  /** How often it came back from the outbox. */
  readonly returns: number
  readonly where: Uint8Array
  readonly language: string
  readonly country: string
  readonly neutral: boolean
  /** She has written on this channel within the last 24 hours. */
  readonly spoke: boolean
}

/** Whoever took a row and wasn't heard of since has lost it. */
const TAKEN_SECONDS = 60

/** So much later than the hour a row is due: spread by who it is, the same every day. The parameter is the spread in seconds. */
const staggered = (due: string, id: string, seconds: string) => `${due} + (hashint8(${id}) & 2147483647) % greatest(${seconds}::int, 1) * interval '1 second'`

/** The groups that a campaign's participants fall into. */
export async function dayGroups(pool: Pick<pg.Pool, "query">, campaign: string): Promise<readonly (DayGroup & { readonly people: number })[]> {
  return (await pool.query<DayGroup & { readonly people: number }>(GROUPS, [campaign])).rows
}

/** The same, as it is asked for. */
export const GROUPS = "select country, zone, hour, begins::text as begins, count(*)::int as people from participant where campaign = $1 group by 1, 2, 3, 4"

/** Makes the rows of everybody in these groups, in one statement; what is there already stays. Tells how many it made. */
export async function layDays(pool: pg.Pool, campaign: string, days: readonly (DayGroup & LaidDay)[], staggerSeconds: number): Promise<number> {
  return inTransaction(pool, async (client) => {
    await client.query(`set local statement_timeout = ${LONG_MS}`)
    const { rowCount } = await client.query({
      text: LAY,
      values: [
        campaign,
        textArray(days.map(({ country }) => country)),
        textArray(days.map(({ zone }) => zone)),
        plainArray(days.map(({ hour }) => hour)),
        textArray(days.map(({ begins }) => begins)),
        ...columnsOf(days),
        staggerSeconds,
      ],
      query_timeout: LONG_MS,
    } as pg.QueryConfig)
    return rowCount ?? 0
  })
}

/** A day of a million people takes a while. */
const LONG_MS = 300_000

const columnsOf = (days: readonly LaidDay[]) => [
  plainArray(days.map(({ day }) => day)),
  dateArray(days.map(({ due }) => new Date(due))),
  dateArray(days.map(({ until }) => new Date(until))),
  textArray(days.map(({ why }) => why)),
]

const LAY = `
insert into campaign_day (participant_id, day, campaign, channel, status, why, due_at, until)
select p.id, g.day, p.campaign, p.channel,
  case when p.left_why is not null or s.state = 'stopped' or g.until <= g.due then 'skipped' else 'due' end,
  case when p.left_why is not null then 'left' when s.state = 'stopped' then 'stopped' else g.why end,
  ${staggered("g.due", "p.id", "$10")}, g.until
from unnest($2::text[], $3::text[], $4::smallint[], $5::date[], $6::smallint[], $7::timestamptz[], $8::timestamptz[], $9::text[])
  as g(country, zone, hour, begins, day, due, until, why)
join participant p on p.campaign = $1 and p.zone = g.zone and p.hour = g.hour and p.begins = g.begins and p.country = g.country
join campaign_switch s on s.campaign = p.campaign
on conflict do nothing`

/**
 * Makes or moves the rows of one participant, from all her days: those that everybody has by now, those whose moment is past
 * (skipped, for the reason in `past`), and those that she has already and that aren't served. What is served stays.
 */
export async function layOwn(
  client: pg.PoolClient,
  { id, campaign, channel }: { readonly id: string; readonly campaign: string; readonly channel: string },
  days: readonly LaidDay[],
  { now, laying, stopped, past, staggerSeconds }: { readonly now: Date; readonly laying: Date; readonly stopped: boolean; readonly past: string; readonly staggerSeconds: number },
): Promise<void> {
  await client.query(LAY_OWN, [id, campaign, channel, now, laying, stopped, past, staggerSeconds, ...columnsOf(days)])
}

const LAY_OWN = `
insert into campaign_day as d (participant_id, day, campaign, channel, status, why, due_at, until)
select $1, i.day, $2, $3,
  case when $6 or i.due <= $4 or i.until <= i.due then 'skipped' else 'due' end,
  case when $6 then 'stopped' when i.due <= $4 then $7 else i.why end,
  ${staggered("i.due", "$1::bigint", "$8")}, i.until
from unnest($9::smallint[], $10::timestamptz[], $11::timestamptz[], $12::text[]) as i(day, due, until, why)
where i.due <= greatest($4::timestamptz, $5::timestamptz)
  or exists (select from campaign_day known where known.participant_id = $1 and known.day = i.day and not known.reminder)
on conflict (participant_id, day, reminder) do update set status = excluded.status, why = excluded.why, due_at = excluded.due_at, until = excluded.until
where d.status in ('due', 'held') or (d.status = 'skipped' and d.why = 'left' and excluded.status = 'due')`

/** Makes the row of a reminder; there already, it stays. */
export async function layReminder(
  client: pg.PoolClient,
  { id, campaign, channel }: { readonly id: string; readonly campaign: string; readonly channel: string },
  one: LaidDay,
): Promise<void> {
  await client.query(
    `insert into campaign_day (participant_id, day, reminder, campaign, channel, status, why, due_at, until)
    values ($1, $2, true, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [id, one.day, campaign, channel, one.until <= one.due ? "skipped" : "due", one.why, new Date(one.due), new Date(one.until)],
  )
}

/**
 * Takes rows that are due, oldest first, so many at most; whose time is over is skipped instead. What was taken comes again
 * in a minute unless its turn has landed, or it was held.
 */
export async function takeDue(pool: pg.Pool, campaign: string, channel: string, now: Date, limit: number): Promise<readonly DueRow[]> {
  const { rows } = await pool.query<TakenRow>({ name: "take-due", text: TAKE, values: [campaign, channel, now, limit] })
  return rows.flatMap(({ participant_id: participantId, status, where, ...row }) => (status === "skipped" || where === null ? [] : [{ participantId, where, ...row }]))
}

type TakenRow = Omit<DueRow, "participantId" | "where"> & { readonly participant_id: string; readonly status: string; readonly where: Buffer | null }

const TAKE = `
with taken as (
  select participant_id, day, reminder from campaign_day
  where campaign = $1 and channel = $2 and status in ('due', 'held') and due_at <= $3
  order by due_at limit $4 for update skip locked
)
update campaign_day d set due_at = $3::timestamptz + interval '${TAKEN_SECONDS} seconds',
  status = case when d.until <= $3 or p."where" is null then 'skipped' else d.status end,
  why = case when p."where" is null then 'left' else d.why end
from taken t join participant p on p.id = t.participant_id
where d.participant_id = t.participant_id and d.day = t.day and d.reminder = t.reminder
returning d.participant_id, d.day, d.reminder, d.status, d.until, d.returns, p."where", p.language, p.country, p.neutral,
  d.channel = 'whatsapp' and exists (
    select from delivery s where s.conversation_id = p.conversation_id and s.provider_id is not null and s.at > $3::timestamptz - interval '24 hours'
  ) as spoke`

const keysOf = (keys: readonly DayKey[]) => [
  plainArray(keys.map(({ participantId }) => participantId)),
  plainArray(keys.map(({ day }) => day)),
  plainArray(keys.map(({ reminder }) => reminder)),
]
const KEYS = "unnest($1::bigint[], $2::smallint[], $3::boolean[]) as i(participant_id, day, reminder)"
const SAME = "d.participant_id = i.participant_id and d.day = i.day and d.reminder = i.reminder"

/** Rows whose people were busy: they are taken again then. */
export async function holdDays(pool: pg.Pool, keys: readonly DayKey[], again: Date): Promise<void> {
  await pool.query(`update campaign_day d set status = 'held', due_at = $4 from ${KEYS} where ${SAME} and d.status in ('due', 'held')`, [...keysOf(keys), again])
}

/** Rows that can't be sent, each with its reason. */
export async function skipDays(pool: pg.Pool, keys: readonly DayKey[], whys: readonly string[]): Promise<void> {
  await pool.query(
    `update campaign_day d set status = 'skipped', why = i.why from unnest($1::bigint[], $2::smallint[], $3::boolean[], $4::text[]) as i(participant_id, day, reminder, why)
    where ${SAME} and d.status in ('due', 'held')`,
    [...keysOf(keys), textArray(whys)],
  )
}

/** Skips what was never taken in its time, and what a stopped campaign had still to send; so many at most, and tells how many. */
export async function skipOver(pool: pg.Pool, now: Date, channels: readonly string[], limit: number): Promise<number> {
  const { rowCount } = await pool.query(
    `with over as (
      select d.participant_id, d.day, d.reminder, s.state from campaign_switch s join campaign_day d on d.campaign = s.campaign
      where d.status in ('due', 'held') and (s.state = 'stopped' or (d.until <= $1 and d.due_at <= $1::timestamptz + interval '1 day'))
      limit $3 for update of d skip locked
    )
    update campaign_day d set status = 'skipped',
      why = case when i.state = 'stopped' then 'stopped' when d.channel = any ($2::text[]) then d.why else 'channel-off' end
    from over i where ${SAME}`,
    [now, textArray(channels), limit],
  )
  return rowCount ?? 0
}

/** Locks the rows of actions that are about to land, and tells which of them may: those that still wait for it. */
export async function lockDays(client: pg.PoolClient, keys: readonly DayKey[]): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ participant_id: string; day: number; reminder: boolean }>({
    name: "lock-days",
    text: `select d.participant_id, d.day, d.reminder from ${KEYS} join campaign_day d on ${SAME} where d.status in ('due', 'held')
      order by d.participant_id, d.day, d.reminder for update of d`,
    values: keysOf(keys),
  })
  return new Set(rows.map(({ participant_id: participantId, day, reminder }) => nameOf({ participantId, day, reminder })))
}

/** A row's name. */
export function nameOf({ participantId, day, reminder }: DayKey): string {
  return `${participantId}:${day}${reminder ? ":again" : ""}`
}

/** Notes that rows are in the outbox now, and under which name. */
export async function queueDays(client: pg.PoolClient, days: readonly (DayKey & { readonly outboxId: string })[]): Promise<void> {
  await client.query({
    name: "queue-days",
    text: `update campaign_day d set status = 'queued', why = null, outbox_id = i.outbox_id
      from unnest($1::bigint[], $2::smallint[], $3::boolean[], $4::uuid[]) as i(participant_id, day, reminder, outbox_id) where ${SAME}`,
    values: [...keysOf(days), plainArray(days.map(({ outboxId }) => outboxId))],
  })
}

/**
 * Carries what became of messages to the ledger, in one statement; tells how many rows it changed. What a pause called back is
 * due again. A message that is no longer in the outbox, and of which nothing was known, is called lost. One that was called
 * back when she left may have been under way: what is known of that later counts.
 */
export async function carryFates(pool: Pick<pg.Pool, "query">): Promise<number> {
  const { rowCount } = await pool.query({ name: "carry-fates", text: CARRY })
  return rowCount ?? 0
}

const CARRY = `
update campaign_day d set
  status = case
    when o.status is null then case d.status when 'queued' then 'refused' else d.status end
    when o.status = 'refused' and o.code = 'paused' then 'due'
    when o.status = 'refused' and o.code in ('late', 'left', 'stopped') then 'skipped'
    else o.status end,
  why = case
    when o.status is null then case d.status when 'queued' then 'lost' else d.why end
    when o.status = 'refused' and o.code = 'paused' then 'late'
    when o.status = 'refused' then o.code end,
  returns = d.returns + coalesce(o.status = 'refused' and o.code = 'paused', false)::int,
  outbox_id = case when (o.status = 'sent' and o.content is not null) or (o.status = 'refused' and o.code = 'left' and o.attempts > 0) then d.outbox_id end
from campaign_day k left join outbox o on o.id = k.outbox_id
where k.outbox_id is not null and d.participant_id = k.participant_id and d.day = k.day and d.reminder = k.reminder and d.outbox_id = k.outbox_id
  and (o.status is null or o.status = 'delivered' or (o.status = 'refused' and (d.status in ('queued', 'sent') or (d.status = 'skipped' and o.code = 'in-doubt'))) or (o.status = 'sent' and (d.status <> 'sent' or o.content is null)))`
