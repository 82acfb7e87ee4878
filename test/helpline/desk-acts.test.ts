import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { newStaff } from "../support/desk.ts"
import { openHouse, type House } from "../support/house.ts"
import { simulated } from "../support/simulated.ts"

let house: House
let sana: string
let bilal: string
let noor: string
beforeAll(async () => {
  house = await openHouse()
  sana = await newStaff(house, "Sana", ["counsellor"], 3)
  bilal = await newStaff(house, "Bilal", ["counsellor"], 1)
  noor = await newStaff(house, "Noor", ["counsellor", "supervisor"], 3)
})
afterAll(() => house.close())

const desk = () => house.app.desk

/** Somebody who waits; tells the chat's id. */
async function waiting(): Promise<string> {
  const she = simulated(house, "sms")
  for (const text of ["hi", "yes", "talk to a person", "yes", "no", "skip"]) await she.text(text)
  return (await desk().view(noor)).queue.at(-1)?.id ?? ""
}

describe("taking a chat that one has already", () => {
  test("by a claim, an accepted offer or a take-over is done, as often as it is tried; for anybody else it is taken", async () => {
    const id = await waiting()
    expect([await desk().claim(sana, id), await desk().claim(sana, id)]).toEqual([undefined, undefined])
    expect(await desk().claim(bilal, id)).toBe("taken")
    await desk().presence(noor, "break")
    await desk().transfer(sana, id, noor)
    expect([await desk().accept(noor, id), await desk().accept(noor, id)]).toEqual([undefined, undefined])
    expect(await desk().accept(sana, id)).toBe("not-offered")
    expect(await desk().takeOver(noor, id)).toBeUndefined()
    const { rows } = await house.app.store.pool.query("select what from audit where subject_id = $1 order by id", [id])
    expect(rows.map(({ what }) => what)).toEqual(["chat-claimed", "chat-offered", "chat-accepted"])
    await desk().end(noor, id, "helped")
    expect(await desk().claim(noor, id)).toBe("ended")
  })
})

describe("a hand-over", () => {
  test("can be taken by who is there, carries less than they may and doesn't rest; no supervisor is asked who can't", async () => {
    const id = await waiting()
    await desk().claim(sana, id)
    const canTake = async () => (await desk().view(sana)).colleagues.flatMap((one) => (one.canTake ? [one.alias] : []))
    for (const one of [bilal, noor]) await desk().presence(one, "away")
    expect(await canTake()).toEqual([])
    expect(await desk().transfer(sana, id, "supervisor")).toBe("away")

    for (const one of [bilal, noor]) await desk().presence(one, "break")
    expect(await canTake()).toEqual(["Bilal", "Noor"])
    const other = await waiting()
    await desk().claim(bilal, other)
    await house.app.store.pool.query("update seat set cool_until = $2 where staff_id = $1", [noor, new Date(house.now() + 60_000)])
    await desk().presence(noor, "break")
    expect(await canTake()).toEqual([])
    expect(await desk().transfer(sana, id, "supervisor")).toBe("away")

    await house.app.store.pool.query("update seat set cool_until = null where staff_id = $1", [noor])
    expect(await desk().transfer(sana, id, "supervisor")).toBeUndefined()
    expect((await desk().view(noor)).offered.map((head) => head.id)).toEqual([id])
    for (const one of [id, other]) await desk().end(one === id ? sana : bilal, one, "helped")
  })
})

describe("a block", () => {
  test("of a chat that has ended sends nothing, is listed, and is lifted by supervisors only", async () => {
    const she = simulated(house, "sms")
    for (const text of ["hi", "yes", "talk to a person", "yes", "no", "skip"]) await she.text(text)
    const { id = "", name = "" } = (await desk().view(noor)).queue.at(-1) ?? {}
    await desk().claim(sana, id)
    await desk().write(sana, id, "Hello.", "k")
    await desk().end(sana, id, "other")
    await she.read()
    expect(await desk().block(bilal, id, "abuse", 24)).toBe("ended")
    expect(await desk().block(sana, id, "abuse", 24)).toBeUndefined()
    await house.settle()
    expect(await she.read()).toEqual([])
    const [block] = await desk().blocks()
    expect(block).toEqual({ id: expect.any(String), name, reason: "abuse", until: expect.any(String), by: "Sana" })
    expect(Math.round((Date.parse(block?.until ?? "") - house.now()) / 3600_000)).toBe(24)
    // The newest word holds, and whose it is.
    expect(await desk().block(noor, id, "threats", 48)).toBeUndefined()
    const [again] = await desk().blocks()
    expect(again).toMatchObject({ id: block?.id, reason: "threats", by: "Noor" })
    expect(Math.round((Date.parse(again?.until ?? "") - house.now()) / 3600_000)).toBe(48)
    expect(await desk().unblock(sana, block?.id ?? "")).toBe("not-yours")
    expect(await desk().unblock(noor, block?.id ?? "")).toBeUndefined()
    expect([await desk().blocks(), await desk().unblock(noor, block?.id ?? "")]).toEqual([[], "gone"])
  })
})
