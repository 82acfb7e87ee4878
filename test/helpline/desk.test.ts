import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { sweep } from "../../src/store/shelves.ts"
import { newStaff } from "../support/desk.ts"
import { contentWith, openHouse, type House } from "../support/house.ts"
import { simulated } from "../support/simulated.ts"
import { hire } from "../support/staff.ts"

let house: House
let sana: string
let noor: string
beforeAll(async () => {
  house = await openHouse()
  sana = await newStaff(house, "Sana", ["counsellor"], 3)
  noor = await newStaff(house, "Noor", ["supervisor"])
})
afterAll(() => house.close())

const HOUR = 3600_000
const desk = () => house.app.desk
const rows = async (text: string, values: unknown[] = []) => (await house.app.store.pool.query<Record<string, unknown>>(text, values)).rows

/** Somebody with whom Sana writes; tells the chat's id. */
async function live(words: string): Promise<{ readonly id: string; readonly she: ReturnType<typeof simulated> }> {
  const she = simulated(house, "sms")
  for (const text of ["hi", "yes", "talk to a person", "yes", "no", "skip"]) await she.text(text)
  const id = (await desk().view(noor)).queue.at(-1)?.id ?? ""
  await desk().claim(sana, id)
  await desk().write(sana, id, "Hello.", "k")
  await she.text(words)
  return { id, she }
}

describe("what is kept of a chat", () => {
  test("goes a week after its end, with everything that leads to her; what is counted stays a year and leads nowhere", async () => {
    const { id } = await live("a sentence that must go")
    await desk().note(sana, id, "a note that must go")
    expect(await desk().record(sana, id, { categories: { act: ["threats"] }, summary: "Told of threats." })).toBeUndefined()
    expect(await desk().record(sana, id, { categories: { act: ["nothing-known"] }, summary: "" })).toBe("unreadable")
    await desk().end(sana, id, "helped")
    await house.settle()
    const left = () =>
      rows(
        `select (select count(*)::int from handoff_line where handoff_id = $1) as lines, (select count(*)::int from handoff_note where handoff_id = $1) as notes,
        (select count(*)::int from case_record where handoff_id = $1) as records, conversation_id is null and "where" is null and asked is null as bare from handoff where id = $1`,
        [id],
      )
    await sweep(house.app.store, new Date(house.now() + 6 * 24 * HOUR), house.app.ages)
    expect(await left()).toEqual([{ lines: 2, notes: 1, records: 1, bare: false }])
    await sweep(house.app.store, new Date(house.now() + 8 * 24 * HOUR), house.app.ages)
    expect(await left()).toEqual([{ lines: 0, notes: 0, records: 1, bare: true }])
    await sweep(house.app.store, new Date(house.now() + 366 * 24 * HOUR), house.app.ages)
    expect(await left()).toEqual([])
  })

  test("holds no readable word, number or note in any table", async () => {
    const { id } = await live("planted sentence of hers")
    await desk().note(sana, id, "planted sentence of a note")
    await desk().record(sana, id, { categories: {}, summary: "planted sentence of a record" })
    const tables = await rows("select table_name as name from information_schema.tables where table_schema = 'public'")
    for (const { name } of tables) {
      const found = await rows(
        `select count(*)::int as n from "${String(name)}" t where t::text ilike '%planted sentence%' or t::text like '%' || encode('planted sentence', 'hex') || '%'`,
      )
      expect(`${String(name)} ${String(found[0]?.["n"])}`).toBe(`${String(name)} 0`)
    }
    expect(house.lines.join("")).not.toContain("planted")
    await desk().end(sana, id, "helped")
  })
})

