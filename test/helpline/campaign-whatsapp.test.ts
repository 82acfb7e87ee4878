import { randomUUID } from "node:crypto"
import { expect, test } from "vitest"
import { openCampaign } from "../support/campaign-world.ts"
import { contentWith } from "../support/house.ts"
import { openTwilio } from "../support/twilio.ts"

const OPENING = Date.parse("2026-11-25T04:00:00Z")
const DUE = Date.parse("2026-11-25T05:21:00Z")

test("on WhatsApp an action leaves in her own words within a day of hers, else by an approved template, else not at all", async () => {
  const provider = await openTwilio()
  const sid = provider.approve("Your note of the day is here.")
  for (const template of [sid, undefined]) {
    const content = contentWith("campaigns/sixteen-days.yaml", (text) => (template === undefined ? text : text.replace("actions: ", `template: { en: ${template} }\nactions: `)))
    const world = await openCampaign(OPENING, provider.environment, content)
    provider.keepTime(world.house.now)
    const numbers = ["+923001112233", "+923001112244", "+12025550123"].map((number) => `whatsapp:${number}`)
    for (const number of numbers) await world.join(number, "Asia/Karachi", 10)
    await world.house.app.store.pool.query("insert into delivery (conversation_id, key, provider_id, at) values ($1, $2, 'SM1', $3)", [
      world.idOf(numbers[0] ?? ""),
      randomUUID(),
      new Date(DUE - 23 * 3600_000),
    ])
    await world.house.app.campaigns.layDue()
    world.advance(DUE - world.house.now())
    const before = provider.messages().length
    await world.house.app.feed.feedDue()
    await world.house.settle()
    await world.house.app.feed.carry()
    const sent = provider.messages().slice(before)
    const textTo = (number = "") => sent.filter(({ to }) => to === number).map(({ text }) => text)
    expect(textTo(numbers[0])).toEqual([expect.stringContaining("One thing you could do")])
    expect(textTo(numbers[1])).toEqual(template === undefined ? [] : ["Your note of the day is here."])
    expect(textTo(numbers[2])).toEqual([])
    expect((await world.ledger()).map(({ status, why }) => [status, why].filter(Boolean).join(" "))).toEqual([
      "sent",
      template === undefined ? "skipped no-template" : "sent",
      "skipped other-channel",
    ])
    await world.close()
  }
  await provider.close()
})
