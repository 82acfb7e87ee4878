import { describe, expect, test } from "vitest"
import type { Participation } from "../../src/flows/campaign-shapes.ts"
import { course, DAY_MS, part, participant, sixteen } from "../support/participant.ts"

describe("joining", () => {
  const joined = (she: ReturnType<typeof participant>) => {
    she.writes("hi")
    she.answers("yes", "campaign", "join", "yes")
    return she
  }

  test("is on the menu as long as a campaign can be joined, and no longer", () => {
    const before = participant({ at: "2026-10-01T10:00Z" })
    before.writes("hi")
    before.answers("yes")
    expect(before.offered()).not.toContain("campaign")
    const during = participant()
    during.writes("hi")
    during.answers("yes")
    expect(during.offered()).toContain("campaign")
    const last = participant({ at: "2026-12-11T11:59Z" })
    last.writes("hi")
    last.answers("yes")
    expect(last.offered()).toContain("campaign")
    const after = participant({ at: "2026-12-11T12:00Z" })
    after.writes("hi")
    after.answers("yes")
    expect(after.offered()).not.toContain("campaign")
  })

  test("isn't offered where the organisation stopped it, nor by its word", () => {
    const she = participant({ campaigns: [sixteen, course], more: { open: ["be-safe"] } })
    she.writes("hi")
    she.answers("yes", "campaign")
    expect(she.offered()).not.toContain("campaign:sixteen-days")
    const other = participant({ more: { open: [] } })
    other.writes("Sixteen")
    expect(other.answers("yes")).toEqual(["hello.limits_telegram", "campaign.closed", "menu.main"])
  })

  test("isn't offered in a language that it isn't in", () => {
    const she = participant({ campaigns: [{ ...sixteen, languages: ["ur"] }, course] })
    she.writes("hi")
    she.answers("yes", "campaign")
    expect(she.place()).toBe("campaign.about")
    expect(she.memory()?.campaign).toBe("be-safe")
  })

  test("by its word asks first whether this is a good moment, and then goes on where she meant to", () => {
    const she = participant()
    expect(she.writes("Sixteen")).toEqual(["hello.safe"])
    expect(she.answers("yes")).toEqual(["hello.limits_telegram", "sixteen-days.about"])
  })

  test("takes a yes of its own, after how often and at whose cost was said", () => {
    const she = joined(participant({ shape: "sms" }))
    expect(she.place()).toBe("campaign.hour")
    expect(she.answers("hour:19")).toEqual(["campaign.neutral"])
    expect(she.answers("neutral")).toEqual(["campaign.agree_sms"])
    expect(she.steps).toEqual([])
    expect(she.answers("yes")).toEqual(["campaign.joined"])
    expect(she.steps).toEqual([{ type: "join", campaign: "sixteen-days", language: "en", country: "PK", zone: "Asia/Karachi", hour: 19, neutral: true, wording: 1 }])
  })

  test("is nothing before that yes, and nothing after a no", () => {
    const she = joined(participant())
    she.answers("hour:10", "plain", "no")
    expect(she.steps).toEqual([])
    expect(she.place()).toBe("menu.main")
  })

  test("says when it begins where it hasn't begun", () => {
    const she = joined(participant({ at: "2026-11-20T10:00Z" }))
    expect(she.answers("hour:10", "plain", "yes")).toEqual(["campaign.joined-before"])
  })

  test("asks which clock she lives by where a country has several", () => {
    const she = participant({ country: "US" })
    she.writes("hi")
    she.answers("yes", "campaign", "join", "yes")
    expect(she.place()).toBe("campaign.zone")
    she.answers("zone:America~Denver", "hour:10", "plain", "yes")
    expect(she.steps).toMatchObject([{ type: "join", zone: "America/Denver" }])
  })

  test("offers the hours that the law of a country leaves", () => {
    const hoursIn = (country: string) => {
      const she = participant({ country })
      she.writes("hi")
      she.answers("yes", "campaign", "join", "yes")
      return she.offered()?.filter((id) => id.startsWith("hour:"))
    }
    expect(hoursIn("PK")).toEqual(["hour:8", "hour:10", "hour:13", "hour:16", "hour:19"])
    expect(hoursIn("IN")).toEqual(["hour:10", "hour:13", "hour:16", "hour:19"])
  })

  test("offers other channels to numbers of the United States on WhatsApp", () => {
    const she = participant({ country: "US", shape: "whatsapp" })
    she.writes("hi")
    she.answers("yes", "campaign", "join", "yes")
    expect(she.place()).toBe("campaign.elsewhere")
  })
})

