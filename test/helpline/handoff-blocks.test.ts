import { describe, expect, test } from "vitest"
import { openChats, textsOf } from "../support/chats.ts"
import { newStaff } from "../support/desk.ts"

const MINUTE = 60_000
const chats = await openChats()
const { house, sana, noor } = chats
const desk = () => house.app.desk

describe("a block", () => {
  test("somebody who is blocked is told nothing of it, and gets no line", async () => {
    const { she, id } = await chats.live()
    expect(await desk().block(sana, id, "abuse", 24)).toBeUndefined()
    expect(textsOf(await she.read())[0]).toContain("Sana has closed the chat.")
    await she.text("MENU")
    await she.text("talk to a person")
    expect((await desk().view(noor)).queue).toEqual([])
    expect(await she.place()).not.toContain("person.")
    house.advance(25 * 60 * MINUTE)
    for (const text of ["hi", "yes", "talk to a person"]) await she.text(text)
    expect(await she.place()).toBe("person.consent")
  })

  test("a block can be lifted by a supervisor: it is known by the chat's name, and leads to nobody", async () => {
    const { she, id } = await chats.live()
    const { name } = await chats.head(id)
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
    const { id } = await chats.live()
    const { name } = await chats.head(id)
    await desk().block(sana, id, "spam", 1)
    const block = (await desk().blocks()).find((one) => one.name === name)
    house.advance(61 * MINUTE)
    expect((await desk().blocks()).some((one) => one.name === name)).toBe(false)
    expect(await desk().unblock(noor, block?.id ?? "")).toBe("gone")
  })

  test("somebody who has left already can be blocked all the same, by whoever had her chat or a supervisor", async () => {
    const { she, id } = await chats.live()
    await she.text("EXIT")
    expect(await desk().block(await newStaff(house, "Hina", ["counsellor"]), id, "abuse", 24)).toBe("ended")
    expect(await desk().block(sana, id, "abuse", 24)).toBeUndefined()
    for (const text of ["hi", "yes", "talk to a person"]) await she.text(text)
    expect(await she.place()).not.toContain("person.")
  })
})
