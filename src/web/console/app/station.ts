import type { Desk } from "../../../helpline/desk-view.ts"
import * as api from "./api.ts"
import type { Myself, Outcome, Read, Why } from "./api.ts"
import { draft, forgetDrafts, keepDraft } from "./drafts.ts"
import { listen } from "./live.ts"
import { askAfter, EMPTY_ROOM, withChat, type Room, type Saying } from "./room.ts"

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
const AGAIN_MS = 3000

export type Station = ReturnType<typeof createStation>

/** The console's memory and its hands. */
export function createStation() {
  const watchers = new Set<() => void>()
  const landed = new Set<string>()
  const speaking = new Set<string>()
  const asking = new Map<string, { again: boolean }>()
  let state = NOTHING
  let live: { close: () => void } | undefined
  let started = 0
  let known: string | undefined

  function set(change: Partial<State>): void {
    state = { ...state, ...change }
    for (const changed of watchers) changed()
  }

  function refuse(why: Why | "unsent"): void {
    set({ refusal: { why, count: (state.refusal?.count ?? 0) + 1, inSheet: document.querySelector("dialog[open]") !== null } })
  }

  function setRoom(id: string, how: (room: Room) => Room): void {
    set({ rooms: { ...state.rooms, [id]: how(state.rooms[id] ?? EMPTY_ROOM) } })
  }

  function forget(session: State["session"]): void {
    started++
    live?.close()
    live = undefined
    asking.clear()
    landed.clear()
    set({ ...NOTHING, session })
  }

  /** The house doesn't know us any more. What had still to go out goes back into its box: it is not sent hours later by itself. */
  function shutOut(): void {
    for (const [id, { saying }] of Object.entries(state.rooms)) {
      const texts = saying.filter(({ key }) => !landed.has(key)).map(({ text }) => text)
      if (texts.length > 0) keepDraft(id, "reply", [...texts, draft(id, "reply")].filter((text) => text !== "").join("\n"))
    }
    forget("out")
  }

  /** One question of a kind at a time; whoever asks meanwhile gets one more, so that an older answer never covers a newer. */
  async function once(what: string, question: () => Promise<void>): Promise<void> {
    const running = asking.get(what)
    if (running !== undefined) {
      running.again = true
      return
    }
    const mine = { again: true }
    asking.set(what, mine)
    while (mine.again && asking.get(what) === mine) {
      mine.again = false
      await question()
    }
    if (asking.get(what) === mine) asking.delete(what)
  }

  const lookAtDesk = () =>
    once("desk", async () => {
      const turn = started
      const answer = await api.desk()
      if (turn !== started) return
      if (answer.ok) {
        if (known !== answer.value.me.id) forgetDrafts()
        known = answer.value.me.id
        set({ desk: answer.value, session: "in", rooms: stillNeeded(state, answer.value) })
        live ??= listen({ found: () => set({ link: "live" }), afresh, desk: () => void lookAtDesk(), chat: (id) => void hear(id), lost })
      } else if (answer.why === "signed-out") shutOut()
      else if (answer.why !== "unreachable") await withoutDesk()
      else if (state.link === "live") setTimeout(() => turn === started && void lookAtDesk(), AGAIN_MS)
    })

  /** Somebody is here whose roles have no desk; there is nothing to listen to. */
  async function withoutDesk(): Promise<void> {
    const turn = started
    const answer = await api.me()
    if (turn !== started) return
    if (answer.ok) {
      forget("no-desk")
      if (known !== answer.value.id) forgetDrafts()
      known = answer.value.id
      set({ myself: answer.value })
    } else if (answer.why === "signed-out") shutOut()
    else setTimeout(() => turn === started && void withoutDesk(), AGAIN_MS)
  }

  const lookAtChat = (id: string) =>
    once(id, async () => {
      const turn = started
      const before = new Set(landed)
      const answer = await api.chat(id, askAfter(state.rooms[id] ?? EMPTY_ROOM))
      if (turn !== started) return
      if (answer.ok) {
        setRoom(id, (room) => withChat(room, answer.value, before))
        for (const key of before) landed.delete(key)
      } else if (answer.why === "signed-out") shutOut()
      else if (answer.why !== "unreachable") setRoom(id, (room) => ({ ...room, chat: null, trouble: answer.why }))
      else if (state.rooms[id]?.chat == null) setTimeout(() => turn === started && state.open === id && void lookAtChat(id), AGAIN_MS)
    })

  /** Looking marks as read: a page that nobody sees doesn't look. */
  function hear(id: string): Promise<void> | undefined {
    return (id === state.open && !document.hidden) || state.rooms[id]?.saying.length ? lookAtChat(id) : undefined
  }

  function afresh(): void {
    void lookAtDesk()
    if (state.open !== null) void hear(state.open)
    for (const id of Object.keys(state.rooms)) void speak(id)
  }

  /** Perhaps it isn't the wire: the house may have shut us out. */
  function lost(): void {
    set({ link: "lost" })
    void lookAtDesk()
  }

  /** Sends what waits in a room, in order; what could not be sent waits on, under the same key. */
  async function speak(id: string): Promise<void> {
    if (speaking.has(id)) return
    speaking.add(id)
    const turn = started
    try {
      for (let next = firstWaiting(id); next !== undefined && turn === started; next = firstWaiting(id)) {
        const { key, text } = next
        const answer = await api.say(id, text, key)
        if (turn !== started) return
        if (answer.ok) {
          landed.add(key)
          await lookAtChat(id)
        } else if (answer.why === "unreachable" || answer.why === "signed-out") {
          if (answer.why === "signed-out") shutOut()
          else setTimeout(() => turn === started && void speak(id), AGAIN_MS)
          return
        } else setRoom(id, (room) => ({ ...room, saying: room.saying.map((one) => (one.key === key ? { ...one, state: "refused", why: answer.why } : one)) }))
      }
    } finally {
      speaking.delete(id)
    }
  }

  const firstWaiting = (id: string): Saying | undefined => state.rooms[id]?.saying.find((one) => one.state === "waiting" && !landed.has(one.key))

  return {
    state: () => state,
    watch(changed: () => void): () => void {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    /** Asks the house who is here. */
    async begin(): Promise<void> {
      const turn = started
      const answer = await api.session()
      if (turn !== started) return
      if (answer.ok && answer.value.state !== "in") forget("out")
      else await lookAtDesk()
    },
    /** Whether something has still to go out. */
    busy: () => Object.values(state.rooms).some(({ saying }) => saying.length > 0),
    /** Drops everything, as if the page had just been opened. */
    leave(): void {
      forgetDrafts()
      forget("out")
    },
    open(id: string | null): void {
      set({ open: id })
      if (id !== null) void lookAtChat(id)
    },
    say(id: string, text: string): void {
      const after = state.rooms[id]?.chat?.lines.at(-1)?.n ?? 0
      setRoom(id, (room) => ({ ...room, saying: [...room.saying, { key: crypto.randomUUID(), text, at: new Date().toISOString(), after, state: "waiting", why: null }] }))
      void speak(id)
    },
    /** Takes back what was refused. */
    drop: (id: string, key: string) => setRoom(id, (room) => ({ ...room, saying: room.saying.filter((one) => one.key !== key) })),
    /** Does something, then looks again at all that it may have changed; what is refused is told. */
    async act<T>(doing: Promise<Outcome<T>>, id?: string): Promise<Outcome<T>> {
      const outcome = await doing
      if (!outcome.ok && outcome.why === "signed-out") shutOut()
      else if (!outcome.ok) refuse(outcome.why)
      if (state.session === "in") await Promise.all([lookAtDesk(), id === undefined || id !== state.open ? undefined : lookAtChat(id)])
      return outcome
    },
    /** Looks at something that no list shows; when the house doesn't know us any more, the door is shown. */
    async look<T>(looking: Promise<Read<T>>): Promise<Read<T>> {
      const answer = await looking
      if (!answer.ok && answer.why === "signed-out") shutOut()
      return answer
    },
    /** Tells why something was not done. */
    refuse,
    hush: () => set({ refusal: null }),
  }
}

/** A chat that is in no list any more is forgotten, unless it is looked at or something said in it has not gone out. */
function stillNeeded({ rooms, open }: State, { mine, offered, board }: Desk): State["rooms"] {
  const listed = new Set([...mine, ...offered, ...(board ?? [])].map(({ id }) => id))
  return Object.fromEntries(Object.entries(rooms).filter(([id, { saying }]) => id === open || saying.length > 0 || listed.has(id)))
}
