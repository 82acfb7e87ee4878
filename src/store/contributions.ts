import type pg from "pg"
import { plainArray } from "./array.ts"

/** A contribution as the store has it. */
export type ContributionRow = {
  readonly id: string
  readonly campaign: string
  readonly kind: string
  readonly day: number | null
  readonly language: string
  readonly country: string
  readonly conversation_id: string | null
  readonly status: string
  readonly content: Buffer | null
  readonly proposal: Buffer | null
  readonly why: string | null
  readonly by: string | null
  readonly text: string | null
  readonly name: string | null
  readonly given: string
  readonly published: string | null
  readonly read: number
  readonly card: boolean
  /** Whether it is a picture, and here. */
  readonly picture: boolean
}

type Db = Pick<pg.Pool | pg.PoolClient, "query">

const ROW = `id, campaign, kind, day, language, country, conversation_id, status, content, proposal, why, by, text, name, given::text as given, published::text as published, read, card,
  exists (select from contribution_picture p where p.id = contribution.id) as picture`

/** Keeps what somebody gave; more than so many that wait are too many of one contact, and are left. `picture`: where one is to be fetched, or only erased, and under which name that was kept until now. */
export async function give(
  client: Db,
  one: Pick<ContributionRow, "id" | "campaign" | "kind" | "day" | "language" | "country"> & {
    readonly conversationId: string
    readonly content: Uint8Array
    readonly wording: number
    readonly picture?: { readonly held: string; readonly source: Uint8Array } | undefined
  },
  now: Date,
  most: number,
): Promise<void> {
  await client.query(
    `with given as (
      insert into contribution (id, campaign, kind, day, language, country, conversation_id, status, content, wording, given)
      select $1, $2, $3, $4, $5, $6, $7, case when $12::bytea is null then 'waiting' else 'fetching' end, $8, $9, $10::timestamptz::date
      where not exists (select from muted where conversation_id = $7)
        and (select count(*) from contribution where conversation_id = $7 and status in ('fetching', 'waiting', 'seconded', 'changed')) < $11
      returning id
    ), held as (delete from picture_source where id = $13)
    insert into picture_source (id, source, since, due_at) select $1, $12::bytea, $10::timestamptz, $10::timestamptz where $12::bytea is not null`,
    [
      one.id,
      one.campaign,
      one.kind,
      one.day,
      one.language,
      one.country,
      one.conversationId,
      Buffer.from(one.content),
      one.wording,
      now,
      most,
      one.picture === undefined ? null : Buffer.from(one.picture.source),
      one.picture?.held ?? null,
    ],
  )
}

/** Keeps where a picture stands that was sent for nothing, or isn't given yet, until it is erased there: from then on. */
export async function keepSource(client: Db, id: string, source: Uint8Array, due: Date): Promise<void> {
  await client.query(
    "insert into picture_source (id, source, since, due_at) values ($1, $2, $3, $3) on conflict (id) do update set since = excluded.since, due_at = excluded.due_at",
    [id, Buffer.from(source), due],
  )
}

/** Takes back something of her own, shown or not; tells whether there was anything. */
export async function takeBack(client: Db, conversationId: string, id: string): Promise<boolean> {
  const { rowCount } = await client.query("delete from contribution where id = $1 and conversation_id = $2", [id, conversationId])
  return rowCount === 1
}

/** Whether a picture of something of hers that is shown may be taken by whoever wants to pass it on. */
export async function wishCard(client: Db, conversationId: string, id: string, wants: boolean): Promise<void> {
  await client.query("update contribution set card = $3 where id = $1 and conversation_id = $2 and status = 'published'", [id, conversationId, wants])
}

/** One of hers whose change waits for her yes, locked. */
export async function changedOf(client: Db, conversationId: string, id: string): Promise<ContributionRow | undefined> {
  const { rows } = await client.query<ContributionRow>(`select ${ROW} from contribution where id = $1 and conversation_id = $2 and status = 'changed' for update`, [
    id,
    conversationId,
  ])
  return rows[0]
}

/** One contribution, locked until the transaction ends. */
export async function locked(client: Db, id: string): Promise<ContributionRow | undefined> {
  const { rows } = await client.query<ContributionRow>(`select ${ROW} from contribution where id = $1 for update`, [id])
  return rows[0]
}

/** Changes what stands of it; what isn't named is emptied, so that no words outlive their use. */
export async function put(
  client: Db,
  id: string,
  {
    status,
    content,
    proposal,
    why,
    by,
  }: { readonly status: string; readonly content?: Uint8Array | null; readonly proposal?: Uint8Array; readonly why?: string; readonly by?: string },
): Promise<void> {
  await client.query(
    "update contribution set status = $2, content = $3, proposal = $4, why = $5, by = $6, text = null, name = null, published = null, card = false where id = $1",
    [id, status, content == null ? null : Buffer.from(content), proposal === undefined ? null : Buffer.from(proposal), why ?? null, by ?? null],
  )
  if (status === "declined") await client.query("delete from contribution_picture where id = $1", [id])
}

