import { describe, expect, test } from "vitest"
import { CONTENT } from "../../src/app.ts"
import { readContent } from "../../src/helpline/content.ts"
import { contentFolder as content, problemsIn } from "../support/content-folder.ts"

const problemsOf = (folder: string) => problemsIn(() => readContent(folder))

describe("content with mistakes", () => {
  test("all of them are named at once, each with its file and key", () => {
    const problems = problemsOf(
      content({
        "helpline.yaml": (text) => text.replace("sessionMinutes: 60", "sessionMinutes: 1").replace("flowHours: 24", "flowHours: 48"),
        "directory/pk.yaml": (text) => text.replace("needs: [emergency]", "needs: [urgent]").replace('to: "17:00"', 'to: "25:00"'),
        "directory/gb.yaml": (text) => text.replace("cost: free", "cost: cheap"),
        "directory/fr.yaml": (text) => text.replace("country: FR", "country: [FR"),
      }),
    )
    for (const named of [
      /^content\/helpline\.yaml: sessionMinutes: /,
      /^content\/helpline\.yaml: retention\.flowHours: /,
      /^content\/directory\/pk\.yaml: entries\.0\.needs\.0: /,
      /^content\/directory\/pk\.yaml: entries\.1\.hours/,
      /^content\/directory\/gb\.yaml: entries\.1\.cost: /,
      /^content\/directory\/fr\.yaml: /,
    ]) {
      expect(problems).toContainEqual(expect.stringMatching(named))
    }
  })

  test("a key that nobody reads is named: it is most often a slip of the finger", () => {
    expect(problemsOf(content({ "directory/gb.yaml": (text) => text.replace("audience: all", "audiance: all\n    audience: all") }))).toEqual([expect.stringContaining("audiance")])
    expect(problemsOf(content({ "helpline.yaml": (text) => `${text}\nsesionMinutes: 5\n` }))).toEqual([expect.stringContaining("sesionMinutes")])
  })

  test("an id that stands twice is named", () => {
    expect(problemsOf(content({ "directory/gb.yaml": (text) => text.replace("id: gb-shout", "id: pk-umang") }))).toEqual(["content/directory: the id pk-umang stands twice"])
  })

  test("the organisation's own country needs a file in the directory", () => {
    expect(problemsOf(content({ "helpline.yaml": (text) => text.replace("country: PK", "country: ZZ") }))).toEqual(["content/helpline.yaml: country: no directory file for ZZ"])
  })

  test.each([
    ["a day that doesn't exist", "verifiedOn: 2026-11-20", "verifiedOn: 2026-02-30"],
    ["an hour that doesn't exist", 'from: "09:00"', 'from: "24:30"'],
    ["a source that is no address", /source: https:.*/, "source: somebody told me"],
    ["a digit to press behind a sign of its own", 'dial: "15", press: "7"', 'dial: "15 > 7"'],
    ["an entry without a contact", '- { kind: call, dial: "15" }', ""],
  ])("%s is named, and nothing else", (_what, before, after) => {
    expect(problemsOf(content({ "directory/pk.yaml": (text) => text.replace(before, after) }))).toHaveLength(1)
  })

  test("a language that there are no texts for is named", () => {
    expect(problemsOf(content({ "helpline.yaml": (text) => text.replace("[en, ur,", "[en, xx,") }))).toEqual([expect.stringMatching(/^content\/helpline\.yaml: languages\.1: /)])
  })
})

describe("the content that comes along", () => {
  test("is read without a mistake, and every entry has the day on which it was verified", () => {
    const { helpline, directory } = readContent(CONTENT)
    expect(directory.map(({ country }) => country)).toContain(helpline.country)
    for (const entry of directory.flatMap(({ entries }) => entries)) expect(entry.verifiedOn).toMatch(/^\d{4}-\d\d-\d\d$/)
  })

  test("writes a bill's trace as a word, also where YAML would read yes or no as something else", () => {
    const { directory } = readContent(content({ "directory/pk.yaml": (text) => text.replace("traceOnBill: unknown", "traceOnBill: true") }))
    expect(directory.find(({ country }) => country === "PK")?.entries[0]?.traceOnBill).toBe("yes")
  })
})
