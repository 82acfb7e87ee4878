import type { ChatRow, DeskRows, OpenedChat, SeatRow } from "../store/desk-reads.ts"
import type { Card, ChatHead, Closing, Colleague, Delivery, Desk, HandoffStatus, Line, Me, Presence, Risk, Role } from "./desk-view.ts"

/** The lists as one person sees them. Pure. */
export function viewOf(
  rows: DeskRows,
  me: { readonly id: string; readonly alias: string; readonly roles: readonly Role[]; readonly cap: number },
  { opens, timeZone }: { readonly opens: "open" | Date | undefined; readonly timeZone: string },
  now: Date,
): Desk {
  const { queue, waiting, chats, seats, closing } = rows
  const heads = chats.map(headOf)
  const seat = seats.find(({ id }) => id === me.id)
  const board: readonly ChatHead[] = [...heads.filter(({ status }) => status !== "ended"), ...queue.map(headOf)]
  return {
    version: now.getTime(),
    open: opens === "open",
    timeZone,
    opensAt: opens === "open" || opens === undefined ? null : opens.toISOString(),
    closing: closing === undefined ? null : { reason: closing.reason as Closing["reason"], until: closing.until.toISOString(), by: closing.alias },
    queue: queue.map(({ id, name, channel, language, risk, since }) => ({ id, name, channel, language, risk: risk as Risk, since: since.toISOString() })),
    waiting,
    mine: heads.filter(({ owner }) => owner === me.id),
    offered: heads.filter(({ offer }) => offer?.to === me.id),
    board: me.roles.includes("supervisor") ? board : null,
    colleagues: colleaguesOf(rows, now),
    me: meOf(me, seat, now),
  }
}

function meOf(me: { readonly id: string; readonly alias: string; readonly roles: readonly Role[]; readonly cap: number }, seat: SeatRow | undefined, now: Date): Me {
  const cooling = seat?.coolUntil != null && seat.coolUntil > now
  return { ...me, presence: (seat?.presence ?? "away") as Presence, coolUntil: cooling ? (seat.coolUntil?.toISOString() ?? null) : null, debrief: seat?.debrief ?? false }
}

/** Everybody who may take chats. Whoever hasn't been heard of is away, whatever was said last. */
export function colleaguesOf({ seats, chats }: Pick<DeskRows, "seats" | "chats">, now: Date): readonly Colleague[] {
  return seats.map(({ id, alias, presence: said, hereUntil, coolUntil, cap, roles }) => {
    const presence = hereUntil !== null && hereUntil > now ? (said as Presence) : "away"
    const load = chats.filter(({ staffId, status }) => staffId === id && status !== "ended").length
    const rests = coolUntil !== null && coolUntil > now
    return { id, alias, presence, load, cap, supervisor: roles.includes("supervisor"), canTake: presence !== "away" && load < cap && !rests }
  })
}

/** A chat's head as it is shown. */
export function headOf({ id, name, channel, language, risk, status, staffId, offeredTo, since, dueAt, read, heard, endedBy, rests }: ChatRow): ChatHead {
  return {
    id,
    name,
    channel,
    language,
    risk: risk as Risk,
    status: status as HandoffStatus,
    owner: staffId,
    since: since.toISOString(),
    read,
    last: heard,
    left: status === "ended" && endedBy === "contact",
    rests: rests && status !== "ended",
    offer: status === "transferring" && offeredTo !== null && staffId !== null ? { to: offeredTo, from: staffId, until: (dueAt ?? since).toISOString() } : null,
  }
}

/** A handoff as a room of Slack may show it. */
export function cardOf({ id, name, channel, language, risk, status, since, staffId, lines, endedAt, endedBy }: ChatRow, owner: string | null): Card {
  return {
    id,
    name,
    channel,
    language,
    risk: risk as Risk,
    status: status as HandoffStatus,
    since: since.toISOString(),
    owner,
    ownerId: staffId,
    left: status === "ended" && endedBy === "contact",
    lines,
    endedAt: endedAt?.toISOString() ?? null,
  }
}

const DELIVERY: Readonly<Record<string, Delivery>> = { waiting: "queued", unknown: "unknown", sent: "sent", delivered: "delivered", refused: "failed", resting: "held" }

/** One line with what became of it. */
export function lineOf({ n, from, alias, at, fate, code, key }: OpenedChat["lines"][number], text: string): Line {
  const delivery = from !== "counsellor" ? null : ((fate === null ? undefined : DELIVERY[fate]) ?? "unknown")
  return { n, id: `line-${n}`, from, alias: from === "counsellor" ? alias : null, text, at: at.toISOString(), delivery, code: delivery === "failed" ? code : null, key }
}
