import { mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { CONTENT } from "../../src/app.ts"
import { readContent } from "../../src/helpline/content.ts"
import { checkDesk, readDesk, SAFE_DESK } from "../../src/helpline/desk-file.ts"
import { standing } from "../../src/helpline/hours.ts"
import { contentFolder } from "../support/content-folder.ts"

const { desk } = readDesk(CONTENT)
const reading = (change: (text: string) => string) => readDesk(contentFolder({ "desk.yaml": change }))
const replacing = (before: string | RegExp, after: string) => reading((text) => text.replace(before, after))

describe("the desk file that comes along", () => {
  test("is read without a mistake and goes together with the session's length", () => {
    expect(readDesk(CONTENT).problems).toEqual([])
    expect(checkDesk(desk, readContent(CONTENT).helpline.sessionMinutes)).toEqual([])
  })

  test("has hours that can be told, in its own time zone", () => {
    expect(standing(desk.hours, desk.timeZone, new Date("2026-11-25T06:00:00Z"))).toEqual({ type: "open", until: "17:00" })
    expect(standing(desk.hours, desk.timeZone, new Date("2026-11-28T06:00:00Z"))).toMatchObject({ type: "closed", day: "mon", inDays: 2 })
  })
})

describe("a desk file with mistakes", () => {
  test.each([
    ["a broken file", (text: string) => text.replace("minutes:", "minutes: [")],
    ["an empty file", () => "# nothing\n"],
    ["a file with a list in it", () => "- always\n"],
    ["a file with a word in it", () => "always\n"],
  ])("%s gives what is safe, and hours that nobody claims to know", (_what, change) => {
    const { desk: safe, problems } = reading(change)
    expect(safe).toEqual(SAFE_DESK)
    expect(safe.hours).toBe("unknown")
    expect(problems).toEqual([expect.stringMatching(/^content\/desk\.yaml: \S/)])
  })

  test("a missing file, or a folder in its place, does so too", () => {
    const folder = contentFolder({ "desk.yaml": undefined })
    expect(readDesk(folder)).toEqual({ desk: SAFE_DESK, problems: [expect.stringMatching(/^content\/desk\.yaml: ENOENT/)] })
    mkdirSync(join(folder, "desk.yaml"))
    expect(readDesk(folder)).toEqual({ desk: SAFE_DESK, problems: [expect.stringMatching(/^content\/desk\.yaml: EISDIR/)] })
    rmSync(folder, { recursive: true })
    expect(readDesk(folder).desk).toBe(SAFE_DESK)
  })

  test.each(["Asia/Karachee", "+05:00", "five", "''"])("the time zone %s is named, and leaves the hours unknown", (zone) => {
    const { desk: left, problems } = replacing("Asia/Karachi", zone)
    expect(problems).toEqual([expect.stringMatching(/^content\/desk\.yaml: timeZone: /)])
    expect(left).toEqual({ ...desk, timeZone: "UTC", hours: "unknown" })
  })

  test.each([
    ["a day that doesn't exist", "[mon, tue", "[monday, tue"],
    ["an hour that doesn't exist", '"17:00"', '"25:00"'],
    ["no hours at all", /hours:.*\n.*\n/, "hours: []\n"],
    ["hours that were left out", /hours:.*\n.*\n/, ""],
    ["another word than always", /hours:.*\n.*\n/, "hours: sometimes\n"],
  ])("%s is named, and leaves the hours unknown and the rest as it is", (_what, before, after) => {
    const { desk: left, problems } = replacing(before, after)
    expect(problems).toEqual([expect.stringMatching(/^content\/desk\.yaml: hours/)])
    expect(left).toEqual({ ...desk, hours: "unknown" })
  })

  test.each([
    ["minutes.queue", "queue: 45 ", "queue: soon ", { minutes: { ...desk.minutes, queue: 45 } }],
    ["minutes.answer", "answer: 2 ", "answer: 0 ", { minutes: { ...desk.minutes, answer: 2 } }],
    ["care.hardInARow", "hardInARow: 3", "hardInARow: 2.5", { care: { ...desk.care, hardInARow: 3 } }],
    ["retention.transcriptDays", "transcriptDays: 7", "transcriptDays: 30", { retention: { ...desk.retention, transcriptDays: 7 } }],
    ["retention.caseMonths", "caseMonths: 12", "caseMonths: 24", { retention: { ...desk.retention, caseMonths: 12 } }],
  ])("%s is named when it can't be used, and falls back alone", (key, before, after, expected) => {
    const { desk: left, problems } = replacing(before, after)
    expect(problems).toEqual([expect.stringContaining(`content/desk.yaml: ${key}: `)])
    expect(left).toEqual({ ...desk, ...expected })
  })

  test("a slip in one place doesn't lengthen what an organisation has shortened in another", () => {
    const { desk: left, problems } = reading((text) =>
      text.replace("transcriptDays: 7", "transcriptDays: 1").replace('"09:00"', '"nine"').replace("caseMonths: 12", "caseMonths: many"),
    )
    expect(problems).toHaveLength(2)
    expect(left).toEqual({ ...desk, hours: "unknown", retention: { transcriptDays: 1, caseMonths: 12 } })
  })

  test("a key that nobody reads is named and costs nothing", () => {
    const { desk: left, problems } = reading((text) => `${text.replace("  queue: 45", "  que: 5\n  queue: 20")}colour: blue\n`)
    expect(problems).toEqual([expect.stringMatching(/minutes: .*que/), expect.stringMatching(/colour/)])
    expect(left).toEqual({ ...desk, minutes: { ...desk.minutes, queue: 20 } })
  })

  test("a part that is missing or is no part falls back whole", () => {
    expect(replacing(/minutes:\n( {2}.*\n)+/, "").desk.minutes).toEqual(SAFE_DESK.minutes)
    expect(replacing(/care:\n|care: .*\n/, "care: gently\nnobody-reads-this:\n").desk.care).toEqual(SAFE_DESK.care)
  })

  test("nothing that can stand in it makes the reading fail", () => {
    const text = fc.oneof(fc.string(), fc.json(), fc.constantFrom("hours: &a [*a]", "__proto__: {a: 1}", "minutes: {__proto__: 5}", "retention: null", "timeZone: 5"))
    fc.assert(
      fc.property(text, (written) => {
        const { desk: left } = reading(() => `${written}\n`)
        expect(left.retention.transcriptDays).toBeLessThanOrEqual(7)
        expect(Object.keys(left.minutes)).toEqual(Object.keys(SAFE_DESK.minutes))
      }),
      { numRuns: 30 },
    )
  })
})

test("who waits longer than a session lasts would be taken for somebody new", () => {
  expect(checkDesk(desk, 45)).toEqual(["content/desk.yaml: minutes.queue: 45 should be less than the sessionMinutes of helpline.yaml, 45"])
  expect(checkDesk(desk, 30)).toHaveLength(2)
})
