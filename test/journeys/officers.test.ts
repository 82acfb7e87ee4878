import { readFileSync } from "node:fs"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { buildBrowserApps } from "../../src/web/build.ts"
import { readAge } from "../support/age-reader.ts"
import { atConsole } from "../support/at-console.ts"
import { closePages, openBrowser } from "../support/browser.ts"
import { openWith } from "../support/at-reports.ts"
import { contentWith, openHouse, type House } from "../support/house.ts"
import { PASSPHRASE, unlock } from "../support/officer.ts"
import { simulated } from "../support/simulated.ts"
import { hire } from "../support/staff.ts"
import { TYPED } from "../support/telling.ts"

const HERS = "he stands before my office every day and writes to my sister"

let house: House
let browser: Browser
beforeAll(async () => {
  await buildBrowserApps()
  house = await openHouse({}, { content: contentWith("helpline.yaml", (text) => text.replace(/^ {2}# shareWith:.*$/m, "  shareWith: Rights Circle")) })
  browser = await openBrowser()
}, 600_000)
afterAll(async () => {
  await closePages()
  await house.close()
})

/** Makes a key all the way; gives back its secret half, as it stands on the paper. */
async function makeKey(page: Page): Promise<string> {
  await page.getByLabel("I have read this").check()
  await page.getByLabel("Passphrase").fill(PASSPHRASE)
  await page.getByLabel("Once more").fill(PASSPHRASE)
  await page.getByRole("button", { name: "Go on to the paper" }).click()
  await page.locator(".paper-sheet").waitFor()
  const groups = await page.locator(".key-groups code").allInnerTexts()
  for (const [i, name] of (await page.locator(".two-groups .field > span").allInnerTexts()).entries()) {
    await page
      .locator(".two-groups input")
      .nth(i)
      .fill(groups[Number(/\d+/.exec(name)?.[0]) - 1] ?? "")
  }
  await page.getByRole("button", { name: "use this key" }).click()
  await page.locator(".reports-page").waitFor()
  return `AGE-SECRET-KEY-1${groups.join("")}`
}

/** Somebody tells what happened, message by message, and agrees to all; the day's shelving comes. */
async function tellsByText(officer: string): Promise<string> {
  const her = simulated(house, "sms")
  for (const text of ["hi", "1", ...TYPED.en.slice(0, 16), HERS, "done", "right", "yes", "yes", "yes", "yes", "i have it"]) await her.text(text)
  expect(await her.place()).toBe("report.filed")
  await house.app.reports.shelve()
  const [line] = (await house.app.reports.desk.inbox(officer, {})).lines
  if (line === undefined) throw new Error("nothing came to the shelf")
  return line.id
}

const openFirst = async (page: Page) => {
  await page.locator(".inbox tbody .link").first().click()
  await page.locator(".answers, .callout").last().waitFor()
}

test("a report is given, opened, coded, answered, told as a story, sealed to a new colleague, exported and erased; the house never learns a word of it", async () => {
  const [ismat, zoya] = [await hire(house, ["officer"]), await hire(house, ["officer"])]
  const first = await atConsole(browser, house, ismat)
  const sent: string[] = []
  first.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`))
  const identity = await makeKey(first)
  expect(house.app.reports.facts().taken).toBe(true)
  const id = await tellsByText(ismat.id)

  await first.reload()
  await unlock(first)
  await openFirst(first)
  await first.getByText("Former partner").first().waitFor()
  await first.locator(".own-words .veiled").click()
  await first.getByText(HERS).waitFor()
  await first.locator("summary", { hasText: /^Who did it/ }).click()
  await first.getByLabel("Partner or spouse").check()
  await first.getByRole("button", { name: "Keep the coding" }).click()
  await first.getByText("Kept.").waitFor()
  await first.getByLabel("Your message").fill("We read it. Thank you.")
  await first.getByRole("button", { name: "Leave it for them" }).click()
  await first.getByText("not read yet").waitFor()
  await first.getByRole("button", { name: "Write a story" }).click()
  await first.getByLabel("The story", { exact: true }).fill("Somebody was followed and written to by a person she had left.")
  await first.getByRole("button", { name: "Give it to a second officer" }).click()
  await first.getByText("another officer reads it").waitFor()

  const second = await atConsole(browser, house, zoya)
  const other = await makeKey(second)
  await second.getByText("not sealed to you").waitFor()
  await openFirst(second)
  await second.getByText("This report isn't sealed to your key.").waitFor()

  await first.reload()
  await unlock(first)
  await first.getByRole("button", { name: "Look at the keys" }).click()
  // Both see the same figures: that is what they compare.
  const figures = async (page: Page) => (await page.locator(".officer-keys tr", { hasText: zoya.alias }).locator(".key-figures").innerText()).replace(/\s+/g, " ")
  await second.getByRole("button", { name: /^Officers' keys/ }).click()
  await expect.poll(async () => (await figures(second)) === (await figures(first)) && (await figures(first)).length).toBe(35)
  await first.getByRole("button", { name: `The figures of ${zoya.alias} are the same` }).click()
  await first.getByRole("button", { name: "Seal old reports to all keys" }).click()
  await first.getByText("1 report is sealed to every key now.").waitFor()

  await second.getByRole("button", { name: "Inbox" }).click()
  await expect.poll(() => second.getByText("not sealed to you").count()).toBe(0)
  await openFirst(second)
  await second.locator(".review").getByRole("button", { name: "Show all words" }).click()
  await second.locator(".beside-each-other").getByText(HERS).waitFor()
  await second.getByRole("button", { name: "Nobody can be found in it" }).click()
  await second.getByText("They see it when they come with their code.").waitFor()

  const theirs = await generateX25519Identity()
  await second.getByRole("button", { name: "Seal it to somebody else" }).click()
  await second.getByLabel("Their public key").fill(await identityToRecipient(theirs))
  const [file] = await Promise.all([second.waitForEvent("download"), second.getByRole("button", { name: "Seal and save" }).click()])
  expect(readAge(readFileSync(await file.path()), theirs).toString()).toContain(HERS)
  const shelf = await house.app.reports.desk.report(zoya.id, id)
  if (typeof shelf === "string") throw new Error(shelf)
  expect(shelf).toMatchObject({ line: { status: "coded" }, coding: { relation: "partner", province: "punjab" }, story: { status: "reviewed" } })
  for (const secret of [identity, other]) expect(JSON.stringify(await openWith(secret, Buffer.from(shelf.sealed, "base64")))).toContain(HERS)
  await second.keyboard.press("Escape")

  await second.getByRole("button", { name: "Erase it" }).click()
  await second.getByLabel("They asked for it").check()
  await second.getByRole("button", { name: "Erase it now" }).click()
  await second.locator(".tombstone").waitFor()
  expect(await house.app.reports.desk.report(zoya.id, id)).toBe("gone")

  const heard = sent.join("\n")
  for (const secret of [identity, identity.slice(20, 40), HERS, "before my office", PASSPHRASE]) expect(heard.includes(secret), secret).toBe(false)
  const { rows } = await house.app.store.pool.query<{ what: string; reason: string | null }>("select what, reason from audit where what like 'report%' or what like 'story%'")
  expect(rows.map(({ what }) => what)).toEqual(
    expect.arrayContaining([
      "report-key-set",
      "report-fetched",
      "report-coded",
      "report-answered",
      "report-resealed",
      "report-exported",
      "report-erased",
      "story-drafted",
      "story-reviewed",
    ]),
  )
  expect([...house.lines, JSON.stringify(rows)].join("\n")).not.toMatch(/before my office|followed and written/)
}, 180_000)
