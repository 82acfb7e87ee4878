import { describe, expect, test } from "vitest"
import { complaintsIn } from "../support/axe.ts"
import { chatOf, enter, fromMenu, house, NARROW, open, saidTo, say, signedIn, url, visitTheConsole, WIDE } from "../support/console-visit.ts"
import { inBreadth } from "../support/proof.ts"

const URDU = "کسی نے میری تصویریں بھیجنے کی دھمکی دی ہے"

visitTheConsole()

describe("the wire", () => {
  test("may break: what both say meanwhile is there afterwards, each once and in order", async () => {
    const page = await signedIn("sana")
    const id = await chatOf(page, "sana")
    await say(page, "before")
    await page.locator(".line.out", { hasText: "Sent" }).waitFor()
    house.cut()
    await page.getByText("No connection.").waitFor()
    await say(page, "while it was down")
    await say(page, "and once more")
    await page.locator(".line.saying", { hasText: "no connection yet" }).nth(1).waitFor()
    house.writes(id, "are you there?")
    house.wire = "whole"
    await expect.poll(() => page.locator(".line .words").allInnerTexts(), { timeout: 15_000 }).toEqual(["before", "are you there?", "while it was down", "and once more"])
    await expect.poll(() => page.locator(".saying").count()).toBe(0)
    await expect.poll(() => page.getByText("No connection.").count()).toBe(0)
    expect(saidTo(id)).toEqual(["before", "while it was down", "and once more"])
  })

  test("may swallow the answer: what was said is said again under the same key, and is one line", async () => {
    const page = await signedIn("sana")
    const id = await chatOf(page, "sana")
    house.wire = "swallows"
    await say(page, "hello")
    await expect.poll(() => house.asked.filter(({ path }) => path.endsWith("/messages")).length, { timeout: 10_000 }).toBeGreaterThan(1)
    house.wire = "whole"
    await expect.poll(() => page.locator(".saying").count(), { timeout: 10_000 }).toBe(0)
    expect(await page.locator(".line.out").count()).toBe(1)
    expect(saidTo(id)).toEqual(["hello"])
  })
})

describe("the session", () => {
  test("may end by itself: the door is shown, and nothing of a chat stays", async () => {
    const page = await signedIn("sana")
    const id = await chatOf(page, "sana")
    house.writes(id, "a planted sentence")
    await page.getByText("a planted sentence").waitFor()
    house.signOutAll()
    await page.getByLabel("Password").waitFor()
    expect(await page.content()).not.toMatch(/planted|amber heron/)
  })

  test("is gone from what the browser keeps for the way back", async () => {
    const page = await signedIn("sana")
    const id = await chatOf(page, "sana")
    house.writes(id, "a planted sentence")
    await page.getByText("a planted sentence").waitFor()
    await page.goto("about:blank")
    await page.goBack()
    await page.locator(".list.mine").waitFor()
    expect(await page.content()).not.toContain("planted")
  })
})

