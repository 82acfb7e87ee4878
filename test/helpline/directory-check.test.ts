import { describe, expect, test } from "vitest"
import { CONTENT } from "../../src/app.ts"
import { readContent, type DirectoryEntry, type DirectoryFile } from "../../src/helpline/content.ts"
import { checkDirectory } from "../../src/helpline/directory-check.ts"

const { directory } = readContent(CONTENT)
const NOW = Date.parse("2026-12-01")

/** What is found when Pakistan's first entry, or the international one, reads differently. */
function found(change: Partial<DirectoryEntry>, of: Partial<DirectoryFile> = {}, country = "PK", now = NOW) {
  const [file] = directory.filter((one) => one.country === country)
  const [entry] = file?.entries ?? []
  if (file === undefined || entry === undefined) throw new Error("no such file")
  return checkDirectory([{ ...file, entries: [{ ...entry, source: "https://example.org", mark: "operator", ...change }], ...of }], now, hasText).map(
    ({ kind, problem }) => `${kind}: ${problem}`,
  )
}

const hasText = (key: string) => !key.includes("nobody-wrote")

describe("mistakes in the directory", () => {
  test("a province that the country doesn't have", () => {
    expect(found({ provinces: ["punjab", "atlantis"] })).toEqual(["mistake: unknown province atlantis"])
  })

  test("a province in an international entry, and a number for emergencies", () => {
    expect(found({ provinces: ["punjab"] }, {}, "international")).toEqual(["mistake: unknown province punjab"])
    expect(found({ needs: ["emergency"] }, {}, "international")[0]).toBe("mistake: an international entry can't be for emergency")
  })

  test("an urgent entry that nobody can call or text, and a word or a digit where it means nothing", () => {
    expect(found({ needs: ["medical"] }, {}, "international")[0]).toBe("mistake: an international entry can't be for medical")
    expect(found({ needs: ["emergency"], contacts: [{ kind: "web", dial: "example.org" }] })).toEqual(["mistake: is for emergency, and has no number to call or text"])
    expect(found({ contacts: [{ kind: "call", dial: "15", word: "GO" }] })).toEqual(["mistake: a word to text to 15, which isn't texted"])
    expect(
      found({
        contacts: [
          { kind: "call", dial: "15" },
          { kind: "text", dial: "16", press: "7" },
        ],
      }),
    ).toEqual(["mistake: a digit to press at 16, which isn't called"])
  })

  test("a caution, a note or a need without a text", () => {
    expect(found({ cautions: ["needs-id", "nobody-wrote-this"] })).toEqual(["mistake: the caution nobody-wrote-this has no text"])
    expect(checkDirectory(directory, NOW, (key) => key !== "caution.silent-999").filter(({ kind }) => kind === "mistake")).toEqual([
      { kind: "mistake", country: "GB", entry: "gb-emergency", problem: "the caution silent-999 has no text" },
    ])
    expect(checkDirectory(directory, NOW, (key) => key !== "need.shelter").some(({ problem }) => problem === "the need shelter has no text")).toBe(true)
  })

  test("hours without a time zone to read them in, and a time zone that doesn't exist", () => {
    const hours = [{ days: ["mon" as const], from: "09:00", to: "17:00" }]
    expect(found({ hours }, { timeZone: undefined })).toEqual(["mistake: has hours, and its file has no time zone"])
    expect(found({ hours: "always" }, { timeZone: undefined })).toEqual([])
    expect(found({ hours }, { timeZone: "Asia/Atlantis" })).toEqual(["mistake: no such time zone: Asia/Atlantis"])
  })

  test("a second file for a country", () => {
    const [first] = directory
    if (first === undefined) throw new Error("no directory")
    expect(checkDirectory([first, { ...first, entries: [] }], NOW, hasText).filter(({ kind }) => kind === "mistake")).toEqual([
      { kind: "mistake", country: first.country, problem: `a second file for ${first.country}: only the first is read` },
    ])
  })
})

describe("what somebody should look at", () => {
  test("an entry is stale after twelve months and hidden after twenty-four", () => {
    const seen = (verifiedOn: string) => found({ verifiedOn })
    expect(seen("2025-12-10")).toEqual([])
    expect(seen("2025-11-20")).toEqual(["flag: stale: verified on 2025-11-20, over 12 months ago"])
    expect(seen("2024-12-10")).toEqual(["flag: stale: verified on 2024-12-10, over 12 months ago"])
    expect(seen("2024-11-20")).toEqual(["flag: hidden: verified on 2024-11-20, over 24 months ago"])
  })

  test("an entry that nobody verified, whose source is unknown, or whose day of verification is still to come", () => {
    expect(found({ mark: "unverified", source: "unknown" })).toEqual(["flag: unverified", "flag: source unknown"])
    expect(found({ verifiedOn: "2027-01-01" })).toEqual(["flag: verified on 2027-01-01, which is still to come"])
  })

  test("nothing of an entry in good order", () => {
    expect(found({})).toEqual([])
  })
})

test("the directory that comes along has no mistakes, its international part included", () => {
  expect(directory.map(({ country }) => country)).toContain("international")
  expect(checkDirectory(directory, NOW, hasText).filter(({ kind }) => kind === "mistake")).toEqual([])
})
