import type { Page } from "playwright-core"
import { describe, expect, test } from "vitest"
import { complaintsIn } from "../support/axe.ts"
import { CODED, openAtReports, openFirst } from "../support/at-reports.ts"
import { fromMenu, NARROW, WIDE } from "../support/console-visit.ts"
import { PASSPHRASE, unlock } from "../support/officer.ts"

const at = await openAtReports()
const [ismat, zoya] = [await at.staff("Ismat"), await at.staff("Zoya")]

const HELP_ONLY = { keep: false, count: false, share: false, publish: false, wording: "report-1" }
const rows = (page: Page) => page.locator(".inbox tbody tr")

describe("the inbox", () => {
  test("shows what there is without a word of it, by state and page by page, by keys alone", async () => {
    const key = await at.gives(ismat)
    await at.filesMany(47)
    await at.adds(await at.files({}, { month: "2026-09" }), ["more of it"])
    await at.tells({ type: "withdrawal", ref: await at.files({}, { month: "2026-08" }) })
    await at.desk.code(ismat.id, await at.files({}, { month: "2026-07" }), CODED)
    await at.files({}, { consents: HELP_ONLY, month: "2025-11" })
    const page = await at.unlockedOfficer(ismat, key)
    await page.getByText("51 reports · 49 wait").waitFor()
    expect(await rows(page).count()).toBe(50)
    expect(await rows(page).nth(47).innerText()).toMatch(/September 2026\s+New[^]*1 addition/)
    expect(await rows(page).nth(48).innerText()).toMatch(/August 2026\s+Taken back/)
    expect(await rows(page).nth(48).getByRole("button").count()).toBe(0)
    await page.getByRole("button", { name: "More" }).click()
    await expect.poll(() => rows(page).count()).toBe(51)
    expect(await rows(page).nth(50).innerText()).toMatch(/New\s+help only\s+November 2026 last month/)
    expect(await page.content()).not.toMatch(/Kamran|Lahore|more of it|Former/)
    await page.getByLabel("Coded").check()
    await expect.poll(() => rows(page).count()).toBe(1)
    await page.getByLabel("Expired").check()
    await page.getByText("None of these.").waitFor()
    await page.getByLabel("All", { exact: true }).check()
    await expect.poll(() => rows(page).count()).toBe(50)
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await page.locator(".answers").waitFor()
    await page.keyboard.press("Escape")
    await expect.poll(() => rows(page).count()).toBe(50)
    await page.keyboard.press("?")
    await page.getByRole("dialog", { name: "Keys" }).getByText("lock the reports").waitFor()
    await page.keyboard.press("Escape")
    await page.keyboard.press("l")
    await page.locator(".unlock").waitFor()
  })
})

