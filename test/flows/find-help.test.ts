import { describe, expect, test } from "vitest"
import { LANGUAGES } from "../../src/locales/texts.ts"
import { directory, helpline, somebody } from "../support/spoken.ts"

describe("somebody whose country the directory doesn't have", () => {
  test("comes straight to the list of countries, which has an answer for not being in it", () => {
    const she = somebody({ country: "AF" })
    expect(she.answers("find-help")).toEqual([expect.stringContaining("Which country?")])
    expect(she.place()).toBe("find-help.country")
    expect(she.offered()).toContain("not-listed")
  })

  test("who chooses “not in this list” is told kindly that there are no numbers, and offered what works anywhere", () => {
    const she = somebody({ country: "AF" })
    const said = she.answers("find-help", "not-listed")
    expect(said[0]).toContain("we know no numbers for that country yet")
    expect(she.place()).toBe("find-help.need")
    expect(she.answers("need:images").join("\n")).toContain("StopNCII.org")
  })

  test.each([
    ["afghanistan", "en"],
    ["Afganistán", "es"],
    ["افغانستان", "ur"],
    ["I am in Afghanistan", "en"],
  ] as const)("typing %s at the list does the same, and Pakistan's emergency number is gone from then on", (typed, language) => {
    const she = somebody({ country: helpline.country, language })
    she.answers("find-help", "other-country")
    expect(she.writes(typed)).toHaveLength(2)
    expect(she.place()).toBe("find-help.need")
    expect(she.memory().country).toBe("AF")
    expect(
      she
        .writes("0")
        .join("\n")
        .replace(/\b0\b|\b18\b/g, ""),
    ).not.toMatch(/\d/)
  })

  test("with a need already known, what works anywhere is shown at once", () => {
    const she = somebody({ country: "AF" })
    she.writes("0")
    she.answers("images", "pictures", "under-18", "person")
    expect(she.place()).toBe("find-help.country")
    const other = somebody({ country: "CN" })
    other.writes("0")
    other.answers("child", "other-country", "not-listed")
    expect(other.place()).toBe("find-help.entries")
  })

  test("no country and no need ever shows the name of a place that has no name", () => {
    for (const language of LANGUAGES)
      for (const country of ["AF", "ZZ", ...directory.map(({ country }) => country)]) {
        const she = somebody({ country, language })
        const said = [...she.answers("find-help"), ...she.answers("other-country"), ...she.answers("not-listed")]
        for (const text of said) expect(text, `${country} ${language}`).not.toMatch(/place\.|find-help\.|\{\{/)
      }
  })
})

describe("typed answers", () => {
  test.each(["no", "nahi", "نہیں", "non"])("“%s” to looking in her own country opens the list of countries", (typed) => {
    const she = somebody({ country: "PK" })
    she.answers("find-help")
    she.writes(typed)
    expect(she.place()).toBe("find-help.country")
  })

  test.each(["Punjab", "Punjab please", "i live in punjab", "main punjab mein hoon", "میں پنجاب میں ہوں", "پنجاب"])("“%s” is understood as the province", (typed) => {
    const she = somebody({ country: "PK" })
    she.answers("find-help", "yes")
    expect(she.place()).toBe("find-help.province")
    she.writes(typed)
    expect(she.memory().province).toBe("punjab")
    expect(she.place()).toBe("find-help.need")
  })

  test.each([
    ["no, India", "IN"],
    ["in south africa please", "ZA"],
    ["estoy en México", "MX"],
    ["uk", "GB"],
  ])("“%s” is understood as the country, also where the first question is still open", (typed, country) => {
    const she = somebody({ country: "PK" })
    she.answers("find-help")
    she.writes(typed)
    expect(she.memory().country).toBe(country)
  })

  test("at the province, another country may be named", () => {
    const she = somebody({ country: "PK" })
    she.answers("find-help", "yes")
    she.writes("i am in India")
    expect(she.memory().country).toBe("IN")
  })

  test("words of danger are heard first, whatever place they name", () => {
    const she = somebody({ country: "PK" })
    she.answers("find-help", "yes")
    she.writes("he will kill me in punjab")
    expect(she.place()).toMatch(/^emergency\.danger/)
  })

  test("“not Pakistan” is not taken for Pakistan", () => {
    const she = somebody({ country: "PK" })
    she.answers("find-help")
    she.writes("not pakistan")
    expect(she.place()).not.toBe("find-help.province")
  })
})

test("menu digits are explained in the lists, too", () => {
  const she = somebody({ country: "MX" })
  expect(she.answers("find-help", "yes", "province:", "need:legal").join("\n")).toContain("079 (then press 1)")
})
