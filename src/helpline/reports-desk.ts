import { createHash } from "node:crypto"
import { inTransaction } from "../store/transaction.ts"
import { readIntake } from "../store/intake.ts"
import type { Deed } from "../store/audit.ts"
import type { Client, Store } from "../store/pool.ts"
import * as shelf from "../store/report-desk.ts"
import { allKeys, dropKey, putKey } from "../store/report-keys.ts"
import { eraseReports } from "../store/reports.ts"
import { countErased } from "../store/shelves.ts"
import type { Cover } from "../vault/cover.ts"
import { isRecipient, sealedTo } from "../vault/seal.ts"
import { unknownIn, type CodingFrame } from "./coding.ts"
import type { Consents, InboxLine, ReportDesk, ReportRefused, Story, StoryStatus } from "./report-view.ts"
import { closeValue, NO_CONSENT, openValue } from "./reports-covers.ts"
import { opened, type Entry, type EntryOf } from "./reports-intake.ts"
import { firstDay, monthOf, monthsLater } from "./reports-month.ts"
import type { Keeping } from "./reports-shelve.ts"
import { createStories } from "./reports-story.ts"

/** Lines of one page of the inbox. */
const PAGE = 50

/** Whose key is sealed to now. */
export type Look = () => Promise<readonly { readonly id: string; readonly staffId: string }[]>

/**
 * What an act is given: the report, locked, the transaction it is done in, what she agrees to by now, and what of hers waits
 * for the shelf. It asks the database for nothing but through that transaction: whoever holds one connection and waits
 * for another keeps everybody waiting once all are held.
 */
export type Act = (client: Client, row: shelf.ShelfRow, consents: Consents, waits: readonly Entry[]) => Promise<ReportRefused | undefined>

