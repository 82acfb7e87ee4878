import { describe, expect, test } from "vitest"
import { LANGUAGES } from "../../src/locales/texts.ts"
import { openAtTwilio } from "../support/at-twilio.ts"
import { openHouse, type House } from "../support/house.ts"
import { openTwilio } from "../support/twilio.ts"
import { comeDue, twilioPerson } from "../support/twilio-person.ts"
import { twilioContract } from "../support/twilio-contract.ts"

twilioContract("whatsapp")

const { provider, house } = await openAtTwilio()

const person = (prefix?: string) => twilioPerson(provider, house, "whatsapp", prefix)
const shapedDown = (where: House) => where.lines.filter((line) => line.includes('"shaped-down"'))

describe("WhatsApp draws choices as buttons and lists", () => {
  test("two or three choices are buttons, four to ten a list, and a line without choices is plain", async () => {
    const she = person()
    const [hello] = await she.says("hi")
    expect(hello?.drawn).toBe("quick-reply")
    expect(hello?.choices.map(({ label }) => label)).toEqual(["Yes", "Not sure", "No"])
    expect(hello?.text).not.toContain("1 Yes")
    const [limits, menu] = await she.says("1")
    expect(limits?.drawn).toBe("text")
    expect(menu?.drawn).toBe("list-picker")
    expect(menu?.choices).toHaveLength(8)
    const [forget] = await she.says("FORGET")
    expect(forget?.drawn).toBe("quick-reply")
    expect(forget?.choices).toHaveLength(2)
  })

  test("a tapped button and a tapped row choose what they show", async () => {
    const she = person()
    const [hello] = await she.says("hi")
    const [, menu] = await she.taps(hello!, "yes")
    expect(await she.place()).toBe("menu.main")
    await she.taps(menu!, "settings")
    expect(await she.place()).toBe("settings.main")
    // It is the id that counts, whatever the label said.
    await she.hears({ Body: "…", ListId: "settings.main/menu", ListTitle: "…" })
    expect(await she.place()).toBe("menu.main")
    await she.says("FORGET")
    await she.hears({ Body: "…", ButtonPayload: "settings.forget/no", ButtonText: "…" })
    expect(await she.place()).toBe("menu.main")
  })

  test("a button that is long past its place makes the place where she is speak again", async () => {
    const she = person()
    const [hello] = await she.says("hi")
    await she.taps(hello!, "yes")
    const said = await she.taps(hello!, "no")
    expect(await she.place()).toBe("menu.main")
    expect(said.map(({ text }) => text)).toEqual([she.received()[2]?.text])
  })

  test("every question on the main ways is drawn in every language, within WhatsApp's measures", async () => {
    for (const language of LANGUAGES) {
      const she = person()
      await she.says(house.app.texts(`language.${language}`, language))
      for (const words of ["1", "0", "1", "menu", "1", "1", "menu", "2", "1", "menu", "4", "1", "menu", "4", "2", "FORGET", "2"]) await she.says(words)
      expect(she.received().filter(({ drawn }) => drawn !== "text").length).toBeGreaterThan(8)
    }
    expect(shapedDown(house)).toEqual([])
  })

  test("one content resource is made for each set of labels, not for each message, and none is made twice", async () => {
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        const she = person()
        await she.says("hi")
        await she.says("1")
      }),
    )
    const names = provider.contents.map(({ friendly_name }) => friendly_name)
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(provider.contents.map(({ types }) => JSON.stringify(types))).size).toBe(names.length)
    const before = provider.contents.length
    const another = await openHouse(provider.environment)
    try {
      const she = twilioPerson(provider, another, "whatsapp")
      expect((await she.says("hi"))[0]?.drawn).toBe("quick-reply")
      expect(provider.contents).toHaveLength(before)
    } finally {
      await another.close()
    }
  })

  test("nothing that a person could be known by stands in a content resource", async () => {
    const she = person()
    await she.says("hi, I am Zubaida from Skardu")
    await she.says("1")
    const [entry] = await she.says("0")
    for (const { raw } of provider.contents) {
      expect(raw).not.toMatch(/Zubaida|Skardu|whatsapp:|\+\d|923\d/)
      expect(raw).not.toContain(she.address.slice(-7))
      expect(raw).not.toContain(JSON.stringify(entry?.text).slice(1, 30))
      expect(raw).toContain('"body":"{{1}}"')
    }
  })
})

