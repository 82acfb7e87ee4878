import { describe, expect, test } from "vitest"
import { CONTENT } from "../../src/app.ts"
import { cleanRecord, isRecord, NOT_SAID, readTaxonomy, taxonomyIn } from "../../src/helpline/taxonomy.ts"
import { LANGUAGES } from "../../src/locales/texts.ts"
import { contentFolder, problemsIn } from "../support/content-folder.ts"

const taxonomy = readTaxonomy(CONTENT)
const problemsOf = (change: (text: string) => string) => problemsIn(() => readTaxonomy(contentFolder({ "taxonomy.yaml": change })))

describe("the taxonomy that comes along", () => {
  test("has the groups that a record and a report need, and in each of them nothing may have been said", () => {
    expect(taxonomy.groups.map(({ id }) => id)).toEqual(["about", "act", "platform", "relation", "harm", "tried", "done", "referred", "age", "gender", "outcome"])
    for (const { options } of taxonomy.groups) expect(options.at(-1)?.id).toBe(NOT_SAID)
  })

  test.each(LANGUAGES)("is there in %s, each label once in its group and short enough to tick", (language) => {
    for (const { id, label, options } of taxonomyIn(taxonomy, language).groups) {
      const labels = options.map((option) => option.label)
      expect(new Set(labels).size, id).toBe(labels.length)
      for (const one of [label, ...labels]) expect(one).toMatch(/^.{1,60}$/u)
    }
  })

  test("is in the letters of its language", () => {
    for (const { label, options } of taxonomyIn(taxonomy, "ur").groups) for (const one of [label, ...options.map((option) => option.label)]) expect(one).toMatch(/[\u0600-\u06ff]/)
    for (const { label, options } of taxonomyIn(taxonomy, "ur-Latn").groups)
      for (const one of [label, ...options.map((option) => option.label)]) expect(one).not.toMatch(/[\u0600-\u06ff]/)
  })

  test("says what others call an act, in codes that are listed with their words", () => {
    const acts = taxonomy.groups.find(({ id }) => id === "act")?.options ?? []
    expect(acts.find(({ id }) => id === "images-threatened")?.as).toEqual({ drf: ["blackmailing"], unfpa: ["sextortion"] })
    const reached = new Set(acts.flatMap(({ as }) => as["unfpa"] ?? []))
    expect(reached).toEqual(new Set(Object.keys(taxonomy.crosswalks["unfpa"]?.codes ?? {})))
  })
})

describe("a taxonomy with mistakes", () => {
  test("names all of them at once", () => {
    const problems = problemsOf((text) =>
      text.replace("- id: platform\n", "- id: about\n").replace("{ id: instagram,", "{ id: facebook,").replace("as: { drf: [fraud] }", "as: { drf: [money] }"),
    )
    expect(problems).toEqual([
      "content/taxonomy.yaml: groups: the id about stands twice",
      "content/taxonomy.yaml: groups.act.fraud: drf has no money",
      "content/taxonomy.yaml: groups.about: the id facebook stands twice",
    ])
  })

  test.each([
    ["a crosswalk that isn't there", "as: { drf: [fraud] }", "as: { constructor: [fraud] }", /groups\.act\.fraud: constructor has no fraud/],
    ["a code that every object has", "as: { drf: [fraud] }", "as: { drf: [constructor] }", /groups\.act\.fraud: drf has no constructor/],
    ["a group in which something must be said", "- { id: not-said, names: &not-noted", "- { id: unsaid, names: &not-noted", /groups\.done: has no not-said/],
    ["a label that a language lacks", "{ en: Under 18, ur: 18 سے کم,", "{ en: Under 18,", /groups\.8\.options\.0\.names\.ur: /],
    ["a key that nobody reads", "version: 1", "version: 1\ncolour: blue", /colour/],
    ["a file that can't be read", "version: 1", "version: [1", /^content\/taxonomy\.yaml: /],
  ])("%s is named, and nothing else", (_what, before, after, named) => {
    expect(problemsOf((text) => text.replace(before, after))).toEqual([expect.stringMatching(named)])
  })

  test("a missing file is named", () => {
    expect(problemsIn(() => readTaxonomy(contentFolder({ "taxonomy.yaml": undefined })))).toEqual([expect.stringMatching(/^content\/taxonomy\.yaml: ENOENT/)])
  })
})

describe("a record", () => {
  test("is one when every group and option is known, and none need be", () => {
    expect(isRecord(taxonomy, { categories: {}, summary: "" })).toBe(true)
    expect(isRecord(taxonomy, { categories: { act: ["doxxing", "threats"], age: ["not-said"] }, summary: "Two sentences." })).toBe(true)
  })

  test.each([
    ["a group that isn't there", { categories: { colour: ["blue"] }, summary: "" }],
    ["a group that every object has", { categories: { constructor: [] }, summary: "" }],
    ["an option of another group", { categories: { age: ["doxxing"] }, summary: "" }],
    ["something to write into", { categories: { act: [{ name: "x" }] }, summary: "" }],
    ["more than categories and a summary", { categories: {}, summary: "", name: "x" }],
    ["a summary without end", { categories: {}, summary: "x".repeat(2001) }],
    ["no categories", { summary: "" }],
    ["nothing", null],
  ])("is refused with %s", (_what, value) => {
    expect(isRecord(taxonomy, value)).toBe(false)
  })

  test("is kept in the taxonomy's order, each option once, without what is empty", () => {
    expect(cleanRecord(taxonomy, { categories: { harm: [], platform: ["telegram", "facebook", "telegram"], act: ["threats"] }, summary: "  As told. " })).toEqual({
      categories: { act: ["threats"], platform: ["facebook", "telegram"] },
      summary: "As told.",
    })
  })

  test("doesn't say that nothing was said beside what was", () => {
    expect(cleanRecord(taxonomy, { categories: { age: ["not-said", "under-18"], gender: ["not-said"] }, summary: "" }).categories).toEqual({
      age: ["under-18"],
      gender: ["not-said"],
    })
  })
})
