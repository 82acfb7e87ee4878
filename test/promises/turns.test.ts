import { readdirSync, readFileSync } from "node:fs"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { freshDatabase } from "../support/database.ts"
import { dumped } from "../support/dump.ts"
import { openHouse, type House } from "../support/house.ts"
import { simulated } from "../support/simulated.ts"

const contact = (n: number) => `sms:contact-${n}`

async function rows<T extends object>(url: string, statement: string): Promise<readonly T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows as T[]
  } finally {
    await client.end()
  }
}

/** Conversations whose messages reached the phone in another order than they were said. */
const REORDERED = `
select count(*)::int as n from (
  select o.turn, o.position, lag((o.turn, o.position)) over (partition by m.conversation_id order by m.id) as before, (o.turn, o.position) as this
  from simulator_message m join outbox o on o.id = m.outbox_id
) as seen where before > this`

describe("deliveries", () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.close())

  test("each of many webhooks, sent three times and shuffled, counts once, and every answer arrives once", async () => {
    let round = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(4), fc.constantFrom("menu", "1", "hi", "0", "2", "exit", "x")), { minLength: 1, maxLength: 25 }),
        fc.infiniteStream(fc.nat()),
        async (said, order) => {
          round += 1
          const deliveries = said.map(([who, text], index) => ({ who: round * 100 + who, text, deliveryId: `d-${index}` }))
          const thrice = [...deliveries, ...deliveries, ...deliveries].map((one) => ({ one, key: order.next().value ?? 0 })).sort((a, b) => a.key - b.key)
          const results = await Promise.all(
            thrice.map(({ one }) =>
              house.app.receive({ channel: "simulator", address: contact(one.who), shape: "sms", deliveryId: one.deliveryId, heard: { type: "text", text: one.text } }),
            ),
          )
          expect(results.filter((result) => result === "taken")).toHaveLength(deliveries.length)
          await house.settle()
        },
      ),
      { numRuns: 25 },
    )
    expect(await rows(house.databaseUrl, "select count(*)::int as n from outbox where status <> 'sent'")).toEqual([{ n: 0 }])
    expect(await rows(house.databaseUrl, "select count(*) - (select count(*) from simulator_message) as n from outbox")).toEqual([{ n: "0" }])
    expect(await rows(house.databaseUrl, REORDERED)).toEqual([{ n: 0 }])
  })

  test("a turn that throws is parked, answered with an apology and the menu, and its neighbours are served", async () => {
    const broken = { channel: "simulator", address: contact(9001), shape: "sms", deliveryId: "b", heard: { type: "text", text: null as unknown as string } } as const
    const fine = { channel: "simulator", address: contact(9002), shape: "sms", deliveryId: "f", heard: { type: "text", text: "hi" } } as const
    expect(await Promise.all([house.app.receive(broken), house.app.receive(fine)])).toEqual(["taken", "taken"])
    await house.settle()
    const [apology] = await simulated(house, "sms", "contact-9001").read()
    expect(apology?.text).toContain("Sorry, something went wrong on our side")
    expect(await simulated(house, "sms", "contact-9002").place()).toBe("hello.safe")
    expect(await rows(house.databaseUrl, "select channel, code from parked")).toEqual([{ channel: "simulator", code: "TypeError" }])
  })

  test("what else than words came with a turn that throws is erased at its provider all the same", async () => {
    const broken = { type: "media", caption: null as unknown as string, file: "sms:one", files: ["sms:one", "sms:two"] } as const
    const kept = async () => (await rows<{ n: number }>(house.databaseUrl, "select count(*)::int as n from picture_source"))[0]?.n
    const parked = async () => (await rows<{ n: number }>(house.databaseUrl, "select count(*)::int as n from parked"))[0]?.n ?? 0
    const before = await parked()
    expect(await kept()).toBe(0)
    await house.app.receive({ channel: "simulator", address: contact(9003), shape: "sms", deliveryId: "m", heard: broken })
    await house.settle()
    expect([await parked(), await kept()]).toEqual([before + 1, 2])
  })

  test("a question about erasing lapses after ten minutes, and then a stray number erases nothing", async () => {
    const she = simulated(house, "sms")
    await she.text("FORGET")
    house.advance(601_000)
    await turnTimers(house)
    expect(await she.place()).toBe("settings.expired")
    const answers = await she.text("1")
    expect(await she.place()).toBe("menu.main")
    expect(answers).toHaveLength(1)
  })

  test("a timer whose conversation has moved on does nothing", async () => {
    const she = simulated(house, "sms")
    await she.text("FORGET")
    await she.text("2")
    house.advance(601_000)
    await turnTimers(house)
    expect(await she.place()).toBe("menu.main")
    expect(await she.read()).toEqual([])
  })
})