/** What officers can do with reports. Each act locks its report, and is written down with who did it and with which, without content. */
export function createReportDesk({
  store,
  cover,
  now,
  keeping,
  frame,
  writes,
  look,
}: {
  readonly store: Store
  readonly cover: Cover
  readonly now: () => number
  readonly keeping: Keeping
  readonly frame: CodingFrame
  readonly writes: (deed: Deed) => Promise<void>
  readonly look: Look
}): ReportDesk {
  const { pool } = store
  const today = () => new Date(now())

  async function act(staffId: string, id: string, deed: Omit<Deed, "staffId">, does: Act): Promise<ReportRefused | undefined> {
    // Before the report is locked: a shelving holds the intake and waits for reports.
    const waits = opened(cover, await readIntake(pool)).entries.filter((one) => "ref" in one && one.ref === id)
    const changed = waits.find((one): one is EntryOf<"consents"> => one.kind === "consents")?.consents
    const isTakenBack = waits.some(({ kind }) => kind === "withdrawal")
    const refused = await inTransaction(pool, async (client) => {
      const row = isId(id) && !isTakenBack ? await shelf.onShelf(client, id, [], [], "for update") : undefined
      return row === undefined ? "gone" : does(client, row, changed ?? consentsOf(row), waits)
    })
    if (refused === undefined) await writes({ staffId, subjectId: id, ...deed })
    return refused
  }

  const consentsOf = ({ consents }: shelf.LineRow) => openValue(cover, "consents", consents) ?? NO_CONSENT

  function lineOf(row: shelf.LineRow): InboxLine {
    return {
      id: row.id,
      month: row.month,
      status: row.status as InboxLine["status"],
      consents: consentsOf(row),
      mine: row.mine,
      behind: row.behind,
      additions: row.additions,
      keptUntil: row.keep_until,
      answerable: row.answerable,
      ...(row.counted !== null && { counted: row.counted }),
      ...(row.story !== null && { story: row.story as StoryStatus }),
    }
  }

  /** Another one as soon as the bytes are others, or the keys that they should be sealed to. */
  function sealOf(sealed: Uint8Array, additions: readonly shelf.AdditionRow[], keys: readonly { readonly id: string }[]): string {
    const hash = createHash("sha256").update(sealed)
    for (const one of additions) hash.update(one.id).update(one.sealed)
    for (const { id } of keys) hash.update(id)
    return hash.digest("base64url")
  }

  /** The keys that are sealed to now, and those of them that are somebody's own. */
  async function keysFor(staffId: string) {
    const keys = await look()
    return { keys, own: keys.filter((key) => key.staffId === staffId).map(({ id }) => id), all: keys.map(({ id }) => id) }
  }

  return {
    async keys() {
      await look()
      return (await allKeys(pool)).map(({ id, alias, recipient, since, retired }) => ({ id, alias, recipient, since, retired }))
    },

    async setKey(staff, recipient) {
      if (!(await isRecipient(recipient)) || !(await putKey(pool, staff, recipient, today()))) return "not-a-key"
      await look()
      await writes({ staffId: staff, what: "report-key-set" })
      return undefined
    },

    async retireKey(staff, id) {
      if (!isId(id) || !(await dropKey(pool, staff, id, today()))) return "gone"
      await look()
      await writes({ staffId: staff, what: "report-key-retired", subjectId: id })
      return undefined
    },

    async inbox(staff, { after, status }) {
      const [month, id] = after?.split("_") ?? []
      const from = month !== undefined && id !== undefined && isId(id) && /^\d{4}-\d{2}$/.test(month) ? { month: firstDay(month), id } : undefined
      const { own, all } = await keysFor(staff)
      const [rows, counts] = await Promise.all([
        shelf.inboxPage(pool, { keys: own, all, after: from, status, limit: PAGE + 1 }),
        shelf.inboxCounts(pool, status),
        ...(from === undefined ? [writes({ staffId: staff, what: "reports-listed" })] : []),
      ])
      const lines = rows.slice(0, PAGE).map(lineOf)
      const last = lines.at(-1)
      return { lines, ...counts, ...(rows.length > PAGE && last && { next: `${last.month}_${last.id}` }) }
    },

    async report(staff, id) {
      const { keys, own, all } = await keysFor(staff)
      const row = isId(id) ? await shelf.onShelf(pool, id, own, all) : undefined
      if (row === undefined) return "gone"
      const [additions, answers, story] = await Promise.all([shelf.additionsOf(pool, id), shelf.answersWithAlias(pool, id), shelf.storyOf(pool, id)])
      await writes({ staffId: staff, what: "report-fetched", subjectId: id })
      const coding = openValue(cover, "coding", row.coding)
      const told = story && storyTold(story)
      return {
        line: lineOf(row),
        seal: sealOf(row.sealed, additions, keys),
        sealed: row.sealed.toString("base64"),
        additions: additions.map((one) => ({ ...one, sealed: one.sealed.toString("base64") })),
        answers: answers.map(({ content, ...one }) => ({ ...one, text: openValue(cover, "answer", content) ?? "" })),
        ...(coding && { coding }),
        ...(told && { story: told }),
      }
    },

    async reseal(staff, id, seal, sealed, additions) {
      const keys = await look()
      if (keys.length === 0) return "no-key"
      const bytes = Buffer.from(sealed, "base64")
      const added = additions.map((one) => ({ id: one.id, sealed: Buffer.from(one.sealed, "base64") }))
      // Nobody here can see what is in it; that it is sealed, and to as many as there are, can be seen.
      if ([bytes, ...added.map((one) => one.sealed)].some((one) => sealedTo(one) !== keys.length)) return "unreadable"
      return act(staff, id, { what: "report-resealed" }, async (client, row) => {
        const there = await shelf.additionsOf(client, id)
        const same = there.length === added.length && there.every((one) => added.some((other) => other.id === one.id))
        if (!same || sealOf(row.sealed, there, keys) !== seal) return "changed"
        await shelf.putSealed(
          client,
          id,
          bytes,
          added,
          keys.map((key) => key.id),
        )
        return undefined
      })
    },

    async code(staff, id, coding) {
      const unknown = unknownIn(frame, coding)
      if (unknown !== undefined) return { unknown }
      return act(staff, id, { what: "report-coded" }, async (client, row, consents) => {
        if (!consents.count) return "no-consent"
        if (row.counted !== null) return "counted"
        await shelf.putCoding(client, id, closeValue(cover, "coding", coding))
        return undefined
      })
    },

    answer: (staff, id, text) =>
      act(staff, id, { what: "report-answered" }, async (client, row) => {
        if (!row.answerable) return "no-code"
        await shelf.putAnswer(client, id, staff, closeValue(cover, "answer", text))
        return undefined
      }),

    extend: (staff, id, reason) =>
      act(staff, id, { what: "report-extended", reason }, async (client) => {
        await shelf.keepUntil(client, id, firstDay(monthsLater(monthOf(now()), keeping.months)))
        return undefined
      }),

    async erase(staff, id, reason) {
      const refused = await act(staff, id, { what: "report-erased", reason }, async (client) => {
        await eraseReports(client, [id], "expired")
        return undefined
      })
      if (refused === undefined) await countErased(store.prisma, today(), { report: 1 })
      return refused
    },

    exported: (staff, id, recipient) =>
      act(staff, id, { what: "report-exported", reason: recipient.slice(0, 80) }, async (_client, _row, consents) => (consents.share ? undefined : "no-consent")),

    ...createStories({ cover, now, act, frame }),
  }

  function storyTold(row: shelf.StoryRow): Story {
    return {
      id: row.id,
      status: row.status as StoryStatus,
      language: row.language,
      text: openValue(cover, "story", row.content) ?? "",
      province: row.province,
      when: row.when,
      writtenBy: row.written_by,
      ...(row.reviewed_by !== null && { reviewedBy: row.reviewed_by }),
    }
  }
}

function isId(text: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text)
}
