import { mkdirSync, readFileSync } from "node:fs"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { buildBrowserApps } from "../../src/web/build.ts"
import { complaintsIn } from "../support/axe.ts"
import { closePages, openBrowser } from "../support/browser.ts"
import { contentWith, openHouse, type House } from "../support/house.ts"
import { simulated } from "../support/simulated.ts"
import { hire, type Person } from "../support/staff.ts"

const NARROW = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const SHOTS = process.env["SHOTS"]

let house: House
let browser: Browser
let zehra: Person
let ali: Person
let amna: Person
beforeAll(async () => {
  await buildBrowserApps()
  // Open on every day of the year.
  house = await openHouse({}, { content: contentWith("campaigns/sixteen-days.yaml", (text) => text.replace(/^begins: \S+/m, "begins: joining")) })
  browser = await openBrowser()
  zehra = await hire(house, ["moderator"])
  ali = await hire(house, ["moderator"])
  amna = await hire(house, ["admin", "officer", "supervisor", "counsellor"])
}, 600_000)
afterAll(async () => {
  await closePages()
  await house?.close()
})

type She = ReturnType<typeof simulated>

/** Somebody who has joined the campaign. */
async function joined(): Promise<She> {
  const her = simulated(house, "telegram")
  for (const text of ["hi", "1", "sixteen days", "1", "1", "1", "1", "1"]) await her.text(text)
  expect(await her.place()).toBe("campaign.joined")
  return her
}

/** Gives something, as one does: what, the words, yes, a name or none. */
async function gives(her: She, kind: string, text: string, name?: string): Promise<string> {
  await her.text("sixteen days")
  await her.choose("campaign.mine/give")
  if ((await her.place()) === "campaign.no-more") return "campaign.no-more"
  await her.choose(`campaign.kind/kind:${kind}`)
  await her.text(text)
  await her.choose("campaign.show/yes")
  if (kind === "story") await her.choose("campaign.whose/told")
  if (name === undefined) await her.choose("campaign.name/none")
  else {
    await her.text(name)
    await her.choose("campaign.signed/yes")
  }
  return her.place()
}

/** What she reads when she looks, page by page, until she has found what she looks for. */
async function pages(her: She, found: (text: string) => boolean): Promise<readonly string[]> {
  await her.text("sixteen days")
  const told: string[] = []
  for (let said = await her.choose("campaign.mine/mine-given"); ; said = await her.choose("campaign.what-i-gave/more")) {
    told.push(...said.map(({ text }) => text))
    if (said.some(({ text }) => found(text)) || !said.some(({ choices }) => choices.some(({ id }) => id.endsWith("/more")))) return told
  }
}

/** Somebody who has come through the door before, at the console in a browser of their own. */
async function atConsole(person: Person, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: "reduce", locale: "en-GB", viewport: { width: 1280, height: 800 }, ...options })
  context.setDefaultTimeout(15_000)
  await context.addCookies([...person.browser.cookies].map(([name, value]) => ({ name, value, url: `${house.url}/console` })))
  const page = await context.newPage()
  await page.goto(`${house.url}/console/`)
  await page.locator(".sheet, .list.mine").first().waitFor()
  return page
}

/** Days of people whose rows are erased by now: as if the campaign had gone on for all its sixteen days. */
async function days(counts: readonly (readonly [string, number])[]): Promise<void> {
  for (const [what, count] of counts)
    await house.app.store.pool.query(
      "insert into campaign_count (campaign, day, channel, language, what, count) select 'sixteen-days', day, 'telegram', 'en', $1, $2 from generate_series(1, 16) as day",
      [what, count],
    )
}

const shot = async (page: Page, name: string) => {
  if (SHOTS === undefined) return
  mkdirSync(SHOTS, { recursive: true })
  await page.screenshot({ path: `${SHOTS}/${name}.png` })
}
const fine = async (page: Page, where: string, colours: "light" | "dark" = "light") => {
  expect(await complaintsIn(colours, page), where).toEqual([])
  expect(await page.evaluate(() => [...document.querySelectorAll("html, .pane.middle")].every(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)), where).toBe(true)
}
const card = (page: Page, text: string) => page.locator(".given", { hasText: text })
const shown = async () =>
  ((await zehra.browser.get("moderation/shown")).json as unknown as { text: string; name?: string }[]).map(({ text, name }) => (name === undefined ? text : `${text} (${name})`))

