import { describe, expect, test } from "vitest"
import { HIDDEN } from "../../src/flows/report-details.ts"
import { BUILT } from "../../src/app.ts"
import { flowContent } from "../../src/helpline/flow-content.ts"
import { somebody, texts } from "../support/spoken.ts"

const { details } = flowContent(texts, BUILT)

/** What was written, and what of it may show who somebody is. */
const SHOWS: readonly (readonly [text: string, secret: string])[] = [
  ["call him on 0300 1234567 please", "1234567"],
  ["his number is +92-300-1234567", "1234567"],
  ["نمبر ۰۳۰۰۱۲۳۴۵۶۷ ہے", "۱۲۳۴۵۶۷"],
  ["my cnic is 35202-1234567-1", "1234567"],
  ["he writes from sara.khan@gmail.com", "sara.khan"],
  ["sara at sara (at) gmail (dot) com", "gmail"],
  ["it is on https://example.com/u/sara?x=1", "example.com/u/sara"],
  ["look at facebook.com/sara.khan.7", "sara.khan.7"],
  ["his insta is @sara_k.99", "sara_k"],
  ["my name is Sara Khan and he lives here", "Sara Khan"],
  ["my name is sara khan", "sara khan"],
  ["MY NAME IS SARA", "SARA"],
  ["mera naam Sara hai", "Sara"],
  ["us ka naam Ali Raza hai aur woh roz likhta hai", "Ali Raza"],
  ["میرا نام سارہ ہے", "سارہ"],
  ["اس کا نام علی رضا ہے", "علی رضا"],
  ["me llamo Sara López y él me escribe", "Sara López"],
  ["se llama Juan", "Juan"],
  ["je m'appelle Sara", "Sara"],
  ["il s’appelle Marc Dupont et il écrit", "Marc Dupont"],
]
const PLAIN = [
  "he wrote to me 20 times in 2 days",
  "it was in 2024 and again in 2025",
  "he wants 50000 rupees",
  "میں بہت ڈر گئی",
  "no me deja en paz",
  "il m'a écrit hier soir",
  "woh roz likhta hai",
]

describe("what may show who somebody is", () => {
  test.each(SHOWS)("is found: %s", (text, secret) => {
    expect(details.found(text)).toBe(true)
    expect(details.hide(text)).toContain(HIDDEN)
    expect(details.hide(text)).not.toContain(secret)
  })

  test.each(PLAIN)("isn't seen in everyday words: %s", (text) => {
    expect(details.found(text)).toBe(false)
    expect(details.hide(text)).toBe(text)
  })

  test("once it is hidden nothing more is found, however it stands together", () => {
    for (const [one] of SHOWS) for (const [other] of SHOWS) expect(details.hide(details.hide(`${one}. ${other}`))).toBe(details.hide(`${one}. ${other}`))
  })

  test("is pointed out before it is kept, and what she hides never reaches what is filed", () => {
    for (const [text, secret] of SHOWS) {
      const her = somebody({ reports: { taken: true, code: "909090909090909090" } })
      her.answers("report", "begin", "from-18-to-30", "skip", "skip", "skip", "skip", "skip", "skip", "skip", "skip", "skip")
      expect(her.place()).toBe("report.words")
      her.writes(text)
      expect(her.place()).toBe("report.details")
      expect(her.memory().draft?.words).toEqual([])
      her.answers("hide")
      expect(her.memory().draft?.words).toHaveLength(1)
      her.answers("done", "right", "yes", "no", "no")
      const filed = JSON.stringify(her.filed())
      expect(filed).toContain(HIDDEN)
      expect(filed).not.toContain(secret)
      expect(JSON.stringify(her.memory())).not.toContain(secret)
    }
  })

  test("is kept as it is when she wants that, and left out when she writes it again", () => {
    const her = somebody({ reports: { taken: true, code: "909090909090909090" } })
    her.answers("report", "begin", "from-18-to-30", "skip", "skip", "skip", "skip", "skip", "skip", "skip", "skip", "skip")
    her.writes("his number is 0300 1234567")
    her.answers("keep")
    her.writes("my name is Sara")
    her.answers("change")
    her.writes("my name is Sana")
    her.writes("I would rather not say my name here.")
    expect(her.memory().draft?.words[0]).toBe("his number is 0300 1234567")
    expect(JSON.stringify(her.memory())).not.toContain("Sana")
  })
})
