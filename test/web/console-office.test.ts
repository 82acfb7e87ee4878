import { readFileSync } from "node:fs"
import type { Page } from "playwright-core"
import { describe, expect, test } from "vitest"
import { complaintsIn } from "../support/axe.ts"
import { busyDays } from "../support/console-stand-in-office.ts"
import { fromMenu, house, NARROW, pagesOf, signedIn, visitTheConsole, WIDE } from "../support/console-visit.ts"

visitTheConsole()

/** Presses what has the focus, as somebody without a mouse does. */
const tabTo = async (page: Page, name: string) => {
  for (let i = 0; i < 60; i++) {
    if (await page.evaluate((wanted) => document.activeElement?.textContent?.trim() === wanted || document.activeElement?.getAttribute("aria-label") === wanted, name)) return
    await page.keyboard.press("Tab")
  }
  throw new Error(`no way to ${name} by Tab`)
}

describe("the bar", () => {
  test("leads each role where it may go, and lands where its work is", async () => {
    const counsellor = await signedIn("sana")
    expect(await pagesOf(counsellor)).toEqual(["My desk", "Colleagues"])
    const supervisor = await signedIn("noor")
    expect(await pagesOf(supervisor)).toEqual(["My desk", "Board", "Colleagues", "Numbers", "Blocks"])
    const admin = await signedIn("amna")
    await admin.getByRole("heading", { name: "Staff" }).waitFor()
    expect(await pagesOf(admin)).toEqual(["Staff", "Numbers", "Releases", "Campaigns"])
    const moderator = await signedIn("zehra")
    await moderator.getByRole("heading", { name: "Moderation" }).waitFor()
    expect(await pagesOf(moderator)).toEqual(["Moderation", "Campaigns"])
  })

  test("goes by numbers and by the browser's way back; a page that isn't mine is the desk", async () => {
    const page = await signedIn("noor")
    await page.keyboard.press("4")
    await page.getByRole("heading", { name: "Numbers" }).waitFor()
    expect(new URL(page.url()).hash).toBe("#/numbers")
    house.arrives({ name: "amber heron" })
    await page.getByRole("link", { name: "My desk 1 thing waits" }).waitFor()
    await page.keyboard.press("2")
    await page.getByRole("heading", { name: "All open chats" }).waitFor()
    await page.goBack()
    await page.getByRole("heading", { name: "Numbers" }).waitFor()
    await page.evaluate(() => (location.hash = "#/staff"))
    await page.getByText("Choose a chat").waitFor()
    expect(house.asked.filter(({ path }) => path.startsWith("staff"))).toEqual([])
    await page.keyboard.press("?")
    await page.getByRole("dialog", { name: "Keys" }).getByText("the pages in the bar, in their order").waitFor()
  })
})

describe("the numbers", () => {
  test("are those of the days that were chosen, drawn and as a table; too few to say is said", async () => {
    house.office.counted = busyDays(14)
    const page = await signedIn("noor")
    await page.clock.setFixedTime(new Date("2026-11-18T10:00:00"))
    await page.getByRole("link", { name: "Numbers" }).click()
    await page.getByText("12 Nov to 18 Nov.").waitFor()
    expect(await page.locator(".tile", { hasText: "Asked for a person" }).innerText()).toContain("164")
    expect(await page.getByRole("img", { name: "People by day" }).locator("rect.part-taken").count()).toBe(14)
    // As high as what it stands for: 21 who asked on the fourth day against 14 on the second.
    const heights = await page.evaluate(() => [...document.querySelectorAll(".chart g:has(> title)")].slice(0, 14).map((day) => (day as SVGGElement).getBBox().height))
    expect((heights[3] ?? 0) / (heights[1] ?? 1)).toBeCloseTo(21 / 14, 1)
    await page.getByText("As a table").first().click()
    expect(await page.getByRole("row", { name: "4 Nov 21 12 4 2" }).count()).toBe(1)
    expect(await page.getByRole("row", { name: /^Spanish 3 1 too few to say too few to say$/ }).count()).toBe(1)
    expect(await page.locator(".chart path.too-few").count()).toBe(1)
    await page.getByLabel("This month").check()
    await page.getByText("1 Nov to 18 Nov.").waitFor()
    await page.getByLabel("Own dates").check()
    await page.getByLabel("From", { exact: true }).fill("2026-09-01")
    await page.getByLabel("To", { exact: true }).fill("2026-08-01")
    expect(await page.getByRole("button", { name: "Show" }).isDisabled()).toBe(true)
    await page.getByLabel("To", { exact: true }).fill("2026-10-31")
    await page.getByRole("button", { name: "Show" }).click()
    await page.getByText("1 Sept to 31 Oct.").waitFor()
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "As a file" }).click()])
    expect(file.suggestedFilename()).toBe("numbers-2026-09-01-2026-10-31.csv")
    expect(readFileSync(await file.path(), "utf8")).toContain("2026-09-01,1")
  })

  test("go by the days of the desk, wherever the browser is", async () => {
    house.office.timeZone = "Pacific/Auckland"
    const page = await signedIn("noor", { timezoneId: "America/Los_Angeles" })
    await page.clock.setFixedTime(new Date("2026-11-18T20:00:00Z"))
    await page.getByRole("link", { name: "Numbers" }).click()
    await page.getByText("13 Nov to 19 Nov.").waitFor()
    await page.getByText("Days as in Pacific/Auckland.").waitFor()
    const admin = await signedIn("amna", { timezoneId: "Pacific/Auckland" })
    await admin.getByRole("link", { name: "Numbers" }).click()
    await admin.getByText("no single chat").waitFor()
    expect(await admin.getByText("Days as in").count()).toBe(0)
  })

  test("say so when nobody asked, and when they can't be had; a year is drawn by weeks", async () => {
    const page = await signedIn("amna")
    await page.getByRole("link", { name: "Numbers" }).click()
    await page.getByText("Nobody asked for a person in these days.").waitFor()
    house.wire = "dead"
    await page.getByLabel("Last 30 days").check()
    await page.getByText("The helpline could not be reached.").waitFor()
    house.wire = "whole"
    house.office.counted = busyDays(365)
    await page.getByRole("button", { name: "Try again" }).click()
    await page.getByRole("img", { name: "People by week" }).waitFor()
    await page.getByRole("heading", { name: "People by week" }).waitFor()
    await page.getByText("The last column is of one day only.").waitFor()
    expect(await page.locator("rect.part-taken").count()).toBe(53 + 1)
  })
})

