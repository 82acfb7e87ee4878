import type pg from "pg"

/** How long a handoff may stand in each state before its timer acts, in seconds. */
export type HandoffWaits = {
  /** Asked, and not agreed to be passed on. */
  readonly consent: number
  /** Queued, and nobody came. */
  readonly queue: number
  /** Claimed, and its owner hasn't written. */
  readonly answer: number
  /** Offered to a colleague, and no answer. */
  readonly offer: number
  /** One of them has written, and the other hasn't: she is asked gently; a chat whose counsellor is silent goes back to the line. */
  readonly silence: number
  /** After that, until the chat is closed. */
  readonly close: number
}

/** How many hard chats in a row before a pause, and how long the pause is. */
export type Care = { readonly hardInARow: number; readonly coolSeconds: number }

/** Why an act on a handoff changed nothing. */
export type Refusal = "taken" | "not-yours" | "ended" | "full" | "cooling" | "not-offered" | "gone" | "away"

/** What she has still to hear of a handoff. */
export type News = "back" | "nobody" | "silent" | "nudge" | "ended"

/** Who ends a chat. */
export type Ending = { readonly staffId: string; readonly supervisor: boolean } | "system"

type Row = {
  readonly id: string
  readonly conversation_id: string | null
  readonly name: string
  readonly status: string
  readonly move: number
  readonly staff_id: string | null
  readonly offered_to: string | null
  readonly risk: number
  readonly awaits: string | null
  readonly nudged: boolean
  readonly live: boolean
  readonly due: boolean
  readonly where: Buffer | null
}

type Act = (client: pg.PoolClient, row: Row) => Promise<Refusal | undefined>

export type Handoffs = ReturnType<typeof createHandoffs>

/**
 * The acts of staff and of timers on handoffs. Each is a transaction of its own that locks the handoff first and a seat
 * after it, so one owner holds at any time, whoever else acts at the same moment. An act answers with what it was refused
 * for, and has written nothing then. What she must hear of is written with it, so that no crash leaves her in the dark.
 */
