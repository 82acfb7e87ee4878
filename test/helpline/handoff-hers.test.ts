import { describe, expect, test } from "vitest"
import { newStaff } from "../support/desk.ts"
import { openChats, textsOf } from "../support/chats.ts"
import { contentWith, openHouse } from "../support/house.ts"
import { simulated } from "../support/simulated.ts"

const MINUTE = 60_000
const chats = await openChats()
const { house } = chats

const desk = () => house.app.desk

describe("whom nobody could answer", () => {
  test("asks again without being asked anything twice, and keeps what she wrote", async () => {
    const { she, id } = await chats.inLine()
    await she.text("he has my passport")
    await chats.pass(46)
    expect(textsOf(await she.read())[0]).toContain("nobody could answer you")
    expect(textsOf(await she.text("Ask again"))[0]).toMatch(/^I have asked\./)
    expect(await she.place()).toBe("person.queued")
    expect(await chats.head(id)).toMatchObject({ status: "queued" })
    expect(await chats.lines(id)).toEqual(["contact: he has my passport", "system: reopened"])
  })

  test("is told when the desk has closed meanwhile", async () => {
    const { she } = await chats.inLine()
    await chats.pass(46)
    await she.read()
    await desk().close(chats.noor, { reason: "capacity", until: new Date(house.now() + 90 * MINUTE).toISOString() })
    await house.settle()
    expect(textsOf(await she.text("Ask again"))[0]).toMatch(/^More people are writing/)
    await desk().reopen(chats.noor)
  })
})

describe("who begins anew while somebody is with her, or on the way,", () => {
  test("is greeted, keeps the chat, and hears how to go on", async () => {
    const { she, id } = await chats.live()
    expect(await chats.heard(she, { type: "begin" })).toEqual([expect.stringMatching(/^Hello\. Is this a good moment/)])
    expect(await chats.head(id)).toMatchObject({ status: "live", owner: chats.sana })
    const told = textsOf(await she.text("yes"))
    expect(told.at(-1)).toContain("You are writing with Sana.")
    await she.text("I am back")
    expect((await chats.lines(id)).at(-1)).toBe("contact: I am back")
  })

  test("keeps her place in line, also by the carrier's START", async () => {
    for (const start of [
      (she: ReturnType<typeof simulated>) => chats.heard(she, { type: "opt-in" }),
      async (she: ReturnType<typeof simulated>) => textsOf(await she.text("START")),
    ]) {
      const { she, id } = await chats.inLine()
      expect(await start(she)).toEqual([expect.stringMatching(/^Hello\. Is this a good moment/)])
      expect(await chats.head(id)).toMatchObject({ status: "queued" })
      expect(textsOf(await she.text("yes")).at(-1)).toContain("You are still in line.")
    }
  })

  test("leaves with a no, and nothing follows her", async () => {
    const { she, id } = await chats.live()
    await chats.heard(she, { type: "begin" })
    await she.text("no")
    expect(await chats.head(id)).toMatchObject({ status: "ended", left: true })
    expect(await desk().write(chats.sana, id, "Hello?", "k")).toBe("left")
  })
})

