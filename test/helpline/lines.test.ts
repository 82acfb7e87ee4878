import { describe, expect, test } from "vitest"
import type { Lines } from "../../src/flows/effect.ts"
import type { DirectoryEntry } from "../../src/helpline/content.ts"
import { createListing } from "../../src/helpline/listing.ts"
import { render } from "../../src/locales/render.ts"
import { texts } from "../support/spoken.ts"

const names = { en: "X", ur: "X", "ur-Latn": "X", es: "X", fr: "X" }
const line = (id: string, change: Partial<DirectoryEntry>): DirectoryEntry => ({
  id,
  name: id,
  needs: ["suicide"],
  provinces: [],
  contacts: [{ kind: "call", dial: "0800 1" }],
  hours: "always",
  languages: [],
  cost: "unknown",
  audience: "all",
  traceOnBill: "unknown",
  cautions: [],
  source: "unknown",
  sourceDated: "unknown",
  verifiedOn: "2026-11-20",
  mark: "operator",
  ...change,
})

/** “Thank you …” with the lines of a directory of its own, at 12:00 UTC on a Wednesday. */
function said(entries: readonly DirectoryEntry[], change: Partial<Lines> = {}): string {
  const lines: Lines = { entries: entries.map(({ id }) => id), by: "any", now: "emergency.lines.talk-now", otherwise: "emergency.lines.talk", ...change }
  const listing = createListing([{ country: "XX", names, aliases: [], timeZone: "UTC", provinces: [], entries: [...entries] }], texts)
  const message = listing({ type: "say", key: "emergency.suicide", values: { suicide: { lines: [lines] } } }, "en", new Date("2026-11-25T12:00Z"), "telegram")
  return render(message, "en", "telegram", texts).text.replace("Thank you for telling me. You need not be alone with this.", "").trim()
}

const office = { days: ["wed" as const, "thu" as const], from: "15:00", to: "18:00" }

describe("numbers within a text", () => {
  test("are only those that are open, where one is", () => {
    const open = line("open", { contacts: [{ kind: "call", dial: "222" }] })
    expect(said([line("closed", { hours: [office] }), line("doubtful", { mark: "unverified" }), open])).toBe("Someone can talk with you now: 222.")
  })

  test("say when a closed line opens, today or on another day, and never claim the present", () => {
    expect(said([line("a", { hours: [office] })])).toBe("To talk with someone: 0800 1 (opens at 15:00).")
    expect(said([line("a", { hours: [{ ...office, days: ["fri"], from: "09:00" }] })])).toBe("To talk with someone: 0800 1 (opens Friday 09:00).")
  })

  test("of unknown hours or unverified are told without a promise", () => {
    expect(said([line("a", { hours: "unknown" })])).toBe("To talk with someone: 0800 1.")
    expect(said([line("a", { mark: "unverified" })])).toBe("To talk with someone: 0800 1 (not verified).")
  })

  test("tell how they are used: call, text, the word, the digit; a page is no line", () => {
    const both = { contacts: [{ kind: "call", dial: "988" } as const, { kind: "text", dial: "988" } as const] }
    expect(said([line("a", both)])).toBe("Someone can talk with you now: 988 (call or text).")
    expect(said([line("a", { contacts: [{ kind: "text", dial: "85258", word: "SHOUT" }] })])).toBe("Someone can talk with you now: 85258 (text SHOUT).")
    expect(said([line("a", { contacts: [{ kind: "call", dial: "15", press: "7" }] })])).toBe("Someone can talk with you now: 15 (then press 7).")
    expect(said([line("a", { contacts: [{ kind: "web", dial: "example.org" }] })])).toBe("")
    expect(said([line("a", both)], { by: "text" })).toBe("Someone can talk with you now: 988.")
  })

  test("are two at most, of two lines rather than of one", () => {
    const many = line("many", { contacts: ["1111", "1112", "1113"].map((dial) => ({ kind: "call" as const, dial })) })
    expect(said([many])).toBe("Someone can talk with you now: 1111, 1112.")
    expect(said([many, line("one", {})])).toBe("Someone can talk with you now: 1111, 0800 1.")
  })

  test("that have gone meanwhile leave what stands instead of them, and no empty sentence", () => {
    expect(said([], { entries: ["gone"], instead: { key: "emergency.lines.no-line" } })).toBe("We know no line for this in your country.")
    expect(said([], { entries: ["gone"] })).toBe("")
    const instead: Lines = { entries: ["here"], by: "call", now: "emergency.lines.no-line-but", otherwise: "emergency.lines.no-line-but" }
    expect(said([line("here", { contacts: [{ kind: "call", dial: "112" }] })], { entries: ["gone"], instead })).toBe(
      "We know no line for this in your country; its emergency number: 112.",
    )
  })
})
