import type { Language, Texts } from "../locales/texts.ts"
import type { Shape } from "../flows/effect.ts"
import type { Log } from "../log.ts"
import { chatLines, type ChatRow, type DeskRows } from "../store/desk-reads.ts"
import type { Handoffs } from "../store/handoffs.ts"
import type { Store } from "../store/pool.ts"
import type { Cover } from "../vault/cover.ts"
import type { ChannelName } from "./channel.ts"
import type { DeskFile } from "./desk-file.ts"
import { lineOf } from "./desk-shapes.ts"
import type { CaseRecord, Line, Refused } from "./desk-view.ts"
import type { OneReading } from "./one-reading.ts"
import type { Receive } from "./receive.ts"
import type { StaffMember } from "./staff.ts"

/** How long a console that says nothing more is taken to be there. */
export const HERE_MS = 90_000

/** What the desk is made of. */
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

/** Where words of hers came from, and answers go. */
type Where = { readonly channel: ChannelName; readonly address: string; readonly shape: Shape }

/** What all that is done at the desk needs. */
export type DeskTools = ReturnType<typeof deskTools>

/**
 * @param rows the lists, read once for all who ask at the same time
 * @param changed told of a change at the desk that concerns no single chat
 */
export function deskTools(parts: DeskParts, rows: OneReading<DeskRows>, changed: () => void) {
  const { cover } = parts
  const { pool } = parts.store

  /** What was covered as JSON; nothing when it can't be opened any more. */
  function opened(purpose: "leaving" | "asked" | "record", bytes: Uint8Array | null): unknown {
    if (bytes === null) return undefined
    try {
      return JSON.parse(cover.open(purpose, bytes))
    } catch {
      return undefined
    }
  }

  /** Covered words; none when they can't be opened any more. */
  function words(purpose: "line" | "note", bytes: Uint8Array): string {
    try {
      return cover.open(purpose, bytes)
    } catch {
      return ""
    }
  }

  return {
    parts,
    pool,
    rows,
    changed,
    opened,
    words,
    now: () => new Date(parts.now()),
    whereOf: (bytes: Uint8Array | null) => opened("leaving", bytes) as Where | undefined,
    /** A text as she saw it. */
    textOf: (key: string, language: string) => parts.texts(key, language as Language),
    /** The lines of a chat after a number. */
    linesOf: async (id: string, after: number): Promise<readonly Line[]> =>
      (await chatLines(pool, id, after)).map((row) => lineOf(row, row.from === "system" ? row.content.toString("utf8") : words("line", row.content))),
    isSupervisor: async (staff: string) => (await parts.member(staff))?.roles.includes("supervisor") === true,
    /** An act of staff; what follows from it is under way when it is answered. */
    act: async (doing: Promise<Refused | undefined>): Promise<Refused | undefined> => {
      const refusal = await doing
      changed()
      return refusal
    },
  }
}

/** Whether somebody may read a chat, by what it is: its owner and whom it is offered to. Supervisors may besides. */
export function isTheirs({ staffId, offeredTo }: Pick<ChatRow, "staffId" | "offeredTo">, staff: string): boolean {
  return staffId === staff || offeredTo === staff
}
