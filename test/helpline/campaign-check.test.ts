import { describe, expect, test, vi } from "vitest"
import { CONTENT } from "../../src/app.ts"
import { campaignCommands } from "../../src/cli-campaigns.ts"
import { createSafetyWords } from "../../src/flows/safety-words.ts"
import { dateOf, previewsOf, segmentsOf, wrongInDays } from "../../src/helpline/campaign-check.ts"
import { readCampaigns, type CampaignFile } from "../../src/helpline/campaign-file.ts"
import { costLines, previewLines, templateLines } from "../../src/helpline/campaign-report.ts"
import { readContent } from "../../src/helpline/content.ts"
import { createListing, placeNames } from "../../src/helpline/listing.ts"
import { segmentLimit } from "../../src/locales/sms.ts"
import { createTexts, LANGUAGES, localeFiles, type Texts } from "../../src/locales/texts.ts"

const { directory } = readContent(CONTENT)
const texts = createTexts(placeNames(directory))
const campaigns = readCampaigns(CONTENT)
const sixteen = campaigns.find(({ id }) => id === "sixteen-days") as CampaignFile
const safe = campaigns.find(({ id }) => id === "be-safe") as CampaignFile
const reserved = createSafetyWords([])
const around = { files: Object.fromEntries(LANGUAGES.map((language) => [language, localeFiles(language)])), carrierWord: (text: string) => reserved(text) !== undefined }

const saidWith = (campaign: CampaignFile, words: Texts) => previewsOf(campaign, createListing(directory, words), words)
/** The texts with one of them changed in one language. */
const planted =
  (key: string, language: string, text: string): Texts =>
  (one, spoken, values) =>
    one === key && spoken === language ? text : texts(one, spoken, values)
const problems = (campaign: CampaignFile, words: Texts) =>
  wrongInDays(campaign, saidWith(campaign, words), words, around).map(({ language, key, problem }) => `${language} ${key}: ${problem.split(":")[0]}`)

describe("the days of the campaigns that come along", () => {
  test.each(campaigns)("$id breaks no rule in any language, on any channel", (campaign) => {
    expect(problems(campaign, texts)).toEqual([])
  })

  test("are said in each language on each channel, and the plain note after them", () => {
    const said = saidWith(sixteen, texts)
    expect(said).toHaveLength(17 * 5 * 3)
    const [day] = said.filter(({ day, language, shape }) => day === 5 && language === "en" && shape === "sms")
    expect(day?.text).toMatch(/^A square for our quilt\nThink of a woman .*\n1 Done\n2 Other ways\n/)
    const note = said.filter(({ day, language }) => day === undefined && language === "en")
    expect(new Set(note.map(({ text }) => text.split("\n")[0]))).toEqual(new Set([texts("campaign.today-neutral", "en")]))
  })

  test("take no more segments than a message may, with what can be answered", () => {
    for (const campaign of campaigns)
      for (const { segments } of segmentsOf(campaign, saidWith(campaign, texts)))
        segments.forEach((count, place) => expect(count).toBeLessThanOrEqual(segmentLimit(campaign.languages[place] ?? "en")))
  })
})

describe("a day that breaks a rule is named", () => {
  test("when it takes too many segments", () => {
    expect(problems(safe, planted("be-safe.people.action", "es", "muy largo ".repeat(30)))).toEqual(["es be-safe.people: takes 3 SMS segments, 2 at most"])
  })

  test("when its theme would tell on a locked screen", () => {
    expect(problems(safe, planted("be-safe.people.theme", "en", "Call the police"))).toEqual(["en be-safe.people: shows “police” of preview.json on a locked screen"])
  })

  test("when its theme is longer than a line", () => {
    expect(problems(safe, planted("be-safe.people.theme", "fr", "une ligne bien trop longue pour un écran fermé"))).toEqual([
      "fr be-safe.people.theme: has 46 characters, 40 at most",
    ])
  })

  test("when it has a letter that would double its price", () => {
    expect(problems(safe, planted("be-safe.people.theme", "ur-Latn", "Acha ساتھ"))).toContain("ur-Latn be-safe.people: has a character outside the GSM alphabet")
  })
})

