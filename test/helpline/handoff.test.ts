import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import { openHouse, type House } from "../support/house.ts"
import { newStaff } from "../support/desk.ts"
import { simulated } from "../support/simulated.ts"

let house: House
let sana: string
let noor: string
beforeAll(async () => {
  house = await openHouse()
  sana = await newStaff(house, "Sana", ["counsellor"])
  noor = await newStaff(house, "Noor", ["counsellor", "supervisor"])
})
afterAll(() => house.close())

type She = ReturnType<typeof simulated>
const texts = (messages: Awaited<ReturnType<She["read"]>>) => messages.map(({ text }) => text)

/** Somebody who has come as far as the line. */
async function inLine(about = "an account"): Promise<{ readonly she: She; readonly id: string }> {
  const she = simulated(house, "sms")
  for (const text of ["hi", "yes", "talk to a person", "yes", "no", about]) await she.text(text)
  expect(await she.place()).toBe("person.queued")
  const { queue } = await house.app.desk.view(noor)
  const id = queue.at(-1)?.id ?? ""
  return { she, id }
}

const MINUTE = 60_000
const desk = () => house.app.desk
const lines = async (id: string) => {
  const chat = await desk().chat(noor, id, 0)
  if (typeof chat === "string") throw new Error(chat)
  return chat.lines.map(({ from, text }) => `${from}: ${text}`)
}
const head = async (id: string) => {
  const chat = await desk().chat(noor, id, 0)
  if (typeof chat === "string") throw new Error(chat)
  return chat.head
}
/** Turns the clock on and lets the house do what its time brings. */
async function pass(minutes: number): Promise<void> {
  house.advance(minutes * MINUTE)
  await house.settle()
}
/** Somebody with whom Sana writes. */
async function live() {
  const { she, id } = await inLine()
  expect(await desk().claim(sana, id)).toBeUndefined()
  expect(await desk().write(sana, id, "Hello.", "first")).toBeUndefined()
  await she.read()
  return { she, id }
}
afterEach(async () => {
  for (const { id } of await desk().cards()) await desk().end(noor, id, "other")
  await house.settle()
})

test("a house that has just come up knows at once how its desk stands", async () => {
  const next = await openHouse({}, { databaseUrl: house.databaseUrl, dataDir: house.dataDir })
  expect(next.app.desk.facts()).toMatchObject({ state: "open" })
  await next.close()
})

