import pg from "pg"
import { describe, expect, test } from "vitest"
import { HOUR, MINUTE, openAtDesk, textsOf } from "../support/at-desk.ts"
import { simulated } from "../support/simulated.ts"

const at = await openAtDesk()
const { sana, bilal, noor } = at

describe("each state has its timer", () => {
  test("as long as content/desk.yaml says, counted from what brought it there", async () => {
    const { she, id } = await at.inLine()
    expect(await at.timer(id)).toBeCloseTo(45, 1)
    at.house.advance(5 * MINUTE)
    for (const one of [sana, bilal, noor]) await at.desk.seen(one, 10 * HOUR)
    await at.desk.claim(sana, id)
    expect(await at.timer(id)).toBeCloseTo(2, 1)
    await at.desk.transfer(sana, id, bilal)
    expect(await at.timer(id)).toBeCloseTo(3, 1)
    at.house.advance(MINUTE)
    await at.desk.refuse(bilal, id)
    expect(await at.rowOf(id)).toMatchObject({ status: "claimed" })
    expect(await at.timer(id)).toBeCloseTo(2, 1)
    await at.desk.write(sana, id, "Hello.", "1")
    expect(await at.timer(id)).toBeCloseTo(10, 1)
    at.house.advance(MINUTE)
    await at.desk.transfer(sana, id, bilal)
    expect(await at.timer(id)).toBeCloseTo(3, 1)
    // Words don't keep an offer open.
    at.house.advance(MINUTE)
    await at.desk.write(sana, id, "One moment.", "2")
    await she.text("yes")
    expect(await at.timer(id)).toBeCloseTo(2, 1)
    await at.desk.refuse(bilal, id)
    expect(await at.rowOf(id)).toMatchObject({ status: "live" })
    expect(await at.timer(id)).toBeCloseTo(10, 1)
    await at.desk.release(sana, id)
    expect(await at.timer(id)).toBeCloseTo(45, 1)
  })

  test("a claim that comes to nothing leaves the end of the wait where it was said to be, a minute away at least", async () => {
    const { id } = await at.inLine()
    at.house.advance(10 * MINUTE)
    await at.desk.claim(sana, id)
    await at.desk.release(sana, id)
    expect(await at.timer(id)).toBeCloseTo(35, 1)
    at.house.advance(34.8 * MINUTE)
    await at.desk.claim(sana, id)
    at.house.advance(MINUTE)
    await at.desk.release(sana, id)
    expect(await at.timer(id)).toBeCloseTo(1, 1)
  })

  test("a counsellor who doesn't answer for ten minutes loses the chat to the line, counted from her first word without an answer", async () => {
    const { she, id } = await at.live()
    await at.desk.presence(sana, "available")
    await at.desk.seen(sana, 10 * HOUR)
    await at.pass(9)
    await she.text("are you there?")
    await at.pass(6)
    await she.text("hello?")
    await at.pass(3.9)
    expect(await at.rowOf(id)).toMatchObject({ status: "live", staff_id: sana })
    await at.pass(0.2)
    expect(await at.rowOf(id)).toMatchObject({ status: "queued", staff_id: null, given_back_by: sana, awaits: null })
    expect((await at.seatOf(sana))["presence"]).toBe("away")
    expect(textsOf(await she.read())[0]).toContain("You are in line again")
  })

  test("who was asked gently and has written since is asked again, not closed; so is who was written to since", async () => {
    const { she, id } = await at.live()
    await at.desk.seen(sana, 10 * HOUR)
    await at.pass(10.1)
    expect(textsOf(await she.read())[0]).toContain("Still there?")
    expect(await at.timer(id)).toBeCloseTo(7, 1)
    await she.text("yes")
    expect(await at.rowOf(id)).toMatchObject({ nudged: false, awaits: "counsellor" })
    await at.desk.write(sana, id, "Good.", "2")
    await she.read()
    await at.pass(10.1)
    expect(textsOf(await she.read())[0]).toContain("Still there?")
    await at.pass(3)
    await at.desk.write(sana, id, "I am still here.", "3")
    await she.read()
    await at.pass(9.8)
    expect(await at.rowOf(id)).toMatchObject({ status: "live", nudged: false })
    await at.pass(0.3)
    expect(textsOf(await she.read())[0]).toContain("Still there?")
    expect((await at.lines(id)).filter((line) => line === "system: silent")).toEqual([])
    await at.pass(7.1)
    expect((await at.lines(id)).at(-1)).toBe("system: silent")
    expect(await at.rowOf(id)).toMatchObject({ status: "ended", ended_by: "system", ended_why: "silent" })
  })

  test("who was asked whether to be passed on and says nothing for half an hour isn't any more, and isn't told", async () => {
    const she = simulated(at.house, "sms")
    for (const text of ["hi", "yes", "talk to a person"]) await she.text(text)
    const row = async () =>
      (
        await at.eye.query<Record<string, unknown>>("select id, status, ended_why from handoff where conversation_id = $1", [
          at.house.app.cover.lookup("simulator", `sms:${she.from}`),
        ])
      ).rows[0]
    expect(await at.timer(String((await row())?.["id"]))).toBeCloseTo(30, 1)
    await at.pass(29.9)
    expect(await row()).toMatchObject({ status: "asked" })
    await at.pass(0.2)
    expect(await row()).toMatchObject({ status: "ended", ended_why: "not-answered" })
    expect(await she.read()).toEqual([])
  })

  test("an offer to a colleague who has gone stays with its owner at once", async () => {
    const { id } = await at.inLine()
    await at.desk.seen(sana, HOUR)
    await at.desk.seen(bilal, 1.5 * MINUTE)
    await at.desk.claim(sana, id)
    await at.desk.transfer(sana, id, bilal)
    await at.pass(1)
    expect(await at.rowOf(id)).toMatchObject({ status: "transferring" })
    await at.pass(1)
    expect(await at.rowOf(id)).toMatchObject({ status: "claimed", staff_id: sana })
  })

  test("acts on what is due and on nothing else", async () => {
    const first = await at.inLine()
    await at.pass(20)
    const second = await at.inLine()
    await at.pass(25.1)
    expect([(await at.rowOf(first.id))["status"], (await at.rowOf(second.id))["status"]]).toEqual(["ended", "queued"])
  })
})

