import { randomUUID } from "node:crypto"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { LANGUAGES, localeFiles, type Language } from "../../src/locales/texts.ts"
import { buildBrowserApps } from "../../src/web/build.ts"
import { complaintsIn } from "../support/axe.ts"
import { closePages, openBrowser } from "../support/browser.ts"
import { openHouse, type House } from "../support/house.ts"
import { inBreadth } from "../support/proof.ts"
import { saidElsewhere } from "../support/said.ts"
import { hire } from "../support/staff.ts"

const notHowOften = (language: Language) => String(localeFiles(language)["numbers"]?.["not-how-often"])
const NOT_HOW_OFTEN = notHowOften("en")
const CONSENTS = { keep: false, count: true, share: false, publish: false, wording: "report-1" }
/** Province, district, what happened, how many. */
const TOLD = [
  ["punjab", "lahore", "images-shared", 40],
  ["punjab", "multan", "blackmail", 17],
  ["punjab", "attock", "doxxing", 4],
  ["punjab", "jhang", "doxxing", 9],
  ["sindh", "karachi", "blackmail", 24],
  ["balochistan", "quetta", "threats", 7],
  ["gilgit-baltistan", "gilgit", "threats", 6],
  ["not-said", "not-said", "not-said", 12],
] as const

let house: House
let browser: Browser
beforeAll(async () => {
  await buildBrowserApps()
  house = await openHouse({}, { at: Date.parse("2027-02-03T10:00:00Z") })
  browser = await openBrowser()
  const { store, cover } = house.app
  for (const [province, district, act, count] of TOLD) {
    const coding = {
      about: "self",
      acts: [act],
      platforms: ["facebook"],
      relation: "stranger",
      harms: [],
      actions: [{ action: "authorities", outcome: "helped" }],
      country: "PK",
      province,
      district,
      age: "not-said",
      gender: "not-said",
    }
    for (let n = 0; n < count; n += 1) {
      await store.pool.query("insert into report (id, month, sealed, status, consents, keep_until, coding) values ($1, '2026-11-01', '', 'coded', $2, '2027-11-01', $3)", [
        randomUUID(),
        Buffer.from(cover.close("consents", JSON.stringify(CONSENTS))),
        Buffer.from(cover.close("coding", JSON.stringify(coding))),
      ])
    }
  }
  // Not coded: three of that time or before, one of the time after.
  for (const month of ["2026-09-01", "2026-11-01", "2026-12-01", "2027-01-01"])
    await store.pool.query("insert into report (id, month, sealed, status, consents, keep_until) values ($1, $2, '', 'new', $3, '2027-11-01')", [
      randomUUID(),
      month,
      Buffer.from(cover.close("consents", JSON.stringify(CONSENTS))),
    ])
})
afterAll(async () => {
  await closePages()
  await house.close()
})

const get = async (path: string, asked?: string) => {
  const response = await fetch(`${house.url}${path}`, asked === undefined ? {} : { headers: { "accept-language": asked } })
  return { status: response.status, type: response.headers.get("content-type"), vary: response.headers.get("vary"), text: await response.text() }
}

/** A page without JavaScript, and every request that left it. */
async function visit(path: string, width: number): Promise<{ readonly page: Page; readonly asked: readonly string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled: false })
  const page = await context.newPage()
  const asked: string[] = []
  page.on("request", (request) => void asked.push(request.url()))
  await page.goto(`${house.url}${path}`)
  return { page, asked }
}

describe("before anything is cut", () => {
  test("the page says so, and there is no file", async () => {
    const { status, text } = await get("/numbers")
    expect(status).toBe(200)
    expect(text).toContain("Nothing has been published yet.")
    expect(text).toContain(NOT_HOW_OFTEN)
    expect((await get("/numbers/2026-Q4.csv")).status).toBe(404)
    expect((await get("/stories")).text).toContain("No story has been published yet.")
  })
})