describe("a person asks for a human, and one comes", () => {
  test("she agrees, waits, writes with somebody and is asked one question at the end", async () => {
    const { she, id } = await inLine("my account was taken")
    expect(texts(await she.text("are you there?"))).toEqual(["Kept for whoever answers."])
    expect(await house.app.desk.claim(sana, id)).toBeUndefined()
    // Nobody has said anything yet, so nothing is promised.
    expect(await she.read()).toEqual([])
    expect(await house.app.desk.write(sana, id, "I am here.", "k1")).toBeUndefined()
    expect(texts(await she.read())).toEqual(["Hello, and thanks for waiting. There is an answer for you here now, from Sana.", "Sana: I am here."])
    expect(await she.text("he has my password")).toEqual([])
    const chat = await house.app.desk.chat(sana, id, 0)
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
    expect(await house.app.desk.end(sana, id, "helped")).toBeUndefined()
    expect(texts(await she.read())[0]).toContain("Sana has closed the chat.")
    expect(texts(await she.text("1"))[0]).toContain("Thank you.")
    expect(await she.place()).toBe("menu.main")
  })

  test("words that meet on the way are all kept and all arrive", async () => {
    const { she, id } = await live()
    const words = ["one", "two", "three"]
    const answers = await Promise.all([
      ...words.map((word) =>
        house.app.receive({ channel: "simulator", address: `sms:${she.from}`, shape: "sms", deliveryId: `hers-${word}`, heard: { type: "text", text: word } }),
      ),
      ...words.map((word) => desk().write(sana, id, `${word}!`, word)),
    ])
    expect(answers).toEqual(["taken", "taken", "taken", undefined, undefined, undefined])
    expect((await lines(id)).slice(1).sort()).toEqual([...words.map((word) => `contact: ${word}`), ...words.map((word) => `counsellor: ${word}!`)].sort())
    expect(texts(await she.read()).sort()).toEqual(words.map((word) => `Sana: ${word}!`).sort())
  })

  test("what she is asked can be skipped, and danger is asked for once, with a number and a place at the head of the line", async () => {
    const first = await inLine()
    const she = simulated(house, "sms")
    for (const text of ["hi", "yes", "talk to a person", "yes"]) await she.text(text)
    const told = texts(await she.text("yes"))
    expect(told[0]).toContain("15")
    expect(await she.place()).toBe("person.queued")
    const { queue } = await desk().view(noor)
    expect(queue.map(({ risk }) => risk)).toEqual([2, 0])
    expect(queue[1]?.id).toBe(first.id)
  })

  test("EXIT takes her out of the line, and nobody finds her there", async () => {
    const { she, id } = await inLine()
    expect(texts(await she.text("EXIT"))).toEqual(["Thanks, bye for now."])
    expect((await desk().view(noor)).queue).toEqual([])
    expect(await desk().claim(sana, id)).toBe("ended")
    expect(await desk().write(sana, id, "Hello?", "k")).toBe("left")
    expect(await she.read()).toEqual([])
  })

  test("EXIT in the middle of a chat tells the counsellor, and nothing more reaches her", async () => {
    const { she, id } = await live()
    await she.text("EXIT")
    expect((await lines(id)).at(-1)).toBe("system: left")
    const inList = async () => (await desk().view(sana)).mine.filter((one) => one.id === id)
    expect(await inList()).toMatchObject([{ id, left: true, status: "ended" }])
    expect(await desk().write(sana, id, "Are you all right?", "k2")).toBe("left")
    expect(await she.read()).toEqual([])
    expect(await desk().end(sana, id, "other")).toBeUndefined()
    expect(await inList()).toEqual([])
  })

  test("what was said before EXIT and hasn't left stays here", async () => {
    const { she, id } = await live()
    await desk().write(sana, id, "One more thing.", "late")
    await desk().write(sana, id, "And another.", "later")
    const seen = texts(await she.text("EXIT"))
    expect(seen.at(-1)).toBe("Thanks, bye for now.")
    expect(await she.read()).toEqual([])
  })

  test("MENU while somebody is there shows the list and says so; what is no answer goes to the counsellor", async () => {
    const { she, id } = await live()
    const told = texts(await she.text("MENU"))
    expect(told[0]).toContain("You are writing with Sana.")
    expect(told[1]).toContain("1 Tips")
    await she.text("1")
    expect(await she.place()).toBe("tips.list")
    expect(await she.text("I am back with you")).toEqual([])
    expect((await lines(id)).at(-1)).toBe("contact: I am back with you")
    expect(await she.place()).toBe("person.live")
  })

  test("0 while somebody is there brings the numbers first, and the counsellor sees that it is grave", async () => {
    const { she, id } = await live()
    expect(texts(await she.text("0"))[0]).toContain("15")
    await she.text("1")
    expect(await head(id)).toMatchObject({ risk: 2, status: "live" })
    expect((await lines(id)).at(-1)).toBe("system: urgent")
  })

  test("a claim that says nothing for two minutes goes back to the line, and its counsellor isn't given another", async () => {
    const { she, id } = await inLine()
    await desk().presence(sana, "available")
    await house.settle()
    expect(await head(id)).toMatchObject({ status: "claimed", owner: sana })
    await desk().seen(sana, 60 * MINUTE)
    await pass(3)
    expect(await head(id)).toMatchObject({ status: "queued", owner: null })
    expect((await desk().view(sana)).me.presence).toBe("away")
    expect(await she.read()).toEqual([])
  })

  test("a counsellor who has gone loses the chat to the line, and she is told", async () => {
    const { she, id } = await inLine()
    const bilal = await newStaff(house, "Bilal", ["counsellor"])
    await desk().claim(bilal, id)
    await desk().write(bilal, id, "Hello.", "first")
    await she.read()
    await pass(2)
    expect(await head(id)).toMatchObject({ status: "queued", owner: null })
    expect(texts(await she.read())[0]).toContain("You are in line again")
    expect(await desk().write(bilal, id, "I am back", "k9")).toBe("not-yours")
  })

  test("nobody came: she is told so, and can ask again", async () => {
    const { she } = await inLine()
    await pass(46)
    expect(texts(await she.read())[0]).toContain("nobody could answer you")
    await she.text("Ask again")
    expect(await she.place()).toBe("person.queued")
  })

  test("silence brings one gentle line, then a close that she can open again with her next words", async () => {
    const { she, id } = await live()
    await desk().seen(sana, 600 * MINUTE)
    await pass(11)
    expect(texts(await she.read())).toEqual([expect.stringContaining("Still there?")])
    await pass(11)
    expect(texts(await she.read())).toEqual([expect.stringContaining("I am closing this for now.")])
    expect(await head(id)).toMatchObject({ status: "ended" })
    expect(texts(await she.text("sorry, I had to go"))[0]).toContain("Is this a good moment")
    expect(texts(await she.text("yes")).at(-1)).toContain("Shall I open it again")
    await she.text("yes")
    expect(await head(id)).toMatchObject({ status: "queued" })
    expect((await lines(id)).slice(-2)).toEqual(["system: reopened", "contact: sorry, I had to go"])
  })

  test("who wasn't sure that it is safe to text is told nothing that she didn't ask for", async () => {
    const she = simulated(house, "sms")
    for (const text of ["hi", "not sure", "go on", "talk to a person", "yes", "no", "skip"]) await she.text(text)
    const id = (await desk().view(noor)).queue[0]?.id ?? ""
    await desk().claim(sana, id)
    await desk().write(sana, id, "Hello.", "first")
    await desk().seen(sana, 600 * MINUTE)
    await she.read()
    await pass(11)
    await pass(11)
    expect(await head(id)).toMatchObject({ status: "ended" })
    expect(await she.read()).toEqual([])
    expect(texts(await she.text("hello?"))[0]).toContain("Is this a good moment")
    expect(texts(await she.text("yes")).at(-1)).toContain("That chat was closed.")
  })

  test("a transfer that is accepted changes who she writes with; one that is refused or forgotten changes nothing", async () => {
    const { she, id } = await live()
    expect(await desk().transfer(sana, id, noor)).toBeUndefined()
    expect(await desk().refuse(noor, id)).toBeUndefined()
    expect(await head(id)).toMatchObject({ status: "live", owner: sana })
    await desk().transfer(sana, id, noor)
    await desk().seen(sana, 60 * MINUTE)
    await pass(3)
    expect(await head(id)).toMatchObject({ status: "live", owner: sana, offer: null })
    expect(await desk().accept(noor, id)).toBe("not-offered")
    await desk().transfer(sana, id, noor)
    expect(await desk().write(sana, id, "My colleague comes.", "k3")).toBeUndefined()
    expect(await desk().accept(noor, id)).toBeUndefined()
    expect(await desk().write(sana, id, "too late", "k4")).toBe("not-yours")
    await she.read()
    await desk().write(noor, id, "Hello from me.", "k5")
    expect(texts(await she.read())).toEqual(["Noor goes on from here and has read what you wrote.", "Noor: Hello from me."])
  })

  test("who is in line again isn't told once more when the next one gives her back without a word", async () => {
    const { she, id } = await live()
    await desk().release(sana, id)
    expect(texts(await she.read())[0]).toContain("You are in line again")
    await desk().claim(noor, id)
    await desk().seen(noor, 60 * MINUTE)
    await pass(3)
    expect(await head(id)).toMatchObject({ status: "queued", owner: null })
    expect(await she.read()).toEqual([])
  })

  test("a chat that its owner has said nothing in is no live one after an offer either", async () => {
    const { she, id } = await live()
    await desk().release(sana, id)
    // Told before somebody else comes; else she would be told now of the next one.
    await she.read()
    await desk().claim(noor, id)
    await desk().transfer(noor, id, sana)
    expect(await desk().refuse(sana, id)).toBeUndefined()
    expect(await head(id)).toMatchObject({ status: "claimed", owner: noor })
    await desk().seen(noor, 60 * MINUTE)
    await pass(3)
    expect(await head(id)).toMatchObject({ status: "queued", owner: null })
    expect(await she.read()).toEqual([])
  })

  test("words that a locked screen mustn't show stand behind a harmless line", async () => {
    const { she, id } = await live()
    await desk().write(sana, id, "Is your husband at home?", "k6")
    const [told = ""] = texts(await she.read())
    expect(told.slice(0, 60)).not.toMatch(/husband/)
    expect(told).toContain("\nIs your husband at home?")
  })

  test("words of both that come at the same moment are both passed on", async () => {
    const { she, id } = await live()
    const where = { channel: "simulator", address: `sms:${she.from}`, shape: "sms" } as const
    const heard = { type: "counsellor", id, staffId: sana, alias: "Sana", text: "And I to you.", key: "both" } as const
    await Promise.all([
      house.app.receive({ ...where, deliveryId: "hers", heard: { type: "text", text: "I write to you" } }),
      house.app.receive({ ...where, deliveryId: `desk:${id}:both`, heard }),
    ])
    expect(texts(await she.read())).toEqual(["Sana: And I to you."])
    expect((await lines(id)).slice(-2)).toEqual(["contact: I write to you", "counsellor: And I to you."])
  })

  test("words that a colleague says once more are hers from then on", async () => {
    const { she, id } = await live()
    await desk().write(sana, id, "Are you safe now?", "k7")
    await she.read()
    // As it stands where the provider refused them.
    await house.app.store.pool.query("update outbox set status = 'refused', code = '30005' where id = (select outbox_id from handoff_line where handoff_id = $1 and key = 'k7')", [
      id,
    ])
    await desk().takeOver(noor, id)
    expect(await desk().retry(noor, id, "line-2")).toBeUndefined()
    expect(texts(await she.read())).toEqual(["Noor goes on from here and has read what you wrote.", "Noor: Are you safe now?"])
    const chat = await desk().chat(noor, id, 0)
    if (typeof chat === "string") throw new Error(chat)
    expect(chat.lines.find(({ id: line }) => line === "line-2")).toMatchObject({ alias: "Noor", delivery: "sent" })
  })

  test("words that have arrived, or are hers, aren't said once more, whoever presses it", async () => {
    const { she, id } = await live()
    await she.text("hello you")
    for (const line of ["line-1", "line-2"]) await desk().retry(sana, id, line)
    expect(await she.read()).toEqual([])
    expect(await lines(id)).toEqual(["counsellor: Hello.", "contact: hello you"])
  })

  test("the same words sent twice under one key are one message", async () => {
    const { she, id } = await live()
    await Promise.all([1, 2, 3].map(() => desk().write(sana, id, "Once.", "same")))
    expect(texts(await she.read())).toEqual(["Sana: Once."])
    expect((await lines(id)).filter((line) => line === "counsellor: Once.")).toHaveLength(1)
  })

  test("her cap holds, and a hard chat after another brings a pause", async () => {
    const one = await live()
    const two = await inLine()
    expect(await desk().claim(sana, two.id)).toBe("full")
    expect(await desk().takeOver(noor, two.id)).toBeUndefined()
    await desk().end(sana, one.id, "helped")
    for (let n = 0; n < 3; n++) {
      const { she, id } = await inLine()
      await she.text("0")
      await she.text("1")
      expect(await desk().claim(sana, id)).toBeUndefined()
      await desk().write(sana, id, "Hello.", "first")
      expect(await desk().end(sana, id, "helped")).toBeUndefined()
    }
    const next = await inLine()
    expect(await desk().claim(sana, next.id)).toBe("cooling")
    expect((await desk().view(sana)).me).toMatchObject({ debrief: true })
    await pass(21)
    expect(await desk().claim(sana, next.id)).toBeUndefined()
  })

  test("somebody who is blocked is told nothing of it, and gets no line", async () => {
    const { she, id } = await live()
    expect(await desk().block(sana, id, "abuse", 24)).toBeUndefined()
    expect(texts(await she.read())[0]).toContain("Sana has closed the chat.")
    await she.text("MENU")
    await she.text("talk to a person")
    expect((await desk().view(noor)).queue).toEqual([])
    expect(await she.place()).not.toContain("person.")
    house.advance(25 * 60 * MINUTE)
    for (const text of ["hi", "yes", "talk to a person"]) await she.text(text)
    expect(await she.place()).toBe("person.consent")
  })

  test("a block can be lifted by a supervisor: it is known by the chat's name, and leads to nobody", async () => {
    const { she, id } = await live()
    const { name } = await head(id)
    expect(await desk().block(sana, id, "threats", 24)).toBeUndefined()
    await she.read()
    const mine = async () => (await desk().blocks()).find((one) => one.name === name)
    const block = await mine()
    expect(block).toEqual({ id: expect.any(String), name, reason: "threats", until: expect.any(String), by: "Sana" })
    expect(Date.parse(block?.until ?? "") - house.now()).toBeGreaterThan(23.9 * 60 * MINUTE)
    expect(block?.id).not.toBe(house.app.cover.lookup("simulator", `sms:${she.from}`))
    expect(await desk().unblock(sana, block?.id ?? "")).toBe("not-yours")
    expect(await mine()).toBeDefined()
    expect(await Promise.all([1, 2].map(() => desk().unblock(noor, block?.id ?? "")))).toContain("gone")
    expect(await mine()).toBeUndefined()
    const { rows } = await house.app.store.pool.query("select staff_id, reason from audit where what = 'block-lifted' and subject_id = $1", [block?.id])
    expect(rows).toEqual([{ staff_id: noor, reason: null }])
    await she.text("talk to a person")
    await she.text("yes")
    await she.text("no")
    await she.text("skip")
    expect(await she.place()).toBe("person.queued")
  })

  test("a block that has expired isn't listed, and can't be lifted", async () => {
    const { id } = await live()
    const { name } = await head(id)
    await desk().block(sana, id, "spam", 1)
    const block = (await desk().blocks()).find((one) => one.name === name)
    house.advance(61 * MINUTE)
    expect((await desk().blocks()).some((one) => one.name === name)).toBe(false)
    expect(await desk().unblock(noor, block?.id ?? "")).toBe("gone")
  })

  test("somebody who has left already can be blocked all the same, by whoever had her chat or a supervisor", async () => {
    const { she, id } = await live()
    await she.text("EXIT")
    expect(await desk().block(await newStaff(house, "Hina", ["counsellor"]), id, "abuse", 24)).toBe("ended")
    expect(await desk().block(sana, id, "abuse", 24)).toBeUndefined()
    for (const text of ["hi", "yes", "talk to a person"]) await she.text(text)
    expect(await she.place()).not.toContain("person.")
  })

  test("a chat that ends before anybody has written in it is told as one that nobody came to", async () => {
    const { she, id } = await inLine()
    await desk().claim(sana, id)
    expect(await desk().end(sana, id, "other")).toBeUndefined()
    expect(texts(await she.read())).toEqual([expect.stringContaining("nobody could answer you")])
  })

  test("FORGET's question is never answered by what she says to the counsellor", async () => {
    const { she, id } = await live()
    await she.text("FORGET")
    await she.text("delete everything now")
    expect(await she.place()).toBe("settings.forget")
    await desk().write(sana, id, "Are you somewhere you can talk?", "k7")
    await she.read()
    expect(await she.text("yes")).toEqual([])
    expect((await lines(id)).at(-1)).toBe("contact: yes")
  })

  test("danger after a chat was closed brings the number at once, and opens it again as grave", async () => {
    const { she, id } = await live()
    await desk().seen(sana, 600 * MINUTE)
    await pass(11)
    await pass(11)
    await she.read()
    const told = texts(await she.text("he is going to kill me now")).join("\n")
    expect(told).toContain("15")
    expect(await head(id)).toMatchObject({ status: "queued", risk: 2 })
    expect((await lines(id)).slice(-2)).toEqual(["system: reopened", "contact: he is going to kill me now"])
  })

  test("what she writes to a chat that was closed is answered until it is opened, and a yes with more opens it with all of it", async () => {
    const { she, id } = await live()
    await desk().seen(sana, 600 * MINUTE)
    await pass(11)
    await pass(11)
    await she.read()
    await she.text("me again")
    await she.text("yes")
    expect(texts(await she.text("I had to hide"))[0]).toContain("Shall I open it again")
    await she.text("yes open it again please")
    expect((await lines(id)).at(-1)).toBe("contact: me again\nI had to hide\nyes open it again please")
  })

  test("while she waits, whatever is no answer is kept for whoever comes, wherever she reads", async () => {
    const { she, id } = await inLine()
    await she.text("Tips")
    await she.text("he took my passport yesterday")
    await she.text("MENU")
    await she.text("1")
    expect(await lines(id)).toEqual(["contact: he took my passport yesterday"])
  })

  test("who says at the question of danger what is happening is put in line as grave, with the number", async () => {
    const she = simulated(house, "sms")
    for (const text of ["hi", "yes", "talk to a person", "yes"]) await she.text(text)
    expect(texts(await she.text("yes, he is beating me")).join("\n")).toContain("15")
    expect((await desk().view(noor)).queue.at(0)).toMatchObject({ risk: 2 })
  })

  test("a counsellor's question is answered to the counsellor, not to the list that was open before", async () => {
    const { she, id } = await live()
    await she.text("0")
    await desk().write(sana, id, "How many of you are there?", "k8")
    await she.read()
    expect(await she.text("2")).toEqual([])
    expect((await lines(id)).at(-1)).toBe("contact: 2")
  })

  test("an hour of the counsellor's words doesn't end her session", async () => {
    const { she, id } = await live()
    await desk().seen(sana, 600 * MINUTE)
    for (let n = 0; n < 8; n++) {
      await pass(9)
      await desk().write(sana, id, `Still here ${n}.`, `still-${n}`)
    }
    await she.read()
    expect(await she.text("he is asleep now")).toEqual([])
    expect((await lines(id)).at(-1)).toBe("contact: he is asleep now")
  })

  test("what was given back goes to whoever else is free", async () => {
    const bilal = await newStaff(house, "Omar", ["counsellor"])
    const { id } = await inLine()
    await desk().presence(sana, "available")
    await house.settle()
    await desk().presence(bilal, "available")
    await desk().release(sana, id)
    await house.settle()
    expect(await head(id)).toMatchObject({ owner: bilal })
    await desk().presence(sana, "away")
    await desk().presence(bilal, "away")
  })

  test("closed by hand she is told why and until when, with ways on", async () => {
    await desk().close(noor, { reason: "capacity", until: new Date(house.now() + 90 * MINUTE).toISOString() })
    const she = simulated(house, "sms")
    for (const text of ["hi", "yes"]) await she.text(text)
    const [told = ""] = texts(await she.text("talk to a person"))
    expect(told).toMatch(/More people are writing[^]*Back at \d\d:\d\d|More people are writing[^]*Back on/)
    expect(told).toContain("1 Tips")
    await desk().reopen(noor)
    await house.settle()
    await she.text("talk to a person")
    expect(await she.place()).toBe("person.consent")
  })

  test("FORGET erases what was written, and ends the chat", async () => {
    const { she, id } = await live()
    await she.text("my secret sentence")
    await she.text("FORGET")
    await she.text("yes")
    await she.read()
    const { rows } = await house.app.store.pool.query(
      'select (select count(*)::int from handoff_line where handoff_id = $1) as lines, conversation_id, "where", asked, status from handoff where id = $1',
      [id],
    )
    expect(rows).toEqual([{ lines: 0, conversation_id: null, where: null, asked: null, status: "ended" }])
    expect(await desk().write(sana, id, "Hello?", "k")).toBe("gone")
    // Nobody is left whom it could keep out, and nothing is said to be done.
    expect(await desk().block(sana, id, "abuse", 24)).toBe("forgotten")
    expect((await house.app.store.pool.query("select from audit where what = 'chat-blocked' and subject_id = $1", [id])).rowCount).toBe(0)
  })

  test("a free place is filled at once, with who waits and is gravest", async () => {
    const calm = await inLine()
    const grave = await inLine()
    await grave.she.text("0")
    await grave.she.text("1")
    await desk().presence(sana, "available")
    await house.settle()
    expect(await head(grave.id)).toMatchObject({ owner: sana })
    await desk().write(sana, grave.id, "Hello.", "first")
    await desk().end(sana, grave.id, "helped")
    await house.settle()
    expect(await head(calm.id)).toMatchObject({ owner: sana, status: "claimed" })
  })

  test("WAIT tells an honest range, wherever she is, once there have been enough waits", async () => {
    const { she } = await inLine()
    await she.text("Tips")
    expect(texts(await she.text("how long?"))[0]).toContain("You are still in line.")
    await she.text("Tips")
    expect(texts(await she.text("WAIT"))[0]).toContain("You are still in line.")
    await she.text("Tips")
    await she.text("1")
    expect(await she.place()).not.toBe("person.waiting")
  })
})
