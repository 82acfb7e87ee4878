import { expect, test } from "vitest"
import { zonesOf } from "../../src/flows/campaign-dates.ts"

test("a country's clocks are those of the year that is asked about, whichever was asked about before", () => {
  // Mexico set no clock forward any more from 2023 on, except along its border in the north.
  const zones = (year: number) => zonesOf("MX", Date.UTC(year, 5, 1))
  const before = zones(2021)
  const after = zones(2023)
  expect(before).toContain("America/Mexico_City")
  expect(after).toContain("America/Mexico_City")
  expect(after).not.toEqual(before)
  expect([zones(2021), zones(2023)]).toEqual([before, after])
  expect(zonesOf("PK", Date.UTC(2026, 10, 21))).toEqual(["Asia/Karachi"])
  expect(zonesOf("US", Date.UTC(2026, 10, 21)).length).toBeGreaterThan(zonesOf("PK", Date.UTC(2026, 10, 21)).length)
})
