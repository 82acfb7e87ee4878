import type pg from "pg"
import { plainArray } from "./array.ts"
import { putGuest, type Guest } from "./event-guests.ts"
import { layOwn, layReminder, type DayGroup, type LaidDay } from "./campaign-days.ts"

/** What a turn changes of somebody's part in a campaign. */
export type PartStep =
  | {
      readonly type: "join"
      readonly campaign: string
      readonly channel: string
      /** Covered: where an action goes. */
      readonly where: Uint8Array
      readonly language: string
      readonly country: string
      readonly zone: string
      readonly hour: number
      readonly neutral: boolean
      readonly wording: number
    }
  | { readonly type: "change"; readonly campaign: string; readonly zone?: string; readonly hour?: number; readonly neutral?: boolean; readonly language?: string }
  | { readonly type: "leave"; readonly campaign: string }
  | { readonly type: "leave-all"; readonly why: "carrier" | "blocked" | "asked" }
  | { readonly type: "did"; readonly campaign: string; readonly day: number; readonly did: string }
  | { readonly type: "remind"; readonly campaign: string; readonly day: number }
  | ({ readonly type: "coming" } & Guest)

/** What a campaign's clock says, for whoever asks. */
export type PartClock = {
  readonly now: Date
  readonly staggerSeconds: number
  /** The dates of the first and the last day of somebody who joins now. */
  readonly span: (zone: string, hour: number) => { readonly begins: string; readonly ends: string }
  readonly days: (group: DayGroup) => readonly LaidDay[]
  readonly evening: (group: DayGroup, day: number) => LaidDay
}

/** Somebody's part in a campaign, as a turn needs to know it. */
export type PartRow = {
  readonly conversationId: string
  readonly campaign: string
  readonly language: string
  readonly country: string
  readonly zone: string
  readonly hour: number
  readonly neutral: boolean
  /** The last day whose action was sent; null before the first. */
  readonly day: number | null
  readonly done: number
}

/** Writes the steps of one conversation, in a transaction of the caller's. A campaign that isn't there any more takes none but a farewell. */
export async function takePart(
  client: pg.PoolClient,
  conversationId: string,
  steps: readonly PartStep[],
  clockOf: (campaign: string) => PartClock | undefined,
  now: Date,
): Promise<void> {
  for (const step of steps) {
    if (step.type === "leave-all") await leave(client, conversationId, undefined, step.why, now)
    else if (step.type === "leave") await leave(client, conversationId, step.campaign, "left", now)
    else if (step.type === "coming") await putGuest(client, step, now)
    else if (step.type === "did") await did(client, conversationId, step)
    else {
      const clock = clockOf(step.campaign)
      if (clock !== undefined) await change(client, conversationId, step, clock)
    }
  }
}

/** What these people take part in. */
export async function partsOf(pool: pg.Pool, conversations: readonly string[]): Promise<readonly PartRow[]> {
  const { rows } = await pool.query<PartRow>({
    name: "parts-of",
    text: `select p.conversation_id as "conversationId", p.campaign, p.language, p.country, p.zone, p.hour, p.neutral,
        max(d.day) filter (where d.status in ('queued', 'sent', 'delivered')) as day, (count(*) filter (where d.did = 'done'))::int as done
      from participant p left join campaign_day d on d.participant_id = p.id and not d.reminder
      where p.conversation_id = any ($1::uuid[]) and p.left_why is null and p."where" is not null
      group by p.id order by p.id`,
    values: [plainArray(conversations)],
  })
  return rows
}

type Own = DayGroup & { readonly id: string; readonly channel: string }
const OWN = `id, channel, country, zone, hour, begins::text as begins`