describe("the staff", () => {
  test("are invited by a link that is shown once, which can be copied and withdrawn", async () => {
    const page = await signedIn("amna", { permissions: ["clipboard-read", "clipboard-write"] })
    await page.getByRole("button", { name: "Invite somebody" }).click()
    await page.getByLabel("Supervisor").check()
    await page.getByRole("button", { name: "Make the link" }).click()
    const link = await page.getByRole("textbox", { name: "Link" }).inputValue()
    expect(house.asked.find(({ path }) => path === "staff/invite")?.body).toEqual({ roles: ["counsellor", "supervisor"] })
    await page.getByRole("button", { name: "Copy" }).click()
    await page.getByText("Copied.").waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link)
    await page.keyboard.press("Escape")
    await page.getByText("Invitation: Counsellor, Supervisor").waitFor()
    expect(await page.content()).not.toContain(link)
    await page.getByRole("button", { name: "Withdraw" }).click()
    await page.getByRole("button", { name: "Cancel" }).click()
    expect(house.office.links).toHaveLength(1)
    await page.getByRole("button", { name: "Withdraw" }).click()
    await page.getByRole("group", { name: "Withdraw" }).getByRole("button", { name: "Withdraw" }).click()
    await page.getByText("No link is open.").waitFor()
  })

  test("are changed, but neither into a name that is taken nor out of the last admin's role", async () => {
    const page = await signedIn("amna")
    await page.getByRole("button", { name: "Open Sana" }).click()
    await page.getByLabel("Alias").fill("Noor")
    await page.getByRole("button", { name: "Keep changes" }).click()
    await page.getByRole("dialog").getByText("Someone has that alias already.").waitFor()
    await page.getByLabel("Alias").fill("Sahar")
    await page.getByLabel("Supervisor").check()
    await page.getByLabel("2", { exact: true }).check()
    await page.getByRole("button", { name: "Keep changes" }).click()
    await page.getByRole("heading", { name: "Sahar" }).waitFor()
    expect(house.staff[0]).toMatchObject({ alias: "Sahar", roles: ["counsellor", "supervisor"], cap: 2 })
    await page.keyboard.press("Escape")
    await page.getByRole("button", { name: "Open Amna" }).click()
    await page.getByLabel("Counsellor").check()
    await page.getByRole("checkbox", { name: "Admin" }).uncheck()
    await page.getByRole("button", { name: "Keep changes" }).click()
    await page.getByText("Without this account nobody could manage the staff.").waitFor()
    expect(await page.getByRole("button", { name: "Deactivate" }).count()).toBe(0)
  })

  test("are deactivated and begin anew by keys alone, each asked once more; Esc leaves all as it was", async () => {
    house.office.signsIn("sana", "Mozilla/5.0 (Linux; Android 14) Firefox/130.0")
    house.office.signsIn("sana", "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0")
    const page = await signedIn("amna")
    await page.getByRole("button", { name: "Open Sana" }).focus()
    await page.keyboard.press("Enter")
    await page.getByText("Firefox, Android").waitFor()
    await tabTo(page, "Sign out everywhere")
    await page.keyboard.press("Enter")
    await page.getByText("Sana is signed out on every device").waitFor()
    await page.keyboard.press("Escape")
    await page.getByRole("button", { name: "Sign out everywhere", exact: true }).waitFor()
    expect(house.office.sessions.get("staff-sana")).toHaveLength(2)
    await page.keyboard.press("Enter")
    await tabTo(page, "Yes, sign out everywhere")
    await page.keyboard.press("Enter")
    await page.getByText("Signed in nowhere.").waitFor()
    await tabTo(page, "Reset the way in")
    await page.keyboard.press("Enter")
    await tabTo(page, "Yes, reset")
    await page.keyboard.press("Enter")
    await page.getByRole("textbox", { name: "Link" }).waitFor()
    await page.keyboard.press("Escape")
    await page.getByText("New start for Sana").waitFor()
    await page.getByRole("button", { name: "Open Sana" }).click()
    await tabTo(page, "Deactivate")
    await page.keyboard.press("Enter")
    await tabTo(page, "Yes, deactivate")
    await page.keyboard.press("Enter")
    await page.getByRole("button", { name: "Activate again" }).waitFor()
    expect(house.staff[0]).toMatchObject({ active: false, secondStep: false })
  })

  test("can be held to what they did: names and events in words, older ones when asked for", async () => {
    const by = house.staff[4]!
    house.office.act(by, "staff/invite", { roles: ["moderator"] })
    house.office.act(by, "staff/staff-sana/change", { roles: ["counsellor", "supervisor"] })
    house.office.act(by, "staff/staff-bilal/deactivate", {})
    house.office.act(by, "staff/staff-bilal/activate", {})
    const page = await signedIn("amna")
    const rows = page.locator(".audit tbody tr")
    await expect.poll(() => rows.count()).toBe(3)
    expect(await rows.nth(0).innerText()).toMatch(/Activated somebody again\s+Amna\s+Bilal/)
    expect(await rows.nth(2).innerText()).toMatch(/Changed roles\s+Amna\s+Sana\s+Counsellor, Supervisor/)
    await page.getByRole("button", { name: "Older" }).click()
    await expect.poll(() => rows.count()).toBe(4)
    expect(await rows.nth(3).innerText()).toMatch(/Invited somebody\s+Amna\s+–\s+Moderator/)
    await page.getByRole("button", { name: "Older" }).click()
    await expect.poll(() => page.getByRole("button", { name: "Older" }).count()).toBe(0)
  })

  test("are told how somebody came in, and after how many tries", async () => {
    const deed = { at: new Date().toISOString(), staffId: "staff-sana", what: "signed-in", subjectId: null }
    house.office.audit.push({ ...deed, id: "2", reason: "totp, after 2 failed" }, { ...deed, id: "1", reason: "passkey" })
    const page = await signedIn("amna")
    const rows = page.locator(".audit tbody tr")
    await expect.poll(() => rows.nth(0).innerText()).toMatch(/Signed in\s+Sana\s+–\s+with a code, after 2 failed tries/)
    expect(await rows.nth(1).innerText()).toMatch(/with a passkey/)
  })

  test("who lose their session are shown the door", async () => {
    const page = await signedIn("amna")
    await page.getByRole("button", { name: "Open Sana" }).waitFor()
    // The stream would show it by itself, maybe before the click.
    house.signOutAll({ streams: false })
    await page.getByRole("link", { name: "Numbers" }).click()
    await page.getByLabel("Password").waitFor()
    expect(await page.content()).not.toContain("Sana")
  })
})

