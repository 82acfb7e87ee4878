import type pg from "pg"
import { actOn, note, type Locked, type Moves, type Refusal } from "./handoff-row.ts"
import { freeSeats, mayHold, setAway, waitsForOne } from "./seats.ts"

/** What the house itself does with handoffs as time goes by. */
export function createRounds(pool: pg.Pool, moves: Moves, take: (one: Locked, staffId: string) => Promise<Refusal | undefined>) {
  /** Whoever let it lie isn't there: the next one doesn't come to her by itself. */
  async function takeBack(one: Locked): Promise<undefined> {
    if (one.row.staff_id !== null) await setAway(one.client, one.row.staff_id)
    await moves.giveBack(one)
  }

  async function onTime(one: Locked): Promise<Refusal | undefined> {
    const { row } = one
    if (!row.due) return "gone"
    switch (row.status) {
      case "asked":
        await moves.finish(one, "system", "not-answered")
        return undefined
      case "queued":
        await moves.finish(one, "system", "nobody", "nobody")
        return undefined
      case "claimed":
        return takeBack(one)
      case "transferring":
        await moves.stay(one)
        return undefined
      case "live":
        if (row.awaits === "counsellor") return takeBack(one)
        if (!row.nudged) {
          await moves.nudge(one)
          return undefined
        }
        await note(one, "silent")
        await moves.finish(one, "system", "silent", "silent")
        return undefined
      default:
        return "ended"
    }
  }

  return {
    /** What each timer does when its time is up; tells how many were due. */
    async actOnTimers(now: Date, limit: number): Promise<number> {
      const { rows } = await pool.query<{ id: string }>("select id from handoff where status <> 'ended' and due_at <= $1 order by due_at limit $2", [now, limit])
      await each(rows, ({ id }) => actOn(pool, id, now, onTime))
      return rows.length
    },

    /** Gives back what counsellors hold who aren't there any more, or don't work here; tells how many were looked at. */
    async leaveEmptySeats(now: Date): Promise<number> {
      const { rows } = await pool.query<{ id: string }>(
        `select h.id from handoff h left join seat s on s.staff_id = h.staff_id
        left join staff f on f.id = h.staff_id and f.active and f.roles && array['counsellor', 'supervisor']
        where h.status in ('claimed', 'live', 'transferring') and (s.staff_id is null or s.here_until < $1 or f.id is null)`,
        [now],
      )
      await each(rows, ({ id }) =>
        actOn(pool, id, now, async (one) => {
          const { client, row } = one
          if (row.staff_id === null || row.status === "ended") return "gone"
          const { rows: seats } = await client.query<{ here: boolean }>("select here_until >= $2 as here from seat where staff_id = $1 for update", [row.staff_id, now])
          if (seats[0]?.here === true && (await mayHold(client, row.staff_id))) return "gone"
          return takeBack(one)
        }),
      )
      return rows.length
    },

    /** Puts an end to offers to colleagues who have gone meanwhile: the chat stays with its owner. Tells how many were looked at. */
    async dropEmptyOffers(now: Date): Promise<number> {
      const { rows } = await pool.query<{ id: string }>(
        `select h.id from handoff h left join seat s on s.staff_id = h.offered_to
        left join staff f on f.id = h.offered_to and f.active and f.roles && array['counsellor', 'supervisor']
        where h.status = 'transferring' and (s.staff_id is null or s.here_until < $1 or f.id is null)`,
        [now],
      )
      await each(rows, ({ id }) =>
        actOn(pool, id, now, async (one) => {
          const { client, row } = one
          if (row.status !== "transferring" || row.offered_to === null) return "gone"
          const { rows: seats } = await client.query<{ here: boolean }>("select here_until >= $2 as here from seat where staff_id = $1 for update", [row.offered_to, now])
          if (seats[0]?.here === true && (await mayHold(client, row.offered_to))) return "gone"
          await moves.stay(one)
          return undefined
        }),
      )
      return rows.length
    },

    /** Fills free places, those who wait first with whoever has been free the longest; tells how many. */
    async fill(now: Date): Promise<number> {
      const free = [...(await freeSeats(pool, now))]
      if (free.length === 0) return 0
      // A few more than there are places: some may have been given back by the very person who is free.
      const { rows: next } = await pool.query<{ id: string; given_back_by: string | null }>({
        name: "next-in-line",
        text: "select id, given_back_by from handoff where status = 'queued' order by risk desc, queued_at, id limit $1",
        values: [2 * free.length + 10],
      })
      let filled = 0
      for (const { id, given_back_by: givenBackBy } of next) {
        const place = free.findIndex((one) => one !== givenBackBy)
        const staffId = free[place]
        if (staffId === undefined) continue
        free.splice(place, 1)
        const refusal = await actOn(pool, id, now, async (one) => ((await waitsForOne(one.client, staffId, now)) ? take(one, staffId) : "away"))
        if (refusal === undefined) filled += 1
      }
      return filled
    },
  }
}

/** Does something for each, whatever becomes of the others; throws what failed first, at the end. */
async function each<T>(rows: readonly T[], work: (row: T) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = []
  for (const row of rows) await work(row).catch((cause: unknown) => failures.push(cause))
  if (failures.length > 0) throw failures[0]
}
