import { randomUUID } from "node:crypto"
import type pg from "pg"
import { bytesArray, plainArray } from "./array.ts"

/** A line of the inbox as the shelf has it. */
export type LineRow = {
  readonly id: string
  readonly month: string
  readonly status: string
  readonly consents: Buffer | null
  readonly mine: boolean
  /** It, or something added to it, isn't sealed to each of the keys that there are. */
  readonly behind: boolean
  readonly additions: number
  readonly keep_until: string
  readonly counted: string | null
  readonly answerable: boolean
  readonly story: string | null
}

/** A report on the shelf, with what stands in its line. */
export type ShelfRow = LineRow & { readonly sealed: Buffer; readonly coding: Buffer | null; readonly filed: string }

export type AdditionRow = { readonly id: string; readonly month: string; readonly sealed: Buffer }
export type AnswerRow = { readonly id: string; readonly content: Buffer; readonly read: boolean; readonly alias: string }
export type StoryRow = {
  readonly id: string
  readonly status: string
  readonly language: string
  readonly province: string
  readonly when: string
  readonly content: Buffer
  readonly written_by: string
  readonly reviewed_by: string | null
}

type Db = Pick<pg.Pool, "query">

/** `$1` the keys of whoever asks, `$3` all that are sealed to now. */
const LINE = `r.id, to_char(r.month, 'YYYY-MM') as month, r.status, r.consents, coalesce(r.keys && $1::uuid[], false) as mine,
  r.sealed is not null and (not r.keys @> $3::uuid[] or exists (select from report_addition a where a.report_id = r.id and not a.keys @> $3::uuid[])) as behind,
  (select count(*) from report_addition a where a.report_id = r.id and not a.seen)::int as additions,
  to_char(r.keep_until, 'YYYY-MM') as keep_until, r.counted, r.selector is not null as answerable, (select s.status from story s where s.report_id = r.id) as story`

/** One page of the inbox, newest months first; within a month there is no order but that of chance. `keys` are those of whoever asks, `all` those that are sealed to now. */
export async function inboxPage(
  db: Db,
  {
    keys,
    all,
    after,
    status,
    limit,
  }: {
    readonly keys: readonly string[]
    readonly all: readonly string[]
    readonly after: { readonly month: string; readonly id: string } | undefined
    readonly status: string | undefined
    readonly limit: number
  },
): Promise<readonly LineRow[]> {
  const values: unknown[] = [plainArray(keys), limit, plainArray(all)]
  const here = (value: unknown) => `$${values.push(value)}`
  const conditions = [
    ...(status === undefined ? [] : [`r.status = ${here(status)}`]),
    // The month alone is what the index begins with.
    ...(after === undefined ? [] : [`r.month <= ${here(after.month)}::date and (r.month < ${here(after.month)}::date or r.id > ${here(after.id)}::uuid)`]),
  ]
  const { rows } = await db.query<LineRow>(
    `select ${LINE} from report r ${conditions.length === 0 ? "" : `where ${conditions.join(" and ")}`} order by r.month desc, r.id limit $2`,
    values,
  )
  return rows
}

/** How many reports there are, and how many wait for an officer: new ones, and those with additions that nobody has looked at. */
export async function inboxCounts(db: Db, status: string | undefined): Promise<{ readonly total: number; readonly waiting: number }> {
  const { rows } = await db.query<{ total: number; waiting: number }>(
    `select (select count(*) from report ${status === undefined ? "" : "where status = $1"})::int as total,
      ((select count(*) from report where status = 'new')
        + (select count(distinct a.report_id) from report_addition a join report r on r.id = a.report_id where not a.seen and r.status = 'coded'))::int as waiting`,
    status === undefined ? [] : [status],
  )
  return rows[0] ?? { total: 0, waiting: 0 }
}

/** A report that is there, locked where the caller has a transaction for it; a tombstone is none. */
export async function onShelf(db: Db, id: string, keys: readonly string[], all: readonly string[], lock: "for update" | "" = ""): Promise<ShelfRow | undefined> {
  const { rows } = await db.query<ShelfRow>(`select ${LINE}, r.sealed, r.coding, r.month::text as filed from report r where r.id = $2 and r.sealed is not null ${lock}`, [
    plainArray(keys),
    id,
    plainArray(all),
  ])
  return rows[0]
}