// Each view in both languages, on both sizes and in both colours; words and width don't meet in what axe looks at.
describe.each([
  ["English, on a wide page", "en", WIDE, "light"],
  ["Urdu, on a phone", "ur", NARROW, "dark"],
] as const)("in %s", (_, language, size, colours) => {
  test("axe finds nothing, and nothing is wider than the page", async () => {
    house.office.counted = busyDays(14)
    house.office.signsIn("sana", "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0")
    house.office.act(house.staff[4]!, "staff/invite", { roles: ["moderator"] })
    house.office.act(house.staff[4]!, "staff/staff-bilal/deactivate", {})
    const page = await signedIn("amna", size)
    if (language === "ur") await fromMenu(page, "اردو")
    const look = async (where: string) => {
      expect(await complaintsIn(colours, page), where).toEqual([])
      expect(await page.evaluate(() => [...document.querySelectorAll("html, .pane.middle")].every(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)), where).toBe(true)
    }
    await page.locator(".audit").waitFor()
    await look("staff")
    await page.locator(".people .link").nth(4).click()
    await page.locator(".sessions .choice").waitFor()
    await page.locator(".leaving button").first().click()
    await look("a person")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await page.locator(".staff-page .sheet-head button").click()
    await look("an invitation")
    await page.locator("dialog [type=submit]").click()
    await page.locator(".once-box").waitFor()
    await look("a link")
    await page.keyboard.press("Escape")
    await page.locator(".views a").nth(1).click()
    await page.locator(".chart svg").nth(1).waitFor()
    for (const table of await page.locator(".as-table summary").all()) await table.click()
    await page.locator(".period input").nth(3).check()
    await look("numbers")
  })
})
