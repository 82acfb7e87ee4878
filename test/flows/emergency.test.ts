import { describe, expect, test } from "vitest"
import { NEEDS, type Need } from "../../src/flows/directory.ts"
import { standing } from "../../src/helpline/hours.ts"
import { LANGUAGES, localeFiles } from "../../src/locales/texts.ts"
import { directory, somebody, texts } from "../support/spoken.ts"

const COUNTRIES = directory.map(({ country }) => country).filter((country) => country !== "international")
const WITHOUT_FILE = ["AF", "CN", "GG", "ZZ"]
/** Every three hours of a week: before, within and after all hours that lines keep. */
const MOMENTS = Array.from({ length: 56 }, (_, index) => new Date(Date.UTC(2026, 10, 23, index * 3, 24)).toISOString())

/** Every text of the urgent places, as somebody there would read it. */
function urgent(from: Parameters<typeof somebody>[0]): Readonly<Record<string, string>> {
  const said = (text: string, ...ids: readonly string[]) => {
    const she = somebody(from)
    const first = she.writes(text)
    return (ids.length === 0 ? first : she.answers(...ids)).join("\n")
  }
  return {
    which: said("0"),
    danger: said("0", "danger"),
    suicide: said("i want to kill myself"),
    "suicide-yes": said("0", "suicide", "yes"),
    "suicide-no": said("0", "suicide", "no"),
    "suicide-other": said("0", "suicide", "someone-else"),
    child: said("0", "child"),
    images: said("0", "images"),
  }
}

/** The numbers that stand behind a sentence of the locales, as in “Someone can talk with you now: …”. */
function numbersIn(text: string, sentence: string): string | undefined {
  const [before = "", after = ""] = texts(`emergency.lines.${sentence}`, "en", { lines: "|" }).split("|")
  const start = text.indexOf(before)
  if (before === "" || start === -1) return undefined
  const rest = text.slice(start + before.length)
  const end = after === "" ? -1 : rest.indexOf(after)
  return after !== "" && end === -1 ? undefined : rest.slice(0, end)
}

