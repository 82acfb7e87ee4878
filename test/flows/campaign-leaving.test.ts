import { describe, expect, test } from "vitest"
import { part, participant } from "../support/participant.ts"

describe("leaving", () => {
  test("takes one answer, and leaves the helpline as it is", () => {
    const she = participant({ mine: [part] })
    she.writes("hi")
    she.answers("yes", "campaign")
    expect(she.place()).toBe("campaign.mine")
    expect(she.answers("leave-campaign")).toEqual(["campaign.gone"])
    expect(she.steps).toEqual([{ type: "leave", campaign: "sixteen-days" }])
    expect(she.answers("menu")).toEqual(["menu.main"])
  })

  test.each(["OFF", "no more messages", "مزید پیغام نہیں", "plus de messages"])("takes one word too, with nothing asked: %s", (word) => {
    const she = participant({ mine: [part] })
    she.action(3)
    expect(she.writes(word)).toEqual(["campaign.gone"])
    expect(she.steps).toEqual([{ type: "leave", campaign: "sixteen-days" }])
    expect(she.place()).toBe("campaign.gone")
  })

  test("by OFF out of nowhere leaves all of them", () => {
    const she = participant({ mine: [part] })
    she.writes("OFF")
    expect(she.steps).toEqual([{ type: "leave-all", why: "asked" }])
  })

  test("EXIT leaves the helpline and no campaign", () => {
    const she = participant({ mine: [part] })
    she.action(3)
    expect(she.writes("EXIT")).toEqual(["left.exit"])
    expect(she.steps).toEqual([])
  })

  test("STOP to a campaign stops the campaign, and STOP to the helpline the helpline", () => {
    const campaign = participant({ mine: [part] })
    campaign.action(3)
    expect(campaign.writes("STOP")).toEqual(["campaign.gone"])
    expect(campaign.steps).toEqual([{ type: "leave", campaign: "sixteen-days" }])
    const other = participant({ mine: [part] })
    other.writes("hi")
    other.answers("yes")
    expect(other.writes("STOP")).toEqual([])
    expect(other.place()).toBe("left")
    expect(other.steps).toEqual([])
  })

  test("STOP by text message ends everything from the number, as the carrier does", () => {
    const she = participant({ mine: [part], shape: "sms" })
    she.action(3)
    expect(she.writes("STOP")).toEqual([])
    expect(she.steps).toEqual([{ type: "leave-all", why: "carrier" }])
    const other = participant({ mine: [part], shape: "whatsapp" })
    other.hears({ type: "opt-out" })
    expect(other.steps).toEqual([{ type: "leave-all", why: "carrier" }])
  })

  test("blocking us leaves all of them", () => {
    const she = participant({ mine: [part] })
    she.hears({ type: "blocked" })
    expect(she.steps).toEqual([{ type: "leave-all", why: "blocked" }])
  })
})
