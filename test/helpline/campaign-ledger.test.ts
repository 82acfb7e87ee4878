import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { CAMPAIGN, openCampaign } from "../support/campaign-world.ts"

const HOUR = 3600_000
const KARACHI = "Asia/Karachi"

describe("the ledger of a campaign", () => {
  let world: Awaited<ReturnType<typeof openCampaign>>
  beforeEach(async () => {
    world = await openCampaign()
  })
  afterEach(() => world.close())

  /** Hour after hour until then. */
  async function until(moment: string): Promise<void> {
    while (world.house.now() < Date.parse(moment)) {
      world.advance(Math.min(HOUR, Date.parse(moment) - world.house.now()))
      await world.turn()
    }
  }
  const days = async (address: string) =>
    (await world.ledger()).filter((row) => row.address === address && !row.reminder).map(({ day, status, why }) => [day, status, why].filter(Boolean).join(" "))

  test("an action comes at her hour, once, and the ledger says so", async () => {
    await world.join("sms:+921", KARACHI, 10)
    await until("2026-11-25T04:59:00Z")
    expect([await days("sms:+921"), world.arrived]).toEqual([["1 due late"], []])
    await until("2026-11-25T05:30:00Z")
    await world.turn()
    expect(await days("sms:+921")).toEqual(["1 sent"])
    expect(world.arrived.map(({ address, day }) => [address, day])).toEqual([["sms:+921", 1]])
  })

  test("what was before she joined is said to have been before", async () => {
    await until("2026-11-27T09:00:00Z")
    await world.join("sms:+921", KARACHI, 10)
    await world.turn()
    expect(await days("sms:+921")).toEqual(["1 skipped joined-later", "2 skipped joined-later", "3 skipped joined-later"])
    await until("2026-11-28T06:00:00Z")
    expect((await days("sms:+921")).at(-1)).toBe("4 sent")
  })

  test("a row that isn't there is missed, also of whoever joined late, moved or left", async () => {
    await world.join("sms:+921", KARACHI, 10)
    await world.join("sms:+922", "America/Lima", 19)
    await until("2026-11-27T09:00:00Z")
    await world.join("sms:+923", KARACHI, 16)
    await world.step("sms:+921", { type: "change", campaign: CAMPAIGN, zone: "Pacific/Auckland", hour: 8 })
    await world.step("sms:+922", { type: "leave", campaign: CAMPAIGN })
    await until("2026-11-28T02:00:00Z")
    expect(await world.missing()).toBe(0)
    await world.house.app.store.pool.query("delete from campaign_day where day = 2")
    expect(await world.missing()).toBe(3)
  })

  test("another hour moves what isn't served; what that hour has passed over is skipped", async () => {
    await world.join("sms:+921", KARACHI, 10)
    await world.join("sms:+922", KARACHI, 10)
    await world.join("sms:+923", KARACHI, 18)
    await until("2026-11-25T04:00:00Z")
    await world.step("sms:+922", { type: "change", campaign: CAMPAIGN, hour: 16 })
    await until("2026-11-25T09:00:00Z")
    expect([await days("sms:+921"), (await days("sms:+922"))[0]]).toEqual([["1 sent"], "1 due quiet-hours"])
    await world.step("sms:+923", { type: "change", campaign: CAMPAIGN, hour: 8 })
    await until("2026-11-25T12:00:00Z")
    expect(world.arrived.map(({ address, at }) => [address, new Date(at).getUTCHours()])).toEqual([
      ["sms:+921", 6],
      ["sms:+922", 12],
    ])
    expect(await days("sms:+923")).toEqual(["1 skipped late"])
    await until("2026-11-26T04:00:00Z")
    expect(await days("sms:+923")).toEqual(["1 skipped late", "2 sent"])
  })

  test("somebody busy is left alone, and asked again while the day is good", async () => {
    await world.join("sms:+921", KARACHI, 10)
    await until("2026-11-25T04:50:00Z")
    await world.write("sms:+921", "hi")
    await until("2026-11-25T05:25:00Z")
    expect(await days("sms:+921")).toEqual(["1 held late"])
    await until("2026-11-25T08:00:00Z")
    expect(await days("sms:+921")).toEqual(["1 sent"])
  })

  test("whoever leaves gets nothing more, has a row for every day, and no address", async () => {
    await world.join("sms:+921", KARACHI, 10)
    await until("2026-11-26T06:00:00Z")
    await world.step("sms:+921", { type: "leave", campaign: CAMPAIGN })
    await until("2026-11-27T06:00:00Z")
    expect(await days("sms:+921")).toEqual(["1 sent", "2 sent", "3 skipped left"])
    const { rows } = await world.house.app.store.pool.query(`select "where", left_why from participant`)
    expect(rows).toEqual([{ where: null, left_why: "left" }])
    await world.join("sms:+921", KARACHI, 14)
    await until("2026-11-27T12:00:00Z")
    expect(await days("sms:+921")).toEqual(["1 sent", "2 sent", "3 sent"])
  })

  test("forgetting erases what ties her to a campaign, and leaves numbers", async () => {
    await world.join("sms:+921", KARACHI, 10)
    await until("2026-11-26T06:00:00Z")
    await world.step("sms:+921", { type: "did", campaign: CAMPAIGN, day: 1, did: "done" })
    await world.forget("sms:+921")
    const { pool } = world.house.app.store
    expect((await pool.query("select from participant")).rowCount).toBe(0)
    expect((await pool.query("select from campaign_day")).rowCount).toBe(0)
    const { rows } = await pool.query("select day, channel, language, what, count from campaign_count order by 1, 4")
    expect(rows).toEqual([
      { day: 1, channel: "simulator", language: "en", what: "done", count: 1 },
      { day: 1, channel: "simulator", language: "en", what: "sent", count: 1 },
      { day: 2, channel: "simulator", language: "en", what: "sent", count: 1 },
    ])
  })

  test("a pause holds what is due; what its time has passed over is skipped", async () => {
    await world.join("sms:+921", KARACHI, 10)
    await world.join("sms:+922", KARACHI, 16)
    await until("2026-11-25T04:59:00Z")
    world.advance(25 * 60_000)
    await world.setSwitch("paused")
    await world.turn()
    expect([world.arrived, await days("sms:+921")]).toEqual([[], ["1 due late"]])
    await until("2026-11-25T11:30:00Z")
    await world.setSwitch("running")
    await world.turn()
    expect(await days("sms:+921")).toEqual(["1 skipped late"])
    expect(await days("sms:+922")).toEqual(["1 sent"])
  })

  test("what is stopped stays stopped, and every day says so", async () => {
    await world.join("sms:+921", KARACHI, 10)
    await until("2026-11-25T04:00:00Z")
    expect(await world.setSwitch("stopped")).toBe(true)
    expect(await world.setSwitch("running")).toBe(false)
    await until("2026-11-26T06:00:00Z")
    expect([await days("sms:+921"), world.arrived]).toEqual([["1 skipped stopped", "2 skipped stopped"], []])
  })

  test("a reminder comes in the evening, and counts in no sum", async () => {
    await world.join("sms:+921", KARACHI, 10)
    await until("2026-11-25T06:00:00Z")
    await world.step("sms:+921", { type: "remind", campaign: CAMPAIGN, day: 1 })
    await world.step("sms:+921", { type: "remind", campaign: CAMPAIGN, day: 1 })
    await until("2026-11-25T15:00:00Z")
    expect(world.arrived.map(({ day, at }) => [day, new Date(at).getUTCHours()])).toEqual([
      [1, 6],
      [1, 14],
    ])
    expect(await days("sms:+921")).toEqual(["1 sent"])
  })

  test("a turn that asks knows what she takes part in, and how far she is", async () => {
    await world.join("sms:+921", KARACHI, 10)
    await until("2026-11-26T06:00:00Z")
    await world.step("sms:+921", { type: "did", campaign: CAMPAIGN, day: 2, did: "done" })
    const facts = await world.house.app.campaigns.facts([world.idOf("sms:+921"), world.idOf("sms:+922")])
    expect(facts(world.idOf("sms:+921")).mine).toEqual([{ campaign: CAMPAIGN, language: "en", country: "PK", zone: KARACHI, hour: 10, neutral: false, day: 2, done: 1 }])
    expect(facts(world.idOf("sms:+922"))).toMatchObject({ mine: [], open: ["be-safe", "sixteen-days"] })
  })
})