async function turnTimers(house: House): Promise<void> {
  const { fireTimers } = await import("../../src/helpline/loops.ts")
  await fireTimers(house.app.store, house.app.cover, house.app.receive, new Date(house.now()))
  await house.settle()
}

describe("two processes on one database", () => {
  test("turns of the same contacts through both are each taken once, in an order that both agree on", async () => {
    const database = await freshDatabase()
    const dataDir = mkdtempSync(join(tmpdir(), "hamraaz-two-"))
    const houses = [await openHouse({}, { databaseUrl: database.url, dataDir }), await openHouse({}, { databaseUrl: database.url, dataDir })] as const
    try {
      const met = async () => (await Promise.all(houses.map((house) => house.metrics()))).some((text) => /hamraaz_turns_retaken_total [1-9]/.test(text))
      let said = 0
      // Whether two turns of a contact meet is luck: they go on until two have.
      do {
        const deliveries = Array.from({ length: 300 }, (_, n) => ({ who: n % 7, deliveryId: `d${said + n}`, text: ["menu", "1", "2", "0"][n % 4] ?? "" }))
        const results = await Promise.all(
          deliveries.flatMap(({ who, deliveryId, text }, n) =>
            // A third of them through both at once, as a provider does whose first try timed out.
            (n % 3 === 0 ? [...houses] : [houses[n % 2] ?? houses[0]]).map((house) =>
              house.app.receive({ channel: "simulator", address: contact(who), shape: "sms", deliveryId, heard: { type: "text", text } }),
            ),
          ),
        )
        expect(results.filter((result) => result === "taken")).toHaveLength(deliveries.length)
        said += deliveries.length
      } while (!(await met()) && said < 6000)
      expect(await met(), "the two never met: the test proves nothing").toBe(true)
      for (const house of houses) await house.settle()
      for (const house of houses) await house.settle()
      expect(await rows(database.url, "select count(*)::int as n from delivery")).toEqual([{ n: said }])
      expect(await rows(database.url, "select status, count(*)::int as n from outbox group by 1")).toEqual([
        { status: "sent", n: (await rows(database.url, "select 1 from simulator_message")).length },
      ])
      expect(await rows(database.url, REORDERED)).toEqual([{ n: 0 }])
    } finally {
      for (const house of houses) await house.close()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    }
  })
})

describe("nothing that a person wrote can be found", () => {
  test("a planted number, name and sentence are in no table, no file of the database and no log line", async () => {
    const house = await openHouse()
    try {
      const planted = ["+923009998877", "Zarmeena", "he keeps the blue suitcase under the stairs"]
      const she = simulated(house, "sms", planted[0])
      for (const text of ["hi", "1", "find help near me", `my name is ${planted[1]}`, planted[2] ?? "", "somebody blackmails me", `0300 and ${planted[2]}`, "FORGET"])
        await she.text(text)
      await rows(house.databaseUrl, "checkpoint")
      const dump = await dumped(house.databaseUrl)
      expect(dump.split("\n").length).toBeGreaterThan(100)
      const [folder] = await rows<{ path: string }>(house.databaseUrl, "select current_setting('data_directory') as path")
      const files = filesUnder(folder?.path ?? "")
      expect(files.length).toBeGreaterThan(100)
      for (const needle of planted) {
        const forms = [needle, needle.replace("+", ""), needle.toLowerCase(), Buffer.from(needle).toString("hex"), Buffer.from(needle).toString("base64").slice(0, -3)]
        for (const form of forms) {
          expect(dump.includes(form), "in a table").toBe(false)
          expect(
            house.lines.some((line) => line.includes(form)),
            "in the log",
          ).toBe(false)
          expect(
            files.some((bytes) => bytes.includes(form)),
            "in a file of the database",
          ).toBe(false)
        }
      }
    } finally {
      await house.close()
    }
  })
})

