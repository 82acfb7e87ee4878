import pg from "pg"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import { chats, texts } from "../support/chats.ts"
import { newStaff } from "../support/desk.ts"
import { contentWith, openHouse, type House } from "../support/house.ts"
import { until } from "../support/running.ts"
import { simulated } from "../support/simulated.ts"

const MINUTE = 60_000
const HOUR = 60 * MINUTE
let house: House
let sana: string
let bilal: string
let noor: string
let eye: pg.Pool
let at: ReturnType<typeof chats>
/** Open at every hour, and no two timers alike. */
const timed = (text: string) =>
  text
    .replace(/^hours:.*(?:\n[ \t-].*)+/m, "hours: always")
    .replace(/^( {2}offer:) \d+/m, "$1 3")
    .replace(/^( {2}close:) \d+/m, "$1 7")
beforeAll(async () => {
  house = await openHouse({}, { content: contentWith("desk.yaml", timed) })
  eye = new pg.Pool({ connectionString: house.databaseUrl, max: 3 })
  sana = await newStaff(house, "Sana", ["counsellor"], 2)
  bilal = await newStaff(house, "Bilal", ["counsellor"])
  noor = await newStaff(house, "Noor", ["counsellor", "supervisor"], 3)
  at = chats(house, sana, noor)
})
afterEach(async () => {
  await at.clear()
  await eye.query("delete from seat")
})
afterAll(async () => {
  await eye.end()
  await house.close()
})

const desk = () => house.app.desk
const rowOf = async (id: string) => (await eye.query<Record<string, unknown>>("select * from handoff where id = $1", [id])).rows[0] ?? {}
const seatOf = async (staff: string) => (await eye.query<Record<string, unknown>>("select * from seat where staff_id = $1", [staff])).rows[0] ?? {}
/** In how many minutes the timer of a chat acts. */
const timer = async (id: string) => Math.round(((await rowOf(id))["due_at"] as Date).getTime() - house.now()) / MINUTE

