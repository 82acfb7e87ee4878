import type { ChatRow, DeskRows, OpenedChat, SeatRow } from "../store/desk-reads.ts"
import type { Card, ChatHead, Closing, Colleague, Delivery, Desk, HandoffStatus, Line, Me, Presence, Risk, Role } from "./desk-view.ts"

/** The lists as one person sees them. Pure. */
export function viewOf(
  { queue, waiting, chats, seats, closing }: DeskRows,
  me: { readonly id: string; readonly alias: string; readonly roles: readonly Role[]; readonly cap: number },
  opens: "open" | Date | undefined,
  now: Date,
): Desk {
  const heads = chats.map(headOf)
  const isOpen = ({ status }: ChatHead) => status !== "ended"
  const load = (id: string) => heads.filter((head) => head.owner === id && isOpen(head)).length
  const seat = seats.find(({ id }) => id === me.id)
  const board: readonly ChatHead[] = [...heads.filter(isOpen), ...queue.map(headOf)]
  return {
    version: now.getTime(),
    open: opens === "open",
    opensAt: opens === "open" || opens === undefined ? null : opens.toISOString(),
    closing: closing === undefined ? null : { reason: closing.reason as Closing["reason"], until: closing.until.toISOString(), by: closing.alias },
    queue: queue.map(({ id, name, channel, language, risk, since }) => ({ id, name, channel, language, risk: risk as Risk, since: since.toISOString() })),
    waiting,
    mine: heads.filter(({ owner }) => owner === me.id),
    offered: heads.filter(({ offer }) => offer?.to === me.id),
    board: me.roles.includes("supervisor") ? board : null,
    colleagues: seats.map((one) => seatOf(one, load(one.id), now)),
    me: meOf(me, seat, now),
  }
}

function meOf(me: { readonly id: string; readonly alias: string; readonly roles: readonly Role[]; readonly cap: number }, seat: SeatRow | undefined, now: Date): Me {
  const cooling = seat?.coolUntil != null && seat.coolUntil > now
  return { ...me, presence: (seat?.presence ?? "away") as Presence, coolUntil: cooling ? (seat.coolUntil?.toISOString() ?? null) : null, debrief: seat?.debrief ?? false }
}

/** A colleague; whoever hasn't been heard of is away, whatever was said last. */
export function seatOf({ id, alias, presence, hereUntil, cap, roles }: SeatRow, load: number, now: Date): Colleague {
  const here = hereUntil !== null && hereUntil > now
  return { id, alias, presence: here ? (presence as Presence) : "away", load, cap, supervisor: roles.includes("supervisor") }
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
