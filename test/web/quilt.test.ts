import { randomUUID } from "node:crypto"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { giveGifts, readGifts } from "../../src/demo/gifts.ts"
import { LANGUAGES, localeFiles } from "../../src/locales/texts.ts"
import { give, takeBack, wishCard } from "../../src/store/contributions.ts"
import { buildBrowserApps } from "../../src/web/build.ts"
import { complaintsIn } from "../support/axe.ts"
import { closePages, openBrowser } from "../support/browser.ts"
import { openHouse, type House } from "../support/house.ts"
import { inBreadth } from "../support/proof.ts"

const MODERATOR = randomUUID()
let house: House
let browser: Browser
beforeAll(async () => {
  await buildBrowserApps()
  house = await openHouse({}, { at: Date.parse("2026-11-29T10:00:00Z") })
  browser = await openBrowser()
})
afterAll(async () => {
  await closePages()
  await house.close()
})

const get = async (path: string) => {
  const response = await fetch(`${house.url}${path}`)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** Somebody gives a square, and somebody reads it; gives back who gave what. */
async function given(text: string, name?: string, published = true) {
  const { store, cover, moderation } = house.app
  const [id, conversationId] = [randomUUID(), randomUUID()]
  const content = cover.close("contribution", JSON.stringify({ text, name }))
  await give(store.pool, { id, campaign: "sixteen-days", kind: "square", day: 5, language: "en", country: "PK", conversationId, content, wording: 1 }, new Date(house.now()), 5)
  if (published) {
    expect(await moderation.publish(MODERATOR, id)).toBeUndefined()
    await wishCard(store.pool, conversationId, id, true)
  }
  return { id, conversationId }
}

describe("before anything is given", () => {
  test("every page says so, kindly", async () => {
    expect((await get("/en/quilt")).text).toContain("No square has been sewn on yet.")
    expect((await get("/en/letters")).text).toContain("There is no letter here yet.")
    expect((await get("/quilt.json")).text).toContain(`"items":[]`)
    expect((await get("/quilt.png")).status).toBe(200)
  })
})

describe("what people gave", () => {
  test("isn't shown before a moderator's yes, and is gone at once when it is taken back, with its picture", async () => {
    const waits = await given("A line that waits.", undefined, false)
    expect((await get("/quilt")).text).not.toContain("A line that waits.")
    expect((await get(`/quilt/${waits.id}.png`)).status).toBe(404)
    await house.app.moderation.publish(MODERATOR, waits.id)
    for (const path of ["/quilt", "/quilt/embed", "/quilt.atom", "/quilt.json"]) expect((await get(path)).text).toContain("A line that waits.")
    // A picture of it is there once she wishes for one, and no longer than that.
    const pictured = async () => [
      (await get(`/quilt/${waits.id}.png`)).status,
      ...(await Promise.all(["/quilt", "/quilt.atom", "/quilt.json"].map(async (path) => (await get(path)).text.includes(`${waits.id}.png`)))),
    ]
    expect(await pictured()).toEqual([404, false, false, false])
    await wishCard(house.app.store.pool, randomUUID(), waits.id, true)
    expect(await pictured()).toEqual([404, false, false, false])
    await wishCard(house.app.store.pool, waits.conversationId, waits.id, true)
    expect(await pictured()).toEqual([200, true, false, true])
    await wishCard(house.app.store.pool, waits.conversationId, waits.id, false)
    expect(await pictured()).toEqual([404, false, false, false])
    await wishCard(house.app.store.pool, waits.conversationId, waits.id, true)
    const card = await get(`/quilt/${waits.id}.png`)
    expect(card.headers.get("content-type")).toBe("image/png")
    expect(card.headers.get("cache-control")).toBe("no-store")
    await takeBack(house.app.store.pool, waits.conversationId, waits.id)
    for (const path of ["/quilt", "/quilt/embed", "/quilt.atom", "/quilt.json", "/quilt.svg"]) expect((await get(path)).text).not.toMatch(/A line that|waits\./)
    expect((await get(`/quilt/${waits.id}.png`)).status).toBe(404)
  })

  test("is text on every page and in every file, whatever stands in it, and nothing on it leads to whoever gave it", async () => {
    const { id, conversationId } = await given(`<script>alert(1)</script>\u202e&`, "<b>")
    for (const path of ["/quilt", "/quilt/embed", "/quilt.svg", "/quilt.atom", `/quilt/${id}.svg`]) {
      const { text } = await get(path)
      expect(text).not.toMatch(/<script|<b>|\u202e/)
      expect(text).toContain("&lt;scri")
      expect(text).not.toContain(conversationId)
    }
    expect((await get("/quilt.json")).text).not.toMatch(new RegExp(`${conversationId}|\u202e`))
    await takeBack(house.app.store.pool, conversationId, id)
  })
})

describe("a quilt in five languages", () => {
  beforeAll(() => giveGifts(house.app, { set: () => {} }, MODERATOR, house.now()))

  test.each(LANGUAGES)("is told in %s, with each square in its own language and direction", async (language) => {
    const { text, headers } = await get(`/${language}/quilt`)
    expect(text).toContain(`<html lang="${language}" dir="${language === "ur" ? "rtl" : "ltr"}">`)
    expect(text).toContain(String(localeFiles(language)["quilt"]?.["lead"]).replaceAll("'", "&#39;"))
    for (const one of LANGUAGES) expect(text).toContain(`lang="${one}" dir="${one === "ur" ? "rtl" : "ltr"}"><p>`)
    expect(text.match(/<li class="square"/g)).toHaveLength(60)
    expect(headers.get("cache-control")).toBe("no-store")
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'")
  })

  test("may stand on another site, and that page alone: without scripts, cookies or anything of anybody else's", async () => {
    const { text, headers } = await get("/quilt/embed")
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *")
    expect(headers.get("set-cookie")).toBeNull()
    expect(text).not.toMatch(/<script|https?:\/\//)
  })

  test("goes on to a second page, and to no page that isn't there", async () => {
    const { id, conversationId } = await given("The sixty-first.")
    expect((await get("/en/quilt/2")).text.match(/<li class="square"/g)).toHaveLength(1)
    expect((await get("/en/quilt")).text).toContain(`<a href="/en/quilt/2" rel="next">`)
    expect((await get("/en/quilt/3")).status).toBe(404)
    await takeBack(house.app.store.pool, conversationId, id)
  })

  test("has letters in the reader's language first, page after page, and each of them once", async () => {
    const { pool } = house.app.store
    await pool.query(
      `insert into contribution (id, campaign, kind, language, country, status, wording, given, text, published)
      select gen_random_uuid(), 'sixteen-days', 'letter', case when n % 3 = 0 then 'fr' else 'es' end, 'MX', 'published', 1, '2026-11-29', 'Carta ' || n || '.', '2026-11-29' from generate_series(1, 90) as n`,
    )
    const pages = await Promise.all(
      ["/fr/letters", "/fr/letters/2", "/fr/letters/3"].map(async (path) => [...(await get(path)).text.matchAll(/lang="(\w+)"[^>]*>(?:<p>)?(Carta \d+)\./g)]),
    )
    const read = pages.map((letters) => letters.map(([, language]) => language))
    expect(new Set(read[0]?.slice(0, 30))).toEqual(new Set(["fr"]))
    expect(new Set(pages.flat().map(([, , letter]) => letter)).size).toBe(90)
    expect(pages.flat()).toHaveLength(90)
    await pool.query("delete from contribution where text like 'Carta %'")
  })

  test("is read as Atom (RFC 4287) and as JSON Feed 1.1, each entry in its language", async () => {
    const page = await browser.newPage()
    const { text } = await get("/ur/letters.atom")
    const feed = await page.evaluate((xml) => {
      const read = new DOMParser().parseFromString(xml, "application/xml")
      const one = (parent: Element, name: string) => [...parent.children].filter(({ localName }) => localName === name).map(({ textContent }) => textContent ?? "")
      const entries = [...read.documentElement.children].filter(({ localName }) => localName === "entry")
      return {
        broken: read.querySelector("parsererror") !== null,
        space: read.documentElement.namespaceURI,
        counts: ["id", "title", "updated", "author"].map((name) => one(read.documentElement, name).length),
        entries: entries.map((entry) => ({ id: one(entry, "id")[0], updated: one(entry, "updated"), title: one(entry, "title").length, language: entry.getAttribute("xml:lang") })),
      }
    }, text)
    await page.close()
    expect(feed).toMatchObject({ broken: false, space: "http://www.w3.org/2005/Atom", counts: [1, 1, 1, 1] })
    expect(feed.entries).toHaveLength(readGifts().filter(({ kind }) => kind === "letter" || kind === "demand").length)
    for (const { id, updated, title } of feed.entries) {
      expect(id).toMatch(/^urn:uuid:[0-9a-f-]{36}$/)
      expect(updated).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\dT00:00:00Z$/)])
      expect(title).toBe(1)
    }
    expect(new Set(feed.entries.map(({ language }) => language))).toEqual(new Set(LANGUAGES))
    const json = JSON.parse((await get("/strategies.json")).text) as Record<string, unknown> & { items: Record<string, unknown>[] }
    expect(json).toMatchObject({ version: "https://jsonfeed.org/version/1.1", title: "What has worked", language: "en", feed_url: `${house.url}/strategies.json` })
    for (const item of json.items)
      expect(item).toMatchObject({ id: expect.any(String), content_text: expect.any(String), language: expect.any(String), url: expect.stringContaining("#s-") })
  })

  test("tells today's action by its date, how to join where that is possible, and a way out", async () => {
    const { text } = await get("/en/campaigns/sixteen-days")
    expect(text).toContain("Day 5 of 16, today")
    expect(text).toContain("A square for our quilt")
    expect(text).toContain(`write “sixteen days”`)
    expect(text).not.toMatch(/t\.me|wa\.me|sms:/)
    expect(text).toContain("Leave this page")
    expect((await get("/en/campaigns/be-safe")).text).toContain("Your e-mail comes first")
    expect((await get("/en/campaigns/none")).status).toBe(404)
  })

  test.each(
    inBreadth(
      [
        ["/ur/quilt", 360, "dark"],
        ["/en/join", 1280, "light"],
      ],
      LANGUAGES.flatMap((language) =>
        ["quilt", "quilt/embed", "letters", "strategies", "join", "campaigns/sixteen-days"].flatMap((path) => [
          [`/${language}/${path}`, 1280, "light"] as const,
          [`/${language}/${path}`, 360, "dark"] as const,
        ]),
      ),
    ),
  )("has nothing that axe complains of, and nothing sideways: %s, %i wide, %s", async (path, width, colours) => {
    const page = await browser.newPage({ viewport: { width, height: 800 } })
    await page.goto(`${house.url}${path}`)
    expect(await complaintsIn(colours, page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
    await page.close()
  })

  test("opens a square without JavaScript, as large as the window lets it, with the way out in sight", async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${house.url}/en/quilt`)
    const first = page.locator(".square").first()
    const small = (await first.locator(".tile").boundingBox())?.width ?? 0
    await first.getByRole("link", { name: /read it larger/ }).click()
    expect((await first.locator(".tile").boundingBox())?.width).toBeGreaterThan(small * 1.8)
    // It can really be pressed: nothing lies over it.
    await page.getByRole("link", { name: "Leave this page" }).click({ trial: true })
    await page.getByRole("link", { name: "Back to the quilt" }).first().click()
    expect((await first.locator(".tile").boundingBox())?.width).toBeCloseTo(small, 0)
    await context.close()
  })
})
