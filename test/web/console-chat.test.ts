import { describe, expect, test } from "vitest"
import { chatOf, fromMenu, house, saidTo, say, signedIn, visitTheConsole } from "../support/console-visit.ts"

visitTheConsole()

describe("a chat", () => {
  test("sends on Enter, breaks on Shift+Enter, and shows the words as queued before the house has them", async () => {
    house.fate = "delivered"
    const page = await signedIn("sana")
    const id = await chatOf(page, "sana")
    let let_go = () => {}
    const held = new Promise<void>((resolve) => (let_go = resolve))
    await page.route("**/messages", async (route) => {
      await held
      await route.continue()
    })
    await page.getByLabel("Reply to amber heron").fill("first")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("second")
    await page.keyboard.press("Enter")
    await page.locator(".line.saying", { hasText: "Queued" }).waitFor()
    let_go()
    await page.locator(".line.out", { hasText: "Delivered" }).waitFor()
    expect(await page.locator(".line.out").count()).toBe(1)
    expect(saidTo(id)).toEqual(["first\nsecond"])
  })

  test("keeps a note from the box beside it, and never sends it; Ctrl+Enter in the reply sends nothing either", async () => {
    const page = await signedIn("sana")
    const id = await chatOf(page, "sana")
    const note = page.getByLabel("New note (team only)")
    await note.fill("sounded afraid")
    await note.press("Enter")
    await page.keyboard.type("call back")
    await note.press("Control+Enter")
    await page.locator(".note", { hasText: "sounded afraid" }).waitFor()
    await expect.poll(() => note.inputValue()).toBe("")
    await page.getByLabel("Reply to amber heron").fill("meant as a note")
    await page.keyboard.press("Control+Enter")
    await page.getByText("Ctrl+Enter does nothing here").waitFor()
    expect(house.chats.get(id)!.notes.map(({ text }) => text)).toEqual(["sounded afraid\ncall back"])
    expect(saidTo(id)).toEqual([])
    expect(house.asked.filter(({ path }) => path.endsWith("/messages"))).toEqual([])
  })

  test("tells what became of each line, and sends again what failed", async () => {
    const page = await signedIn("sana")
    const id = await chatOf(page, "sana")
    house.fate = "queued"
    await say(page, "hello")
    const fate = page.locator(".line.out .fate").last()
    for (const [delivery, words] of [
      ["queued", "Queued"],
      ["held", "Held until they write"],
      ["sent", "Sent"],
      ["delivered", "Delivered"],
      ["unknown", "Not known whether it arrived"],
      ["failed", "Not delivered"],
    ] as const) {
      house.becomes(id, delivery, delivery === "failed" ? "30003" : null)
      await expect.poll(() => fate.innerText()).toContain(words)
    }
    house.fate = "sent"
    await page.getByRole("button", { name: "Send again" }).click()
    await expect.poll(() => fate.innerText()).toBe("Sent")
    expect(saidTo(id)).toEqual(["hello"])
  })

  test("says while nobody may write first that words are held", async () => {
    const page = await signedIn("sana")
    const id = await chatOf(page, "sana")
    const held = page.getByText("What you send is held until then.")
    expect(await held.count()).toBe(0)
    house.rests(id)
    await held.waitFor()
  })

  test("by SMS, counts the parts of a long reply and doesn't let go of one that is too long", async () => {
    const page = await signedIn("sana")
    const id = await chatOf(page, "sana", { channel: "sms" })
    const reply = page.getByLabel("Reply to amber heron")
    await reply.fill("ہیلو ".repeat(130))
    await page.getByText("10 of 10 SMS parts").waitFor()
    await reply.fill("ہیلو ".repeat(140))
    await page.getByText("Too long for one text message.").waitFor()
    expect(await page.locator(".composer .send").isDisabled()).toBe(true)
    await reply.press("Enter")
    expect(await reply.inputValue()).not.toBe("")
    expect(saidTo(id)).toEqual([])
  })

  test("is handed over to a colleague, who accepts it", async () => {
    const page = await signedIn("sana")
    const id = await chatOf(page, "sana")
    await page.getByRole("button", { name: "Hand over" }).click()
    await page.getByRole("dialog").getByRole("button", { name: /Bilal/ }).click()
    await page.getByText("Offered to Bilal.").waitFor()
    const other = await signedIn("bilal")
    await other.getByRole("button", { name: "Accept amber heron" }).click()
    await other.getByLabel("Reply to amber heron").waitFor()
    expect(house.chats.get(id)!.head.owner).toBe("staff-bilal")
    await expect.poll(() => page.getByLabel("Reply to amber heron").count()).toBe(0)
  })

  test("goes to whichever supervisor is there by one key, and back to the queue at once", async () => {
    const page = await signedIn("sana")
    const id = await chatOf(page, "sana")
    house.staff[1]!.presence = "away"
    await page.keyboard.press("s")
    await page.getByRole("dialog").getByRole("button", { name: "A supervisor" }).click()
    await page.getByRole("dialog").getByRole("alert").getByText("They can't take it now. The chat is still yours.").waitFor()
    await page.getByText("No supervisor can take it now.").waitFor()
    expect(house.chats.get(id)!.head.offer).toBe(null)
    house.staff[1]!.presence = "available"
    house.tellDesk()
    await page.getByRole("dialog").getByRole("button", { name: "A supervisor" }).click()
    await page.getByText("Offered to Noor.").waitFor()
    await page.keyboard.press("t")
    await page.getByRole("button", { name: "Back to the queue" }).click()
    await page.getByRole("button", { name: "Claim amber heron" }).waitFor()
    expect(house.asked.filter(({ path, method }) => method === "POST" && path.startsWith("chats/")).map(({ path, body }) => [path.split("/").at(-1), body])).toEqual([
      ["transfer", { to: "supervisor" }],
      ["transfer", { to: "supervisor" }],
      ["release", {}],
    ])
  })

  test("says in the page's own language what the house notes, and unmistakably that she has left", async () => {
    const page = await signedIn("sana")
    const id = await chatOf(page, "sana")
    const events = page.locator(".line.system p")
    for (const code of ["urgent", "media", "moved", "back", "reopened", "silent", "blocked"] as const) house.notes(id, code)
    house.leaves(id)
    await expect.poll(() => events.last().innerText()).toBe("This person has left. Do not write.")
    const english = await events.allInnerTexts()
    expect(english[0]).toBe("They opened the page for urgent moments and may have put the phone away. Wait until they write.")
    expect(new Set(english).size).toBe(8)
    expect(await page.locator(".system-left").evaluate((line) => getComputedStyle(line).borderTopStyle)).toBe("solid")
    await fromMenu(page, "اردو")
    await expect.poll(() => events.last().innerText()).toBe("انہوں نے گفتگو چھوڑ دی ہے۔ اب کچھ نہ لکھیں۔")
    expect((await events.allInnerTexts()).filter((line) => /[a-z]/i.test(line))).toEqual([])
  })

  test("tells that a reply will begin with a neutral line, when its first words mustn't be seen on a locked screen", async () => {
    const page = await signedIn("sana")
    const id = await chatOf(page, "sana")
    const reply = page.getByLabel("Reply to amber heron")
    const told = page.getByText("This will start with a neutral line because of its first words.")
    await reply.fill("I understand, and I am here. Take all of the time that you need now. Then the police")
    await expect.poll(() => house.asked.some(({ path }) => path === "preview-words")).toBe(true)
    expect(await told.count()).toBe(0)
    await reply.fill("Is it the policeman?")
    expect(await told.count()).toBe(0)
    for (const text of ["The POLICE can come", "He threatened you", "in a safe house"]) {
      await reply.fill(text)
      await told.waitFor()
      await reply.fill("")
      await expect.poll(() => told.count()).toBe(0)
    }
    await reply.fill("the police")
    await page.keyboard.press("Enter")
    await expect.poll(() => saidTo(id)).toEqual(["the police"])
    expect(await told.count()).toBe(0)
  })

  test("keeps what may be hard to read blurred when the rest is shown, until it is asked for", async () => {
    const id = house.arrives({ name: "amber heron", risk: 2, says: ["a planted horror"] })
    house.gives(id, "sana")
    house.said(id, "Sana", "I am here", "sent")
    house.writes(id, "thank you")
    const page = await signedIn("sana")
    await page.getByRole("button", { name: /amber heron/ }).click()
    await page.locator(".line .veiled").first().waitFor()
    await page.keyboard.press("b")
    await page.getByText("thank you").waitFor()
    expect(await page.content()).not.toContain("planted")
    await page.getByText("Some of this may be hard to read.").waitFor()
    await page.keyboard.press("h")
    await page.getByText("a planted horror").waitFor()
    await page.keyboard.press("b")
    await page.keyboard.press("b")
    await page.getByText("thank you").waitFor()
    expect(await page.content()).not.toContain("planted")
    await page.getByRole("button", { name: "Show it" }).click()
    await page.getByText("a planted horror").waitFor()
  })

  test("has two boxes that nobody takes for each other: place, colour and key", async () => {
    const page = await signedIn("sana")
    await chatOf(page, "sana")
    const looks = await page.evaluate(() =>
      ["reply", "note"].map((id) => {
        const box = document.getElementById(id)!
        const { borderTopStyle, borderTopColor, backgroundColor } = getComputedStyle(box)
        return {
          borderTopStyle,
          borderTopColor,
          backgroundColor,
          around: getComputedStyle(box.closest(".side, .composer")!).backgroundColor,
          left: box.getBoundingClientRect().left,
        }
      }),
    )
    const [reply, note] = looks as [(typeof looks)[0], (typeof looks)[0]]
    for (const part of ["borderTopStyle", "borderTopColor", "backgroundColor", "around"] as const) expect(reply[part], part).not.toBe(note[part])
    expect(note.left - reply.left).toBeGreaterThan(300)
  })

  test("says plainly that she has left, and takes nothing more; what was on its way comes back", async () => {
    const page = await signedIn("sana")
    const id = await chatOf(page, "sana")
    await page.getByLabel("Reply to amber heron").fill("one more thing")
    house.chats.get(id)!.head.left = true
    await page.keyboard.press("Enter")
    await page.getByText("Not sent. This person has left.").waitFor()
    house.leaves(id)
    await page.locator(".foot.gone", { hasText: "This person has left. Nothing can be written." }).waitFor()
    expect(await page.getByLabel("Reply to amber heron").count()).toBe(0)
    expect(await page.getByRole("button", { name: "Hand over" }).count()).toBe(0)
    expect(saidTo(id)).toEqual([])
    await page.getByRole("button", { name: "Put away" }).click()
    await expect.poll(() => page.locator(".mine .row").count()).toBe(0)
  })

  test("holds no word before it is asked to show them; one line or all", async () => {
    const id = house.arrives({ name: "amber heron", says: ["a planted sentence", "another planted one"] })
    house.gives(id, "sana")
    house.as("sana", "notes", id, { text: "a planted note" })
    const page = await signedIn("sana")
    await page.getByRole("button", { name: /amber heron/ }).click()
    await page.locator(".veiled").nth(2).waitFor()
    expect(await page.content()).not.toContain("planted")
    await page.locator(".line .veiled").first().click()
    await page.getByText("a planted sentence").waitFor()
    expect(await page.content()).not.toContain("another planted")
    await page.keyboard.press("b")
    await page.getByText("another planted one").waitFor()
    await page.getByText("a planted note").waitFor()
  })

  test("puts a prepared reply of her language into the box, and sends nothing", async () => {
    const page = await signedIn("sana")
    const id = await chatOf(page, "sana", { language: "ur" })
    await page.getByRole("button", { name: "Prepared replies" }).click()
    await page.getByRole("searchbox").fill("ثبوت")
    await page.locator(".canned button").click()
    await expect.poll(() => page.locator("#reply").inputValue()).toContain("اسکرین شاٹ")
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("reply")
    expect(saidTo(id)).toEqual([])
  })

  test("keeps a record of what happened, without who, and ends with a reason", async () => {
    const page = await signedIn("sana")
    const id = await chatOf(page, "sana")
    await page.getByRole("tab", { name: "Record" }).click()
    await page.getByText("No names, no numbers").waitFor()
    await page.getByLabel("Threats").check()
    await page.getByLabel("Summary").fill("threatened by someone known")
    await page.getByRole("button", { name: "Keep record" }).click()
    await page.getByText("Kept.").waitFor()
    expect(house.chats.get(id)!.record).toEqual({ categories: { what: ["threats"] }, summary: "threatened by someone known" })
    await page.getByRole("button", { name: "End", exact: true }).click()
    await page.getByLabel("Referred to another service").check()
    await page.getByRole("button", { name: "End the chat" }).click()
    await page.getByText("This chat has ended.").waitFor()
    expect(house.asked.at(-1)).toBeDefined()
    expect(house.asked.find(({ path }) => path.endsWith("/end"))?.body).toEqual({ why: "referred" })
  })
})
