import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { render, type Message } from "../../src/locales/render.ts"
import { createTexts, LANGUAGES } from "../../src/locales/texts.ts"

const texts = createTexts({ PK: { en: "Pakistan", ur: "پاکستان", "ur-Latn": "Pakistan", es: "Pakistán", fr: "Pakistan" }, XX: { en: "Nowhere" } })
const yesNo = [
  { id: "yes", label: "choice.yes" },
  { id: "no", label: "choice.no" },
] as const
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `i${index}`, label: "choice.later" }))

describe("a message gets its language", () => {
  test("placeholders are filled with plain text", () => {
    expect(render({ key: "settings.keep", values: { hours: "24", days: "7" } }, "en", "telegram", texts).text).toContain("after 24 hours")
  })

  test("placeholders are filled with other texts in the same language", () => {
    expect(render({ key: "find-help.here", values: { country: { key: "place.PK" } } }, "es", "telegram", texts).text).toBe("¿Buscamos en Pakistán?")
  })

  test("what fills a placeholder is never read as a text of its own: no placeholder in it, no markup", () => {
    const { text } = render({ key: "hello.channels", values: { channels: "{{country}} <b>&amp;</b> $t(hello.safe)" } }, "en", "telegram", texts)
    expect(text).toContain("{{country}} <b>&amp;</b> $t(hello.safe)")
  })

  test("a place without a name in a language has its English one, and without any its code", () => {
    expect(render({ key: "place.XX" }, "fr", "telegram", texts).text).toBe("Nowhere")
  })

  test("each language is offered under its own name, whatever is spoken", () => {
    const options = LANGUAGES.map((language) => ({ id: `language:${language}`, label: `language.${language}` }))
    for (const language of LANGUAGES) {
      expect(render({ key: "settings.language", options }, language, "telegram", texts).choices.map(({ label }) => label)).toEqual([
        "English",
        "اردو",
        "Roman Urdu",
        "Español",
        "Français",
      ])
    }
  })

  test("a part that is left empty leaves no hole", () => {
    const { text } = render({ key: "find-help.entry", values: { contacts: "15", hours: "", name: "Somebody", notes: "" } }, "en", "telegram", texts)
    expect(text).toMatch(/: 15\. Somebody\.$/)
  })
})

describe("a message gets its shape", () => {
  test("Telegram draws every answer, and none stands in the text", () => {
    const rendered = render({ key: "menu.main", options: many(40) }, "en", "telegram", texts)
    expect(rendered).toMatchObject({ numbered: false })
    expect(rendered.text).not.toContain("\n")
    expect(rendered.choices).toHaveLength(40)
  })

  test("WhatsApp draws ten; more of them stand in the text, numbered", () => {
    expect(render({ key: "menu.main", options: many(10) }, "en", "whatsapp", texts)).toMatchObject({ numbered: false })
    const more = render({ key: "menu.main", options: many(11) }, "en", "whatsapp", texts)
    expect(more.numbered).toBe(true)
    expect(more.text.split("\n").at(-1)).toBe("11 Later")
  })

  test("an SMS has its answers as numbered lines, in order", () => {
    const rendered = render({ key: "hello.safe", options: yesNo }, "fr", "sms", texts)
    expect(rendered.text.split("\n").slice(1)).toEqual(["1 Oui", "2 Non"])
    expect(rendered).toMatchObject({
      numbered: true,
      choices: [
        { id: "yes", label: "Oui" },
        { id: "no", label: "Non" },
      ],
    })
  })

  test("a message without answers has none anywhere", () => {
    expect(render({ key: "left.exit" }, "en", "sms", texts)).toEqual({ text: "Thanks, bye for now.", choices: [], numbered: false })
  })

  test("an SMS loses accents that the GSM alphabet lacks, the other channels keep them", () => {
    const message: Message = { key: "hello.channels", values: { channels: "“Así”" } }
    expect(render(message, "es", "sms", texts).text).toContain('"Asi"')
    expect(render(message, "es", "whatsapp", texts).text).toContain("“Así”")
  })

  test("rendering is pure: the same message gives the same words, whatever was rendered in between", () => {
    const message = fc.record({
      key: fc.constantFrom("hello.safe", "menu.main", "find-help.here", "settings.keep"),
      values: fc.constant({ country: "PK", hours: "1", days: "2" }),
      options: fc.constantFrom([], yesNo),
    })
    const language = fc.constantFrom(...LANGUAGES)
    const shape = fc.constantFrom("telegram", "sms", "whatsapp")
    fc.assert(
      fc.property(fc.tuple(message, language, shape), fc.tuple(message, language, shape), ([a, l, s], [b, m, t]) => {
        const first = render(a, l, s, texts)
        render(b, m, t, texts)
        expect(render(a, l, s, texts)).toEqual(first)
      }),
    )
  })
})