describe("a Content API that fails costs the buttons, not the answer", () => {
  for (const [name, trick] of [
    ["says no", { status: 400, code: 20422 }],
    ["is too busy", { status: 429, code: 20429 }],
    ["breaks", { status: 500 }],
    ["is silent", "drop-before"],
  ] as const) {
    test(`when it ${name}, the choices come as numbered lines, and a number takes one`, async () => {
      const fresh = await openTwilio()
      const another = await openHouse(fresh.environment)
      try {
        const she = twilioPerson(fresh, another, "whatsapp")
        // undici asks again by itself when a GET falls silent, so it stays silent for a while.
        fresh.misbehave("content", ...Array.from({ length: trick === "drop-before" ? 10 : 1 }, () => trick))
        const [hello] = await she.says("hi")
        expect(hello).toMatchObject({ drawn: "text", text: expect.stringMatching(/\n1 Yes\n2 Not sure\n3 No$/) })
        expect(shapedDown(another)).toHaveLength(1)
        await she.says("2")
        expect(await she.place()).toBe("hello.unsure")
        expect(await she.rows()).toEqual([expect.objectContaining({ status: "sent", attempts: 1 }), expect.objectContaining({ status: "sent", attempts: 1 })])
      } finally {
        await another.close()
        await fresh.close()
      }
    })
  }

  test("once it works again the buttons are back", async () => {
    const fresh = await openTwilio()
    const another = await openHouse(fresh.environment)
    try {
      fresh.misbehave("content", { status: 500 })
      const [first] = await twilioPerson(fresh, another, "whatsapp").says("hi")
      const [second] = await twilioPerson(fresh, another, "whatsapp").says("hi")
      expect([first?.drawn, second?.drawn]).toEqual(["text", "quick-reply"])
    } finally {
      await another.close()
      await fresh.close()
    }
  })

  test("a message that lost its buttons is found by its numbered text when its fate is unknown", async () => {
    const fresh = await openTwilio()
    const another = await openHouse(fresh.environment)
    try {
      const she = twilioPerson(fresh, another, "whatsapp")
      fresh.misbehave("content", { status: 500 })
      fresh.misbehave("send", "drop-after")
      await she.says("hi")
      await comeDue(another)
      expect(she.received()).toHaveLength(1)
      expect(await she.rows()).toMatchObject([{ status: "sent", provider_id: she.received()[0]?.sid }])
    } finally {
      await another.close()
      await fresh.close()
    }
  })
})

describe("WhatsApp's window of a day", () => {
  test("a closed window (63016) at the send is refused, written down and not repeated", async () => {
    const she = person()
    provider.misbehave("send", { status: 400, code: 63016 })
    await she.says("hi")
    expect(await she.rows()).toMatchObject([{ status: "refused", code: "63016", kept: false, attempts: 1 }])
    await comeDue(house)
    expect(provider.sendsTo(she.address)).toBe(1)
  })

  test("a closed window told by callback is refused, written down and not repeated", async () => {
    const she = person()
    const [hello] = await she.says("hi")
    expect(await provider.status(house, hello!, "undelivered", 63016)).toBe(200)
    expect(await she.rows()).toMatchObject([{ status: "refused", code: "63016", kept: false }])
    await comeDue(house)
    expect(provider.sendsTo(she.address)).toBe(1)
  })

  test("WhatsApp's own rate limit (63018) is worth another try", async () => {
    const she = person()
    const [hello] = await she.says("hi")
    await provider.status(house, hello!, "failed", 63018)
    expect(await she.rows()).toMatchObject([{ status: "waiting", code: "63018", kept: true }])
  })

  test("the line about this channel's limits speaks of the day after which nothing can be written, in every language", async () => {
    const day = { en: /after a day/i, es: /tras un día/i, fr: /après un jour/i, ur: /ایک دن/, "ur-Latn": /ek din/i }
    for (const language of LANGUAGES) {
      const she = person()
      await she.says(house.app.texts(`language.${language}`, language))
      const [limits] = await she.says("1")
      expect(limits?.text).toMatch(day[language])
    }
  })

  test("the country of her number chooses the emergency number shown", async () => {
    const [spain] = await person("+3460012").says("0")
    expect(spain?.text).toContain("112")
  })
})

test("STOP and START that Twilio marks are honoured on WhatsApp too", async () => {
  const she = person()
  await she.says("hi")
  expect(await she.hears({ Body: "basta", OptOutType: "STOP" })).toEqual([])
  expect(await she.place()).toBe("left")
  expect((await she.hears({ Body: "START", OptOutType: "START" })).map(({ text }) => text)).toEqual(["Hello. Write whenever you like."])
})
