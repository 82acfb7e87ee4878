import { describe, expect, test } from "vitest"
import type { Facts, Language, Shape } from "../../src/flows/effect.ts"
import { DRAFT_MS, MOST_WORDS, type Draft } from "../../src/flows/report-draft.ts"
import type { Filing, OpenCase } from "../../src/flows/report-shapes.ts"
import { LANGUAGES } from "../../src/locales/texts.ts"
import { flows, somebody } from "../support/spoken.ts"
import { toldIn, typedOn } from "../support/telling.ts"

const SHAPES: readonly Shape[] = ["sms", "telegram", "whatsapp"]
const REPORTS = { taken: true, code: "909090909090909090", group: "Example Rights Foundation" }
const HOUR = 3600_000

function types(language: Language, shape: Shape, between: (her: ReturnType<typeof somebody>) => void = () => {}) {
  const her = somebody({ shape, language, country: "PK", reports: REPORTS, at: "2026-11-25T10:00Z" })
  for (const text of typedOn(shape, language)) {
    her.writes(text)
    between(her)
  }
  return her
}

describe("a report told as people type", () => {
  const expected = (language: Language) => ({
    type: "report",
    report: toldIn(language, "2026-11"),
    consents: { keep: true, count: true, share: false, publish: true, wording: "report-1" },
    code: REPORTS.code,
  })

  for (const language of LANGUAGES) {
    for (const shape of SHAPES) {
      test(`in ${language} over ${shape} is filed as it was told`, () => {
        const her = types(language, shape)
        expect([her.place(), her.filed()]).toEqual(["report.filed", [expected(language)]])
      })
    }

    test(`in ${language}, with the house begun anew after every message, is the same`, () => {
      expect(types(language, "sms", (her) => her.later(0)).filed()).toEqual([expected(language)])
    })
  }
})

/** Somebody who has come to her own words. */
function atWords(shape: Shape = "telegram") {
  const her = somebody({ shape, country: "PK", reports: REPORTS })
  her.answers("report", "begin", "from-18-to-30", "skip", "skip", "skip", "skip", "skip", "skip", "skip", "skip", "skip")
  expect(her.place()).toBe("report.words")
  return her
}

describe("where reports can't be kept", () => {
  test("that is said, nothing is asked, and the other ways are offered", () => {
    const her = somebody({ reports: { ...REPORTS, taken: false } })
    her.answers("report")
    expect([her.place(), her.offered()]).toEqual(["report.not-yet", ["person", "find-help", "tips", "menu"]])
    expect(her.memory().draft).toBeUndefined()
  })

  test("and where nothing is known of reports the menu doesn't offer them", () => {
    expect(somebody().offered()).not.toContain("report")
  })
})

describe("a report that was begun", () => {
  test("waits a day and is asked for once it is safe, without a word of what was in it", () => {
    const her = atWords()
    her.writes("He wrote to me every day.")
    her.later(5 * HOUR)
    expect(her.writes("hello").join(" ")).not.toMatch(/began|report|wrote/i)
    expect(her.place()).toBe("hello.safe")
    const said = her.writes("yes").join(" ")
    expect(her.place()).toBe("report.resume")
    expect(said).not.toContain("wrote")
    her.answers("go-on")
    expect([her.place(), her.memory().draft?.words]).toEqual(["report.words", ["He wrote to me every day."]])
  })

  test("is gone after a day, and with EXIT at once", () => {
    const late = atWords()
    late.later(DRAFT_MS + 1)
    late.writes("hello")
    expect(late.memory().draft).toBeUndefined()
    const left = atWords()
    left.writes("EXIT")
    expect(left.memory().draft).toBeUndefined()
    left.writes("hello")
    left.writes("yes")
    left.answers("report")
    expect(left.place()).toBe("report.intro")
  })

  test("doesn't take what is written after a long pause, whoever wrote it, and says so once it is safe", () => {
    const her = atWords()
    her.writes("He wrote to me every day.")
    her.later(2 * HOUR)
    expect(her.writes("and then it went on for weeks").join(" ")).not.toMatch(/kept|wrote/i)
    const said = her.writes("yes").join(" ")
    expect([her.place(), said.includes("after the pause is not kept")]).toEqual(["report.resume", true])
    her.answers("go-on")
    expect(her.memory()).toMatchObject({ draft: { words: ["He wrote to me every day."] } })
    expect(her.memory().missed).toBeUndefined()
    const back = withCase().her
    back.answers("add")
    back.writes("It goes on.")
    back.later(2 * HOUR)
    expect(back.writes("hello").join(" ")).not.toMatch(/add|passed/i)
    expect(back.writes("yes").join(" ")).toContain("was not passed on")
    expect(JSON.stringify(back.memory())).not.toContain("It goes on.")
  })

  test("waits through a moment that isn't good, and through beginning anew; of a case that was opened then nothing stays", () => {
    for (const leaves of ["no", "begin"]) {
      const her = atWords()
      her.writes("He wrote to me every day.")
      her.later(2 * HOUR)
      her.writes("hello")
      if (leaves === "no") her.answers("no")
      else her.hears({ type: "begin" })
      her.later(HOUR)
      if (leaves === "no") her.writes("hello")
      her.writes("yes")
      her.answers("go-on")
      expect([leaves, her.memory().draft?.words]).toEqual([leaves, ["He wrote to me every day."]])
    }
    const back = somebody({ safe: false, reports: REPORTS })
    back.hears({ type: "case", opened: KEPT })
    back.answers("no")
    expect([back.place(), JSON.stringify(back.memory()).includes("a-ref")]).toEqual(["left", false])
  })

  test("shows nothing that was answered before the pause, until she asks for it", () => {
    for (const shape of ["sms", "telegram"] as const) {
      const her = atWords(shape)
      her.answers("done", "relation", "ex-partner")
      expect(her.place()).toBe("report.summary")
      her.later(3 * HOUR)
      const said = [...her.writes("hello"), ...her.writes("yes"), ...her.answers("go-on")].join("\n")
      expect([her.place(), her.offered(), said.includes("Former")]).toEqual(["report.unseen", ["as-it-is", "see", "drop", "menu"], false])
      expect(said).toContain("stand on this screen")
      // The way back from what comes after it doesn't show it, either.
      expect(her.answers("as-it-is", "back").join("\n")).not.toContain("Former")
      expect(her.answers("see").join("\n")).toContain("Former")
      expect(her.place()).toBe("report.summary")
    }
    const her = somebody({ reports: REPORTS })
    her.answers("report", "begin", "skip", "skip", "skip", "facebook")
    expect(her.answers("tiktok").join()).toContain("TikTok")
    expect(her.writes("menu").length + her.answers("report").length).toBe(2)
    expect(her.answers("go-on").join()).not.toMatch(/Facebook|TikTok/)
    her.answers("done", "skip")
    expect(her.answers("psychological").join()).toContain("Fear")
  })

  test("is still there after MENU, and let go when she says so", () => {
    const her = atWords()
    her.writes("menu")
    her.answers("report", "drop")
    expect([her.place(), her.memory().draft]).toEqual(["menu.main", undefined])
  })
})