export function createHandoffs(pool: pg.Pool, waits: HandoffWaits, care: Care) {
  /** Takes one from the queue. */
  const claim = (id: string, staffId: string, now: Date) =>
    act(id, now, async (client, row) => {
      await client.query(HERE, [staffId, now])
      return take(client, row, staffId, now, "chat-claimed")
    })

  async function take(client: pg.PoolClient, row: Row, staffId: string, now: Date, what: string): Promise<Refusal | undefined> {
    if (row.status !== "queued") return row.status === "ended" ? "ended" : row.status === "asked" ? "gone" : "taken"
    const refusal = await roomFor(client, staffId, now)
    if (refusal !== undefined) return refusal
    await own(client, row, staffId, now)
    await audit(client, now, staffId, what, row.id)
    return undefined
  }

  /** Gives one back to the queue, where it keeps the place that its wait has earned. */
  const release = (id: string, staffId: string, now: Date) =>
    act(id, now, async (client, row) => {
      const refusal = ownedBy(row, staffId)
      if (refusal !== undefined) return refusal
      await giveBack(client, row, now)
      await audit(client, now, staffId, "chat-released", row.id)
      return undefined
    })

  /** Offers one to a colleague; it stays where it is until the colleague takes it. */
  const offer = (id: string, staffId: string, to: string, now: Date) =>
    act(id, now, async (client, row) => {
      const refusal = ownedBy(row, staffId)
      if (refusal !== undefined) return refusal
      if (to === staffId) return "not-offered"
      if (!(await mayHold(client, to))) return "gone"
      await change(client, row, now, { status: "transferring", offeredTo: to, due: waits.offer })
      await audit(client, now, staffId, "chat-offered", row.id, to)
      return undefined
    })

  /** Takes one that was offered. */
  const accept = (id: string, staffId: string, now: Date) =>
    act(id, now, async (client, row) => {
      if (row.status !== "transferring" || row.offered_to !== staffId) return row.status === "ended" ? "ended" : "not-offered"
      await client.query(HERE, [staffId, now])
      const refusal = await roomFor(client, staffId, now)
      if (refusal !== undefined) return refusal
      await own(client, row, staffId, now)
      await note(client, row, "moved", now)
      await audit(client, now, staffId, "chat-accepted", row.id, row.staff_id)
      return undefined
    })

  /** Leaves an offered one with its owner. */
  const refuse = (id: string, staffId: string, now: Date) =>
    act(id, now, async (client, row) => {
      if (row.status !== "transferring" || row.offered_to !== staffId) return row.status === "ended" ? "ended" : "not-offered"
      await stay(client, row, now)
      await audit(client, now, staffId, "chat-refused", row.id, row.staff_id)
      return undefined
    })

  /** A supervisor takes one over, from the queue or from whoever has it; neither her cap nor a pause holds her back. */
  const takeOver = (id: string, staffId: string, now: Date) =>
    act(id, now, async (client, row) => {
      if (row.status === "ended" || row.status === "asked") return row.status === "ended" ? "ended" : "gone"
      if (row.staff_id === staffId) return "taken"
      await client.query(HERE, [staffId, now])
      await own(client, row, staffId, now)
      if (row.staff_id !== null) await note(client, row, "moved", now)
      await audit(client, now, staffId, "chat-taken-over", row.id, row.staff_id)
      return undefined
    })

  /** Ends one. A supervisor may end what isn't hers. `block`: she may not ask again before then. */
  const end = (id: string, by: Ending, why: string, now: Date, block?: { readonly reason: string; readonly until: Date }) =>
    act(id, now, async (client, row) => {
      const mine = by !== "system" && row.staff_id === by.staffId
      if (row.status === "asked" && by !== "system") return "gone"
      if (by !== "system" && !mine && !by.supervisor) return row.status === "ended" ? "ended" : "not-yours"
      if (row.status === "ended" && !mine && block === undefined) return "ended"
      if (block !== undefined && by !== "system") {
        await client.query(BLOCK, [row.conversation_id, row.name, block.reason, block.until])
        await note(client, row, "blocked", now)
        await audit(client, now, by.staffId, "chat-blocked", row.id, block.reason)
      }
      if (row.status === "ended") {
        // It is over already, and whoever had it has seen that.
        if (mine) await client.query("update handoff set settled = true where id = $1", [row.id])
        return undefined
      }
      // Who was never written to hears the truth: nobody could answer.
      await finish(client, row, by === "system" ? "system" : mine ? "counsellor" : "supervisor", why, now, row.live ? "ended" : "nobody")
      if (by !== "system" && block === undefined) await audit(client, now, by.staffId, "chat-ended", row.id, why)
      return undefined
    })

  /** What each timer does when its time is up; tells how many acted. */
  async function actOnTimers(now: Date, limit: number): Promise<number> {
    const { rows } = await pool.query<{ id: string }>("select id from handoff where status <> 'ended' and due_at <= $1 order by due_at limit $2", [now, limit])
    await each(rows, ({ id }) => act(id, now, async (client, row) => (row.due ? onTime(client, row, now) : "gone")))
    return rows.length
  }

  async function onTime(client: pg.PoolClient, row: Row, now: Date): Promise<Refusal | undefined> {
    switch (row.status) {
      case "asked":
        await finish(client, row, "system", "not-answered", now)
        return undefined
      case "queued":
        await finish(client, row, "system", "nobody", now, "nobody")
        return undefined
      case "claimed":
        // Whoever let it lie isn't there: the next one doesn't come to her by itself.
        await client.query("update seat set presence = 'away' where staff_id = $1", [row.staff_id])
        await giveBack(client, row, now)
        return undefined
      case "transferring":
        await stay(client, row, now)
        return undefined
      case "live":
        if (row.awaits === "counsellor") {
          await client.query("update seat set presence = 'away' where staff_id = $1", [row.staff_id])
          await giveBack(client, row, now)
        } else if (row.nudged) {
          await note(client, row, "silent", now)
          await finish(client, row, "system", "silent", now, "silent")
        } else await change(client, row, now, { status: "live", due: waits.close, set: "nudged = true", news: "nudge" })
        return undefined
      default:
        return "ended"
    }
  }

  /** Gives back what counsellors hold who aren't there any more; tells how many. */
  async function leaveEmptySeats(now: Date): Promise<number> {
    const { rows } = await pool.query<{ id: string }>(
      `select h.id from handoff h left join seat s on s.staff_id = h.staff_id
      left join staff f on f.id = h.staff_id and f.active and f.roles && array['counsellor', 'supervisor']
      where h.status in ('claimed', 'live', 'transferring') and (s.staff_id is null or s.here_until < $1 or f.id is null)`,
      [now],
    )
    await each(rows, ({ id }) =>
      act(id, now, async (client, row) => {
        if (row.staff_id === null || row.status === "ended") return "gone"
        const { rows: seats } = await client.query<{ here: boolean }>("select here_until >= $2 as here from seat where staff_id = $1 for update", [row.staff_id, now])
        if (seats[0]?.here === true && (await mayHold(client, row.staff_id))) return "gone"
        await client.query("update seat set presence = 'away' where staff_id = $1", [row.staff_id])
        await giveBack(client, row, now)
        return undefined
      }),
    )
    return rows.length
  }

  /** Fills free places, those who wait first with whoever has been free the longest; tells how many. */
  async function fill(now: Date): Promise<number> {
    const { rows: seats } = await pool.query<{ staff_id: string }>({ name: "free-seats", text: FREE_SEATS, values: [now] })
    if (seats.length === 0) return 0
    const free = seats.map(({ staff_id }) => staff_id)
    // A few more than there are places: some may have been given back by the very person who is free.
    const { rows: next } = await pool.query<{ id: string; given_back_by: string | null }>({ name: "next-in-line", text: NEXT, values: [2 * free.length + 10] })
    let filled = 0
    for (const { id, given_back_by: givenBackBy } of next) {
      const place = free.findIndex((one) => one !== givenBackBy)
      const staffId = free[place]
      if (staffId === undefined) continue
      free.splice(place, 1)
      const refusal = await act(id, now, async (client, row) => {
        const { rowCount: there } = await client.query("select from seat where staff_id = $1 and presence = 'available' and here_until > $2 for update", [staffId, now])
        return there === 1 ? take(client, row, staffId, now, "chat-assigned") : "away"
      })
      if (refusal === undefined) filled += 1
    }
    return filled
  }

  /** Gives it to somebody, who has now to say something. */
  async function own(client: pg.PoolClient, row: Row, staffId: string, now: Date): Promise<void> {
    await change(client, row, now, { status: "claimed", staffId, due: waits.answer, set: "awaits = null, nudged = false" })
    await client.query("update seat set free_since = $2 where staff_id = $1", [staffId, now])
  }

  /** Back to its owner, as before the offer. */
  async function stay(client: pg.PoolClient, row: Row, now: Date): Promise<void> {
    await change(client, row, now, { status: row.awaits === null ? "claimed" : "live", due: row.awaits === null ? waits.answer : waits.silence })
  }

  async function giveBack(client: pg.PoolClient, row: Row, now: Date): Promise<void> {
    // Whoever has been talking is told; who was never answered knows nothing of it, and needn't.
    await change(client, row, now, {
      status: "queued",
      staffId: null,
      due: waits.queue,
      set: "given_back_by = handoff.staff_id, awaits = null, nudged = false",
      ...(row.live && { news: "back" }),
    })
    if (row.live) await note(client, row, "back", now)
    // Claims that lapse don't make the wait longer than it was said to be.
    else
      await client.query("update handoff set due_at = greatest(queued_at + $2 * interval '1 second', $3::timestamptz + interval '1 minute') where id = $1", [
        row.id,
        waits.queue,
        now,
      ])
  }

  async function finish(client: pg.PoolClient, row: Row, by: string, why: string, now: Date, news?: News): Promise<void> {
    await change(client, row, now, { status: "ended", due: null, set: "ended_at = $6", news })
    await client.query("update handoff set ended_by = $2, ended_why = $3, settled = $2 = 'counsellor' where id = $1", [row.id, by, why])
    await wear(client, row, care, now)
  }

  type Change = {
    readonly status: string
    readonly staffId?: string | null
    readonly offeredTo?: string
    readonly due: number | null
    readonly set?: string
    readonly news?: News | undefined
  }

  async function change(client: pg.PoolClient, row: Row, now: Date, { status, staffId = row.staff_id, offeredTo, due, set, news }: Change): Promise<void> {
    await client.query(
      `update handoff set status = $2, staff_id = $3, offered_to = $4, move = move + 1, due_at = $6::timestamptz + $5 * interval '1 second'${set === undefined ? "" : `, ${set}`} where id = $1`,
      [row.id, status, staffId, offeredTo ?? null, due, now],
    )
    if (news !== undefined && row.where !== null) {
      await client.query('insert into handoff_news (handoff_id, move, what, "where") values ($1, $2, $3, $4)', [row.id, row.move + 1, news, row.where])
    }
  }

  /** One act: locks the row, does the work, tells the desk. */
  async function act(id: string, now: Date, work: Act): Promise<Refusal | undefined> {
    return inTransaction(pool, async (client) => {
      const { rows } = await client.query<Row>(
        `select id, conversation_id, name, status, move, staff_id, offered_to, risk, awaits, nudged, live_at is not null as live, coalesce(due_at <= $2, false) as due, "where"
        from handoff where id = $1 for update`,
        [id, now],
      )
      const refusal = rows[0] === undefined ? "gone" : await work(client, rows[0])
      if (refusal === undefined) await client.query("select pg_notify('desk', $1)", [id])
      return refusal
    })
  }

  return { claim, release, offer, accept, refuse, takeOver, end, actOnTimers, leaveEmptySeats, fill }
}