function filesUnder(folder: string): readonly Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      try {
        return [readFileSync(join(entry.parentPath, entry.name))]
      } catch {
        // A file of another test's database may vanish between listing and reading.
        return []
      }
    })
}

describe("forgetting", () => {
  test("FORGET asks once, erases what is held, and tells the result", async () => {
    const house = await openHouse()
    try {
      const she = simulated(house, "whatsapp")
      await she.text("hi")
      await she.text("1")
      await she.text("FORGET")
      expect(await she.place()).toBe("settings.forget")
      const said = await she.text("yes")
      expect(said.map(({ text }) => text).join()).toContain("Done.")
      expect(await she.place()).toBe("left")
      const left = await rows<{ n: number }>(house.databaseUrl, "select count(*)::int as n from outbox where status in ('waiting', 'unknown')")
      expect(left).toEqual([{ n: 0 }])
      expect(await rows(house.databaseUrl, "select count(*)::int as n from simulator_message")).toEqual([{ n: 1 }])
      expect(await rows(house.databaseUrl, "select sum(count)::int > 3 as counted from erased")).toEqual([{ counted: true }])
    } finally {
      await house.close()
    }
  })

  test("what has reached its age is erased, counted, and nothing else is", async () => {
    const house = await openHouse()
    try {
      const { sweep } = await import("../../src/store/shelves.ts")
      const ages = { transcriptMs: 7 * 24 * 3600_000, caseMs: 365 * 24 * 3600_000, flowMs: 24 * 3600_000, deliveryMs: 7 * 24 * 3600_000 }
      await simulated(house, "sms", "old").text("hi")
      const counts = async () =>
        rows(
          house.databaseUrl,
          "select (select count(*)::int from conversation) as c, (select count(*)::int from delivery) as d, (select count(*)::int from outbox) as o, (select count(*)::int from simulator_message) as s",
        )
      await sweep(house.app.store, new Date(house.now() + 23 * 3600_000), ages)
      expect(await counts()).toEqual([{ c: 1, d: 1, o: 1, s: 1 }])
      await sweep(house.app.store, new Date(house.now() + 25 * 3600_000), ages)
      expect(await counts()).toEqual([{ c: 0, d: 1, o: 1, s: 0 }])
      await sweep(house.app.store, new Date(house.now() + 8 * 24 * 3600_000), ages)
      expect(await counts()).toEqual([{ c: 0, d: 0, o: 0, s: 0 }])
    } finally {
      await house.close()
    }
  })
})

describe("neighbours in a batch", () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.close())
  const write = (who: string, deliveryId: string, text: string, providerId?: string) =>
    house.app.receive({ channel: "simulator", address: `sms:${who}`, shape: "sms", deliveryId, heard: { type: "text", text }, providerId })

  test("are served though the database won't have one of them", async () => {
    const results = await Promise.allSettled([write("n1", "1", "hi"), write("n2", "2", "hi", "a\0b"), write("n3", "3", "hi")])
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"])
  })

  test("of one contact are served, in order, though the database won't have one between them", async () => {
    const she = simulated(house, "sms")
    const results = await Promise.allSettled([write(she.from, `${she.from}-1`, "menu"), write(she.from, `${she.from}-2`, "0", "a\0b"), write(she.from, `${she.from}-3`, "help")])
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"])
    expect((await she.read()).map(({ text }) => text)).toEqual([expect.stringContaining("What would you like?"), expect.stringContaining("Choose an answer or write freely.")])
  })

  test("of one contact: EXIT drops what the ones before it were about to say", async () => {
    const she = simulated(house, "sms")
    await Promise.all(["menu", "0", "exit"].map((text, index) => write(she.from, `${she.from}-${index}`, text)))
    expect((await she.read()).map(({ text }) => text)).toEqual([expect.stringContaining("bye")])
  })
})
