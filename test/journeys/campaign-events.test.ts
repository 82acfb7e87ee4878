import { afterAll, beforeAll, expect, test } from "vitest"
import { buildBrowserApps } from "../../src/web/build.ts"
import { CAMPAIGN, openCampaign } from "../support/campaign-world.ts"
import { contentWith } from "../support/house.ts"

const EVENTS = [
  {
    id: "walk",
    campaign: CAMPAIGN,
    country: "PK",
    at: "2026-11-29T17:00",
    zone: "Asia/Karachi",
    texts: { en: { label: "Walk, 29 Nov", title: "A walk <b>", place: "Lahore", join: "Ask our office.", access: "No steps." } },
  },
  {
    id: "reading",
    campaign: CAMPAIGN,
    country: "FR",
    at: "2026-11-28T17:00",
    zone: "Europe/Paris",
    texts: { ur: { label: "مطالعہ", title: "شام کا مطالعہ", place: "پیرس", join: "ہم سے پوچھیں۔", access: "سیڑھی نہیں۔" } },
  },
]

let world: Awaited<ReturnType<typeof openCampaign>>
beforeAll(async () => {
  await buildBrowserApps()
  world = await openCampaign(
    Date.parse("2026-11-27T04:59:00Z"),
    {},
    contentWith("events.yaml", () => JSON.stringify({ events: EVENTS })),
  )
})
afterAll(() => world.close())

const guests = async () => Number((await world.house.app.store.pool.query("select count(*) as n from event_guest")).rows[0].n)
const page = async (language: string) => (await fetch(`${world.house.url}/${language}/campaigns/${CAMPAIGN}`)).text()
/** Her way from the day's action to her word. */
async function comes(address: string): Promise<void> {
  for (const text of ["other ways", "events near you", "1", "i'm coming"]) {
    expect(await world.write(address, text)).toBe("taken")
    await world.house.settle()
  }
}

test("whoever says by text that she comes is counted with that very turn, and FORGET leaves nothing of it", async () => {
  const people = Array.from({ length: 6 }, (_, index) => `phone-${index}`)
  for (const one of people) await world.join(one, "Asia/Karachi", 10)
  world.advance(30 * 60_000)
  await world.turn()
  for (const [index, one] of people.entries()) {
    expect(await page("en")).not.toContain("say they come")
    if (index === 4) break
    await comes(one)
    expect(await guests()).toBe(index + 1)
  }
  await comes("phone-4")
  expect(await page("en")).toContain("At least 5 people say they come.")
  await world.write("phone-4", "forget")
  await world.house.settle()
  await world.write("phone-4", "1")
  await world.house.settle()
  expect(await guests()).toBe(4)
  expect(await page("en")).not.toContain("say they come")
})

test("the campaign's page tells what is coming up, in its own language where it has no other, until it begins", async () => {
  const text = await page("en")
  expect(text).toContain("Coming up near people")
  expect(text).toContain("A walk &lt;b&gt;")
  expect(text).toContain(`<time datetime="2026-11-29T17:00">29 November 2026, <bdi>17:00</bdi></time>`)
  expect(text).toContain(`<span lang="ur" dir="rtl">شام کا مطالعہ</span>`)
  expect(text).not.toMatch(/<b>|src="https?:/)
  const urdu = await page("ur")
  expect(urdu).toContain("<h3>شام کا مطالعہ</h3>")
  expect(urdu).toContain(`<span lang="en" dir="ltr">Lahore</span>`)
  world.advance(2 * 24 * 3600_000)
  expect(await page("en")).not.toContain("شام کا مطالعہ")
  world.advance(24 * 3600_000)
  expect(await page("en")).not.toContain("Coming up near people")
})
