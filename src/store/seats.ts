import type pg from "pg"

/** How many hard chats in a row before a pause, and how long the pause is. */
export type Care = { readonly hardInARow: number; readonly coolSeconds: number }

type Db = Pick<pg.Pool, "query">

/** For how long whoever does something at the desk is taken to be there. */
const HERE_MS = 90_000

/**
 * Says that somebody is there until then; never shortens what was said before. Whoever was gone in between isn't
 * available again by that alone.
 */
export async function here(db: Db, staffId: string, now: Date, until = new Date(now.getTime() + HERE_MS)): Promise<void> {
  await db.query({
    name: "here",
    text: `insert into seat (staff_id, here_until, free_since) values ($1, $3, $2)
      on conflict (staff_id) do update set here_until = greatest(seat.here_until, excluded.here_until),
        presence = case when seat.here_until < $2 then 'away' else seat.presence end`,
    values: [staffId, now, until],
  })
}

/** Sets what somebody says of herself: available, on a break, away. */
export async function setPresence(pool: pg.Pool, staffId: string, presence: string, now: Date, until: Date): Promise<void> {
  await pool.query(
    `with one as (insert into seat (staff_id, presence, here_until, free_since) values ($1, $2, $4, $3)
      on conflict (staff_id) do update set presence = $2, here_until = greatest(seat.here_until, excluded.here_until),
        free_since = case when seat.presence = 'available' then seat.free_since else $3 end)
    select pg_notify('desk', '')`,
    [staffId, presence, now, until],
  )
}

/** The debrief after a hard chat is done. */
export async function clearDebrief(pool: pg.Pool, staffId: string): Promise<void> {
  await pool.query("with one as (update seat set debrief = false where staff_id = $1) select pg_notify('desk', '')", [staffId])
}

/** Somebody isn't there: nothing comes to her by itself until she says otherwise. */
export async function setAway(client: pg.PoolClient, staffId: string): Promise<void> {
  await client.query("update seat set presence = 'away' where staff_id = $1", [staffId])
}

/** Whether somebody works here who may have chats. */
export async function mayHold(client: pg.PoolClient, staffId: string): Promise<boolean> {
  const { rowCount } = await client.query("select from staff where id = $1 and active and roles && array['counsellor', 'supervisor']", [staffId])
  return rowCount === 1
}

/** Why a counsellor can't take one more; nothing when she can. Locks her seat, so that two at once are counted one after the other. */
export async function noRoomFor(client: pg.PoolClient, staffId: string, now: Date): Promise<"gone" | "cooling" | "full" | undefined> {
  const { rows } = await client.query<{ cap: number; cooling: boolean }>(
    `select f.cap, coalesce(s.cool_until > $2, false) as cooling from seat s join staff f on f.id = s.staff_id and f.active where s.staff_id = $1 for update of s`,
    [staffId, now],
  )
  const seat = rows[0]
  if (seat === undefined) return "gone"
  if (seat.cooling) return "cooling"
  const { rows: held } = await client.query<{ n: number }>("select count(*)::int as n from handoff where staff_id = $1 and status in ('claimed', 'live', 'transferring')", [
    staffId,
  ])
  return (held[0]?.n ?? 0) < seat.cap ? undefined : "full"
}

/** Who may be given a chat now, the least busy and longest free first. */
export async function freeSeats(pool: pg.Pool, now: Date): Promise<readonly string[]> {
  const { rows } = await pool.query<{ staff_id: string }>({
    name: "free-seats",
    text: `select s.staff_id from seat s join staff f on f.id = s.staff_id and f.active and f.roles && array['counsellor', 'supervisor']
      left join handoff h on h.staff_id = s.staff_id and h.status in ('claimed', 'live', 'transferring')
      where s.presence = 'available' and s.here_until > $1 and coalesce(s.cool_until <= $1, true)
      group by s.staff_id, s.free_since, f.cap having count(h.id) < f.cap order by count(h.id), s.free_since, s.staff_id`,
    values: [now],
  })
  return rows.map(({ staff_id: staffId }) => staffId)
}

/** Whether somebody waits at her seat for the next chat. Locks the seat. */
export async function waitsForOne(client: pg.PoolClient, staffId: string, now: Date): Promise<boolean> {
  const { rowCount } = await client.query("select from seat where staff_id = $1 and presence = 'available' and here_until > $2 for update", [staffId, now])
  return rowCount === 1
}

/** A chat that was live has ended. A hard one leaves its mark on whoever had it: a debrief is offered after each, a pause after several in a row. */
export async function wear(
  client: pg.PoolClient,
  { staff_id: staffId, live, risk }: { readonly staff_id: string | null; readonly live: boolean; readonly risk: number },
  care: Care,
  now: Date,
): Promise<void> {
  if (staffId === null || !live) return
  await client.query(
    `update seat set free_since = $5, debrief = debrief or $2,
      hard_in_a_row = case when not $2 or hard_in_a_row + 1 >= $3 then 0 else hard_in_a_row + 1 end,
      cool_until = case when $2 and hard_in_a_row + 1 >= $3 then $4 else cool_until end
    where staff_id = $1`,
    [staffId, risk === 2, care.hardInARow, new Date(now.getTime() + care.coolSeconds * 1000), now],
  )
}
