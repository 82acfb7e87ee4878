/**
 * What the console sees of the desk. It holds no address and no name of a person; a chat is known by its made-up name.
 * `web/console` and the browser app both read these types; moments are ISO 8601, ages and waits are milliseconds.
 */

/** Staff roles; each route declares who may enter. */
export type Role = "counsellor" | "supervisor" | "officer" | "moderator" | "admin"
export type Presence = "available" | "break" | "away"
/** 0 nothing heard, 1 something may be wrong, 2 danger, suicide or a child. Orders the queue; decides nothing else. */
export type Risk = 0 | 1 | 2
export type HandoffStatus = "asked" | "queued" | "claimed" | "live" | "transferring" | "ended"

export type Me = {
  readonly id: string
  /** The only name that a person or Slack ever sees. */
  readonly alias: string
  readonly roles: readonly Role[]
  readonly presence: Presence
  readonly cap: number
  /** After hard chats in a row: no new one before then. */
  readonly coolUntil: string | null
  /** The last chat was hard; cleared by `POST me/debriefed`. */
  readonly debrief: boolean
}

export type Colleague = { readonly id: string; readonly alias: string; readonly presence: Presence; readonly load: number; readonly cap: number; readonly supervisor: boolean }

export type Waiting = { readonly id: string; readonly name: string; readonly channel: string; readonly language: string; readonly risk: Risk; readonly since: string }

export type ChatHead = {
  readonly id: string
  readonly name: string
  readonly channel: string
  readonly language: string
  readonly risk: Risk
  readonly status: HandoffStatus
  readonly owner: string | null
  readonly since: string
  /** Highest number of her messages that the owner has read, and that there are. */
  readonly read: number
  readonly last: number
  /** She has left: nothing may be written any more. */
  readonly left: boolean
  /** An open offer to hand this chat over; `to` is a colleague's id, or `queue`. */
  readonly offer: { readonly to: string; readonly from: string; readonly until: string } | null
}

export type Closing = { readonly reason: "capacity" | "holiday" | "emergency" | "other"; readonly until: string; readonly by: string }

/** `GET /console/api/desk`: everything the lists show. `board` (all open chats) for supervisors only. */
export type Desk = {
  readonly version: number
  readonly open: boolean
  readonly opensAt: string | null
  readonly closing: Closing | null
  readonly queue: readonly Waiting[]
  readonly mine: readonly ChatHead[]
  readonly offered: readonly ChatHead[]
  readonly board: readonly ChatHead[] | null
  readonly colleagues: readonly Colleague[]
  readonly me: Me
}

export type Delivery = "queued" | "sent" | "delivered" | "failed" | "unknown"

/** One line of a chat. `n` rises by one in each chat; `delivery` only on the counsellor's words. */
export type Line = {
  readonly n: number
  readonly id: string
  readonly from: "contact" | "counsellor" | "system"
  readonly alias: string | null
  readonly text: string
  readonly at: string
  readonly delivery: Delivery | null
  readonly code: string | null
}

export type Note = { readonly id: string; readonly alias: string; readonly text: string; readonly at: string }

/** `GET /console/api/chats/:id?after=n`: opening it as its owner marks as read. */
export type Chat = {
  readonly head: ChatHead
  /** What the bot asked before, so that she isn't asked twice; locale keys of the question and her answer. */
  readonly asked: readonly { readonly question: string; readonly answer: string }[]
  readonly lines: readonly Line[]
  readonly notes: readonly Note[]
  readonly record: CaseRecord | null
}

/** A counsellor's record without identity, coded to `content/taxonomy.yaml`. */
export type CaseRecord = { readonly categories: Readonly<Record<string, readonly string[]>>; readonly summary: string }

/**
 * `GET /console/api/events` (server-sent): `event: desk` when a list changed, `event: chat` with `{ id, last }` when a
 * chat changed; each with an `id:` that rises. What changed is asked for by the routes above, so nothing is lost or
 * doubled by a reconnection.
 *
 * Acts, each `POST /console/api/…`, 200 with `{ ok: true }` or 409 with `{ ok: false, why }`:
 * `chats/:id/claim` · `chats/:id/release` · `chats/:id/messages` `{ text, key }` (the same key twice is one message) ·
 * `chats/:id/messages/:line/retry` · `chats/:id/notes` `{ text }` · `chats/:id/transfer` `{ to }` · `chats/:id/accept` ·
 * `chats/:id/refuse` · `chats/:id/takeover` (supervisor) · `chats/:id/end` `{ why }` · `chats/:id/block` `{ reason, hours }` ·
 * `chats/:id/record` `CaseRecord` · `chats/:id/unmask` `{ reason }` (supervisor; answers the address, once, and is written
 * down) · `me/presence` `{ presence }` · `me/debriefed` · `closing` `{ reason, until }` and `closing/end` (supervisor).
 */
export type Refused = "taken" | "not-yours" | "ended" | "left" | "full" | "cooling" | "not-offered" | "gone"
