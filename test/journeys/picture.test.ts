import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { buildBrowserApps } from "../../src/web/build.ts"
import { complaintsIn } from "../support/axe.ts"
import { closePages, openBrowser } from "../support/browser.ts"
import { contentWith, openHouse, type House } from "../support/house.ts"
import { simulated } from "../support/simulated.ts"
import { hire, type Person } from "../support/staff.ts"

const NARROW = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const WIDE = { viewport: { width: 1280, height: 800 } }
const SHOTS = process.env["SHOTS"]
const LANGUAGES = ["en", "ur"] as const
/** As long as a description may be, in both directions. */
const LONG = "A window with a blue shutter; on its sill a cup, یعنی ایک پیالی، and two threads of wool, tied."

const EVENTS = [
  {
    id: "walk",
    campaign: "sixteen-days",
    country: "PK",
    at: "2026-12-05T17:00",
    zone: "Asia/Karachi",
    texts: {
      en: {
        label: "Walk, 5 Dec",
        title: "A walk along the canal, with tea at its end",
        place: "Lahore, the garden gate",
        join: "Ask our office on any weekday.",
        access: "No steps; a quiet room is there.",
      },
    },
  },
  {
    id: "reading",
    campaign: "sixteen-days",
    country: "FR",
    at: "2026-12-06T17:00",
    zone: "Europe/Paris",
    texts: { ur: { label: "مطالعہ", title: "شام کا مطالعہ", place: "پیرس", join: "ہم سے پوچھیں۔", access: "سیڑھی نہیں۔" } },
  },
]

let house: House
let browser: Browser
let zehra: Person
let ali: Person
/** Photos as a phone's browser makes them: one held across, one very tall. */
let photos: { readonly across: Buffer; readonly tall: Buffer }
beforeAll(async () => {
  await buildBrowserApps()
  const content = contentWith("campaigns/sixteen-days.yaml", (text) => text.replace(/^begins: \S+/m, "begins: joining").replace(/^kinds:/m, "pictures: true\nkinds:"))
  writeFileSync(join(content, "events.yaml"), JSON.stringify({ events: EVENTS }))
  house = await openHouse({}, { content, at: Date.parse("2026-11-28T09:00:00Z") })
  browser = await openBrowser()
  zehra = await hire(house, ["moderator"])
  ali = await hire(house, ["moderator"])
  photos = await painted()
}, 600_000)
afterAll(async () => {
  await closePages()
  await house?.close()
})
beforeEach(() => house.app.store.pool.query("truncate contribution, contribution_picture, picture_source"))

async function painted(): Promise<typeof photos> {
  const page = await browser.newPage()
  const [across, tall] = await page.evaluate(() =>
    [
      [1600, 1100],
      [500, 2600],
    ].map(([width = 0, height = 0]) => {
      const canvas = Object.assign(document.createElement("canvas"), { width, height })
      const pen = canvas.getContext("2d")
      if (pen === null) throw new Error("no pen")
      const sky = pen.createLinearGradient(0, 0, 0, height)
      sky.addColorStop(0, "#f6c06a")
      sky.addColorStop(1, "#7b3f61")
      pen.fillStyle = sky
      pen.fillRect(0, 0, width, height)
      pen.fillStyle = "#23324f"
      pen.fillRect(width * 0.3, height * 0.35, width * 0.4, height * 0.65)
      pen.fillStyle = "#f3e8cf"
      pen.fillRect(width * 0.4, height * 0.45, width * 0.2, height * 0.2)
      return canvas.toDataURL("image/jpeg").split(",")[1] ?? ""
    }),
  )
  await page.close()
  return { across: Buffer.from(across ?? "", "base64"), tall: Buffer.from(tall ?? "", "base64") }
}

/** Somebody gives a picture, and it comes. */
async function gives(photo: Uint8Array, name?: string): Promise<void> {
  const her = simulated(house, "telegram")
  for (const text of ["hi", "1", "sixteen days", "1", "1", "1", "1", "1", "sixteen days"]) await her.text(text)
  await her.choose("campaign.mine/give")
  await her.choose("campaign.kind/kind:square")
  await her.sends(photo)
  await her.choose("campaign.picture-show/yes")
  if (name === undefined) await her.choose("campaign.name/none")
  else {
    await her.text(name)
    await her.choose("campaign.signed/yes")
  }
  expect(await her.place()).toBe("campaign.given")
  expect(await house.app.pictures.fetchDue()).toBe(1)
}

async function open(path: string, options: BrowserContextOptions, person?: Person): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: "reduce", locale: "en-GB", ...options })
  context.setDefaultTimeout(15_000)
  if (person !== undefined) await context.addCookies([...person.browser.cookies].map(([name, value]) => ({ name, value, url: `${house.url}/console` })))
  const page = await context.newPage()
  await page.goto(`${house.url}${path}`)
  return page
}

async function atConsole(person: Person, options: BrowserContextOptions): Promise<Page> {
  const page = await open("/console/", options, person)
  await page.locator(".given").first().waitFor()
  return page
}

/** Every picture that is in sight has come. */
const seen = (page: Page) => page.waitForFunction(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0))

/** Whether all of it can be seen without scrolling. */
const inSight = (part: Locator) =>
  part.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect()
    const around = element.closest(".dialog")?.getBoundingClientRect()
    return top >= (around?.top ?? 0) && bottom <= Math.min(innerHeight, around?.bottom ?? innerHeight)
  })