describe("the action of a day", () => {
  test("comes to somebody whose conversation is long gone, and takes her answer a day later", () => {
    const she = participant({ mine: [part] })
    expect(she.action(3)).toEqual(["campaign.today"])
    expect(she.offered()).toEqual(["done", "other", "tonight", "skip"])
    she.later(20 * 3600_000)
    expect(she.writes("1")).toEqual(["campaign.well"])
    expect(she.steps).toEqual([{ type: "did", campaign: "sixteen-days", day: 3, did: "done" }])
  })

  test("as a plain note says nothing before she opens it", () => {
    const she = participant({ mine: [{ ...part, neutral: true }] })
    expect(she.action(3, { neutral: true })).toEqual(["campaign.today-neutral"])
    expect(she.answers("read")).toEqual(["campaign.today"])
    expect(she.answers("other")).toEqual(["campaign.offline", "campaign.unseen"])
    expect(she.answers("done")).toEqual(["campaign.well"])
  })

  test("of another day isn't answered by its old buttons", () => {
    const she = participant({ mine: [part] })
    she.action(3)
    she.later(48 * 3600_000)
    she.action(5)
    expect(she.hears({ type: "choice", id: "campaign.today-sixteen-days-3/done" })).toEqual(["campaign.today"])
    expect(she.steps).toEqual([])
    she.answers("done")
    expect(she.steps).toMatchObject([{ type: "did", day: 5 }])
  })

  test("waits while she is in the middle of something", () => {
    const she = participant({ mine: [part] })
    she.writes("hi")
    she.answers("yes", "tips")
    expect(she.action(3)).toEqual([])
    expect(she.place()).toBe("tips.list")
    she.later(61 * 60_000)
    expect(she.action(3)).toEqual(["campaign.today"])
  })

  test("comes once more in the evening where she asks for that, and can be let go", () => {
    const she = participant({ mine: [part] })
    she.action(3)
    she.answers("tonight")
    she.action(3)
    she.answers("skip")
    expect(she.steps).toEqual([
      { type: "remind", campaign: "sixteen-days", day: 3 },
      { type: "did", campaign: "sixteen-days", day: 3, did: "skipped" },
    ])
  })

  test("is no session: what is no answer to it is met by the first question", () => {
    const she = participant({ mine: [part] })
    she.action(3)
    expect(she.writes("he has put my pictures everywhere")).toEqual(["hello.safe"])
    expect(she.steps).toEqual([])
  })

  test("lets danger go past that question", () => {
    const she = participant({ mine: [part] })
    she.action(3)
    she.writes("he has a knife and he is outside my door help")
    expect(she.place()).toBe("emergency.danger")
  })

  test("leads to the helpline's menu only after the first question", () => {
    const she = participant({ mine: [part] })
    she.action(3)
    she.answers("done")
    expect(she.answers("menu")).toEqual(["hello.safe"])
    expect(she.answers("yes")).toEqual(["hello.limits_telegram", "menu.main"])
  })

  test("doesn't cost a report that she began", () => {
    const she = participant({ mine: [part] })
    she.writes("hi")
    she.answers("yes")
    const draft = { step: "age", said: {}, words: [], at: Date.parse("2026-11-27T10:00Z") }
    Object.assign(she.memory() as object, { draft })
    she.later(2 * 3600_000)
    she.action(3)
    expect(she.memory()?.draft).toEqual(draft)
  })
})

describe("her own part", () => {
  const at = (mine: Participation[], campaigns = [sixteen]) => {
    const she = participant({ mine, campaigns })
    she.writes("hi")
    she.answers("yes", "campaign")
    return she
  }

  test("tells how many days and how many done, to nobody else", () => {
    expect(at([part]).place()).toBe("campaign.mine")
    expect(at([{ ...part, day: undefined }]).offered()).not.toContain("today")
  })

  test("changes the hour without joining again", () => {
    const she = at([part])
    she.answers("change-time", "yes")
    expect(she.answers("hour:13")).toEqual(["campaign.noted", "campaign.mine"])
    expect(she.steps).toEqual([{ type: "change", campaign: "sixteen-days", zone: "Asia/Karachi", hour: 13 }])
  })

  test("turns the plain note on and off", () => {
    const she = at([part])
    expect(she.answers("change-neutral")).toEqual(["campaign.now-neutral", "campaign.mine"])
    expect(she.steps).toEqual([{ type: "change", campaign: "sixteen-days", neutral: true }])
  })

  test("tells the last action again", () => {
    const she = at([part])
    expect(she.answers("today")).toEqual(["campaign.today"])
    expect(she.memory()?.day).toBe(3)
  })

  test("has several campaigns side by side", () => {
    const she = at([part, { ...part, campaign: "be-safe" }], [sixteen, course])
    expect(she.place()).toBe("campaign.which")
    she.answers("campaign:be-safe")
    expect(she.place()).toBe("campaign.mine")
    she.answers("leave-campaign")
    expect(she.steps).toEqual([{ type: "leave", campaign: "be-safe" }])
  })

  test("is looked up where it is needed, and nowhere else", () => {
    const she = participant({ mine: [part] })
    she.writes("hi")
    she.answers("yes", "tips")
    she.later(DAY_MS)
    she.action(3)
    she.answers("done")
    expect(she.asked).toEqual([])
  })
})