describe("what is done at the same moment follows one another", () => {
  test("a claim sees what has become of a chat meanwhile", async () => {
    const { id } = await at.inLine()
    expect(await at.inTheWay("update handoff set status = 'claimed', staff_id = $2 where id = $1", [id, bilal], () => at.desk.claim(sana, id))).toBe("taken")
    expect(await at.rowOf(id)).toMatchObject({ staff_id: bilal })
  })

  test("two claims of one person count one after the other", async () => {
    const one = await at.inLine()
    const two = await at.inLine()
    await at.desk.seen(bilal)
    const answers = await at.inTheWay("update seat set debrief = false where staff_id = $1", [bilal], () => Promise.all([one, two].map(({ id }) => at.desk.claim(bilal, id))))
    expect(new Set(answers)).toEqual(new Set(["full", undefined]))
  })

  test("a chat isn't given to somebody who has just left her seat", async () => {
    await at.desk.presence(sana, "available")
    await at.desk.presence(sana, "break")
    const { id } = await at.inLine()
    await at.eye.query("update seat set presence = 'available' where staff_id = $1", [sana])
    await at.inTheWay("update seat set presence = 'away' where staff_id = $1", [sana], () => at.desk.turn())
    expect(await at.rowOf(id)).toMatchObject({ status: "queued", staff_id: null })
  })

  test("a chat isn't taken from somebody who has just come back", async () => {
    const { id } = await at.live()
    at.house.advance(1.6 * MINUTE)
    await at.inTheWay("update seat set here_until = $2 where staff_id = $1", [sana, new Date(at.house.now() + HOUR)], () => at.desk.turn())
    expect(await at.rowOf(id)).toMatchObject({ status: "live", staff_id: sana })
  })

  test("a counsellor's words don't go into a chat that is somebody else's before they are there", async () => {
    const { she, id } = await at.live()
    await at.desk.seen(bilal)
    const refused = await at.inTheWay("update handoff set staff_id = $2, move = move + 1 where id = $1", [id, bilal], () => at.desk.write(sana, id, "too late", "late"))
    expect(refused).toBe("not-yours")
    expect(await she.read()).toEqual([])
    expect(await at.lines(id)).toEqual(["counsellor: Hello."])
  })

  test("a timer leaves alone what something has happened to meanwhile", async () => {
    const { id } = await at.inLine()
    at.house.advance(46 * MINUTE)
    await at.inTheWay("update handoff set due_at = $2 where id = $1", [id, new Date(at.house.now() + MINUTE)], () => at.desk.turn())
    expect(await at.rowOf(id)).toMatchObject({ status: "queued" })
  })

  test("her words don't go into a chat that ends before they are there", async () => {
    const { she, id } = await at.live()
    await at.inTheWay(
      "update handoff set status = 'ended', ended_at = $2, ended_by = 'counsellor', ended_why = 'helped', due_at = null, move = move + 1 where id = $1",
      [id, new Date(at.house.now())],
      () => she.text("one more thing"),
    )
    expect((await at.lines(id)).filter((line) => line.startsWith("contact:"))).toEqual([])
  })
})

