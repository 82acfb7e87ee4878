import { RELAY_SEGMENTS, relaySegments } from "../locales/sms.ts"
import { chatHead, chatLines, type OpenedChat } from "../store/desk-reads.ts"
import { hasLine, putNote, putRecord } from "../store/desk-writes.ts"
import { here } from "../store/seats.ts"
import { HERE_MS, isTheirs, type DeskTools } from "./desk-parts.ts"
import type { DeskService, Refused } from "./desk-view.ts"

/** What staff write: words to her, notes that she never sees, the record; and the address behind a name, asked for in writing. */
export function deskWords({ parts, pool, now, whereOf, words, isSupervisor }: DeskTools) {
  /** Why words of this person can't go to her; nothing when they can. */
  function mute(head: OpenedChat["head"] | undefined, staff: string): Refused | undefined {
    if (head === undefined || head.where === null) return "gone"
    if (head.status === "ended") return head.endedBy === "contact" ? "left" : "ended"
    return head.staffId === staff && head.status !== "queued" ? undefined : "not-yours"
  }

  async function say(staff: string, id: string, text: string, key: string, line?: number): Promise<Refused | undefined> {
    const head = await chatHead(pool, id)
    const refusal = mute(head, staff)
    if (refusal !== undefined || head === undefined) {
      // Said before, and the answer got lost: it is one message, whatever has become of the chat.
      return line === undefined && (await hasLine(pool, id, key)) ? undefined : (refusal ?? "gone")
    }
    const where = whereOf(head.where)
    const alias = (await parts.member(staff))?.alias
    if (where === undefined || alias === undefined) return "gone"
    if (where.shape === "sms" && relaySegments(alias, text, head.language) > RELAY_SEGMENTS) return "too-long"
    await here(pool, staff, now(), new Date(parts.now() + HERE_MS))
    await parts.receive({
      ...where,
      deliveryId: `desk:${id}:${key}`,
      heard: { type: "counsellor", id, staffId: staff, alias, text, key, ...(line !== undefined && { line }) },
    })
    if (line !== undefined || (await hasLine(pool, id, key))) return undefined
    // She left, or somebody took it over, while it was on its way.
    return mute(await chatHead(pool, id), staff) ?? "gone"
  }

  return {
    write: (staff, id, text, key) => say(staff, id, text, key),
    async retry(staff, id, line) {
      const refusal = mute(await chatHead(pool, id), staff)
      if (refusal !== undefined) return refusal
      const n = Number(/-(\d{1,9})$/.exec(line)?.[1] ?? 0)
      const find = async () => (await chatLines(pool, id, n - 1)).find((one) => one.n === n)
      const found = await find()
      if (found === undefined || found.from !== "counsellor") return "gone"
      // What is still on its way, or looked up, would arrive twice. Each sending that failed is repeated once.
      if (found.fate !== "refused" && found.fate !== null) return undefined
      const said = await say(staff, id, words("line", found.content), `${n}:${found.outboxId}`, n)
      if (said !== undefined || (await find())?.outboxId !== found.outboxId) return said
      return mute(await chatHead(pool, id), staff) ?? "gone"
    },
    async note(staff, id, text) {
      const head = await chatHead(pool, id)
      if (head === undefined || head.conversationId === null) return "gone"
      if (!isTheirs(head, staff) && !(await isSupervisor(staff))) return "not-yours"
      await putNote(pool, { id, staffId: staff, content: parts.cover.close("note", text), at: now() })
      return undefined
    },
    async record(staff, id, record) {
      const head = await chatHead(pool, id)
      if (head === undefined) return "gone"
      if (head.staffId !== staff && !(await isSupervisor(staff))) return "not-yours"
      const clean = parts.cleanRecord(record)
      if (clean === undefined) return "unreadable"
      await putRecord(pool, id, parts.cover.close("record", JSON.stringify(clean)), now())
      await parts.writes({ staffId: staff, what: "case-recorded", subjectId: id })
      return undefined
    },
    async unmask(staff, id, reason) {
      const head = await chatHead(pool, id)
      const where = whereOf(head?.where ?? null)
      if (where === undefined) return "gone"
      if (!(await isSupervisor(staff))) return "not-yours"
      // Written down before it is told.
      await parts.writes({ staffId: staff, what: "chat-unmasked", subjectId: id, reason })
      return { address: where.address }
    },
  } satisfies Partial<DeskService>
}