describe("who may see what", () => {
  test("a chat is read by whoever has it, whom it is offered to, and supervisors; by nobody else", async () => {
    const { id } = await live("hello")
    const bilal = await newStaff(house, "Bilal", ["counsellor"])
    expect(await desk().chat(bilal, id, 0)).toBe("not-yours")
    expect(await desk().note(bilal, id, "hm")).toBe("not-yours")
    expect(await desk().end(bilal, id, "helped")).toBe("not-yours")
    await desk().transfer(sana, id, bilal)
    expect(typeof (await desk().chat(bilal, id, 0))).toBe("object")
    expect(typeof (await desk().chat(noor, id, 0))).toBe("object")
    expect(await desk().unmask(bilal, id, "curious")).toBe("not-yours")
    expect(await desk().unmask(noor, id, "she said where she is and is in danger")).toMatchObject({ address: expect.stringContaining("+92") })
    expect(await rows("select what, reason from audit where subject_id = $1 and what = 'chat-unmasked'", [id])).toEqual([
      { what: "chat-unmasked", reason: "she said where she is and is in danger" },
    ])
    await desk().end(sana, id, "helped")
  })

  test("opening a chat as its owner marks what she wrote as read; looking in doesn't", async () => {
    const { id } = await live("one")
    const unread = async () => (await desk().view(sana)).mine.find((head) => head.id === id)
    expect(await unread()).toMatchObject({ last: 1, read: 0 })
    await desk().chat(noor, id, 0)
    expect(await unread()).toMatchObject({ last: 1, read: 0 })
    await desk().chat(sana, id, 0)
    expect(await unread()).toMatchObject({ last: 1, read: 1 })
    await desk().end(sana, id, "helped")
  })

  test("what is done at the desk is in the audit, by whom and without words", async () => {
    const { id } = await live("hello")
    await desk().transfer(sana, id, noor)
    await desk().accept(noor, id)
    await desk().end(noor, id, "referred")
    expect(await rows("select what, staff_id as who from audit where subject_id = $1 order by id", [id])).toEqual([
      { what: "chat-claimed", who: sana },
      { what: "chat-offered", who: sana },
      { what: "chat-accepted", who: noor },
      { what: "chat-ended", who: noor },
    ])
  })
})

describe("a line that didn't arrive", () => {
  test("is sent again once for each time that it failed, as the same line", async () => {
    const { id, she } = await live("hello")
    await desk().write(sana, id, "Can you read this?", "again")
    await house.settle()
    await she.read()
    await rows("update outbox set status = 'refused', code = '30005' where id = (select outbox_id from handoff_line where handoff_id = $1 and key = 'again')", [id])
    const line = async () => {
      const chat = await desk().chat(sana, id, 0)
      return typeof chat === "string" ? undefined : chat.lines.at(-1)
    }
    const failed = await line()
    expect(failed).toMatchObject({ delivery: "failed", code: "30005" })
    expect(await Promise.all([1, 2].map(() => desk().retry(sana, id, failed?.id ?? "")))).toEqual([undefined, undefined])
    expect((await she.read()).map(({ text }) => text)).toEqual(["Sana: Can you read this?"])
    expect(await line()).toMatchObject({ n: failed?.n, delivery: "sent", code: null })
    await desk().end(sana, id, "helped")
  })
})

