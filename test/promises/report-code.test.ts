import { generateX25519Identity, identityToRecipient } from "age-encryption"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { openHouse, type House } from "../support/house.ts"
import { simulated } from "../support/simulated.ts"
import { hire } from "../support/staff.ts"

let house: House
let db: pg.Client

beforeAll(async () => {
  house = await openHouse()
  const officer = await hire(house, ["officer"])
  await officer.browser.post("report-keys", { recipient: await identityToRecipient(await generateX25519Identity()) })
  db = new pg.Client({ connectionString: house.databaseUrl })
  await db.connect()
})
afterAll(async () => {
  await db.end()
  await house.close()
})

/** Somebody files a report with a way back; who she is, and the number she was shown. */
async function files() {
  const she = simulated(house, "sms")
  for (const text of ["hi", "yes", "tell what happened", "begin", ...Array.from({ length: 10 }, () => "skip"), "he wrote every day", "done", "right"]) await she.text(text)
  const told: string[] = []
  for (let answer = "yes"; (await she.place()) !== "report.filed" && told.length < 9; answer = "no") told.push(...(await she.text(answer)).map(({ text }) => text.trim()))
  const shown = told.find((text) => /^(\d{3}-){5}\d{3}$/.test(text)) ?? ""
  expect(shown).not.toBe("")
  return { she, shown, digits: shown.replaceAll("-", "") }
}

test("once it has left, the number stands in no table: not in the message, not in what is remembered, not in the simulator's phone", async () => {
  const { shown, digits } = await files()
  const { rows: tables } = await db.query<{ name: string }>("select quote_ident(tablename) as name from pg_tables where schemaname = 'public'")
  for (const { name } of tables) {
    const { rows } = await db.query<{ row: string }>(`select t::text as row from ${name} t`)
    for (const needle of [shown, digits, ...[shown, digits].map((one) => Buffer.from(one).toString("hex"))])
      expect(
        rows.some(({ row }) => row.includes(needle)),
        name,
      ).toBe(false)
  }
  const { rows } = await db.query<{ n: number }>("select count(*)::int as n from outbox where status = 'sent' and content is not null")
  expect(rows).toEqual([{ n: 0 }])
  expect(house.lines.join("\n")).not.toContain(digits.slice(0, 9))
})

test("FORGET says that it doesn't reach what was passed on, and doesn't: the number still leads back, from any phone", async () => {
  const { she, digits } = await files()
  const asked = (await she.text("FORGET")).map(({ text }) => text).join("\n")
  expect(asked).toContain("only its number takes it back")
  await she.text("1")
  await she.read()
  expect(await she.place()).toBe("left")
  const other = simulated(house, "telegram")
  for (const text of ["hi", "yes", digits]) await other.text(text)
  expect(await other.place()).toBe("case.main")
})
