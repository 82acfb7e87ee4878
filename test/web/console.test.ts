import { describe, expect, test } from "vitest"
import { CODE, INVITATION } from "../support/console-stand-in.ts"
import { chatOf, enter, fromMenu, house, open, saidTo, say, signedIn, visitTheConsole } from "../support/console-visit.ts"

visitTheConsole()

describe("the door", () => {
  test("asks for name and password, then for six digits, and says when they were wrong", async () => {
    const page = await open()
    await page.getByLabel("Name").fill("sana")
    await page.getByLabel("Password").fill("not it")
    await page.keyboard.press("Enter")
    await page.getByText("That was not right.").waitFor()
    await page.getByLabel("Password").fill("four unrelated words")
    await page.keyboard.press("Enter")
    await page.getByLabel("Code", { exact: true }).fill("000000")
    await page.keyboard.press("Enter")
    await page.getByText("That code was not right").waitFor()
    await page.getByLabel("Code", { exact: true }).fill(CODE)
    await page.keyboard.press("Enter")
    await page.getByRole("heading", { name: "My chats" }).waitFor()
  })

  test("makes an account from a link: alias and password, a code drawn here, recovery codes once; the link leaves the address", async () => {
    const page = await open({}, `#invite=${INVITATION}`)
    await page.getByLabel("Alias").fill("Hina")
    expect(page.url()).not.toContain(INVITATION)
    await page.getByLabel("Name").fill("hina")
    await page.getByLabel("Password").fill("five quite unrelated words")
    await page.keyboard.press("Enter")
    await page.getByRole("img", { name: "QR code" }).waitFor()
    await page.getByText("JBSW Y3DP EHPK 3PXP").waitFor()
    await page.getByLabel("Code", { exact: true }).fill(CODE)
    await page.keyboard.press("Enter")
    await page.getByText("k3p7-wq2m").waitFor()
    expect(await page.getByRole("button", { name: "Begin" }).isDisabled()).toBe(true)
    await page.getByLabel("I have written them down").check()
    await page.getByRole("button", { name: "Begin" }).click()
    await page.getByText("Hina", { exact: true }).waitFor()
    expect(await page.getByText("k3p7-wq2m").count()).toBe(0)
  })

  test("opens no second time with the same link", async () => {
    const page = await open({}, "#/link/an-old-one")
    await page.getByText("This invitation doesn't work any more.").waitFor()
  })

  test("puts what had still to go out back into its box when the session ends", async () => {
    const page = await signedIn("sana")
    const id = await chatOf(page, "sana")
    house.signOutAll({ streams: false })
    await say(page, "I am still here")
    await page.getByLabel("Password").waitFor()
    await enter(page, "sana")
    await page.getByRole("button", { name: /amber heron/ }).click()
    await expect.poll(() => page.getByLabel("Reply to amber heron").inputValue()).toBe("I am still here")
    expect(saidTo(id)).toEqual([])
  })
})

describe("the lists", () => {
  test("show who waits by made-up name, risk, channel, language and time, the most urgent first, and no word of theirs", async () => {
    house.arrives({ name: "silver lantern", risk: 0, language: "ur", channel: "sms", minutes: 75, says: ["a planted sentence"] })
    house.arrives({ name: "amber heron", risk: 2, minutes: 4, says: ["a planted sentence"] })
    const page = await signedIn("sana")
    const rows = page.locator(".queue .row")
    await expect.poll(() => rows.count()).toBe(2)
    expect(await rows.nth(0).innerText()).toMatch(/amber heron[\s\S]*Urgent[\s\S]*Telegram[\s\S]*English[\s\S]*waiting 4 min/)
    expect(await rows.nth(1).innerText()).toMatch(/silver lantern[\s\S]*Nothing heard[\s\S]*SMS[\s\S]*Urdu[\s\S]*waiting 1 h 15 min/)
    expect(await rows.locator(".risk svg").count()).toBe(2)
    await rows.nth(0).hover()
    expect(await page.content()).not.toContain("planted")
    await expect.poll(() => page.title()).toBe("Console (2)")
  })

  test("give a chat to one of two who claim it, and tell the other", async () => {
    const id = house.arrives({ name: "amber heron" })
    const page = await signedIn("sana")
    const claim = page.getByRole("button", { name: "Claim amber heron" })
    await claim.waitFor()
    house.chats.get(id)!.head.status = "live"
    await claim.click()
    await page.getByRole("alert").getByText("Someone else has it already.").waitFor()
    await expect.poll(() => claim.count()).toBe(0)
  })

  test("show new words as a count, until the chat is opened", async () => {
    const id = house.arrives({ name: "amber heron", says: ["one", "two"] })
    house.gives(id, "sana")
    const page = await signedIn("sana")
    await page.getByText("2 new").click()
    await expect.poll(() => page.getByText("2 new").count()).toBe(0)
    await expect.poll(() => page.title()).toBe("Console")
  })

  test("tell that someone waits in these words only, once it was asked for by a click", async () => {
    const page = await open({}, "", (opened) =>
      opened.addInitScript(() => {
        const told: string[] = []
        const Fake = Object.assign(
          function (...args: unknown[]) {
            told.push(JSON.stringify(args))
          },
          { permission: "granted", requestPermission: () => Promise.resolve("granted") },
        )
        Object.assign(globalThis, { told, Notification: Fake })
      }),
    )
    await enter(page, "sana")
    await page.getByRole("button", { name: "Tell me when someone waits" }).waitFor()
    await page.evaluate(() => Object.defineProperty(document, "hidden", { value: true }))
    house.arrives({ name: "silver lantern" })
    await page.getByText("silver lantern").waitFor()
    expect(await page.evaluate("told")).toEqual([])
    await page.getByRole("button", { name: "Tell me when someone waits" }).click()
    house.arrives({ name: "amber heron", says: ["a planted sentence"] })
    await expect.poll(() => page.evaluate("told")).toEqual(['["Someone is waiting",{"tag":"waiting"}]'])
  })

  test("take a second click on Claim for the first", async () => {
    const id = house.arrives({ name: "amber heron" })
    const page = await signedIn("sana")
    await page.getByRole("button", { name: "Claim amber heron" }).evaluate((button: HTMLElement) => {
      button.click()
      button.click()
    })
    await page.getByLabel("Reply to amber heron").waitFor()
    await expect.poll(() => house.asked.filter(({ path }) => path === `chats/${id}/claim`).length).toBe(2)
    expect(await page.getByRole("alert").count()).toBe(0)
  })

  test("say how many wait beyond those that are listed", async () => {
    house.arrives({ name: "silver lantern" })
    house.unlisted = 12
    const page = await signedIn("sana")
    await page.getByText("12 more are waiting after these.").waitFor()
    expect(await page.locator(".queue h2").innerText()).toMatch(/^Waiting\s13$/)
    await expect.poll(() => page.title()).toBe("Console (13)")
  })

  test("ask for a pause after hard chats, and for talking it over", async () => {
    Object.assign(house.staff[0]!, { coolUntil: new Date(Date.now() + 600_000).toISOString(), debrief: true })
    house.arrives({ name: "amber heron" })
    const page = await signedIn("sana")
    await page.getByText("No new chat before").waitFor()
    await page.getByRole("button", { name: "Claim amber heron" }).click({ force: true })
    await page.getByText("Not yet: you are cooling down").waitFor()
    await page.getByRole("button", { name: "I have talked it over" }).click()
    await expect.poll(() => page.getByText("Your last chat was a hard one.").count()).toBe(0)
    await page.getByLabel("I am").selectOption("break")
    await expect.poll(() => house.staff[0]!.presence).toBe("break")
  })
})

