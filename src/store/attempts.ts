import type { Store } from "./pool.ts"

/** How many failures are free, and how long at most the next try has to wait after more. */
export type Patience = { readonly free: number; readonly mostSeconds: number }

/** Whether a try may go on. `failures` counts this one already, until it turns out well. */
export type Attempt = { readonly goes: true; readonly failures: number } | { readonly goes: false; readonly until: Date }

/**
 * Asks for one try under a key, and counts it as failed at once: a hundred at the same moment are a hundred. After
 * the free ones the next has to wait ten seconds, and each further one twice as long. A day without a try forgets.
 */
export async function attempt({ pool }: Store, key: string, now: Date, { free, mostSeconds }: Patience): Promise<Attempt> {
  const { rows } = await pool.query<{ failures: number }>(
    // A free try leaves `until` well in the past: of two at the same moment, the one whose clock was read first may come second.
    `insert into attempt (key, failures, until, at) values ($1, 1, $2::timestamptz - interval '1 day', $2)
     on conflict (key) do update set
       failures = case when attempt.at < $2::timestamptz - interval '1 day' then 1 else attempt.failures + 1 end,
       until = case when attempt.failures + 1 < $3::int or attempt.at < $2::timestamptz - interval '1 day' then $2::timestamptz - interval '1 day'
         else $2::timestamptz + make_interval(secs => least($4::float8, 10 * power(2, least(30, attempt.failures + 1 - $3::int)))) end,
       at = $2
     where attempt.until <= $2
     returning failures`,
    [key, now, free, mostSeconds],
  )
  const row = rows[0]
  if (row !== undefined) return { goes: true, failures: row.failures }
  const { rows: waiting } = await pool.query<{ until: Date }>("select until from attempt where key = $1", [key])
  return { goes: false, until: waiting[0]?.until ?? now }
}

/** Forgets what a key has failed; tells how often it had. */
export async function forgive({ pool }: Store, key: string): Promise<number> {
  const { rows } = await pool.query<{ failures: number }>("delete from attempt where key = $1 returning failures", [key])
  return rows[0]?.failures ?? 0
}

/** Takes back what one try counted; what failed before it still counts. */
export async function uncount({ pool }: Store, key: string): Promise<void> {
  await pool.query("update attempt set failures = greatest(failures - 1, 0), until = at - interval '1 day' where key = $1", [key])
}

/** Whether something is seen for the first time within a while; the second time it isn't. */
export async function firstTime({ pool }: Store, key: string, now: Date, forMs: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    "insert into attempt (key, failures, until, at) values ($1, 0, $3, $2) on conflict (key) do update set until = $3, at = $2 where attempt.until <= $2",
    [key, now, new Date(now.getTime() + forMs)],
  )
  return rowCount === 1
}
