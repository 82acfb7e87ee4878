import { readFileSync } from "node:fs"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import type { Page, Request } from "playwright-core"
import { describe, expect, test } from "vitest"
import { openAtReports, openFirst, openWith } from "../support/at-reports.ts"
import { pagesOf } from "../support/console-visit.ts"
import { PASSPHRASE, putKey, unlock } from "../support/officer.ts"

const at = await openAtReports()
const [ismat, zoya] = [await at.staff("Ismat"), await at.staff("Zoya")]

test("whoever opens reports lands where their key is made, and may go to the releases besides", async () => {
  const page = await at.signedIn(ismat)
  await page.getByRole("heading", { name: "Your key for reports" }).waitFor()
  expect(await pagesOf(page)).toEqual(["Reports", "Releases"])
})

describe("a key", () => {
  test("is made here, printed, typed back, and only its public half goes over the wire", async () => {
    const sent: string[] = []
    const strangers: string[] = []
    const page = await at.signedIn(ismat)
    page.on("request", (request: Request) => {
      sent.push(`${request.url()} ${request.postData() ?? ""} ${JSON.stringify(request.headers())}`)
      if (!/^(blob:)?http:\/\/127\.0\.0\.1/.test(request.url())) strangers.push(request.url())
    })
    await page.getByText("Nobody can help then, and neither can we.").waitFor()
    const next = page.getByRole("button", { name: "Go on to the paper" })
    await page.getByLabel("Passphrase").fill("too short")
    await page.getByText("Too short still").waitFor()
    await page.getByLabel("Passphrase").fill(PASSPHRASE)
    await page.getByText("Good: hard to guess.").waitFor()
    await page.getByLabel("Once more").fill("something else altogether here")
    await page.getByText("The two are not the same.").waitFor()
    await page.getByLabel("Once more").fill(PASSPHRASE)
    expect(await next.isDisabled()).toBe(true)
    await page.getByLabel("I have read this").check()
    await next.click()
    await page.locator(".paper-sheet").waitFor()
    const groups = await page.locator(".key-groups code").allInnerTexts()
    const identity = `AGE-SECRET-KEY-1${groups.join("")}`
    const recipient = await identityToRecipient(identity)

    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as a file" }).click()])
    expect(readFileSync(await file.path(), "utf8")).toBe(`# Key for sealed papers, Of: Ismat\n# public key: ${recipient}\n${identity}\n`)
    await page.emulateMedia({ media: "print" })
    expect(await page.locator(".paper-sheet").isVisible()).toBe(true)
    for (const other of [".top", ".paper-check", ".paper-acts", ".key-begin > h2"]) expect(await page.locator(other).first().isVisible(), other).toBe(false)
    await page.emulateMedia({ media: "screen" })

    const boxes = page.locator(".two-groups input")
    const names = await page.locator(".two-groups .field > span").allInnerTexts()
    const wanted = names.map((name) => groups[Number(/\d+/.exec(name)?.[0]) - 1] ?? "")
    await boxes.nth(0).fill("XXXXXX")
    await boxes.nth(1).fill(wanted[1] ?? "")
    await page.getByRole("button", { name: "use this key" }).click()
    await page.getByText("That isn't what stands there.").waitFor()
    expect(at.asked("report-keys").filter(({ method }) => method === "POST")).toEqual([])
    await boxes.nth(0).fill((wanted[0] ?? "").toLowerCase())
    await page.getByRole("button", { name: "use this key" }).click()
    await page.getByText("No report is here.").waitFor()
    expect(
      at
        .asked("report-keys")
        .filter(({ method }) => method === "POST")
        .map(({ body }) => body),
    ).toEqual([{ recipient }])

    await at.files()
    await page.reload()
    await page.getByLabel("Passphrase of your key").fill("seven quiet lamps over wine")
    await page.keyboard.press("Enter")
    await page.getByText("That isn't the passphrase of this key.").waitFor()
    await page.getByLabel("Passphrase of your key").fill(PASSPHRASE)
    await page.keyboard.press("Enter")
    await openFirst(page)
    await page.getByText("Former partner").first().waitFor()

    const everything = sent.join("\n").toUpperCase()
    for (const secret of [identity, ...groups.slice(0, -1), PASSPHRASE.toUpperCase()]) expect(everything.includes(secret), secret).toBe(false)
    expect(strangers).toEqual([])
    // What is kept in the browser doesn't hold it, either.
    const stored = await page.evaluate(async () => {
      const opening = indexedDB.open("report-key")
      await new Promise((done) => opening.addEventListener("success", done))
      const all = opening.result.transaction("report-key").objectStore("report-key").getAll()
      await new Promise((done) => all.addEventListener("success", done))
      opening.result.close()
      return JSON.stringify([all.result, { ...localStorage }, { ...sessionStorage }], (_, value: unknown) =>
        value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : value,
      )
    })
    expect(stored).toContain(recipient)
    for (const secret of [groups[2] ?? "", "AGE-SECRET-KEY", PASSPHRASE]) expect(stored.includes(secret), secret).toBe(false)
  })

  test("comes to another browser by its paper; a slip of the pen doesn't pass", async () => {
    const { identity } = await at.gives(ismat)
    const id = await at.files()
    const page = await at.signedIn(ismat)
    await page.getByLabel("I have one already").waitFor()
    expect(await page.getByLabel("I have one already").isChecked()).toBe(true)
    const type = async (text: string) => {
      await page.getByLabel("The key").fill(text)
      await page.getByLabel("Passphrase").fill(PASSPHRASE)
      await page.getByLabel("Once more").fill(PASSPHRASE)
      await page.getByRole("button", { name: "Keep it here" }).click()
    }
    const other = identity.at(-7) === "Q" ? "P" : "Q"
    await type(`${identity.slice(0, -7)}${other}${identity.slice(-6)}`)
    await page.getByText("This isn't a whole key.").waitFor()
    await type(`  ${identity.toLowerCase().replace(/(.{6})/g, "$1 ")}\n`)
    await openFirst(page)
    expect(at.asked(`reports/${id}`)).toHaveLength(1)
    expect(at.asked("report-keys").filter(({ method }) => method === "POST")).toEqual([])
  })

  test("is unlocked by a passkey too, where the device can", async () => {
    const key = await at.gives(ismat)
    await at.files()
    // Passkeys know names, not numbers.
    const page = await at.signedIn(ismat, {}, at.house.url.replace("127.0.0.1", "localhost"))
    const client = await page.context().newCDPSession(page)
    await client.send("WebAuthn.enable")
    await client.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        ctap2Version: "ctap2_1",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
        hasPrf: true,
      },
    })
    await putKey(page, ismat.id, key)
    await page.reload()
    await page.locator(".unlock").waitFor()
    expect(await page.getByRole("button", { name: "With a passkey" }).count()).toBe(0)
    await unlock(page)
    await page.getByRole("button", { name: /^Officers' keys/ }).click()
    await page.getByRole("button", { name: "Unlock with a passkey too" }).click()
    await page.getByText("A passkey of this device unlocks your key.").waitFor()
    await page.getByRole("button", { name: "Lock now" }).click()
    await page.getByRole("button", { name: "With a passkey" }).click()
    await openFirst(page)
    await page.reload()
    await page.getByRole("button", { name: "With a passkey" }).click()
    await openFirst(page)
  })

  test("locks itself after ten minutes without a touch, and with the session", async () => {
    const leaving = await at.staff("Rabia")
    const key = await at.gives(leaving)
    await at.files()
    const page = await at.officerAt(leaving, key)
    await page.clock.install()
    await page.reload()
    await page.locator(".unlock").waitFor()
    await page.locator(".unlock input").fill(PASSPHRASE)
    await page.keyboard.press("Enter")
    await page.clock.runFor(1000)
    await openFirst(page)
    await page.clock.runFor(9 * 60_000)
    expect(await page.locator(".answers").count()).toBe(1)
    await page.keyboard.press("Shift")
    await page.clock.runFor(9 * 60_000)
    expect(await page.locator(".answers").count()).toBe(1)
    await page.clock.runFor(70_000)
    await page.locator(".unlock").waitFor()
    expect(await page.content()).not.toMatch(/Former partner|Kamran/)
    await page.locator(".unlock input").fill(PASSPHRASE)
    await page.keyboard.press("Enter")
    await page.clock.runFor(1000)
    await openFirst(page)
    await leaving.browser.post("sign-out")
    await page.getByRole("button", { name: "Keep the coding" }).click()
    await page.getByLabel("Password").waitFor()
    expect(await page.content()).not.toMatch(/Former partner|Kamran/)
  })
})

