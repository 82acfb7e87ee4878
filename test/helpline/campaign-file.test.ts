import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { BUILT, CONTENT } from "../../src/app.ts"
import { ACTION_TEXTS, joiningWords, readCampaigns, templateFor, type CampaignFile } from "../../src/helpline/campaign-file.ts"
import { readWhole } from "../../src/helpline/whole-content.ts"
import { LANGUAGES, localeFiles } from "../../src/locales/texts.ts"
import { contentFolder, problemsIn } from "../support/content-folder.ts"

const campaigns = readCampaigns(CONTENT)
const one = (id: string) => campaigns.find((campaign) => campaign.id === id) as CampaignFile

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** Content of an organisation that has nothing but these campaigns. */
function own(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "hamraaz-campaigns-"))
  folders.push(folder)
  mkdirSync(join(folder, "campaigns"))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, "campaigns", name), text)
  return folder
}

const SHORT = `begins: 2027-03-08
languages: [en, ur]
words: { en: [kind march], ur: [مارچ کی بات] }
hours: { from: 9, to: 18 }
validHours: 4
staggerMinutes: 10
kinds: [tip]
actions: [{ id: tip-travels, gives: tip }, { id: promise }]
`
const problemsOf = (text: string, name = "sixteen-days.yaml") =>
  problemsIn(() => readCampaigns(own({ [name]: text }))).map((problem) => problem.replace(`content/campaigns/${name}: `, ""))

describe("the campaigns that come along", () => {
  test("are sixteen days from a date on, and seven days of each person's own", () => {
    expect(campaigns.map(({ id, begins, actions }) => [id, begins, actions.length])).toEqual([
      ["be-safe", "joining", 7],
      ["sixteen-days", "2026-11-25", 16],
    ])
    for (const { languages, hours } of campaigns) expect({ languages, hours }).toEqual({ languages: LANGUAGES, hours: { from: 8, to: 20 } })
  })

  test("give each kind of contribution at least once", () => {
    const given = new Set(one("sixteen-days").actions.flatMap(({ gives }) => gives ?? []))
    expect([...given].sort()).toEqual([...one("sixteen-days").kinds].sort())
  })

  const limits = { theme: 40, action: 170, offline: 220, safe: 220 } as const
  test.each(LANGUAGES)("have in %s texts that fit, none of which begins like another", (language) => {
    const beginnings = new Map<string, string>()
    for (const { id, actions } of campaigns) {
      const file = localeFiles(language)[id] as Readonly<Record<string, Readonly<Record<string, string>>>>
      for (const { id: action } of actions)
        for (const name of ACTION_TEXTS) {
          const text = file[action]?.[name] ?? ""
          expect(text.length, `${id}.${action}.${name}`).toBeLessThanOrEqual(limits[name])
          if (name === "theme") continue
          const beginning = text.slice(0, 20)
          expect(beginnings.get(beginning), `${id}.${action}.${name}`).toBeUndefined()
          beginnings.set(beginning, `${id}.${action}.${name}`)
        }
    }
  })

  test("can each be joined by a word in every language, and no word joins two", () => {
    const words = joiningWords(campaigns)
    expect(words.get("sixteen days")).toBe("sixteen-days")
    expect(words.get("siete pasos")).toBe("be-safe")
    expect(words.size).toBe(campaigns.flatMap(({ words: all }) => Object.values(all).flat()).length)
  })
})

describe("the words to join that come along", () => {
  const { answers, understand, notNow, greetedIn } = readWhole(CONTENT, BUILT).flows
  const menu = (["tips", "find-help", "person", "report", "urgent", "campaign", "settings"] as const).map((id) => ({ id, label: `choice.${id}` as const }))
  const yesOrNo = (["yes", "no"] as const).map((id) => ({ id, label: `choice.${id}` as const }))

  test("are no answer to a menu or a yes or no, raise no risk, and are about nothing else, in any language", () => {
    for (const word of campaigns.flatMap(({ words }) => Object.values(words).flat())) {
      for (const language of LANGUAGES)
        for (const offered of [menu, yesOrNo])
          expect([answers.chosen(word ?? "", offered, language), answers.begun(word ?? "", offered, language)], `${word} ${language}`).toEqual([undefined, undefined])
      expect([understand(word ?? "").risks, understand(word ?? "").intent, notNow(word ?? ""), greetedIn(word ?? "")], word).toEqual([[], undefined, false, undefined])
    }
  })
})

describe("a campaign of an organisation's own", () => {
  test("is read as it stands, under the name of its file", () => {
    const [campaign] = readCampaigns(own({ "sixteen-days.yaml": SHORT }))
    expect(campaign).toMatchObject({
      id: "sixteen-days",
      begins: "2027-03-08",
      languages: ["en", "ur"],
      validHours: 4,
      staggerMinutes: 10,
      actions: [{ id: "tip-travels", gives: "tip" }, { id: "promise" }],
    })
  })

  test("needn't be there: content older than campaigns has none", () => {
    expect(readCampaigns(tmpdir())).toEqual([])
  })

  test("may stand beside one that is broken, which is named with its file and field", () => {
    const problems = problemsIn(() =>
      readCampaigns(contentFolder({ "campaigns/be-safe.yaml": (text) => text.replace("begins: joining", "begins: 2026-02-30").replace("from: 8", "from: 21") })),
    )
    expect(problems).toEqual([
      "content/campaigns/be-safe.yaml: begins: is no day of the calendar such as 2026-11-25, and not joining",
      "content/campaigns/be-safe.yaml: hours: from should be before to",
    ])
  })
})

