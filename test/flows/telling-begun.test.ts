import { describe, expect, test } from "vitest"
import { DRAFT_MS } from "../../src/flows/report-draft.ts"
import { somebody } from "../support/spoken.ts"
import { atWords, KEPT, REPORTS, withCase } from "../support/telling.ts"

const HOUR = 3600_000

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
