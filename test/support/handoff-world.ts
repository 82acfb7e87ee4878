import { randomUUID } from "node:crypto"
import type { Heard } from "../../src/flows/effect.ts"
import type { Refused } from "../../src/helpline/desk-view.ts"
import { air } from "./air.ts"
import { openTwoHouses, type Side, type TwoHouses } from "./two-houses.ts"

export type Who = 0 | 1 | 2

/** What somebody does, through one of the houses. */
export type Act =
  | { readonly by: "contact"; readonly who: Who; readonly side: Side; readonly heard: Heard | string }
  | {
      readonly by: "staff"
      readonly who: Who
      readonly side: Side
      readonly does: "claim" | "release" | "accept" | "refuse" | "takeOver" | "write" | "write again" | "retry" | "end" | "block"
      readonly about: Who
    }
  | { readonly by: "staff"; readonly who: Who; readonly side: Side; readonly does: "transfer"; readonly about: Who; readonly to: Who | "queue" | "supervisor" }

/** An act of staff as it went: on which chat, with which answer, between which moments. */
export type Done = {
  readonly staff: string
  readonly does: string
  readonly handoff: string
  readonly n: number | undefined
  readonly from: number
  readonly to: number
  readonly answer: Refused | undefined
}
/** Something that a contact typed. */
export type Said = { readonly who: Who; readonly n: number; readonly from: number; readonly to: number }

/** The people of one run, and all that they did and were answered. */
export class World {
  readonly houses: TwoHouses
  readonly staff: readonly { readonly id: string; readonly alias: string; readonly cap: number }[]
  addresses: readonly string[] = []
  ids: readonly string[] = []
  done: Done[] = []
  said: Said[] = []
  /** When a contact had left, by the count of acts and by a clock that nobody sets. */
  left: { readonly who: Who; readonly tick: number; readonly at: number; readonly known: ReadonlySet<string> }[] = []
  /** How many messages had arrived when a chat was last seen open. */
  lastOpen = new Map<string, number>()
  /** What happened, for whoever has to understand a failure. */
  story: string[] = []
  #arrived = 0
  #tick = 0
  #n = 0

  constructor(houses: TwoHouses, staff: World["staff"]) {
    this.houses = houses
    this.staff = staff
  }

  static async open(): Promise<World> {
    const houses = await openTwoHouses()
    const people = [
      ["Sana", ["counsellor"], 1],
      ["Bilal", ["counsellor"], 2],
      ["Noor", ["counsellor", "supervisor"], 3],
    ] as const
    const staff = []
    for (const [alias, roles, cap] of people) staff.push({ id: String(await houses.house(0).ask("hire", alias, roles, cap)), alias, cap })
    return new World(houses, staff)
  }

  /** A new day: nobody has written yet, nobody is there. */
  async begin(): Promise<void> {
    await this.houses.settle()
    await this.houses.eye.query("truncate handoff, handoff_line, handoff_news, seat, block, audit, outbox, timer, delivery, conversation, simulator_message, parked")
    air.clear()
    this.addresses = [`telegram:${randomUUID()}`, `sms:${randomUUID()}`, `whatsapp:${randomUUID()}`]
    this.ids = this.addresses.map((address) => this.houses.cover.lookup("simulator", address))
    this.done = []
    this.said = []
    this.left = []
    this.lastOpen = new Map()
    this.story = []
    this.#arrived = 0
    for (const side of [0, 1] as const) await this.houses.house(side).ask("desk.heard")
  }

