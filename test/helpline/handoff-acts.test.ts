import { describe, expect, test } from "vitest"
import { HOUR, MINUTE, openAtDesk } from "../support/at-desk.ts"
import { newStaff } from "../support/desk.ts"
import { simulated } from "../support/simulated.ts"

const at = await openAtDesk()
const { sana, bilal, noor } = at

describe("an offer", () => {
  test("can't be taken by a colleague who has enough by now; it stays offered", async () => {
    const { id } = await at.live()
    const other = await at.inLine()
    await at.desk.seen(bilal)
    expect(await at.desk.transfer(sana, id, bilal)).toBeUndefined()
    expect(await at.desk.claim(bilal, other.id)).toBeUndefined()
    expect(await at.desk.accept(bilal, id)).toBe("full")
    expect(await at.rowOf(id)).toMatchObject({ status: "transferring", staff_id: sana, offered_to: bilal })
  })

  test("can't be taken by a colleague who rests, nor by somebody else", async () => {
    const { id } = await at.live()
    await at.desk.seen(bilal)
    await at.desk.transfer(sana, id, bilal)
    await at.eye.query("update seat set cool_until = $2 where staff_id = $1", [bilal, new Date(at.house.now() + MINUTE)])
    expect(await at.desk.accept(bilal, id)).toBe("cooling")
    expect(await at.desk.accept(noor, id)).toBe("not-offered")
    expect(await at.desk.refuse(noor, id)).toBe("not-offered")
    expect(await at.desk.write(bilal, id, "I come.", "early")).toBe("not-yours")
    expect(await at.rowOf(id)).toMatchObject({ status: "transferring", staff_id: sana })
  })

  test("goes to nobody who may have no chats, nor from somebody who hasn't got it", async () => {
    const { id } = await at.live()
    const officer = await newStaff(at.house, "Ismat", ["officer"])
    await at.desk.seen(officer)
    expect(await at.desk.transfer(sana, id, officer)).toBeDefined()
    expect(await at.desk.transfer(sana, id, sana)).toBeDefined()
    expect(await at.desk.transfer(bilal, id, noor)).toBeDefined()
    expect(await at.rowOf(id)).toMatchObject({ status: "live", staff_id: sana, offered_to: null })
  })

  test("that is taken, or a chat that is taken over, is a claim: its new owner has now to say something", async () => {
    const { she, id } = await at.live()
    await at.desk.seen(bilal, HOUR)
    await at.desk.seen(sana, HOUR)
    await at.pass(10.1)
    await at.desk.transfer(sana, id, bilal)
    expect(await at.desk.accept(bilal, id)).toBeUndefined()
    expect(await at.rowOf(id)).toMatchObject({ status: "claimed", staff_id: bilal, offered_to: null, awaits: null, nudged: false })
    await at.desk.write(bilal, id, "Hello from me.", "b")
    await she.text("hello")
    expect(await at.desk.takeOver(noor, id)).toBeUndefined()
    expect(await at.rowOf(id)).toMatchObject({ status: "claimed", staff_id: noor, awaits: null, nudged: false })
    expect(await at.timer(id)).toBeCloseTo(2, 1)
    expect((await at.lines(id)).filter((line) => line === "system: moved")).toHaveLength(2)
  })

  test("is over when she leaves", async () => {
    const { she, id } = await at.live()
    await at.desk.seen(bilal)
    await at.desk.transfer(sana, id, bilal)
    await she.text("EXIT")
    expect(await at.rowOf(id)).toMatchObject({ status: "ended", offered_to: null, due_at: null })
    expect(await at.desk.accept(bilal, id)).toBe("ended")
  })

  test("to whichever supervisor is there finds the one who has the least", async () => {
    const hina = await newStaff(at.house, "Hina", ["supervisor"], 3)
    const other = await at.inLine()
    const { id } = await at.live()
    expect(await at.desk.transfer(sana, id, "supervisor")).toBe("away")
    for (const one of [noor, hina]) await at.desk.presence(one, "break")
    await at.desk.claim(noor, other.id)
    expect(await at.desk.transfer(sana, id, "supervisor")).toBeUndefined()
    expect(await at.rowOf(id)).toMatchObject({ offered_to: hina })
  })
})

