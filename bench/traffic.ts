/** Words both ways in every chat, at a steady rate, and how long each takes to arrive. */
import { setTimeout as sleep } from "node:timers/promises"
import { type Console, must } from "./console.ts"
import type { Contacts } from "./contacts.ts"
import { told } from "./report.ts"
import { Screen } from "./screen.ts"
import type { Chat } from "./staff.ts"
import type { StandIn } from "./stand-in.ts"
import { drawing } from "../src/demo/drawing.ts"

/** Whoever is waited for longer didn't come. */
const LATE_MS = 10_000

export interface Ways {
  /** From the webhook request leaving to the words on the owner's screen. */
  readonly hers: number[]
  /** From the counsellor's request leaving to the provider having it. */
  readonly back: number[]
}

export class Traffic {
  readonly #chats: readonly Chat[]
  readonly #contacts: Contacts
  readonly #watched: ReadonlySet<Console>
  readonly #draw = drawing(7)
  /** Words on their way, and what to do once they arrive. */
  readonly #underWay = new Map<string, () => void>()
  #words = 0
  /** What went wrong, each once. */
  readonly failures: string[] = []

  constructor(chats: readonly Chat[], contacts: Contacts, watched: readonly Console[], standIn: StandIn) {
    this.#chats = chats
    this.#contacts = contacts
    this.#watched = new Set(watched)
    standIn.onReply = (_, body) => this.#arrived("back", body)
  }

  /** Opens the consoles, each with the chats it owns. */
  async openScreens(): Promise<void> {
    for (const owner of this.#watched) {
      const own = this.#chats.filter((chat) => chat.owner === owner).map(({ id }) => id)
      await new Screen(owner, own, { shown: ({ text }) => this.#arrived("hers", text), failed: this.#failed }).open()
    }
  }

  /** Everybody writes every so many seconds or so, for so long; what is under way at the end is waited for. */
  async run(every: number, seconds: number): Promise<Ways> {
    const ways: Ways = { hers: [], back: [] }
    const end = performance.now() + seconds * 1000
    const sides = this.#chats.flatMap((chat) => [() => this.#hers(chat, ways.hers), () => this.#back(chat, ways.back)])
    const due = sides.map(() => performance.now() + this.#draw() * every * 1000)
    while (performance.now() < end) {
      await sleep(2)
      const now = performance.now()
      for (const [n, write] of sides.entries()) {
        if ((due[n] ?? 0) > now) continue
        due[n] = (due[n] ?? 0) + every * 1000 * (0.5 + this.#draw())
        write()
      }
    }
    const patience = performance.now() + LATE_MS
    while (this.#underWay.size > 0 && performance.now() < patience) await sleep(20)
    for (const mark of this.#underWay.keys()) this.#failed(new Error(`${mark} didn't arrive`))
    this.#underWay.clear()
    return ways
  }

  #hers(chat: Chat, taken: number[]): void {
    const mark = `hers${++this.#words}z`
    const began = performance.now()
    // Whose console isn't open has nobody who sees it.
    if (this.#watched.has(chat.owner)) this.#underWay.set(mark, () => taken.push(performance.now() - began))
    this.#contacts.write(chat.contact, `they wrote to my family again, ${mark}`).catch(this.#failed)
  }

  #back(chat: Chat, taken: number[]): void {
    const mark = `back${++this.#words}z`
    const began = performance.now()
    this.#underWay.set(mark, () => taken.push(performance.now() - began))
    chat.owner
      .post(`chats/${chat.id}/messages`, { text: `I read it. We look at it together, ${mark}`, key: mark })
      .then(must)
      .catch(this.#failed)
  }

  #arrived(way: string, text: string): void {
    const mark = new RegExp(`${way}\\d+z`).exec(text)?.[0] ?? ""
    this.#underWay.get(mark)?.()
    this.#underWay.delete(mark)
  }

  readonly #failed = (cause: unknown): void => {
    this.failures.push(told(cause))
  }
}