describe("a report", () => {
  test("is read in the officer's language, its words when they are asked for", async () => {
    const key = await at.gives(ismat)
    await at.adds(await at.files(), ["He wrote to my cousin too."])
    const page = await at.unlockedOfficer(ismat, key)
    await openFirst(page)
    const answers = await page.locator(".answers").innerText()
    for (const one of ["Blackmail with intimate pictures", "Instagram, WhatsApp", "September 2026", "Punjab, Pakistan", "18 to 30"]) expect(answers).toContain(one)
    expect(await page.content()).not.toMatch(/Kamran|cousin/)
    await page.locator(".own-words .veiled").first().click()
    await page.getByText("my brother Kamran").waitFor()
    expect(await page.content()).not.toContain("cousin")
    await page.getByRole("button", { name: "Show all words" }).click()
    await page.getByText("He wrote to my cousin too.").waitFor()
    await page.getByRole("button", { name: "Cover them again" }).click()
    expect(await page.content()).not.toMatch(/Kamran|cousin/)
    await fromMenu(page, "اردو")
    await page.getByText("نجی تصویروں پر بلیک میل", { exact: false }).first().waitFor()
    expect(await page.locator(".answers").innerText()).toMatch(/پنجاب، پاکستان/)
  })

  test("that was agreed to nothing offers nothing, and says why", async () => {
    const key = await at.gives(ismat)
    await at.files({}, { consents: HELP_ONLY })
    const page = await at.unlockedOfficer(ismat, key)
    await openFirst(page)
    for (const why of ["didn't agree to be counted", "asked for no way back, so nothing can be written", "didn't agree to a story", "didn't agree to share it"])
      await page.getByText(why).waitFor()
    for (const act of ["Keep the coding", "Leave it for them", "Write a story", "Seal it to somebody else"])
      expect(await page.getByRole("button", { name: act }).count(), act).toBe(0)
    expect(await page.locator(".consent-list .no").count()).toBe(4)
    await at.files({}, { month: "2026-10" })
    await page.keyboard.press("Escape")
    await expect.poll(() => rows(page).count()).toBe(2)
    await page.locator(".inbox tbody .link").nth(1).click()
    await page.getByText("no story could be shown to them first").waitFor()
  })

  test("sealed to others only, broken, or gone says so", async () => {
    await at.gives(zoya)
    const closed = await at.files()
    const key = await at.gives(ismat)
    const broken = await at.files({ about: undefined as never, acts: undefined as never }, { month: "2026-10" })
    const gone = await at.files({}, { month: "2026-09" })
    const page = await at.unlockedOfficer(ismat, key)
    await page.getByText("not sealed to you").waitFor()
    await page.locator(".inbox tbody .link").nth(0).click()
    await page.getByText("This report isn't sealed to your key.").waitFor()
    await page.keyboard.press("Escape")
    await page.locator(".inbox tbody .link").nth(1).click()
    await page.getByText("This report can't be read.").waitFor()
    await page.keyboard.press("Escape")
    // Taken back after the list was looked at.
    await at.tells({ type: "withdrawal", ref: gone })
    await page.locator(".inbox tbody .link").nth(2).click()
    await page.getByText("Nothing of this report is left.").waitFor()
    expect([closed, broken].every((id) => at.asked(`reports/${id}`).length === 1)).toBe(true)
  })

  test("is coded from what they chose, corrected, and what others call it is shown on demand", async () => {
    const key = await at.gives(ismat)
    const id = await at.files()
    const page = await at.unlockedOfficer(ismat, key)
    await openFirst(page)
    const axis = page.locator(".axis", { hasText: "What happened" })
    await axis.locator("summary").click()
    expect(await page.getByText("UNFPA: sextortion").count()).toBe(0)
    await page.getByLabel("Show what other collections call it").check()
    await page.getByText("UNFPA: sextortion").waitFor()
    await axis.getByLabel("Unwanted messages or calls").uncheck()
    await axis.getByLabel("Threats of violence").check()
    await page.getByText("They chose: Blackmail with intimate pictures, Unwanted messages or calls").waitFor()
    await page.locator(".axis", { hasText: "Place" }).locator("summary").click()
    await page.getByLabel("Province").selectOption({ label: "Sindh" })
    await page.getByRole("button", { name: "Keep the coding" }).click()
    await page.getByText("Kept.").waitFor()
    expect((await at.shelved(ismat, id)).coding).toMatchObject({
      acts: ["images-threatened", "threats"],
      platforms: ["instagram", "whatsapp"],
      country: "PK",
      province: "sindh",
      district: "not-said",
    })
    await page.keyboard.press("Escape")
    await expect.poll(() => rows(page).first().innerText()).toContain("Coded")
  })

  test("is answered, kept longer and erased, each with what it needs", async () => {
    const key = await at.gives(ismat)
    const id = await at.files({}, { wayBack: true })
    const page = await at.unlockedOfficer(ismat, key)
    await openFirst(page)
    await page.getByLabel("Your message").fill("We read it. Thank you.")
    await page.getByRole("button", { name: "Leave it for them" }).click()
    await page.getByText("Ismat · not read yet").waitFor()
    await page.getByRole("button", { name: "Keep it longer" }).click()
    await page.getByLabel("A case is under way that it is needed for").check()
    await page.getByRole("button", { name: "Keep it twelve months more" }).click()
    await page.getByText("Until the end of November 2027.").waitFor()
    await page.getByRole("button", { name: "Erase it" }).click()
    await page.getByLabel("It was given twice").check()
    await page.getByRole("button", { name: "Erase it now" }).click()
    await page.getByText("Expired").nth(1).waitFor()
    expect((await at.noted("report-answered", "report-extended", "report-erased")).map(({ what, report, reason }) => [what, report, reason])).toEqual([
      ["report-answered", id, null],
      ["report-extended", id, "under-way"],
      ["report-erased", id, "twice"],
    ])
  })
})

