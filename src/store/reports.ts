import { randomUUID } from "node:crypto"
import type pg from "pg"
import { bytesArray, plainArray, textArray } from "./array.ts"

/** All that one shelving puts on the shelf, in an order by chance. Sealed bytes are age's, the others are covered. */
export type ForShelf = {
  readonly reports: readonly {
    readonly id: string
    /** The first day of a month, as all dates here. */
    readonly month: string
    readonly sealed: Uint8Array
    readonly keys: readonly string[]
    readonly consents: Uint8Array
    readonly keepUntil: string
    readonly selector: string | undefined
    readonly verifier: Uint8Array | undefined
  }[]
  readonly additions: readonly { readonly ref: string; readonly n: number; readonly month: string; readonly sealed: Uint8Array; readonly keys: readonly string[] }[]
  /** Until when a report is kept at least to which something was added. */
  readonly grace: string
  readonly consents: readonly { readonly ref: string; readonly consents: Uint8Array; readonly keep: boolean; readonly count: boolean; readonly publish: boolean }[]
  readonly withdrawals: readonly string[]
  readonly stories: readonly { readonly ref: string; readonly story: string; readonly agrees: boolean }[]
  readonly seen: readonly { readonly ref: string; readonly answer: string | undefined; readonly story: string | undefined }[]
}

/** A case as the shelf has it. */
export type CaseRow = {
  readonly id: string
  readonly status: string
  readonly consents: Uint8Array | undefined
  /** The first day of the last month it is kept. */
  readonly keepUntil: string
  readonly counted: boolean
  readonly verifier: Uint8Array
}

/** Puts things on the shelf; tells how many reports were withdrawn. What belongs to a report that isn't there any more goes nowhere. */
export async function putOnShelf(client: pg.PoolClient, { reports, additions, grace, consents, withdrawals, stories, seen }: ForShelf): Promise<number> {
  await client.query({
    name: "shelve-reports",
    text: `insert into report (id, month, sealed, keys, consents, keep_until, selector, verifier)
      select id, month, sealed, keys::uuid[], consents, keep_until, selector, case when selector is null then null else verifier end
      from unnest($1::uuid[], $2::date[], $3::bytea[], $4::text[], $5::bytea[], $6::date[], $7::uuid[], $8::bytea[])
        as i(id, month, sealed, keys, consents, keep_until, selector, verifier)`,
    values: [
      plainArray(reports.map(({ id }) => id)),
      plainArray(reports.map(({ month }) => month)),
      bytesArray(reports.map(({ sealed }) => sealed)),
      textArray(reports.map(({ keys }) => plainArray(keys))),
      bytesArray(reports.map((one) => one.consents)),
      plainArray(reports.map(({ keepUntil }) => keepUntil)),
      plainArray(reports.map(({ selector }) => selector ?? null)),
      bytesArray(reports.map(({ verifier }) => verifier ?? new Uint8Array())),
    ],
  })
  await client.query({
    name: "shelve-additions",
    text: `with added as (
        insert into report_addition (id, report_id, n, month, sealed, keys)
        select i.id, i.ref, i.n + (select count(*) from report_addition a where a.report_id = i.ref), i.month, i.sealed, i.keys::uuid[]
        from unnest($1::uuid[], $2::uuid[], $3::int[], $4::date[], $5::bytea[], $6::text[]) as i(id, ref, n, month, sealed, keys)
        join report r on r.id = i.ref and r.sealed is not null
        returning report_id
      ) update report set keep_until = greatest(keep_until, $7::date) where id in (select report_id from added)`,
    values: [
      plainArray(additions.map(() => randomUUID())),
      plainArray(additions.map(({ ref }) => ref)),
      plainArray(additions.map(({ n }) => n)),
      plainArray(additions.map(({ month }) => month)),
      bytesArray(additions.map(({ sealed }) => sealed)),
      textArray(additions.map(({ keys }) => plainArray(keys))),
      grace,
    ],
  })
  await client.query({
    name: "shelve-consents",
    // What she doesn't agree to any more is taken away with it: the way back, and what would have been counted.
    text: `update report r set consents = i.consents,
        selector = case when i.keep then r.selector end, verifier = case when i.keep then r.verifier end, coding = case when i.count then r.coding end
      from unnest($1::uuid[], $2::bytea[], $3::boolean[], $4::boolean[]) as i(id, consents, keep, count) where r.id = i.id and r.sealed is not null`,
    values: [
      plainArray(consents.map(({ ref }) => ref)),
      bytesArray(consents.map((one) => one.consents)),
      plainArray(consents.map(({ keep }) => keep)),
      plainArray(consents.map(({ count }) => count)),
    ],
  })
  // A story to which she doesn't agree any more is nobody's.
  await client.query("delete from story where report_id = any ($1::uuid[]) and status <> 'published'", [
    plainArray(consents.filter(({ publish }) => !publish).map(({ ref }) => ref)),
  ])
  for (const { ref, answer, story } of seen) {
    await client.query("update report_answer set read = true where report_id = $1 and not read and id <= $2::bigint", [ref, answer ?? "0"])
    await client.query("update story set status = 'shown' where report_id = $1 and id = $2 and status = 'reviewed'", [ref, story ?? null])
  }
  for (const { ref, story, agrees } of stories) {
    await client.query("update story set status = $3 where report_id = $1 and id = $2 and status in ('reviewed', 'shown', 'agreed', 'declined')", [
      ref,
      story,
      agrees ? "agreed" : "declined",
    ])
  }
  return eraseReports(client, withdrawals, "withdrawn")
}

