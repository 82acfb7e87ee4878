import type pg from "pg"
import { plainArray } from "./array.ts"
import type { HandoffWaits } from "./handoff-row.ts"
import type { Fated } from "./outbox.ts"
import { wear, type Care } from "./seats.ts"
import { freeTurn, layEarlierToRest, layToRest, wake } from "./rest.ts"
import { landTurns, type Landing } from "./turns.ts"

/** What a turn changes at the desk, in the order in which it happened. `id` is the handoff's. */
export type DeskStep =
  | {
      readonly type: "ask"
      readonly id: string
      readonly name: string
      readonly channel: string
      readonly language: string
      readonly risk: number
      readonly quiet: boolean
      readonly where: Uint8Array
    }
  | { readonly type: "queue"; readonly id: string; readonly language: string; readonly risk: number; readonly quiet: boolean; readonly consent: string; readonly asked: Uint8Array }
  /** She says something. */
  | { readonly type: "line"; readonly id: string; readonly risk: number; readonly content: Uint8Array }
  /** The house notes something by its code. */
  | { readonly type: "mark"; readonly id: string; readonly code: string; readonly risk: number }
  /** She was told to keep the chat closed: what counsellors say rests until she writes. */
  | { readonly type: "rest"; readonly id: string }
  | { readonly type: "resume"; readonly id: string }
  /** A counsellor says something; `line` is the one that is said once more, `introduction` what is said before it. */
  | {
      readonly type: "relay"
      readonly id: string
      readonly staffId: string
      readonly key: string
      readonly outboxId: string
      readonly introduction: readonly string[]
      readonly line?: number | undefined
      readonly content: Uint8Array
    }
  | { readonly type: "leave"; readonly id: string; readonly why: string }
  | { readonly type: "reopen"; readonly id: string }
  | { readonly type: "survey"; readonly id: string; readonly answer: string }

/** An open handoff, as a turn needs to know it. `none`: there is none; `blocked`: and there may be none. */
export type OpenHandoff = { readonly id: string; readonly status: string; readonly staffId: string | null; readonly rests: boolean } | "none" | "blocked"

/** How long after its end a chat can be opened again, and a question at its end answered. */
const AFTERWARDS_MS = 24 * 3600_000

/** How the open handoffs of these conversations stand. */
export async function openHandoffs(db: Pick<pg.Pool, "query">, conversations: readonly string[], now: Date): Promise<ReadonlyMap<string, OpenHandoff>> {
  const { rows } = await db.query<{ conversation: string; id: string | null; status: string; staff_id: string | null; rests: boolean | null; blocked: boolean }>({
    name: "open-handoffs",
    text: `select i.id as conversation, h.id, h.status, h.staff_id, h.rests, b.conversation_id is not null as blocked
      from unnest($1::uuid[]) as i(id) left join handoff h on h.conversation_id = i.id and h.status <> 'ended'
      left join block b on b.conversation_id = i.id and b.until > $2`,
    values: [plainArray(conversations), now],
  })
  return new Map(
    rows.map(({ conversation, id, status, staff_id, rests, blocked }) => [
      conversation,
      id === null ? (blocked ? "blocked" : "none") : { id, status, staffId: staff_id, rests: rests === true },
    ]),
  )
}

/**
 * Writes a batch in which something happens at the desk, in a transaction of the caller's: the handoffs are locked first, so
 * that no act of staff comes in between. A turn whose step has nowhere to go any more (the handoff has ended, or is
 * somebody else's by now) doesn't land, and is taken again by somebody who asks how it stands.
 */
