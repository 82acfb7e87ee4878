import type pg from "pg"

/** A chat as the lists show it. */
export type ChatRow = {
  readonly id: string
  readonly name: string
  readonly channel: string
  readonly language: string
  readonly risk: number
  readonly status: string
  readonly staffId: string | null
  readonly offeredTo: string | null
  readonly since: Date
  readonly dueAt: Date | null
  readonly read: number
  readonly heard: number
  readonly lines: number
  readonly endedAt: Date | null
  readonly endedBy: string | null
  /** A counsellor's words rest until she writes. */
  readonly rests: boolean
}

/** Somebody who may take chats. */
export type SeatRow = {
  readonly id: string
  readonly alias: string
  readonly roles: readonly string[]
  readonly cap: number
  readonly presence: string
  readonly hereUntil: Date | null
  readonly coolUntil: Date | null
  readonly debrief: boolean
}

/** All that the lists of every console show. */
export type DeskRows = {
  readonly queue: readonly ChatRow[]
  readonly waiting: number
  /** Those that somebody has, and those that ended without their owner having seen it. */
  readonly chats: readonly ChatRow[]
  readonly seats: readonly SeatRow[]
  readonly closing: { readonly reason: string; readonly until: Date; readonly alias: string } | undefined
}

/** How many of those who wait are listed. */
const LISTED = 100
/** How long an ending that its owner hasn't seen is shown. */
const UNSEEN_MS = 12 * 3600_000

const COLUMNS = `h.id, h.name, h.channel, h.language, h.risk, h.status, h.staff_id as "staffId", h.offered_to as "offeredTo",
  coalesce(h.queued_at, h.asked_at) as since, h.due_at as "dueAt", h.read, h.heard, h.lines, h.ended_at as "endedAt", h.ended_by as "endedBy", h.rests`

/** Reads the lists. What it costs hangs on what is open, not on how many wait. */
export async function deskRows(pool: pg.Pool, now: Date): Promise<DeskRows> {
  const queue = await pool.query<ChatRow>({
    name: "desk-queue",
    text: `select ${COLUMNS} from handoff h where h.status = 'queued' order by h.risk desc, h.queued_at, h.id limit ${LISTED}`,
  })
  const waiting =
    queue.rows.length < LISTED
      ? queue.rows.length
      : ((await pool.query<{ n: number }>({ name: "desk-waiting", text: "select count(*)::int as n from handoff where status = 'queued'" })).rows[0]?.n ?? 0)
  const chats = await pool.query<ChatRow>({
    name: "desk-chats",
    text: `select ${COLUMNS} from handoff h where h.status in ('claimed', 'live', 'transferring')
      union all select ${COLUMNS} from handoff h where h.status = 'ended' and not h.settled and h.staff_id is not null and h.ended_at > $1
      order by since`,
    values: [new Date(now.getTime() - UNSEEN_MS)],
  })
  const seats = await pool.query<SeatRow>({
    name: "desk-seats",
    text: `select f.id, f.alias, f.roles, f.cap, coalesce(s.presence, 'away') as presence, s.here_until as "hereUntil", s.cool_until as "coolUntil", coalesce(s.debrief, false) as debrief
      from staff f left join seat s on s.staff_id = f.id where f.active and f.roles && array['counsellor', 'supervisor'] order by f.alias`,
  })
  const closing = await pool.query<{ reason: string; until: Date; alias: string }>({
    name: "desk-closing",
    text: "select c.reason, c.until, f.alias from closing c join staff f on f.id = c.staff_id where c.id = (select max(id) from closing) and c.until > $1",
    values: [now],
  })
  return { queue: queue.rows, waiting, chats: chats.rows, seats: seats.rows, closing: closing.rows[0] }
}

/** Every handoff that is open, and those that ended since. */
export async function handoffsSince(pool: pg.Pool, since: Date): Promise<readonly ChatRow[]> {
  const { rows } = await pool.query<ChatRow>(
    `select ${COLUMNS} from handoff h where h.status <> 'asked' and (h.status <> 'ended' or (h.ended_at > $1 and h.queued_at is not null)) order by h.queued_at`,
    [since],
  )
  return rows
}

