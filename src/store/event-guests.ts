import type pg from "pg"
import { plainArray } from "./array.ts"
import type { Prisma } from "./generated/client.ts"
import type { Store } from "./pool.ts"

/** Somebody's word on an event, under a name that leads to nobody. `ends`: when its day is over there, in milliseconds since 1970. */
export type Guest = { readonly event: string; readonly token: string; readonly comes: boolean; readonly ends: number }

/** Counts her once, however often she says it, or no longer. What is over is no use to anybody and isn't kept. */
export async function putGuest(client: pg.PoolClient, { event, token, comes, ends }: Guest, now: Date): Promise<void> {
  if (!comes) await client.query("delete from event_guest where event = $1 and token = $2", [event, token])
  else if (ends > now.getTime())
    await client.query("insert into event_guest (event, token, until) values ($1, $2, $3) on conflict (event, token) do update set until = excluded.until", [
      event,
      token,
      new Date(ends),
    ])
}

/** How many come to each of these events; one that nobody comes to isn't named. */
export async function countGuests(pool: pg.Pool, events: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (events.length === 0) return new Map()
  const { rows } = await pool.query<{ event: string; count: number }>({
    name: "count-guests",
    text: "select event, count(*)::int as count from event_guest where event = any ($1::text[]) group by event",
    values: [plainArray(events)],
  })
  return new Map(rows.map(({ event, count }) => [event, count]))
}

/** Which of these tokens are counted somewhere. */
export async function guestsAmong(pool: pg.Pool, tokens: readonly string[]): Promise<ReadonlySet<string>> {
  if (tokens.length === 0) return new Set()
  const { rows } = await pool.query<{ token: string }>({
    name: "guests-among",
    text: "select token from event_guest where token = any ($1::uuid[])",
    values: [plainArray(tokens)],
  })
  return new Set(rows.map(({ token }) => token))
}

/** Erases these tokens; tells how many were counted. */
export async function dropGuests(db: Pick<Prisma.TransactionClient, "eventGuest">, tokens: readonly string[]): Promise<number> {
  return (await db.eventGuest.deleteMany({ where: { token: { in: [...tokens] } } })).count
}

/** Erases whoever came to what is over; tells how many. */
export async function sweepGuests({ prisma }: Store, now: Date): Promise<{ readonly coming: number }> {
  return { coming: (await prisma.eventGuest.deleteMany({ where: { until: { lt: now } } })).count }
}