test("what people give is read, shown, changed with their yes, declined with a reason, taken down, and muted", async () => {
  const [her, other] = [await joined(), await joined()]
  expect(await gives(her, "square", "Your voice is a thread.", "Meena")).toBe("campaign.given")
  for (const [kind, text] of [
    ["story", "Somebody was followed, and others walked along."],
    ["letter", "you did nothing wrong and i think of you every day"],
    ["tip", "کسی پرانے دوست سے کہیں کہ آپ کے ساتھ بیٹھے۔"],
  ] as const)
    expect(await gives(her, kind, text)).toBe("campaign.given")
  for (const text of ["buy my phones", "buy them today"]) await gives(other, "tip", text)

  const page = await atConsole(zehra)
  await page.locator(".given").nth(5).waitFor()
  expect(await page.content()).not.toContain("a thread")
  await page.getByRole("button", { name: "Show words" }).click()
  await card(page, "a thread").getByText("Meena").waitFor()
  await card(page, "Somebody was followed").getByText("whoever it is about agreed").waitFor()
  await shot(page, "queue-wide-en")
  await fine(page, "the queue")

  // By keys alone: to the card, to its first button, and on to the next card.
  await card(page, "a thread").focus()
  await page.keyboard.press("Tab")
  await page.keyboard.press("Enter")
  await page.getByText("It is shown now.").waitFor()
  await expect.poll(() => card(page, "a thread").count()).toBe(0)
  await expect.poll(() => page.evaluate(() => document.activeElement?.classList.contains("given"))).toBe(true)
  expect(await shown()).toEqual(["Your voice is a thread. (Meena)"])

  await card(page, "was followed").getByRole("button", { name: "Yes (a second person is needed)" }).click()
  await card(page, "was followed").getByText("You said yes already.").waitFor()
  expect(
    await card(page, "was followed")
      .getByRole("button", { name: /yes|^Show/i })
      .count(),
  ).toBe(0)
  expect(await shown()).toHaveLength(1)

  await card(page, "every day").getByRole("button", { name: "Change…" }).click()
  await page.getByLabel("How it would read").fill("You did nothing wrong. I think of you.")
  await shot(page, "change-wide-en")
  await fine(page, "other words")
  await page.getByRole("button", { name: "Propose it" }).click()
  await card(page, "every day").getByText("Waits for the giver's own yes").waitFor()

  await card(page, "دوست").getByRole("button", { name: "Don't show…" }).click()
  await page.getByLabel("It shows who somebody is").check()
  await page.getByText("Tip: thank you for it. It shows who somebody is, so we don't show it.").waitFor()
  await shot(page, "decline-wide-en")
  await fine(page, "a reason")
  await page.getByRole("dialog").getByRole("button", { name: "Don't show it" }).click()
  await page.getByText("It isn't shown. The giver reads why when they look.").waitFor()

  await card(page, "buy my phones").getByRole("button", { name: /^Mute/ }).click()
  await shot(page, "mute-wide-en")
  await card(page, "buy my phones").getByRole("group").getByRole("button", { name: "Mute" }).click()
  await expect.poll(() => page.locator(".given").count()).toBe(2)
  expect(await gives(other, "tip", "once more")).toBe("campaign.no-more")

  const told = (await pages(her, () => false)).join("\n")
  expect(told).toContain("It shows who somebody is, so we don't show it.")
  await pages(her, (text) => text.includes("I think of you."))
  await her.choose("campaign.what-i-gave/yes")
  expect((await shown()).toSorted()).toEqual(["You did nothing wrong. I think of you.", "Your voice is a thread. (Meena)"])

  const second = await atConsole(ali, { ...NARROW, locale: "ur" })
  await second.locator(".given").waitFor()
  await second.locator(".moderation-page .sheet-head button").first().click()
  await card(second, "was followed").getByText(zehra.alias).waitFor()
  await shot(second, "queue-narrow-ur")
  await fine(second, "the queue in Urdu, on a phone", "dark")
  await card(second, "was followed").getByRole("button", { name: "دوسری ہاں: دکھائیں" }).click()
  await second.getByText("کچھ منتظر نہیں۔").waitFor()
  expect(await shown()).toContain("Somebody was followed, and others walked along.")

  await second.getByRole("button", { name: "دکھائی گئیں" }).click()
  await card(second, "a thread").waitFor()
  await shot(second, "shown-narrow-ur")
  await fine(second, "what is shown")
  await card(second, "a thread").getByRole("button").click()
  await card(second, "a thread").getByRole("button").last().click()
  await expect.poll(shown).not.toContain("Your voice is a thread. (Meena)")
  await expect.poll(() => second.locator(".given").count()).toBe(2)
  await page.getByRole("button", { name: "Look again" }).click()
  await card(page, "a thread").waitFor()
  // Her own hand takes back what is shown.
  await pages(her, (text) => text.includes("it is there for whoever asks"))
  await her.choose("campaign.what-i-gave/take-back")
  expect(await shown()).toEqual(["Somebody was followed, and others walked along."])
  await page.getByLabel("Kind").selectOption("letter")
  await page.getByText("Nothing waits.").waitFor()
  expect(await page.content()).not.toContain(her.from)
})

