import type pg from "pg"

type Db = Pick<pg.Pool | pg.PoolClient, "query">

/** Where a picture stands with its provider. `wanted`: what it was given for waits for it; otherwise it is only to be erased there. `tries` counts this one. */
export type DuePicture = { readonly id: string; readonly source: Buffer; readonly since: Date; readonly tries: number; readonly wanted: boolean }

/** Takes one picture that is due, for so long: whoever takes it and dies leaves it to the next. What somebody waits for goes before what is only erased. */
export async function claimPicture(db: Db, now: Date, leaseMs: number): Promise<DuePicture | undefined> {
  const { rows } = await db.query<DuePicture>(
    `update picture_source p set tries = tries + 1, due_at = $2
    where id = (
      select s.id from picture_source s left join contribution c on c.id = s.id and c.status = 'fetching'
      where s.due_at <= $1 order by c.id is null, s.due_at limit 1 for update of s skip locked
    )
    returning id, source, since, tries, exists (select from contribution c where c.id = p.id and c.status = 'fetching') as wanted`,
    [now, new Date(now.getTime() + leaseMs)],
  )
  return rows[0]
}

/** Tries it again then. */
export async function postponePicture(db: Db, id: string, until: Date): Promise<void> {
  await db.query("update picture_source set due_at = $2 where id = $1", [id, until])
}

/** Forgets where a picture stood. */
export async function dropSource(db: Db, id: string): Promise<void> {
  await db.query("delete from picture_source where id = $1", [id])
}

/** Puts the picture with what it was given for, and before a moderator. The same again, or one that was taken back, changes nothing. */
export async function landPicture(db: Db, id: string, content: Uint8Array): Promise<void> {
  await db.query(
    `with landed as (update contribution set status = 'waiting' where id = $1 and status = 'fetching' returning id)
    insert into contribution_picture (id, content) select id, $2 from landed`,
    [id, Buffer.from(content)],
  )
}

/** It never came, or can't be drawn: she reads why when she looks. */
export async function losePicture(db: Db, id: string, why: string): Promise<void> {
  await db.query("update contribution set status = 'declined', why = $2, content = null where id = $1 and status = 'fetching'", [id, why])
}

/** The covered picture of something that waits or is shown; only of what is shown, where that is asked. */
export async function pictureOf(db: Db, id: string, shown: boolean): Promise<Buffer | undefined> {
  const { rows } = await db.query<{ content: Buffer }>(
    `select p.content from contribution_picture p join contribution c on c.id = p.id
    where p.id = $1 and (c.status = 'published' or (not $2::boolean and c.status in ('waiting', 'seconded')))`,
    [id, shown],
  )
  return rows[0]?.content
}
