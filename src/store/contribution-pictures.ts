import type pg from "pg"

type Db = Pick<pg.Pool | pg.PoolClient, "query">

/** A picture that is to be fetched. `tries` counts this one. */
export type DuePicture = { readonly id: string; readonly source: Buffer; readonly tries: number }

/** Takes one picture that is due, for so long: whoever takes it and dies leaves it to the next. */
export async function claimPicture(db: Db, now: Date, leaseMs: number): Promise<DuePicture | undefined> {
  const { rows } = await db.query<DuePicture>(
    `update contribution_picture set tries = tries + 1, due_at = $2
    where id = (select id from contribution_picture where due_at <= $1 order by due_at limit 1 for update skip locked)
    returning id, source, tries`,
    [now, new Date(now.getTime() + leaseMs)],
  )
  return rows[0]
}

/** Tries it again then. */
export async function postponePicture(db: Db, id: string, until: Date): Promise<void> {
  await db.query("update contribution_picture set due_at = $2 where id = $1 and due_at is not null", [id, until])
}

/** Puts the picture in place of where it was fetched, and before a moderator. The same again, or one that was taken back, changes nothing. */
export async function landPicture(db: Db, id: string, content: Uint8Array): Promise<void> {
  await db.query(
    `with landed as (
      update contribution_picture set content = $2, source = null, due_at = null where id = $1 and due_at is not null returning id
    )
    update contribution c set status = 'waiting' from landed where c.id = landed.id and c.status = 'fetching'`,
    [id, Buffer.from(content)],
  )
}

/** It never came, or can't be drawn: she reads why when she looks. */
export async function losePicture(db: Db, id: string, why: string): Promise<void> {
  await db.query(
    `with lost as (delete from contribution_picture where id = $1 and due_at is not null returning id)
    update contribution c set status = 'declined', why = $2, content = null from lost where c.id = lost.id and c.status = 'fetching'`,
    [id, why],
  )
}

/** The covered picture of something that waits or is shown; only of what is shown, where that is asked. */
export async function pictureOf(db: Db, id: string, shown: boolean): Promise<Buffer | undefined> {
  const { rows } = await db.query<{ content: Buffer | null }>(
    `select p.content from contribution_picture p join contribution c on c.id = p.id
    where p.id = $1 and (c.status = 'published' or (not $2::boolean and c.status in ('waiting', 'seconded')))`,
    [id, shown],
  )
  return rows[0]?.content ?? undefined
}
