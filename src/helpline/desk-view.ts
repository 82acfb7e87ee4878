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

export type Colleague = {
  readonly id: string
  readonly alias: string
  readonly presence: Presence
  readonly load: number
  readonly cap: number
  readonly supervisor: boolean
  /** A chat can be handed over to them now: they are there, carry less than they may, and aren't resting. */
  readonly canTake: boolean
}

/** Somebody who waits. `GET desk` lists the first hundred, in the order in which they are to be taken. */
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
  /** She was told to keep the chat closed: what is written now is held until she writes. */
  readonly rests: boolean
  /** An open offer to hand this chat over; `to` is a colleague's id, or `queue`. */
  readonly offer: { readonly to: string; readonly from: string; readonly until: string } | null
}

export type Closing = { readonly reason: "capacity" | "holiday" | "emergency" | "other"; readonly until: string; readonly by: string }

/** `GET /console/api/desk`: everything the lists show. `board` (all open chats) for supervisors only. */
export type Desk = {
  readonly version: number
  readonly open: boolean
  readonly opensAt: string | null
  /** In which the hours are meant and days are counted, as in Asia/Karachi. */
  readonly timeZone: string
  readonly closing: Closing | null
  readonly queue: readonly Waiting[]
  /** How many wait in all; the queue lists the first of them. */
  readonly waiting: number
  readonly mine: readonly ChatHead[]
  readonly offered: readonly ChatHead[]
  readonly board: readonly ChatHead[] | null
  readonly colleagues: readonly Colleague[]
  readonly me: Me
}

export type Delivery = "queued" | "held" | "sent" | "delivered" | "failed" | "unknown"

/** What the house itself notes in a chat; each page says it in its own language. */
export type SystemLine = "left" | "media" | "urgent" | "silent" | "reopened" | "moved" | "back" | "blocked"

/** One line of a chat. `n` rises by one in each chat; `delivery` only on the counsellor's words; the text of `system` is a `SystemLine`. */
export type Line = {
  readonly n: number
  readonly id: string
  readonly from: "contact" | "counsellor" | "system"
  readonly alias: string | null
  readonly text: string
  readonly at: string
  readonly delivery: Delivery | null
  /** What the channel said of a counsellor's words that didn't arrive. */
  readonly code: string | null
  /** The sender's own name for a counsellor's words. */
  readonly key: string | null
}

export type Note = { readonly id: string; readonly alias: string; readonly text: string; readonly at: string }

/** `GET /console/api/chats/:id?after=n`: opening it as its owner marks as read. */
export type Chat = {
  readonly head: ChatHead
  /** What the bot asked before, so that she isn't asked twice: the question in the words she saw, and her answer. */
  readonly asked: readonly { readonly question: string; readonly answer: string }[]
  readonly lines: readonly Line[]
  readonly notes: readonly Note[]
  readonly record: CaseRecord | null
}

/** How a chat came to its end, as its owner says. */
export type EndReason = "helped" | "referred" | "silent" | "wrong" | "other"

/** Why a contact is kept out of the line. */
export type BlockReason = "abuse" | "threats" | "sexual" | "spam" | "other"

/** `GET /console/api/blocks` (supervisor): a contact who is kept out of the line, under the name of the chat that was blocked. `by`: the alias of who blocked, where that is known. */
export type BlockView = { readonly id: string; readonly name: string; readonly reason: BlockReason; readonly until: string; readonly by: string | null }

/** `GET canned?language=`: what may be put into the composer and changed there. Of a language without any: those in English. */
export type Canned = { readonly id: string; readonly title: string; readonly text: string }

/** `GET taxonomy`: the groups of `content/taxonomy.yaml`, in English or Urdu (`?language=`). */
export type Taxonomy = { readonly groups: readonly { readonly id: string; readonly label: string; readonly options: readonly { readonly id: string; readonly label: string }[] }[] }

/**
 * `GET numbers?from=2026-11-01&to=2026-11-30` (supervisors and admins; days of the desk's time zone, both included, at
 * most 366): no contact, no name, no single chat. `GET numbers.csv` has the same rows. Waits are of chats that somebody
 * took, in seconds; a median or a 90th centile of fewer than five waits is `null`.
 */
export type Numbers = {
  readonly from: string
  readonly to: string
  readonly asked: number
  /** Asked, and never said yes to being passed on. */
  readonly notPassedOn: number
  readonly queued: number
  readonly taken: number
  /** Left the queue with a word. */
  readonly leftQueue: number
  /** Nobody came before the wait was over. */
  readonly nobodyCame: number
  /** Taken, and she no longer wrote. */
  readonly wentSilent: number
  readonly wait: { readonly median: number | null; readonly p90: number | null }
  readonly byDay: readonly { readonly day: string; readonly asked: number; readonly taken: number; readonly nobodyCame: number; readonly leftQueue: number }[]
  /** 24 of them, by the hour in which she was queued. */
  readonly byHour: readonly { readonly hour: number; readonly queued: number; readonly median: number | null; readonly p90: number | null }[]
  readonly byLanguage: readonly { readonly language: string; readonly queued: number; readonly taken: number; readonly median: number | null; readonly p90: number | null }[]
  readonly byChannel: readonly { readonly channel: string; readonly queued: number; readonly taken: number }[]
  readonly byCounsellor: readonly { readonly alias: string; readonly taken: number; readonly hard: number; readonly minutes: number }[]
  readonly endings: readonly { readonly why: string; readonly count: number }[]
  readonly answers: { readonly yes: number; readonly little: number; readonly no: number }
}

