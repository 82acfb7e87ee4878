import { randomUUID } from "node:crypto"
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption"
import { CONTENT } from "../../src/app.ts"
import type { Coding, Inbox, InboxLine, OfficerKey, ReportDesk, ReportRefused, Sealed, SealedReport, Story } from "../../src/helpline/report-view.ts"
import { readAreas } from "../../src/helpline/areas.ts"
import { readTaxonomy } from "../../src/helpline/taxonomy.ts"
import { frameIn } from "../../src/web/console/report-frame.ts"
import { reportRoutes } from "../../src/web/console/report-routes.ts"
import type { Person } from "./console-stand-in-desk.ts"

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Held = {
  line: Mutable<InboxLine>
  seal: string
  sealed: Uint8Array
  keys: readonly string[]
  additions: { id: string; month: string; sealed: Uint8Array }[]
  answers: SealedReport["answers"][number][]
  coding?: Coding
  story?: Mutable<Story>
}
/** What a report is when a test says nothing else. */
const PLAIN: Omit<Sealed, "consents" | "month" | "taxonomy"> = {
  language: "en",
  about: "self",
  acts: ["images-threatened", "messages"],
  platforms: ["instagram", "whatsapp"],
  relation: "ex-partner",
  harms: ["psychological", "silenced"],
  actions: [
    { action: "blocked", outcome: "not-said" },
    { action: "authorities", outcome: "not-said" },
  ],
  when: "2026-09",
  country: "PK",
  province: "punjab",
  district: "not-said",
  age: "from-18-to-30",
  gender: "woman",
  words: [
    "He says he will send my pictures to my brother Kamran unless I come back to him.",
    "I went to the office in Lahore on 3 September and they told me to come with my father.",
  ],
}
const MONTH = "2026-11"

/** The officers' desk in memory, with real seals: it never holds an officer's secret, and tells what it was asked. */
export class StandInReports implements ReportDesk {
  readonly reports = new Map<string, Held>()
  readonly officers: Mutable<OfficerKey & { staff: string }>[] = []
  readonly noted: { readonly staff: string; readonly what: string; readonly report: string; readonly reason?: string }[] = []
  readonly #staff: readonly Person[]
  pageSize = 50

  constructor(staff: readonly Person[]) {
    this.#staff = staff
  }

  /** The console's own routes over this desk. */
  routes() {
    const frame = { taxonomy: readTaxonomy(CONTENT), areas: readAreas(CONTENT), directory: [], home: "PK", group: "Rights Circle" }
    return reportRoutes(this, (language) => frameIn(frame, language))
  }

  /** An officer has a key, made elsewhere; gives back its secret half. */
  async gives(userName: string): Promise<{ readonly identity: string; readonly recipient: string }> {
    const identity = await generateX25519Identity()
    const recipient = await identityToRecipient(identity)
    await this.setKey(`staff-${userName}`, recipient)
    return { identity, recipient }
  }

  /** A report is given, sealed to every key that is there. */
  async files(more: Partial<Sealed> = {}, line: Partial<InboxLine> = {}): Promise<string> {
    const id = randomUUID()
    const consents = { keep: true, count: true, share: true, publish: true, wording: "report-1", ...more.consents }
    const report: Sealed = { ...PLAIN, month: MONTH, taxonomy: 1, ...more, consents }
    const keys = this.#current()
    this.reports.set(id, {
      line: { id, month: report.month, status: "new", consents, mine: true, additions: 0, keptUntil: "2027-11", answerable: consents.keep, ...line },
      seal: randomUUID(),
      sealed: await sealTo(padded(report), keys),
      keys,
      additions: [],
      answers: [],
    })
    return id
  }

