import { describe, expect, test } from "vitest"
import { CONTENT } from "../../src/app.ts"
import { readContent, type DirectoryEntry, type DirectoryFile } from "../../src/helpline/content.ts"
import { createListing, placeNames } from "../../src/helpline/listing.ts"
import { render, type Message } from "../../src/locales/render.ts"
import { countSms, segmentLimit } from "../../src/locales/sms.ts"
import { createTexts, LANGUAGES, type Language } from "../../src/locales/texts.ts"

const { directory } = readContent(CONTENT)
const texts = createTexts(placeNames(directory))
const NOW = new Date("2026-12-02T12:00:00Z")
const AFTER = {
  options: [
    { id: "more", label: "choice.more" },
    { id: "other-need", label: "choice.other-need" },
    { id: "menu", label: "choice.menu" },
  ],
} as const

const plain: DirectoryEntry = {
  id: "x-one",
  name: "One Line, a description of it",
  needs: ["violence"],
  provinces: [],
  contacts: [{ kind: "call", dial: "0800 1" }],
  hours: "unknown",
  languages: [],
  cost: "unknown",
  audience: "all",
  traceOnBill: "unknown",
  cautions: [],
  source: "unknown",
  sourceDated: "unknown",
  verifiedOn: "2026-11-20",
  mark: "operator",
}

/** What is said of one entry in a directory of its own. */
function listed(change: Partial<DirectoryEntry>, shape: "sms" | "telegram" | "whatsapp" = "telegram", language: Language = "en", now = NOW): Message {
  const file: DirectoryFile = {
    country: "XX",
    names: { en: "X", ur: "X", "ur-Latn": "X", es: "X", fr: "X" },
    aliases: [],
    timeZone: "Asia/Karachi",
    provinces: [],
    entries: [{ ...plain, ...change }],
  }
  return createListing([file], texts)({ type: "list", entry: "x-one", ...AFTER }, language, now, shape)
}

describe("an entry of the directory is said", () => {
  test("numbers first, then hours, name and notes", () => {
    const { text } = render(listed({ cost: "free", mark: "unverified" }), "en", "telegram", texts)
    expect(text).toBe("You asked for this one, as far as we know it: 0800 1. Hours not known. One Line, a description of it. Not verified: it may be wrong. Free.")
  })

  test("with how each contact is used, and the province it is for", () => {
    const contacts = [
      { kind: "call", dial: "119", press: "8" },
      { kind: "text", dial: "85258", word: "SHOUT" },
      { kind: "text", dial: "114" },
    ] as const
    expect(listed({ contacts: [...contacts] }).values?.["contacts"]).toBe("119 (then press 8), 85258 (text SHOUT), 114 (by text)")
    const [punjab] = directory.flatMap(({ entries }) => entries.filter(({ provinces }) => provinces.includes("punjab")))
    expect(createListing(directory, texts)({ type: "list", entry: punjab?.id ?? "" }, "en", NOW, "telegram").values?.["notes"]).toMatch(/^In Punjab only\./)
  })

  test("with one full stop behind its name, also where the name brings one along", () => {
    expect(render(listed({ name: "Help Co." }), "en", "telegram", texts).text).toMatch(/Help Co\.$/)
  })

  test("with its hours as they are at that moment, where the line is", () => {
    const hours = [{ days: ["wed" as const], from: "09:00", to: "18:00" }]
    const said = (now: string, language: Language = "en") => listed({ hours }, "telegram", language, new Date(now)).values?.["hours"]
    expect(said("2026-12-02T12:59Z")).toBe("Open now, until 18:00.")
    expect(said("2026-12-02T03:59Z")).toBe("Opens at 09:00.")
    expect(said("2026-12-02T13:00Z")).toBe("Opens Wednesday 09:00.")
    expect(said("2026-12-02T13:00Z", "fr")).toBe("Ouvre mercredi à 09:00.")
    expect(said("2026-12-02T13:00Z", "ur")).toContain("بدھ")
  })

  test("with the right day over the night when clocks change", () => {
    const file: DirectoryFile = { ...directoryWith({ hours: [{ days: ["sun"], from: "09:00", to: "18:00" }] }), timeZone: "Europe/London" }
    const { values } = createListing([file], texts)({ type: "list", entry: "x-one" }, "en", new Date("2026-03-28T23:30Z"), "telegram")
    expect(values?.["hours"]).toBe("Opens Sunday 09:00.")
  })

  test("flagged once its day of verification is a year behind", () => {
    expect(listed({}, "telegram", "en", new Date("2027-11-01")).values?.["notes"]).toBe("")
    expect(listed({}, "telegram", "en", new Date("2027-12-01")).values?.["notes"]).toBe("Not checked for over a year.")
  })

  test("and one that has gone meanwhile is said to be unknown", () => {
    expect(createListing([], texts)({ type: "list", entry: "x-one", ...AFTER }, "en", NOW, "sms")).toEqual({ key: "find-help.none", ...AFTER })
  })
})