/** Leaves tombstones of reports: nothing of what they held, but that they were, and the code that says so; tells of how many. */
export async function eraseReports(db: Pick<pg.Pool, "query">, ids: readonly string[], status: "withdrawn" | "expired"): Promise<number> {
  if (ids.length === 0) return 0
  const { rowCount } = await db.query({
    name: "erase-reports",
    text: `with gone as (
        update report set sealed = null, keys = null, consents = null, coding = null, status = $2 where id = any ($1::uuid[]) and sealed is not null returning id
      ), additions as (delete from report_addition where report_id in (select id from gone)
      ), answers as (delete from report_answer where report_id in (select id from gone)
      ), stories as (delete from story where report_id in (select id from gone)
      ) select id from gone`,
    values: [plainArray(ids), status],
  })
  return rowCount ?? 0
}

/**
 * Puts the reports of some months anew, in an order by chance: which of them came on the same day is nowhere to be seen.
 * Writers wait meanwhile.
 */
export async function shuffleMonths(client: pg.PoolClient, months: readonly string[]): Promise<void> {
  await client.query("lock table report, report_addition in share row exclusive mode")
  for (const table of ["report", "report_addition"]) {
    await client.query(`with taken as (delete from ${table} where month = any ($1::date[]) returning *) insert into ${table} select * from taken order by gen_random_uuid()`, [
      plainArray(months),
    ])
  }
}

/** Cases that this selector leads to, on the shelf. */
export async function casesBehind(db: Pick<pg.Pool, "query">, selector: string): Promise<readonly CaseRow[]> {
  const { rows } = await db.query<CaseColumns>({ name: "cases-behind", text: `select ${CASE} from report where selector = $1`, values: [selector] })
  return rows.map(caseOf)
}

/** What she has been answered, oldest first. */
export async function answersOf(db: Pick<pg.Pool, "query">, reportId: string): Promise<readonly { readonly id: string; readonly content: Uint8Array }[]> {
  const { rows } = await db.query<{ id: string; content: Buffer }>({
    name: "answers-of",
    text: "select id, content from report_answer where report_id = $1 order by id",
    values: [reportId],
  })
  return rows
}

/** The story that waits for her word. */
export async function storyFor(db: Pick<pg.Pool, "query">, reportId: string): Promise<{ readonly id: string; readonly content: Uint8Array } | undefined> {
  const { rows } = await db.query<{ id: string; content: Buffer }>({
    name: "story-for",
    text: "select id, content from story where report_id = $1 and status in ('reviewed', 'shown')",
    values: [reportId],
  })
  return rows[0]
}

/** Erases reports whose last month is over, and the codes of tombstones that have stood for a year; tells how many of each. */
export async function sweepReports(db: Pick<pg.Pool, "query">, now: Date): Promise<Readonly<Record<string, number>>> {
  const month = `${now.toISOString().slice(0, 7)}-01`
  const { rows } = await db.query<{ id: string }>("select id from report where keep_until < $1::date and sealed is not null limit 1000", [month])
  const expired = await eraseReports(
    db,
    rows.map(({ id }) => id),
    "expired",
  )
  const codes = await db.query(
    "update report set selector = null, verifier = null where selector is not null and sealed is null and keep_until < $1::date - interval '12 months'",
    [month],
  )
  return { report: expired, "report.code": codes.rowCount ?? 0 }
}

type CaseColumns = {
  readonly id: string
  readonly status: string
  readonly consents: Buffer | null
  readonly keep_until: string
  readonly counted: boolean
  readonly verifier: Buffer
}

const CASE = "id, status, consents, keep_until::text, counted is not null as counted, verifier"

function caseOf({ consents, keep_until: keepUntil, ...row }: CaseColumns): CaseRow {
  return { ...row, keepUntil, consents: consents ?? undefined }
}
