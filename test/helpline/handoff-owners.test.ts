import { describe, expect, test } from "vitest"
import { openChats, textsOf } from "../support/chats.ts"
import { newStaff } from "../support/desk.ts"

const MINUTE = 60_000
const chats = await openChats({ cap: 1 })
const { house, sana, noor } = chats
const desk = () => house.app.desk

describe("who has a chat", () => {
  test("a claim that says nothing for two minutes goes back to the line, and its counsellor isn't given another", async () => {
    const { she, id } = await chats.inLine()
    await desk().presence(sana, "available")
    await house.settle()
    expect(await chats.head(id)).toMatchObject({ status: "claimed", owner: sana })
    await desk().seen(sana, 60 * MINUTE)
    await chats.pass(3)
    expect(await chats.head(id)).toMatchObject({ status: "queued", owner: null })
    expect((await desk().view(sana)).me.presence).toBe("away")
    expect(await she.read()).toEqual([])
  })

  test("a counsellor who has gone loses the chat to the line, and she is told", async () => {
    const { she, id } = await chats.inLine()
    const bilal = await newStaff(house, "Bilal", ["counsellor"])
    await desk().claim(bilal, id)
    await desk().write(bilal, id, "Hello.", "first")
    await she.read()
    await chats.pass(2)
    expect(await chats.head(id)).toMatchObject({ status: "queued", owner: null })
    expect(textsOf(await she.read())[0]).toContain("You are in line again")
    expect(await desk().write(bilal, id, "I am back", "k9")).toBe("not-yours")
  })

  test("a transfer that is accepted changes who she writes with; one that is refused or forgotten changes nothing", async () => {
    const { she, id } = await chats.live()
    expect(await desk().transfer(sana, id, noor)).toBeUndefined()
    expect(await desk().refuse(noor, id)).toBeUndefined()
    expect(await chats.head(id)).toMatchObject({ status: "live", owner: sana })
    await desk().transfer(sana, id, noor)
    await desk().seen(sana, 60 * MINUTE)
    await chats.pass(3)
    expect(await chats.head(id)).toMatchObject({ status: "live", owner: sana, offer: null })
    expect(await desk().accept(noor, id)).toBe("not-offered")
    await desk().transfer(sana, id, noor)
    expect(await desk().write(sana, id, "My colleague comes.", "k3")).toBeUndefined()
    expect(await desk().accept(noor, id)).toBeUndefined()
    expect(await desk().write(sana, id, "too late", "k4")).toBe("not-yours")
    await she.read()
    await desk().write(noor, id, "Hello from me.", "k5")
    expect(textsOf(await she.read())).toEqual(["Noor goes on from here and has read what you wrote.", "Noor: Hello from me."])
  })

  test("who is in line again isn't told once more when the next one gives her back without a word", async () => {
    const { she, id } = await chats.live()
    await desk().release(sana, id)
    expect(textsOf(await she.read())[0]).toContain("You are in line again")
    await desk().claim(noor, id)
    await desk().seen(noor, 60 * MINUTE)
    await chats.pass(3)
    expect(await chats.head(id)).toMatchObject({ status: "queued", owner: null })
    expect(await she.read()).toEqual([])
  })

  test("a chat that its owner has said nothing in is no live one after an offer either", async () => {
    const { she, id } = await chats.live()
    await desk().release(sana, id)
    // Told before somebody else comes; else she would be told now of the next one.
    await she.read()
    await desk().claim(noor, id)
    await desk().transfer(noor, id, sana)
    expect(await desk().refuse(sana, id)).toBeUndefined()
    expect(await chats.head(id)).toMatchObject({ status: "claimed", owner: noor })
    await desk().seen(noor, 60 * MINUTE)
    await chats.pass(3)
    expect(await chats.head(id)).toMatchObject({ status: "queued", owner: null })
    expect(await she.read()).toEqual([])
  })

  test("words that a colleague says once more are hers from then on", async () => {
    const { she, id } = await chats.live()
    await desk().write(sana, id, "Are you safe now?", "k7")
    await she.read()
    // As it stands where the provider refused them.
    await house.app.store.pool.query("update outbox set status = 'refused', code = '30005' where id = (select outbox_id from handoff_line where handoff_id = $1 and key = 'k7')", [
      id,
    ])
    await desk().takeOver(noor, id)
    expect(await desk().retry(noor, id, "line-2")).toBeUndefined()
    expect(textsOf(await she.read())).toEqual(["Noor goes on from here and has read what you wrote.", "Noor: Are you safe now?"])
    const chat = await desk().chat(noor, id, 0)
    if (typeof chat === "string") throw new Error(chat)
    expect(chat.lines.find(({ id: line }) => line === "line-2")).toMatchObject({ alias: "Noor", delivery: "sent" })
  })

  test("words that have arrived, or are hers, aren't said once more, whoever presses it", async () => {
    const { she, id } = await chats.live()
    await she.text("hello you")
    for (const line of ["line-1", "line-2"]) await desk().retry(sana, id, line)
    expect(await she.read()).toEqual([])
    expect(await chats.lines(id)).toEqual(["counsellor: Hello.", "contact: hello you"])
  })

  test("her cap holds, and a hard chat after another brings a pause", async () => {
    const one = await chats.live()
    const two = await chats.inLine()
    expect(await desk().claim(sana, two.id)).toBe("full")
    expect(await desk().takeOver(noor, two.id)).toBeUndefined()
    await desk().end(sana, one.id, "helped")
    for (let n = 0; n < 3; n++) {
      const { she, id } = await chats.inLine()
      await she.text("0")
      await she.text("1")
      expect(await desk().claim(sana, id)).toBeUndefined()
      await desk().write(sana, id, "Hello.", "first")
      expect(await desk().end(sana, id, "helped")).toBeUndefined()
    }
    const next = await chats.inLine()
    expect(await desk().claim(sana, next.id)).toBe("cooling")
    expect((await desk().view(sana)).me).toMatchObject({ debrief: true })
    await chats.pass(21)
    expect(await desk().claim(sana, next.id)).toBeUndefined()
  })

  test("what was given back goes to whoever else is free", async () => {
    const bilal = await newStaff(house, "Omar", ["counsellor"])
    const { id } = await chats.inLine()
    await desk().presence(sana, "available")
    await house.settle()
    await desk().presence(bilal, "available")
    await desk().release(sana, id)
    await house.settle()
    expect(await chats.head(id)).toMatchObject({ owner: bilal })
    await desk().presence(sana, "away")
    await desk().presence(bilal, "away")
  })

  test("a free place is filled at once, with who waits and is gravest", async () => {
    const calm = await chats.inLine()
    const grave = await chats.inLine()
    await grave.she.text("0")
    await grave.she.text("1")
    await desk().presence(sana, "available")
    await house.settle()
    expect(await chats.head(grave.id)).toMatchObject({ owner: sana })
    await desk().write(sana, grave.id, "Hello.", "first")
    await desk().end(sana, grave.id, "helped")
    await house.settle()
    expect(await chats.head(calm.id)).toMatchObject({ owner: sana, status: "claimed" })
  })
})