describe("a release, cut by an officer in the console", () => {
  test("is shown beforehand without a hidden number, asked about once more, and then public", async () => {
    const officer = await hire(house, ["officer"])
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const page = await context.newPage()
    context.setDefaultTimeout(10_000)
    await context.addCookies([...officer.browser.cookies].map(([name, value]) => ({ name, value, url: house.url })))
    await page.goto(`${house.url}/console/`)
    await page.getByRole("link", { name: "Releases" }).click()
    await page.getByRole("heading", { name: "Next: October – December 2026" }).waitFor()
    await page.getByText("119 reports would count if it were cut now.").waitFor()
    await page.getByText("3 reports up to then are not coded.").waitFor()
    await page.getByText("Why rows are hidden").click()
    await page.getByText("could be worked out from the sum").waitFor()
    expect(await page.locator(".preview").first().locator("tr.withheld").allInnerTexts()).toContainEqual(expect.stringMatching(/Balochistan\s+hidden/))
    expect(await complaintsIn("light", page)).toEqual([])
    await page.getByRole("button", { name: "Cut October – December 2026" }).click()
    await page.getByText("becomes public at once").waitFor()
    expect((await get("/numbers/2026-Q4")).status).toBe(404)
    await page.getByRole("button", { name: "Cut and publish" }).click()
    await page.getByText("October – December 2026 is cut and public: 119 reports.").waitFor()
    const links = await page.locator(".release-done a").evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""))
    expect(links).toEqual(["/numbers/2026-Q4", "/numbers/2026-Q4.csv", "/numbers/2026-Q4.json"])
    for (const link of links) expect((await get(link)).status, link).toBe(200)
    await page.getByText("It can be cut from 1 May 2027 on").waitFor()
    expect(await page.getByRole("button", { name: /^Cut/ }).count()).toBe(0)
    expect(await complaintsIn("light", page)).toEqual([])
    await context.close()
    expect((await officer.browser.post("releases", { quarter: "2026-Q4" })).json).toEqual({ ok: false, why: "cut-already" })
  })

  test("can't be cut or looked at by a counsellor", async () => {
    const counsellor = await hire(house, ["counsellor"])
    expect((await counsellor.browser.post("releases", { quarter: "2027-Q1" })).status).toBe(403)
    expect((await counsellor.browser.get("releases/preview")).status).toBe(403)
  })
})

