import { describe, expect, test } from "vitest"
import { openChats, textsOf } from "../support/chats.ts"

const chats = await openChats()
const { house, sana, noor } = chats
const desk = () => house.app.desk

describe("safety words where somebody is with her, or on the way,", () => {
  test("EXIT takes her out of the line, and nobody finds her there", async () => {
    const { she, id } = await chats.inLine()
    expect(textsOf(await she.text("EXIT"))).toEqual(["Thanks, bye for now."])
    expect((await desk().view(noor)).queue).toEqual([])
    expect(await desk().claim(sana, id)).toBe("ended")
    expect(await desk().write(sana, id, "Hello?", "k")).toBe("left")
    expect(await she.read()).toEqual([])
  })

  test("EXIT in the middle of a chat tells the counsellor, and nothing more reaches her", async () => {
    const { she, id } = await chats.live()
    await she.text("EXIT")
    expect((await chats.lines(id)).at(-1)).toBe("system: left")
    const inList = async () => (await desk().view(sana)).mine.filter((one) => one.id === id)
    expect(await inList()).toMatchObject([{ id, left: true, status: "ended" }])
    expect(await desk().write(sana, id, "Are you all right?", "k2")).toBe("left")
    expect(await she.read()).toEqual([])
    expect(await desk().end(sana, id, "other")).toBeUndefined()
    expect(await inList()).toEqual([])
  })

  test("what was said before EXIT and hasn't left stays here", async () => {
    const { she, id } = await chats.live()
    await desk().write(sana, id, "One more thing.", "late")
    await desk().write(sana, id, "And another.", "later")
    const seen = textsOf(await she.text("EXIT"))
    expect(seen.at(-1)).toBe("Thanks, bye for now.")
    expect(await she.read()).toEqual([])
  })

  test("MENU while somebody is there shows the list and says so; what is no answer goes to the counsellor", async () => {
    const { she, id } = await chats.live()
    const told = textsOf(await she.text("MENU"))
    expect(told[0]).toContain("You are writing with Sana.")
    expect(told[1]).toContain("1 Tips")
    await she.text("1")
    expect(await she.place()).toBe("tips.list")
    expect(await she.text("I am back with you")).toEqual([])
    expect((await chats.lines(id)).at(-1)).toBe("contact: I am back with you")
    expect(await she.place()).toBe("person.live")
  })

  test("0 while somebody is there brings the numbers first, and the counsellor sees that it is grave", async () => {
    const { she, id } = await chats.live()
    expect(textsOf(await she.text("0"))[0]).toContain("15")
    await she.text("1")
    expect(await chats.head(id)).toMatchObject({ risk: 2, status: "live" })
    expect((await chats.lines(id)).at(-1)).toBe("system: urgent")
  })

  test("FORGET's question is never answered by what she says to the counsellor", async () => {
    const { she, id } = await chats.live()
    await she.text("FORGET")
    await she.text("delete everything now")
    expect(await she.place()).toBe("settings.forget")
    await desk().write(sana, id, "Are you somewhere you can talk?", "k7")
    await she.read()
    expect(await she.text("yes")).toEqual([])
    expect((await chats.lines(id)).at(-1)).toBe("contact: yes")
  })

  test("FORGET erases what was written, and ends the chat", async () => {
    const { she, id } = await chats.live()
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
})