describe("who waits while the desk closes", () => {
  const shut = (minutes: number) => desk().close(chats.noor, { reason: "other", until: new Date(house.now() + minutes * MINUTE).toISOString() })

  test("is told once that nobody may come, and hears the same when she asks", async () => {
    const { she } = await chats.inLine()
    await shut(90)
    await house.settle()
    const told = textsOf(await she.read())
    expect(told).toHaveLength(1)
    expect(told[0]).toMatch(/^You are still in line\. The desk has closed until/)
    expect(told[0]).not.toMatch(/minutes|how long it will take/)
    await chats.pass(1)
    expect(await she.read()).toEqual([])
    expect(textsOf(await she.text("WAIT"))[0]).toBe(told[0])
    await desk().reopen(chats.noor)
    await house.settle()
    expect(textsOf(await she.text("WAIT"))[0]).not.toContain("closed")
  })

  test("is told so again in the wait that follows when she has asked again", async () => {
    const { she } = await chats.inLine()
    await shut(90)
    await house.settle()
    expect(textsOf(await she.read())).toHaveLength(1)
    await chats.pass(46)
    await she.read()
    await desk().reopen(chats.noor)
    await house.settle()
    await she.text("Ask again")
    await shut(90)
    await house.settle()
    expect(textsOf(await she.read())).toEqual([expect.stringMatching(/^You are still in line\. The desk has closed until/)])
    await desk().reopen(chats.noor)
  })

  test("is told nothing when she wasn't sure that this phone is safe, until she asks", async () => {
    const { she } = await chats.inLine({ sure: false })
    await shut(90)
    await chats.pass(1)
    expect(await she.read()).toEqual([])
    expect(textsOf(await she.text("WAIT"))[0]).toContain("The desk has closed")
    await desk().reopen(chats.noor)
  })

  test("hears nothing of it once somebody writes with her", async () => {
    const { she } = await chats.live()
    await shut(90)
    await chats.pass(1)
    expect(await she.read()).toEqual([])
    await desk().reopen(chats.noor)
  })

  test("is told at the end of the hours, too", async () => {
    // Ten minutes before five in Karachi, on a Wednesday.
    const office = await openHouse({}, { content: contentWith("desk.yaml", (text) => text), at: Date.parse("2026-11-25T11:50:00Z") })
    try {
      await newStaff(office, "Hina", ["counsellor"])
      const she = simulated(office, "sms")
      for (const text of ["hi", "yes", "talk to a person", "yes", "no", "skip"]) await she.text(text)
      office.advance(11 * MINUTE)
      await office.settle()
      expect(textsOf(await she.read())).toEqual([expect.stringMatching(/^You are still in line\. The desk has closed until Thursday, 09:00\./)])
    } finally {
      await office.close()
    }
  })
})

describe("at the end of a chat", () => {
  test("thanks are answered kindly, and the question stays open", async () => {
    for (const words of ["thanks", "thank you so much", "Shukriya", "ok thanks a lot", "ok thanks", "theek hai shukriya", "d'accord merci"]) {
      const { she, id } = await chats.live()
      await desk().end(chats.sana, id, "helped")
      await she.read()
      const told = textsOf(await she.text(words))
      expect([words, ...told]).toEqual([words, expect.stringMatching(/^You are welcome\./)])
      expect(textsOf(await she.text("1"))[0]).toContain("Thank you.")
    }
  })
})

/** A chat that was closed because she said nothing, half an hour after her last word. */
async function closedForSilence(sure = true) {
  const { she, id } = await chats.live({ sure })
  await chats.pass(11)
  await chats.pass(11)
  await she.read()
  expect(await chats.head(id)).toMatchObject({ status: "ended" })
  return { she, id }
}