/** It has no faults that axe knows, nothing runs out at its side, and it is as it should be to the eye. */
async function fine(page: Page, name: string, colours: "light" | "dark" = "light", fullPage = false): Promise<void> {
  await seen(page)
  expect(await complaintsIn(colours, page), name).toEqual([])
  expect(await page.evaluate(() => [...document.querySelectorAll("html, .pane.middle, .dialog")].every(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)), name).toBe(
    true,
  )
  if (SHOTS === undefined) return
  mkdirSync(SHOTS, { recursive: true })
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage })
}

const WORDS = {
  en: {
    look: "Look at the picture",
    describe: "Describe it…",
    check: "Check and show…",
    text: "What can be seen",
    first: "Yes (a second person is needed)",
    second: "Second yes: show it",
  },
  ur: {
    look: "تصویر دیکھیں",
    describe: "لفظوں میں لکھیں…",
    check: "جانچیں اور دکھائیں…",
    text: "کیا نظر آتا ہے",
    first: "ہاں (دوسرا شخص بھی چاہیے)",
    second: "دوسری ہاں: دکھائیں",
  },
} as const

test.each([
  ["en", WIDE, "across", "light"],
  ["en", NARROW, "tall", "dark"],
  ["ur", WIDE, "tall", "dark"],
  ["ur", NARROW, "across", "light"],
] as const)("two moderators look at a picture, in %s, on a screen of %j", async (locale, size, photo, colours) => {
  const of = WORDS[locale]
  const name = (what: string) => `${what}-${locale}-${size === WIDE ? "wide" : "narrow"}`
  await gives(photos[photo], "Meena")

  const page = await atConsole(zehra, { ...size, locale })
  const card = page.locator(".given")
  // Nobody sees a picture who hasn't asked for it.
  expect(await page.locator("img").count()).toBe(0)
  await fine(page, name("waits"), colours)
  await card.getByText(of.look).click()
  await card.locator("img").waitFor()
  await fine(page, name("waits-seen"), colours)

  await card.getByRole("button", { name: of.describe }).click()
  const sheet = page.getByRole("dialog")
  await sheet.locator("img").waitFor()
  const yes = sheet.getByRole("button", { name: of.first })
  expect(await yes.isDisabled()).toBe(true)
  await fine(page, name("sheet-empty"), colours)
  await sheet.getByLabel(of.text).fill(`${LONG} `.repeat(2))
  expect(await yes.isDisabled()).toBe(true)
  await fine(page, name("sheet-over"), colours)
  await sheet.getByLabel(of.text).fill(LONG)
  await yes.click()
  await sheet.waitFor({ state: "detached" })
  await card.locator(".standing").waitFor()
  expect(await card.getByRole("button", { name: of.check }).count()).toBe(0)
  await fine(page, name("seconded-mine"), colours)

  const other = await atConsole(ali, { ...size, locale })
  await other.locator(".standing", { hasText: zehra.alias }).waitFor()
  await fine(other, name("seconded-other"), colours)
  await other.getByRole("button", { name: of.check }).click()
  await other.getByRole("dialog").locator("img").waitFor()
  expect(await other.getByRole("dialog").getByLabel(of.text).inputValue()).toBe(LONG)
  await fine(other, name("sheet-second"), colours)
  // The picture, its words and the yes are in sight together, and it can be looked at closely.
  for (const part of ["img", "textarea", "button[type=submit]"]) expect(await inSight(other.getByRole("dialog").locator(part)), part).toBe(true)
  const whole = await other.context().request.get(`${house.url}${(await other.getByRole("dialog").locator("a").getAttribute("href")) ?? ""}`)
  expect([whole.status(), whole.headers()["content-type"], whole.headers()["cache-control"]]).toEqual([200, "image/png", "no-store"])
  await other.getByRole("dialog").getByRole("button", { name: of.second }).click()
  await expect.poll(() => other.locator(".given").count()).toBe(0)
  expect(await house.app.moderation.shown()).toMatchObject([{ text: LONG, name: "Meena", picture: true }])
})

test("a picture is a tile of the quilt among others, and large when it is chosen", async () => {
  for (const [photo, text] of [
    [photos.across, LONG],
    [photos.tall, "ایک دروازہ، اور اُس کے پیچھے شام کا آسمان۔"],
  ] as const) {
    await gives(photo, photo === photos.across ? "Meena" : undefined)
    const [one] = await house.app.moderation.queue(zehra.id)
    for (const by of [zehra, ali]) expect(await house.app.moderation.publish(by.id, one!.id, text)).toBeUndefined()
  }
  for (const [size, options] of [
    ["wide", WIDE],
    ["narrow", NARROW],
  ] as const)
    for (const language of LANGUAGES) {
      const page = await open(`/${language}/quilt`, options)
      expect(await page.getByRole("img", { name: LONG }).count()).toBe(1)
      await fine(page, `quilt-${language}-${size}`, size === "wide" ? "light" : "dark", true)
      for (const n of [0, 1]) {
        await page.locator(".square .open").nth(n).click()
        const by = page.locator(".square:target .by")
        await by.waitFor()
        const signed = (await page.locator(".square:target .picture").getAttribute("alt")) === LONG
        expect((await by.innerText()).match(/Meena/g) ?? []).toHaveLength(signed ? 1 : 0)
        await fine(page, `square-${String(n)}-${language}-${size}`, size === "wide" ? "dark" : "light")
        await page.locator(".square:target .close a").first().click()
      }
    }
})

test("what is coming up stands on the campaign's page", async () => {
  for (const [size, options] of [
    ["wide", WIDE],
    ["narrow", NARROW],
  ] as const)
    for (const language of LANGUAGES) {
      const page = await open(`/${language}/campaigns/sixteen-days`, options)
      await page.locator("time").first().waitFor()
      await fine(page, `events-${language}-${size}`, size === "wide" ? "light" : "dark", true)
    }
})
