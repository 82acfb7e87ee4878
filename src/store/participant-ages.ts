import type { Prisma } from "./generated/client.ts"
import type { Store } from "./pool.ts"

type Db = Pick<Prisma.TransactionClient, "$executeRawUnsafe" | "$queryRawUnsafe">

const DAY_MS = 24 * 3600_000
/** After the last day, an action may still be on its way for a day, and somewhere the date is another. */
const WHERE_DAYS = 2
/** Until then somebody who left and comes back isn't sent the same day's action twice. */
const LEFT_DAYS = 2
/** What an organiser may look at day by day is kept as long after the last day; then there are numbers. */
const ROWS_DAYS = 30
/** People in one round of the sweep. */
const PORTION = 20_000

/** Erases all of somebody's parts in campaigns; what became of them stays as numbers. Tells how many they were. */
export async function forgetParts(db: Db, conversationId: string): Promise<number> {
  return erase(db, "conversation_id = $1::uuid", conversationId)
}

/** Erases where actions went once that is over, and participations that ended a month ago; tells how many of each. */
export async function sweepParts({ prisma }: Store, now: Date): Promise<Readonly<Record<string, number>>> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 10)
  const wheres = await prisma.$executeRawUnsafe(`update participant set "where" = null where "where" is not null and ends < $1::date`, before(WHERE_DAYS))
  await prisma.$executeRawUnsafe("update participant set conversation_id = null where conversation_id is not null and left_on < $1::date", before(LEFT_DAYS))
  const gone = await prisma.$transaction((tx) => erase(tx, `id in (select id from participant where ends < $1::date limit ${PORTION})`, before(ROWS_DAYS)), { timeout: 60_000 })
  return { "participant.where": wheres, participant: gone }
}

/** What had still to come when a row goes, she has left. */
async function erase(db: Db, which: string, value: string): Promise<number> {
  const [row] = await db.$queryRawUnsafe<{ n: number }[]>(
    `with gone as (
      delete from participant where ${which} returning id, campaign, channel, language, begins, left_on, left_why
    ), days as (
      delete from campaign_day d using gone g where d.participant_id = g.id
      returning d.campaign, d.day, d.channel, g.language, case when d.status in ('due', 'held', 'queued') then 'skipped' else d.status end as status,
        case when d.status in ('due', 'held', 'queued') then 'left' else d.why end as why, d.did, d.reminder
    ), told as (
      select campaign, day, channel, language, status || case when status = 'skipped' then ':' || why else '' end as what from days where not reminder
      union all select campaign, day, channel, language, did from days where did = 'done' and not reminder
      union all select campaign, greatest(left_on - begins + 1, 0), channel, language, 'left' from gone where left_why is not null
    ), counted as (
      insert into campaign_count as c (campaign, day, channel, language, what, count)
      select campaign, day, channel, language, what, count(*) from told group by 1, 2, 3, 4, 5
      on conflict (campaign, day, channel, language, what) do update set count = c.count + excluded.count
    )
    select count(*)::int as n from gone`,
    value,
  )
  return row?.n ?? 0
}
