import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest"
import { complaintsIn } from "../support/axe.ts"
import { closePages, openBrowser } from "../support/browser.ts"
import { freshDatabase } from "../support/database.ts"
import { bare } from "../support/running.ts"

const WIDE = { viewport: { width: 1440, height: 900 } }
const NARROW = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const SHAPES = ["telegram", "sms", "whatsapp"] as const
const GREETING = "Is this a good moment"

let house: ChildProcess
let folder: string
let database: Awaited<ReturnType<typeof freshDatabase>>
let url: string
let browser: Browser

beforeAll(async () => {
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  folder = mkdtempSync(join(tmpdir(), "hamraaz-simulator-"))
  database = await freshDatabase()
  house = spawn(process.execPath, ["src/main.ts"], {
    cwd: join(import.meta.dirname, "../.."),
    env: { ...bare(), PORT: String(port), DATA_DIR: folder, DATABASE_URL: database.url, SIMULATOR: "on" },
    stdio: ["ignore", "ignore", "inherit"],
  })
  browser = await openBrowser()
  await vi.waitUntil(
    () =>
      fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    { timeout: 60_000, interval: 200 },
  )
}, 600_000)

afterAll(async () => {
  if (house?.exitCode === null) {
    house.kill("SIGTERM")
    await once(house, "exit")
  }
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

afterEach(closePages)

describe("the simulator page", () => {
  test("says that nothing here reaches a real phone, and asks nobody but the house", async () => {
    const strangers: string[] = []
    const complaints: string[] = []
    const page = await visit(WIDE, (opened) => {
      opened.on("request", (request) => !request.url().startsWith(url) && strangers.push(request.url()))
      opened.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()))
    })
    await page.getByText("Simulator: nothing here reaches a real phone.").waitFor()
    await greet(page)
    expect(strangers).toEqual([])
    expect(complaints).toEqual([])
  })

  test("greets on three phones what is typed once, and shows where each conversation is", async () => {
    const page = await visit(WIDE)
    await greet(page)
    for (const shape of SHAPES) await expect.poll(() => page.locator(`#phone-${shape} .place code`).textContent()).toBe("hello.safe")
  })

  test("leads on from a tap on Yes: what is tapped on one phone is typed as its number on SMS", async () => {
    const page = await visit(WIDE)
    await greet(page)
    await answer(page, "telegram", "Yes")
    for (const shape of SHAPES) await expect.poll(() => page.locator(`#phone-${shape} .place code`).textContent()).toBe("menu.main")
    expect(await page.locator("#phone-sms .out .words").allTextContents()).toEqual(["hi", "1"])
    expect(await page.locator("#phone-whatsapp .out .words").allTextContents()).toEqual(["hi", "Yes"])
  })

  test("draws up to three answers as WhatsApp buttons, and more as a list that opens and works by keyboard", async () => {
    const page = await visit(WIDE)
    await greet(page)
    expect(await page.locator("#phone-whatsapp .choice").allTextContents()).toEqual(["Yes", "Not sure", "No"])
    await answer(page, "whatsapp", "Yes")
    const opener = page.getByRole("button", { name: "open the list of 8 answers" })
    await opener.focus()
    await page.keyboard.press("Enter")
    const list = page.getByRole("dialog", { name: "List of answers" })
    await list.waitFor()
    await page.keyboard.press("Escape")
    await expect.poll(() => list.count()).toBe(0)
    expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press("Enter")
    await list.waitFor()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await said(page, "whatsapp", "Find help near me")
    await expect.poll(() => page.locator("#phone-whatsapp .place code").textContent()).toMatch(/^find-help\./)
  })

  test("writes to one phone only when they don't follow together", async () => {
    const page = await visit(WIDE)
    await page.getByRole("switch", { name: "Follow together" }).click()
    await write(page, "Write on the SMS phone", "hi")
    await received(page, "sms", GREETING)
    expect(await page.locator("#phone-telegram .line, #phone-whatsapp .line").count()).toBe(0)
    await page.getByRole("radio", { name: "WhatsApp" }).check({ force: true })
    await page.getByRole("button", { name: /^MENU/ }).click()
    await said(page, "whatsapp", "MENU")
    expect(await page.locator("#phone-telegram .line").count()).toBe(0)
  })

  test("switches the conversation to Urdu, written from right to left, and says that nobody has reviewed it", async () => {
    const page = await visit(WIDE)
    await greet(page)
    await page.getByRole("button", { name: /اردو/ }).click()
    for (const shape of SHAPES) {
      const newest = page.locator(`#phone-${shape} .in .words`).last()
      await expect.poll(() => newest.getAttribute("lang")).toBe("ur")
      expect(await newest.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl")
    }
    await page.getByText("The conversation is in Urdu.").waitFor()
    const reviews = ((await (await fetch(`${url}/simulator/facts`)).json()) as { languages: { review: string }[] }).languages.map(({ review }) => review)
    expect(await page.locator(".languages li .mark").allTextContents()).toEqual(reviews)
    expect(await page.getByText("No native speaker has reviewed these texts yet").count()).toBe(reviews.includes("draft") ? 1 : 0)
  })

  test("shows the segments of every text message, its letters, its price and the bill so far", async () => {
    const page = await visit(WIDE)
    await greet(page)
    await page.getByText("1 segment · $0.05 · $0.05 so far").waitFor()
    await page.getByText(/of 160 plain letters GSM-7/).waitFor()
    await page.getByRole("button", { name: /اردو/ }).click()
    await page.getByText(/wide letters UCS-2/).waitFor()
    const segments = (await page.locator("#phone-sms .meter strong:first-child").allTextContents()).map((text) => Number.parseInt(text, 10)).reduce((sum, one) => sum + one, 0)
    expect(await page.locator("#phone-sms .bill").textContent()).toBe(`$${(segments * 0.05).toFixed(2)}`)
  })

  test("shows a passer-by no more than the first 60 characters of the newest message", async () => {
    const page = await visit(WIDE)
    await greet(page)
    await page.getByRole("button", { name: /^MENU/ }).click()
    await received(page, "telegram", "in your own words")
    const whole = (await page.locator("#phone-telegram .in .words").last().textContent()) ?? ""
    await expect.poll(() => page.getByLabel("Lock screen of the Telegram phone").locator(".notice-text").textContent()).toBe(`${whole.slice(0, 60).trimEnd()}…`)
  })

  test("says that no reply was sent when none was", async () => {
    const page = await visit(WIDE)
    await page.getByRole("button", { name: /^STOP/ }).click()
    await page.locator("#phone-sms .note", { hasText: "No reply was sent." }).waitFor({ timeout: 15_000 })
  })

  test("empties the Telegram chat after FORGET, and leaves SMS its own copy", async () => {
    const page = await visit(WIDE)
    await greet(page)
    await page.getByRole("button", { name: /^FORGET/ }).click()
    await received(page, "telegram", "erase")
    await received(page, "sms", "erase")
    await answer(page, "telegram", "Yes")
    await page.locator("#phone-telegram .note", { hasText: "in the app too" }).waitFor()
    await page.locator("#phone-sms .note", { hasText: "keeps its own copy" }).waitFor()
    expect(await page.locator("#phone-telegram .words", { hasText: GREETING }).count()).toBe(0)
    expect(await page.locator("#phone-sms .words", { hasText: GREETING }).count()).toBe(1)
  })

  test("says what was not sent, and sends it when asked again", async () => {
    const page = await visit(WIDE)
    await page.route("**/simulator/messages", (route) => route.abort())
    await write(page, "Write to all three phones", "hi")
    await page.locator("#phone-sms .failed").waitFor()
    await page.unroute("**/simulator/messages")
    await page.locator("#phone-sms .failed button").click()
    await received(page, "sms", GREETING)
    expect(await page.locator("#phone-sms .failed").count()).toBe(0)
  })

  test("begins anew with a new person: three empty phones that the helpline doesn't know", async () => {
    const senders = new Set<string>()
    const page = await visit(WIDE, (opened) => {
      opened.on("request", (request) => request.method() === "POST" && senders.add((request.postDataJSON() as { from: string }).from))
    })
    await greet(page)
    await answer(page, "telegram", "Yes")
    await received(page, "telegram", "in your own words")
    await page.getByRole("button", { name: "New person" }).click()
    await expect.poll(() => page.locator(".line").count()).toBe(0)
    await greet(page)
    expect(senders.size).toBe(6)
    for (const shape of SHAPES) expect(await page.locator(`#phone-${shape} .in`).count()).toBe(1)
  })

  test("shows one phone at a time on a narrow page, and everything else behind a tab", async () => {
    const page = await visit(NARROW)
    await write(page, "Write on the Telegram phone", "hi")
    await received(page, "telegram", GREETING)
    expect(await page.locator("#phone-sms").isVisible()).toBe(false)
    await page.getByRole("tab", { name: "Telegram" }).focus()
    await page.keyboard.press("ArrowRight")
    await received(page, "sms", GREETING)
    expect(await page.locator("#phone-telegram").isVisible()).toBe(false)
    await page.getByRole("tab", { name: "Controls" }).click()
    await page.getByRole("switch", { name: "Follow together" }).waitFor()
    await page.getByRole("button", { name: /Español/ }).click()
    await said(page, "sms", "Español")
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  })
})

describe.each([
  ["a wide page", WIDE, "light"],
  ["a narrow page", NARROW, "dark"],
] as const)("axe finds nothing on %s", (_, size, colours) => {
  test(`in ${colours} colours`, { timeout: 60_000 }, async () => {
    const page = await visit(size)
    const narrow = size === NARROW
    const show = async (tab: string) => {
      if (narrow) await page.getByRole("tab", { name: tab }).click()
    }
    expect(await complaintsIn(colours, page), "before anything was written").toEqual([])
    await write(page, "Write on the Telegram phone", "hi")
    await received(page, "telegram", GREETING)
    await answer(page, "telegram", "Yes")
    await received(page, "telegram", "in your own words")
    expect(await complaintsIn(colours, page), "Telegram").toEqual([])
    await show("SMS")
    await received(page, "sms", "in your own words")
    expect(await complaintsIn(colours, page), "SMS").toEqual([])
    await show("WhatsApp")
    await page.getByRole("button", { name: "open the list" }).click()
    expect(await complaintsIn(colours, page), "WhatsApp with its list open").toEqual([])
    await page.keyboard.press("Escape")
    await show("Controls")
    await page.getByText("How to read this").click()
    await page.getByRole("switch", { name: "Follow together" }).click()
    expect(await complaintsIn(colours, page), "the controls").toEqual([])
    await page.getByRole("switch", { name: "Follow together" }).click()
    await page.getByRole("button", { name: /اردو/ }).click()
    await show("Telegram")
    await received(page, "telegram", "EXIT")
    expect(await complaintsIn(colours, page), "in Urdu").toEqual([])
  })
})

async function visit(options: BrowserContextOptions, prepare: (page: Page) => void = () => {}): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  prepare(page)
  await page.goto(`${url}/simulator/`)
  await page.locator(".languages li").first().waitFor({ state: "attached" })
  return page
}

async function write(page: Page, field: string, text: string): Promise<void> {
  await page.getByRole("textbox", { name: field }).fill(text)
  await page.keyboard.press("Enter")
}

/** Types a first word in the common bar and waits for three greetings. */
async function greet(page: Page): Promise<void> {
  await write(page, "Write to all three phones", "hi")
  for (const shape of SHAPES) await received(page, shape, GREETING)
}

const received = (page: Page, shape: string, text: string) => page.locator(`#phone-${shape} .in .words`, { hasText: text }).last().waitFor()
const said = (page: Page, shape: string, text: string) => page.locator(`#phone-${shape} .out .words`, { hasText: text }).last().waitFor()
const answer = (page: Page, shape: string, label: string) => page.locator(`#phone-${shape} .choice`, { hasText: label }).last().click()

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, "close")
  return port
}