describe("a campaign with a mistake", () => {
  test.each([
    ["a language there are no texts for", "[en, ur]", "[en, de]", ["languages.1: there are no texts in that language"]],
    ["a language that stands twice", "[en, ur]", "[en, ur, en]", ["languages: en stands twice"]],
    ["hours that end before they begin", "from: 9, to: 18", "from: 18, to: 18", ["hours: from should be before to"]],
    ["hours at night", "to: 18", "to: 23", [/^hours\.to: /]],
    ["a date that doesn't exist", "2027-03-08", "2027-02-29", ["begins: is no day of the calendar such as 2026-11-25, and not joining"]],
    ["actions spread over more time than they hold", "staggerMinutes: 10", "staggerMinutes: 240", [/^staggerMinutes: .*120/]],
    ["actions that hold shorter than they are spread", "validHours: 4", "validHours: 0.1", ["staggerMinutes: 10 should be less than validHours, 6 minutes"]],
    [
      "an action without texts",
      "{ id: promise }",
      "{ id: sit-in }",
      ["en", "ur"].flatMap((l) => ACTION_TEXTS.map((name) => `actions.1: src/locales/${l}/sixteen-days.json has no sit-in.${name}`)),
    ],
    ["an action that stands twice", "{ id: promise }", "{ id: tip-travels }", ["actions: the id tip-travels stands twice"]],
    ["a kind that the campaign doesn't take", "kinds: [tip]", "kinds: [square]", ["actions.0.gives: tip-travels gives a tip, which isn't among the kinds"]],
    ["a kind that there isn't", "kinds: [tip]", "kinds: [tip, song]", [/^kinds\.1: /]],
    ["a language without a word to join", "{ en: [kind march], ur: [مارچ کی بات] }", "{ en: [kind march] }", ["words.ur: is missing: nobody could join in that language"]],
    ["words of a language that isn't the campaign's", "{ en: [kind march],", "{ fr: [mars doux], en: [kind march],", ["words.fr: the campaign isn't in that language"]],
    ["a template that is none", "kinds: [tip]", "kinds: [tip]\ntemplate: { en: HX12 }", ["template.en: is no template's id such as HX0123456789abcdef0123456789abcdef"]],
    ["a key that nobody reads", "validHours: 4", "validHours: 4\nmedias: true", [/medias/]],
    ["a file that can't be read", "validHours: 4", "validHours: [4", [/./]],
  ] as const)("%s is named, and nothing else", (_what, before, after, named) => {
    expect(SHORT).toContain(before)
    expect(problemsOf(SHORT.replace(before, after))).toEqual(named.map((problem) => (typeof problem === "string" ? problem : expect.stringMatching(problem))))
  })

  test("without any texts of its own it is told which files are missing", () => {
    expect(problemsOf(SHORT, "my-march.yaml")).toEqual(["languages: src/locales/en/my-march.json is missing", "languages: src/locales/ur/my-march.json is missing"])
  })

  test("a word that means something already can't join anything, whatever language it is of", () => {
    const meanings = {
      exit: "is read as the safety word exit",
      exxit: "is read as the safety word exit",
      bahar: "is read as the safety word exit",
      menu: "is read as the safety word menu",
      START: "is a word that carriers answer themselves",
      td: "is a word that carriers answer themselves",
      "۱۶": "is read as a number",
      yes: "is an answer",
      Tips: "is the label of an answer",
      gracias: "is a word of thanks",
      español: "is a language",
      off: "ends a campaign",
      please: "is a word that says nothing by itself",
      "good morning": "is a greeting",
    }
    expect(
      problemsOf(
        SHORT.replace(
          "kind march",
          Object.keys(meanings)
            .map((word) => JSON.stringify(word))
            .join(", "),
        ),
      ),
    ).toEqual(Object.entries(meanings).map(([word, means]) => `words.en: “${word}” ${means}`))
  })

  test("a word that joins another campaign is named, however it is written", () => {
    const folder = contentFolder({ "campaigns/sixteen-days.yaml": (text) => text.replace("es: [dieciséis días,", "es: [SIETE  PASOS,") })
    expect(problemsIn(() => readCampaigns(folder))).toEqual(["content/campaigns/sixteen-days.yaml: words.es: “SIETE  PASOS” joins be-safe"])
  })
})

describe("the WhatsApp template of a day", () => {
  const [note, action] = [`HX${"0".repeat(32)}`, `HX${"1".repeat(32)}`]
  const [campaign] = readCampaigns(
    own({ "sixteen-days.yaml": SHORT.replace("{ id: promise }", `{ id: promise, template: { en: ${action} } }`).replace("validHours:", `template: { en: ${note} }\nvalidHours:`) }),
  ) as readonly [CampaignFile]

  test("is the action's own, and the plain note where it has none, or where she wants it plain", () => {
    expect(templateFor(campaign, 2, "en", false)).toBe(action)
    expect(templateFor(campaign, 2, "en", true)).toBe(note)
    expect(templateFor(campaign, 1, "en", false)).toBe(note)
  })

  test("isn't there in a language that has none", () => {
    expect(templateFor(campaign, 2, "ur", false)).toBeUndefined()
  })
})
