import type pg from "pg"
import { inTransaction } from "./transaction.ts"

/** Whether a campaign runs; paused, what is due waits; stopped, it is skipped for good. */
export type SwitchState = "running" | "paused" | "stopped"

/** How campaigns are switched; those that nobody has joined yet aren't in it. */
export async function switches(pool: pg.Pool): Promise<ReadonlyMap<string, SwitchState>> {
  const { rows } = await pool.query<{ campaign: string; state: SwitchState }>({ name: "switches", text: "select campaign, state from campaign_switch" })
  return new Map(rows.map(({ campaign, state }) => [campaign, state]))
}

/** Switches a campaign. What is stopped stays stopped: false when it was. */
export async function setSwitch(pool: pg.Pool, campaign: string, state: SwitchState, now: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into campaign_switch (campaign, state, laid, laying) values ($1, $2, $3, $3)
    on conflict (campaign) do update set state = excluded.state where campaign_switch.state <> 'stopped'`,
    [campaign, state, now],
  )
  return rowCount === 1
}

/**
 * Lays out a campaign's days until this moment: `work` is given since when, and makes the rows. Before it begins, whoever is
 * joining has landed or knows until when to make her own, so nobody is missed; when it fails, the next one begins where it did.
 */
export async function layUntil(pool: pg.Pool, campaign: string, until: Date, now: Date, work: (since: Date) => Promise<void>): Promise<void> {
  const since = await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ laid: Date }>(
      `insert into campaign_switch as s (campaign, laid, laying) values ($1, $3, $2)
      on conflict (campaign) do update set laying = greatest(s.laying, excluded.laying) returning laid`,
      [campaign, until, now],
    )
    return rows[0]?.laid ?? now
  })
  if (since >= until) return
  await work(since)
  await pool.query("update campaign_switch set laid = greatest(laid, $2) where campaign = $1", [campaign, until])
}
