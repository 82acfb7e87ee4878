import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { openRig, type Rig } from "../support/slack-rig.ts"

let rig: Rig
beforeAll(async () => {
  rig = await openRig("relay", { socket: true })
  rig.slack.begin()
})
afterAll(() => rig.close())

describe("Socket Mode", () => {
  test("needs no door", async () => {
    expect([...rig.slack.doors.keys()]).toEqual([])
    await expect.poll(() => rig.stand.linked(), { timeout: 5000 }).toBe(1)
  })

  test("brings buttons and messages, acknowledged at once, and each only once", async () => {
    const mina = await rig.hire("Mina")
    const id = rig.desk.asks()
    await expect.poll(() => rig.stand.room().length).toBe(1)
    const desk = Promise.withResolvers<void>()
    rig.desk.slow = desk.promise
    await rig.stand.push(rig.stand.presses(mina.slackUser, rig.card(), "hamraaz-claim"))
    desk.resolve()
    await expect.poll(() => rig.desk.chats.get(id)?.card.ownerId, { timeout: 5000 }).toBe(mina.id)
    const { event } = rig.stand.writes(mina.slackUser, rig.card().ts, "a note")
    await Promise.all([rig.stand.push(event), rig.stand.push({ ...event, retry_attempt: 1 })])
    await expect.poll(() => rig.desk.notes.map(({ text }) => text)).toEqual(["a note"])
  })

  test("connects again when Slack asks for it, when the line is cut, and when Slack was away", async () => {
    const opened = () => rig.stand.called("apps.connections.open").length
    let before = opened()
    rig.stand.unlink("asked")
    await expect.poll(opened, { timeout: 5000 }).toBe(before + 1)
    await expect.poll(() => rig.stand.linked(), { timeout: 5000 }).toBe(1)
    before = opened()
    await rig.stand.down()
    await expect.poll(() => rig.lines.some((line) => line.includes('"what":"socket"')), { timeout: 5000 }).toBe(true)
    await rig.stand.up()
    await expect.poll(() => rig.stand.linked(), { timeout: 10_000 }).toBe(1)
    expect(opened()).toBeGreaterThan(before)
  })

  test("ends at once, and stays ended", async () => {
    const begun = performance.now()
    await rig.slack.close()
    expect(performance.now() - begun).toBeLessThan(2000)
    await expect.poll(() => rig.stand.linked()).toBe(0)
  })
})