async function change(client: pg.PoolClient, conversationId: string, step: Extract<PartStep, { readonly type: "join" | "change" | "remind" }>, clock: PartClock): Promise<void> {
  const { campaign } = step
  const { now, staggerSeconds } = clock
  if (step.type === "remind") {
    const { rows } = await client.query<Own>(`select ${OWN} from participant where campaign = $1 and conversation_id = $2 and left_why is null`, [campaign, conversationId])
    for (const own of rows) await layReminder(client, { ...own, campaign }, clock.evening(own, step.day))
    return
  }
  // Held until the end, so that nobody lays out a day for all without having seen her.
  const { laying, stopped } = await standing(client, campaign, now)
  const { rows } = step.type === "join" ? await join(client, conversationId, step, clock) : await adjust(client, conversationId, step)
  if (step.type === "change" && step.zone === undefined && step.hour === undefined) return
  const past = step.type === "join" ? "joined-later" : "late"
  for (const own of rows) await layOwn(client, { ...own, campaign }, clock.days(own), { now, laying, stopped, past, staggerSeconds })
}

async function standing(client: pg.PoolClient, campaign: string, now: Date): Promise<{ readonly laying: Date; readonly stopped: boolean }> {
  await client.query("insert into campaign_switch (campaign, laid, laying) values ($1, $2, $2) on conflict (campaign) do nothing", [campaign, now])
  const { rows } = await client.query<{ laying: Date; stopped: boolean }>("select laying, state = 'stopped' as stopped from campaign_switch where campaign = $1 for share", [
    campaign,
  ])
  return rows[0] ?? { laying: now, stopped: false }
}

/** Whoever comes back within two days goes on where she would be. */
function join(client: pg.PoolClient, conversationId: string, step: Extract<PartStep, { readonly type: "join" }>, clock: PartClock) {
  const { begins, ends } = clock.span(step.zone, step.hour)
  return client.query<Own>(
    `insert into participant (campaign, conversation_id, channel, "where", language, country, zone, hour, neutral, wording, begins, ends)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    on conflict (campaign, conversation_id) do update set "where" = excluded."where", language = excluded.language, country = excluded.country, zone = excluded.zone,
      hour = excluded.hour, neutral = excluded.neutral, wording = excluded.wording, left_on = null, left_why = null
    returning ${OWN}`,
    [step.campaign, conversationId, step.channel, Buffer.from(step.where), step.language, step.country, step.zone, step.hour, step.neutral, step.wording, begins, ends],
  )
}

function adjust(client: pg.PoolClient, conversationId: string, { campaign, zone, hour, neutral, language }: Extract<PartStep, { readonly type: "change" }>) {
  return client.query<Own>(
    `update participant set zone = coalesce($3, zone), hour = coalesce($4, hour), neutral = coalesce($5, neutral), language = coalesce($6, language)
    where campaign = $1 and conversation_id = $2 and left_why is null returning ${OWN}`,
    [campaign, conversationId, zone ?? null, hour ?? null, neutral ?? null, language ?? null],
  )
}

/** Nothing more is sent: not what is due, nor what waits in the outbox. What was tried and may have arrived stays in doubt. */
async function leave(client: pg.PoolClient, conversationId: string, campaign: string | undefined, why: string, now: Date): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `update participant set "where" = null, left_why = $3, left_on = $4 where conversation_id = $1 and ($2::text is null or campaign = $2) and left_why is null returning id`,
    [conversationId, campaign ?? null, why, now],
  )
  const ids = plainArray(rows.map(({ id }) => id))
  await client.query("update campaign_day set status = 'skipped', why = 'left' where participant_id = any ($1::bigint[]) and status in ('due', 'held')", [ids])
  await client.query(
    `update outbox set status = 'refused', code = case when status = 'unknown' and attempts > 0 then 'in-doubt' else 'left' end, content = null, process = null
    where status in ('waiting', 'unknown') and id in (select outbox_id from campaign_day where participant_id = any ($1::bigint[]) and status = 'queued')`,
    [ids],
  )
}

async function did(client: pg.PoolClient, conversationId: string, { campaign, day, did: what }: Extract<PartStep, { readonly type: "did" }>): Promise<void> {
  await client.query(
    `update campaign_day d set did = $4 from participant p
    where p.campaign = $1 and p.conversation_id = $2 and p.left_why is null and d.participant_id = p.id and d.day = $3 and not d.reminder`,
    [campaign, conversationId, day, what],
  )
}
