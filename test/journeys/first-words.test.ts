import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { openHouse, type House } from "../support/house.ts"
import { simulated } from "../support/simulated.ts"

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

describe("a person writes for the first time", () => {
  test("she is greeted with a neutral question, says yes, and gets this channel's limits and the menu", async () => {
    const she = simulated(house, "sms")
    const [hello] = await she.text("hi")
    expect(hello?.segments).toBe(1)
    expect(await she.place()).toBe("hello.safe")
    const [limits, menu] = await she.text("1")
    expect(limits?.text).toContain("phone company")
    expect(menu?.choices.map(({ id }) => id)).toEqual([
      "menu.main/tips",
      "menu.main/find-help",
      "menu.main/person",
      "menu.main/report",
      "menu.main/urgent",
      "menu.main/campaign",
      "menu.main/letter",
      "menu.main/settings",
    ])
  })

  test("she says that it isn't safe, and nothing more comes", async () => {
    const she = simulated(house, "telegram")
    await she.text("hi")
    const said = await she.text("3")
    expect(said).toHaveLength(1)
    expect(await she.place()).toBe("left")
    house.advance(3600_000)
    expect(await she.read()).toEqual([])
  })

  test("what she wrote about before the question is taken up after it", async () => {
    const she = simulated(house, "whatsapp")
    await she.text("someone hacked my instagram account")
    expect(await she.place()).toBe("hello.safe")
    await she.text("yes")
    expect(await she.place()).toBe("menu.topic")
    await she.text("1")
    expect(await she.place()).toBe("tips.hacked.first-steps")
  })

  test("words of danger get the number at once, before any question", async () => {
    const she = simulated(house, "sms")
    const [answer] = await she.text("he is outside my door with a knife")
    expect(await she.place()).toBe("emergency.danger")
    expect(answer?.text).toContain("15")
  })
})
