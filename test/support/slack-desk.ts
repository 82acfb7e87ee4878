import { randomUUID } from "node:crypto"
import type { Card, DeskService, Line, Refused } from "../../src/helpline/desk-view.ts"

type Chat = { card: Card; lines: Line[]; readonly keys: Set<string> }

/** A desk that keeps all in memory, and remembers what was done. */
export class FakeDesk {
  readonly chats = new Map<string, Chat>()
  readonly written: { readonly staff: string; readonly id: string; readonly text: string; readonly key: string }[] = []
  readonly notes: { readonly staff: string; readonly id: string; readonly text: string }[] = []
  readonly aliases = new Map<string, string>()
  /** What the next acts meet instead of being done. */
  readonly trouble: (Error | Refused)[] = []
  /** An act takes as long as this does. */
  slow: Promise<unknown> = Promise.resolve()
  readonly #watchers = new Set<(id: string | undefined) => void>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** Somebody asks for a person. */
  asks(more: Partial<Card> = {}): string {
    const id = randomUUID()
    const since = new Date(this.#now()).toISOString()
    const card: Card = {
      id,
      name: "amber heron",
      channel: "telegram",
      language: "ur",
      risk: 2,
      status: "queued",
      since,
      owner: null,
      ownerId: null,
      left: false,
      lines: 0,
      endedAt: null,
      ...more,
    }
    this.chats.set(id, { card, lines: [], keys: new Set() })
    this.#tell(id)
    return id
  }

  change(id: string, more: Partial<Card>): void {
    const chat = this.#chat(id)
    chat.card = { ...chat.card, ...more }
    this.#tell(id)
  }

  /** She writes. */
  says(id: string, text: string, from: Line["from"] = "contact"): void {
    this.#line(id, { from, text, alias: null, delivery: null })
  }

  /** The provider tells what became of the last words of a counsellor. */
  delivers(id: string, delivery: Line["delivery"]): void {
    const chat = this.#chat(id)
    const at = chat.lines.findLastIndex(({ from }) => from === "counsellor")
    chat.lines = chat.lines.map((line, index) => (index === at ? { ...line, delivery } : line))
    this.#tell(id)
  }

  ends(id: string): void {
    this.change(id, { status: "ended", endedAt: new Date(this.#now()).toISOString() })
  }

  /** FORGET, or the age of a transcript: what was said is no more. */
  forgets(id: string, all = true): void {
    const chat = this.#chat(id)
    chat.lines = []
    chat.card = { ...chat.card, lines: 0 }
    if (all) this.chats.delete(id)
    this.#tell(id)
  }

  /** A day later, the desk shows it no more. */
  hides(id: string): void {
    this.#hidden.add(id)
  }
  readonly #hidden = new Set<string>()

  readonly service: DeskService = {
    ...(Object.fromEntries(
      [
        "view",
        "chat",
        "release",
        "transfer",
        "accept",
        "refuse",
        "takeOver",
        "end",
        "retry",
        "record",
        "block",
        "unmask",
        "presence",
        "debriefed",
        "close",
        "reopen",
        "seen",
        "numbers",
      ].map((name) => [
        name,
        () => {
          throw new Error(`Slack has no use for ${name}`)
        },
      ]),
    ) as unknown as DeskService),
    claim: (staff, id) =>
      this.#act(id, (chat) => {
        if (chat.card.status !== "queued") return "taken"
        chat.card = { ...chat.card, status: "claimed", owner: this.aliases.get(staff) ?? null, ownerId: staff }
        return undefined
      }),
    write: (staff, id, text, key) =>
      this.#act(id, (chat) => {
        if (chat.card.ownerId !== staff) return "not-yours"
        if (chat.card.left) return "left"
        if (chat.keys.has(key)) return undefined
        chat.keys.add(key)
        this.written.push({ staff, id, text, key })
        this.#line(id, { from: "counsellor", text, alias: chat.card.owner, delivery: "queued", key })
        return undefined
      }),
    note: (staff, id, text) =>
      this.#act(id, () => {
        this.notes.push({ staff, id, text })
        return undefined
      }),
    cards: async () => [...this.chats.values()].map(({ card }) => card).filter(({ id }) => !this.#hidden.has(id)),
    lines: async (id, after) => (this.chats.get(id)?.lines ?? []).filter(({ n }) => n > after),
    watch: (changed) => {
      this.#watchers.add(changed)
      return () => this.#watchers.delete(changed)
    },
  }

  async #act(id: string, work: (chat: Chat) => Refused | undefined): Promise<Refused | undefined> {
    await this.slow
    const trouble = this.trouble.shift()
    if (trouble instanceof Error) throw trouble
    if (trouble !== undefined) return trouble
    const chat = this.chats.get(id)
    if (chat === undefined) return "gone"
    const refused = work(chat)
    this.#tell(id)
    return refused
  }

  #line(id: string, line: Pick<Line, "from" | "text" | "alias" | "delivery"> & { readonly key?: string }): void {
    const chat = this.#chat(id)
    chat.lines = [...chat.lines, { n: (chat.lines.at(-1)?.n ?? 0) + 1, id: randomUUID(), at: new Date(this.#now()).toISOString(), code: null, key: null, ...line }]
    chat.card = { ...chat.card, lines: chat.lines.length }
    this.#tell(id)
  }

  #tell(id: string): void {
    for (const watcher of this.#watchers) watcher(id)
  }

  #chat(id: string): Chat {
    const chat = this.chats.get(id)
    if (chat === undefined) throw new Error("nobody asked")
    return chat
  }
}
