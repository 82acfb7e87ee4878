import type pg from "pg"
import { inTransaction } from "./transaction.ts"

/** Sixteen days of a million people are read once through. */
const LONG_MS = 120_000

/** Asks for rows. */
export type Ask = <T>(text: string, values: readonly unknown[]) => Promise<readonly T[]>

/** Looks at much of the database, as it was at one moment, and writes nothing. It may take two minutes. */
export function longLook<T>(pool: pg.Pool, look: (ask: Ask) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (client) => {
    await client.query("set transaction isolation level repeatable read, read only")
    await client.query(
      `set local statement_timeout = ${LONG_MS}; set local idle_in_transaction_session_timeout = ${LONG_MS}; set local enable_seqscan = on; set local enable_hashjoin = on`,
    )
    return look(
      async <Row>(text: string, values: readonly unknown[]) => (await client.query({ text, values: [...values], query_timeout: LONG_MS } as pg.QueryConfig)).rows as Row[],
    )
  })
}