export async function landAtDesk(
  client: pg.PoolClient,
  batch: readonly Landing[],
  fates: readonly Fated[],
  process: string,
  parts: { readonly waits: HandoffWaits; readonly care: Care; readonly now: Date },
): Promise<ReadonlyMap<string, { readonly held: boolean }>> {
  const here = batch.filter(({ desk }) => desk.length > 0)
  if (here.length === 0) return landTurns(client, batch, fates, process)
  await lock(client, here)
  const open = await openHandoffs(
    client,
    here.map(({ id }) => id),
    parts.now,
  )
  const possible = batch.filter(({ id, desk }) => desk.length === 0 || fit(desk, open.get(id) ?? "none"))
  const landed = new Map(await landTurns(client, possible, fates, process))
  for (const { id, version, desk } of here) {
    if (!landed.has(id)) continue
    let stirred = false
    for (const step of desk) stirred = (await write(client, { id, version }, step, parts)) === "stirred" || stirred
    if (stirred) {
      await freeTurn(client, id, version)
      landed.set(id, { held: true })
    }
    for (const handoff of new Set(desk.map((step) => step.id))) await client.query("select pg_notify('desk', $1)", [handoff])
  }
  return landed
}

/** Locks what is open for these conversations, and what their turns name. */
async function lock(client: pg.PoolClient, here: readonly Landing[]): Promise<void> {
  await client.query({
    name: "lock-handoffs",
    text: `select h.id from handoff h
      where h.id in (select id from handoff where conversation_id = any ($1::uuid[]) and status <> 'ended' union select unnest($2::uuid[])) order by h.id for update`,
    values: [plainArray(here.map(({ id }) => id)), plainArray(here.flatMap(({ desk }) => desk.map(({ id }) => id)))],
  })
}

/** Whether all steps can be taken one after the other, from how it stands. */
function fit(steps: readonly DeskStep[], from: OpenHandoff): boolean {
  let open = from
  for (const step of steps) {
    const mine = typeof open === "object" && open.id === step.id ? open : undefined
    switch (step.type) {
      case "ask":
        if (open !== "none") return false
        open = { id: step.id, status: "asked", staffId: null, rests: false }
        break
      case "queue":
        if (mine?.status !== "asked") return false
        open = { ...mine, status: "queued" }
        break
      case "reopen":
        if (open !== "none") return false
        open = { id: step.id, status: "queued", staffId: null, rests: false }
        break
      case "line":
      case "mark":
        if (mine === undefined) return false
        break
      case "relay":
        if (mine === undefined || mine.staffId !== step.staffId || mine.status === "queued") return false
        break
      case "leave":
        if (mine !== undefined) open = "none"
        break
      // Where to be safe is told whatever has become of a chat.
      case "rest":
      case "resume":
      case "survey":
        break
      default:
        step satisfies never
    }
  }
  return true
}