/** Does something for each, whatever becomes of the others; throws what failed first, at the end. */
async function each<T>(rows: readonly T[], work: (row: T) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = []
  for (const row of rows) await work(row).catch((cause: unknown) => failures.push(cause))
  if (failures.length > 0) throw failures[0]
}

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

/** A hard chat leaves its mark on whoever had it: a debrief is offered after each, a pause after several. */
export async function wear(client: pg.PoolClient, { staff_id: staffId, live, risk }: Pick<Row, "staff_id" | "live" | "risk">, care: Care, now: Date): Promise<void> {
  if (staffId !== null && live) await client.query(WEAR, [staffId, risk === 2, care.hardInARow, new Date(now.getTime() + care.coolSeconds * 1000), now])
}

/** Writes a line of the house's own into a chat. Its words are a code, which every page says in its own language. */
async function note(client: pg.PoolClient, row: Row, code: string, now: Date): Promise<void> {
  await client.query(
    `with one as (update handoff set lines = lines + 1 where id = $1 returning lines)
    insert into handoff_line (handoff_id, n, "from", content, at) select $1, lines, 'system', convert_to($2, 'UTF8'), $3 from one`,
    [row.id, code, now],
  )
}

function ownedBy(row: Row, staffId: string): Refusal | undefined {
  if (row.status === "ended") return "ended"
  return row.staff_id === staffId ? undefined : "not-yours"
}

