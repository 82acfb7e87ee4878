import type pg from "pg"

/** What a conversation has still to hear of its handoff. */
export type NewsRow = {
  readonly id: string
  readonly handoffId: string
  readonly move: number
  readonly what: string
  readonly where: Buffer
  /** Something has happened since. */
  readonly overtaken: boolean
}

/** News that hasn't been told yet, the oldest first. It stays until `dropNews`: a process that dies in between loses none. */
export async function untoldNews(pool: pg.Pool): Promise<readonly NewsRow[]> {
  const { rows } = await pool.query<NewsRow>({
    name: "untold-news",
    text: 'select n.id::text, n.handoff_id as "handoffId", n.move, n.what, n."where", h.move is distinct from n.move as overtaken from handoff_news n left join handoff h on h.id = n.handoff_id order by n.id limit 200',
  })
  return rows
}

/** Writes down that those who wait, and weren't told yet, must hear that the desk has closed; tells how many. */
export async function tellOfClosing(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query({
    name: "tell-of-closing",
    text: `with waiting as (
        select id from handoff where status = 'queued' and not told_closed order by id for update skip locked
      ), told as (
        update handoff h set told_closed = true from waiting w where h.id = w.id returning h.id, h.move, h."where"
      )
      insert into handoff_news (handoff_id, move, what, "where") select id, move, 'closed', "where" from told where "where" is not null`,
  })
  return rowCount ?? 0
}

export async function dropNews(pool: pg.Pool, id: string): Promise<void> {
  await pool.query({ name: "drop-news", text: "delete from handoff_news where id = $1", values: [id] })
}

/** Closes the desk by hand until then; a moment that has passed opens it. */
export async function putClosing(pool: pg.Pool, closing: { readonly reason: string; readonly until: Date; readonly staffId: string }): Promise<void> {
  await pool.query("with one as (insert into closing (reason, until, staff_id) values ($1, $2, $3)) select pg_notify('desk', '')", [closing.reason, closing.until, closing.staffId])
}

/** Lifts a block that still holds, and writes down who did; tells whether there was one. */
export async function liftBlock(pool: pg.Pool, { id, staffId, at }: { readonly id: string; readonly staffId: string; readonly at: Date }): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with lifted as (delete from block where id = $1 and until > $3 returning id),
      noted as (insert into audit (at, staff_id, what, subject_id) select $3, $2, 'block-lifted', id from lifted)
    select pg_notify('desk', '') from lifted`,
    [id, staffId, at],
  )
  return rowCount === 1
}

/** Keeps a note beside a chat. */
export async function putNote(pool: pg.Pool, note: { readonly id: string; readonly staffId: string; readonly content: Uint8Array; readonly at: Date }): Promise<void> {
  await pool.query("with one as (insert into handoff_note (handoff_id, staff_id, content, at) values ($1, $2, $3, $4)) select pg_notify('desk', $1::text)", [
    note.id,
    note.staffId,
    Buffer.from(note.content),
    note.at,
  ])
}

/** Keeps the record of a chat; the newest holds. */
export async function putRecord(pool: pg.Pool, id: string, content: Uint8Array, at: Date): Promise<void> {
  await pool.query(
    `with one as (insert into case_record (handoff_id, content, at) values ($1, $2, $3) on conflict (handoff_id) do update set content = excluded.content, at = excluded.at)
    select pg_notify('desk', $1::text)`,
    [id, Buffer.from(content), at],
  )
}

/** Tells every process that the desk changed: these chats, or all of it. */
export async function notifyDesk(pool: pg.Pool, ids: readonly string[]): Promise<void> {
  await pool.query({ name: "notify-desk", text: "select pg_notify('desk', id) from unnest($1::text[]) as i(id)", values: [ids] })
}

/** Tells of the chat whose words an outbox row carries, if it is one. */
export async function notifyOfSent(pool: pg.Pool, outboxId: string): Promise<void> {
  await pool.query({ name: "notify-of-sent", text: "select pg_notify('desk', handoff_id::text) from handoff_line where outbox_id = $1", values: [outboxId] })
}

/** Whether a line with the sender's own name for it stands in a chat. */
export async function hasLine(pool: pg.Pool, id: string, key: string): Promise<boolean> {
  const { rowCount } = await pool.query({ name: "has-line", text: "select from handoff_line where handoff_id = $1 and key = $2", values: [id, key] })
  return rowCount === 1
}