/** Somebody who is kept out of the line; `by` is the alias of who blocked. */
type BlockRow = { readonly id: string; readonly name: string; readonly reason: string; readonly until: Date; readonly by: string | null }

/** Who is kept out of the line now, who is let in next first. */
export async function blocksNow(pool: pg.Pool, now: Date): Promise<readonly BlockRow[]> {
  const { rows } = await pool.query<BlockRow>(
    'select b.id, b.name, b.reason, b.until, f.alias as "by" from block b left join staff f on f.id = b.staff_id where b.until > $1 order by b.until, b.id limit 500',
    [now],
  )
  return rows
}

/** One chat with what belongs to it; its words are covered. */
export type OpenedChat = {
  readonly head: ChatRow & { readonly conversationId: string | null; readonly where: Buffer | null; readonly asked: Buffer | null }
  readonly lines: readonly {
    readonly n: number
    readonly from: "contact" | "counsellor" | "system"
    readonly alias: string | null
    readonly content: Buffer
    readonly at: Date
    readonly outboxId: string | null
    readonly key: string | null
    readonly fate: string | null
    readonly code: string | null
  }[]
  readonly notes: readonly { readonly id: string; readonly alias: string | null; readonly content: Buffer; readonly at: Date }[]
  readonly record: Buffer | null
}

/** One chat's head; nothing when there is none. */
export async function chatHead(pool: pg.Pool, id: string): Promise<OpenedChat["head"] | undefined> {
  const { rows } = await pool.query<OpenedChat["head"]>({
    name: "chat-head",
    text: `select ${COLUMNS}, h.conversation_id as "conversationId", h."where", h.asked from handoff h where h.id = $1`,
    values: [id],
  })
  return rows[0]
}

/** The lines of a chat after a number, with what became of those that were sent. */
export async function chatLines(pool: pg.Pool, id: string, after: number): Promise<OpenedChat["lines"]> {
  const { rows } = await pool.query<OpenedChat["lines"][number]>({
    name: "chat-lines",
    text: `select l.n, l."from", f.alias, l.content, l.at, l.outbox_id as "outboxId", l.key, o.status as fate, o.code
      from handoff_line l left join staff f on f.id = l.staff_id left join outbox o on o.id = l.outbox_id
      where l.handoff_id = $1 and l.n > $2 order by l.n limit 2000`,
    values: [id, after],
  })
  return rows
}

/** The notes and the record of a chat. */
export async function chatPapers(pool: pg.Pool, id: string): Promise<Pick<OpenedChat, "notes" | "record">> {
  const notes = await pool.query<OpenedChat["notes"][number]>({
    name: "chat-notes",
    text: "select n.id::text, f.alias, n.content, n.at from handoff_note n left join staff f on f.id = n.staff_id where n.handoff_id = $1 order by n.id",
    values: [id],
  })
  const record = await pool.query<{ content: Buffer }>({ name: "chat-record", text: "select content from case_record where handoff_id = $1", values: [id] })
  return { notes: notes.rows, record: record.rows[0]?.content ?? null }
}

/** Notes that its owner has read all that she wrote; tells whether that was news. */
export async function markRead(pool: pg.Pool, id: string, staffId: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: "mark-read",
    text: "update handoff set read = heard where id = $1 and staff_id = $2 and read < heard returning pg_notify('desk', id::text)",
    values: [id, staffId],
  })
  return rowCount === 1
}

/** How long people waited lately until somebody wrote to them, in seconds, the newest first. */
export async function recentWaits(pool: pg.Pool, since: Date): Promise<readonly number[]> {
  const { rows } = await pool.query<{ seconds: number }>({
    name: "recent-waits",
    text: "select extract(epoch from live_at - queued_at)::float8 as seconds from handoff where asked_at > $1 and live_at >= queued_at order by live_at desc limit 20",
    values: [since],
  })
  return rows.map(({ seconds }) => seconds)
}
