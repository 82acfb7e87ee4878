import { readFileSync } from "node:fs"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import type { Page } from "playwright-core"
import { describe, expect, test } from "vitest"
import { readAge } from "../support/age-reader.ts"
import { openAtReports, openFirst, openWith } from "../support/at-reports.ts"
import { ALL_CONSENTS } from "../support/report-house.ts"

const at = await openAtReports()
const ismat = await at.staff("Ismat")

const rows = (page: Page) => page.locator(".inbox tbody tr")

describe("an export", () => {
  test("opens with the key it was sealed to and with no other; what wasn't agreed to be shared stays", async () => {
    const key = await at.gives(ismat)
    const first = await at.files()
    await at.adds(first, ["added"])
    const second = await at.files({ relation: "family" }, { month: "2026-10" })
    await at.files({}, { consents: { ...ALL_CONSENTS, share: false }, month: "2026-09" })
    const theirs = await generateX25519Identity()
    const recipient = await identityToRecipient(theirs)
    const page = await at.unlockedOfficer(ismat, key)
    await expect.poll(() => rows(page).count()).toBe(3)
    const ticks = page.locator(".inbox input[type=checkbox]")
    expect(await ticks.count()).toBe(2)
    for (const tick of await ticks.all()) await tick.check()
    await page.getByRole("button", { name: "Export" }).click()
    await page.getByLabel("Their public key").fill("age1nonsense")
    await page.getByRole("button", { name: "Seal and save" }).click()
    await page.getByText("This isn't a public key of age.").waitFor()
    await page.getByLabel("Their public key").fill(` ${recipient.toUpperCase()}\n`)
    await page.getByText("for a program (JSON)").click()
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Seal and save" }).click()])
    expect(file.suggestedFilename()).toMatch(/^2-reports-\d{4}-\d\d-for-rights-circle\.json\.age$/)
    await page.getByText("Saved: 2 reports.").waitFor()
    const bytes = readFileSync(await file.path())
    const { reports } = (await openWith(theirs, bytes)) as { reports: readonly Record<string, unknown>[] }
    expect(reports.map(({ relation, additions }) => [relation, additions])).toEqual([
      ["ex-partner", [{ month: "2026-11", words: ["added"] }]],
      ["family", []],
    ])
    expect(JSON.stringify(reports)).not.toContain(first)
    await expect(openWith(key.identity, bytes)).rejects.toThrow()

    await page.getByText("to be read").click()
    const [text] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Seal and save" }).click()])
    expect(await page.locator("code").innerText()).toMatch(/^age -d -i key\.txt -o 2-reports-[\w-]+\.txt 2-reports-[\w-]+\.txt\.age$/)
    const told = readAge(readFileSync(await text.path()), theirs).toString()
    expect(told).toMatch(/^REPORT 1 OF 2, given in November 2026\n\nWhom it is about: The person who writes\n/)
    expect(told).toContain("Who did it: Former")
    expect(told).toContain("\nIn their own words\n\nHe says he will send")
    expect(told).toContain("\nAdded in November 2026\n\nadded\n")
    expect(told).toContain("REPORT 2 OF 2")
    expect(told).not.toContain(first)
    expect(await at.noted("report-exported")).toEqual([first, second, first, second].map((report) => ({ staff: ismat.id, what: "report-exported", report, reason: recipient })))
  })

  test("of the sealed file itself is the shelf's own bytes, which the ordinary command opens", async () => {
    const key = await at.gives(ismat)
    const id = await at.files()
    const page = await at.unlockedOfficer(ismat, key)
    await openFirst(page)
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "The sealed file itself" }).click()])
    const bytes = readFileSync(await file.path())
    expect(bytes.toString("base64")).toBe((await at.shelved(ismat, id)).sealed)
    expect(await openWith(key.identity, bytes)).toMatchObject({ relation: "ex-partner" })
  })
})