describe("a story", () => {
  test("is written with warnings, reviewed by another officer beside their words, and published once they agreed", async () => {
    const key = await at.gives(ismat)
    const hers = await at.gives(zoya)
    // From the fourth month on it may be published.
    const id = await at.files({}, { wayBack: true, month: "2026-07" })
    const page = await at.unlockedOfficer(ismat, key)
    await openFirst(page)
    await page.getByRole("button", { name: "Write a story" }).click()
    const box = page.getByLabel("The story", { exact: true })
    await box.fill("Kamran is 23 and lives in Lahore, see @kam")
    for (const one of ["Figures: 23", "A name from their words: Kamran", "A place smaller than a province: Lahore", "Something like an account: @kam"])
      await page.getByText(one).waitFor()
    await box.fill("Somebody was threatened with pictures.")
    await page.getByText("Nothing stands out to this page.").waitFor()
    // What was begun isn't lost when the key is locked.
    await page.getByRole("button", { name: "Lock now" }).click()
    await unlock(page)
    await openFirst(page)
    expect(await box.inputValue()).toBe("Somebody was threatened with pictures.")
    await page.getByRole("button", { name: "Give it to a second officer" }).click()
    await page.getByText("You wrote this, so another officer reads it").waitFor()
    const { story: drafted } = await at.shelved(ismat, id)
    expect(drafted).toMatchObject({ status: "drafted", province: "punjab", when: "2026", language: "en" })

    const second = await at.unlockedOfficer(zoya, hers)
    await second.getByText("story: needs a second officer").waitFor()
    await openFirst(second)
    const agree = second.getByRole("button", { name: "Nobody can be found in it" })
    expect(await agree.isDisabled()).toBe(true)
    await second.locator(".review").getByRole("button", { name: "Show all words" }).click()
    await second.locator(".beside-each-other").getByText("my brother Kamran").waitFor()
    await agree.click()
    await second.getByText("They see it when they come with their code.").waitFor()
    const story = drafted?.id ?? ""
    for (const [told, said] of [
      [{ type: "seen", ref: id, story }, "They have seen it"],
      [{ type: "story", ref: id, story, agrees: false }, "They said no."],
      [{ type: "story", ref: id, story, agrees: true }, "They agreed."],
    ] as const) {
      await at.tells(told)
      await second.keyboard.press("Escape")
      await openFirst(second)
      await second.getByText(said).waitFor()
    }
    await second.getByRole("button", { name: "Publish it" }).click()
    await second.getByRole("button", { name: "Yes, publish" }).click()
    await second.getByText("Published.").waitFor()
    // Nothing leads from it to the report any more, nor back.
    expect((await at.shelved(zoya, id)).story).toBeUndefined()
    for (const write of ["Write it anew", "Write a story"]) expect(await second.getByRole("button", { name: write }).count(), write).toBe(0)
    expect(await (await fetch(`${at.house.url}/stories`)).text()).toContain("Somebody was threatened with pictures.")
  })
})

describe.each([
  ["English, on a wide page", "en", WIDE, "light"],
  ["Urdu, on a phone", "ur", NARROW, "dark"],
] as const)("in %s", (_, language, size, colours) => {
  test("axe finds nothing, and nothing is wider than the page", async () => {
    const begun = await at.signedIn(ismat, size)
    const inLanguage = async (page: Page) => {
      if (language === "ur") await fromMenu(page, "اردو")
    }
    const looking = (page: Page) => async (where: string) => {
      expect(await complaintsIn(colours, page), where).toEqual([])
      expect(await page.evaluate(() => [...document.querySelectorAll("html, .pane.middle")].every(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)), where).toBe(true)
    }
    let look = looking(begun)
    await inLanguage(begun)
    await look("no key")
    await begun.locator(".callout input").check()
    for (const box of await begun.locator(".passphrase input").all()) await box.fill(PASSPHRASE)
    await begun.locator(".key-begin [type=submit]").click()
    await begun.locator(".paper-sheet").waitFor()
    await look("the paper")
    await begun.context().close()

    await at.gives(zoya)
    await at.files()
    const key = await at.gives(ismat)
    const id = await at.files({}, { wayBack: true, month: "2026-10" })
    await at.adds(id, ["میرے دفتر کے باہر"])
    await at.desk.story(zoya.id, id, { text: "A story of 3.", language: "en", province: "punjab", when: "2026" })
    await at.files({}, { consents: HELP_ONLY, month: "2025-11" })
    await at.tells({ type: "withdrawal", ref: await at.files({}, { month: "2026-08" }) })
    const page = await at.officerAt(ismat, key, size)
    look = looking(page)
    await inLanguage(page)
    await look("locked")
    await unlock(page)
    await rows(page).first().waitFor()
    await look("the inbox")
    await page.locator(".inbox input[type=checkbox]").first().check()
    await page.locator(".chosen-bar button").click()
    await look("an export")
    await page.keyboard.press("Escape")
    await page.locator(".inbox tbody .link").nth(1).click()
    await page.locator(".answers").waitFor()
    await look("a report, covered")
    await page.locator(".own-words .link").click()
    await page.locator(".coding > .tick input").check()
    for (const axis of await page.locator(".axis > summary").all()) await axis.click()
    await page.locator(".review > .button").click()
    await page.locator(".story > .link").click()
    await look("a report, all open")
    await page.locator(".keeping .grave-line").click()
    await look("an erasing")
    await page.keyboard.press("Escape")
    await page.locator(".report-head .link").click()
    await page.locator(".inbox tbody .link").nth(2).click()
    await page.locator(".answers").waitFor()
    await look("nothing agreed")
    await page.locator(".report-tabs button").nth(1).click()
    await page.locator(".officer-keys").waitFor()
    await look("the keys")
  })
})
