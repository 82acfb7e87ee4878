import type { Chat, Line } from "../../../helpline/desk-view.ts"
import type { Why } from "./api.ts"

/** Something said that the house has not shown back yet. */
export type Saying = {
  readonly key: string
  readonly text: string
  /** `waiting` goes by itself; `refused` never will. */
  readonly state: "waiting" | "refused"
  readonly why: Why | null
}

/** A chat as this console knows it. */
export type Room = { readonly chat: Chat | null; readonly saying: readonly Saying[]; readonly trouble: Why | null }

export const EMPTY_ROOM: Room = { chat: null, saying: [], trouble: null }

/** The delivery of so many last lines may still change; they are asked for again with the new ones. */
const STILL_MOVING = 100

/** After which line to ask. */
export function askAfter(room: Room): number {
  return Math.max(0, (room.chat?.lines.at(-1)?.n ?? 0) - STILL_MOVING)
}

/** The room after the house answered. `landed` are keys of which it said, before this was asked, that it has them. */
export function withChat(room: Room, fresh: Chat, landed: ReadonlySet<string>): Room {
  const lines = new Map<number, Line>((room.chat?.lines ?? []).map((line) => [line.n, line]))
  for (const line of fresh.lines) lines.set(line.n, line)
  const all = [...lines.values()].sort((a, b) => a.n - b.n)
  return { chat: { ...fresh, lines: all }, saying: room.saying.filter(({ key }) => !landed.has(key)), trouble: null }
}

/**
 * The sayings to draw: not those that are seen among the lines already, though the house's word for it is still on its
 * way. Only drawing goes by this; what is sent goes by keys.
 */
export function unseen(room: Room): readonly Saying[] {
  const seen = new Set(room.chat?.lines.map(({ key }) => key))
  return room.saying.filter(({ key, state }) => state === "refused" || !seen.has(key))
}
