import type pg from "pg"

/** Does work in one transaction; what throws has written nothing. */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query("begin")
    const done = await work(client)
    await client.query("commit")
    return done
  } catch (cause) {
    await client.query("rollback").catch((error: Error) => (broken = error))
    throw cause
  } finally {
    client.release(broken)
  }
}
