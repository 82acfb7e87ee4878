import { describe, expect, test } from "vitest"
import type { Shape } from "../../src/flows/effect.ts"
import type { ReportFacts } from "../../src/flows/report-shapes.ts"
import { LANGUAGES } from "../../src/locales/texts.ts"
import { flows, somebody } from "../support/spoken.ts"

const HOUR = 3600_000
const DANGER = "he is outside my door with a knife"
const TOLD = ["from-18-to-30", ...Array.from({ length: 10 }, () => "skip")]

/** Somebody who has told what happened and agreed to all of it; every number she could be shown is another. */
function atNumber(shape: Shape = "telegram") {
  let made = 0
  const reports: ReportFacts = {
    taken: true,
    get code() {
      return `5555555${String((made += 1)).padStart(11, "0")}`
    },
  }
  const her = somebody({ shape, country: "PK", reports })
  her.answers("report", "begin", ...TOLD.slice(0, 10))
  her.writes("He wrote to me every day.")
  her.answers("done", "right", "yes", "yes")
  const said = her.answers("yes")
  expect(her.place()).toBe("report.code")
  return { her, said, number: her.memory().draft?.code ?? "", shown: said[0] ?? "" }
}

const isNumber = (text: string) => /^(\d{3}-){5}\d{3}$/.test(text)

describe("the number that leads back", () => {
  test("comes before anything is filed: a message of its own, of digits and dashes only, and after it the question whether she has it", () => {
    const { her, said, number } = atNumber()
    expect(said.map(isNumber)).toEqual([true, false])
    expect(said[0]?.replaceAll("-", "")).toBe(number)
    expect(said[1]).toContain("Nothing is passed on yet")
    expect([her.offered(), her.filed()]).toEqual([["have", "without", "back", "menu"], []])
  })

  test("is what the report is filed with once she says that she has it, and stands nowhere after that", () => {
    for (const yes of ["1", "yes", "i have it", "I wrote it down"]) {
      const { her, number } = atNumber()
      her.writes(yes)
      expect([yes, her.place(), her.filed().length]).toEqual([yes, "report.filed", 1])
      expect(her.filed()[0]).toMatchObject({ type: "report", code: number, consents: { keep: true, publish: true } })
      expect(JSON.stringify(her.here())).not.toContain("5555555")
    }
  })

  test("may be left: then it is filed with no way back and no story, which is said plainly", () => {
    const { her } = atNumber()
    const said = her.answers("without").join("\n")
    const [filing] = her.filed()
    expect([her.place(), said.includes("no way back")]).toEqual(["report.filed", true])
    expect(filing).toMatchObject({ type: "report", consents: { keep: true, count: true, publish: false } })
    expect(filing).not.toHaveProperty("code")
  })

  test("is never said twice: whatever she does there and wherever she goes from there, and elsewhere it isn't remembered", () => {
    for (const does of ["what?", "no", "menu", "0", "help", DANGER, "tips", "urdu", "FORGET", "back", "talk to a person"]) {
      const { her, number, shown } = atNumber()
      const after = does === "back" ? her.answers("back") : her.writes(does)
      expect([does, after.join("\n").includes(shown), her.filed()]).toEqual([does, false, []])
      expect([does, JSON.stringify(her.here()).includes(number)]).toEqual([does, her.place() === "report.code"])
    }
    const { her, shown } = atNumber()
    // A button of an older question, a picture.
    for (const heard of [{ type: "choice", id: "report.count/yes" }, { type: "media" }] as const) expect(her.hears(heard).join("\n")).not.toContain(shown)
    expect(her.place()).toBe("report.code")
  })

  test("is another one when she comes back to it, and only the last is filed", () => {
    const ways: readonly ((her: ReturnType<typeof somebody>) => readonly string[])[] = [
      (her) => [...her.answers("back"), ...her.answers("yes")],
      (her) => [...her.writes("menu"), ...her.answers("report", "go-on")],
      (her) => [...her.writes(DANGER), ...her.writes("menu"), ...her.answers("report", "go-on")],
      (her) => {
        her.later(3 * HOUR)
        return [...her.writes("hello"), ...her.writes("yes"), ...her.answers("go-on")]
      },
    ]
    for (const way of ways) {
      const { her, number, shown } = atNumber()
      const said = way(her)
      const next = her.memory().draft?.code ?? ""
      expect([her.place(), her.filed(), next === number, said.join("\n").includes(shown)]).toEqual(["report.code", [], false, false])
      expect(said.some(isNumber)).toBe(true)
      expect(said.at(-1)).toContain("the one before leads nowhere")
      her.answers("have")
      expect(her.filed()).toMatchObject([{ code: next }])
    }
  })

  test("goes with EXIT and STOP, and with it all that was told: nothing was filed", () => {
    for (const leaves of ["EXIT", "STOP"]) {
      const { her, number } = atNumber("sms")
      her.writes(leaves)
      expect([her.place(), her.filed(), her.memory().draft, JSON.stringify(her.here()).includes(number)]).toEqual(["left", [], undefined, false])
    }
  })

  test("leads nowhere where it can't be passed on after all, and that is said", () => {
    const { her, number } = atNumber()
    const facts = { now: her.memory().now, shape: "telegram", country: "PK", reports: { taken: false, code: "" } } as const
    const { after, effects } = flows.hear(her.here(), { type: "choice", id: "report.code/have" }, facts)
    expect(effects.filter(({ type }) => type === "file")).toEqual([])
    expect(effects[0]).toMatchObject({ type: "say", key: "report.not-now-number" })
    expect([after.place, after.memory.draft?.step, JSON.stringify(after).includes(number)]).toEqual(["report.not-yet", "summary", false])
  })
})

