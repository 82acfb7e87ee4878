import type { Answered } from "../flows/effect.ts"
import { blocksNow, chatHead, chatPapers, handoffsSince, markRead } from "../store/desk-reads.ts"
import { countHandoffs } from "../store/desk-numbers.ts"
import { isTheirs, type DeskTools } from "./desk-parts.ts"
import { cardOf, headOf, viewOf } from "./desk-shapes.ts"
import { opensAt } from "./desk-standing.ts"
import type { BlockReason, CaseRecord, DeskService } from "./desk-view.ts"

/** A card is shown for a day after the end. */
const CARD_MS = 24 * 3600_000

/** What staff see of the desk: lists, a chat, cards, blocks, numbers. */
export function deskReading({ parts, pool, rows, now, opened, words, textOf, linesOf, isSupervisor }: DeskTools) {
  return {
    async view(staff) {
      const member = await parts.member(staff)
      const desk = await rows.get()
      const standing = { opens: opensAt(parts.file, desk.closing, now()), timeZone: parts.file.timeZone }
      return viewOf(desk, { id: staff, alias: member?.alias ?? "", roles: member?.roles ?? [], cap: member?.cap ?? 1 }, standing, now())
    },
    async chat(staff, id, after) {
      const head = await chatHead(pool, id)
      if (head === undefined || head.status === "asked") return "gone"
      if (!isTheirs(head, staff) && !(await isSupervisor(staff))) return "not-yours"
      if (head.staffId === staff) {
        await markRead(pool, id, staff)
        // Whoever looks at the lists next sees it, however long the news of it is on its way.
        rows.forget()
      }
      const { notes, record } = await chatPapers(pool, id)
      const answers = (opened("asked", head.asked) as readonly Answered[] | undefined) ?? []
      return {
        head: headOf({ ...head, read: head.staffId === staff ? head.heard : head.read }),
        asked: answers.map(({ question, answer }) => ({
          question: textOf(question, head.language),
          answer: typeof answer === "string" ? answer : textOf(answer.key, head.language),
        })),
        lines: await linesOf(id, after),
        notes: notes.map(({ id: note, alias, content, at }) => ({ id: note, alias: alias ?? "", text: words("note", content), at: at.toISOString() })),
        record: (opened("record", record) as CaseRecord | undefined) ?? null,
      }
    },
    lines: linesOf,
    async cards() {
      const aliases = new Map((await rows.get()).seats.map(({ id, alias }) => [id, alias]))
      const since = await handoffsSince(pool, new Date(parts.now() - CARD_MS))
      return since.map((row) => cardOf(row, row.staffId === null ? null : (aliases.get(row.staffId) ?? null)))
    },
    async blocks() {
      return (await blocksNow(pool, now())).map((row) => ({ ...row, reason: row.reason as BlockReason, until: row.until.toISOString() }))
    },
    numbers: (from, to) => countHandoffs(pool, from, to, parts.file.timeZone),
  } satisfies Partial<DeskService>
}