describe("numbers", () => {
  test("count people, waits and endings by day, hour, language and counsellor, and no wait of fewer than five", async () => {
    const { pool } = house.app.store
    const put = (n: number, change: object) => {
      const at = new Date(Date.UTC(2026, 2, 10, 4 + n, 0))
      const row = {
        id: randomUUID(),
        name: "lunar heron",
        channel: "sms",
        language: "en",
        risk: 0,
        status: "ended",
        asked_at: at,
        ended_at: new Date(at.getTime() + HOUR),
        ...change,
      }
      const keys = Object.keys(row)
      return pool.query(`insert into handoff (${keys.join(", ")}) values (${keys.map((_, i) => `$${i + 1}`).join(", ")})`, Object.values(row))
    }
    const queued = (n: number, seconds: number | undefined, change: object) => {
      const at = Date.UTC(2026, 2, 10, 4 + n, 0)
      return put(n, {
        queued_at: new Date(at),
        ...(seconds !== undefined && { live_at: new Date(at + seconds * 1000), staff_id: sana, ended_by: "counsellor", ended_why: "helped" }),
        ...change,
      })
    }
    for (const seconds of [60, 120, 180, 240, 600]) await queued(0, seconds, seconds === 60 ? { survey: "yes", risk: 2 } : {})
    await queued(1, 30, { language: "ur", ended_why: "silent", ended_by: "system" })
    await queued(2, undefined, { ended_by: "contact", ended_why: "left" })
    await queued(3, undefined, { ended_by: "system", ended_why: "nobody" })
    await put(4, { ended_by: "system", ended_why: "not-answered" })
    // Eleven at night in Karachi, on the day before.
    await put(-10, {})
    const numbers = await desk().numbers("2026-03-10", "2026-03-10")
    expect(numbers).toMatchObject({
      asked: 9,
      notPassedOn: 1,
      queued: 8,
      taken: 6,
      leftQueue: 1,
      nobodyCame: 1,
      wentSilent: 1,
      wait: { median: 150, p90: 420 },
      answers: { yes: 1, little: 0, no: 0 },
    })
    expect(numbers.byDay).toEqual([{ day: "2026-03-10", asked: 9, taken: 6, nobodyCame: 1, leftQueue: 1 }])
    expect(numbers.byHour).toHaveLength(24)
    expect(numbers.byHour[9]).toEqual({ hour: 9, queued: 5, median: 180, p90: 456 })
    expect(numbers.byHour[10]).toEqual({ hour: 10, queued: 1, median: null, p90: null })
    expect(numbers.byLanguage).toEqual([
      { language: "en", queued: 7, taken: 5, median: 180, p90: 456 },
      { language: "ur", queued: 1, taken: 1, median: null, p90: null },
    ])
    expect(numbers.byCounsellor).toEqual([{ alias: "Sana", taken: 6, hard: 1, minutes: 340 }])
  })

  test("come as a page's JSON and as a spreadsheet's rows, for supervisors and admins", async () => {
    const { browser } = await hire(house, ["supervisor"])
    expect((await browser.get("numbers?from=2026-03-10&to=2026-03-10")).json).toMatchObject({ asked: 9 })
    expect((await browser.get("numbers?from=2026-03-10&to=2024-03-10")).status).toBe(400)
    const headers = { cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ") }
    const answer = await fetch(`${house.url}/console/api/numbers.csv?from=2026-03-10&to=2026-03-10`, { headers })
    expect(answer.headers.get("content-type")).toContain("text/csv")
    expect((await answer.text()).split("\r\n")).toEqual(expect.arrayContaining(["total,,asked,9", "hour,9,wait median seconds,180", "counsellor,Sana,taken,6"]))
  })
})

describe("hours", () => {
  test("that can't be read keep nobody out, and nobody claims to know them", async () => {
    const broken = await openHouse({}, { databaseUrl: house.databaseUrl, dataDir: house.dataDir, content: contentWith("desk.yaml", () => "hours: [[[") })
    try {
      expect(broken.lines.join("")).toContain("content-problem")
      const she = simulated(broken, "sms")
      for (const text of ["hi", "yes", "talk to a person", "yes", "no"]) await she.text(text)
      const [told] = await she.text("skip")
      expect(told?.text).toMatch(/^I have asked\. /)
      await she.text("EXIT")
    } finally {
      await broken.close()
    }
  })

  test("outside which she hears when somebody is back, and what there is meanwhile", async () => {
    // A Saturday in Karachi, with office hours from Monday to Friday.
    const shut = await openHouse({}, { content: contentWith("desk.yaml", (text) => text), at: Date.parse("2026-11-21T10:00:00Z") })
    try {
      await newStaff(shut, "Hina", ["counsellor"])
      const she = simulated(shut, "sms")
      for (const text of ["hi", "yes"]) await she.text(text)
      const [told] = await she.text("talk to a person")
      expect(told?.text).toMatch(/^Our team is not at the desk at this hour\. Back on Monday at 09:00\./)
      expect(told?.text).toContain("1 Tips")
    } finally {
      await shut.close()
    }
  })
})