/** A handoff as a room of Slack may show it: nothing that anybody wrote. */
export type Card = {
  readonly id: string
  readonly name: string
  readonly channel: string
  readonly language: string
  readonly risk: Risk
  readonly status: HandoffStatus
  readonly since: string
  /** The owner's alias. */
  readonly owner: string | null
  readonly ownerId: string | null
  readonly left: boolean
  /** How many lines there are. */
  readonly lines: number
  readonly endedAt: string | null
}

/** A counsellor's record without identity, coded to `content/taxonomy.yaml`. */
export type CaseRecord = { readonly categories: Readonly<Record<string, readonly string[]>>; readonly summary: string }

/**
 * `GET /console/api/events` (server-sent): `event: desk` when a list changed, `event: chat` with `{ id }` when a
 * chat changed; each with an `id:` that rises. What changed is asked for by the routes above, so nothing is lost or
 * doubled by a reconnection.
 *
 * Acts, each `POST /console/api/…`, 200 with `{ ok: true }` or 409 with `{ ok: false, why }`:
 * `chats/:id/claim` · `chats/:id/release` · `chats/:id/messages` `{ text, key }` (the same key twice is one message) ·
 * `chats/:id/messages/:line/retry` · `chats/:id/notes` `{ text }` · `chats/:id/transfer` `{ to }` (a colleague's id, `queue`, or `supervisor`: whichever is there) · `chats/:id/accept` ·
 * `chats/:id/refuse` · `chats/:id/takeover` (supervisor) · `chats/:id/end` `{ why }` (an `EndReason`) · `chats/:id/block` `{ reason, hours }` (a `BlockReason`) · `blocks/:id/lift` (supervisor) ·
 * `chats/:id/record` `CaseRecord` · `chats/:id/unmask` `{ reason }` (supervisor; answers the address, once, and is written
 * down) · `me/presence` `{ presence }` · `me/debriefed` · `closing` `{ reason, until }` and `closing/end` (supervisor).
 */
export type Refused = "taken" | "not-yours" | "ended" | "left" | "full" | "cooling" | "not-offered" | "gone" | "forgotten" | "away" | "unreadable" | "too-long"

/**
 * The desk, as the console and Slack use it. `staff` is who does it. An act answers with nothing when it is done, or with
 * why it was not; what was not done has changed nothing. Acts of different processes on one chat follow one another.
 */
export type DeskService = {
  readonly view: (staff: string) => Promise<Desk>
  /** Reading as the owner marks as read. Only its owner, whom it is offered to, and supervisors may read. */
  readonly chat: (staff: string, id: string, after: number) => Promise<Chat | Refused>
  /** Claiming, accepting or taking over what one has already is done. */
  readonly claim: (staff: string, id: string) => Promise<Refused | undefined>
  readonly release: (staff: string, id: string) => Promise<Refused | undefined>
  /** Offers it to a colleague, or to the supervisor who carries least of those who can take it now (`away`: none can), or gives it back to the queue. */
  readonly transfer: (staff: string, id: string, to: string) => Promise<Refused | undefined>
  readonly accept: (staff: string, id: string) => Promise<Refused | undefined>
  readonly refuse: (staff: string, id: string) => Promise<Refused | undefined>
  readonly takeOver: (staff: string, id: string) => Promise<Refused | undefined>
  readonly end: (staff: string, id: string, why: EndReason) => Promise<Refused | undefined>
  /** Sends words to her; the same key twice is one message. Done once it is stored and on its way. */
  readonly write: (staff: string, id: string, text: string, key: string) => Promise<Refused | undefined>
  /** Sends a line once more that failed; what is still looked up isn't sent twice. */
  readonly retry: (staff: string, id: string, line: string) => Promise<Refused | undefined>
  readonly note: (staff: string, id: string, text: string) => Promise<Refused | undefined>
  readonly record: (staff: string, id: string, record: CaseRecord) => Promise<Refused | undefined>
  /** Ends the chat (`forgotten`: nothing leads from it to her any more, so there is nobody to block), and from then on asking for a person leads her nowhere in particular, until it expires. */
  readonly block: (staff: string, id: string, reason: BlockReason, hours: number) => Promise<Refused | undefined>
  /** Everybody who is kept out of the line now, who is let in next first. */
  readonly blocks: () => Promise<readonly BlockView[]>
  /** Lets somebody ask for a person again, before the block expires. Supervisors only; it is written down. */
  readonly unblock: (staff: string, blockId: string) => Promise<Refused | undefined>
  /** The address behind a chat, told once and written down with the reason. Supervisors only. */
  readonly unmask: (staff: string, id: string, reason: string) => Promise<{ readonly address: string } | Refused>
  readonly presence: (staff: string, presence: Presence) => Promise<void>
  readonly debriefed: (staff: string) => Promise<void>
  readonly close: (staff: string, closing: Pick<Closing, "reason" | "until">) => Promise<void>
  readonly reopen: (staff: string) => Promise<void>
  /** This person is there, for a minute and a half or as long as said; whoever holds an open console of hers says so again and again. */
  readonly seen: (staff: string, forMs?: number) => Promise<void>
  readonly numbers: (from: string, to: string) => Promise<Numbers>
  /** Every open handoff, and those that ended less than a day ago. */
  readonly cards: () => Promise<readonly Card[]>
  /** The lines after `after`, for a window that the house itself opens. */
  readonly lines: (id: string, after: number) => Promise<readonly Line[]>
  /** Told of every change that any process commits: of a chat (`id`), or of seats and hours (`undefined`). Ends with the returned function. */
  readonly watch: (changed: (id: string | undefined) => void) => () => void
}
