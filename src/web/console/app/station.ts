import * as api from "./api.ts"
import type { Outcome, Read } from "./api.ts"
import { draft, forgetDrafts, keepDraft } from "./drafts.ts"
import { listen } from "./live.ts"
import { createOnce } from "./once.ts"
import { askAfter, withChat } from "./room.ts"
import { createMemory, nextOf, stillNeeded, type State } from "./state.ts"

const AGAIN_MS = 3000

export type Station = ReturnType<typeof createStation>

/** The console's hands: it asks the house, keeps what it hears in its memory, and sends what is said, in order and once. */
export function createStation() {
  const memory = createMemory()
  const { state, set, room, setRoom } = memory
  const once = createOnce()
  /** Keys of what the house has said that it has. */
  const landed = new Set<string>()
  const speaking = new Set<string>()
  let live: { close: () => void } | undefined
  let started = 0
  let known: string | undefined

  /** Whether all is still as when this was asked: nobody has left or been shut out since. */
  const turn = () => {
    const mine = started
    return () => mine === started
  }

  function forget(session: State["session"]): void {
    started++
    live?.close()
    live = undefined
    once.clear()
    landed.clear()
    memory.forget(session)
  }

  /** The house doesn't know us any more. What had still to go out goes back into its box: it is not sent hours later by itself. */
  function shutOut(): void {
    for (const [id, { saying }] of Object.entries(state().rooms)) {
      const texts = saying.filter(({ key }) => !landed.has(key)).map(({ text }) => text)
      if (texts.length > 0) keepDraft(id, "reply", [...texts, draft(id, "reply")].filter((text) => text !== "").join("\n"))
    }
    forget("out")
  }

  const lookAtDesk = () =>
    once.ask("desk", async () => {
      const current = turn()
      const answer = await api.desk()
      if (!current()) return
      if (answer.ok) {
        if (known !== answer.value.me.id) forgetDrafts()
        known = answer.value.me.id
        set({ desk: answer.value, session: "in", rooms: stillNeeded(state(), answer.value) })
        live ??= listen({ found: () => set({ link: "live" }), afresh, desk: () => void lookAtDesk(), chat: (id) => void hear(id), lost })
      } else if (answer.why === "signed-out") shutOut()
      else if (answer.why !== "unreachable") await withoutDesk()
      else if (state().link === "live") setTimeout(() => current() && void lookAtDesk(), AGAIN_MS)
    })

  /** Somebody is here whose roles have no desk; there is nothing to listen to. */
  async function withoutDesk(): Promise<void> {
    const current = turn()
    const answer = await api.me()
    if (!current()) return
    if (answer.ok) {
      forget("no-desk")
      if (known !== answer.value.id) forgetDrafts()
      known = answer.value.id
      set({ myself: answer.value })
    } else if (answer.why === "signed-out") shutOut()
    else setTimeout(() => current() && void withoutDesk(), AGAIN_MS)
  }

  const lookAtChat = (id: string) =>
    once.ask(id, async () => {
      const current = turn()
      const before = new Set(landed)
      const answer = await api.chat(id, askAfter(room(id)))
      if (!current()) return
      if (answer.ok) {
        setRoom(id, (one) => withChat(one, answer.value, before))
        for (const key of before) landed.delete(key)
      } else if (answer.why === "signed-out") shutOut()
      else if (answer.why !== "unreachable") setRoom(id, (one) => ({ ...one, chat: null, trouble: answer.why }))
      else if (room(id).chat === null) setTimeout(() => current() && state().open === id && void lookAtChat(id), AGAIN_MS)
    })

  /** Looking marks as read: a page that nobody sees doesn't look. */
  function hear(id: string): Promise<void> | undefined {
    return (id === state().open && !document.hidden) || room(id).saying.length > 0 ? lookAtChat(id) : undefined
  }

  function afresh(): void {
    const { open, rooms } = state()
    void lookAtDesk()
    if (open !== null) void hear(open)
    for (const id of Object.keys(rooms)) void speak(id)
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
    const current = turn()
    try {
      for (let next = nextOf(room(id), landed); next !== undefined && current(); next = nextOf(room(id), landed)) {
        const { key, text } = next
        const answer = await api.say(id, text, key)
        if (!current()) return
        if (answer.ok) {
          landed.add(key)
          await lookAtChat(id)
        } else if (answer.why === "signed-out") {
          shutOut()
          return
        } else if (answer.why === "unreachable") {
          setTimeout(() => current() && void speak(id), AGAIN_MS)
          return
        } else setRoom(id, (one) => ({ ...one, saying: one.saying.map((said) => (said.key === key ? { ...said, state: "refused", why: answer.why } : said)) }))
      }
    } finally {
      speaking.delete(id)
    }
  }

  return {
    state,
    watch: memory.watch,
    /** Asks the house who is here. */
    async begin(): Promise<void> {
      const current = turn()
      const answer = await api.session()
      if (!current()) return
      if (answer.ok && answer.value.state !== "in") forget("out")
      else await lookAtDesk()
    },
    /** Whether something has still to go out. */
    busy: () => Object.values(state().rooms).some(({ saying }) => saying.length > 0),
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
      setRoom(id, (one) => ({ ...one, saying: [...one.saying, { key: crypto.randomUUID(), text, state: "waiting", why: null }] }))
      void speak(id)
    },
    /** Takes back what was refused. */
    drop: (id: string, key: string) => setRoom(id, (one) => ({ ...one, saying: one.saying.filter((said) => said.key !== key) })),
    /** Does something, then looks again at all that it may have changed; what is refused is told. */
    async act<T>(doing: Promise<Outcome<T>>, id?: string): Promise<Outcome<T>> {
      const outcome = await doing
      if (!outcome.ok && outcome.why === "signed-out") shutOut()
      else if (!outcome.ok) memory.refuse(outcome.why)
      const { session, open } = state()
      if (session === "in") await Promise.all([lookAtDesk(), id === undefined || id !== open ? undefined : lookAtChat(id)])
      return outcome
    },
    /** Looks at something that no list shows; when the house doesn't know us any more, the door is shown. */
    async look<T>(looking: Promise<Read<T>>): Promise<Read<T>> {
      const answer = await looking
      if (!answer.ok && answer.why === "signed-out") shutOut()
      return answer
    },
    refuse: memory.refuse,
    hush: () => set({ refusal: null }),
  }
}
