import { describe, expect, test } from "vitest"
import { CONTENT } from "../../src/app.ts"
import { synthetic } from "../../src/demo/synthetic.ts"
import { districtsIn, provincesIn } from "../../src/flows/areas.ts"
import { NOT_SAID } from "../../src/flows/report-shapes.ts"
import { areasOf, readAreas } from "../../src/helpline/areas.ts"
import { readTaxonomy } from "../../src/helpline/taxonomy.ts"

const content = { taxonomy: readTaxonomy(CONTENT), areas: areasOf(readAreas(CONTENT), []), country: "PK" }
const made = synthetic(content, { seed: 7, count: 2000, months: ["2026-07", "2026-08", "2026-09"] })
const known = (group: string) => new Set(content.taxonomy.groups.find(({ id }) => id === group)?.options.map(({ id }) => id))

describe("made-up reports", () => {
  test("are the same for the same seed, and others for another", () => {
    const few = { count: 5, months: ["2026-07"] }
    expect(synthetic(content, { seed: 1, ...few })).toEqual(synthetic(content, { seed: 1, ...few }))
    expect(synthetic(content, { seed: 1, ...few })).not.toEqual(synthetic(content, { seed: 2, ...few }))
  })

  test("say nothing that the taxonomy and the areas don't know", () => {
    const [acts, relations, ages, genders, tried] = ["act", "relation", "age", "gender", "tried"].map(known)
    for (const { report } of made) {
      expect(report.acts.every((act) => acts?.has(act))).toBe(true)
      expect([relations?.has(report.relation), ages?.has(report.age), genders?.has(report.gender)]).toEqual([true, true, true])
      expect(report.actions.every(({ action }) => tried?.has(action))).toBe(true)
      if (report.province !== NOT_SAID) expect(provincesIn(content.areas, "PK").map(({ code }) => code)).toContain(report.province)
      if (report.district !== NOT_SAID) expect(districtsIn(content.areas, "PK", report.province).map(({ code }) => code)).toContain(report.district)
    }
  })

  test("say in their words that nobody wrote them", () => {
    for (const { report } of made) for (const words of report.words) expect(words).toContain("nobody wrote this")
  })

  test("leave a fifth without a place, and lie mostly where most people live", () => {
    const share = (province: string) => made.filter(({ report }) => report.province === province).length / made.length
    expect(share(NOT_SAID)).toBeCloseTo(0.2, 1)
    expect(share("punjab")).toBeGreaterThan(0.45)
  })
})
