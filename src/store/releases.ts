import type pg from "pg"
import { plainArray } from "./array.ts"
import type { Store } from "./pool.ts"

/** A coded report that no release has counted. `month` is its first day; consents and coding are covered. */
export type CodedRow = { readonly id: string; readonly month: string; readonly consents: Uint8Array; readonly coding: Uint8Array }

/** A release as its row has it; `tables` are public, `tallies` covered. */
export type ReleaseRow = { readonly id: string; readonly cutOn: string; readonly tables: unknown; readonly tallies: Uint8Array }

/** What a release is made of, and the reports that it counts; or why there is none. */
export type Decided<T> = { readonly release: ReleaseRow; readonly counted: readonly string[] } | { readonly refused: T }

/** What is there to be counted: every earlier release, and the coded reports that were filed before a day, a page at a time. */
export type Shelf = {
  readonly earlier: readonly ReleaseRow[]
  /** The month of the oldest report that waits to be counted. */
  readonly oldest: string | undefined
  /** How many reports that were filed before a day nobody has coded. */
  readonly uncoded: (before: string) => Promise<number>
  /** Gives each report to `take` once. */
  readonly coded: (before: string, take: (row: CodedRow) => void) => Promise<void>
}

/** So many rows go to and fro at once. */
const PAGE = 10_000
/** Marking a hundred thousand reports takes longer than a turn's statement may. */
const PATIENCE = "set local statement_timeout = '60s'; set local enable_seqscan = on; set local idle_in_transaction_session_timeout = '120s'"
/** Any number that nothing else here locks. */
const RELEASE_LOCK = 7_270_461
const CHANGED = "40001"
const TRIES = 3

/** What is there, looked at as one moment; nothing is changed. What `first` finds is found before that moment. */
export async function lookAtReleases<F, T>({ pool }: Store, first: () => Promise<F>, look: (shelf: Shelf, found: F) => Promise<T>): Promise<T> {
  const found = await first()
  return transaction(pool, "begin isolation level repeatable read read only", async (client) => look(await shelfOf(client), found))
}

/**
 * Cuts a release in one transaction: what `decide` makes of the shelf is written, and the reports that it counts carry its
 * name from then on. Whatever of these reports changes meanwhile (somebody takes hers
 * back) makes it begin anew. Two at once: one cuts, the other gets `busy`, and has written nothing. `decide` is told what `first`
 * found, which is asked before each beginning: it may need a connection of its own, and nobody may wait for one with
 * another in hand.
 */
export async function cutRelease<F, T>(
  { pool }: Store,
  first: () => Promise<F>,
  decide: (shelf: Shelf, found: F) => Promise<Decided<T>>,
): Promise<"cut" | "busy" | { readonly refused: T }> {
  for (let tries = 1; ; tries += 1) {
    const found = await first()
    try {
      return await transaction(pool, "begin isolation level repeatable read", async (client) => {
        const { rows } = await client.query<{ mine: boolean }>("select pg_try_advisory_xact_lock($1) as mine", [RELEASE_LOCK])
        if (rows[0]?.mine !== true) return "busy" as const
        const decided = await decide(await shelfOf(client), found)
        if ("refused" in decided) return decided
        const { release, counted } = decided
        for (let i = 0; i < counted.length; i += PAGE) {
          await client.query("update report set counted = $1 where id = any ($2::uuid[]) and counted is null", [release.id, plainArray(counted.slice(i, i + PAGE))])
        }
        const { id, cutOn, tables, tallies } = release
        await client.query("insert into release (id, cut_on, tables, tallies) values ($1, $2, $3, $4)", [id, cutOn, JSON.stringify(tables), Buffer.from(tallies)])
        return "cut" as const
      })
    } catch (cause) {
      const { code } = cause as { code?: string }
      // The other one has committed between our look and our lock: it is there now.
      if (code !== CHANGED && code !== "23505") throw cause
      if (tries === TRIES) return "busy"
    }
  }
}

/** The public half of every release, oldest first. */
export async function publicReleases({ pool }: Store): Promise<readonly { readonly cutOn: string; readonly tables: unknown }[]> {
  const { rows } = await pool.query<{ cut_on: string; tables: unknown }>("select cut_on::text, tables from release order by id")
  return rows.map(({ cut_on: cutOn, tables }) => ({ cutOn, tables }))
}

/** Stories that are published, newest time first; among those of one time and place there is no order but that of their words. */
export async function publicStories({ pool }: Store): Promise<readonly { readonly language: string; readonly province: string; readonly when: string; readonly text: string }[]> {
  const { rows } = await pool.query<{ language: string; province: string; when: string; content: Buffer }>(
    `select language, province, "when", content from story where status = 'published' order by "when" desc, province, content`,
  )
  return rows.map(({ content, ...story }) => ({ ...story, text: content.toString("utf8") }))
}

async function transaction<T>(pool: pg.Pool, begin: string, act: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(`${begin}; ${PATIENCE}`)
    const done = await act(client)
    await client.query("commit")
    return done
  } catch (cause) {
    await client.query("rollback").catch((error: Error) => void (broken = error))
    throw cause
  } finally {
    client.release(broken)
  }
}

const WAITING = "status = 'coded' and counted is null and coding is not null and consents is not null"

async function shelfOf(client: pg.PoolClient): Promise<Shelf> {
  const { rows: earlier } = await client.query<{ id: string; cut_on: string; tables: unknown; tallies: Buffer }>(
    "select id, cut_on::text, tables, tallies from release order by id",
  )
  const { rows: oldest } = await client.query<{ month: string | null }>(`select min(month)::text as month from report where ${WAITING}`)
  return {
    earlier: earlier.map(({ cut_on: cutOn, ...row }) => ({ ...row, cutOn })),
    oldest: oldest[0]?.month ?? undefined,
    async uncoded(before) {
      const { rows } = await client.query<{ n: number }>("select count(*)::int as n from report where status = 'new' and month < $1::date", [before])
      return rows[0]?.n ?? 0
    },
    async coded(before, take) {
      // One pass over the table, whatever its size. In base64: as PostgreSQL writes bytes by itself, they are half as long again.
      await client.query(`declare coded no scroll cursor for select id, month::text, encode(consents, 'base64') as consents, encode(coding, 'base64') as coding
        from report where ${WAITING} and month < ${client.escapeLiteral(before)}::date`)
      for (;;) {
        const { rows } = await client.query<{ id: string; month: string; consents: string; coding: string }>(`fetch ${PAGE} from coded`)
        for (const { id, month, consents, coding } of rows) take({ id, month, consents: Buffer.from(consents, "base64"), coding: Buffer.from(coding, "base64") })
        if (rows.length < PAGE) break
      }
      await client.query("close coded")
    },
  }
}
