/** People who write through Telegram's webhook, as far as the line and in their chats. */
import { atOnce } from "./at-once.ts"
import { Poster } from "./http.ts"

/** What leads to the line. */
const WAY = ["hi", "yes", "talk to a person", "yes", "no"] as const
const FIRST = 1_000_000_001

export class Contacts {
  readonly #poster: Poster
  readonly #headers: string
  #updates = 0
  #contacts = 0

  constructor(port: number, secret: string) {
    this.#poster = new Poster(port)
    this.#headers = `x-telegram-bot-api-secret-token: ${secret}\r\n`
  }

  /** So many new people go as far as the line. */
  async queueUp(count: number): Promise<void> {
    const all = Array.from({ length: count }, () => FIRST + this.#contacts++)
    await atOnce(32, all, async (contact) => {
      for (const text of WAY) await this.write(contact, text)
      await this.write(contact, `my account was taken, ${contact}`)
    })
  }

  /** Settles when the webhook was answered. */
  write(contact: number, text: string): Promise<void> {
    const n = ++this.#updates
    const date = Math.floor(Date.now() / 1000)
    const body = `{"update_id":${n},"message":{"message_id":${n},"from":{"id":${contact},"is_bot":false,"first_name":"Contact","language_code":"en"},"chat":{"id":${contact},"type":"private","first_name":"Contact"},"date":${date},"text":"${text}"}}`
    return new Promise((resolve, reject) => {
      this.#poster.post("/telegram", this.#headers, body, ({ status, body: said }) =>
        status === 200 ? resolve() : reject(new Error(`the webhook answered ${status} ${said.slice(0, 200)}`)),
      )
    })
  }

  close(): void {
    this.#poster.close()
  }
}