describe("a supervisor", () => {
  test("sees every open chat, takes one over, and unmasks it once, with a reason", async () => {
    const id = house.arrives({ name: "amber heron", risk: 2 })
    house.gives(id, "bilal")
    const page = await signedIn("noor")
    await page.getByRole("link", { name: "Board" }).click()
    await expect.poll(() => page.getByRole("row", { name: /amber heron/ }).innerText()).toContain("Bilal")
    await page.getByRole("button", { name: "Open amber heron" }).click()
    await page.getByText("This chat is with Bilal.").waitFor()
    await page.getByRole("button", { name: "Take over" }).click()
    await page.getByLabel("Reply to amber heron").waitFor()
    await page.getByRole("button", { name: "More" }).click()
    await page.getByRole("button", { name: "Unmask" }).click()
    await page.getByLabel("Why is it needed?").fill("danger to life")
    await page.getByRole("button", { name: "Show it once" }).click()
    await page.getByText("+92 300 0000000").waitFor()
    await page.keyboard.press("Escape")
    expect(await page.content()).not.toContain("0000000")
  })

  test("keeps somebody out though the chat has ended, and lets them in again", async () => {
    const id = house.arrives({ name: "amber heron" })
    house.gives(id, "noor")
    const page = await signedIn("noor")
    await page.getByRole("button", { name: /amber heron/ }).click()
    house.leaves(id)
    await page.getByText("Nothing can be written.").waitFor()
    await page.getByRole("button", { name: "More" }).click()
    await page.getByRole("button", { name: "Block" }).click()
    await page.getByText("This chat has ended, so nothing is sent to them.").waitFor()
    await page.getByLabel("Sexual messages").check()
    await page.getByLabel("7 days").check()
    await page.getByRole("dialog").getByRole("button", { name: "Block" }).click()
    await expect.poll(() => house.asked.filter(({ path }) => path.endsWith("/block")).map(({ body }) => body)).toEqual([{ reason: "sexual", hours: 168 }])
    await page.getByRole("link", { name: "Blocks" }).click()
    await page
      .getByRole("listitem")
      .filter({ hasText: /amber heronSexual messages/ })
      .waitFor()
    await page.getByRole("button", { name: "Lift the block of amber heron" }).click()
    await page.getByRole("button", { name: "Cancel" }).click()
    expect(house.blocks).toHaveLength(1)
    await page.getByRole("button", { name: "Lift the block of amber heron" }).click()
    await page.getByRole("button", { name: "Yes, lift it" }).click()
    await page.getByText("Nobody is blocked.").waitFor()
    expect(house.blocks).toEqual([])
  })

  test("closes the line with one click on a time, and opens it again; everyone sees it", async () => {
    const [page, other] = [await signedIn("noor"), await signedIn("sana")]
    await fromMenu(page, "Close the line")
    await page.getByRole("button", { name: "2 hours" }).click()
    await page.getByText("The line is closed until").waitFor()
    await other.getByText("Closed by Noor.").waitFor()
    expect(await other.getByRole("button", { name: "Open again" }).count()).toBe(0)
    await page.getByRole("button", { name: "Open again" }).click()
    await expect.poll(() => other.getByText("The line is closed until").count()).toBe(0)
  })
})
