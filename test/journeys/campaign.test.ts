import { mkdirSync } from "node:fs"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { buildBrowserApps } from "../../src/web/build.ts"
import { complaintsIn } from "../support/axe.ts"
import { closePages, openBrowser } from "../support/browser.ts"
import { openHouse, type House } from "../support/house.ts"
import { hire, type Person } from "../support/staff.ts"

const NARROW = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const WIDE = { viewport: { width: 1280, height: 800 } }
const SHOTS = process.env["SHOTS"]
const HOUR = 3600_000
/** Eight in the morning in Karachi, on the first day. */
const FIRST_MORNING = Date.parse("2026-11-25T03:00:00Z")

let house: House
let browser: Browser
let zehra: Person
beforeAll(async () => {
  await buildBrowserApps()
  house = await openHouse({}, { at: FIRST_MORNING })
  browser = await openBrowser()
  zehra = await hire(house, ["moderator"])
}, 600_000)
afterAll(async () => {
  await closePages()
  await house?.close()
})

/** Her phone: what she taps and types on it, and what comes. */
async function phoneOf(page: Page) {
  await page.goto(`${house.url}/simulator/`)
  await page.locator(".languages li").first().waitFor({ state: "attached" })
  const words = page.locator("#phone-telegram .in .words")
  /** Lets the house do what is due until this has come. */
  const comes = (text: string, times = 1) =>
    vi.waitUntil(
      async () => {
        await house.settle()
        return (await words.filter({ hasText: text }).count()) >= times
      },
      { timeout: 15_000, interval: 100 },
    )
  return {
    comes,
    count: () => words.count(),
    last: async () => (await words.last().textContent()) ?? "",
    writes: async (text: string) => {
      await page.locator("#phone-telegram").getByRole("textbox").fill(text)
      await page.keyboard.press("Enter")
    },
    taps: (label: string) =>
      page
        .locator("#phone-telegram .choice", { hasText: new RegExp(`^${label}$`) })
        .last()
        .click(),
  }
}

async function open(path: string, options: object): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: "reduce", locale: "en-GB", ...options })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  await page.goto(`${house.url}${path}`)
  return page
}

const shot = async (page: Page, name: string, fullPage = true) => {
  if (SHOTS === undefined) return
  mkdirSync(SHOTS, { recursive: true })
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage })
}

/** The next hour comes, and with it what is due. */
async function hoursGoBy(hours: number): Promise<void> {
  house.advance(hours * HOUR)
  await house.app.campaigns.layDue()
  do while ((await house.app.feed.feedDue()) > 0);
  while ((await house.app.feed.carry()) > 0)
  await house.settle()
}

test("somebody joins, does three days and gives a square; it is read, it is on the quilt, and it is gone when it is taken back", async () => {
  const page = await open("/", NARROW)
  const she = await phoneOf(page)
  await she.writes("sixteen days")
  await she.comes("Is this a good moment")
  await she.taps("Yes")
  await vi.waitUntil(async () => {
    await house.settle()
    return (await page.locator("#phone-telegram .choice", { hasText: "Join" }).count()) > 0
  })
  await shot(page, "join-about", false)
  await she.taps("Join")
  await she.comes("Are you in Pakistan?")
  await she.taps("Yes")
  await she.comes("At what hour")
  await page.locator("#phone-telegram .choice", { hasText: "10" }).last().click()
  await she.comes("plain note")
  await she.taps("Say it")
  await she.comes("Shall we begin?")
  await shot(page, "join-agree", false)
  await she.taps("Yes")
  await she.comes("You are in")

  const actions = house.app.gallery.campaigns.find(({ id }) => id === "sixteen-days")?.actions ?? []
  // Nothing comes before her hour.
  const joined = await she.count()
  await hoursGoBy(1)
  expect(await she.count()).toBe(joined)

  for (const day of [1, 2, 3]) {
    const before = await she.count()
    await hoursGoBy(day === 1 ? 2 : 24)
    await vi.waitUntil(async () => (await she.count()) === before + 1, { timeout: 15_000, interval: 100 })
    expect(await she.last()).toContain(house.app.texts(`sixteen-days.${actions[day - 1]?.id ?? ""}.theme` as never, "en"))
    await shot(page, `day-${String(day)}`, false)
    await she.taps("Other ways")
    await she.comes("Away from the screen", day)
    await she.taps("Done")
    await she.comes("It counts, also when nobody sees it", day)
  }

  await she.writes("sixteen days")
  // The helpline's own rooms lie behind its first question, also for whoever only wants to give something.
  await she.comes("Is this a good moment", 2)
  await she.taps("Yes")
  await she.comes("day 3 of 16, done so far: 3")
  await she.taps("Give something")
  await she.comes("What would you like to give?")
  await she.taps("Quilt square")
  await she.comes("A square for the quilt")
  await she.writes("For every woman who logged back in.")
  await she.comes("It would read")
  await she.taps("Yes")
  await she.comes("No name stands under it")
  await she.taps("No name")
  await she.comes("Somebody reads it first")
  await shot(page, "given", false)

  const quilt = await open("/en/quilt", WIDE)
  await quilt.getByText("No square has been sewn on yet.").first().waitFor()

  const moderator = await open("/", WIDE)
  await moderator.context().addCookies([...zehra.browser.cookies].map(([name, value]) => ({ name, value, url: `${house.url}/console` })))
  await moderator.goto(`${house.url}/console/`)
  await moderator.locator(".given").first().waitFor()
  await moderator.getByRole("button", { name: "Show words" }).click()
  const card = moderator.locator(".given", { hasText: "logged back in" })
  await shot(moderator, "queue", false)
  // What she does on one phone of the simulator, its other two do as well: a square from each channel.
  await card.nth(2).waitFor()
  for (const left of [2, 1, 0]) {
    await card.first().getByRole("button", { name: "Show it" }).click()
    await expect.poll(() => card.count()).toBe(left)
  }

  await quilt.reload()
  await quilt.getByText("For every woman who logged back in.").first().waitFor()
  expect(await quilt.locator(".square").count()).toBe(3)
  await shot(quilt, "quilt-wide-en")
  await quilt.locator(".square .open").first().click()
  await quilt.getByText("Pakistan · 27 November 2026").first().waitFor()
  await shot(quilt, "square-wide-en", false)
  await quilt.setViewportSize({ width: 360, height: 740 })
  await quilt.goto(`${house.url}/ur/quilt`)
  await quilt.getByText("For every woman who logged back in.").first().waitFor()
  await shot(quilt, "quilt-narrow-ur")
  expect(await complaintsIn("light", quilt)).toEqual([])

  await she.writes("sixteen days")
  await she.comes("day 3 of 16", 2)
  await she.taps("What I gave")
  await she.comes("Quilt square: it is shown")
  await she.taps("Take it back")
  await she.comes("It is taken back")
  await expect
    .poll(async () => {
      await house.settle()
      await quilt.reload()
      return quilt.getByText("logged back in").count()
    })
    .toBe(0)

  await she.writes("OFF")
  await she.comes("no more daily messages")
  const left = await she.count()
  await hoursGoBy(24)
  expect(await she.count()).toBe(left)
})