describe("the public page", () => {
  beforeAll(() => house.app.numbers.releases.make(undefined, "2026-Q4"))

  test.each([1280, 390])("reads well without JavaScript, %i wide: nothing from a third party, nothing sideways, a way out", async (width) => {
    const { page, asked } = await visit("/numbers", width)
    expect(asked.every((url) => url.startsWith(house.url))).toBe(true)
    expect(await page.getByRole("link", { name: "Leave this page" }).count()).toBe(1)
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("October to December 2026")
    const { width: shown } = (await page.locator("main").boundingBox()) ?? { width: Infinity }
    expect(shown).toBeLessThanOrEqual(width)
    // Each chart and map says what it isn't.
    const sections = page.locator("main section:has(h2[id$=-year], h2[id$=-quarter])")
    expect(await sections.count()).toBe(7)
    for (const section of await sections.all()) expect(await section.innerText()).toContain(NOT_HOW_OFTEN)
    await page.context().close()
  })

  test.each(inBreadth(["/en/numbers", "/ur/numbers", "/ur/stories", "/ur/privacy"], ["/ur-Latn/numbers", "/es/numbers", "/fr/numbers", "/en/stories", "/es/stories"]))(
    "has nothing that axe complains of, and nothing sideways: %s",
    async (path) => {
      for (const [width, colours] of path.endsWith("numbers")
        ? ([
            [1280, "light"],
            [360, "dark"],
          ] as const)
        : ([[360, "dark"]] as const)) {
        const page = await browser.newPage({ viewport: { width, height: 800 } })
        await page.goto(`${house.url}${path}`)
        expect(await complaintsIn(colours, page)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
        await page.close()
      }
    },
  )

  test("draws bars from the side at which the language is read, and maps as they are", async () => {
    const sides = async (path: string) => {
      const { page } = await visit(path, 1280)
      const [name, bar] = [await page.locator(".bars tbody th").first().boundingBox(), await page.locator(".bars tbody rect").first().boundingBox()]
      const area = await page.locator(".area-map path").first().boundingBox()
      const map = await page.locator(".area-map svg").first().boundingBox()
      await page.context().close()
      return { nameBefore: (name?.x ?? 0) < (bar?.x ?? 0), area: Math.round((area?.x ?? 0) - (map?.x ?? 0)) }
    }
    const [english, urdu] = [await sides("/en/numbers"), await sides("/ur/numbers")]
    expect([english.nameBefore, urdu.nameBefore]).toEqual([true, false])
    expect(urdu.area).toBe(english.area)
  })

  test.each(LANGUAGES)("says all of it in its language: %s", async (language) => {
    for (const path of ["/numbers/2026-Q4", "/stories"]) {
      const { status, text: written } = await get(`/${language}${path}`)
      const text = written.replaceAll("&#39;", "'").replaceAll("&amp;", "&")
      expect(status).toBe(200)
      expect(text).toContain(`<html lang="${language}" dir="${language === "ur" ? "rtl" : "ltr"}">`)
      expect(/\{\{|\b(numbers|pages)\.(?!css)[a-z-]+/.exec(text)?.[0]).toBeUndefined()
      expect(saidElsewhere("numbers", language, text)).toEqual([])
      expect(text).toContain(String(localeFiles(language)["pages"]?.["leave"]))
      for (const other of LANGUAGES) expect(text).toContain(`<a href="/${other}${path}" lang="${other}" hreflang="${other}"`)
      // Whoever reads on stays in the language.
      expect([...text.matchAll(/href="\/(?:[a-zA-Z-]+\/)?(?:numbers|stories|privacy)["/]/g)].filter(([link]) => !/^href="\/(?:en|ur|ur-Latn|es|fr)\//.test(link))).toEqual([])
    }
  })

  test("speaks the reader's language where its path names none, and the helpline's first to whoever asks for another", async () => {
    const lang = async (asked: string) => /<html lang="([^"]+)"/.exec((await get("/numbers", asked)).text)?.[1]
    expect(await lang("ur-PK,en;q=0.8")).toBe("ur")
    expect(await lang("de;q=0.9, fr-CA;q=0.8")).toBe("fr")
    expect(await lang("ur-Latn, ur;q=0.5")).toBe("ur-Latn")
    expect(await lang("de")).toBe("en")
    expect((await get("/numbers", "ur")).vary).toBe("Accept-Language")
    for (const path of ["/de/numbers", "/ur-x/numbers", "/xen/stories"]) expect((await get(path)).status).toBe(404)
  })

  test("files have the same ids and numbers in every language, and labels in theirs", async () => {
    const [english, urdu] = [parsed((await get("/numbers/2026-Q4.csv", "ur")).text), parsed((await get("/ur/numbers/2026-Q4.csv", "en")).text.replace(/^\ufeff/, ""))]
    expect(urdu.map((line) => ({ ...line, label: "" }))).toEqual(english.map((line) => ({ ...line, label: "" })))
    expect(urdu.find((line) => line["row"] === "punjab")?.["label"]).toBe("پنجاب")
    expect(english.find((line) => line["row"] === "punjab")?.["label"]).toBe("Punjab")
    // Spreadsheets take a file for something else unless it says that it is UTF-8.
    const bytes = async (path: string) => Buffer.from(await (await fetch(`${house.url}${path}`)).arrayBuffer())
    expect((await bytes("/ur/numbers/2026-Q4.csv")).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect((await bytes("/numbers/2026-Q4.csv")).subarray(0, 7).toString()).toBe("release")
    expect(JSON.parse((await get("/ur/numbers/2026-Q4/act-year.json")).text)).toMatchObject({ language: "ur", note: notHowOften("ur") })
    expect((await get("/ur/numbers/2026-Q4/act-year.svg")).text).toContain("نجی تصویریں پھیلائی گئیں")
  })

  test("draws areas, hatches the hidden ones, and names no number of theirs", async () => {
    const { text } = await get("/numbers/2026-Q4")
    expect(text).toContain("<title>Punjab: 70</title>")
    expect(text).toContain("<title>Balochistan: fewer than 11, or withheld</title>")
    expect(text).toContain("<title>Attock: fewer than 11, or withheld</title>")
    expect(text).not.toContain("<circle")
  })

  test("and every file of it tell the same numbers and no others, and no share of anything hidden", async () => {
    const { tables } = (await house.app.numbers.releases.published())[0]?.tables ?? { tables: [] }
    const lines = parsed((await get("/numbers/2026-Q4.csv")).text)
    expect(lines).toHaveLength(tables.reduce((sum, { rows }) => sum + rows.length, 0))
    const shown = new Map(tables.flatMap((table) => table.rows.map((row) => [[table.id, row.within ?? "", row.id].join(), row.count] as const)))
    for (const line of lines) {
      const count = shown.get([line["table"], line["within"], line["row"]].join())
      expect(line["count"]).toBe(String(count ?? ""))
      expect(line["hidden"]).toBe(String(count === null))
      expect(line["share"] === "").toBe(count === null)
    }
    for (const { id } of tables) {
      const json = JSON.parse((await get(`/numbers/2026-Q4/${id}.json`)).text)
      expect(json).toMatchObject({ licence: { name: "CC BY 4.0" }, note: NOT_HOW_OFTEN, dictionary: { count: expect.any(String) }, tables: [{ id, unit: expect.any(String) }] })
      expect(json.tables[0].lines.map((line: { count: number | null }) => line.count)).toEqual(tables.find((table) => table.id === id)?.rows.map(({ count }) => count))
      expect(parsed((await get(`/numbers/2026-Q4/${id}.csv`)).text).map((line) => line["count"])).toEqual(
        tables.find((table) => table.id === id)?.rows.map(({ count }) => String(count ?? "")),
      )
      expect((await get(`/numbers/2026-Q4/${id}.svg`)).type).toBe("image/svg+xml; charset=utf-8")
    }
    expect(JSON.parse((await get("/numbers/releases.json")).text)).toMatchObject({ releases: [{ release: "2026-Q4", counted: 119 }] })
  })

  test("answers no question: what is asked with it changes nothing", async () => {
    const plain = await get("/numbers/2026-Q4")
    expect(await get("/numbers/2026-Q4?province=punjab&act=doxxing")).toEqual(plain)
    expect((await get("/numbers/2026-Q4/act-year.csv?province=punjab")).text).toBe((await get("/numbers/2026-Q4/act-year.csv")).text)
  })
})

describe("stories", () => {
  beforeAll(() => house.app.numbers.releases.make(undefined, "2026-Q4"))

  test("stand with a province whose number is public, or no place, and a year or season, in their own language, with no link to any place on a map", async () => {
    const tell = (language: string, province: string, when: string, text: string) =>
      house.app.store.pool.query(`insert into story (id, status, language, province, "when", content, written_by) values ($1, 'published', $2, $3, $4, $5, $1)`, [
        randomUUID(),
        language,
        province,
        when,
        Buffer.from(text),
      ])
    await tell("en", "punjab", "2026-spring", "First.\n\n<b>Second</b>.")
    await tell("ur", "balochistan", "2026", "میں نے بات کی۔")
    const { page } = await visit("/stories", 390)
    const said = await page.locator("article").allInnerTexts()
    expect(said).toEqual([expect.stringMatching(/First\.\s+<b>Second<\/b>\.\s+Punjab, spring 2026/), expect.stringMatching(/بات کی۔\s+Somewhere, 2026/)])
    expect(await page.locator("article:has([lang=ur])").getAttribute("dir")).toBe("rtl")
    expect(await page.locator("main a").evaluateAll((links) => links.map((link) => link.getAttribute("href")))).toEqual(["/en/stories.json", "/en/numbers", "/en"])
    // The story is told as it was, and what stands around it in the language of the page.
    const urdu = (await get("/ur/stories")).text
    expect(urdu).toContain("<p>First.</p>")
    expect(urdu).toMatch(/پنجاب، بہار .?2026/)
    expect(JSON.parse((await get("/stories.json")).text).stories).toHaveLength(2)
    await page.context().close()
  })
})

/** The lines of a CSV file, each by its columns' names. */
function parsed(text: string): readonly Readonly<Record<string, string>>[] {
  const [head = [], ...lines] = text
    .trimEnd()
    .split("\r\n")
    .map((line) =>
      [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, -1).map(([, cell = ""]) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)),
    )
  const columns = head.length === 0 ? [] : head
  return lines.map((cells) => Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ""])))
}