describe("while she tells", () => {
  test("and waits for a counsellor, nothing that she writes or sends becomes a line at the desk, wherever in it she is", () => {
    const facts: Facts = {
      now: Date.parse("2026-11-25T10:00Z"),
      shape: "telegram",
      country: "PK",
      reports: REPORTS,
      desk: { state: "open" },
      fresh: "0190a000-0000-7000-8000-000000000001",
    }
    const places = new Set<string>()
    const desk: string[] = []
    for (const [step, young] of ["intro", "age", "about", "act", "platform", "province", "words", "summary", "keep", "child", "media", "not-yet"].flatMap(
      (one) =>
        [
          [one, false],
          [one, true],
        ] as const,
    )) {
      const her = atWords()
      const draft = { ...(her.memory().draft as Draft), step: step === "media" ? "about" : step, ...(young && { said: { age: ["under-18"] } }) }
      const memory = { ...her.memory(), draft, handoff: { id: facts.fresh ?? "", status: "waiting" as const } }
      const here = { ...her.here(), place: `report.${step}`, offered: [], memory }
      places.add(here.place)
      for (const heard of [
        { type: "text", text: "Zaibunnisa was never there" },
        { type: "media", caption: "Zaibunnisa was never there" },
        { type: "media", album: "one", caption: "Zaibunnisa was never there" },
      ] as const) {
        const { effects } = flows.hear(here, heard, facts)
        desk.push(...effects.flatMap((effect) => (effect.type === "desk" ? [`${here.place} ${heard.type} ${JSON.stringify(effect.step)}`] : [])))
      }
    }
    expect(places.size).toBeGreaterThan(8)
    expect(desk).toEqual([])
  })

  test("danger brings the number and the offer of a person, and her words are kept", () => {
    const her = atWords()
    const said = her.writes("he is outside my door with a knife").join("\n")
    expect(said).toContain("15")
    expect(her.offered()).toContain("person")
    expect(her.memory()).toMatchObject({ risk: 2, draft: { words: ["he is outside my door with a knife"] } })
    her.writes("he has gone now")
    expect(her.memory().draft?.words).toHaveLength(2)
  })

  test("words of suicide are answered as everywhere, and the telling goes on after them", () => {
    const her = atWords()
    her.writes("i want to kill myself")
    expect(her.place()).toBe("emergency.suicide")
    her.writes("menu")
    her.answers("report", "go-on")
    expect(her.memory().draft?.words).toEqual(["i want to kill myself"])
  })

  test("an age under 18 leads to the child's path before anything else, and back to short answers only", () => {
    const her = somebody({ country: "PK", reports: REPORTS })
    her.answers("report", "begin")
    const said = her.answers("under-18").join("\n")
    expect(her.place()).toBe("report.child")
    expect(said).toContain("15")
    expect(her.offered()).toEqual(["go-on", "adult", "numbers", "images", "person", "menu"])
    const told = atWords()
    told.writes("i am 15 years old")
    expect([told.place(), told.memory().age]).toEqual(["report.child", "under-18"])
  })

  test("what doesn't fit isn't kept, and that is said", () => {
    const her = atWords()
    her.writes("a ".repeat(MOST_WORDS / 2 - 10))
    expect(her.writes("b ".repeat(20)).join(" ")).toContain("not kept")
    expect(her.memory().draft?.words).toHaveLength(1)
    her.writes("c")
    expect(her.memory().draft?.words).toHaveLength(2)
  })

  test("pictures are refused kindly, with the right place for her age, and what stands under them is kept", () => {
    const her = atWords()
    expect(her.hears({ type: "media", caption: "this is what he sent" }).join(" ")).toContain("StopNCII.org")
    expect([her.place(), her.memory().draft?.words]).toEqual(["report.media", ["this is what he sent"]])
    her.writes("and more of it")
    expect(her.memory().draft?.words).toHaveLength(2)
    const young = somebody({ country: "PK", reports: REPORTS })
    young.answers("report", "begin", "under-18", "go-on")
    const said = young.hears({ type: "media" }).join(" ")
    expect(said).toContain("takeitdown.ncmec.org")
    expect(said).not.toContain("StopNCII")
  })

  test("a button of an older question isn't taken for an answer to this one", () => {
    const her = somebody({ country: "PK", reports: REPORTS })
    her.answers("report", "begin", "skip", "skip", "skip", "skip", "skip", "skip", "blocked", "platform", "done")
    expect(her.memory().draft?.step).toBe("outcome:blocked")
    her.hears({ type: "choice", id: "report.outcome:blocked/helped" })
    her.hears({ type: "choice", id: "report.outcome:blocked/worse" })
    expect(her.memory().draft).toMatchObject({ step: "outcome:platform", said: { "outcome:blocked": ["helped"] } })
  })

  test("danger that is written where an answer is awaited belongs to her account, too: the number, her words kept, and the question again", () => {
    const her = somebody({ country: "PK", reports: REPORTS })
    her.answers("report", "begin", "skip")
    const said = her.writes("he is outside my door with a knife")
    expect([her.place(), her.memory().risk, her.memory().draft?.words]).toEqual(["report.about", 2, ["he is outside my door with a knife"]])
    expect([said.length, said[0]?.includes("15"), said[0]?.includes("is kept here"), her.offered().includes("person")]).toEqual([2, true, true, true])
    // Said once, and not on every page of a list.
    her.answers("skip")
    expect(her.answers("more").join("\n")).not.toContain("is kept here")
    expect(her.offered()).not.toContain("person")
    her.answers("back")
    her.writes("i want to kill myself")
    expect(her.place()).toBe("emergency.suicide")
    her.writes("menu")
    her.answers("report", "go-on")
    expect([her.place(), her.memory().draft?.words]).toEqual(["report.about", ["he is outside my door with a knife", "i want to kill myself"]])
  })

  test("and what of it may show who somebody is waits for her word, after which the question comes again", () => {
    const words = "he is outside my door with a knife, his number is 0300 1234567"
    for (const [ways, kept] of [
      [["keep"], [words]],
      [["hide"], [words.replace("0300 1234567", "[…]")]],
      [["change", "done"], []],
    ] as const) {
      const her = somebody({ country: "PK", reports: REPORTS })
      her.answers("report", "begin", "skip", "skip")
      her.writes(words)
      expect([her.place(), her.memory().draft?.words]).toEqual(["report.details", []])
      her.answers(...ways)
      expect([ways, her.place(), her.memory().draft?.words, her.memory().draft?.held]).toEqual([ways, "report.act", kept, undefined])
    }
  })

  test("whoever asks for urgent numbers by name gets those, and of somebody under 18 no words are kept", () => {
    const asks = somebody({ country: "PK", reports: REPORTS })
    asks.answers("report", "begin")
    asks.writes("this is an emergency")
    expect([asks.place(), asks.memory().draft?.words]).toEqual(["emergency.which", []])
    const young = somebody({ country: "PK", reports: REPORTS })
    young.answers("report", "begin", "under-18", "go-on")
    young.writes("he is outside my door with a knife")
    expect([young.place(), young.memory().draft?.words]).toEqual(["emergency.danger", []])
  })

  test("a word like “blackmail” starts no other path, and the question stands", () => {
    const her = somebody({ country: "PK", reports: REPORTS })
    her.answers("report", "begin")
    expect(her.writes("blackmail").join(" ")).toContain("did not understand")
    expect(her.place()).toBe("report.age")
  })
})

const KEPT: OpenCase = {
  ref: "a-ref",
  state: "kept",
  consents: { keep: true, count: false, share: false, publish: true, wording: "report-1" },
  answers: [
    { id: "1", text: "First answer." },
    { id: "2", text: "Second answer." },
  ],
  keptUntil: "2027-11",
  counted: false,
  story: { id: "story-1", text: "Somebody was written to." },
}

/** Somebody who is safe and has typed a code. */
function withCase(opened: OpenCase | "unknown" | "later" = KEPT) {
  const her = somebody({ country: "PK", reports: REPORTS })
  return { her, said: her.hears({ type: "case", opened }).join("\n") }
}

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
