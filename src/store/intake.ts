import { randomUUID } from "node:crypto"
import type pg from "pg"
import { bytesArray, plainArray } from "./array.ts"
import { shuffled } from "./shuffled.ts"

/**
 * Puts the intake anew: whatever `change` makes of what is in it, in a new order and under new ids. The table is emptied by
 * truncation, so nothing stays of the rows before, not even dead ones, and the rows after have the place, the order and the
 * transaction of this moment in common. Whoever comes meanwhile waits. Locks nothing but the intake, and has to come last
 * in a transaction that locks anything else.
 */
export async function rewriteIntake(client: pg.PoolClient, change: (contents: readonly Uint8Array[]) => readonly Uint8Array[]): Promise<void> {
  // A shelving may take a while, and some providers never come again with what was turned away.
  await client.query("set local lock_timeout = '4s'")
  await client.query("lock table intake in access exclusive mode")
  const after = shuffled(change(await readIntake(client)))
  await client.query("truncate intake")
  await client.query({
    name: "fill-intake",
    text: "insert into intake (id, content) select * from unnest($1::uuid[], $2::bytea[])",
    values: [plainArray(after.map(() => randomUUID())), bytesArray(after)],
  })
}

/** What is in the intake, covered, in no order. */
export async function readIntake(db: Pick<pg.Pool, "query">): Promise<readonly Uint8Array[]> {
  const { rows } = await db.query<{ content: Buffer }>("select content from intake")
  return rows.map(({ content }) => content)
}
