import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import { afterEach, beforeAll, beforeEach } from "vitest"
import { buildBrowserApps } from "../../src/web/build.ts"
import { closePages, openBrowser } from "./browser.ts"
import { CODE, ConsoleStandIn } from "./console-stand-in.ts"

export const WIDE = { viewport: { width: 1280, height: 800 } }
export const NARROW = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** The house and where it is; anew for each test. */
export let house: ConsoleStandIn
export let url: string
let browser: Browser

/** A house for each test. */
export function visitTheConsole(): void {
  beforeAll(async () => {
    await buildBrowserApps()
    browser = await openBrowser()
  }, 600_000)
  beforeEach(async () => {
    house = new ConsoleStandIn()
    url = await house.start()
  })
  afterEach(async () => {
    await closePages()
    await house.stop()
  })
}

/** The console's door, in a browser of its own. */
export async function open(options: BrowserContextOptions = {}, hash = "", prepare: (page: Page) => unknown = () => {}): Promise<Page> {
  const page = await fresh(options)
  await prepare(page)
  await page.goto(`${url}/console/${hash}`)
  await page.locator(".door-card").waitFor()
  return page
}

async function fresh(options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: "reduce", locale: "en-GB", ...WIDE, ...options })
  context.setDefaultTimeout(10_000)
  return context.newPage()
}

/** Goes through the door. */
export async function enter(page: Page, userName: string): Promise<void> {
  await page.locator("input[autocomplete=username]").fill(userName)
  await page.locator("input[type=password]").fill("four unrelated words")
  await page.keyboard.press("Enter")
  await page.locator("input.code").fill(CODE)
  await page.keyboard.press("Enter")
  await page.locator(INSIDE).first().waitFor()
}

const INSIDE = ".list.mine, .sheet"

/** The page of somebody who has come through the door before: most tests aren't about the door. */
export async function signedIn(userName: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await fresh(options)
  await page.context().addCookies([{ name: "who", value: house.letsIn(userName), domain: new URL(url).hostname, path: "/console" }])
  await page.goto(`${url}/console/`)
  await page.locator(INSIDE).first().waitFor()
  return page
}

/** A chat of somebody's, opened, with its words shown. */
export async function chatOf(page: Page, userName: string, more: { readonly language?: string; readonly channel?: string } = {}): Promise<string> {
  const id = house.arrives({ name: "amber heron", ...more })
  house.gives(id, userName)
  await page.getByRole("button", { name: /amber heron/ }).click()
  await page.locator("#reply").waitFor()
  await page.getByRole("button", { name: "Show words" }).click()
  return id
}

/** The pages that the bar leads to. */
export const pagesOf = (page: Page) => page.locator(".views a > span:first-of-type").allInnerTexts()

/** Chooses from the menu in the bar: by name, or by place (-1 is the last). */
export async function fromMenu(page: Page, item: string | number): Promise<void> {
  await page.locator(".top .menu > button").click()
  const items = page.locator(".top .menu-list button")
  await (typeof item === "number" ? items.nth(item) : items.filter({ hasText: item })).click()
}

/** Writes a reply. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel("Reply to amber heron").fill(text)
  await page.keyboard.press("Enter")
}

/** What of a chat has reached the house. */
export const saidTo = (id: string) => house.chats.get(id)!.lines.flatMap(({ from, text }) => (from === "counsellor" ? [text] : []))
