import { describe, expect, test } from "vitest"
import type { Facts, Language, Shape } from "../../src/flows/effect.ts"
import { MOST_WORDS, type Draft } from "../../src/flows/report-draft.ts"
import { LANGUAGES } from "../../src/locales/texts.ts"
import { flows, somebody } from "../support/spoken.ts"
import { atWords, REPORTS, toldIn, typedOn } from "../support/telling.ts"

const SHAPES: readonly Shape[] = ["sms", "telegram", "whatsapp"]

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