describe("news", () => {
  test("that can't be told now is told later, and once", async () => {
    const { she, id } = await at.live()
    const client = await at.eye.connect()
    await client.query("begin")
    await client.query("select from conversation where id = $1 for update", [(await at.rowOf(id))["conversation_id"]])
    await at.desk.end(sana, id, "helped")
    // A statement waits for another for a second and a half at most.
    await at.desk.idle()
    await client.query("rollback")
    client.release()
    expect((await at.eye.query("select from handoff_news where handoff_id = $1", [id])).rowCount).toBe(1)
    expect(textsOf(await she.read())).toEqual([expect.stringContaining("Sana has closed the chat.")])
    expect(await she.read()).toEqual([])
    expect((await at.eye.query("select from handoff_news where handoff_id = $1", [id])).rowCount).toBe(0)
  })

  test("that she is in line again isn't told once somebody has come", async () => {
    const { she, id } = await at.live()
    const client = await at.eye.connect()
    await client.query("begin")
    await client.query("select from conversation where id = $1 for update", [(await at.rowOf(id))["conversation_id"]])
    await at.desk.release(sana, id)
    await at.desk.idle()
    expect(await at.desk.claim(bilal, id)).toBeUndefined()
    await at.desk.idle()
    await client.query("rollback")
    client.release()
    expect(await she.read()).toEqual([])
    await at.desk.write(bilal, id, "Hello from me.", "b")
    expect(textsOf(await she.read())).toEqual(["Bilal goes on from here and has read what you wrote.", "Bilal: Hello from me."])
  })
})

describe("every process is told", () => {
  test("of each chat in which something happens, and of seats", async () => {
    const told: (string | undefined)[] = []
    const client = new pg.Client({ connectionString: at.house.databaseUrl })
    await client.connect()
    client.on("notification", ({ payload }) => told.push(payload))
    await client.query("listen desk")
    /** What is told of one act; whatever else it sets off has come to rest before. */
    const of = async (act: () => Promise<unknown>) => {
      await at.house.settle()
      await client.query("select 1")
      told.length = 0
      expect(await act()).not.toBe("gone")
      await client.query("select 1")
      return new Set(told)
    }
    try {
      const { she, id } = await at.inLine()
      await at.desk.seen(bilal, HOUR)
      expect(await of(() => at.desk.claim(sana, id))).toContain(id)
      expect(await of(() => at.desk.write(sana, id, "Hello.", "1"))).toContain(id)
      expect(
        await of(() => at.house.app.receive({ channel: "simulator", address: `sms:${she.from}`, shape: "sms", deliveryId: "told", heard: { type: "text", text: "hello" } })),
      ).toContain(id)
      expect(await of(() => at.desk.transfer(sana, id, bilal))).toContain(id)
      expect(await of(() => at.desk.refuse(bilal, id))).toContain(id)
      expect(await of(() => at.desk.note(sana, id, "a note"))).toContain(id)
      expect(await of(() => at.desk.record(sana, id, { categories: {}, summary: "" }))).toContain(id)
      expect(await of(() => at.desk.chat(sana, id, 0))).toContain(id)
      expect(await of(() => at.desk.release(sana, id))).toContain(id)
      expect(await of(() => at.desk.end(noor, id, "other"))).toContain(id)
      for (const act of [
        () => at.desk.presence(sana, "break"),
        () => at.desk.debriefed(sana),
        () => at.desk.close(noor, { reason: "other", until: new Date(at.house.now() + HOUR).toISOString() }),
        () => at.desk.reopen(noor),
      ])
        expect(await of(act)).toContain("")
      const blocked = await at.live()
      await at.desk.block(sana, blocked.id, "abuse", 1)
      const [block] = await at.desk.blocks()
      expect(await of(() => at.desk.unblock(noor, block?.id ?? ""))).toContain("")
    } finally {
      await client.end()
    }
  })
})