async function mayHold(client: pg.PoolClient, staffId: string): Promise<boolean> {
  const { rowCount } = await client.query("select from staff where id = $1 and active and roles && array['counsellor', 'supervisor']", [staffId])
  return rowCount === 1
}

/** Whether a counsellor can take one more. Locks her seat, so that two at once are counted one after the other. */
async function roomFor(client: pg.PoolClient, staffId: string, now: Date): Promise<Refusal | undefined> {
  const { rows } = await client.query<{ cap: number; cooling: boolean }>(
    `select f.cap, coalesce(s.cool_until > $2, false) as cooling from seat s join staff f on f.id = s.staff_id and f.active where s.staff_id = $1 for update of s`,
    [staffId, now],
  )
  const seat = rows[0]
  if (seat === undefined) return "gone"
  if (seat.cooling) return "cooling"
  const { rows: held } = await client.query<{ n: number }>("select count(*)::int as n from handoff where staff_id = $1 and status in ('claimed', 'live', 'transferring')", [
    staffId,
  ])
  return (held[0]?.n ?? 0) < seat.cap ? undefined : "full"
}

async function audit(client: pg.PoolClient, now: Date, staffId: string, what: string, subjectId: string, reason: string | null = null): Promise<void> {
  await client.query("insert into audit (at, staff_id, what, subject_id, reason) values ($1, $2, $3, $4, $5)", [now, staffId, what, subjectId, reason])
}

const BLOCK = `
insert into block (conversation_id, id, name, reason, until) select $1, gen_random_uuid(), $2, $3, $4 where $1::uuid is not null
on conflict (conversation_id) do update set name = excluded.name, reason = excluded.reason, until = excluded.until`

// Whoever does something is there; who was gone in between isn't available again by that alone.
const HERE = `
insert into seat (staff_id, here_until, free_since) values ($1, $2::timestamptz + interval '90 seconds', $2)
on conflict (staff_id) do update set here_until = greatest(seat.here_until, excluded.here_until),
  presence = case when seat.here_until < $2 then 'away' else seat.presence end`

const WEAR = `
update seat set free_since = $5, debrief = debrief or $2,
  hard_in_a_row = case when not $2 or hard_in_a_row + 1 >= $3 then 0 else hard_in_a_row + 1 end,
  cool_until = case when $2 and hard_in_a_row + 1 >= $3 then $4 else cool_until end
where staff_id = $1`

// Who may be given a chat now, the least busy and longest free first, once for each free place.
const FREE_SEATS = `
select s.staff_id from seat s join staff f on f.id = s.staff_id and f.active and f.roles && array['counsellor', 'supervisor']
left join handoff h on h.staff_id = s.staff_id and h.status in ('claimed', 'live', 'transferring')
where s.presence = 'available' and s.here_until > $1 and coalesce(s.cool_until <= $1, true)
group by s.staff_id, s.free_since, f.cap having count(h.id) < f.cap order by count(h.id), s.free_since, s.staff_id`

const NEXT = "select id, given_back_by from handoff where status = 'queued' order by risk desc, queued_at, id limit $1"
