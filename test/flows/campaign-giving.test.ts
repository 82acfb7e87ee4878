import { describe, expect, test } from "vitest"
import type { Campaign, CampaignFacts, Given } from "../../src/flows/campaign-shapes.ts"
import { part, participant, sixteen } from "../support/participant.ts"

describe("giving", () => {
  const giver = (more: Partial<CampaignFacts> = {}) => {
    const gives: Campaign = { ...sixteen, kinds: ["square", "letter", "story"], actions: sixteen.actions.map((action) => ({ ...action, gives: "square" as const })) }
    return participant({ mine: [part], campaigns: [gives], more })
  }
  const writing = (kind: string, more: Partial<CampaignFacts> = {}) => {
    const she = giver(more)
    she.writes("hi")
    she.answers("yes", "campaign", "give", `kind:${kind}`)
    return she
  }

  test("asks for her words, shows them once more, and takes no name unless she writes one", () => {
    const she = writing("square")
    expect(she.writes("Your voice is a thread nobody can pull out.")).toEqual(["campaign.show"])
    expect(she.answers("yes")).toEqual(["campaign.name"])
    expect(she.steps).toEqual([])
    expect(she.answers("none")).toEqual(["campaign.given"])
    expect(she.steps).toEqual([
      { type: "give", campaign: "sixteen-days", day: undefined, kind: "square", language: "en", country: "PK", text: "Your voice is a thread nobody can pull out.", wording: 1 },
    ])
  })

  test("a story is asked whose it is: what somebody else told is given only with their yes, and said to be theirs", () => {
    const mine = writing("story")
    mine.writes("They wrote to me each night, and I told a friend.")
    expect(mine.answers("yes")).toEqual(["campaign.whose"])
    mine.answers("mine", "none")
    expect(mine.steps).toMatchObject([{ type: "give", kind: "story" }])
    expect(mine.steps[0]).not.toHaveProperty("told")

    const told = writing("story")
    told.writes("A neighbour kept what was written, and was believed.")
    told.answers("yes", "told", "none")
    expect(told.steps).toMatchObject([{ type: "give", kind: "story", told: true }])

    const unasked = writing("story")
    unasked.writes("A neighbour kept what was written, and was believed.")
    expect(unasked.answers("yes", "ask-first")).toContain("campaign.ask-first")
    expect(unasked.steps).toEqual([])
  })

  test("keeps no sign that can't be seen", () => {
    const she = writing("letter")
    she.writes("Stay\u0000 loud.\u0007\nAlways.")
    she.answers("yes", "none")
    expect(she.steps).toMatchObject([{ text: "Stay loud.\nAlways." }])
  })

  test("puts the name under it that she wrote and said yes to", () => {
    const she = writing("square")
    she.writes("Stay loud.")
    she.answers("yes")
    expect(she.writes("A friend in Lahore")).toEqual(["campaign.signed"])
    she.answers("yes")
    expect(she.steps).toMatchObject([{ name: "A friend in Lahore" }])
  })

  test.each(["0300 1234567", "@somebody", "x".repeat(31)])("takes no name that leads to somebody: %s", (name) => {
    const she = writing("square")
    she.writes("Stay loud.")
    she.answers("yes")
    expect(she.writes(name)).toEqual(["campaign.name"])
  })

  test("comes straight from the action that has something to share", () => {
    const she = giver()
    she.action(5)
    expect(she.answers("share")).toEqual(["campaign.words_square"])
    she.later(5 * 60_000)
    expect(she.writes("For all who keep speaking.")).toEqual(["campaign.show"])
    she.answers("yes", "none")
    expect(she.steps).toMatchObject([{ type: "give", day: 5, kind: "square" }])
  })

  test("asks for fewer words where there are too many, and keeps none of them", () => {
    const she = writing("square")
    expect(she.writes("x".repeat(101))).toEqual(["campaign.too-long"])
    expect(she.memory()?.giving).toEqual({ kind: "square" })
    expect(she.writes("Short now.")).toEqual(["campaign.show"])
  })

  test("points out what may show who somebody is, and hides it", () => {
    const she = writing("letter")
    expect(she.writes("Call me on 0300 1234567, you are not alone.")).toEqual(["campaign.details"])
    she.answers("details-hide", "yes", "none")
    expect(JSON.stringify(she.steps)).not.toContain("1234567")
  })

  test("never puts on a wall what sounds like something that happened", () => {
    const she = giver()
    she.action(5)
    she.answers("share")
    expect(she.writes("he said he will kill me tonight")).toContain("emergency.danger")
    expect(she.steps).toEqual([])
    expect(she.memory()?.giving).toBeUndefined()
  })

  test("tells what became of it only where she looks, and takes it back", () => {
    const she = giver({ given: [{ id: "g1", kind: "square", status: "declined", why: "names" }] })
    she.writes("hi")
    expect(she.answers("yes", "campaign", "mine-given")).toEqual(["campaign.declined_names"])
    she.answers("take-back")
    expect(she.steps).toEqual([{ type: "take-back", id: "g1" }])
  })

  test("a picture of it can be taken once she wishes for one, and only of what is shown", () => {
    const looking = (given: Given) => {
      const she = giver({ given: [given] })
      she.writes("hi")
      she.answers("yes", "campaign", "mine-given")
      return she
    }
    expect(looking({ id: "g1", kind: "square", status: "waiting", card: false }).offered()).not.toContain("card")
    const she = looking({ id: "g1", kind: "square", status: "published", card: false })
    expect(she.offered()).not.toContain("no-card")
    expect(she.answers("card")).toEqual(["campaign.card", "campaign.mine"])
    const again = looking({ id: "g1", kind: "square", status: "published", card: true })
    expect(again.offered()).not.toContain("card")
    expect(again.answers("no-card")).toEqual(["campaign.no-card", "campaign.mine"])
    expect([...she.steps, ...again.steps]).toEqual([
      { type: "card", id: "g1", wants: true },
      { type: "card", id: "g1", wants: false },
    ])
  })

  test("asks for her yes to a change", () => {
    const she = giver({ given: [{ id: "g1", kind: "letter", status: "changed", proposal: "Shorter." }] })
    she.writes("hi")
    expect(she.answers("yes", "campaign", "mine-given")).toEqual(["campaign.given-changed"])
    she.answers("no")
    expect(she.steps).toEqual([{ type: "agree", id: "g1", agrees: false }])
  })

  test("takes an answer to one thing for no other, whatever was given meanwhile", () => {
    const given: { id: string; kind: "square"; status: "waiting" }[] = [{ id: "g1", kind: "square", status: "waiting" }]
    const she = giver({ given })
    she.writes("hi")
    she.answers("yes", "campaign", "mine-given")
    given.unshift({ id: "g2", kind: "square", status: "waiting" })
    she.answers("take-back")
    expect(she.steps).toEqual([{ type: "take-back", id: "g1" }])
  })

  test("is closed to somebody who was blocked", () => {
    const she = giver({ blocked: true })
    she.writes("hi")
    expect(she.answers("yes", "campaign", "give")).toEqual(["campaign.no-more"])
  })

  test("a letter is read by whoever asks for one, and counted", () => {
    const she = giver({
      letters: [
        { id: "l0", language: "ur", text: "…" },
        { id: "l1", language: "en", text: "You are loved." },
      ],
    })
    she.writes("hi")
    expect(she.answers("yes", "letter")).toEqual(["campaign.letter"])
    expect(she.steps).toEqual([{ type: "letter-read", id: "l1" }])
  })
})
