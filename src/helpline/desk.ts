import type { Answered, DeskFacts, Shape } from "../flows/effect.ts"
import { RELAY_SEGMENTS, relaySegments } from "../locales/sms.ts"
import type { Language, Texts } from "../locales/texts.ts"
import { codeOf, type Log } from "../log.ts"
import * as reads from "../store/desk-reads.ts"
import * as writes from "../store/desk-writes.ts"
import type { Ending, Handoffs } from "../store/handoffs.ts"
import { countHandoffs } from "../store/desk-numbers.ts"
import type { Store } from "../store/pool.ts"
import type { Cover } from "../vault/cover.ts"
import type { ChannelName } from "./channel.ts"
import type { DeskFile } from "./desk-file.ts"
import { deskFacts, opensAt, type DeskKnown } from "./desk-standing.ts"
import { cardOf, headOf, lineOf, seatOf, viewOf } from "./desk-shapes.ts"
import type { CaseRecord, Chat, DeskService, Refused } from "./desk-view.ts"
import type { Receive } from "./receive.ts"
import type { StaffMember } from "./staff.ts"

/** How long a console that says nothing more is taken to be there. */
export const HERE_MS = 90_000
/** For how long recent waits say something about the next one. */
const RECENT_MS = 7 * 24 * 3600_000
/** A card is shown for a day after the end. */
const CARD_MS = 24 * 3600_000

type Where = { readonly channel: ChannelName; readonly address: string; readonly shape: Shape }

export type DeskParts = {
  readonly store: Store
  readonly cover: Cover
  readonly log: Log
  readonly now: () => number
  readonly receive: Receive
  readonly handoffs: Handoffs
  readonly file: DeskFile
  readonly texts: Texts
  /** A record in order; nothing when it names what the taxonomy doesn't have. */
  readonly cleanRecord: (record: CaseRecord) => CaseRecord | undefined
  readonly member: (id: string) => Promise<StaffMember | undefined>
  readonly writes: (deed: { readonly staffId: string; readonly what: string; readonly subjectId?: string; readonly reason?: string }) => Promise<void>
}

/** The desk with what the house itself needs of it. */
export type Desk = DeskService & {
  /** How the desk stands now, for her; nothing until it is known. */
  readonly facts: () => DeskFacts | undefined
  /** Told by PostgreSQL that something changed; of everything, without an id. */
  readonly heard: (id: string | undefined) => void
  /** Looks how the desk stands. Before that nobody can be told whether somebody answers. */
  readonly look: () => Promise<void>
  /** One round of what time brings: timers, empty seats, free places, news that is still to be told. */
  readonly turn: () => Promise<void>
  /** When nothing that was set off is under way any more. */
  readonly idle: () => Promise<void>
}