describe("presence", () => {
  test("that has lapsed doesn't come back with a sign of life, only by saying so", async () => {
    await at.desk.presence(sana, "available")
    at.house.advance(MINUTE)
    await at.desk.seen(sana)
    expect((await at.seatOf(sana))["presence"]).toBe("available")
    at.house.advance(1.6 * MINUTE)
    await at.desk.seen(sana)
    expect((await at.seatOf(sana))["presence"]).toBe("away")
    await at.desk.presence(sana, "available")
    at.house.advance(1.6 * MINUTE)
    const { id } = await at.inLine()
    await at.desk.claim(sana, id)
    expect((await at.seatOf(sana))["presence"]).toBe("away")
  })

  test("is never shortened by a sign of life", async () => {
    await at.desk.seen(sana, HOUR)
    const before = (await at.seatOf(sana))["here_until"]
    await at.desk.seen(sana)
    await at.desk.presence(sana, "available")
    expect((await at.seatOf(sana))["here_until"]).toEqual(before)
  })

  test("whoever does something is there for a minute and a half", async () => {
    const { id } = await at.inLine()
    await at.desk.claim(sana, id)
    const left = ((await at.seatOf(sana))["here_until"] as Date).getTime() - at.house.now()
    expect(left).toBeGreaterThan(80_000)
    expect(left).toBeLessThanOrEqual(90_000)
  })

  test("a chat comes by itself to who has the least, then to who has been free the longest; not to who has gone, rests, or pauses", async () => {
    await at.desk.presence(sana, "available")
    at.house.advance(1000)
    await at.desk.presence(bilal, "available")
    await at.desk.presence(noor, "break")
    // Said once more, it doesn't put her behind.
    at.house.advance(1000)
    await at.desk.presence(sana, "available")
    const owners = []
    for (let n = 0; n < 4; n++) owners.push((await at.rowOf((await at.inLine()).id))["staff_id"])
    expect(owners).toEqual([sana, bilal, sana, null])
    await at.clear()
    for (const one of [sana, bilal]) await at.desk.presence(one, "available")
    await at.eye.query("update seat set cool_until = $2 where staff_id = $1", [sana, new Date(at.house.now() + HOUR)])
    await at.eye.query("update seat set here_until = $2 where staff_id = $1", [bilal, new Date(at.house.now() - 1)])
    const { id } = await at.inLine()
    expect((await at.rowOf(id))["staff_id"]).toBeNull()
    // Whoever has gone doesn't stand in the way of who comes.
    await at.desk.presence(noor, "available")
    await at.house.settle()
    expect((await at.rowOf(id))["staff_id"]).toBe(noor)
  })

  test("what somebody gave back doesn't come back to her by itself", async () => {
    await at.desk.presence(sana, "available")
    const { id } = await at.inLine()
    await at.desk.release(sana, id)
    await at.house.settle()
    expect(await at.rowOf(id)).toMatchObject({ status: "queued", given_back_by: sana })
    expect(await at.desk.claim(sana, id)).toBeUndefined()
  })

  test("somebody who is let go loses her chats to the line", async () => {
    const gone = await newStaff(at.house, "Tahira", ["counsellor"])
    const { id } = await at.inLine()
    await at.desk.claim(gone, id)
    await at.eye.query("update staff set active = false where id = $1", [gone])
    await at.house.settle()
    expect(await at.rowOf(id)).toMatchObject({ status: "queued", staff_id: null })
    expect(await at.desk.claim(gone, id)).toBe("gone")
  })
})

