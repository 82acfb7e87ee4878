import { describe, expect, test } from "vitest"
import { MOST_WORDS } from "../../src/flows/report-draft.ts"
import type { Filing } from "../../src/flows/report-shapes.ts"
import { flows, somebody } from "../support/spoken.ts"
import { atWords, KEPT, REPORTS, withCase } from "../support/telling.ts"

const HOUR = 3600_000

describe("coming back by a code", () => {
  test("asks first whether it is safe, and tells nothing before", () => {
    for (const opened of [KEPT, "unknown", "later"] as const) {
      const her = somebody({ safe: false, reports: REPORTS })
      const said = her.hears({ type: "case", opened })
      expect(said).toEqual(["Hello. Is this a good moment to text here, on this phone?"])
      her.answers("yes")
      expect(her.place()).toBe(opened === KEPT ? "case.main" : `case.${opened as string}`)
    }
  })

  test("hears what stands beside digits that open nothing, and danger whatever they open", () => {
    const { her } = withCase("unknown")
    const said = her.hears({ type: "case", opened: "unknown", beside: "talk to a person, i am at […]" }).join("\n")
    expect([her.place(), said.includes("can't open")]).toEqual(["find-help.here", false])
    for (const opened of [KEPT, "unknown", "later"] as const) {
      const hers = somebody({ country: "PK", reports: REPORTS, safe: false })
      expect(hers.hears({ type: "case", opened, beside: "he is outside my door with a knife […]" }).join("\n")).toContain("15")
      expect([opened, hers.place()]).toEqual([opened, "emergency.danger"])
    }
    const telling = atWords()
    telling.hears({ type: "case", opened: "unknown", beside: "he wrote from […] and from others" })
    expect(telling.memory().draft?.words).toEqual(["he wrote from […] and from others"])
    const left = withCase().her
    left.hears({ type: "case", opened: KEPT, beside: "EXIT" })
    expect(left.place()).toBe("left")
  })

  test("never tells in a chat what digits open, and what stands beside them goes to whoever is there", () => {
    for (const opened of [KEPT, "unknown", "later"] as const) {
      const her = somebody({ country: "PK", reports: REPORTS })
      const here = { ...her.here(), place: "person.live", offered: [], memory: { ...her.memory(), handoff: { id: "one", status: "live" as const, alias: "Jo" } } }
      const { after, effects } = flows.hear(
        here,
        { type: "case", opened, beside: "my place is […]" },
        { now: Date.parse("2026-11-25T10:00Z"), shape: "telegram", reports: REPORTS },
      )
      expect(effects).toContainEqual({ type: "desk", step: { type: "line", id: "one", text: "my place is […]", risk: 0 } })
      expect(JSON.stringify([after, effects])).not.toContain("a-ref")
    }
  })

  test("reads the answers one by one", () => {
    const { her } = withCase()
    expect(her.answers("read").join()).toContain("First answer.")
    expect(her.answers("more").join()).toContain("Second answer.")
    expect(her.offered()).toEqual(["add", "back"])
  })

  test("has read an answer once she leaves its page by a word of her own, whatever word that is, and the story likewise", () => {
    for (const leaves of ["back", "add", "MENU", "0", "EXIT", "STOP", "FORGET"]) {
      const { her } = withCase()
      her.answers("read")
      expect(her.filed()).toEqual([])
      her.answers("more")
      expect(her.filed()).toEqual([{ type: "seen", ref: "a-ref", answer: "1" }])
      if (leaves === "back" || leaves === "add") her.answers(leaves)
      else her.writes(leaves)
      expect([leaves, her.filed().slice(1)]).toEqual([leaves, [{ type: "seen", ref: "a-ref", answer: "2" }]])
    }
    const { her } = withCase()
    her.answers("story", "later")
    expect(her.filed()).toEqual([{ type: "seen", ref: "a-ref", story: "story-1" }])
  })

  test("has read nothing by opening it, by what isn't understood, nor where silence or somebody else ends it", () => {
    const { her } = withCase()
    her.writes("menu")
    expect(her.filed()).toEqual([])
    const asked = withCase().her
    asked.answers("read")
    asked.writes("qwertz blah")
    asked.hears({ type: "choice", id: "case.main/read" })
    expect([asked.place(), asked.filed()]).toEqual(["case.answer", []])
    for (const way of ["hello", "MENU", "EXIT"]) {
      const silent = withCase().her
      silent.answers("read")
      silent.later(2 * HOUR)
      silent.writes(way)
      expect([way, silent.place() === "case.answer", silent.filed()]).toEqual([way, false, []])
    }
    const ended = withCase().her
    ended.answers("story")
    for (const heard of [{ type: "blocked" }, { type: "parked" }] as const) {
      const { effects } = flows.hear(ended.here(), heard, { now: ended.memory().now, shape: "telegram", reports: REPORTS })
      expect([heard.type, effects.filter(({ type }) => type === "file")]).toEqual([heard.type, []])
    }
  })

  test("words that weren't passed on are said to be gone where another number takes their place, and where a counsellor comes", () => {
    const { her } = withCase()
    her.answers("add")
    her.writes("It goes on.")
    const here = { ...her.here(), memory: { ...her.memory(), handoff: { id: "one", status: "waiting" as const } } }
    const facts = { now: her.memory().now, shape: "telegram", reports: REPORTS } as const
    const came = flows.hear(
      here,
      { type: "counsellor", id: "one", staffId: "jo", alias: "Jo", text: "Hello.", key: "" },
      { ...facts, handoff: { id: "one", status: "live", staffId: "jo" } },
    )
    expect([came.effects[0], came.after.memory.opened]).toEqual([{ type: "say", key: "case.not-added" }, undefined])
    expect(her.hears({ type: "case", opened: { ...KEPT, ref: "another" } })[0]).toContain("was not passed on")
  })

  test("a picture over digits is said not to have been opened, wherever she is; before it is safe nothing is", () => {
    for (const opened of [KEPT, "unknown", "later"] as const) {
      const her = somebody({ country: "PK", reports: REPORTS })
      const said = her.hears({ type: "case", opened, media: true })
      expect([opened, said[0]?.includes("nothing else is opened or kept"), said.length]).toEqual([opened, true, 2])
    }
    const danger = somebody({ country: "PK", reports: REPORTS })
    expect(danger.hears({ type: "case", opened: "unknown", media: true, beside: "he is outside my door with a knife […]" })[0]).toContain("15")
    const left = somebody({ reports: REPORTS })
    expect(left.hears({ type: "case", opened: "unknown", media: true, beside: "EXIT" })).toHaveLength(1)
    const late = somebody({ reports: REPORTS })
    late.later(3 * HOUR)
    expect(late.hears({ type: "case", opened: KEPT, media: true })).toEqual(["Hello. Is this a good moment to text here, on this phone?"])
  })

  test("adds words, changes consents, gives her word on the story, and takes it all back", () => {
    const { her } = withCase()
    her.answers("add")
    her.writes("It goes on.")
    her.writes("His number is 0300 1234567")
    her.answers("hide", "done", "consents", "count", "yes", "publish", "no", "back", "story", "yes", "withdraw", "yes")
    const consents = { ...KEPT.consents, count: true }
    const filings: readonly Filing[] = [
      { type: "addition", ref: "a-ref", words: ["It goes on.", "His number is […]"] },
      { type: "consents", ref: "a-ref", consents },
      { type: "consents", ref: "a-ref", consents: { ...consents, publish: false } },
      { type: "seen", ref: "a-ref", story: "story-1" },
      { type: "story", ref: "a-ref", story: "story-1", agrees: true },
      { type: "withdrawal", ref: "a-ref" },
    ]
    expect(her.filed()).toEqual(filings)
    expect([her.place(), her.memory().opened]).toEqual(["case.done", undefined])
  })

  test("danger in words that are added brings the number at once, and the words stay until she passes them on", () => {
    for (const [words, kept] of [
      ["he is outside my door with a knife", "case.add"],
      ["i want to kill myself", "case.add"],
      ["he is outside my door with a knife, his number is 0300 1234567", "case.details"],
    ] as const) {
      const { her } = withCase()
      her.answers("add")
      her.writes("It goes on.")
      const said = her.writes(words).join("\n")
      expect([words, her.place(), /\b(15|1122|0311 7786264|0800)\b/.test(said), her.offered().includes("person")]).toEqual([words, kept, true, true])
      expect(said).toContain("is kept here")
      if (kept === "case.details") her.answers("hide")
      her.answers("done")
      expect(her.filed()).toMatchObject([{ type: "addition", words: ["It goes on.", words.replace("0300 1234567", "[…]")] }])
    }
  })

  test("whoever asks for a person in the middle of adding has passed on what she wrote, with what shows somebody hidden", () => {
    const { her } = withCase()
    her.answers("add")
    her.writes("It goes on.")
    her.writes("His number is 0300 1234567")
    expect(her.answers("person").join("\n")).toContain("Passed on, sealed")
    expect(her.filed()).toEqual([{ type: "addition", ref: "a-ref", words: ["It goes on.", "His number is […]"] }])
    expect(JSON.stringify(her.memory())).not.toContain("a-ref")
  })

  test("words that were added are passed on only when she says so, and what else ends it says that they weren't; leaving and danger have their one answer", () => {
    for (const leaves of ["back", "i am 15 years old", "MENU", "HELP"]) {
      const { her } = withCase()
      her.answers("add")
      her.writes("It goes on.")
      const said = (leaves === "back" ? her.answers("back") : her.writes(leaves)).join("\n")
      expect([leaves, said.includes("was not passed on")]).toEqual([leaves, true])
      expect([her.filed(), JSON.stringify(her.memory()).includes("It goes on.")]).toEqual([[], false])
    }
    for (const word of ["EXIT", "FORGET", "0"]) {
      const { her } = withCase()
      her.answers("add")
      her.writes("It goes on.")
      expect([word, her.writes(word).length, her.filed(), JSON.stringify(her.memory()).includes("It goes on.")]).toEqual([word, 1, [], false])
    }
  })

  test("a message that doesn't fit isn't said to be kept because it tells of danger", () => {
    const her = atWords()
    her.writes("a ".repeat(MOST_WORDS / 2 - 10))
    const said = her.writes("he is outside my door with a knife").join(" ")
    expect(said).toContain("Your last message was not kept")
  })

  test("tells what can't be called back where it was counted", () => {
    const { her } = withCase({ ...KEPT, counted: true })
    expect(her.answers("withdraw").join()).toContain("can't be called back")
  })

  test("is forgotten with every way out of it", () => {
    for (const way of ["menu", "0", "EXIT", "talk to a person", "tips", "forget"]) {
      const { her } = withCase()
      her.writes(way)
      expect([way, her.place().startsWith("case."), JSON.stringify(her.memory()).includes("a-ref")]).toEqual([way, false, false])
    }
  })

  test("says of what is gone that nothing is left, and of a code that leads nowhere nothing at all", () => {
    expect(withCase({ ...KEPT, state: "withdrawn" }).said).toContain("nothing of it is left")
    expect(withCase({ ...KEPT, state: "expired" }).said).toContain("nothing of it is left")
    for (const nothing of ["unknown", "later"] as const) expect(withCase(nothing).said).not.toMatch(/case|report|exist|code|kept/i)
  })
})
