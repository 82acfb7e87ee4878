import { randomUUID } from "node:crypto"
import type pg from "pg"
import { inTransaction } from "./transaction.ts"

export type KeyRow = { readonly id: string; readonly staffId: string; readonly alias: string; readonly recipient: string; readonly since: string; readonly retired: boolean }

/** The keys that are sealed to now. Whoever isn't an officer any more has none: their key is retired by this very question. */
export async function activeKeys(db: Pick<pg.Pool, "query">, today: Date): Promise<readonly { readonly id: string; readonly staffId: string; readonly recipient: string }[]> {
  await db.query({
    name: "retire-keys",
    text: `update officer_key k set retired = $1::date where k.retired is null
      and not exists (select from staff s where s.id = k.staff_id and s.active and 'officer' = any (s.roles))`,
    values: [today],
  })
  const { rows } = await db.query<{ id: string; staff_id: string; recipient: string }>({
    name: "active-keys",
    text: "select id, staff_id, recipient from officer_key where retired is null order by id",
  })
  return rows.map(({ id, staff_id, recipient }) => ({ id, staffId: staff_id, recipient }))
}

/** All keys there are and were, the newest first. */
export async function allKeys(db: Pick<pg.Pool, "query">): Promise<readonly KeyRow[]> {
  const { rows } = await db.query<{ id: string; staff_id: string; alias: string; recipient: string; since: string; retired: boolean }>(
    `select k.id, k.staff_id, s.alias, k.recipient, k.since::text, k.retired is not null as retired
      from officer_key k join staff s on s.id = k.staff_id order by k.retired is not null, k.since desc, s.alias`,
  )
  return rows.map(({ staff_id, ...row }) => ({ ...row, staffId: staff_id }))
}

/** Makes this somebody's one key; an earlier one is retired. `false` when it is somebody's already, or was. */
export async function putKey(pool: pg.Pool, staffId: string, recipient: string, today: Date): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(`insert into officer_key (id, staff_id, recipient, since) values ($1, $2, $3, $4::date) on conflict (recipient) do nothing`, [
      randomUUID(),
      staffId,
      recipient,
      today,
    ])
    if (rowCount !== 1) return isHers(client, staffId, recipient)
    await client.query("update officer_key set retired = $3::date where staff_id = $1 and recipient <> $2 and retired is null", [staffId, recipient, today])
    return true
  })
}

/** Retires a key of somebody's own; `false` when there is none such. */
export async function dropKey(db: Pick<pg.Pool, "query">, staffId: string, id: string, today: Date): Promise<boolean> {
  const { rowCount } = await db.query("update officer_key set retired = $3::date where id = $2 and staff_id = $1 and retired is null", [staffId, id, today])
  return rowCount === 1
}

async function isHers(client: pg.PoolClient, staffId: string, recipient: string): Promise<boolean> {
  const { rowCount } = await client.query("select from officer_key where staff_id = $1 and recipient = $2 and retired is null", [staffId, recipient])
  return rowCount === 1
}