describe("who may do what", () => {
  test("only its owner or a supervisor ends or blocks a chat, and only supervisors take over", async () => {
    const { id } = await at.live()
    expect(await at.desk.end(bilal, id, "other")).toBe("not-yours")
    expect(await at.desk.block(bilal, id, "abuse", 1)).toBe("not-yours")
    expect(await at.desk.takeOver(bilal, id)).toBe("not-yours")
    expect(await at.desk.release(bilal, id)).toBe("not-yours")
    expect(await at.desk.note(bilal, id, "mine")).toBe("not-yours")
    expect(await at.desk.record(bilal, id, { categories: {}, summary: "" })).toBe("not-yours")
    expect(await at.desk.unmask(sana, id, "curious")).toBe("not-yours")
    expect(await at.desk.retry(bilal, id, "line-1")).toBe("not-yours")
    expect(await at.desk.end(noor, id, "other")).toBeUndefined()
    expect(await at.rowOf(id)).toMatchObject({ ended_by: "supervisor", settled: false })
    expect((await at.desk.view(sana)).mine.map((head) => head.id)).toContain(id)
    // She has seen it.
    expect(await at.desk.end(sana, id, "other")).toBeUndefined()
    expect((await at.desk.view(sana)).mine.map((head) => head.id)).not.toContain(id)
    for (const act of ["claim", "release", "takeOver"] as const) expect(await at.desk[act](noor, id)).toBe("ended")
  })

  test("whom nobody has asked for help yet can't be taken, taken over or ended", async () => {
    const she = simulated(at.house, "sms")
    for (const text of ["hi", "yes", "talk to a person"]) await she.text(text)
    expect(await she.place()).toBe("person.consent")
    const { rows } = await at.eye.query<{ id: string }>("select id from handoff where status = 'asked' order by asked_at desc limit 1")
    const id = rows[0]?.id ?? ""
    expect(await at.desk.claim(sana, id)).toBe("gone")
    expect(await at.desk.takeOver(noor, id)).toBe("gone")
    expect(await at.desk.end(noor, id, "other")).toBe("gone")
    expect(await at.desk.chat(noor, id, 0)).toBe("gone")
    await she.text("no")
  })

  test("what was given back keeps the place that its wait has earned", async () => {
    const first = await at.inLine()
    at.house.advance(MINUTE)
    const second = await at.inLine()
    await at.desk.claim(sana, first.id)
    await at.desk.release(sana, first.id)
    expect((await at.desk.view(noor)).queue.map(({ id }) => id)).toEqual([first.id, second.id])
  })
})

describe("hard chats", () => {
  /** A chat of Sana's that was as grave as said, and has ended. */
  async function after(risk: 0 | 1 | 2, written = true): Promise<Record<string, unknown>> {
    const { id } = await at.inLine()
    await at.eye.query("update handoff set risk = $2 where id = $1", [id, risk])
    await at.desk.claim(sana, id)
    if (written) await at.desk.write(sana, id, "Hello.", "1")
    await at.desk.end(sana, id, "helped")
    return at.seatOf(sana)
  }

  test("three in a row bring a pause, each a debrief; one that wasn't hard, or in which nobody wrote, is none", async () => {
    expect(await after(1)).toMatchObject({ debrief: false, hard_in_a_row: 0, cool_until: null })
    expect(await after(2, false)).toMatchObject({ debrief: false, hard_in_a_row: 0 })
    expect(await after(2)).toMatchObject({ debrief: true, hard_in_a_row: 1 })
    await at.desk.debriefed(sana)
    expect(await after(0)).toMatchObject({ debrief: false, hard_in_a_row: 0 })
    expect(await after(2)).toMatchObject({ hard_in_a_row: 1 })
    expect(await after(2)).toMatchObject({ hard_in_a_row: 2, cool_until: null })
    const { cool_until: until_, hard_in_a_row: row } = await after(2)
    expect(row).toBe(0)
    expect(((until_ as Date).getTime() - at.house.now()) / MINUTE).toBeCloseTo(20, 0)
  })

  test("count also where it was she who left", async () => {
    const { she, id } = await at.live()
    await at.eye.query("update handoff set risk = 2 where id = $1", [id])
    await she.text("EXIT")
    expect(await at.seatOf(sana)).toMatchObject({ debrief: true, hard_in_a_row: 1 })
  })
})
