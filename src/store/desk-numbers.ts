import type pg from "pg"

type Wait = { readonly median: number | null; readonly p90: number | null }

/** Fewer waits than this aren't summed up: they would be somebody's. */
const ENOUGH = 5
const WAIT = "extract(epoch from live_at - queued_at)"
const WAITED = "live_at >= queued_at"
const CENTILES = `case when count(*) filter (where ${WAITED}) >= ${ENOUGH} then round(percentile_cont(0.5) within group (order by ${WAIT}) filter (where ${WAITED}))::int end as median,
  case when count(*) filter (where ${WAITED}) >= ${ENOUGH} then round(percentile_cont(0.9) within group (order by ${WAIT}) filter (where ${WAITED}))::int end as p90`
const PERIOD = "asked_at >= ($1::date)::timestamp at time zone $3 and asked_at < ($2::date + 1)::timestamp at time zone $3"

/** Counts the handoffs of a period of whole days, both included, in a time zone. Waits are in seconds. */
export async function countHandoffs(pool: pg.Pool, from: string, to: string, timeZone: string) {
  const period = [from, to, timeZone]
  const ask = async <T extends object>(text: string): Promise<readonly T[]> => (await pool.query<T>(text, period)).rows
  const [total] = await ask<
    Wait & { asked: number; notPassedOn: number; queued: number; taken: number; leftQueue: number; nobodyCame: number; wentSilent: number; yes: number; little: number; no: number }
  >(
    `select count(*)::int as asked, count(*) filter (where queued_at is null and status = 'ended')::int as "notPassedOn", count(queued_at)::int as queued, count(live_at)::int as taken,
      count(*) filter (where queued_at is not null and live_at is null and ended_by = 'contact')::int as "leftQueue",
      count(*) filter (where live_at is null and ended_why = 'nobody')::int as "nobodyCame",
      count(*) filter (where live_at is not null and ended_why = 'silent')::int as "wentSilent",
      count(*) filter (where survey = 'yes')::int as yes, count(*) filter (where survey = 'little')::int as little, count(*) filter (where survey = 'no')::int as no,
      ${CENTILES} from handoff where ${PERIOD}`,
  )
  if (total === undefined) throw new Error("a count gave no row")
  const { median, p90, yes, little, no, ...counts } = total
  return {
    from,
    to,
    ...counts,
    wait: { median, p90 },
    byDay: await ask<{ day: string; asked: number; taken: number; nobodyCame: number; leftQueue: number }>(
      `with counted as (
        select (asked_at at time zone $3)::date as day, count(*)::int as asked, count(live_at)::int as taken,
          count(*) filter (where live_at is null and ended_why = 'nobody')::int as nobody,
          count(*) filter (where queued_at is not null and live_at is null and ended_by = 'contact')::int as left
        from handoff where ${PERIOD} group by 1
      ) select to_char(d, 'YYYY-MM-DD') as day, coalesce(asked, 0) as asked, coalesce(taken, 0) as taken, coalesce(nobody, 0) as "nobodyCame", coalesce(c.left, 0) as "leftQueue"
      from generate_series($1::date, $2::date, interval '1 day') as d left join counted c on c.day = d::date order by d`,
    ),
    byHour: await ask<Wait & { hour: number; queued: number }>(
      `select hour, count(q.id)::int as queued, ${CENTILES} from generate_series(0, 23) as hour
      left join (select * from handoff where ${PERIOD} and queued_at is not null) as q on extract(hour from q.queued_at at time zone $3) = hour group by hour order by hour`,
    ),
    byLanguage: await ask<Wait & { language: string; queued: number; taken: number }>(
      `select language, count(*)::int as queued, count(live_at)::int as taken, ${CENTILES} from handoff where ${PERIOD} and queued_at is not null group by language order by 2 desc, 1`,
    ),
    byChannel: await ask<{ channel: string; queued: number; taken: number }>(
      `select channel, count(*)::int as queued, count(live_at)::int as taken from handoff where ${PERIOD} and queued_at is not null group by channel order by 2 desc, 1`,
    ),
    byCounsellor: await ask<{ alias: string; taken: number; hard: number; minutes: number }>(
      `select f.alias, count(*)::int as taken, count(*) filter (where h.risk = 2)::int as hard, coalesce(round(sum(extract(epoch from h.ended_at - h.live_at)) / 60), 0)::int as minutes
      from handoff h join staff f on f.id = h.staff_id where ${PERIOD} and h.live_at is not null and h.status = 'ended' group by f.alias order by 2 desc, 1`,
    ),
    endings: await ask<{ why: string; count: number }>(
      `select ended_why as why, count(*)::int as count from handoff where ${PERIOD} and status = 'ended' and ended_why is not null group by 1 order by 2 desc, 1`,
    ),
    answers: { yes, little, no },
  }
}