describe("digits that she types back while she is asked", () => {
  test("are her yes, where they are the number", () => {
    for (const beside of [undefined, "here it is […]"]) {
      const { her, number } = atNumber()
      her.hears({ type: "case", opened: "unknown", held: true, beside })
      expect([her.place(), her.filed()]).toMatchObject(["report.filed", [{ code: number }]])
    }
  })

  test("are said to be others, where they are: she stays, and nothing is filed", () => {
    for (const opened of ["unknown", "later"] as const)
      for (const beside of [undefined, "is it […]?"]) {
        const { her, number } = atNumber()
        expect(her.hears({ type: "case", opened, beside }).join("\n")).toContain("not the number I sent last")
        expect([her.place(), her.filed(), her.memory().draft?.code, her.offered()]).toEqual(["report.code", [], number, ["have", "without", "back", "menu"]])
      }
  })

  test("don't come before danger, nor before leaving, which stand beside them", () => {
    for (const [beside, place] of [
      [`${DANGER} […]`, "emergency.danger"],
      ["EXIT", "left"],
    ] as const) {
      const { her } = atNumber()
      her.hears({ type: "case", opened: "unknown", held: true, beside })
      expect([her.place(), her.filed()]).toEqual([place, []])
    }
  })

  test("after a pause are no yes any more: she is asked whether it is safe, and whether to go on", () => {
    const { her } = atNumber()
    her.later(3 * HOUR)
    expect(her.hears({ type: "case", opened: "unknown", held: true })).toEqual(["Hello. Is this a good moment to text here, on this phone?"])
    her.answers("yes")
    expect([her.place(), her.filed()]).toEqual(["report.resume", []])
  })
})

test("in every language “I have it” is understood by number, by label and in other words, and a plain no files nothing", () => {
  const own = { en: "i wrote it down", ur: "لکھ لیا", "ur-Latn": "likh liya", es: "ya lo tengo", fr: "je l'ai noté" }
  const no = { en: "no", ur: "نہیں", "ur-Latn": "nahi", es: "no", fr: "non" }
  for (const language of LANGUAGES) {
    const { her } = atNumber("sms")
    const here = { ...her.here(), language }
    const facts = { now: here.memory.now, shape: "sms", country: "PK", reports: { taken: true, code: "1" } } as const
    const at = (text: string) => flows.hear(here, { type: "text", text }, facts).after.place
    expect([language, at(own[language]), at("1"), at("۱"), at(no[language])]).toEqual([language, "report.filed", "report.filed", "report.filed", "report.code"])
  }
})
