import { afterEach, describe, expect, test } from "vitest"
import { createSlackLinks } from "../../src/helpline/slack-links.ts"
import { newStaff } from "../support/desk.ts"
import { openHouse } from "../support/house.ts"
import { BOT_TOKEN, openSlackStandIn, readable, ROOM, SIGNING_SECRET, type Standing } from "../support/slack.ts"
import { bring } from "../support/slack-door.ts"
import { openTelegram } from "../support/telegram.ts"
import { deliver } from "../support/telegram-door.ts"
import { openTwilio } from "../support/twilio.ts"
import { twilioPerson } from "../support/twilio-person.ts"

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A house with counsellors in Slack, one of them connected. */
async function withSlack(mode: "pointers" | "relay", environment: Readonly<Record<string, string>>) {
  const stand = await openSlackStandIn(Date.now)
  closing.push(() => stand.close())
  const house = await openHouse({
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_ROOM: ROOM,
    SLACK_API_ROOT: stand.apiRoot,
    SLACK_MODE: mode,
    ...environment,
  })
  closing.push(() => house.close())
  const staff = await newStaff(house, "Mina", ["counsellor"])
  const { slack } = house.app
  if (slack === undefined) throw new Error("the house has no Slack")
  const links = createSlackLinks({ store: house.app.store, staff: house.app.staff, now: house.now })
  await links.connect(staff, await links.invite("UMINA", "mina"))
  /** Everything that waits is done, here and in Slack. */
  const settle = async () => {
    await house.settle()
    await slack.idle()
    for (let rounds = 0; rounds < 20 && (await slack.step()).waitMs === 0; rounds++);
    await house.settle()
  }
  const card = () => stand.room().at(-1) as Standing
  const top = () => stand.thread(card().ts).find(({ blocks }) => blocks[0]?.block_id?.endsWith(":0:0")) as Standing
  const press = async (message: Standing, action: string) => {
    await bring(house.url, stand.presses("UMINA", message, action), { at: Date.now() })
    await settle()
  }
  const write = async (text: string) => {
    const { ts, event } = stand.writes("UMINA", card().ts, text)
    await bring(house.url, event, { at: Date.now() })
    await settle()
    return ts
  }
  return { house, stand, staff, settle, card, top, press, write }
}

const ASKING = ["hi", "yes", "talk to a person", "yes", "no", "a planted sentence of hers"]

describe("counsellors in Slack", () => {
  test("pointers: a card says that somebody waits and who has taken it, and never a word of hers; she is on Telegram", async () => {
    const telegram = await openTelegram()
    closing.push(() => telegram.close())
    const { house, stand, staff, settle, card, press } = await withSlack("pointers", { ...telegram.environment, PUBLIC_URL: "https://help.example.org" })
    const she = telegram.chat()
    for (const text of ASKING) {
      await deliver(house, telegram.text(she, text))
      await house.settle()
    }
    await settle()
    expect(readable(card())).toContain("English")
    await press(card(), "hamraaz-claim")
    const [mine] = (await house.app.desk.view(staff)).mine
    expect(mine).toMatchObject({ status: "claimed", channel: "telegram" })
    expect(readable(card())).toContain("Mina")
    await house.app.desk.write(staff, mine?.id ?? "", "I am here.", "k")
    await house.settle()
    expect(she.arrived.at(-1)?.text).toBe("Mina: I am here.")
    await deliver(house, telegram.text(she, "another planted sentence"))
    await deliver(house, telegram.text(she, "EXIT"))
    await settle()
    expect(readable(card())).not.toContain("planted")
    expect(stand.room()).toHaveLength(1)
    expect(stand.calls.map(({ raw }) => raw).join("\n")).not.toContain("planted")
  })

  test("relay: while the thread is live the claimer's words reach her and hers the thread; after EXIT nothing does; she is on SMS", async () => {
    const provider = await openTwilio()
    closing.push(() => provider.close())
    const { house, stand, settle, card, top, press, write } = await withSlack("relay", provider.environment)
    provider.keepTime(house.now)
    const she = twilioPerson(provider, house, "sms")
    for (const text of ASKING) {
      await she.says(text)
      await house.settle()
    }
    await settle()
    await press(card(), "hamraaz-claim")
    await write("only a note yet")
    await press(top(), "hamraaz-live")
    const before = she.received().length
    const ts = await write("Hello, I am here.")
    expect(
      she
        .received()
        .slice(before)
        .map(({ text }) => text),
    ).toEqual(["Hello, and thanks for waiting. There is an answer for you here now, from Mina.", "Mina: Hello, I am here."])
    expect([...(stand.message(ts) as Standing).reactions].length).toBe(1)
    await she.says("thank you for coming")
    await settle()
    expect(stand.thread(card().ts).map(readable).join("\n")).toContain("thank you for coming")
    await she.says("EXIT")
    await settle()
    const after = she.received().length
    await write("are you still there?")
    expect(she.received()).toHaveLength(after)
  })
})