test("the cipher is loaded by officers only, and when they first need it", async () => {
  const scripts: string[] = []
  const listen = (page: Page) => page.on("request", (request) => request.url().endsWith(".js") && scripts.push(request.url()))
  const counsellor = await at.signedIn(await at.staff("Sana", "counsellor"))
  listen(counsellor)
  await counsellor.reload()
  await counsellor.locator(".list.mine").waitFor()
  expect(scripts).toHaveLength(1)
  expect(await counsellor.evaluate(() => indexedDB.databases())).toEqual([])
  const page = await at.officerAt(ismat, await at.gives(ismat))
  listen(page)
  await page.reload()
  await page.locator(".unlock").waitFor()
  expect(scripts).toHaveLength(2)
  await unlock(page)
  expect(scripts.slice(2).map((script) => new URL(script).pathname)).toEqual([expect.stringMatching(/^\/console\/assets\/age-[\w-]+\.js$/)])
})

describe("colleagues' keys", () => {
  test("are warned of until they are compared; then old reports are sealed to them, which may stop and go on", async () => {
    const key = await at.gives(ismat)
    await at.filesMany(12)
    const old = await at.files()
    await at.adds(old, ["added"])
    const hers = await at.gives(zoya)
    const page = await at.unlockedOfficer(ismat, key)
    await page.getByText("A key is here that you haven't compared.").waitFor()
    await page.getByRole("button", { name: "Look at the keys" }).click()
    const go = page.getByRole("button", { name: "Seal old reports to all keys" })
    expect(await go.isDisabled()).toBe(true)
    expect(await page.getByRole("button", { name: "Retire" }).count()).toBe(1)
    await page.getByRole("button", { name: "The figures of Zoya are the same" }).click()
    await page.getByText("compared", { exact: true }).waitFor()
    let count = 0
    await page.route("**/reseal", async (route) => {
      if (++count === 4) await page.getByRole("button", { name: "Stop" }).click()
      await route.continue()
    })
    await go.click()
    await page.getByText("Stopped. 4 done").waitFor()
    await go.click()
    await page.getByText("9 reports are sealed to every key now.").waitFor()
    await go.click()
    await page.getByText("Nothing had to be sealed anew.").waitFor()
    expect(await at.noted("report-resealed")).toHaveLength(13)
    const held = await at.shelved(ismat, old)
    for (const { identity } of [key, hers]) {
      expect(await openWith(identity, Buffer.from(held.sealed, "base64"))).toMatchObject({ relation: "ex-partner" })
      expect(await openWith(identity, Buffer.from(held.additions[0]!.sealed, "base64"))).toEqual({ words: ["added"], month: "2026-11" })
    }
    // What was compared is known the next time.
    await page.reload()
    await unlock(page)
    expect(await page.getByText("that you haven't compared").count()).toBe(0)
    // A key in my own name that isn't mine is told, too.
    const stolen = await identityToRecipient(await generateX25519Identity())
    await at.desk.setKey(ismat.id, stolen)
    await page.reload()
    await unlock(page)
    await page.getByText("A key is here that you haven't compared.").waitFor()
    await page.getByRole("button", { name: /^Officers' keys/ }).click()
    await page.getByText("you, but not the key of this browser").waitFor()
    await page.getByText("The key of this browser is retired").waitFor()
  })

  test("that came meanwhile don't let an older sealing land", async () => {
    const key = await at.gives(ismat)
    const id = await at.files()
    const { recipient } = await at.gives(zoya)
    const page = await at.unlockedOfficer(ismat, key, {}, [recipient])
    await page.getByRole("button", { name: /^Officers' keys/ }).click()
    await page.route("**/reseal", async (route) => {
      await at.gives(await at.staff("Hina"))
      await route.continue()
    })
    await page.getByRole("button", { name: "Seal old reports to all keys" }).click()
    await page.getByText("1 left out").waitFor()
    expect(await at.noted("report-resealed")).toEqual([])
    expect((await at.shelved(ismat, id)).line).toMatchObject({ behind: true })
  })
})
