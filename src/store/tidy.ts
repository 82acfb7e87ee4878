import type pg from "pg"

/** PostgreSQL says that somebody may not do this. */
const NOT_ALLOWED = "42501"

/**
 * Removes what moved rows leave behind on the reports' shelf, and marks every row as seen, so that the pages don't tell which
 * of them somebody has looked at since. Then ends the write-ahead log that led there, where whoever we are may do that.
 */
export async function tidy(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query("set statement_timeout = '60s'")
    await client.query("vacuum (freeze, analyze) report, report_addition, report_answer, story")
    await client.query("checkpoint").catch((cause: unknown) => {
      if ((cause as { code?: unknown }).code !== NOT_ALLOWED) throw cause
    })
  } finally {
    // Not the way it came: the next one gets a fresh connection.
    client.release(true)
  }
}
