import type {
  BlockReason,
  BlockView,
  CaseRecord,
  Chat,
  ChatHead,
  Closing,
  Delivery,
  Desk,
  Line,
  Note,
  Presence,
  Refused,
  Risk,
  Role,
  SystemLine,
} from "../../src/helpline/desk-view.ts"
import { StandInOffice } from "./console-stand-in-office.ts"

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
export type Person = {
  id: string
  userName: string
  alias: string
  password: string
  roles: Role[]
  presence: Presence
  cap: number
  coolUntil: string | null
  debrief: boolean
  secondStep: boolean
  active: boolean
}
type Held = { head: Mutable<ChatHead>; asked: Chat["asked"]; lines: Mutable<Line>[]; notes: Note[]; record: CaseRecord | null; keys: Set<string>; settled?: boolean }
type Arrival = {
  readonly name: string
  readonly risk?: Risk
  readonly channel?: string
  readonly language?: string
  readonly minutes?: number
  readonly says?: readonly string[]
  readonly asked?: Chat["asked"]
}

export const person = (userName: string, alias: string, roles: Role[], presence: Presence = "available"): Person => ({
  id: `staff-${userName}`,
  userName,
  alias,
  password: "four unrelated words",
  roles,
  presence,
  cap: 3,
  coolUntil: null,
  debrief: false,
  secondStep: true,
  active: true,
})

/** A desk in memory: it answers as the contract says, and lets a test be the people who write and the provider. */
export class StandInDesk {
  readonly staff = [
    person("sana", "Sana", ["counsellor"]),
    person("noor", "Noor", ["counsellor", "supervisor"]),
    person("bilal", "Bilal", ["counsellor"]),
    person("rabia", "Rabia", ["counsellor"], "break"),
    person("amna", "Amna", ["admin"]),
    person("ismat", "Ismat", ["officer"]),
    person("zoya", "Zoya", ["officer"]),
    person("zehra", "Zehra", ["moderator"]),
  ]
  readonly office = new StandInOffice(this.staff)
  /** How many wait whom the queue doesn't list. */
  unlisted = 0
  readonly chats = new Map<string, Held>()
  /** Who is kept out of the line. */
  readonly blocks: BlockView[] = []
  /** What becomes of what is said from now on. */
  fate: Delivery = "sent"
  #closing: Closing | null = null
  #version = 0
  #count = 0

  /** Somebody asks for a person. */
  arrives({ name, risk = 0, channel = "telegram", language = "en", minutes = 3, says = [], asked = [] }: Arrival): string {
    const id = `chat-${++this.#count}`
    const since = new Date(Date.now() - minutes * 60_000).toISOString()
    const head: Held["head"] = { id, name, channel, language, risk, status: "queued", owner: null, since, read: 0, last: 0, left: false, rests: false, offer: null }
    this.chats.set(id, { head, asked, lines: [], notes: [], record: null, keys: new Set() })
    for (const text of says) this.writes(id, text)
    this.#tell("desk")
    return id
  }

  /** She writes. */
  writes(id: string, text: string): void {
    const chat = this.#chat(id)
    this.#line(chat, "contact", text, null, null)
    chat.head.last = chat.lines.filter(({ from }) => from === "contact").length
    this.#changed(chat)
  }

  /** She writes EXIT. */
  leaves(id: string): void {
    const chat = this.#chat(id)
    Object.assign(chat.head, { left: true, status: "ended" })
    this.notes(id, "left")
  }

  /** The house itself notes something. */
  notes(id: string, code: SystemLine): void {
    const chat = this.#chat(id)
    this.#line(chat, "system", code, null, null)
    this.#changed(chat)
  }

  /** The provider tells what became of what was said last. */
  becomes(id: string, delivery: Delivery, code: string | null = null): void {
    const line = this.#chat(id).lines.findLast(({ from }) => from === "counsellor")
    if (line !== undefined) Object.assign(line, { delivery, code })
    this.#changed(this.#chat(id))
  }

  /** She was told that nobody writes before she does. */
  rests(id: string): void {
    this.#chat(id).head.rests = true
    this.#changed(this.#chat(id))
  }

