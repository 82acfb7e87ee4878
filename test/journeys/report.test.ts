import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Language, Shape } from "../../src/flows/effect.ts"
import type { SealedReport } from "../../src/helpline/report-view.ts"
import { LANGUAGES } from "../../src/locales/texts.ts"
import { readWords } from "../../src/locales/words.ts"
import { buildBrowserApps } from "../../src/web/build.ts"
import { atConsole } from "../support/at-console.ts"
import { closePages, openBrowser } from "../support/browser.ts"
import { openWith } from "../support/at-reports.ts"
import { freshDatabase } from "../support/database.ts"
import { contentWith, openHouse, type House } from "../support/house.ts"
import { dumped } from "../support/dump.ts"
import { putKey, unlock } from "../support/officer.ts"
import { openProviders, type Phone } from "../support/phones.ts"
import { PROOF } from "../support/proof.ts"
import { until } from "../support/running.ts"
import { hire, type Person } from "../support/staff.ts"
import { codingOf, toldIn, typedOn } from "../support/telling.ts"

const SHAPES: readonly Shape[] = ["sms", "telegram", "whatsapp"]
/** Where another phone of hers is, when she comes back. */
const OTHER: Readonly<Record<Shape, Shape>> = { sms: "telegram", telegram: "whatsapp", whatsapp: "sms" }
/** As many messages into her account, the house is begun anew. */
const HALFWAY = 9

type She = { readonly language: Language; readonly phone: Phone; readonly other: Phone; code: string /** The report whose story she was shown. */; story: string }

/** Of whose reports stories are written. */
const TELLING: ReadonlySet<unknown> = new Set<Language>(["en", "ur"])
const STORIES = ["a lamp", "a river", "a door", "a letter", "a bridge", "a well"].map((of) => `Somebody told us this, and it is the story of ${of}.`)

let providers: Awaited<ReturnType<typeof openProviders>>
let database: Awaited<ReturnType<typeof freshDatabase>>
let dataDir: string
/** The house that the providers reach. */
let house: House
/** The same house in a process that only the organisation reaches, where its people sign in. */
let office: House
let browser: Browser
let officer: Person
let second: Person
let people: readonly She[]
const identity = await generateX25519Identity()