describe("what an operator reads", () => {
  const said = saidWith(sixteen, texts)

  test("is each day with its date, once for channels on which it reads the same", () => {
    const lines = previewLines(sixteen, said)
    expect(lines[0]).toBe("sixteen-days: 16 days, from 2026-11-25, between 8 and 20 o'clock, in en, ur, ur-Latn, es, fr.")
    const at = lines.indexOf("Day 16, 2026-12-10, last-line, gives a story")
    expect(lines.slice(at + 1, at + 3)).toEqual(["  en, telegram and whatsapp", `    ${texts("sixteen-days.last-line.theme", "en")}`])
    expect(lines).toContain("    [Done] [Other ways] [Tonight] [Skip]")
    expect(lines.filter((line) => /^ {2}fr, sms, [12] segments?$/.test(line))).toHaveLength(17)
  })

  test("is no date where each person's days are their own", () => {
    expect(dateOf(safe, 1)).toBeUndefined()
    expect(previewLines(safe, saidWith(safe, texts))).toContain("Day 1, email-first")
  })

  test("is what the days cost by SMS for so many people, and that WhatsApp isn't counted", () => {
    const lines = costLines(sixteen, said, 1000, { perSegment: 0.05, currency: "USD" })
    const sums = (lines.find((line) => line.startsWith("all days")) ?? "").split(/\s+/).slice(2).map(Number)
    const costs = (lines.find((line) => line.startsWith("USD")) ?? "").split(/\s+/).slice(1).map(Number)
    expect(sums).toHaveLength(5)
    expect(costs).toEqual(sums.map((sum) => sum * 50))
    expect(
      lines
        .find((line) => line.startsWith("day 1 "))
        ?.split(/\s+/)
        .slice(2),
    ).toEqual(["2", "3", "2", "2", "2"])
    expect(lines.join("\n")).toMatch(/1000 participants by SMS .* 0\.05 USD a segment[^]*WhatsApp: .* aren't counted/)
  })

  test("is which WhatsApp templates are missing, and what comes of it", () => {
    expect(templateLines(safe)[0]).toMatch(/no template for the plain note in en, ur, ur-Latn, es, fr: whoever hasn't written for 24 hours gets nothing/)
    const sid = `HX${"0".repeat(32)}`
    const all = Object.fromEntries(LANGUAGES.map((language) => [language, sid]))
    const noted = {
      ...safe,
      template: all,
      actions: safe.actions.map((action, index) => (index === 2 ? action : { ...action, template: { ...all, ...(index === 0 && { ur: undefined }) } })),
    }
    expect(templateLines(noted)).toEqual([
      "WhatsApp: the plain note has a template in each language.",
      "WhatsApp: templates of the actions' own: en: all but days 3; ur: all but days 1, 3; ur-Latn: all but days 3; es: all but days 3; fr: all but days 3. They can be done without where the plain note has one.",
    ])
  })
})

describe("campaign check", () => {
  const run = (asked: { readonly name: string; readonly participants?: string }) => {
    const [out, complaints] = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, "write").mockImplementation(() => true))
    const code = campaignCommands["campaign check"].run({ participants: undefined, ...asked })
    const told = [out, complaints].map((spy) => spy?.mock.calls.map(([line]) => String(line)).join("") ?? "")
    out?.mockRestore()
    complaints?.mockRestore()
    return { code, out: told[0] ?? "", complaints: told[1] ?? "" }
  }

  test("shows the campaign that is named and no other, and exits with 0 when nothing is wrong", () => {
    const { code, out } = run({ name: "be-safe", participants: "1000" })
    expect(code).toBe(0)
    expect(out).toMatch(/^be-safe: 7 days[^]*1000 participants[^]*\nbe-safe: 0 problems in 120 messages\.\n/)
    expect(out).not.toContain("sixteen-days:")
  })

  test("names the campaigns there are when it is asked for another", () => {
    expect(run({ name: "be-brave" })).toEqual({ code: 2, out: "", complaints: "There is no such campaign. There are: be-safe, sixteen-days.\n" })
  })

  test.each(["0", "-1", "many", "1.5"])("doesn't count %s participants", (participants) => {
    expect(run({ name: "be-safe", participants })).toEqual({ code: 2, out: "", complaints: "Participants are counted in whole numbers, as in --participants=1000.\n" })
  })
})
