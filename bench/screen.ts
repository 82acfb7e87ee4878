/** What the console's page does with its stream: it asks again for what changed, one question of a kind at a time. */
import { type Console, must } from "./console.ts"

interface Line {
  readonly n: number
  readonly from: string
  readonly text: string
}

export class Screen {
  readonly #console: Console
  /** The highest line of each own chat that is on the screen. */
  readonly #chats: Map<string, number>
  readonly #asking = new Map<string, { again: boolean }>()
  readonly #shown: (line: Line) => void
  readonly #failed: (cause: unknown) => void

  constructor(console: Console, chats: readonly string[], told: { shown: (line: Line) => void; failed: (cause: unknown) => void }) {
    this.#console = console
    this.#chats = new Map(chats.map((id) => [id, 0]))
    this.#shown = told.shown
    this.#failed = told.failed
  }

  async open(): Promise<void> {
    for (const id of this.#chats.keys()) await this.#look(id)
    await this.#console.listen(
      (event, { id }) => {
        if (event === "desk") void this.#once("desk", async () => void must(await this.#console.get("desk")))
        else if (id !== undefined && this.#chats.has(id)) void this.#once(id, () => this.#look(id))
      },
      () => this.#failed(new Error("a stream ended")),
    )
  }

  async #look(id: string): Promise<void> {
    const after = this.#chats.get(id) ?? 0
    const { lines } = must(await this.#console.get(`chats/${id}?after=${after}`)) as { lines: readonly Line[] }
    for (const line of lines) this.#shown(line)
    this.#chats.set(id, lines.at(-1)?.n ?? after)
  }

  async #once(what: string, question: () => Promise<void>): Promise<void> {
    const running = this.#asking.get(what)
    if (running !== undefined) {
      running.again = true
      return
    }
    const mine = { again: true }
    this.#asking.set(what, mine)
    try {
      while (mine.again) {
        mine.again = false
        await question()
      }
    } catch (cause) {
      this.#failed(cause)
    } finally {
      this.#asking.delete(what)
    }
  }
}