/** Writes one step. `stirred`: words rest now that were to leave, or are to leave that rested. */
async function write(
  client: pg.PoolClient,
  { id: conversationId, version }: Pick<Landing, "id" | "version">,
  step: DeskStep,
  { waits, care, now }: { readonly waits: HandoffWaits; readonly care: Care; readonly now: Date },
): Promise<"stirred" | undefined> {
  switch (step.type) {
    case "ask":
      await client.query(
        `insert into handoff (id, conversation_id, name, channel, language, risk, status, asked_at, due_at, quiet, "where")
        values ($1, $2, $3, $4, $5, $6, 'asked', $9, $9::timestamptz + $10 * interval '1 second', $7, $8)`,
        [step.id, conversationId, step.name, step.channel, step.language, step.risk, step.quiet, Buffer.from(step.where), now, waits.consent],
      )
      return undefined
    case "queue":
      await client.query(
        `update handoff set status = 'queued', queued_at = $6, asked = $2, risk = greatest(risk, $3), quiet = $4, consent = $5, language = $8,
          due_at = $6::timestamptz + $7 * interval '1 second' where id = $1`,
        [step.id, Buffer.from(step.asked), step.risk, step.quiet, step.consent, now, waits.queue, step.language],
      )
      return undefined
    case "line":
      // Her word winds the clock up: now the counsellor's is awaited.
      await addLine(client, step.id, "contact", now, step.content)
      await client.query(
        `update handoff set heard = heard + 1, risk = greatest(risk, $2), nudged = false, awaits = case when awaits is null then null else 'counsellor' end,
          due_at = case when status = 'live' and awaits is distinct from 'counsellor' then $3::timestamptz + $4 * interval '1 second' else due_at end where id = $1`,
        [step.id, step.risk, now, waits.silence],
      )
      return undefined
    case "mark":
      await addLine(client, step.id, "system", now, Buffer.from(step.code))
      await client.query("update handoff set risk = greatest(risk, $2) where id = $1", [step.id, step.risk])
      return undefined
    case "rest":
      await client.query("update handoff set rests = true where id = $1 and status <> 'ended'", [step.id])
      return (await layEarlierToRest(client, step.id, conversationId, version)) > 0 ? "stirred" : undefined
    case "resume":
      await client.query("update handoff set rests = false where id = $1", [step.id])
      return (await wake(client, conversationId, now)) > 0 ? "stirred" : undefined
    case "relay": {
      if (step.line !== undefined)
        await client.query("update handoff_line set outbox_id = $3, staff_id = $4 where handoff_id = $1 and n = $2", [step.id, step.line, step.outboxId, step.staffId])
      else await addLine(client, step.id, "counsellor", now, step.content, step)
      const { rows } = await client.query<{ rests: boolean }>(
        `update handoff set status = case when status = 'claimed' then 'live' else status end, live_at = coalesce(live_at, $2), awaits = 'contact', nudged = false,
          due_at = case when status = 'transferring' then due_at else $2::timestamptz + $3 * interval '1 second' end where id = $1 returning rests`,
        [step.id, now, waits.silence],
      )
      if (rows[0]?.rests !== true) return undefined
      await layToRest(client, [...step.introduction, step.outboxId])
      return "stirred"
    }
    case "leave": {
      const { rows } = await client.query<{ status: string; staff_id: string | null; live: boolean; risk: number }>(
        "select status, staff_id, live_at is not null as live, risk from handoff where id = $1 and status <> 'ended'",
        [step.id],
      )
      const row = rows[0]
      if (row === undefined) return undefined
      if (row.status !== "asked") await addLine(client, step.id, "system", now, Buffer.from("left"))
      await client.query(
        "update handoff set status = 'ended', move = move + 1, ended_at = $3, ended_by = 'contact', ended_why = $2, due_at = null, offered_to = null where id = $1",
        [step.id, step.why, now],
      )
      await wear(client, row, care, now)
      return undefined
    }
    case "reopen":
      await client.query(
        `update handoff set status = 'queued', move = move + 1, staff_id = null, ended_at = null, ended_by = null, ended_why = null, awaits = null, nudged = false, told_closed = false, queued_at = $2,
          due_at = $2::timestamptz + $3 * interval '1 second' where id = $1 and conversation_id = $4 and ended_at > $5`,
        [step.id, now, waits.queue, conversationId, new Date(now.getTime() - AFTERWARDS_MS)],
      )
      await addLine(client, step.id, "system", now, Buffer.from("reopened"))
      return undefined
    case "survey":
      await client.query("update handoff set survey = $2 where id = $1 and conversation_id = $3 and ended_at > $4", [
        step.id,
        step.answer,
        conversationId,
        new Date(now.getTime() - AFTERWARDS_MS),
      ])
      return undefined
    default:
      return step satisfies never
  }
}

async function addLine(
  client: pg.PoolClient,
  id: string,
  from: "contact" | "counsellor" | "system",
  now: Date,
  content: Uint8Array,
  by?: { readonly staffId: string; readonly key: string; readonly outboxId: string },
): Promise<void> {
  await client.query(
    `with one as (update handoff set lines = lines + 1 where id = $1 returning lines)
    insert into handoff_line (handoff_id, n, "from", staff_id, outbox_id, key, content, at) select $1, lines, $2, $3, $4, $5, $6, $7 from one`,
    [id, from, by?.staffId ?? null, by?.outboxId ?? null, by?.key ?? null, Buffer.from(content), now],
  )
}
