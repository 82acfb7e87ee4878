import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import { openRig, type Rig } from "../support/slack-rig.ts"

let rig: Rig
beforeAll(async () => {
  rig = await openRig("relay")
})
afterEach(() => {
  rig.desk.slow = Promise.resolve()
})
afterAll(() => rig.close())

const challenge = { type: "url_verification", challenge: "say this back", token: "old" }

describe("the door", () => {
  test("says back what Slack asks it to say, once the signature is right", async () => {
    const { status, text } = await rig.bring(challenge)
    expect({ status, text: JSON.parse(text) as unknown }).toEqual({ status: 200, text: { challenge: "say this back" } })
  })

  test.each([
    ["another secret", { secret: "another-secret" }],
    ["a signature of six minutes ago", { at: Date.now() - 360_000 }],
    ["a signature of six minutes hence", { at: Date.now() + 360_000 }],
    ["no moment", { headers: { "x-slack-request-timestamp": "" } }],
    ["a moment that is none", { headers: { "x-slack-request-timestamp": "soon" } }],
    ["no signature", { headers: { "x-slack-signature": "" } }],
    ["a signature of another version", { headers: { "x-slack-signature": "v1=00" } }],
  ])("turns away %s, whatever the body says", async (_, how) => {
    for (const body of [challenge, "{", "no json at all"]) expect((await rig.bring(body, how)).status).toBe(401)
  })

  test("turns away what only looks signed, before it is read", async () => {
    const response = await fetch(`${rig.url}/slack/events`, { method: "POST", body: JSON.stringify(challenge) })
    expect(response.status).toBe(401)
  })

  test("can't read what isn't JSON", async () => {
    for (const body of ["{", "[]", "7", "null"]) expect((await rig.bring(body)).status).toBe(400)
    expect((await rig.bring("payload=%7B", { headers: { "content-type": "application/x-www-form-urlencoded" } })).status).toBe(400)
  })

  test("takes kindly what is of no interest", async () => {
    const event = { type: "reaction_added", user: "U1", reaction: "x", item: {}, event_ts: "1.1" }
    for (const body of [{ type: "event_callback", event_id: "Ev1", event }, { type: "view_closed", view: {} }, { type: "something-new" }])
      expect((await rig.bring(body)).status).toBe(200)
    expect((await rig.bring("ssl_check=1&token=x", { headers: { "content-type": "application/x-www-form-urlencoded" } })).status).toBe(200)
  })

  test("answers within three seconds, however long the desk takes", async () => {
    const mina = await rig.hire("Mina")
    const { id, thread } = await rig.taken(mina, true)
    const desk = Promise.withResolvers<void>()
    rig.desk.slow = desk.promise
    const { event } = rig.stand.writes(mina.slackUser, thread, "take your time")
    const queued = rig.desk.asks({ name: "blue finch" })
    await rig.settle()
    const card = rig.stand.room().find(({ blocks }) => JSON.stringify(blocks).includes(queued))
    const [message, button] = await Promise.all([rig.bring(event), rig.bring(rig.stand.presses(mina.slackUser, card as never, "hamraaz-claim"))])
    expect([message.status, button.status]).toEqual([200, 200])
    expect(message.ms).toBeLessThan(2800)
    expect(button.ms).toBeLessThan(1000)
    // What it took on credit is done all the same.
    desk.resolve()
    await expect.poll(() => [rig.desk.written.map(({ text }) => text), rig.desk.chats.get(queued)?.card.owner]).toEqual([["take your time"], "Mina"])
    rig.desk.ends(id)
    rig.desk.ends(queued)
  })
})
