import { describe, expect, test } from "vitest"
import { openChats, textsOf } from "../support/chats.ts"
import { openHouse } from "../support/house.ts"
import { simulated } from "../support/simulated.ts"

const MINUTE = 60_000
const chats = await openChats()
const { house, sana, noor } = chats
const desk = () => house.app.desk

test("a house that has just come up knows at once how its desk stands", async () => {
  const next = await openHouse({}, { databaseUrl: house.databaseUrl, dataDir: house.dataDir })
  expect(next.app.desk.facts()).toMatchObject({ state: "open" })
  await next.close()
})

describe("a person asks for a human, and one comes", () => {
  test("she agrees, waits, writes with somebody and is asked one question at the end", async () => {
    const { she, id } = await chats.inLine({ about: "my account was taken" })
    expect(textsOf(await she.text("are you there?"))).toEqual(["Kept for whoever answers."])
    expect(await desk().claim(sana, id)).toBeUndefined()
    // Nobody has said anything yet, so nothing is promised.
    expect(await she.read()).toEqual([])
    expect(await desk().write(sana, id, "I am here.", "k1")).toBeUndefined()
    expect(textsOf(await she.read())).toEqual(["Hello, and thanks for waiting. There is an answer for you here now, from Sana.", "Sana: I am here."])
    expect(await she.text("he has my password")).toEqual([])
    const chat = await desk().chat(sana, id, 0)
    if (typeof chat === "string") throw new Error(chat)
    expect(chat.lines.map(({ n, from, text }) => [n, from, text])).toEqual([
      [1, "contact", "are you there?"],
      [2, "counsellor", "I am here."],
      [3, "contact", "he has my password"],
    ])
    expect(chat.lines[1]?.delivery).toBe("sent")
    expect(chat.asked).toEqual([
      { question: expect.stringContaining("Is anyone in danger right now?"), answer: "No" },
      { question: expect.stringContaining("what is it about?"), answer: "my account was taken" },
    ])
    expect(await desk().end(sana, id, "helped")).toBeUndefined()
    expect(textsOf(await she.read())[0]).toContain("Sana has closed the chat.")
    expect(textsOf(await she.text("1"))[0]).toContain("Thank you.")
    expect(await she.place()).toBe("menu.main")
  })

  test("words that meet on the way are all kept and all arrive", async () => {
    const { she, id } = await chats.live()
    const words = ["one", "two", "three"]
    const answers = await Promise.all([
      ...words.map((word) =>
        house.app.receive({ channel: "simulator", address: `sms:${she.from}`, shape: "sms", deliveryId: `hers-${word}`, heard: { type: "text", text: word } }),
      ),
      ...words.map((word) => desk().write(sana, id, `${word}!`, word)),
    ])
    expect(answers).toEqual(["taken", "taken", "taken", undefined, undefined, undefined])
    expect(textsOf(await she.read()).toSorted()).toEqual(words.map((word) => `Sana: ${word}!`).toSorted())
    expect((await chats.lines(id)).slice(1).toSorted()).toEqual([...words.map((word) => `contact: ${word}`), ...words.map((word) => `counsellor: ${word}!`)].toSorted())
  })

  test("what she is asked can be skipped, and danger is asked for once, with a number and a place at the head of the line", async () => {
    const first = await chats.inLine()
    const she = simulated(house, "sms")
    for (const text of ["hi", "yes", "talk to a person", "yes"]) await she.text(text)
    const told = textsOf(await she.text("yes"))
    expect(told[0]).toContain("15")
    expect(await she.place()).toBe("person.queued")
    const { queue } = await desk().view(noor)
    expect(queue.map(({ risk }) => risk)).toEqual([2, 0])
    expect(queue[1]?.id).toBe(first.id)
  })

  test("nobody came: she is told so, and can ask again", async () => {
    const { she } = await chats.inLine()
    await chats.pass(46)
    expect(textsOf(await she.read())[0]).toContain("nobody could answer you")
    await she.text("Ask again")
    expect(await she.place()).toBe("person.queued")
  })

  test("silence brings one gentle line, then a close that she can open again with her next words", async () => {
    const { she, id } = await chats.live()
    await desk().seen(sana, 600 * MINUTE)
    await chats.pass(11)
    expect(textsOf(await she.read())).toEqual([expect.stringContaining("Still there?")])
    await chats.pass(11)
    expect(textsOf(await she.read())).toEqual([expect.stringContaining("I am closing this for now.")])
    expect(await chats.head(id)).toMatchObject({ status: "ended" })
    expect(textsOf(await she.text("sorry, I had to go"))[0]).toContain("Is this a good moment")
    expect(textsOf(await she.text("yes")).at(-1)).toContain("Shall I open it again")
    await she.text("yes")
    expect(await chats.head(id)).toMatchObject({ status: "queued" })
    expect((await chats.lines(id)).slice(-2)).toEqual(["system: reopened", "contact: sorry, I had to go"])
  })

  test("who wasn't sure that it is safe to text is told nothing that she didn't ask for", async () => {
    const she = simulated(house, "sms")
    for (const text of ["hi", "not sure", "go on", "talk to a person", "yes", "no", "skip"]) await she.text(text)
    const id = (await desk().view(noor)).queue[0]?.id ?? ""
    await desk().claim(sana, id)
    await desk().write(sana, id, "Hello.", "first")
    await desk().seen(sana, 600 * MINUTE)
    await she.read()
    await chats.pass(11)
    await chats.pass(11)
    expect(await chats.head(id)).toMatchObject({ status: "ended" })
    expect(await she.read()).toEqual([])
    expect(textsOf(await she.text("hello?"))[0]).toContain("Is this a good moment")
    expect(textsOf(await she.text("yes")).at(-1)).toContain("That chat was closed.")
  })

  test("words that a locked screen mustn't show stand behind a harmless line", async () => {
    const { she, id } = await chats.live()
    await desk().write(sana, id, "Is your husband at home?", "k6")
    const [told = ""] = textsOf(await she.read())
    expect(told.slice(0, 60)).not.toMatch(/husband/)
    expect(told).toContain("\nIs your husband at home?")
  })

  test("words of both that come at the same moment are both passed on", async () => {
    const { she, id } = await chats.live()
    const where = { channel: "simulator", address: `sms:${she.from}`, shape: "sms" } as const
    const heard = { type: "counsellor", id, staffId: sana, alias: "Sana", text: "And I to you.", key: "both" } as const
    await Promise.all([
      house.app.receive({ ...where, deliveryId: "hers", heard: { type: "text", text: "I write to you" } }),
      house.app.receive({ ...where, deliveryId: `desk:${id}:both`, heard }),
    ])
    expect(textsOf(await she.read())).toEqual(["Sana: And I to you."])
    expect((await chats.lines(id)).slice(-2)).toEqual(["contact: I write to you", "counsellor: And I to you."])
  })

  test("the same words sent twice under one key are one message", async () => {
    const { she, id } = await chats.live()
    await Promise.all([1, 2, 3].map(() => desk().write(sana, id, "Once.", "same")))
    expect(textsOf(await she.read())).toEqual(["Sana: Once."])
    expect((await chats.lines(id)).filter((line) => line === "counsellor: Once.")).toHaveLength(1)
  })

  test("a chat that ends before anybody has written in it is told as one that nobody came to", async () => {
    const { she, id } = await chats.inLine()
    await desk().claim(sana, id)
    expect(await desk().end(sana, id, "other")).toBeUndefined()
    expect(textsOf(await she.read())).toEqual([expect.stringContaining("nobody could answer you")])
  })

  test("danger after a chat was closed brings the number at once, and opens it again as grave", async () => {
    const { she, id } = await chats.live()
    await desk().seen(sana, 600 * MINUTE)
    await chats.pass(11)
    await chats.pass(11)
    await she.read()
    const told = textsOf(await she.text("he is going to kill me now")).join("\n")
    expect(told).toContain("15")
    expect(await chats.head(id)).toMatchObject({ status: "queued", risk: 2 })
    expect((await chats.lines(id)).slice(-2)).toEqual(["system: reopened", "contact: he is going to kill me now"])
  })

  test("what she writes to a chat that was closed is answered until it is opened, and a yes with more opens it with all of it", async () => {
    const { she, id } = await chats.live()
    await desk().seen(sana, 600 * MINUTE)
    await chats.pass(11)
    await chats.pass(11)
    await she.read()
    await she.text("me again")
    await she.text("yes")
    expect(textsOf(await she.text("I had to hide"))[0]).toContain("Shall I open it again")
    await she.text("yes open it again please")
    expect((await chats.lines(id)).at(-1)).toBe("contact: me again\nI had to hide\nyes open it again please")
  })

  test("while she waits, whatever is no answer is kept for whoever comes, wherever she reads", async () => {
    const { she, id } = await chats.inLine()
    await she.text("Tips")
    await she.text("he took my passport yesterday")
    await she.text("MENU")
    await she.text("1")
    expect(await chats.lines(id)).toEqual(["contact: he took my passport yesterday"])
  })

  test("who says at the question of danger what is happening is put in line as grave, with the number", async () => {
    const she = simulated(house, "sms")
    for (const text of ["hi", "yes", "talk to a person", "yes"]) await she.text(text)
    expect(textsOf(await she.text("yes, he is beating me")).join("\n")).toContain("15")
    expect((await desk().view(noor)).queue.at(0)).toMatchObject({ risk: 2 })
  })

  test("a counsellor's question is answered to the counsellor, not to the list that was open before", async () => {
    const { she, id } = await chats.live()
    await she.text("0")
    await desk().write(sana, id, "How many of you are there?", "k8")
    await she.read()
    expect(await she.text("2")).toEqual([])
    expect((await chats.lines(id)).at(-1)).toBe("contact: 2")
  })

  test("an hour of the counsellor's words doesn't end her session", async () => {
    const { she, id } = await chats.live()
    await desk().seen(sana, 600 * MINUTE)
    for (let n = 0; n < 8; n++) {
      await chats.pass(9)
      await desk().write(sana, id, `Still here ${n}.`, `still-${n}`)
    }
    await she.read()
    expect(await she.text("he is asleep now")).toEqual([])
    expect((await chats.lines(id)).at(-1)).toBe("contact: he is asleep now")
  })

  test("closed by hand she is told why and until when, with ways on", async () => {
    await desk().close(noor, { reason: "capacity", until: new Date(house.now() + 90 * MINUTE).toISOString() })
    const she = simulated(house, "sms")
    for (const text of ["hi", "yes"]) await she.text(text)
    const [told = ""] = textsOf(await she.text("talk to a person"))
    expect(told).toMatch(/More people are writing[^]*Back at \d\d:\d\d|More people are writing[^]*Back on/)
    expect(told).toContain("1 Tips")
    await desk().reopen(noor)
    await house.settle()
    await she.text("talk to a person")
    expect(await she.place()).toBe("person.consent")
  })

  test("WAIT tells an honest range, wherever she is, once there have been enough waits", async () => {
    const { she } = await chats.inLine()
    await she.text("Tips")
    expect(textsOf(await she.text("how long?"))[0]).toContain("You are still in line.")
    await she.text("Tips")
    expect(textsOf(await she.text("WAIT"))[0]).toContain("You are still in line.")
    await she.text("Tips")
    await she.text("1")
    expect(await she.place()).not.toBe("person.waiting")
  })
})