describe("whatever the country, the hour, the language and the channel", () => {
  test("no text has an empty number, an unfilled place or an unexplained sign", () => {
    for (const country of [...COUNTRIES, ...WITHOUT_FILE])
      for (const language of LANGUAGES)
        for (const shape of ["sms", "telegram"] as const)
          for (const [place, text] of Object.entries(urgent({ country, language, shape, at: "2026-11-25T00:24Z" }))) {
            expect(text, `${country} ${language} ${place}`).not.toMatch(/[:：]\s*[.,;،۔)]|\(\s*\)|\{\{|\}\}|place\.|emergency\.|find-help\.| {2}|\.\.|۔\s*۔|>|undefined/)
            expect(text.trim(), `${country} ${language} ${place}`).not.toMatch(/^[.,:;،۔]/)
          }
  })

  test("“now” is said only of lines that are open at that moment and verified, and every number belongs to the need it stands for", () => {
    const sentences: readonly (readonly [string, Need, boolean])[] = [
      ["call-now", "emergency", true],
      ["call", "emergency", false],
      ["danger", "emergency", false],
      ["talk-now", "suicide", true],
      ["talk", "suicide", false],
      ["other-talk-now", "suicide", true],
      ["other-talk", "suicide", false],
      ["child-now", "child", true],
      ["child", "child", false],
      ["medical", "medical", false],
      ["no-line-but", "emergency", false],
      ["child-none-but", "emergency", false],
    ]
    const heard = new Set<string>()
    for (const { country, entries, timeZone = "UTC" } of directory.filter(({ country }) => country !== "international")) {
      for (const at of MOMENTS) {
        for (const [place, text] of Object.entries(urgent({ country, at }))) {
          for (const [sentence, need, now] of sentences) {
            const numbers = numbersIn(text, sentence)
            if (numbers === undefined) continue
            heard.add(sentence)
            const bare = (numbers.replace(/\([^)]*\)/g, "").match(/[\d*#][\d\s*#-]*\d#?|\d/g) ?? []).map((dial) => dial.trim())
            expect(bare.length, `${country} ${place}: ${text}`).toBeGreaterThan(0)
            for (const dial of bare) {
              const own = entries.filter((entry) => entry.needs.includes(need) && entry.contacts.some((contact) => contact.dial === dial))
              expect(own, `${country} ${place} ${sentence} ${dial}`).not.toEqual([])
              if (now)
                expect(
                  own.some(({ hours, mark }) => mark !== "unverified" && ["always", "open"].includes(standing(hours, timeZone, new Date(at)).type)),
                  `${country} ${at} ${place} ${dial}`,
                ).toBe(true)
            }
          }
        }
      }
    }
    expect([...heard].sort()).toEqual(sentences.map(([sentence]) => sentence).sort())
  })

  test("a number of a line that nobody could verify says so", () => {
    for (const { country, entries } of directory.filter(({ country }) => country !== "international")) {
      const doubtful = entries.filter(({ mark }) => mark === "unverified").flatMap(({ contacts }) => contacts.map(({ dial }) => dial))
      for (const text of Object.values(urgent({ country })))
        for (const dial of doubtful.filter((one) => entries.every(({ mark, contacts }) => mark === "unverified" || contacts.every((contact) => contact.dial !== one)))) {
          const said = text.match(new RegExp(`(?<!\\d)${dial.replace(/[*#()+]/g, "\\$&")}(?!\\d)[^,.\\n]*`, "g")) ?? []
          for (const one of said) expect(one, `${country} ${dial}`).toContain("not verified")
        }
    }
  })

  test("every language has every sentence, and they are only where the language's own text puts them", () => {
    for (const language of LANGUAGES)
      expect(Object.keys((localeFiles(language)["emergency"] as { lines: object }).lines)).toEqual(Object.keys((localeFiles("en")["emergency"] as { lines: object }).lines))
    expect(NEEDS).toContain("medical")
  })
})

describe("somebody from a country that the directory doesn't have", () => {
  test.each(WITHOUT_FILE)("from %s is told no number at all, least of all the organisation's own country's", (country) => {
    for (const language of LANGUAGES)
      for (const [place, text] of Object.entries(urgent({ country, language }))) expect(text.replace(/\b18\b|\b0\b|18s/g, ""), `${language} ${place}`).not.toMatch(/\d/)
  })

  test("is asked for the country where numbers would be", () => {
    const she = somebody({ country: "AF" })
    she.writes("0")
    she.answers("danger")
    expect(she.offered()).toEqual(["here-again", "other-country"])
  })

  test("without a country known at all, the organisation's own stands in", () => {
    expect(somebody().writes("0")[0]).toContain("15")
  })
})

describe("what a line is, is said", () => {
  test("Bangladesh's line is said with its hour while it is closed, and as open when it is", () => {
    const asleep = urgent({ country: "BD", at: "2026-11-25T00:24Z" })
    expect(asleep["suicide"]).toContain("09612-119911 (opens at 15:00)")
    expect(asleep["suicide"]).not.toContain("now")
    expect(urgent({ country: "BD", at: "2026-11-25T10:00Z" })["suicide"]).toContain("now: 09612-119911")
  })

  test("a country without a suicide line gets its emergency number as what it is, and no promise of somebody who listens", () => {
    for (const country of ["AR", "CO", "ES", "ZA", "NG", "GH", "EG", "KE"]) {
      const { suicide = "", ...others } = urgent({ country })
      expect(suicide, country).toContain("We know no line for this")
      expect(suicide, country).toContain("emergency number")
      for (const text of [suicide, others["suicide-yes"], others["suicide-other"], others["suicide-no"]]) expect(text, country).not.toMatch(/talk with (you|someone)/)
    }
  })

  test("a country without a line for under-18s says so instead of giving the police as people who listen", () => {
    for (const country of ["PK", "AR", "ES", "ZA", "GB", "US"]) expect(urgent({ country })["child"], country).toContain("We know no line just for under-18s")
  })

  test("lines by text are not given as calls, and the word to text and the digit to press are told", () => {
    const france = urgent({ country: "FR" })
    expect(france["which"]).toContain("You can call 17, 112 now. By text: 114")
    expect(france["danger"]).toContain("Call 17, 112 if you can.")
    expect(urgent({ country: "US" })["suicide"]).toContain("988 (call or text), 741741 (by text)")
    expect(urgent({ country: "GB" })["suicide"]).toContain("85258 (text SHOUT)")
    expect(urgent({ country: "ID" })["suicide"]).toContain("119 (then press 8)")
  })

  test("in Pakistan the line of one province is named with it, and the unverified one says so", () => {
    expect(urgent({ country: "PK" })["suicide"]).toContain("15 (Punjab, then press 7), 0311-7786264 (not verified)")
  })

  test("who took something is sent to a number only where an ambulance answers it", () => {
    expect(urgent({ country: "PK" })["suicide-yes"]).toContain("an ambulance or the nearest hospital first")
    expect(urgent({ country: "DE" })["suicide-yes"]).not.toMatch(/\b110\b/)
    expect(urgent({ country: "FR" })["suicide-yes"]).toContain("first call 112.")
    expect(urgent({ country: "IN" })["suicide-yes"]).toContain("first call 112.")
  })
})

describe("danger", () => {
  test("more numbers in Pakistan lead through the province to its own lines", () => {
    const she = somebody({ country: "PK" })
    she.writes("0")
    expect(she.answers("danger", "numbers")).toEqual([expect.stringContaining("Which part of Pakistan?")])
    expect(she.answers("province:punjab").join("\n")).toMatch(/1043[^]*1737/)
  })

  test("for the whole country every province's line is shown, with the province it is for", () => {
    const she = somebody({ country: "PK" })
    she.writes("0")
    const first = she.answers("danger", "numbers", "province:").join("\n")
    const rest = [...she.answers("more"), ...she.answers("more")].join("\n")
    expect(first).toMatch(/1043\..*In Punjab only[^]*1737\..*In Punjab only/)
    expect(rest).toMatch(/1094\..*In Sindh only/)
    expect(rest).toMatch(/0800-22227\..*In Khyber Pakhtunkhwa only/)
  })

  test("who can text again has said that it is safe, and isn't asked once more", () => {
    const she = somebody({ country: "PK", safe: false })
    she.writes("he is outside my door with a knife")
    she.answers("here-again")
    expect(she.place()).toBe("menu.main")
    she.writes("someone hacked my instagram account")
    expect(she.place()).toBe("menu.topic")
  })
})

describe("age is asked once", () => {
  test("somebody who wrote that she is 15 is told at once not to save or pass on the picture, and her age is not asked", () => {
    const she = somebody({ safe: false })
    she.writes("im 15 and he has my nudes")
    const said = she.answers("yes").join("\n")
    expect(she.place()).toBe("emergency.images")
    expect(said).toContain("Please don't save, screenshot or pass on")
    expect(she.answers("pictures").join("\n")).toContain("don't save, screenshot or pass it on")
    expect(she.place()).toBe("tips.images.under-18")
  })

  test("“im 15” first and pictures later: her age is remembered", () => {
    const she = somebody()
    she.writes("i am 15 years old")
    expect(she.place()).toBe("emergency.child")
    she.writes("he has my nudes")
    she.answers("pictures")
    expect(she.place()).toBe("tips.images.under-18")
  })

  test("under 18, chosen from the list or at the question, leads to the same place", () => {
    const she = somebody()
    she.writes("0")
    she.answers("child", "images")
    expect(she.place()).toBe("tips.images.under-18")
    const other = somebody()
    other.writes("0")
    other.answers("images", "pictures", "under-18")
    expect(other.place()).toBe("tips.images.under-18")
  })

  test.each([
    ["adult", "tips.images.save"],
    ["skip", "tips.images.under-18"],
  ])("who answered %s is led past the topic's own question of age to %s, and BACK asks it", (answer, place) => {
    const she = somebody()
    she.writes("0")
    she.answers("images", "pictures", answer, "more", "more")
    expect(she.place()).toBe(place)
    she.answers("back")
    expect(she.place()).toBe("tips.images.age")
  })

  test("an age told within a topic holds in the next one, and a new session knows nothing of it", () => {
    const she = somebody()
    she.writes("0")
    she.answers("images", "pictures", "adult")
    she.writes("MENU")
    she.answers("tips", "topic:deepfakes", "more", "more")
    expect(she.place()).toBe("tips.deepfakes.adult")
    she.writes("EXIT")
    expect(she.memory().age).toBeUndefined()
  })
})

test("no text of these flows speaks of numbers to choose, of keys or of taps: channels draw answers in different ways", () => {
  const told = {
    en: /a number is|choose a number|\btap\b/i,
    ur: /نمبر چنیں|ایک نمبر/,
    "ur-Latn": /number chunein|ek number/i,
    es: /elige un número|con un número/i,
    fr: /choisissez un numéro|un chiffre/i,
  }
  for (const language of LANGUAGES)
    for (const file of ["emergency", "find-help"])
      for (const [key, text] of Object.entries(localeFiles(language)[file] ?? {})) {
        if (typeof text !== "string" || key.startsWith("$")) continue
        expect(text, `${language} ${file}.${key}`).not.toMatch(/(?<!\d)1(?!\d)/)
        expect(text, `${language} ${file}.${key}`).not.toMatch(told[language])
      }
})