describe("who comes back to a chat that was closed for silence", () => {
  test("is asked first whether this is a good moment, and nothing of the chat is shown before", async () => {
    for (const sure of [true, false]) {
      const { she, id } = await closedForSilence(sure)
      expect(textsOf(await she.text("sorry, I had to go"))).toEqual([expect.stringMatching(/^Hello\. Is this a good moment/)])
      expect(textsOf(await she.text("are you there"))).toEqual([expect.stringMatching(/is this a good moment/)])
      expect(await chats.head(id)).toMatchObject({ status: "ended" })
      expect(textsOf(await she.text("yes")).at(-1)).toContain("Shall I open it again")
      await she.text("yes")
      expect(await chats.head(id)).toMatchObject({ status: "queued", owner: null })
      expect((await chats.lines(id)).slice(-2)).toEqual(["system: reopened", "contact: sorry, I had to go\nare you there"])
      await she.text("EXIT")
    }
  })

  test("whoever says that it isn't learns nothing, and opens nothing", async () => {
    const { she, id } = await closedForSilence()
    await she.text("who is this")
    expect(textsOf(await she.text("no"))).toEqual(["All right, thank you. Have a good day."])
    expect(await chats.head(id)).toMatchObject({ status: "ended" })
    expect(textsOf(await she.text("hello"))).toEqual([expect.stringMatching(/^Hello\. Is this a good moment/)])
  })

  test("in danger gets the number at once; it is opened again without a word of it", async () => {
    const { she, id } = await closedForSilence()
    const told = textsOf(await she.text("he is going to kill me now"))
    expect(told).toHaveLength(1)
    expect(told[0]).toContain("15")
    expect(await chats.head(id)).toMatchObject({ status: "queued", risk: 2, rests: true })
    expect((await chats.lines(id)).slice(-2)).toEqual(["system: reopened", "contact: he is going to kill me now"])
  })

  test("finds it as long after its last word as any session lasts, not after her own", async () => {
    const { she, id } = await closedForSilence()
    await chats.pass(50)
    expect(textsOf(await she.text("sorry, I had to go"))).toEqual([expect.stringMatching(/^Hello\. Is this a good moment/)])
    await she.text("yes")
    await she.text("yes")
    expect(await chats.head(id)).toMatchObject({ status: "queued" })
    expect((await chats.lines(id)).at(-1)).toBe("contact: sorry, I had to go")
  })
})

describe("in a chat", () => {
  test("farewells and thanks go to the counsellor like any words; only EXIT and its kin end it", async () => {
    const { she, id } = await chats.live()
    for (const words of ["ok", "thanks", "bye", "ok bye", "gtg", "khuda hafiz", "good night", "yes thank you, bye"]) {
      expect([words, ...textsOf(await she.text(words))]).toEqual([words])
      expect((await chats.lines(id)).at(-1)).toBe(`contact: ${words}`)
    }
    expect(await chats.head(id)).toMatchObject({ status: "live" })
    await she.text("exit please bye")
    expect(await chats.head(id)).toMatchObject({ status: "ended", left: true })
  })

  test("the question of FORGET keeps its own ten minutes, whatever a counsellor says meanwhile", async () => {
    const { she, id } = await chats.live()
    await she.text("FORGET")
    await chats.pass(9)
    await desk().write(chats.sana, id, "Is it all right to go on?", "k1")
    await she.read()
    expect(await she.text("yes")).toEqual([])
    expect((await chats.lines(id)).at(-1)).toBe("contact: yes")
    expect((await chats.heard(she, { type: "choice", id: "settings.forget/yes" }))[0]).toMatch(/^Done\./)
  })

  test("a button of that question erases nothing once they are over", async () => {
    const { she, id } = await chats.live()
    await she.text("FORGET")
    await desk().write(chats.sana, id, "Is it all right to go on?", "k1")
    await chats.pass(11)
    await chats.heard(she, { type: "choice", id: "settings.forget/yes" })
    expect(await chats.lines(id)).toContain("counsellor: Is it all right to go on?")
  })

  test("that question lapses after ten minutes also where something was to be told meanwhile, and wasn't", async () => {
    const { she, id } = await chats.inLine({ sure: false })
    await she.text("FORGET")
    await desk().close(chats.noor, { reason: "other", until: new Date(house.now() + 90 * MINUTE).toISOString() })
    await chats.pass(11)
    expect(await she.read()).toEqual([])
    await she.text("yes")
    expect(await chats.head(id)).toMatchObject({ status: "queued" })
  })

  test("words that no phone takes in one piece are refused before they leave", async () => {
    const { she, id } = await chats.live()
    expect(await desk().write(chats.sana, id, "آپ ".repeat(300), "k1")).toBe("too-long")
    expect(await she.read()).toEqual([])
    expect(await desk().write(chats.sana, id, "word ".repeat(290).trim(), "k2")).toBeUndefined()
    expect(textsOf(await she.read())).toHaveLength(1)
  })
})
