import type { Desk } from "../../../helpline/desk-view.ts"
import type { Myself, Why } from "./api.ts"
import { EMPTY_ROOM, type Room, type Saying } from "./room.ts"

/** All that the console knows. It lives in memory and ends with the page. */
export type State = {
  readonly session: "asking" | "out" | "in" | "no-desk"
  readonly link: "live" | "lost"
  readonly desk: Desk | null
  /** Who is here without a desk: an account whose roles have none. */
  readonly myself: Myself | null
  readonly rooms: Readonly<Record<string, Room>>
  readonly open: string | null
  /** What was last refused, to be told once; `inSheet`: while a sheet lay over the page. */
  readonly refusal: { readonly why: Why | "unsent"; readonly count: number; readonly inSheet: boolean } | null
}

const NOTHING: State = { session: "asking", link: "live", desk: null, myself: null, rooms: {}, open: null, refusal: null }

/** The console's memory: what it knows now, and who is told when that changes. */
export function createMemory() {
  const watchers = new Set<() => void>()
  let state = NOTHING

  function set(change: Partial<State>): void {
    state = { ...state, ...change }
    for (const changed of watchers) changed()
  }

  return {
    state: () => state,
    set,
    room: (id: string): Room => state.rooms[id] ?? EMPTY_ROOM,
    setRoom: (id: string, how: (room: Room) => Room) => set({ rooms: { ...state.rooms, [id]: how(state.rooms[id] ?? EMPTY_ROOM) } }),
    /** Tells why something was not done. */
    refuse: (why: Why | "unsent") => set({ refusal: { why, count: (state.refusal?.count ?? 0) + 1, inSheet: document.querySelector("dialog[open]") !== null } }),
    /** Drops everything but where one stands at the door. */
    forget: (session: State["session"]) => set({ ...NOTHING, session }),
    watch: (changed: () => void): (() => void) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
  }
}

/** The rooms without chats that are in no list any more, unless one is looked at or something said in it has not gone out. */
export function stillNeeded({ rooms, open }: State, { mine, offered, board }: Desk): State["rooms"] {
  const listed = new Set([...mine, ...offered, ...(board ?? [])].map(({ id }) => id))
  return Object.fromEntries(Object.entries(rooms).filter(([id, { saying }]) => id === open || saying.length > 0 || listed.has(id)))
}

/** What is to go out next of what was said in a room. */
export function nextOf({ saying }: Room, landed: ReadonlySet<string>): Saying | undefined {
  return saying.find(({ state, key }) => state === "waiting" && !landed.has(key))
}
