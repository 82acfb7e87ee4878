import { describe, expect, test } from "vitest"
import { BUILT, CONTENT } from "../../src/app.ts"
import { createFlows, type Conversation, type Turn } from "../../src/flows/conversation.ts"
import type { CampaignFacts, Campaign, Given, ParticipantStep, Participation } from "../../src/flows/campaign-shapes.ts"
import type { Facts, Heard, Shape } from "../../src/flows/effect.ts"
import { flowContent } from "../../src/helpline/flow-content.ts"
import { organisationOf } from "../../src/helpline/organisation.ts"
import { readContent } from "../../src/helpline/content.ts"
import { readDesk } from "../../src/helpline/desk-file.ts"
import { directoryOf, placeNames } from "../../src/helpline/listing.ts"
import { createTexts } from "../../src/locales/texts.ts"

const DAY_MS = 24 * 3600_000

const sixteen: Campaign = {
  id: "sixteen-days",
  begins: "2026-11-25",
  languages: ["en", "ur"],
  hours: { from: 8, to: 21 },
  actions: Array.from({ length: 16 }, (_, index) => ({ id: `action-${index + 1}` })),
  kinds: [],
}
const course: Campaign = { ...sixteen, id: "be-safe", begins: "joining", actions: sixteen.actions.slice(0, 7) }

const { helpline, directory } = readContent(CONTENT)
const texts = createTexts(placeNames(directory))
const content = {
  ...flowContent(texts, BUILT, new Map([["sixteen", "sixteen-days"]])),
  ...organisationOf(helpline, readDesk(CONTENT).desk),
  directory: directoryOf(directory),
}

/** Somebody at a helpline with these campaigns; what her turns ask for is looked up as the house does it. */
function participant({
  shape = "telegram",
  at = "2026-11-27T10:00Z",
  mine = [],
  campaigns = [sixteen],
  country,
  more = {},
}: {
  shape?: Shape
  at?: string
  mine?: Participation[]
  campaigns?: Campaign[]
  country?: string
  more?: Partial<CampaignFacts>
} = {}) {
  const flows = createFlows({ ...content, campaigns })
  let now = Date.parse(at)
  let here: Conversation | undefined
  const steps: ParticipantStep[] = []
  const asked: CampaignFacts[] = []
  const hear = (heard: Heard) => {
    const facts: Facts = { now, shape, ...(country !== undefined && { country }) }
    let turn: Turn = flows.hear(here, heard, facts)
    if (turn.needs === "campaigns") {
      const known = { mine: [...mine], open: campaigns.map(({ id }) => id), ...more }
      asked.push(known)
      turn = flows.hear(here, heard, { ...facts, campaigns: known })
    }
    here = JSON.parse(JSON.stringify(turn.after)) as Conversation
    steps.push(...turn.effects.flatMap((effect) => (effect.type === "participate" ? [effect.step] : [])))
    return turn.effects.flatMap((effect) => (effect.type === "say" ? [effect.key as string] : []))
  }
  const she = {
    writes: (text: string) => hear({ type: "text", text }),
    answers: (...ids: readonly string[]) => ids.map((id) => hear({ type: "choice", id: here?.offered.find((one) => one.id.endsWith(`/${id}`))?.id ?? id })).at(-1) ?? [],
    hears: hear,
    action: (day: number, more: { readonly neutral?: boolean } = {}) => hear({ type: "action", campaign: "sixteen-days", day, reminder: false, neutral: more.neutral ?? false }),
    place: () => here?.place,
    offered: () => here?.offered.map(({ id }) => id.slice(id.lastIndexOf("/") + 1)),
    memory: () => here?.memory,
    later: (ms: number) => void (now += ms),
    steps,
    asked,
  }
  return she
}

const part: Participation = { campaign: "sixteen-days", language: "en", zone: "Asia/Karachi", hour: 10, neutral: false, day: 3, done: 1 }

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