/** The desk where people answer: who waits, who has whom, and what is said. All that is true of it stands in the store. */
export function createDesk(parts: DeskParts): Desk {
  const { store, cover, handoffs, log } = parts
  const { pool } = store
  const now = () => new Date(parts.now())
  const watchers = new Set<(id: string | undefined) => void>()
  const rows = shared(() => reads.deskRows(pool, now()))
  let known: DeskKnown | undefined
  let waitsAt = Number.NEGATIVE_INFINITY
  let underWay: Promise<void> = Promise.resolve()
  let wanted = false

  /** What the house does by itself after a change: fills free places, tells news, knows how it stands. One round at a time. */
  function stir(): void {
    if (wanted) return
    wanted = true
    underWay = underWay.then(async () => {
      wanted = false
      await work().catch((cause: unknown) => log.loopFailed("desk", codeOf(cause)))
    })
  }

  async function look(): Promise<reads.DeskRows> {
    const desk = await rows.get()
    if (parts.now() - waitsAt > 15_000) {
      waitsAt = parts.now()
      known = { closing: desk.closing, manned: desk.seats.length > 0, waits: await reads.recentWaits(pool, new Date(parts.now() - RECENT_MS)) }
    } else known = { closing: desk.closing, manned: desk.seats.length > 0, waits: known?.waits ?? [] }
    return desk
  }

  async function work(): Promise<void> {
    const desk = await look()
    if (known !== undefined && deskFacts(parts.file, known, now()).state === "closed") await writes.tellOfClosing(pool)
    await tellNews()
    if (desk.waiting > 0) while ((await handoffs.fill(now())) > 0);
  }

  /** Takes what has become of handoffs to the conversations that must hear of it; told twice it changes nothing. */
  async function tellNews(): Promise<void> {
    for (const { id, handoffId, move, what, where, overtaken } of await writes.untoldNews(pool)) {
      const to = whereOf(where)
      // In line again, or still there? Not once somebody has come or it is over.
      const late = overtaken && (what === "back" || what === "nudge" || what === "closed")
      if (to !== undefined && !late) await parts.receive({ ...to, deliveryId: `handoff:${handoffId}:${move}:${what}`, heard: { type: "news", id: handoffId, what: what as never } })
      await writes.dropNews(pool, id)
    }
  }

  function heard(id: string | undefined): void {
    rows.forget()
    stir()
    for (const changed of watchers) changed(id)
  }

  /** What was covered as JSON; nothing when it can't be opened any more. */
  function opened(purpose: "leaving" | "asked" | "record", bytes: Uint8Array | null): unknown {
    if (bytes === null) return undefined
    try {
      return JSON.parse(cover.open(purpose, bytes))
    } catch {
      return undefined
    }
  }
  const whereOf = (bytes: Uint8Array | null) => opened("leaving", bytes) as Where | undefined

  function words(purpose: "line" | "note", bytes: Uint8Array): string {
    try {
      return cover.open(purpose, bytes)
    } catch {
      return ""
    }
  }

  /** A text as she saw it. */
  const said = (key: string, language: string) => parts.texts(key, language as Language)

  const linesOf = async (id: string, after: number) =>
    (await reads.chatLines(pool, id, after)).map((row) => lineOf(row, row.from === "system" ? row.content.toString("utf8") : words("line", row.content)))

  /** An act of staff; what follows from it is under way when it is answered. */
  async function act(doing: Promise<Refused | undefined>): Promise<Refused | undefined> {
    const refusal = await doing
    heard(undefined)
    return refusal
  }

  async function isSupervisor(staff: string): Promise<boolean> {
    return (await parts.member(staff))?.roles.includes("supervisor") === true
  }

  async function ending(staff: string): Promise<Ending> {
    return { staffId: staff, supervisor: await isSupervisor(staff) }
  }

  /** Why words of this person can't go to her; nothing when they can. */
  async function mute(head: reads.OpenedChat["head"] | undefined, staff: string): Promise<Refused | undefined> {
    if (head === undefined || head.where === null) return "gone"
    if (head.status === "ended") return head.endedBy === "contact" ? "left" : "ended"
    return head.staffId === staff && head.status !== "queued" ? undefined : "not-yours"
  }

  async function say(staff: string, id: string, text: string, key: string, line?: number): Promise<Refused | undefined> {
    const head = await reads.chatHead(pool, id)
    const refusal = await mute(head, staff)
    if (refusal !== undefined || head === undefined) {
      // Said before, and the answer got lost: it is one message, whatever has become of the chat.
      return line === undefined && (await writes.hasLine(pool, id, key)) ? undefined : (refusal ?? "gone")
    }
    const where = whereOf(head.where)
    const alias = (await parts.member(staff))?.alias
    if (where === undefined || alias === undefined) return "gone"
    if (where.shape === "sms" && relaySegments(alias, text, head.language) > RELAY_SEGMENTS) return "too-long"
    await writes.here(pool, staff, now(), new Date(parts.now() + HERE_MS))
    await parts.receive({
      ...where,
      deliveryId: `desk:${id}:${key}`,
      heard: { type: "counsellor", id, staffId: staff, alias, text, key, ...(line !== undefined && { line }) },
    })
    if (line !== undefined || (await writes.hasLine(pool, id, key))) return undefined
    // She left, or somebody took it over, while it was on its way.
    return (await mute(await reads.chatHead(pool, id), staff)) ?? "gone"
  }

  return {
    facts: () => known && deskFacts(parts.file, known, now()),
    heard,
    look: async () => void (await look()),
    async turn() {
      const done = await Promise.allSettled([handoffs.actOnTimers(now(), 100), handoffs.leaveEmptySeats(now())])
      rows.forget()
      stir()
      await underWay
      for (const one of done) if (one.status === "rejected") throw one.reason
    },
    async idle() {
      let last: Promise<void> | undefined
      while (last !== underWay) {
        last = underWay
        await last
      }
    },

    async view(staff) {
      const member = await parts.member(staff)
      const desk = await rows.get()
      const opens = opensAt(parts.file, desk.closing, now())
      return viewOf(desk, { id: staff, alias: member?.alias ?? "", roles: member?.roles ?? [], cap: member?.cap ?? 1 }, opens, now())
    },
    async chat(staff, id, after) {
      const head = await reads.chatHead(pool, id)
      if (head === undefined || head.status === "asked") return "gone"
      if (head.staffId !== staff && head.offeredTo !== staff && !(await isSupervisor(staff))) return "not-yours"
      if (head.staffId === staff) await reads.markRead(pool, id, staff)
      const { notes, record } = await reads.chatPapers(pool, id)
      const answers = (opened("asked", head.asked) as readonly Answered[] | undefined) ?? []
      return {
        head: headOf({ ...head, read: head.staffId === staff ? head.heard : head.read }),
        asked: answers.map(({ question, answer }) => ({ question: said(question, head.language), answer: typeof answer === "string" ? answer : said(answer.key, head.language) })),
        lines: await linesOf(id, after),
        notes: notes.map(({ id: note, alias, content, at }) => ({ id: note, alias: alias ?? "", text: words("note", content), at: at.toISOString() })),
        record: (opened("record", record) as CaseRecord | undefined) ?? null,
      } satisfies Chat
    },
    lines: linesOf,
    async cards() {
      const aliases = new Map((await rows.get()).seats.map(({ id, alias }) => [id, alias]))
      return (await reads.handoffsSince(pool, new Date(parts.now() - CARD_MS))).map((row) => cardOf(row, row.staffId === null ? null : (aliases.get(row.staffId) ?? null)))
    },

    claim: (staff, id) => act(handoffs.claim(id, staff, now())),
    release: (staff, id) => act(handoffs.release(id, staff, now())),
    async transfer(staff, id, to) {
      if (to === "queue") return act(handoffs.release(id, staff, now()))
      const { seats, chats } = await rows.get()
      const load = (one: string) => chats.filter(({ staffId, status }) => staffId === one && status !== "ended").length
      const there = seats
        .filter((seat) => seat.id !== staff && seat.roles.includes("supervisor") && seatOf(seat, 0, now()).presence !== "away")
        .sort((a, b) => load(a.id) - load(b.id))
      const target = to === "supervisor" ? there[0]?.id : to
      if (target === undefined) return "away"
      return act(handoffs.offer(id, staff, target, now()))
    },
    accept: (staff, id) => act(handoffs.accept(id, staff, now())),
    refuse: (staff, id) => act(handoffs.refuse(id, staff, now())),
    async takeOver(staff, id) {
      return (await isSupervisor(staff)) ? act(handoffs.takeOver(id, staff, now())) : "not-yours"
    },
    async end(staff, id, why) {
      return act(handoffs.end(id, await ending(staff), why, now()))
    },
    async block(staff, id, reason, hours) {
      return act(handoffs.end(id, await ending(staff), "blocked", now(), { reason, until: new Date(parts.now() + hours * 3600_000) }))
    },

    write: (staff, id, text, key) => say(staff, id, text, key),
    async retry(staff, id, line) {
      const refusal = await mute(await reads.chatHead(pool, id), staff)
      if (refusal !== undefined) return refusal
      const n = Number(/-(\d{1,9})$/.exec(line)?.[1] ?? 0)
      const find = async () => (await reads.chatLines(pool, id, n - 1)).find((one) => one.n === n)
      const found = await find()
      if (found === undefined || found.from !== "counsellor") return "gone"
      // What is still on its way, or looked up, would arrive twice. Each sending that failed is repeated once.
      if (found.fate !== "refused" && found.fate !== null) return undefined
      const said = await say(staff, id, words("line", found.content), `${n}:${found.outboxId}`, n)
      if (said !== undefined || (await find())?.outboxId !== found.outboxId) return said
      return (await mute(await reads.chatHead(pool, id), staff)) ?? "gone"
    },
    async note(staff, id, text) {
      const head = await reads.chatHead(pool, id)
      if (head === undefined || head.conversationId === null) return "gone"
      if (head.staffId !== staff && head.offeredTo !== staff && !(await isSupervisor(staff))) return "not-yours"
      await writes.putNote(pool, { id, staffId: staff, content: cover.close("note", text), at: now() })
      return undefined
    },
    async record(staff, id, record) {
      const head = await reads.chatHead(pool, id)
      if (head === undefined) return "gone"
      if (head.staffId !== staff && !(await isSupervisor(staff))) return "not-yours"
      const clean = parts.cleanRecord(record)
      if (clean === undefined) return "unreadable"
      await writes.putRecord(pool, id, cover.close("record", JSON.stringify(clean)), now())
      await parts.writes({ staffId: staff, what: "case-recorded", subjectId: id })
      return undefined
    },
    async unmask(staff, id, reason) {
      const head = await reads.chatHead(pool, id)
      const where = whereOf(head?.where ?? null)
      if (where === undefined) return "gone"
      if (!(await isSupervisor(staff))) return "not-yours"
      // Written down before it is told.
      await parts.writes({ staffId: staff, what: "chat-unmasked", subjectId: id, reason })
      return { address: where.address }
    },

    async presence(staff, presence) {
      await writes.setPresence(pool, staff, presence, now(), new Date(parts.now() + HERE_MS))
      heard(undefined)
    },
    async debriefed(staff) {
      await writes.clearDebrief(pool, staff)
      heard(undefined)
    },
    async close(staff, { reason, until }) {
      await writes.putClosing(pool, { reason, until: new Date(until), staffId: staff })
      await parts.writes({ staffId: staff, what: "desk-closed", reason })
      heard(undefined)
    },
    async reopen(staff) {
      await writes.putClosing(pool, { reason: "other", until: now(), staffId: staff })
      await parts.writes({ staffId: staff, what: "desk-opened" })
      heard(undefined)
    },
    seen: (staff, forMs = HERE_MS) => writes.here(pool, staff, now(), new Date(parts.now() + forMs)),
    numbers: (from, to) => countHandoffs(pool, from, to, parts.file.timeZone),
    watch(changed) {
      watchers.add(changed)
      return () => void watchers.delete(changed)
    },
  }
}

/** One reading for all who ask at the same time; whoever asks after a change gets one that began after it. */
function shared<T>(read: () => Promise<T>): { readonly get: () => Promise<T>; readonly forget: () => void } {
  let last: { readonly value: Promise<T>; done: boolean } | undefined
  let next: Promise<T> | undefined
  let stale = true
  const start = (): Promise<T> => {
    stale = false
    const mine = { value: read(), done: false }
    last = mine
    mine.value.then(
      () => (mine.done = true),
      () => {
        mine.done = true
        stale = true
      },
    )
    return mine.value
  }
  return {
    forget: () => void (stale = true),
    get() {
      if (!stale && last !== undefined) return last.value
      if (last === undefined || last.done) return start()
      // A reading is under way that began before the change: one more after it, for everybody.
      return (next ??= last.value.then(
        () => {
          next = undefined
          return start()
        },
        () => {
          next = undefined
          return start()
        },
      ))
    },
  }
}
