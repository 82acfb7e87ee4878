import type pg from "pg"
import { plainArray, textArray } from "./array.ts"
import { GROUPS, type DayGroup } from "./campaign-days.ts"
import { longLook } from "./long-look.ts"

/** How many of a day stand how; `why` only where something was skipped. */
export type DayCount = { readonly day: number; readonly status: string; readonly why: string | null; readonly count: number }

/** What became of a campaign's days so far, and of how many people. */
export type Account = {
  /** Of those who take part or did, and of those whose rows are erased. */
  readonly days: readonly DayCount[]
  readonly people: { readonly joined: number; readonly left: number; readonly erased: number }
  /** How many rows aren't there, of days that each person should have by now. Anything but 0 is a fault of the house. */
  readonly missing: number
}

/**
 * Accounts for every person and day, at one moment of the database.
 * @param daysBy how many days such people should have a row for, by the moment until which days are laid out
 */
export function accountOf(pool: pg.Pool, campaign: string, daysBy: (group: DayGroup, laid: Date) => number): Promise<Account> {
  return longLook(pool, async (ask) => {
    const days = await ask<DayCount>(DAYS, [campaign])
    const [people] = await ask<Account["people"]>(PEOPLE, [campaign])
    const [standing] = await ask<{ laid: Date }>("select laid from campaign_switch where campaign = $1", [campaign])
    const groups = standing === undefined ? [] : await ask<DayGroup & { people: number }>(GROUPS, [campaign])
    const due = groups.map((group) => ({ ...group, days: standing === undefined ? 0 : daysBy(group, standing.laid) }))
    const [there] = await ask<{ rows: number }>(THERE, [
      campaign,
      textArray(due.map(({ country }) => country)),
      textArray(due.map(({ zone }) => zone)),
      plainArray(due.map(({ hour }) => hour)),
      textArray(due.map(({ begins }) => begins)),
      plainArray(due.map((group) => group.days)),
    ])
    const wanted = due.reduce((sum, group) => sum + group.people * group.days, 0)
    return { days, people: people ?? { joined: 0, left: 0, erased: 0 }, missing: wanted - (there?.rows ?? 0) }
  })
}

const DAYS = `
select day, status, why, sum(count)::int as count from (
  select day, status, case status when 'skipped' then why end as why, count(*) as count from campaign_day where campaign = $1 and not reminder group by 1, 2, 3
  union all select day, split_part(what, ':', 1), nullif(split_part(what, ':', 2), ''), count from campaign_count where campaign = $1 and what not in ('done', 'left')
) as days group by 1, 2, 3 order by 1, 2, 3`
const PEOPLE = `
select count(*)::int as joined, (count(*) filter (where left_why is not null))::int as left,
  coalesce((select sum(count) from campaign_count where campaign = $1 and day = 1 and what not in ('done', 'left')), 0)::int as erased
from participant where campaign = $1`
const THERE = `
select count(*)::float8 as rows from unnest($2::text[], $3::text[], $4::smallint[], $5::date[], $6::int[]) as g(country, zone, hour, begins, days)
join participant p on p.campaign = $1 and p.zone = g.zone and p.hour = g.hour and p.begins = g.begins and p.country = g.country
join campaign_day d on d.participant_id = p.id and d.day <= g.days and not d.reminder`