  /** She adds to it. */
  async adds(id: string, words: readonly string[]): Promise<void> {
    const held = this.#held(id)
    held.additions.push({ id: randomUUID(), month: MONTH, sealed: await sealTo(padded({ words }), this.#current()) })
    held.line.additions++
    held.seal = randomUUID()
  }

  async keys(): Promise<readonly OfficerKey[]> {
    return this.officers.map(({ id, alias, recipient, since, retired }) => ({ id, alias, recipient, since, retired }))
  }

  async setKey(staff: string, recipient: string): Promise<ReportRefused | undefined> {
    if (this.officers.some((key) => key.recipient === recipient)) return "not-a-key"
    for (const key of this.officers) if (key.staff === staff) key.retired = true
    this.officers.push({ id: randomUUID(), staff, alias: this.#alias(staff), recipient, since: "2026-11-01", retired: false })
    return undefined
  }

  async retireKey(staff: string, id: string): Promise<ReportRefused | undefined> {
    const key = this.officers.find((one) => one.id === id && one.staff === staff)
    if (key === undefined) return "gone"
    key.retired = true
    return undefined
  }

  async inbox(staff: string, { after, status }: { readonly after?: string | undefined; readonly status?: string | undefined }): Promise<Inbox> {
    const all = [...this.reports.values()].filter(({ line }) => status === undefined || line.status === status).map((held) => this.#seen(staff, held))
    const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1
    const lines = all.slice(from, from + this.pageSize)
    const next = from + this.pageSize < all.length ? lines.at(-1)?.id : undefined
    return { lines, next, total: all.length, waiting: all.filter((line) => line.status === "new" || line.additions > 0).length }
  }

  async report(staff: string, id: string): Promise<SealedReport | ReportRefused> {
    const held = this.reports.get(id)
    if (held === undefined) return "gone"
    return {
      line: this.#seen(staff, held),
      seal: held.seal,
      sealed: base64(held.sealed),
      additions: held.additions.map(({ id, month, sealed }) => ({ id, month, sealed: base64(sealed) })),
      answers: held.answers,
      coding: held.coding,
      story: held.story,
    }
  }

  async reseal(
    staff: string,
    id: string,
    seal: string,
    sealed: string,
    additions: readonly { readonly id: string; readonly sealed: string }[],
  ): Promise<ReportRefused | undefined> {
    const held = this.#held(id)
    if (held.seal !== seal) return "changed"
    held.sealed = Buffer.from(sealed, "base64")
    held.keys = this.#current()
    held.seal = randomUUID()
    for (const addition of held.additions) addition.sealed = Buffer.from(additions.find((one) => one.id === addition.id)?.sealed ?? "", "base64")
    return this.#note(staff, "resealed", id)
  }

  async code(staff: string, id: string, coding: Coding): Promise<ReportRefused | undefined> {
    const held = this.#held(id)
    if (!held.line.consents.count) return "no-consent"
    held.coding = coding
    Object.assign(held.line, { status: "coded", additions: 0 })
    return this.#note(staff, "coded", id)
  }

  async answer(staff: string, id: string, text: string): Promise<ReportRefused | undefined> {
    const held = this.#held(id)
    if (!held.line.answerable) return "no-code"
    held.answers.push({ id: randomUUID(), text, read: false, alias: this.#alias(staff) })
    return this.#note(staff, "answered", id)
  }

  async extend(staff: string, id: string, reason: string): Promise<undefined> {
    this.#held(id).line.keptUntil = "2028-11"
    return this.#note(staff, "extended", id, reason)
  }

  async erase(staff: string, id: string, reason: string): Promise<undefined> {
    Object.assign(this.#held(id).line, { status: "expired", additions: 0, mine: false })
    return this.#note(staff, "erased", id, reason)
  }

  async story(staff: string, id: string, story: Pick<Story, "text" | "language" | "province" | "when">): Promise<ReportRefused | undefined> {
    const held = this.#held(id)
    if (!held.line.consents.publish) return "no-consent"
    held.story = { id: randomUUID(), status: "drafted", writtenBy: staff, ...story }
    return this.#note(staff, "story", id)
  }

  async reviewStory(staff: string, id: string, agrees: boolean): Promise<ReportRefused | undefined> {
    const { story } = this.#held(id)
    if (story === undefined) return "gone"
    if (story.writtenBy === staff) return "yours"
    if (agrees) Object.assign(story, { status: "reviewed", reviewedBy: staff })
    else delete this.#held(id).story
    return this.#note(staff, "story-reviewed", id)
  }

  async publishStory(staff: string, id: string): Promise<ReportRefused | undefined> {
    const { story } = this.#held(id)
    if (story?.status !== "agreed") return "not-yet"
    story.status = "published"
    return this.#note(staff, "story-published", id)
  }

  async exported(staff: string, id: string, recipient: string): Promise<ReportRefused | undefined> {
    if (!this.#held(id).line.consents.share) return "no-consent"
    return this.#note(staff, "exported", id, recipient)
  }

  #note(staff: string, what: string, report: string, reason?: string): undefined {
    this.noted.push({ staff, what, report, ...(reason !== undefined && { reason }) })
    return undefined
  }
  #seen(staff: string, { line, keys, story }: Held): InboxLine {
    const mine = this.officers.some((key) => key.staff === staff && keys.includes(key.recipient))
    return { ...line, mine: mine && line.status !== "expired", behind: this.#current().some((recipient) => !keys.includes(recipient)), story: story?.status }
  }
  #current(): readonly string[] {
    return this.officers.filter(({ retired }) => !retired).map(({ recipient }) => recipient)
  }
  #alias(staff: string): string {
    return this.#staff.find(({ id }) => id === staff)?.alias ?? ""
  }
  #held(id: string): Held {
    const held = this.reports.get(id)
    if (held === undefined) throw new Error(`no report ${id}`)
    return held
  }
}

/** Opens with a secret half what is sealed to it, as the ordinary `age` command would. */
export async function openWith(identity: string, sealed: Uint8Array): Promise<unknown> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return JSON.parse(await decrypter.decrypt(sealed, "text"))
}

async function sealTo(text: string, recipients: readonly string[]): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  return encrypter.encrypt(text)
}

const padded = (value: unknown) => JSON.stringify(value).padEnd(4096)
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64")