/** Puts it where everybody sees it; its covered words are gone. */
export async function show(client: Db, id: string, text: string, name: string | undefined, now: Date): Promise<void> {
  await client.query(
    "update contribution set status = 'published', content = null, proposal = null, why = null, by = null, text = $2, name = $3, published = $4::timestamptz::date where id = $1",
    [id, text, name ?? null, now],
  )
}

/** Nothing more is taken from this contact, and what waits is declined. */
export async function mute(client: Db, conversationId: string, by: string, now: Date): Promise<void> {
  await client.query("insert into muted (conversation_id, by, since) values ($1, $2, $3::timestamptz::date) on conflict do nothing", [conversationId, by, now])
  await client.query(
    `with declined as (
      update contribution set status = 'declined', why = 'off-topic', content = null, proposal = null, by = null
      where conversation_id = $1 and status in ('fetching', 'waiting', 'seconded', 'changed') returning id
    )
    delete from contribution_picture p using declined d where p.id = d.id`,
    [conversationId],
  )
}

/** Which contributions are asked for; what isn't named doesn't matter. */
export type Asked = { readonly campaign?: string | undefined; readonly kind?: string | undefined; readonly language?: string | undefined }

/** What waits, the oldest first: for moderators, and after it what waits for a giver's yes, which may never come. */
export async function waiting(db: Db, { campaign, kind, language }: Asked, limit: number): Promise<readonly ContributionRow[]> {
  const { rows } = await db.query<ContributionRow>(
    `select ${ROW} from contribution where status in ('waiting', 'seconded', 'changed')
      and ($1::text is null or campaign = $1) and ($2::text is null or kind = $2) and ($3::text is null or language = $3)
    order by status = 'changed', given, id limit $4`,
    [campaign ?? null, kind ?? null, language ?? null, limit],
  )
  return rows
}

/** Which of what everybody sees is asked for; what isn't named doesn't matter. `firstIn`: what is in that language stands first. */
export type ShownAsked = {
  readonly id?: string | undefined
  readonly campaign?: string | undefined
  readonly kinds?: readonly string[] | undefined
  readonly firstIn?: string | undefined
  readonly from?: number | undefined
  readonly most: number
}

/** What everybody sees, the newest first. */
export async function shown(db: Db, { id, campaign, kinds, firstIn, from = 0, most }: ShownAsked): Promise<readonly ContributionRow[]> {
  const { rows } = await db.query<ContributionRow>(
    `select ${ROW} from contribution
    where status = 'published' and ($1::text is null or campaign = $1) and ($2::text[] is null or kind = any ($2)) and ($3::uuid is null or id = $3)
    order by language is not distinct from $4 desc, published desc, id offset $5 limit $6`,
    [campaign ?? null, kinds === undefined ? null : [...kinds], id ?? null, firstIn ?? null, from, most],
  )
  return rows
}

/** How many of each kind everybody sees. */
export async function countShown(db: Db): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.query<{ kind: string; count: number }>("select kind, count(*)::int as count from contribution where status = 'published' group by 1")
  return new Map(rows.map(({ kind, count }) => [kind, count]))
}

/** What these people gave, the newest first. */
export async function givenBy(db: Db, conversations: readonly string[]): Promise<readonly ContributionRow[]> {
  const { rows } = await db.query<ContributionRow>({
    name: "given-by",
    text: `select ${ROW} from contribution where conversation_id = any ($1::uuid[]) order by given desc, id desc`,
    values: [plainArray(conversations)],
  })
  return rows
}

/** Which of these people may give nothing more. */
export async function mutedOf(db: Db, conversations: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ id: string }>({
    name: "muted-of",
    text: "select conversation_id as id from muted where conversation_id = any ($1::uuid[])",
    values: [plainArray(conversations)],
  })
  return new Set(rows.map(({ id }) => id))
}

/** Of each language the letter that was read least. */
export async function leastRead(db: Db): Promise<readonly { readonly id: string; readonly language: string; readonly text: string }[]> {
  const { rows } = await db.query<{ id: string; language: string; text: string }>({
    name: "least-read",
    text: "select distinct on (language) id, language, text from contribution where status = 'published' and kind = 'letter' order by language, read, id",
  })
  return rows
}

export async function countRead(client: Db, id: string): Promise<void> {
  await client.query("update contribution set read = read + 1 where id = $1 and status = 'published'", [id])
}

/** What nobody looked at is let go after so many days, and what is shown is nobody's any more; tells how many of each. */
export async function sweepGiven(pool: pg.Pool, now: Date): Promise<Readonly<Record<string, number>>> {
  const before = new Date(now.getTime() - AGE_MS)
  const gone = await pool.query("delete from contribution where status <> 'published' and given < $1::timestamptz::date", [before])
  const freed = await pool.query("update contribution set conversation_id = null where status = 'published' and conversation_id is not null and given < $1::timestamptz::date", [
    before,
  ])
  const heard = await pool.query("delete from muted where since < $1::timestamptz::date", [before])
  return { contribution: gone.rowCount ?? 0, muted: heard.rowCount ?? 0, "contribution.giver": freed.rowCount ?? 0 }
}

/** A campaign of sixteen days, and a month after it. */
const AGE_MS = 60 * 24 * 3600_000