describe("the page", () => {
  test("works by keys alone, and no single key fires while somebody types", async () => {
    const id = house.arrives({ name: "amber heron", risk: 2 })
    house.gives(house.arrives({ name: "green harbour" }), "sana")
    const page = await signedIn("sana")
    const marked = () => page.evaluate(() => document.activeElement?.textContent ?? "")
    await page.getByText("green harbour").waitFor()
    await page.keyboard.press("j")
    expect(await marked()).toContain("green harbour")
    await page.keyboard.press("j")
    expect(await marked()).toBe("Claim")
    await page.keyboard.press("k")
    expect(await marked()).toContain("green harbour")
    expect(await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)).toBe("solid")
    await page.keyboard.press("c")
    await page.getByRole("heading", { name: "amber heron" }).waitFor()
    await page.keyboard.press("b")
    await page.keyboard.press("r")
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("reply")
    await page.keyboard.type("just right, can't stop?")
    await page.keyboard.press("Enter")
    await page.locator(".line.out", { hasText: "just right, can't stop?" }).waitFor()
    expect(await page.locator("dialog").count()).toBe(0)
    await page.keyboard.press("Escape")
    await page.keyboard.press("n")
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("note")
    await page.keyboard.type("calm now")
    await page.keyboard.press("Control+Enter")
    await page.locator(".note", { hasText: "calm now" }).waitFor()
    await page.keyboard.press("Escape")
    await page.keyboard.press("s")
    await page.getByRole("dialog", { name: "Call a supervisor" }).waitFor()
    await page.keyboard.press("Escape")
    await page.keyboard.press("?")
    await page.getByRole("dialog", { name: "Keys" }).waitFor()
    await page.keyboard.press("Escape")
    await page.keyboard.press("t")
    await page.getByRole("dialog", { name: "Hand this chat over" }).waitFor()
    await page.keyboard.press("Enter")
    await expect.poll(() => house.chats.get(id)!.head.offer?.to).toBeTruthy()
  })

  test("is in Urdu from right to left, and each bubble runs as its own words do", async () => {
    const id = house.arrives({ name: "amber heron", says: [URDU, "please help"] })
    house.gives(id, "sana")
    const page = await signedIn("sana")
    await page.getByRole("button", { name: /amber heron/ }).click()
    await page.keyboard.press("b")
    const directions = () => page.locator(".line.in .words").evaluateAll((lines) => lines.map((line) => getComputedStyle(line).direction))
    await expect.poll(directions).toEqual(["rtl", "ltr"])
    const sideOf = () =>
      page.evaluate(() => document.querySelector(".pane.lists")!.getBoundingClientRect().left < document.querySelector(".pane.beside")!.getBoundingClientRect().left)
    expect(await sideOf()).toBe(true)
    await fromMenu(page, "اردو")
    await page.getByRole("heading", { name: "میری گفتگوئیں" }).waitFor()
    expect(await page.evaluate(() => [document.documentElement.dir, document.documentElement.lang])).toEqual(["rtl", "ur"])
    expect(await sideOf()).toBe(false)
    expect(await directions()).toEqual(["rtl", "ltr"])
    await page.reload()
    await page.getByRole("heading", { name: "میری گفتگوئیں" }).waitFor()
  })

  test("shows one pane at a time on a phone, and is never wider than it", async () => {
    house.arrives({ name: "amber heron", risk: 2, says: ["hello"] })
    const page = await signedIn("sana", NARROW)
    const panes = async () => [await page.locator(".pane.lists").isVisible(), await page.locator(".chat").isVisible(), await page.locator(".side").isVisible()]
    await page.getByRole("button", { name: "Claim amber heron" }).click()
    await page.getByLabel("Reply to amber heron").waitFor()
    await expect.poll(panes).toEqual([false, true, false])
    await page.getByRole("button", { name: "Notes and record" }).click()
    await page.getByLabel("New note (team only)").waitFor()
    await expect.poll(panes).toEqual([false, false, true])
    await page.getByRole("button", { name: "Back" }).click()
    await page.getByRole("button", { name: "Back" }).click()
    await expect.poll(panes).toEqual([true, false, false])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  })

  test("asks nobody but the house, keeps nothing but a language, names nobody in its title, and breaks no rule of its own", async () => {
    const strangers: string[] = []
    const complaints: string[] = []
    const page = await open({}, "", (opened) => {
      opened.on("request", (request) => !request.url().startsWith(url) && strangers.push(request.url()))
      opened.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()))
    })
    await enter(page, "sana")
    await chatOf(page, "sana")
    await say(page, "hello")
    await page.locator(".line.out", { hasText: "Sent" }).waitFor()
    await fromMenu(page, "اردو")
    await expect.poll(() => page.title()).toBe("کنسول")
    expect(await page.evaluate(async () => [{ ...localStorage }, { ...sessionStorage }, await indexedDB.databases(), await caches.keys()])).toEqual([
      { "console.language": "ur" },
      {},
      [],
      [],
    ])
    expect([strangers, complaints]).toEqual([[], []])
  })

  describe("gives axe nothing to find", () => {
    test.each(
      inBreadth(
        [
          ["in English, on a wide page", "en", WIDE, "light"],
          ["in Urdu, on a phone", "ur", NARROW, "dark"],
        ],
        [
          ["in English, on a phone", "en", NARROW, "light"],
          ["in Urdu, on a wide page", "ur", WIDE, "dark"],
        ],
      ),
    )(
      "%s",
      async (_, language, size, colours) => {
        const id = house.arrives({ name: "amber heron", risk: 2, language: "ur", says: [URDU, "please help"], asked: [{ question: "Is this a good moment?", answer: "Yes" }] })
        house.gives(id, "noor")
        for (const [i, fate] of (["queued", "sent", "delivered", "failed", "unknown"] as const).entries()) house.said(id, "Noor", `line ${i}`, fate)
        house.as("noor", "notes", id, { text: "a note" })
        house.arrives({ name: "silver lantern", risk: 1 })
        house.arrives({ name: "quiet maple", risk: 0 })
        Object.assign(house.staff[1]!, { debrief: true, coolUntil: new Date(Date.now() + 600_000).toISOString() })
        house.as("bilal", "claim", house.arrives({ name: "green harbour" }))
        house.as("bilal", "transfer", "chat-4", { to: "staff-noor" })
        const page = await open(size)
        if (language === "ur") await page.locator(".language").click()
        expect(await complaintsIn(colours, page), "the door").toEqual([])
        await enter(page, "noor")
        await page.locator(".offered .row").waitFor()
        expect(await complaintsIn(colours, page), "the lists").toEqual([])
        await page.locator(".mine .row-button").click()
        await page.locator(".line.out").last().waitFor()
        expect(await complaintsIn(colours, page), "a blurred chat").toEqual([])
        await page.locator(".chat-header [aria-pressed]").click()
        expect(await complaintsIn(colours, page), "a chat").toEqual([])
        if (size === NARROW) await page.locator(".note-tint").click()
        for (const tab of ["notes", "asked", "record"]) {
          await page.locator(`#side-tab-${tab}`).click()
          expect(await complaintsIn(colours, page), tab).toEqual([])
        }
        if (size === NARROW) await page.locator(".side-back").click()
        await page.locator(".composer-head .link").click()
        await page.locator(".canned button").first().waitFor()
        expect(await complaintsIn(colours, page), "prepared replies").toEqual([])
        await page.keyboard.press("Escape")
        house.leaves(id)
        await page.locator(".foot.gone").waitFor()
        expect(await complaintsIn(colours, page), "left").toEqual([])
        if (size === NARROW) await page.locator(".chat-header .turns").click()
        await page.locator(".views a").nth(1).click()
        expect(await complaintsIn(colours, page), "the board").toEqual([])
        await page.locator(".views a").nth(2).click()
        expect(await complaintsIn(colours, page), "colleagues").toEqual([])
        house.blocks.push({ id: "block-1", name: "quiet maple", reason: "abuse", until: new Date(Date.now() + 86_400_000).toISOString(), by: "Noor" })
        await page.locator(".views a").nth(4).click()
        await page.locator(".blocks-page li").first().waitFor()
        expect(await complaintsIn(colours, page), "blocks").toEqual([])
        await page.locator(".blocks-page .button").click()
        expect(await complaintsIn(colours, page), "a block that may be lifted").toEqual([])
        await page.locator(".top .menu > button").click()
        expect(await complaintsIn(colours, page), "the menu").toEqual([])
        await page.keyboard.press("Escape")
        for (const [i, sheet] of ["closing", "account"].entries()) {
          await fromMenu(page, i)
          await page.getByRole("dialog").waitFor()
          expect(await complaintsIn(colours, page), sheet).toEqual([])
          await page.keyboard.press("Escape")
        }
      },
      90_000,
    )
  })
})
