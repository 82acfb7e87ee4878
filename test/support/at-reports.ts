import { Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption"
import type { BrowserContextOptions, Page } from "playwright-core"
import { afterAll, afterEach } from "vitest"
import type { Consents, Filing, Report } from "../../src/flows/report-shapes.ts"
import type { Coding, SealedReport } from "../../src/helpline/report-view.ts"
import { buildBrowserApps } from "../../src/web/build.ts"
import { closePages, openBrowser } from "./browser.ts"
import { contentWith, openHouse } from "./house.ts"
import { putKey, unlock, type Key } from "./officer.ts"
import { ALL_CONSENTS, codingOf } from "./report-house.ts"
import { hire, type Person } from "./staff.ts"

/** What a report is when a test says nothing else. */
const PLAIN: Report = {
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
/** What an officer makes of it who changes nothing. */
export const CODED: Coding = codingOf(PLAIN)
const NOW = Date.parse("2026-11-15T10:00Z")

/** How a report is given: with which consents, in which month, and whether with a way back, whose hash takes its time. */
type Given = { readonly consents?: Consents; readonly month?: string; readonly wayBack?: boolean }
type Asked = { readonly method: string; readonly path: string; readonly body: unknown }

/** A house for a test file, and browsers at its console in which officers have keys. It is mid-November 2026. After each test no report, no key and no page is left. */
export async function openAtReports() {
  await buildBrowserApps()
  const house = await openHouse({}, { content: contentWith("helpline.yaml", (text) => text.replace(/^ {2}# shareWith:.*$/m, "  shareWith: Rights Circle")), at: NOW })
  const browser = await openBrowser()
  const { reports, store } = house.app
  const { desk } = reports
  const asked: Asked[] = []
  const people = new Map<string, Person>()
  afterEach(async () => {
    await closePages()
    await store.pool.query("truncate report, report_addition, report_answer, story, officer_key, audit")
    await reports.look()
    asked.length = 0
  })
  afterAll(async () => {
    await closePages()
    await house.close()
  })

  /** Somebody who works here, hired once for all tests of the file. */
  async function staff(alias: string, role: "officer" | "counsellor" = "officer"): Promise<Person> {
    const person = people.get(alias) ?? (await hire(house, [role], alias))
    people.set(alias, person)
    return person
  }

  /** What somebody files is sealed to every key that is there, and put on the shelf. */
  async function file(filings: readonly Filing[], month?: string): Promise<void> {
    house.advance(month === undefined ? 0 : Date.parse(`${month}-15T10:00Z`) - house.now())
    const sealed = await reports.seal(filings.map((filing) => [filing]))
    const client = await store.pool.connect()
    try {
      await client.query("begin")
      await reports.takeIn(
        client,
        sealed.flatMap((entries) => {
          if (entries === undefined) throw new Error("nobody to seal to")
          return entries
        }),
      )
      await client.query("commit")
    } finally {
      client.release()
    }
    await reports.shelve()
    house.advance(NOW - house.now())
  }

  const onShelf = async () => (await store.pool.query<{ id: string }>("select id from report")).rows.map(({ id }) => id)
  const filing = (more: Partial<Report>, { consents = ALL_CONSENTS, wayBack = false }: Given): Filing => ({
    type: "report",
    report: { ...PLAIN, ...more },
    consents,
    ...(wayBack && { code: reports.facts().code }),
  })

  /** A page at the console, of somebody who has come through the door before. */
  async function signedIn(person: Person, options: BrowserContextOptions = {}, url = house.url): Promise<Page> {
    const context = await browser.newContext({ reducedMotion: "reduce", locale: "en-GB", viewport: { width: 1280, height: 800 }, ...options })
    context.setDefaultTimeout(10_000)
    const { hostname } = new URL(url)
    await context.addCookies([...person.browser.cookies].map(([name, value]) => ({ name, value, domain: hostname, path: "/console" })))
    context.on("request", (request) => {
      const { pathname } = new URL(request.url())
      if (pathname.startsWith(API)) asked.push({ method: request.method(), path: pathname.slice(API.length), body: request.postData() === null ? {} : request.postDataJSON() })
    })
    const page = await context.newPage()
    await page.goto(`${url}/console/`)
    await page.locator(".list.mine, .sheet").first().waitFor()
    return page
  }

  /** An officer at the console whose key is in this browser, locked. `compared`: keys of colleagues that it was compared with. */
  async function officerAt(person: Person, key: Key, options: BrowserContextOptions = {}, compared: readonly string[] = []): Promise<Page> {
    const page = await signedIn(person, options)
    await putKey(page, person.id, key, compared)
    await page.reload()
    await page.locator(".unlock").waitFor()
    return page
  }

  return {
    house,
    desk,
    staff,
    signedIn,
    officerAt,
    /** The same, and unlocked. */
    async unlockedOfficer(...parts: Parameters<typeof officerAt>): Promise<Page> {
      const page = await officerAt(...parts)
      await unlock(page)
      return page
    },

    /** An officer has a key, made elsewhere; gives back both halves. */
    async gives(person: Person): Promise<Key> {
      const identity = await generateX25519Identity()
      const recipient = await identityToRecipient(identity)
      const refused = await desk.setKey(person.id, recipient)
      if (refused !== undefined) throw new Error(refused)
      return { identity, recipient }
    },

    /** A report is given and put on the shelf; gives back its id there. */
    async files(more: Partial<Report> = {}, given: Given = {}): Promise<string> {
      const before = new Set(await onShelf())
      await file([filing(more, given)], given.month)
      const fresh = (await onShelf()).find((id) => !before.has(id))
      if (fresh === undefined) throw new Error("nothing came to the shelf")
      return fresh
    },
    /** So many come on one day. */
    filesMany: (count: number, given: Given = {}) =>
      file(
        Array.from({ length: count }, () => filing({}, given)),
        given.month,
      ),
    adds: (ref: string, words: readonly string[]) => file([{ type: "addition", ref, words }]),
    /** Whatever else somebody tells by her code. */
    tells: (filing: Exclude<Filing, { type: "report" }>) => file([filing]),

    /** A report as the shelf has it, for an officer. */
    async shelved(person: Person, id: string): Promise<SealedReport> {
      const report = await desk.report(person.id, id)
      if (typeof report === "string") throw new Error(report)
      return report
    },
    /** What was asked of the house at that path, from any page of this test. */
    asked: (path: string): readonly Asked[] => asked.filter((one) => one.path === path),
    /** What officers did, as the audit has it, in order. */
    async noted(...whats: readonly string[]): Promise<readonly { readonly staff: string; readonly what: string; readonly report: string; readonly reason: string | null }[]> {
      const { rows } = await store.pool.query<{ staff: string; what: string; report: string; reason: string | null }>(
        "select staff_id as staff, what, subject_id as report, reason from audit where what = any ($1) order by id",
        [whats],
      )
      return rows
    },
  }
}

/** Opens the first report of the inbox. */
export async function openFirst(page: Page): Promise<void> {
  await page.locator(".inbox tbody .link").first().click()
  await page.locator(".answers").waitFor()
}

const API = "/console/api/"

/** Opens with a secret half what is sealed to it, as the ordinary `age` command would. */
export async function openWith(identity: string, sealed: Uint8Array): Promise<unknown> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return JSON.parse(await decrypter.decrypt(sealed, "text"))
}