  /** Writes down what was done, what arrived meanwhile, and how all chats stand. */
  async tell(what: string): Promise<void> {
    const { rows } = await this.houses.eye.query<{ whose: string; status: string; owner: string; why: string }>(
      "select conversation_id as whose, status, staff_id as owner, ended_why as why from handoff order by asked_at",
    )
    const whose = (id: string) => this.ids.indexOf(id)
    const heard = air.arrivals.slice(this.#arrived).map(({ conversationId, text }) => `    ${whose(conversationId)} < ${text.replaceAll("\n", " / ").slice(0, 60)}`)
    this.#arrived = air.arrivals.length
    const chats = rows.map(
      (row) => `${whose(row.whose)} ${row.status}${row.why === null ? "" : ` (${row.why})`}${row.owner === null ? "" : ` ${this.staff.findIndex(({ id }) => id === row.owner)}`}`,
    )
    const places = await Promise.all(
      this.ids.map(async (id) => {
        const here = await this.houses.conversation(id)
        return here && `${here.place}:${here.memory.handoff?.status ?? "-"}`
      }),
    )
    this.story.push(`- ${what}`, ...heard, `    ${chats.join(", ")} | ${places.join(" ")}`)
  }

  /** The chat of a contact that was asked for last. */
  async chatOf(who: Who): Promise<string | undefined> {
    // A chat whose contact was forgotten is known by no conversation; the desk may still have it on its screen.
    const { rows } = await this.houses.eye.query<{ id: string }>(
      "select id from handoff where conversation_id = $1 and status <> 'asked' order by asked_at desc, id desc limit 1",
      [this.ids[who]],
    )
    if (rows[0] !== undefined) this.#chats.set(`${this.ids[who]}`, rows[0].id)
    return rows[0]?.id ?? this.#chats.get(`${this.ids[who]}`)
  }
  readonly #chats = new Map<string, string>()

  async perform(act: Act): Promise<void> {
    await (act.by === "contact" ? this.say(act.who, act.side, act.heard) : this.#work(act))
  }

  /** What one person does while nobody else does anything: an owner's words are surely taken. */
  async performAlone(act: Act): Promise<void> {
    const isWrite = act.by === "staff" && act.does === "write"
    const owner = isWrite ? await this.#ownerOf(act.about) : undefined
    await this.perform(act)
    const answer = this.done.at(-1)?.answer
    if (isWrite && owner === this.staff[act.who]?.id && answer !== undefined) throw new Error(`an owner's words were refused: ${answer}`)
  }

  /** Who has a contact's chat, or had it last. */
  async lastOwnerOf(who: Who): Promise<Who | undefined> {
    const { rows } = await this.houses.eye.query<{ owner: string }>("select staff_id as owner from handoff where id = $1", [await this.chatOf(who)])
    const index = this.staff.findIndex(({ id }) => id === rows[0]?.owner)
    return index < 0 ? undefined : (index as Who)
  }

  /** Whom a contact's chat is offered to. */
  async offeredTo(who: Who): Promise<Who | undefined> {
    const { rows } = await this.houses.eye.query<{ to: string }>("select offered_to as to from handoff where id = $1", [await this.chatOf(who)])
    const index = this.staff.findIndex(({ id }) => id === rows[0]?.to)
    return index < 0 ? undefined : (index as Who)
  }

  async #ownerOf(who: Who): Promise<string | undefined> {
    const { rows } = await this.houses.eye.query<{ owner: string }>("select staff_id as owner from handoff where id = $1 and status in ('claimed', 'live', 'transferring')", [
      await this.chatOf(who),
    ])
    return rows[0]?.owner
  }

  /** A contact does something; in her own words, with a number, when they are words. */
  async say(who: Who, side: Side, heard: Heard | string): Promise<void> {
    const n = (this.#n += 1)
    const text = heard === "words" ? `a kite w${n}` : heard
    const from = (this.#tick += 1)
    const address = this.addresses[who] ?? ""
    const shape = address.split(":")[0] as "sms"
    await this.houses.house(side).receive({ channel: "simulator", address, shape, deliveryId: `said:${n}`, heard: typeof text === "string" ? { type: "text", text } : text })
    const to = (this.#tick += 1)
    if (heard === "words") this.said.push({ who, n, from, to })
    if (heard === "EXIT" || heard === "STOP") await this.#hasLeft(who, to)
  }

  async #hasLeft(who: Who, tick: number): Promise<void> {
    const at = performance.now()
    const { rows } = await this.houses.eye.query<{ id: string }>("select id from handoff where conversation_id = $1 or conversation_id is null", [this.ids[who]])
    this.left.push({ who, tick, at, known: new Set(rows.map(({ id }) => id)) })
  }

  async #work(act: Act & { readonly by: "staff" }): Promise<void> {
    const id = await this.chatOf(act.about)
    const staff = this.staff[act.who]
    if (id === undefined || staff === undefined) return
    const { desk } = this.houses.house(act.side)
    const last = this.done.findLast(({ handoff, staff: one, n }) => handoff === id && one === staff.id && n !== undefined)?.n
    const n = act.does === "write" ? (this.#n += 1) : act.does === "write again" ? last : undefined
    const from = (this.#tick += 1)
    let answer: Refused | undefined
    switch (act.does) {
      case "write":
      case "write again":
        if (n === undefined) return
        answer = await desk.write(staff.id, id, `Reply c${n}.`, `key-${n}`)
        break
      case "retry": {
        const failed = (await desk.lines(id, 0)).find(({ delivery }) => delivery === "failed" || delivery === "unknown")
        if (failed === undefined) return
        answer = await desk.retry(staff.id, id, failed.id)
        break
      }
      case "transfer":
        // Most of those whom a chat is offered to are there.
        if (typeof act.to === "number" && act.to !== act.about) await desk.seen(this.staff[act.to]?.id ?? "")
        answer = await desk.transfer(staff.id, id, typeof act.to === "number" ? (this.staff[act.to]?.id ?? "") : act.to)
        break
      case "end":
        answer = await desk.end(staff.id, id, "helped")
        break
      case "block":
        answer = await desk.block(staff.id, id, "abuse", 1)
        break
      case "claim":
      case "release":
      case "accept":
      case "refuse":
      case "takeOver":
        answer = await desk[act.does](staff.id, id)
        break
      default:
        act satisfies never
    }
    this.story.push(`    staff ${act.who} ${act.does} ${act.about}: ${answer ?? "done"}${n === undefined ? "" : ` c${n}`}`)
    this.done.push({ staff: staff.id, does: act.does === "transfer" && act.to === "queue" ? "release" : act.does, handoff: id, n, from, to: (this.#tick += 1), answer })
  }

  /** Takes a contact as far as the line; the third is never sure that it is safe to write. */
  async bring(who: Who, side: Side): Promise<void> {
    for (let step = 0; step < 10; step++) {
      const here = await this.houses.conversation(this.ids[who] ?? "")
      const { place = "left", memory } = here ?? {}
      if (memory?.handoff !== undefined && memory.handoff.status !== "asked") return
      const words: Readonly<Record<string, string>> = {
        left: "hi",
        "hello.safe": who === 2 ? "not sure" : "yes",
        "hello.again": who === 2 ? "not sure" : "yes",
        "hello.unsure": "go on",
        "person.consent": "yes",
        "person.danger": "no",
        "person.about": "skip",
        "person.over": "yes",
      }
      await this.say(who, side, words[place] ?? "talk to a person")
    }
  }

  /** A contact writes again until she has heard something: a plain word, and that she can text where she is asked. Tells from where to where that took her. */
  async comeBack(who: Who, hasHeard: () => boolean): Promise<readonly string[]> {
    const place = async () => (await this.houses.conversation(this.ids[who] ?? ""))?.place ?? "left"
    const places = [await place()]
    for (let n = 0; n < 4 && !hasHeard(); n++) {
      const at = places.at(-1) ?? ""
      await this.say(who, 0, n === 0 ? "hi" : /^hello\.(unsure|channels)$/.test(at) ? "go on" : at.startsWith("hello.") ? "yes" : "hi")
      await this.houses.settle()
      places.push(await place())
    }
    return places
  }
}