/** Does something in the way of which a change of the database stands that isn't committed before it is waited for. */
async function inTheWay<T>(change: string, values: unknown[], act: () => Promise<T>): Promise<T> {
  const client = await eye.connect()
  try {
    await client.query("begin")
    await client.query(change, values)
    const acting = act()
    await until(async () => ((await eye.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rowCount ?? 0) > 0)
    await client.query("commit")
    return await acting
  } finally {
    client.release()
  }
}

describe("an offer", () => {
  test("can't be taken by a colleague who has enough by now; it stays offered", async () => {
    const { id } = await at.live()
    const other = await at.inLine()
    await desk().seen(bilal)
    expect(await desk().transfer(sana, id, bilal)).toBeUndefined()
    expect(await desk().claim(bilal, other.id)).toBeUndefined()
    expect(await desk().accept(bilal, id)).toBe("full")
    expect(await rowOf(id)).toMatchObject({ status: "transferring", staff_id: sana, offered_to: bilal })
  })

  test("can't be taken by a colleague who rests, nor by somebody else", async () => {
    const { id } = await at.live()
    await desk().seen(bilal)
    await desk().transfer(sana, id, bilal)
    await eye.query("update seat set cool_until = $2 where staff_id = $1", [bilal, new Date(house.now() + MINUTE)])
    expect(await desk().accept(bilal, id)).toBe("cooling")
    expect(await desk().accept(noor, id)).toBe("not-offered")
    expect(await desk().refuse(noor, id)).toBe("not-offered")
    expect(await desk().write(bilal, id, "I come.", "early")).toBe("not-yours")
    expect(await rowOf(id)).toMatchObject({ status: "transferring", staff_id: sana })
  })

  test("goes to nobody who may have no chats, nor from somebody who hasn't got it", async () => {
    const { id } = await at.live()
    const officer = await newStaff(house, "Ismat", ["officer"])
    await desk().seen(officer)
    expect(await desk().transfer(sana, id, officer)).toBeDefined()
    expect(await desk().transfer(sana, id, sana)).toBeDefined()
    expect(await desk().transfer(bilal, id, noor)).toBeDefined()
    expect(await rowOf(id)).toMatchObject({ status: "live", staff_id: sana, offered_to: null })
  })

  test("that is taken, or a chat that is taken over, is a claim: its new owner has now to say something", async () => {
    const { she, id } = await at.live()
    await desk().seen(bilal, HOUR)
    await desk().seen(sana, HOUR)
    await at.pass(10.1)
    await desk().transfer(sana, id, bilal)
    expect(await desk().accept(bilal, id)).toBeUndefined()
    expect(await rowOf(id)).toMatchObject({ status: "claimed", staff_id: bilal, offered_to: null, awaits: null, nudged: false })
    await desk().write(bilal, id, "Hello from me.", "b")
    await she.text("hello")
    expect(await desk().takeOver(noor, id)).toBeUndefined()
    expect(await rowOf(id)).toMatchObject({ status: "claimed", staff_id: noor, awaits: null, nudged: false })
    expect(await timer(id)).toBeCloseTo(2, 1)
    expect((await at.lines(id)).filter((line) => line === "system: moved")).toHaveLength(2)
  })

  test("to whichever supervisor is there finds the one who has the least", async () => {
    const hina = await newStaff(house, "Hina", ["supervisor"], 3)
    const other = await at.inLine()
    const { id } = await at.live()
    expect(await desk().transfer(sana, id, "supervisor")).toBe("away")
    for (const one of [noor, hina]) await desk().presence(one, "break")
    await desk().claim(noor, other.id)
    expect(await desk().transfer(sana, id, "supervisor")).toBeUndefined()
    expect(await rowOf(id)).toMatchObject({ offered_to: hina })
  })
})

describe("each state has its timer", () => {
  test("as long as content/desk.yaml says, counted from what brought it there", async () => {
    const { she, id } = await at.inLine()
    expect(await timer(id)).toBeCloseTo(45, 1)
    house.advance(5 * MINUTE)
    for (const one of [sana, bilal, noor]) await desk().seen(one, 10 * HOUR)
    await desk().claim(sana, id)
    expect(await timer(id)).toBeCloseTo(2, 1)
    await desk().transfer(sana, id, bilal)
    expect(await timer(id)).toBeCloseTo(3, 1)
    house.advance(MINUTE)
    await desk().refuse(bilal, id)
    expect(await rowOf(id)).toMatchObject({ status: "claimed" })
    expect(await timer(id)).toBeCloseTo(2, 1)
    await desk().write(sana, id, "Hello.", "1")
    expect(await timer(id)).toBeCloseTo(10, 1)
    house.advance(MINUTE)
    await desk().transfer(sana, id, bilal)
    expect(await timer(id)).toBeCloseTo(3, 1)
    // Words don't keep an offer open.
    house.advance(MINUTE)
    await desk().write(sana, id, "One moment.", "2")
    await she.text("yes")
    expect(await timer(id)).toBeCloseTo(2, 1)
    await desk().refuse(bilal, id)
    expect(await rowOf(id)).toMatchObject({ status: "live" })
    expect(await timer(id)).toBeCloseTo(10, 1)
    await desk().release(sana, id)
    expect(await timer(id)).toBeCloseTo(45, 1)
  })

  test("a claim that comes to nothing leaves the end of the wait where it was said to be, a minute away at least", async () => {
    const { id } = await at.inLine()
    house.advance(10 * MINUTE)
    await desk().claim(sana, id)
    await desk().release(sana, id)
    expect(await timer(id)).toBeCloseTo(35, 1)
    house.advance(34.8 * MINUTE)
    await desk().claim(sana, id)
    house.advance(MINUTE)
    await desk().release(sana, id)
    expect(await timer(id)).toBeCloseTo(1, 1)
  })

  test("a counsellor who doesn't answer for ten minutes loses the chat to the line, counted from her first word without an answer", async () => {
    const { she, id } = await at.live()
    await desk().presence(sana, "available")
    await desk().seen(sana, 10 * HOUR)
    await at.pass(9)
    await she.text("are you there?")
    await at.pass(6)
    await she.text("hello?")
    await at.pass(3.9)
    expect(await rowOf(id)).toMatchObject({ status: "live", staff_id: sana })
    await at.pass(0.2)
    expect(await rowOf(id)).toMatchObject({ status: "queued", staff_id: null, given_back_by: sana, awaits: null })
    expect((await seatOf(sana))["presence"]).toBe("away")
    expect(texts(await she.read())[0]).toContain("You are in line again")
  })

  test("who was asked gently and has written since is asked again, not closed; so is who was written to since", async () => {
    const { she, id } = await at.live()
    await desk().seen(sana, 10 * HOUR)
    await at.pass(10.1)
    expect(texts(await she.read())[0]).toContain("Still there?")
    expect(await timer(id)).toBeCloseTo(7, 1)
    await she.text("yes")
    expect(await rowOf(id)).toMatchObject({ nudged: false, awaits: "counsellor" })
    await desk().write(sana, id, "Good.", "2")
    await she.read()
    await at.pass(10.1)
    expect(texts(await she.read())[0]).toContain("Still there?")
    await at.pass(3)
    await desk().write(sana, id, "I am still here.", "3")
    await she.read()
    await at.pass(9.8)
    expect(await rowOf(id)).toMatchObject({ status: "live", nudged: false })
    await at.pass(0.3)
    expect(texts(await she.read())[0]).toContain("Still there?")
    expect((await at.lines(id)).filter((line) => line === "system: silent")).toEqual([])
    await at.pass(7.1)
    expect((await at.lines(id)).at(-1)).toBe("system: silent")
    expect(await rowOf(id)).toMatchObject({ status: "ended", ended_by: "system", ended_why: "silent" })
  })

  test("who was asked whether to be passed on and says nothing for half an hour isn't any more, and isn't told", async () => {
    const she = simulated(house, "sms")
    for (const text of ["hi", "yes", "talk to a person"]) await she.text(text)
    const row = async () =>
      (await eye.query<Record<string, unknown>>("select id, status, ended_why from handoff where conversation_id = $1", [house.app.cover.lookup("simulator", `sms:${she.from}`)]))
        .rows[0]
    expect(await timer(String((await row())?.["id"]))).toBeCloseTo(30, 1)
    await at.pass(29.9)
    expect(await row()).toMatchObject({ status: "asked" })
    await at.pass(0.2)
    expect(await row()).toMatchObject({ status: "ended", ended_why: "not-answered" })
    expect(await she.read()).toEqual([])
  })

  test("acts on what is due and on nothing else", async () => {
    const first = await at.inLine()
    await at.pass(20)
    const second = await at.inLine()
    await at.pass(25.1)
    expect([(await rowOf(first.id))["status"], (await rowOf(second.id))["status"]]).toEqual(["ended", "queued"])
  })
})

describe("presence", () => {
  test("that has lapsed doesn't come back with a sign of life, only by saying so", async () => {
    await desk().presence(sana, "available")
    house.advance(MINUTE)
    await desk().seen(sana)
    expect((await seatOf(sana))["presence"]).toBe("available")
    house.advance(1.6 * MINUTE)
    await desk().seen(sana)
    expect((await seatOf(sana))["presence"]).toBe("away")
    await desk().presence(sana, "available")
    house.advance(1.6 * MINUTE)
    const { id } = await at.inLine()
    await desk().claim(sana, id)
    expect((await seatOf(sana))["presence"]).toBe("away")
  })

  test("is never shortened by a sign of life", async () => {
    await desk().seen(sana, HOUR)
    const before = (await seatOf(sana))["here_until"]
    await desk().seen(sana)
    await desk().presence(sana, "available")
    expect((await seatOf(sana))["here_until"]).toEqual(before)
  })

  test("whoever does something is there for a minute and a half", async () => {
    const { id } = await at.inLine()
    await desk().claim(sana, id)
    const left = ((await seatOf(sana))["here_until"] as Date).getTime() - house.now()
    expect(left).toBeGreaterThan(80_000)
    expect(left).toBeLessThanOrEqual(90_000)
  })

  test("a chat comes by itself to who has the least, then to who has been free the longest; not to who has gone, rests, or pauses", async () => {
    await desk().presence(sana, "available")
    house.advance(1000)
    await desk().presence(bilal, "available")
    await desk().presence(noor, "break")
    // Said once more, it doesn't put her behind.
    house.advance(1000)
    await desk().presence(sana, "available")
    const owners = []
    for (let n = 0; n < 4; n++) owners.push((await rowOf((await at.inLine()).id))["staff_id"])
    expect(owners).toEqual([sana, bilal, sana, null])
    await at.clear()
    await eye.query("update seat set cool_until = $2 where staff_id = $1", [sana, new Date(house.now() + HOUR)])
    await eye.query("update seat set here_until = $2 where staff_id = $1", [bilal, new Date(house.now() - 1)])
    expect((await rowOf((await at.inLine()).id))["staff_id"]).toBeNull()
  })

  test("what somebody gave back doesn't come back to her by itself", async () => {
    await desk().presence(sana, "available")
    const { id } = await at.inLine()
    await desk().release(sana, id)
    await house.settle()
    expect(await rowOf(id)).toMatchObject({ status: "queued", given_back_by: sana })
    expect(await desk().claim(sana, id)).toBeUndefined()
  })

  test("somebody who is let go loses her chats to the line", async () => {
    const gone = await newStaff(house, "Tahira", ["counsellor"])
    const { id } = await at.inLine()
    await desk().claim(gone, id)
    await eye.query("update staff set active = false where id = $1", [gone])
    await house.settle()
    expect(await rowOf(id)).toMatchObject({ status: "queued", staff_id: null })
    expect(await desk().claim(gone, id)).toBe("gone")
  })
})

describe("what is done at the same moment follows one another", () => {
  test("a claim sees what has become of a chat meanwhile", async () => {
    const { id } = await at.inLine()
    expect(await inTheWay("update handoff set status = 'claimed', staff_id = $2 where id = $1", [id, bilal], () => desk().claim(sana, id))).toBe("taken")
    expect(await rowOf(id)).toMatchObject({ staff_id: bilal })
  })

  test("two claims of one person count one after the other", async () => {
    const one = await at.inLine()
    const two = await at.inLine()
    await desk().seen(bilal)
    const answers = await inTheWay("update seat set debrief = false where staff_id = $1", [bilal], () => Promise.all([one, two].map(({ id }) => desk().claim(bilal, id))))
    expect(answers.toSorted()).toEqual(["full", undefined])
  })

  test("a chat isn't given to somebody who has just left her seat", async () => {
    await desk().presence(sana, "available")
    await desk().presence(sana, "break")
    const { id } = await at.inLine()
    await eye.query("update seat set presence = 'available' where staff_id = $1", [sana])
    await inTheWay("update seat set presence = 'away' where staff_id = $1", [sana], () => desk().turn())
    expect(await rowOf(id)).toMatchObject({ status: "queued", staff_id: null })
  })

  test("a chat isn't taken from somebody who has just come back", async () => {
    const { id } = await at.live()
    house.advance(1.6 * MINUTE)
    await inTheWay("update seat set here_until = $2 where staff_id = $1", [sana, new Date(house.now() + HOUR)], () => desk().turn())
    expect(await rowOf(id)).toMatchObject({ status: "live", staff_id: sana })
  })

  test("her words don't go into a chat that ends before they are there", async () => {
    const { she, id } = await at.live()
    await inTheWay(
      "update handoff set status = 'ended', ended_at = $2, ended_by = 'counsellor', ended_why = 'helped', due_at = null, move = move + 1 where id = $1",
      [id, new Date(house.now())],
      () => she.text("one more thing"),
    )
    expect((await at.lines(id)).filter((line) => line.startsWith("contact:"))).toEqual([])
  })
})

describe("news", () => {
  test("that can't be told now is told later, and once", async () => {
    const { she, id } = await at.live()
    const client = await eye.connect()
    await client.query("begin")
    await client.query("select from conversation where id = $1 for update", [(await rowOf(id))["conversation_id"]])
    await desk().end(sana, id, "helped")
    // A statement waits for another for a second and a half at most.
    await desk().idle()
    await client.query("rollback")
    client.release()
    expect((await eye.query("select from handoff_news where handoff_id = $1", [id])).rowCount).toBe(1)
    expect(texts(await she.read())).toEqual([expect.stringContaining("Sana has closed the chat.")])
    expect(await she.read()).toEqual([])
    expect((await eye.query("select from handoff_news where handoff_id = $1", [id])).rowCount).toBe(0)
  })

  test("that she is in line again isn't told once somebody has come", async () => {
    const { she, id } = await at.live()
    const client = await eye.connect()
    await client.query("begin")
    await client.query("select from conversation where id = $1 for update", [(await rowOf(id))["conversation_id"]])
    await desk().release(sana, id)
    await desk().idle()
    expect(await desk().claim(bilal, id)).toBeUndefined()
    await desk().idle()
    await client.query("rollback")
    client.release()
    expect(await she.read()).toEqual([])
    await desk().write(bilal, id, "Hello from me.", "b")
    expect(texts(await she.read())).toEqual(["Bilal goes on from here and has read what you wrote.", "Bilal: Hello from me."])
  })
})

describe("every process is told", () => {
  test("of each chat in which something happens, and of seats", async () => {
    const told: (string | undefined)[] = []
    const client = new pg.Client({ connectionString: house.databaseUrl })
    await client.connect()
    client.on("notification", ({ payload }) => told.push(payload))
    await client.query("listen desk")
    /** What is told of one act; whatever else it sets off has come to rest before. */
    const of = async (act: () => Promise<unknown>) => {
      await house.settle()
      await client.query("select 1")
      told.length = 0
      expect(await act()).not.toBe("gone")
      await client.query("select 1")
      return new Set(told)
    }
    try {
      const { she, id } = await at.inLine()
      await desk().seen(bilal, HOUR)
      expect(await of(() => desk().claim(sana, id))).toContain(id)
      expect(await of(() => desk().write(sana, id, "Hello.", "1"))).toContain(id)
      expect(
        await of(() => house.app.receive({ channel: "simulator", address: `sms:${she.from}`, shape: "sms", deliveryId: "told", heard: { type: "text", text: "hello" } })),
      ).toContain(id)
      expect(await of(() => desk().transfer(sana, id, bilal))).toContain(id)
      expect(await of(() => desk().refuse(bilal, id))).toContain(id)
      expect(await of(() => desk().note(sana, id, "a note"))).toContain(id)
      expect(await of(() => desk().record(sana, id, { categories: {}, summary: "" }))).toContain(id)
      expect(await of(() => desk().chat(sana, id, 0))).toContain(id)
      expect(await of(() => desk().release(sana, id))).toContain(id)
      expect(await of(() => desk().end(noor, id, "other"))).toContain(id)
      for (const act of [
        () => desk().presence(sana, "break"),
        () => desk().debriefed(sana),
        () => desk().close(noor, { reason: "other", until: new Date(house.now() + HOUR).toISOString() }),
        () => desk().reopen(noor),
      ])
        expect(await of(act)).toContain("")
      const blocked = await at.live()
      await desk().block(sana, blocked.id, "abuse", 1)
      const [block] = await desk().blocks()
      expect(await of(() => desk().unblock(noor, block?.id ?? ""))).toContain("")
    } finally {
      await client.end()
    }
  })
})

describe("who may do what", () => {
  test("only its owner or a supervisor ends or blocks a chat, and only supervisors take over", async () => {
    const { id } = await at.live()
    expect(await desk().end(bilal, id, "other")).toBe("not-yours")
    expect(await desk().block(bilal, id, "abuse", 1)).toBe("not-yours")
    expect(await desk().takeOver(bilal, id)).toBe("not-yours")
    expect(await desk().release(bilal, id)).toBe("not-yours")
    expect(await desk().note(bilal, id, "mine")).toBe("not-yours")
    expect(await desk().record(bilal, id, { categories: {}, summary: "" })).toBe("not-yours")
    expect(await desk().unmask(sana, id, "curious")).toBe("not-yours")
    expect(await desk().retry(bilal, id, "line-1")).toBe("not-yours")
    expect(await desk().end(noor, id, "other")).toBeUndefined()
    expect(await rowOf(id)).toMatchObject({ ended_by: "supervisor", settled: false })
    expect((await desk().view(sana)).mine.map((head) => head.id)).toContain(id)
    // She has seen it.
    expect(await desk().end(sana, id, "other")).toBeUndefined()
    expect((await desk().view(sana)).mine.map((head) => head.id)).not.toContain(id)
    for (const act of ["claim", "release", "takeOver"] as const) expect(await desk()[act](noor, id)).toBe("ended")
  })

  test("whom nobody has asked for help yet can't be taken, taken over or ended", async () => {
    const she = await at.inLine()
    await desk().end(noor, she.id, "other")
    await she.she.read()
    await she.she.text("Ask again")
    expect(await she.she.place()).toBe("person.consent")
    const { rows } = await eye.query<{ id: string }>("select id from handoff where status = 'asked' order by asked_at desc limit 1")
    const id = rows[0]?.id ?? ""
    expect(await desk().claim(sana, id)).toBe("gone")
    expect(await desk().takeOver(noor, id)).toBe("gone")
    expect(await desk().end(noor, id, "other")).toBe("gone")
    expect(await desk().chat(noor, id, 0)).toBe("gone")
    await she.she.text("no")
  })

  test("what was given back keeps the place that its wait has earned", async () => {
    const first = await at.inLine()
    house.advance(MINUTE)
    const second = await at.inLine()
    await desk().claim(sana, first.id)
    await desk().release(sana, first.id)
    expect((await desk().view(noor)).queue.map(({ id }) => id)).toEqual([first.id, second.id])
  })
})

describe("hard chats", () => {
  /** A chat of Sana's that was as grave as said, and has ended. */
  async function after(risk: 0 | 1 | 2, written = true): Promise<Record<string, unknown>> {
    const { id } = await at.inLine()
    await eye.query("update handoff set risk = $2 where id = $1", [id, risk])
    await desk().claim(sana, id)
    if (written) await desk().write(sana, id, "Hello.", "1")
    await desk().end(sana, id, "helped")
    return seatOf(sana)
  }

  test("three in a row bring a pause, each a debrief; one that wasn't hard, or in which nobody wrote, is none", async () => {
    expect(await after(1)).toMatchObject({ debrief: false, hard_in_a_row: 0, cool_until: null })
    expect(await after(2, false)).toMatchObject({ debrief: false, hard_in_a_row: 0 })
    expect(await after(2)).toMatchObject({ debrief: true, hard_in_a_row: 1 })
    await desk().debriefed(sana)
    expect(await after(0)).toMatchObject({ debrief: false, hard_in_a_row: 0 })
    expect(await after(2)).toMatchObject({ hard_in_a_row: 1 })
    expect(await after(2)).toMatchObject({ hard_in_a_row: 2, cool_until: null })
    const { cool_until: until_, hard_in_a_row: row } = await after(2)
    expect(row).toBe(0)
    expect(((until_ as Date).getTime() - house.now()) / MINUTE).toBeCloseTo(20, 0)
  })

  test("count also where it was she who left", async () => {
    const { she, id } = await at.live()
    await eye.query("update handoff set risk = 2 where id = $1", [id])
    await she.text("EXIT")
    expect(await seatOf(sana)).toMatchObject({ debrief: true, hard_in_a_row: 1 })
  })
})