test("organisers see how a campaign stands, pause it and resume it, and hand over the letters", async () => {
  const her = await joined()
  await gives(her, "demand", "Make platforms answer within a day, in every language.", "Meena")
  const [one] = (await zehra.browser.get("moderation?kind=demand")).json as unknown as { id: string }[]
  await zehra.browser.post(`moderation/${one!.id}/publish`)
  await days([
    ["delivered", 180],
    ["sent", 40],
    ["held", 4],
    ["skipped:late", 9],
    ["skipped:quiet-hours", 3],
    ["refused", 2],
    ["done", 96],
    ["left", 5],
  ])
  const page = await atConsole(amna)
  await page.getByRole("link", { name: "Campaigns" }).click()
  await page.getByLabel("Sixteen days").check()
  await page.getByText("It runs.").waitFor()
  await page.getByRole("img", { name: "By day of the campaign" }).waitFor()
  expect(await page.locator(".tile", { hasText: "Take part now" }).innerText()).toMatch(/[1-9]/)
  expect(await page.getByRole("row", { name: "its time was over 144 75%" }).count()).toBe(1)
  expect(await page.getByRole("row", { name: "Telegram 3520 1536 80" }).count()).toBe(1)
  expect(await page.getByRole("row", { name: /^Letter to deciders 1 0 0$/ }).count()).toBe(1)
  await page.getByText("As a table").first().click()
  await fine(page, "a campaign in numbers")
  await page.getByRole("button", { name: "Pause" }).click()
  await page.getByRole("button", { name: "Pause it" }).click()
  await page.getByText("It is paused.").waitFor()
  expect(house.app.campaigns.halted("sixteen-days")).toBe("paused")
  await shot(page, "campaign-wide-en")
  await page.getByRole("button", { name: "Resume", exact: true }).click()
  await page.getByRole("button", { name: "Resume it" }).click()
  await page.getByText("It runs.").waitFor()
  const [letters] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Make the PDF" }).click()])
  expect(letters.suggestedFilename()).toMatch(/^letters-sixteen-days-en-\d{4}-\d\d-\d\d\.pdf$/)
  const pdf = readFileSync(await letters.path())
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-")
  if (SHOTS !== undefined) await letters.saveAs(`${SHOTS}/letters.pdf`)
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "As a file" }).click()])
  expect(readFileSync(await file.path(), "utf8")).toMatch(/\r\ngiven,demand,shown,1\r\n/)
  await page.setViewportSize(NARROW.viewport)
  await page.locator(".top .menu > button").click()
  await page.locator(".top .menu-list button", { hasText: "اردو" }).click()
  await page.getByText("مہم کے دن کے لحاظ سے").first().waitFor()
  await shot(page, "campaign-narrow-ur")
  await fine(page, "a campaign in Urdu, on a phone", "dark")
})

test("only moderators moderate, only they and admins see campaigns, and only admins stop one for good", async () => {
  const her = await joined()
  await gives(her, "tip", "a planted sentence")
  const [one] = (await zehra.browser.get("moderation?kind=tip")).json as unknown as { id: string }[]
  const acts: Readonly<Record<string, object>> = { publish: {}, decline: { why: "names" }, propose: { text: "other words" }, "take-down": {}, mute: {} }
  for (const [act, body] of Object.entries(acts)) {
    expect((await amna.browser.post(`moderation/${one!.id}/${act}`, body)).status, act).toBe(403)
    expect((await zehra.browser.post(`moderation/${one!.id}/${act}`, body, { origin: "https://elsewhere.example" })).status, act).toBe(403)
    expect((await zehra.browser.post(`moderation/not-an-id/${act}`, body)).status, act).toBe(404)
  }
  for (const path of ["moderation", "moderation/shown", "moderation/frame", "moderation/told?language=ur&kind=tip"]) {
    expect((await amna.browser.get(path)).status, path).toBe(403)
    expect((await zehra.browser.get(path)).status, path).toBe(200)
  }
  const wrong: readonly (readonly [string, object])[] = [
    ["decline", { why: "a planted reason" }],
    ["propose", { text: "" }],
    ["propose", { text: "\u0000\u0007" }],
    ["propose", { text: "x".repeat(301) }],
    ["publish", { why: "names" }],
  ]
  for (const [act, body] of wrong) {
    const { status, json } = await zehra.browser.post(`moderation/${one!.id}/${act}`, body)
    expect([status, JSON.stringify(json).includes("planted")], act).toEqual([400, false])
  }
  expect((await zehra.browser.get("moderation?kind=anything")).status).toBe(400)
  expect((await zehra.browser.post("campaigns/no-such/pause")).status).toBe(404)
  expect((await zehra.browser.get("campaigns/no-such/figures")).status).toBe(404)
  expect((await zehra.browser.post("campaigns/sixteen-days/stop")).status).toBe(403)
  expect((await amna.browser.post("campaigns/sixteen-days/stop")).status).toBe(200)
  expect((await zehra.browser.post("campaigns/sixteen-days/resume")).json).toEqual({ ok: false, why: "stopped" })
  expect(house.app.campaigns.halted("sixteen-days")).toBe("stopped")
  expect(house.lines.join("\n")).not.toContain("planted")
})