describe("where an SMS has no room for all of it", () => {
  const long = "https://www.example.org/" + "a".repeat(60)
  const full: Partial<DirectoryEntry> = {
    contacts: [
      { kind: "web", dial: long },
      { kind: "call", dial: "0800 123 456 789" },
      { kind: "whatsapp", dial: "0300 123 456 789" },
    ],
    cost: "free",
    mark: "old",
    cautions: ["hard-to-reach", "police-risk", "call-log-stays"],
  }
  const values = (language: Language, change: Partial<DirectoryEntry> = full) => {
    const message = listed(change, "sms", language)
    const { text } = render(message, language, "sms", texts)
    expect(countSms(text).segments).toBeLessThanOrEqual(segmentLimit(language))
    return message.values as Readonly<Record<"contacts" | "hours" | "name" | "notes", string>>
  }

  test("Telegram and WhatsApp say all of it", () => {
    for (const shape of ["telegram", "whatsapp"] as const) {
      const said = listed(full, shape, "ur").values
      expect(said?.["contacts"]).toContain(long)
      expect(said?.["contacts"]).toContain("0300")
      expect(said?.["notes"]).toContain(texts("find-help.free", "ur"))
    }
  })

  test("an address loses its https first, then contacts go from the last, and notes are still whole", () => {
    const said = values("en", { ...full, cautions: ["police-risk"] })
    expect(said.contacts).toContain("example.org/aaa")
    expect(said.contacts).not.toContain("https")
    expect(said.contacts).not.toContain("0300")
    expect(said.notes).toContain("Free.")
    expect(said.name).toBe("One Line, a description of it")
  })

  test("then notes go, the least missed first, then the description in a name, and cautions about safety stay", () => {
    const said = values("ur", { ...full, contacts: [{ kind: "call", dial: "0800 123 456 789" }], cautions: ["hard-to-reach", "police-risk", "not-anonymous"] })
    expect(said.notes).not.toContain(texts("find-help.free", "ur"))
    expect(said.notes).not.toContain(texts("caution.hard-to-reach", "ur"))
    expect(said.name).toBe("One Line")
    expect(said.notes).toBe(["police-risk", "not-anonymous"].map((caution) => texts(`caution.${caution}`, "ur")).join(" "))
  })

  test("a number that stands alone is never left out, however much there would be to say", () => {
    const said = values("ur", { ...full, contacts: [{ kind: "call", dial: "0800 1" }], cautions: Object.keys(cautions()) })
    expect(said.contacts).toBe("0800 1")
    expect(said.hours).not.toBe("")
  })

  test("what fits is said whole", () => {
    expect(values("en", { cost: "free", cautions: ["police-risk"] }).notes).toBe(`Free. ${texts("caution.police-risk", "en")}`)
  })

  test("no caution about safety goes from any entry that comes along, in any language", () => {
    const safety = [
      "may-push-reconciliation",
      "needs-id",
      "not-anonymous",
      "police-risk",
      "call-log-stays",
      "activists-get-advice-first",
      "silent-999",
      "may-be-closed",
      "adults-only",
      "minors-only",
    ]
    const listing = createListing(directory, texts)
    const lost = directory.flatMap(({ entries }) =>
      entries.flatMap((entry) =>
        LANGUAGES.flatMap((language) => {
          const { notes } = listing({ type: "list", entry: entry.id, ...AFTER }, language, NOW, "sms").values as { notes: string }
          const wanted = [...entry.cautions, ...(entry.note === undefined ? [] : [entry.note])].filter((code) => safety.includes(code)).map((code) => `caution.${code}`)
          const all = [...wanted, ...(entry.mark === "unverified" ? ["find-help.unverified"] : [])]
          return all.filter((key) => !notes.includes(texts(key, language))).map((key) => `${entry.id} ${language} ${key}`)
        }),
      ),
    )
    expect(lost).toEqual([])
  })
})

function directoryWith(change: Partial<DirectoryEntry>): DirectoryFile {
  return { country: "XX", names: { en: "X", ur: "X", "ur-Latn": "X", es: "X", fr: "X" }, aliases: [], provinces: [], entries: [{ ...plain, ...change }] }
}

function cautions(): Readonly<Record<string, string>> {
  return Object.fromEntries(directory.flatMap(({ entries }) => entries.flatMap((entry) => entry.cautions.map((caution) => [caution, caution]))))
}