export async function additionsOf(db: Db, reportId: string): Promise<readonly AdditionRow[]> {
  const { rows } = await db.query<AdditionRow>("select id, to_char(month, 'YYYY-MM') as month, sealed from report_addition where report_id = $1 order by n", [reportId])
  return rows
}

export async function answersWithAlias(db: Db, reportId: string): Promise<readonly AnswerRow[]> {
  const { rows } = await db.query<AnswerRow>(
    "select a.id, a.content, a.read, s.alias from report_answer a join staff s on s.id = a.staff_id where a.report_id = $1 order by a.id",
    [reportId],
  )
  return rows
}

export async function storyOf(db: Db, reportId: string): Promise<StoryRow | undefined> {
  const { rows } = await db.query<StoryRow>('select id, status, language, province, "when", content, written_by, reviewed_by from story where report_id = $1', [reportId])
  return rows[0]
}

/** Puts other sealed bytes in the place of those there were. */
export async function putSealed(
  client: pg.PoolClient,
  id: string,
  sealed: Uint8Array,
  additions: readonly { readonly id: string; readonly sealed: Uint8Array }[],
  keys: readonly string[],
): Promise<void> {
  await client.query("update report set sealed = $2, keys = $3::uuid[] where id = $1", [id, Buffer.from(sealed), plainArray(keys)])
  await client.query("update report_addition a set sealed = i.sealed, keys = $3::uuid[] from unnest($1::uuid[], $2::bytea[]) as i(id, sealed) where a.id = i.id", [
    plainArray(additions.map((one) => one.id)),
    bytesArray(additions.map((one) => one.sealed)),
    plainArray(keys),
  ])
}

/** What is counted of it from now on; what was added up to now is looked at. */
export async function putCoding(client: pg.PoolClient, id: string, coding: Uint8Array): Promise<void> {
  await client.query("update report set coding = $2, status = 'coded' where id = $1", [id, Buffer.from(coding)])
  await client.query("update report_addition set seen = true where report_id = $1 and not seen", [id])
}

export async function putAnswer(db: Db, reportId: string, staffId: string, content: Uint8Array): Promise<void> {
  await db.query("insert into report_answer (report_id, staff_id, content) values ($1, $2, $3)", [reportId, staffId, Buffer.from(content)])
}

/** Keeps it until this month, if that is later. */
export async function keepUntil(db: Db, id: string, month: string): Promise<void> {
  await db.query("update report set keep_until = greatest(keep_until, $2::date) where id = $1", [id, month])
}

/** A story in the place of whatever story there was. It has an id of its own, so that her word on another text isn't taken for it. */
export async function putStory(
  client: pg.PoolClient,
  reportId: string,
  story: { readonly language: string; readonly province: string; readonly when: string; readonly content: Uint8Array; readonly writtenBy: string },
): Promise<void> {
  await client.query("delete from story where report_id = $1", [reportId])
  await client.query(`insert into story (id, report_id, status, language, province, "when", content, written_by) values ($1, $2, 'drafted', $3, $4, $5, $6, $7)`, [
    randomUUID(),
    reportId,
    story.language,
    story.province,
    story.when,
    Buffer.from(story.content),
    story.writtenBy,
  ])
}

export async function reviewStory(client: pg.PoolClient, id: string, staffId: string, agrees: boolean): Promise<void> {
  await client.query("update story set reviewed_by = $2, status = $3 where id = $1", [id, staffId, agrees ? "reviewed" : "drafted"])
}

/** Makes a story everybody's: under a new id, in the clear, and without a way back to any report. */
export async function publishStory(client: pg.PoolClient, id: string, text: string, today: Date): Promise<void> {
  await client.query(
    `with taken as (delete from story where id = $1 returning *)
      insert into story (id, report_id, status, language, province, "when", content, written_by, reviewed_by, published)
      select $2, null, 'published', language, province, "when", $3, written_by, reviewed_by, $4::date from taken`,
    [id, randomUUID(), Buffer.from(text), today],
  )
}
