/**
 * The load generator: contacts that write to one contender and wait for its replies.
 *
 * A turn is done when its webhook was answered 2xx and a reply to that chat came after it was sent. Only then does
 * the contact go to the back of the queue, so that the late second message of a turn is not taken for the next one's.
 */
import { setTimeout as sleep } from "node:timers/promises"
import { drawing } from "../src/demo/drawing.ts"
import { Poster } from "./http.ts"
import type { StandIn } from "./stand-in.ts"

export const texts = ["hi", "1", "1", "1", "1", "menu"] as const

const firstChat = 1_000_000_001
const timeoutMs = 10_000
const patience = 50

interface Contact {
  readonly chat: number
  turns: number
}

interface Turn {
  readonly sentAt: number
  answered: boolean
  replied: boolean
  readonly done: (failure?: string) => void
}

export class Load {
  /** Since the start; whoever measures takes the difference. */
  turns = 0
  messages = 0
  failures = 0
  sent = 0
  readonly #port: number
  readonly #headers: string
  readonly #updatesBefore: number
  readonly #idle: Contact[]
  #head = 0
  #poster: Poster
  readonly #underWay = new Map<number, Turn>()
  readonly #sweep: NodeJS.Timeout

  /** One load after another may go to a contender: `before` says how many contacts and updates it has had already. */
  constructor(
    standIn: StandIn,
    {
      port,
      secret,
      contacts,
      before = { contacts: 0, updates: 0 },
    }: {
      port: number
      secret: string
      contacts: number
      before?: { contacts: number; updates: number }
    },
  ) {
    this.#port = port
    this.#updatesBefore = before.updates
    this.#headers = `x-telegram-bot-api-secret-token: ${secret}\r\n`
    this.#poster = new Poster(port)
    this.#idle = shuffled(contacts).map((n) => ({ chat: firstChat + before.contacts + n, turns: 0 }))
    standIn.onReply = (chat) => {
      this.messages += 1
      const turn = this.#underWay.get(chat)
      if (turn === undefined) return
      turn.replied = true
      if (turn.answered) turn.done()
    }
    this.#sweep = setInterval(() => {
      const late = performance.now() - timeoutMs
      for (const turn of this.#underWay.values()) {
        if (turn.sentAt < late) turn.done(turn.answered ? "no reply" : "the webhook was not answered")
      }
    }, 1000)
  }

  /** Keeps `inFlight` contacts waiting until told to stop, then lets the last ones finish. Gives the latencies, in ms. */
  async closed(inFlight: number, until: () => boolean): Promise<number[]> {
    const latencies: number[] = []
    const line = async () => {
      while (!until()) {
        const contact = this.#take()
        if (contact === undefined) return
        latencies.push(await this.#turn(contact, performance.now()))
      }
    }
    await Promise.all(Array.from({ length: inFlight }, line))
    this.#reconnect()
    return latencies
  }

  /**
   * Sends at a rate whatever comes back, at times drawn beforehand. Latencies count from the time a turn was due and
   * not from when it was sent, so that a contender cannot hide a stall by holding up the load.
   */
  async open(perSecond: number, seconds: number): Promise<number[]> {
    const latencies: number[] = []
    const turns: Promise<void>[] = []
    const draw = drawing(1)
    const end = performance.now() + seconds * 1000
    let due = performance.now()
    while (due < end) {
      await sleep(1)
      while (due < end && due <= performance.now()) {
        const contact = this.#take()
        if (contact === undefined) break
        turns.push(this.#turn(contact, due).then((ms) => void latencies.push(ms)))
        due += (-Math.log(1 - draw()) * 1000) / perSecond
      }
    }
    await Promise.all(turns)
    this.#reconnect()
    return latencies
  }

  /** What the webhook answers to another secret. */
  async knock(secret: string): Promise<number> {
    const headers = { "x-telegram-bot-api-secret-token": secret, "content-type": "application/json" }
    const body = this.#updateFor({ chat: firstChat, turns: 0 })
    return (await fetch(`http://127.0.0.1:${this.#port}/telegram`, { method: "POST", headers, body })).status
  }

  close(): void {
    clearInterval(this.#sweep)
    this.#poster.close()
  }

  #take(): Contact | undefined {
    const contact = this.#idle[this.#head]
    if (contact === undefined) return undefined
    this.#head += 1
    if (this.#head > 10_000) {
      this.#idle.splice(0, this.#head)
      this.#head = 0
    }
    return contact
  }

  /** Ends as well when it failed, as long as not too many did: then the contender is given up. */
  #turn(contact: Contact, since: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const turn: Turn = {
        sentAt: performance.now(),
        answered: false,
        replied: false,
        done: (failure) => {
          if (this.#underWay.get(contact.chat) !== turn) return
          this.#underWay.delete(contact.chat)
          this.#idle.push(contact)
          if (failure === undefined) this.turns += 1
          else this.failures += 1
          if (this.failures > patience) reject(new Error(`too many turns failed, the last one with: ${failure}`))
          else resolve(performance.now() - since)
        },
      }
      this.#underWay.set(contact.chat, turn)
      this.#poster.post("/telegram", this.#headers, this.#updateFor(contact), ({ status, body }) => {
        if (status < 200 || status > 299) return turn.done(`the webhook answered ${status} ${body.slice(0, 200)}`)
        turn.answered = true
        if (turn.replied) turn.done()
      })
    })
  }

  #updateFor(contact: Contact): string {
    this.sent += 1
    const n = this.#updatesBefore + this.sent
    const { chat } = contact
    const text = texts[contact.turns++ % texts.length]
    const date = Math.floor(Date.now() / 1000)
    return `{"update_id":${n},"message":{"message_id":${n},"from":{"id":${chat},"is_bot":false,"first_name":"Contact"},"chat":{"id":${chat},"type":"private","first_name":"Contact"},"date":${date},"text":"${text}"}}`
  }

  /** Servers close connections that idle for some seconds, as these do between rounds; better ours go first. */
  #reconnect(): void {
    this.#poster.close()
    this.#poster = new Poster(this.#port)
  }
}

function shuffled(length: number): number[] {
  const draw = drawing(length)
  const all = Array.from({ length }, (_, n) => n)
  for (let at = length - 1; at > 0; at--) {
    const other = Math.floor(draw() * (at + 1))
    ;[all[at], all[other]] = [all[other] ?? 0, all[at] ?? 0]
  }
  return all
}