  /** A chat is somebody's, as after a claim. */
  gives(id: string, userName: string): void {
    Object.assign(this.#chat(id).head, { owner: `staff-${userName}`, status: "live" })
    this.#tell("desk")
  }

  /** Somebody else says, offers or notes something. */
  as(userName: string, act: string, id: string, body: object = {}): object {
    return this.act(this.#named(userName), `chats/${id}/${act}`, body) ?? {}
  }

  /** Puts a line of a counsellor into a chat, with its fate. */
  said(id: string, alias: string, text: string, delivery: Delivery, code: string | null = null): void {
    Object.assign(this.#line(this.#chat(id), "counsellor", text, alias, delivery), { code })
    this.#changed(this.#chat(id))
  }

  tellDesk(): void {
    this.#tell("desk")
  }

  /** Tells every stream; the house around it knows them. */
  protected send(_text: string): void {}

  #chat(id: string): Held {
    const chat = this.chats.get(id)
    if (chat === undefined) throw new Error(`no chat ${id}`)
    return chat
  }
  #named(userName: string): Person {
    const found = this.staff.find((one) => one.userName === userName)
    if (found === undefined) throw new Error(`nobody called ${userName}`)
    return found
  }
  #line(chat: Held, from: Line["from"], text: string, alias: string | null, delivery: Delivery | null): Mutable<Line> {
    const n = chat.lines.length + 1
    const line = { n, id: `${chat.head.id}-line-${n}`, from, alias, text, at: new Date().toISOString(), delivery, code: null, key: null }
    chat.lines.push(line)
    return line
  }
  #changed(chat: Held): void {
    this.#tell("chat", { id: chat.head.id, last: chat.lines.length })
    this.#tell("desk")
  }
  #tell(event: "desk" | "chat", data: object = {}): void {
    this.#version++
    this.send(`id: ${this.#version}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  protected look(me: Person, path: string, query: URLSearchParams): object | undefined {
    const office = this.office.look(me, path, query)
    if (office !== undefined) return office
    if (!me.roles.includes("counsellor") && !me.roles.includes("supervisor")) return { ok: false, why: "refused" }
    if (path === "desk") return this.#desk(me)
    if (path === "blocks") return me.roles.includes("supervisor") ? this.blocks : { ok: false, why: "refused" }
    if (path === "taxonomy") return TAXONOMY
    if (path === "me/passkeys") return []
    if (path === "canned") return CANNED[query.get("language") ?? ""] ?? []
    const id = /^chats\/([^/]+)$/.exec(path)?.[1]
    const chat = id === undefined ? undefined : this.chats.get(id)
    if (chat === undefined) return undefined
    if (!mayRead(chat, me)) return refused("not-yours")
    if (chat.head.owner === me.id && chat.head.read < chat.head.last) {
      chat.head.read = chat.head.last
      this.#tell("desk")
    }
    return { ...chat, keys: undefined, lines: chat.lines.filter(({ n }) => n > Number(query.get("after") ?? 0)) }
  }

  #desk(me: Person): Desk {
    const open = [...this.chats.values()].map(({ head }) => head).filter(({ status }) => status !== "ended")
    const load = (id: string) => open.filter(({ owner }) => owner === id).length
    const queue = open.filter(({ status }) => status === "queued").sort((a, b) => b.risk - a.risk || a.since.localeCompare(b.since))
    return {
      version: this.#version,
      open: this.#closing === null,
      opensAt: null,
      timeZone: this.office.timeZone,
      closing: this.#closing,
      queue: queue.map(({ id, name, channel, language, risk, since }) => ({ id, name, channel, language, risk, since })),
      waiting: queue.length + this.unlisted,
      mine: [...this.chats.values()].flatMap(({ head, settled }) => (head.owner === me.id && (head.status !== "ended" || (head.left && settled !== true)) ? [head] : [])),
      offered: open.filter(({ offer }) => offer?.to === me.id),
      board: me.roles.includes("supervisor") ? open : null,
      colleagues: this.staff
        .filter(({ active, roles }) => active && (roles.includes("counsellor") || roles.includes("supervisor")))
        .map(({ id, alias, presence, cap, roles, coolUntil }) => {
          const canTake = presence !== "away" && load(id) < cap && coolUntil === null
          return { id, alias, presence, load: load(id), cap, supervisor: roles.includes("supervisor"), canTake }
        }),
      me: { id: me.id, alias: me.alias, roles: me.roles, presence: me.presence, cap: me.cap, coolUntil: me.coolUntil, debrief: me.debrief },
    }
  }

  protected act(me: Person, path: string, body: Record<string, unknown> | object): object | undefined {
    const office = this.office.act(me, path, body as Record<string, unknown>)
    if (office !== undefined) return office
    const said = body as Record<string, never>
    const done = { ok: true }
    const [room, id, act, line] = path.split("/")
    if (room === "me") {
      if (id === "presence") me.presence = said["presence"] ?? "away"
      if (id === "debriefed") me.debrief = false
      this.#tell("desk")
      return done
    }
    if (room === "closing") {
      if (!me.roles.includes("supervisor")) return refused("not-yours")
      this.#closing = id === "end" ? null : { reason: said["reason"] ?? "other", until: said["until"] ?? "", by: me.alias }
      this.#tell("desk")
      return done
    }
    if (room === "blocks") {
      const at = this.blocks.findIndex((block) => block.id === id)
      if (at < 0) return refused("gone")
      this.blocks.splice(at, 1)
      this.#tell("desk")
      return done
    }
    const chat = room === "chats" && id !== undefined ? this.chats.get(id) : undefined
    if (chat === undefined) return undefined
    const outcome = actOn(chat, me, act ?? "", said, {
      load: [...this.chats.values()].filter(({ head }) => head.owner === me.id && head.status !== "ended").length,
      write: (text, key) => Object.assign(this.#line(chat, "counsellor", text, me.alias, this.fate), { key }),
      line: chat.lines.find((one) => one.id === line),
      fate: this.fate,
      supervisorId: this.staff.find(({ id, roles, presence }) => id !== me.id && presence !== "away" && roles.includes("supervisor"))?.id,
    })
    if (act === "block" && outcome.ok) {
      const until = new Date(Date.now() + Number(said["hours"]) * 3_600_000).toISOString()
      this.blocks.push({ id: `block-${this.blocks.length + 1}`, name: chat.head.name, reason: said["reason"] as unknown as BlockReason, until, by: me.alias })
    }
    this.#changed(chat)
    return outcome
  }
}

const refused = (why: Refused) => ({ ok: false, why })

function mayRead({ head }: Held, me: Person): boolean {
  return head.owner === me.id || head.offer?.to === me.id || me.roles.includes("supervisor") || head.status === "ended"
}

type Hands = {
  readonly load: number
  readonly write: (text: string, key: string) => void
  readonly line: Mutable<Line> | undefined
  readonly fate: Delivery
  readonly supervisorId: string | undefined
}

/** What a person does with a chat, and whether they may. */
function actOn(
  chat: Held,
  me: Person,
  act: string,
  said: Readonly<Record<string, never>>,
  { load, write, line, fate, supervisorId }: Hands,
): { ok: boolean; why?: Refused; address?: string } {
  const { head } = chat
  const supervisor = me.roles.includes("supervisor")
  const free = act === "claim" || act === "accept" || act === "refuse" || act === "takeover" || act === "unmask" || act === "record"
  if (head.status === "ended" && act === "end" && head.owner === me.id) {
    chat.settled = true
    return { ok: true }
  }
  if (head.status === "ended" && act !== "record" && act !== "block") return refused(head.left ? "left" : "ended")
  if (!free && head.owner !== me.id) return refused("not-yours")
  switch (act) {
    case "claim":
      if (head.owner === me.id) return { ok: true }
      if (head.status !== "queued") return refused("taken")
      if (me.coolUntil !== null && Date.parse(me.coolUntil) > Date.now()) return refused("cooling")
      if (load >= me.cap) return refused("full")
      Object.assign(head, { owner: me.id, status: "live" })
      break
    case "messages":
      if (line !== undefined) Object.assign(line, { delivery: fate, code: null })
      else if (head.left) return refused("left")
      else if (!chat.keys.has(said["key"] ?? "")) {
        chat.keys.add(said["key"] ?? "")
        write(String(said["text"]), said["key"] ?? "")
      }
      break
    case "notes":
      chat.notes.push({ id: `note-${chat.notes.length + 1}`, alias: me.alias, text: String(said["text"]), at: new Date().toISOString() })
      break
    case "transfer":
      if (said["to"] === "supervisor" && supervisorId === undefined) return refused("away")
      Object.assign(head, { offer: { to: said["to"] === "supervisor" ? supervisorId : said["to"], from: me.id, until: new Date(Date.now() + 120_000).toISOString() } })
      break
    case "accept":
      if (head.offer?.to !== me.id) return refused("not-offered")
      Object.assign(head, { owner: me.id, status: "live", offer: null })
      break
    case "refuse":
      head.offer = null
      break
    case "takeover":
      if (!supervisor) return refused("not-yours")
      Object.assign(head, { owner: me.id, status: "live", offer: null })
      break
    case "release":
      Object.assign(head, { owner: null, status: "queued" })
      break
    case "end":
    case "block":
      head.status = "ended"
      break
    case "record":
      chat.record = said as unknown as CaseRecord
      break
    case "unmask":
      return supervisor ? { ok: true, address: "+92 300 0000000" } : refused("not-yours")
    default:
      return refused("gone")
  }
  return { ok: true }
}

const CANNED: Readonly<Record<string, readonly { id: string; title: string; text: string }[]>> = {
  en: [
    { id: "hello", title: "Hello", text: "Hello, I am here with you now. Take the time you need." },
    { id: "passwords", title: "Change passwords safely", text: "Use a phone that nobody else can open. Change the e-mail password first, then the others." },
    { id: "evidence", title: "Keep evidence", text: "Take screenshots with the date and the name of the account, and keep them where only you can look." },
    { id: "pause", title: "A pause", text: "Let us stop for a moment. You can write MENU or EXIT whenever you need to." },
  ],
  ur: [
    { id: "hello", title: "سلام", text: "السلام علیکم، میں اب آپ کے ساتھ ہوں۔ جتنا وقت چاہیے لیجیے۔" },
    { id: "evidence", title: "ثبوت رکھنا", text: "تاریخ اور اکاؤنٹ کے نام کے ساتھ اسکرین شاٹ لیں اور وہاں رکھیں جہاں صرف آپ دیکھ سکیں۔" },
  ],
}

const option = (label: string) => ({ id: label.toLowerCase().replace(/\W+/g, "-"), label })
const TAXONOMY = {
  groups: [
    { id: "what", label: "What happened", options: ["Blackmail with images", "Account taken over", "Watched through the phone", "Threats", "Impersonation"].map(option) },
    { id: "who", label: "By whom", options: ["Partner or former partner", "Family", "Someone known", "Unknown"].map(option) },
    { id: "did", label: "What was done", options: ["Safety plan", "Referred", "Listened"].map(option) },
  ],
}