const content = contentWith("helpline.yaml", (text) => text.replace(/^ {2}# shareWith:.*$/m, "  shareWith: Rights Circle"))
const open = (environment: Readonly<Record<string, string>> = {}) => openHouse(environment, { databaseUrl: database.url, dataDir, content })
/** The house that the providers reach, with its loops running. */
const openDoors = async () => {
  const opened = await open(providers.environment)
  await opened.app.reports.look()
  opened.app.begin()
  return opened
}
beforeAll(async () => {
  await buildBrowserApps()
  database = await freshDatabase()
  dataDir = mkdtempSync(join(tmpdir(), "hamraaz-journey-"))
  providers = await openProviders()
  people = LANGUAGES.flatMap((language) =>
    SHAPES.map((shape) => ({ language, phone: providers.phone(shape, language), other: providers.phone(OTHER[shape], language), code: "", story: "" })),
  )
  office = await open()
  officer = await hire(office, ["officer"])
  second = await hire(office, ["officer"])
  await asks(officer, "report-keys", { recipient: await identityToRecipient(identity) })
  house = await openDoors()
  browser = await openBrowser()
}, 600_000)
afterAll(async () => {
  await closePages()
  await house.close()
  await office.close()
  await providers.close()
  await database.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Everything that is to leave has left, however long this machine takes for it. */
async function arrived(): Promise<void> {
  await until(async () => {
    await house.settle()
    return (await house.app.store.pool.query("select from outbox where status in ('waiting', 'unknown') limit 1")).rowCount === 0
  })
}

/** Each of them writes something on a phone, all at the same moment; answers with what came back to each. */
async function write(those: readonly She[], on: "phone" | "other", text: (she: She) => string | undefined): Promise<readonly string[]> {
  await Promise.all(
    those.map(async (she) => {
      const what = text(she)
      if (what !== undefined) await she[on].writes(house, what)
    }),
  )
  await arrived()
  return Promise.all(those.map(async (she) => (await she[on].reads(house)).join("\n")))
}

/** All that an officer's key opens of what stands on the shelf. */
async function shelf(): Promise<readonly { readonly id: string; readonly sealed: ReturnType<typeof toldIn>; readonly report: SealedReport }[]> {
  const { lines } = await office.app.reports.desk.inbox(officer.id, {})
  return Promise.all(
    lines.map(async ({ id }) => {
      const report = await office.app.reports.desk.report(officer.id, id)
      if (typeof report === "string") throw new Error(report)
      return { id, report, sealed: (await openWith(identity, Buffer.from(report.sealed, "base64"))) as ReturnType<typeof toldIn> }
    }),
  )
}

/** Somebody of the house asks for something at the console; `why`: for which reason it is refused. */
async function asks({ browser }: Person, path: string, body: object, why?: string): Promise<void> {
  const { json } = await browser.post(path, body)
  expect([path, json["ok"], json["why"]]).toEqual([path, why === undefined, why])
}

/** She comes back on her other phone. */
async function comesBack(she: She): Promise<void> {
  for (const text of ["hi", "1", she.code]) await write([she], "other", () => text)
  expect((await she.other.stands(house)).place).toBe("case.main")
}

/** She chooses one thing after another there; what the last was answered with. */
async function chooses(she: She, ...ids: readonly string[]): Promise<string> {
  let said: readonly string[] = []
  for (const id of ids) {
    await she.other.chooses(house, id)
    await arrived()
    said = await she.other.reads(house)
  }
  return said.join("\n")
}

const publish = ({ story }: She) => house.app.reports.desk.publishStory(officer.id, story)
const storiesPage = async () => (await fetch(`${house.url}/stories`)).text()

describe("a report in each language over each channel", () => {
  test("is begun, outlives the house, and is filed as it was told, with a way back", async () => {
    await write(people, "phone", () => "hi")
    await write(people, "phone", ({ language }) => readWords()[language].name)
    await write(people, "phone", () => "1")
    const stand = await Promise.all(people.map(({ phone }) => phone.stands(house)))
    expect(stand.map(({ language, place }) => [language, place])).toEqual(people.map(({ language }) => [language, "menu.main"]))
    const scripts = new Map(people.map((she) => [she, typedOn(she.phone.channel, she.language)]))
    for (let n = 0; [...scripts.values()].some((script) => n < script.length); n++) {
      if (n === HALFWAY) {
        await house.close()
        house = await openDoors()
      }
      const said = await write(people, "phone", (she) => scripts.get(she)?.[n])
      for (const [i, she] of people.entries()) she.code = /(?:\d[- ]?){18}/.exec(said[i] ?? "")?.[0] ?? she.code
    }
    const filed = await Promise.all(people.map(({ phone }) => phone.stands(house)))
    expect(filed.map(({ place }) => place)).toEqual(people.map(() => "report.filed"))
    expect(new Set(people.map(({ code }) => code.replace(/\D/g, ""))).size).toBe(people.length)
  })

  test("is opened by the officer's key alone, as it was told", async () => {
    await house.app.reports.shelve()
    const reports = await shelf()
    const month = new Date(house.now()).toISOString().slice(0, 7)
    const told = (language: Language) =>
      expect.objectContaining({ ...toldIn(language, month), consents: { keep: true, count: true, share: false, publish: true, wording: "report-1" } }) as unknown
    expect(reports).toHaveLength(people.length)
    for (const language of LANGUAGES) expect(reports.filter(({ sealed }) => sealed.language === language).map(({ sealed }) => sealed)).toEqual(SHAPES.map(() => told(language)))
    const stranger = await generateX25519Identity()
    await expect(openWith(stranger, Buffer.from(reports[0]?.report.sealed ?? "", "base64"))).rejects.toThrow()
  })

  test("is opened by the officer in a browser, coded as it was told, and answered", { timeout: 300_000 }, async () => {
    const page = await atConsole(browser, office, officer)
    await putKey(page, officer.id, { identity, recipient: await identityToRecipient(identity) })
    await page.reload()
    await unlock(page)
    // The inbox stands in the order of the shelf; one of each language is enough but for a proof.
    const reports = await shelf()
    const first = new Set(LANGUAGES.map((language) => reports.findIndex(({ sealed }) => sealed.language === language)))
    for (const [n, { id, sealed }] of reports.entries()) {
      if (PROOF || first.has(n)) await readAndAnswer(page, n)
      else {
        await asks(officer, `reports/${id}/code`, { coding: codingOf(sealed) })
        await asks(officer, `reports/${id}/answer`, { text: `We read it (${sealed.language}).` })
      }
    }
    for (const { report, sealed } of await shelf()) {
      expect(report.coding).toEqual(codingOf(sealed))
      expect(report.answers.map(({ text }) => text)).toEqual([`We read it (${sealed.language}).`])
    }
  })

  test("becomes a story that one officer writes and another reads; whoever wrote it can't review it", async () => {
    const reports = (await shelf()).filter(({ sealed }) => TELLING.has(sealed.language))
    for (const [n, { id, sealed }] of reports.entries()) {
      const story = { text: STORIES[n] ?? "", language: sealed.language, province: "punjab", when: "2026" }
      await asks(officer, `reports/${id}/story`, { story })
      await asks(officer, `reports/${id}/story/review`, { agrees: true }, "yours")
      await asks(second, `reports/${id}/story/review`, { agrees: true })
      expect(await house.app.reports.desk.publishStory(officer.id, id)).toBe("not-yet")
    }
  })

  test("has its answer read with the code from another channel, and its story, before anybody else", async () => {
    for (const shape of SHAPES) {
      // Only so many codes are looked at in a moment.
      const those = people.filter(({ other }) => other.channel === shape)
      await write(those, "other", () => "hi")
      await write(those, "other", ({ language }) => readWords()[language].name)
      await write(those, "other", () => "1")
      // Other digits are her digits, too.
      const opened = await write(those, "other", ({ language, code }) => (language === "ur" ? code.replace(/\d/g, (digit) => String.fromCharCode(0x6f0 + Number(digit))) : code))
      const read = await write(those, "other", () => "1")
      for (const [i, { language, code }] of those.entries()) {
        expect(opened[i]).not.toContain(code)
        expect(read[i], `${language} ${shape}`).toContain(`We read it (${language}).`)
      }
    }
    const reports = await shelf()
    for (const she of people.filter(({ language }) => TELLING.has(language))) {
      const shown = await chooses(she, "back", "story")
      she.story = reports.find(({ report }) => report.story !== undefined && shown.includes(report.story.text))?.id ?? ""
    }
    expect(new Set(people.map(({ story }) => story)).size).toBe(STORIES.length + 1)
    const page = await storiesPage()
    for (const text of STORIES) expect(page).not.toContain(text)
  })

  test("is published with a yes that stands, once months have passed, and never otherwise", async () => {
    const [agrees, declines, takesBack, withdraws, agreesToo, waits] = people.filter(({ language }) => TELLING.has(language)) as [She, She, She, She, She, She]
    for (const she of [agrees, agreesToo, takesBack, withdraws]) await chooses(she, "yes")
    await chooses(declines, "no")
    await chooses(waits, "later")
    await house.app.reports.shelve()
    await chooses(takesBack, "consents", "publish", "no")
    await chooses(withdraws, "withdraw", "yes")
    const all = () => Promise.all([agrees, agreesToo, declines, waits, takesBack, withdraws].map(publish))
    expect(await all()).toEqual(["not-yet", "not-yet", "not-yet", "not-yet", "no-consent", "gone"])
    house.advance(130 * 24 * 3600_000)
    expect(await all()).toEqual([undefined, undefined, "not-yet", "not-yet", "no-consent", "gone"])
    await house.app.reports.shelve()
    expect(await all()).toEqual(["gone", "gone", "not-yet", "not-yet", "gone", "gone"])
    const page = await storiesPage()
    expect(STORIES.filter((text) => page.includes(text))).toHaveLength(2)
    expect(page).toMatch(/<article dir="rtl"><div class="told" lang="ur">/)
    // No number of its province is public, so the province isn't named, either.
    expect(page).not.toMatch(/punjab/i)
  })

  test("is withdrawn by whoever has the code, and nothing of it is left but that it was there, and what was published with a yes", async () => {
    const [she] = people as [She]
    await comesBack(she)
    expect(await chooses(she, "withdraw")).toContain("published already")
    await chooses(she, "yes")
    expect((await she.other.stands(house)).place).toBe("case.done")
    await house.app.reports.shelve()
    expect(await house.app.reports.desk.report(officer.id, she.story)).toBe("gone")
    const { rows } = await house.app.store.pool.query("select sealed, keys, consents, coding, status from report where id = $1", [she.story])
    expect(rows).toEqual([{ sealed: null, keys: null, consents: null, coding: null, status: "withdrawn" }])
    await write([she], "other", () => "menu")
    await write([she], "other", () => she.code)
    expect((await she.other.stands(house)).place).toBe("case.gone")
    const page = await storiesPage()
    expect(STORIES.filter((text) => page.includes(text))).toHaveLength(2)
  })

  test("leaves no code and no word of it in any log line, column or byte that can be read", async () => {
    const all = [...house.lines, ...office.lines, await dumped(database.url)].join("\n")
    for (const { code, language } of people) for (const secret of [code, code.replace(/\D/g, ""), ...toldIn(language, "").words]) expect(all.includes(secret), language).toBe(false)
  })
})

/** Opens a report of the inbox, keeps the coding that its answers make, and leaves an answer in which its language stands. */
async function readAndAnswer(page: Page, n: number): Promise<void> {
  await page.locator(".inbox tbody .link").nth(n).click()
  await page.locator(".own-words").getByRole("button", { name: "Show all words" }).click()
  const words = await page.locator(".own-words blockquote").allInnerTexts()
  const language = LANGUAGES.find((one) => JSON.stringify(toldIn(one, "").words) === JSON.stringify(words.map((text) => text.trim())))
  expect(language, words.join(" / ")).toBeDefined()
  await page.getByRole("button", { name: "Keep the coding" }).click()
  await page.getByText("Kept.").waitFor()
  await page.getByLabel("Your message").fill(`We read it (${String(language)}).`)
  await page.getByRole("button", { name: "Leave it for them" }).click()
  await page.getByText("not read yet").waitFor()
  await page.getByRole("button", { name: "All reports" }).click()
}
