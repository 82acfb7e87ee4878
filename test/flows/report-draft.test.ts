import { describe, expect, test } from "vitest"
import { BUILT, CONTENT } from "../../src/app.ts"
import { createFlows, type Conversation } from "../../src/flows/conversation.ts"
import type { Effect, Facts, Shape } from "../../src/flows/effect.ts"
import { reportOf, stepsOf, type Draft } from "../../src/flows/report-draft.ts"
import { ACTS, CHOICES } from "../../src/flows/report-options.ts"
import { aroundOf } from "../../src/flows/report-questions.ts"
import { NOT_SAID, type Filing, type Report } from "../../src/flows/report-shapes.ts"
import { readDesk } from "../../src/helpline/desk-file.ts"
import { flowContent } from "../../src/helpline/flow-content.ts"
import { createListing, directoryOf } from "../../src/helpline/listing.ts"
import { organisationOf } from "../../src/helpline/organisation.ts"
import { readTaxonomy } from "../../src/helpline/taxonomy.ts"
import { render } from "../../src/locales/render.ts"
import { countSms, segmentLimit } from "../../src/locales/sms.ts"
import { LANGUAGES } from "../../src/locales/texts.ts"
import { directory, helpline, texts } from "../support/spoken.ts"

const taxonomy = readTaxonomy(CONTENT)
const idsOf = (group: string) => new Set(taxonomy.groups.find(({ id }) => id === group)?.options.map(({ id }) => id))
const areas = [
  {
    code: "PK",
    provinces: [
      { code: "punjab", names: ["Punjab"], districts: [{ code: "lahore", names: ["Lahore"] }] },
      { code: "sindh", names: ["Sindh"], districts: [] },
    ],
  },
]
const content = { ...flowContent(texts, BUILT), ...organisationOf(helpline, readDesk(CONTENT).desk), directory: directoryOf(directory), areas }
const flows = createFlows(content)
const NOW = Date.parse("2026-11-25T10:00:00Z")
const REPORTS = { taken: true, code: "123456789012345678", group: "Example Rights Foundation" }
/** Digits of the nth turn, as they are shown. */
const shownAs = (code: string | undefined) => code?.match(/.{3}/g)?.join("-")

