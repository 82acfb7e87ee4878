import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { buildBrowserApps } from "../../src/web/build.ts"
import { atConsole } from "../support/at-console.ts"
import { closePages, openBrowser } from "../support/browser.ts"
import { openHouse, type House } from "../support/house.ts"
import { simulated } from "../support/simulated.ts"
import { hire } from "../support/staff.ts"

let house: House
let browser: Browser
beforeAll(async () => {
  await buildBrowserApps()
  house = await openHouse()
  house.app.begin()
  browser = await openBrowser()
}, 600_000)
afterAll(async () => {
  await closePages()
  await house.close()
})

const SHOTS = process.env["SHOTS"]
const shot = async (page: Page, name: string) => {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png` })
}

describe("a person asks for a human, and one comes", () => {
  test("from the first word to EXIT: claimed, talked with, handed over, looked in on, left", async () => {
    const people = [await hire(house, ["counsellor"]), await hire(house, ["counsellor"]), await hire(house, ["supervisor"])] as const
    const she = simulated(house, "telegram")
    const other = simulated(house, "sms")
    for (const text of ["hi", "yes", "talk to a person", "yes", "yes"]) await other.text(text)
    for (const text of ["salam", "ji haan", "kisi insan se baat karni hai", "ji haan", "nahi", "mera account"]) await she.text(text)
    expect(await she.place()).toBe("person.queued")

    const first = await atConsole(browser, house, people[0])
    await first.locator(".queue .row").nth(1).waitFor()
    expect(await first.locator(".queue .row").nth(0).innerText()).toMatch(/Urgent[\s\S]*Simulator[\s\S]*English/)
    await shot(first, "queue")
    await first
      .locator(".queue .row")
      .nth(1)
      .getByRole("button", { name: /^Claim/ })
      .click()
    const mine = first.locator(".list.mine .row button").first()
    await mine.click()
    await first.getByRole("button", { name: "Show words" }).click()
    await first.locator("#reply").fill("Assalam o alaikum, main yahan hoon.")
    await first.keyboard.press("Enter")
    await expect.poll(async () => (await she.read()).map(({ text }) => text).join("\n")).toContain("main yahan hoon")
    await first.getByText("Sent", { exact: false }).first().waitFor()
    await she.text("shukriya, mera account chala gaya")
    await first.getByText("mera account chala gaya").first().waitFor({ state: "attached" })
    await shot(first, "chat")

    await first.getByLabel("New note (team only)").fill("speaks calmly, account with a number she no longer has")
    await first.keyboard.press("Control+Enter")
    await first.getByText("speaks calmly").waitFor()

    // On a break the next chat doesn't come by itself, and a colleague can still be asked.
    const second = await atConsole(browser, house, people[1])
    await second.getByLabel("I am").selectOption("break")
    await first.getByRole("button", { name: "Hand over" }).click()
    await first.getByRole("button", { name: new RegExp(people[1].alias) }).click()
    await second.getByRole("button", { name: /^Accept/ }).click()
    await second.locator("#reply").waitFor()
    await second.getByRole("button", { name: "Show words" }).click()
    await second.getByText("speaks calmly").waitFor()
    await second.locator("#reply").fill("Main aage se aap ke saath hoon.")
    await second.keyboard.press("Enter")
    await expect.poll(async () => (await she.read()).map(({ text }) => text).join("\n")).toContain(`${people[1].alias}: Main aage se`)
    await expect.poll(() => first.locator(".list.mine .row").count()).toBe(0)

    const supervisor = await atConsole(browser, house, people[2])
    await supervisor.goto(`${house.url}/console/#/board`)
    await supervisor.getByRole("heading", { name: "All open chats" }).waitFor()
    await supervisor.getByText(people[1].alias).first().waitFor()
    await shot(supervisor, "board")

    expect((await she.text("EXIT")).map(({ text }) => text)).toHaveLength(1)
    await second.getByText("This person has left. Do not write.").waitFor()
    await shot(second, "left")
    expect(await second.locator("#reply").count()).toBe(0)
    expect(await she.read()).toEqual([])
  })
})
