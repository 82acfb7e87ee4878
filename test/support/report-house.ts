import { randomBytes, randomUUID } from "node:crypto"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import type { Conversation, Flows, Turn } from "../../src/flows/conversation.ts"
import type { Facts, Heard } from "../../src/flows/effect.ts"
import type { Consents, Filing, OpenCase, Report } from "../../src/flows/report-shapes.ts"
import { CONTENT } from "../../src/app.ts"
import { areasOf, readAreas } from "../../src/helpline/areas.ts"
import { createFates } from "../../src/helpline/fates.ts"
import { createLease } from "../../src/helpline/lease.ts"
import { createReceive, type Incoming, type Received } from "../../src/helpline/receive.ts"
import type { Coding } from "../../src/helpline/report-view.ts"
import { createReports } from "../../src/helpline/reports.ts"
import { readTaxonomy } from "../../src/helpline/taxonomy.ts"
import { SAFE_DESK } from "../../src/helpline/desk-file.ts"
import { createLog } from "../../src/log.ts"
import { writeDown } from "../../src/store/audit.ts"
import { openStore } from "../../src/store/pool.ts"
import { createCampaigns } from "../../src/helpline/campaigns.ts"
import { createCover, type Keyring } from "../../src/vault/cover.ts"
import { realFlows } from "./flows.ts"

/** What a test's person files by writing `file …`: a filing, or what makes one of the turn's facts. */
export type Files = Filing | ((facts: Facts) => Filing)

export const NOTHING_SAID: Report = {
  language: "en",
  about: "self",
  acts: ["threats"],
  platforms: ["facebook"],
  relation: "not-said",
  harms: [],
  actions: [],
  when: "2026-10",
  country: "PK",
  province: "not-said",
  district: "not-said",
  age: "not-said",
  gender: "not-said",
  words: [],
}

/** What an officer makes of a report who changes nothing. */
export const codingOf = ({ about, acts, platforms, relation, harms, actions, country, province, district, age, gender }: Report): Coding => ({
  about,
  acts,
  platforms,
  relation,
  harms,
  actions,
  country,
  province,
  district,
  age,
  gender,
})

export const ALL_CONSENTS: Consents = { keep: true, count: true, share: true, publish: true, wording: "report-1" }

/** What can't be answered before it is known what she takes part in. */
const asks = (heard: Heard) => heard.type === "text" && heard.text === "what do I take part in"

export function freshKeyring(): Keyring {
  return { pepper: randomBytes(32), keys: [{ number: 1, key: randomBytes(32) }] }
}

/**
 * Receive and reports on a real database, without channels: whatever is said stays in the outbox. The flows are the real ones,
 * but for a text that begins with `file`, which files what the test has put down under that text, and for opened cases,
 * which are noted.
 */
export async function openReportHouse(databaseUrl: string, options: { readonly keyring?: Keyring; readonly at?: number } = {}) {
  const keyring = options.keyring ?? freshKeyring()
  const cover = createCover(keyring)
  const lines: string[] = []
  const log = createLog((line) => lines.push(line))
  const store = openStore(databaseUrl, () => {})
  let ahead = options.at === undefined ? 0 : options.at - Date.now()
  const now = () => Date.now() + ahead
  const files = new Map<string, Files>()
  const opened: (OpenCase | "unknown" | "later")[] = []
  /** All that any flow ever heard. */
  const heard: Heard[] = []
  /** What makes the flows throw. */
  const upsetting = new Set<Heard["type"]>()
  const real = realFlows()
  const flows: Flows = {
    ...real,
    hear(before: Conversation | undefined, one: Heard, facts: Facts): Turn {
      heard.push(one)
      if (upsetting.has(one.type)) throw new Error("upset")
      if (one.type === "case") opened.push(one.opened)
      const filing = one.type === "text" ? files.get(one.text) : undefined
      const turn = real.hear(before, filing === undefined ? one : { type: "begin" }, facts)
      if (filing === undefined) return asks(one) && facts.campaigns === undefined ? { ...turn, needs: "campaigns" } : turn
      if (facts.reports?.taken !== true) return { ...turn, effects: [{ type: "say", key: "menu.unclear" }] }
      return { ...turn, effects: [...turn.effects, { type: "file", filing: typeof filing === "function" ? filing(facts) : filing }] }
    },
  }
  const reports = createReports({
    store,
    cover,
    log,
    now,
    keeping: { months: 12, shelveHour: 4, timeZone: "Asia/Karachi" },
    shareWith: "a group",
    frame: { taxonomy: readTaxonomy(CONTENT), areas: areasOf(readAreas(CONTENT), []), home: "PK" },
    writes: (deed) => writeDown(store, new Date(now()), deed),
  })
  const lease = createLease({ store, elapsed: () => performance.now(), lost: async () => {} })
  await lease.renew()
  const { waits, care } = { waits: { consent: 60, queue: 60, answer: 60, offer: 60, silence: 60, close: 60 }, care: { hardInARow: SAFE_DESK.care.hardInARow, coolSeconds: 60 } }
  const { receive, idle } = createReceive({
    store,
    cover,
    flows,
    log,
    lease,
    now,
    fates: createFates({ store, log, sent: async () => {} }),
    leave: () => {},
    hush: () => {},
    desk: () => undefined,
    waits,
    care,
    reports,
    campaigns: createCampaigns({ store, plans: [], now, given: async () => () => ({}), events: async () => () => ({}) }),
    takeGifts: () => Promise.reject(new Error("nobody gives anything here")),
  })
  let texts = 0
  await reports.look()
  return {
    store,
    cover,
    keyring,
    reports,
    receive,
    lines,
    opened,
    heard,
    upsetting,
    files,
    now,
    log,
    advance: (ms: number) => void (ahead += ms),
    hear: (from: string, text: string, rest: Partial<Incoming> = {}): Promise<Received> =>
      receive({ channel: "simulator", address: `sms:${from}`, shape: "sms", deliveryId: randomUUID(), heard: { type: "text", text }, ...rest }),
    /** Files something as somebody who writes to the house. */
    async file(from: string, filing: Files, rest: Partial<Incoming> = {}): Promise<Received> {
      const text = `file ${(texts += 1)}`
      files.set(text, filing)
      return this.hear(from, text, rest)
    },
    /** Where somebody stands in the flows, and what they remember. */
    async conversation(from: string): Promise<Conversation> {
      const { rows } = await store.pool.query<{ state: Buffer }>("select state from conversation where id = $1", [cover.lookup("simulator", `sms:${from}`)])
      return JSON.parse(cover.open("state", rows[0]?.state ?? new Uint8Array())) as Conversation
    },
    /** Somebody with this role, and their key where it is an officer. */
    async hire(alias: string, roles: readonly string[] = ["officer"]) {
      const id = randomUUID()
      await store.prisma.staff.create({ data: { id, userName: alias, alias, roles: [...roles] } })
      const identity = await generateX25519Identity()
      const recipient = await identityToRecipient(identity)
      if (roles.includes("officer")) await reports.desk.setKey(id, recipient)
      return { id, identity, recipient }
    },
    idle,
    async close() {
      await idle()
      await reports.idle()
      await store.close()
    },
  }
}

export type ReportHouse = Awaited<ReturnType<typeof openReportHouse>>