/** Chance that is the same every time. */
function chance(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Somebody who begins to tell, and gives whatever answer the chance wants, until it is filed or declined. */
function tells(pick: (here: Conversation) => string, shape: Shape = "telegram", words: readonly string[] = []) {
  let turn = 0
  const facts = (): Facts => ({ now: NOW, shape, country: "PK", reports: { ...REPORTS, code: String((turn += 1)).padStart(18, "2") } })
  const effects: Effect[] = []
  const start: Conversation = { ...flows.hear(undefined, { type: "text", text: "hi" }, facts()).after, language: "en", languageChosen: true }
  let here: Conversation = start
  const hear = (heard: Parameters<typeof flows.hear>[1]) => {
    const { after, effects: made } = flows.hear(here, heard, facts())
    here = after
    effects.push(...made)
  }
  hear({ type: "choice", id: "hello.safe/yes" })
  hear({ type: "choice", id: "menu.main/report" })
  hear({ type: "choice", id: "report.intro/begin" })
  let written = 0
  for (let turns = 0; turns < 2000 && here.place !== "report.filed" && here.place !== "report.declined"; turns++) {
    const next = here.place === "report.words" ? words[written++] : undefined
    if (next !== undefined) hear({ type: "text", text: next })
    else hear({ type: "choice", id: pick(here) })
    // What is kept between turns can be written down and read again.
    here = JSON.parse(JSON.stringify(here)) as Conversation
  }
  const filing = effects.find((effect) => effect.type === "file")?.filing
  const shown = effects.flatMap((effect) => (effect.type === "say" && effect.key === "report.code" ? [effect.values?.["code"]] : []))
  return { here, effects, shown, filing: filing as Extract<Filing, { type: "report" }> | undefined }
}

const last = (id: string) => id.slice(id.lastIndexOf("/") + 1)
const offering = (here: Conversation, ...wanted: readonly string[]) => {
  for (const one of wanted) {
    const id = here.offered.find(({ id }) => last(id) === one)?.id
    if (id !== undefined) return id
  }
  throw new Error(`${here.place} offers none of ${wanted.join(", ")}`)
}

/** Everything in a report that is no id. */
function wrongIn(report: Report): readonly string[] {
  const check = (group: string, ids: readonly string[]) => ids.filter((id) => !idsOf(group).has(id)).map((id) => `${group}: ${id}`)
  return [
    ...check("about", [report.about]),
    ...check("act", report.acts),
    ...check("platform", report.platforms),
    ...check("relation", [report.relation]),
    ...check("harm", report.harms),
    ...check(
      "tried",
      report.actions.map(({ action }) => action),
    ),
    ...check(
      "outcome",
      report.actions.map(({ outcome }) => outcome),
    ),
    ...check("age", [report.age]),
    ...check("gender", [report.gender]),
    ...(/^(\d{4}|\d{4}-(\d\d|spring|summer|autumn|winter)|ongoing|not-said)$/.test(report.when) ? [] : [`when: ${report.when}`]),
    ...([NOT_SAID, "punjab", "sindh", "balochistan"].includes(report.province) || report.country !== "PK" ? [] : [`province: ${report.province}`]),
    ...([NOT_SAID, "lahore"].includes(report.district) ? [] : [`district: ${report.district}`]),
    ...[report.acts, report.platforms, report.harms].filter((ids) => ids.length === 0 || new Set(ids).size < ids.length).map(() => "an empty list, or an id twice"),
    ...[report.acts, report.platforms, report.harms].filter((ids) => ids.length > 1 && ids.includes(NOT_SAID)).map(() => "not said beside an answer"),
  ]
}

describe("a report is made of ids", () => {
  test("every answer that is offered stands in the taxonomy, and none but a mere question is left out", () => {
    const offered: Readonly<Record<string, readonly string[]>> = { ...CHOICES, act: Object.values(ACTS).flat() }
    for (const [group, ids] of Object.entries(offered)) {
      const missing = [...idsOf(group)].filter((id) => !ids.includes(id) && id !== NOT_SAID && id !== "question")
      expect({ group, unknown: ids.filter((id) => !idsOf(group).has(id)), missing }).toEqual({ group, unknown: [], missing: [] })
    }
  })

  test("whoever skips everything has said nothing, and nothing else stands in it", () => {
    const { filing } = tells((here) => offering(here, "skip", ...(here.place === "report.count" ? ["yes"] : []), "no", "done", "right"))
    expect(filing?.consents).toEqual({ keep: false, count: true, share: false, publish: false, wording: "report-1" })
    expect(filing?.report).toEqual({
      language: "en",
      about: NOT_SAID,
      acts: [NOT_SAID],
      platforms: [NOT_SAID],
      relation: NOT_SAID,
      harms: [NOT_SAID],
      actions: [{ action: NOT_SAID, outcome: NOT_SAID }],
      when: NOT_SAID,
      country: NOT_SAID,
      province: NOT_SAID,
      district: NOT_SAID,
      age: NOT_SAID,
      gender: NOT_SAID,
      words: [],
    })
  })

  test("whatever path of answers, skips, pages and BACK is taken, each id stands in the taxonomy", () => {
    const failures: string[] = []
    let filed = 0
    for (let seed = 1; seed <= 300; seed++) {
      const random = chance(seed)
      const { here, filing, effects, shown } = tells(
        (here) => {
          const ways = here.offered.filter(({ id }) => !["person", "menu", "find-help", "tips", "numbers", "images", "drop"].includes(last(id)))
          // Back now and then; otherwise nobody would ever arrive.
          const onward = ways.filter(({ id }) => last(id) !== "back" || random(4) === 0)
          const right = here.place === "report.summary" && random(2) === 0 ? ways.find(({ id }) => last(id) === "right") : undefined
          return (right ?? onward[random(onward.length)] ?? ways[0])?.id ?? ""
        },
        "telegram",
        ["It began in spring.", "My number is 0300 1234567."],
      )
      if (here.place !== "report.filed" && here.place !== "report.declined") failures.push(`${seed} ends at ${here.place}`)
      if (filing === undefined) continue
      filed += 1
      failures.push(...wrongIn(filing.report).map((wrong) => `${seed} ${wrong}`))
      if (filing.report.age === "under-18" && (filing.report.words.length > 0 || filing.report.district !== NOT_SAID || filing.consents.share || filing.consents.publish))
        failures.push(`${seed} tells too much of a child`)
      const without = effects.some((effect) => effect.type === "say" && effect.key === "report.filed-without")
      if ((filing.consents.keep && !without) !== (filing.code !== undefined)) failures.push(`${seed} has a code without a yes, or a yes without a code`)
      if (filing.code !== undefined && shownAs(filing.code) !== shown.at(-1)) failures.push(`${seed} is filed with another number than she was shown last`)
      if (new Set(shown).size < shown.length) failures.push(`${seed} shows a number twice`)
      if (filing.consents.publish && filing.code === undefined) failures.push(`${seed} would be published without being shown to her`)
    }
    expect(failures).toEqual([])
    expect(filed).toBeGreaterThan(100)
  })
})

describe("help is the same, and nothing is kept, without a yes", () => {
  test("whoever says no to everything files nothing, and what was told is gone", () => {
    const { here, effects, filing } = tells((at) => offering(at, "skip", "no", "done", "right"), "sms", ["He wrote to me every day."])
    expect([here.place, filing, here.memory.draft]).toEqual(["report.declined", undefined, undefined])
    expect(effects.filter(({ type }) => type === "file")).toEqual([])
  })

  test("after a yes as after a no the same help is offered", () => {
    const yes = tells((at) => offering(at, "skip", "yes", "have", "done", "right"))
    const no = tells((at) => offering(at, "skip", "no", "done", "right"))
    const ids = ({ offered }: Conversation) => offered.map(({ id }) => last(id))
    expect(ids(yes.here)).toEqual(ids(no.here))
    expect(yes.here.memory.draft).toBeUndefined()
  })

  test("the code is a message of its own, of digits and dashes only, and isn't remembered", () => {
    const { here, effects, filing } = tells((at) => offering(at, "skip", "yes", "have", "done", "right"))
    const said = effects.filter((effect) => effect.type === "say" && effect.key === "report.code")
    expect(said).toEqual([{ type: "say", key: "report.code", values: { code: shownAs(filing?.code) } }])
    expect(filing?.code).toMatch(/^\d{18}$/)
    expect(JSON.stringify(here)).not.toContain("222")
  })
})

describe("the summary", () => {
  test("fits a text message in every language, however much was chosen", () => {
    const listing = createListing(directory, texts)
    const long: string[] = []
    for (let seed = 1; seed <= 60; seed++) {
      const random = chance(seed)
      const { effects } = tells((at) => {
        const ways = at.offered.filter(({ id }) => !["person", "menu", "find-help", "tips", "back", "skip", "under-18", "other-country"].includes(last(id)))
        const done = at.offered.find(({ id }) => last(id) === "done")
        if (at.place === "report.summary") return offering(at, "right")
        return (done !== undefined && random(6) === 0 ? done : ways[random(ways.length)])?.id ?? offering(at, "skip")
      })
      for (const effect of effects) {
        if (effect.type !== "say" || !(effect.key.startsWith("report.summary") || effect.key.startsWith("report.ask") || effect.key.startsWith("report.chosen_sms"))) continue
        for (const language of LANGUAGES) {
          const { text } = render(listing(effect, language, new Date(NOW), "sms"), language, "sms", texts)
          const { segments } = countSms(text)
          if (segments > segmentLimit(language)) long.push(`${language} ${segments}: ${text}`)
        }
      }
    }
    expect([...new Set(long)].slice(0, 5)).toEqual([])
  })

  test("each answer can be changed by itself: only its own question comes again", () => {
    const places: string[] = []
    let changed = false
    tells((at) => {
      if (changed) places.push(at.place)
      if (at.place !== "report.summary") return offering(at, ...(at.place === "report.relation" && changed ? ["stranger"] : ["skip"]), "no", "done")
      if (changed) return offering(at, "right")
      changed = true
      return offering(at, "relation")
    })
    expect(places.slice(0, 2)).toEqual(["report.relation", "report.summary"])
  })
})

describe("the steps", () => {
  test("of a report about somebody under 18 ask for no words and no district, and never for sharing or publishing", () => {
    const around = aroundOf(content)({ shape: "sms", now: NOW, safe: true, country: "PK", page: 0, trail: [], reports: REPORTS })
    const draft: Draft = {
      at: NOW,
      step: "age",
      said: { age: ["under-18"], province: ["punjab"], district: ["lahore"] },
      words: ["told before"],
      agreed: { keep: true, publish: true, share: true },
    }
    const steps = stepsOf(draft, around)
    expect(["words", "district", "share", "publish"].filter((step) => steps.includes(step))).toEqual([])
    expect(reportOf(draft, around, "en")).toMatchObject({ words: [], district: NOT_SAID, province: "punjab" })
  })
})
