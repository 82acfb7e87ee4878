import { generateX25519Identity, identityToRecipient } from "age-encryption"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { isReal, opened } from "../../src/helpline/reports-intake.ts"
import { readIntake } from "../../src/store/intake.ts"
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

/** Somebody has told what happened and been shown the number that would lead back; who she is, and the number. */
async function isShown() {
  const she = simulated(house, "sms")
  for (const text of ["hi", "yes", "tell what happened", "begin", ...Array.from({ length: 10 }, () => "skip"), "he wrote every day", "done", "right"]) await she.text(text)
  const told: string[] = []
  for (let answer = "yes"; (await she.place()) !== "report.code" && told.length < 9; answer = "no") told.push(...(await she.text(answer)).map(({ text }) => text.trim()))
  const shown = told.find((text) => /^(\d{3}-){5}\d{3}$/.test(text)) ?? ""
  expect(shown).not.toBe("")
  return { she, shown, digits: shown.replaceAll("-", "") }
}

/** Somebody files a report with a way back. */
async function files() {
  const shown = await isShown()
  await shown.she.text("i have it")
  expect(await shown.she.place()).toBe("report.filed")
  return shown
}

/** What waits for the officers, as the keyring tells it. */
async function waits(): Promise<readonly string[]> {
  return opened(house.app.cover, await readIntake(house.app.store.pool))
    .entries.filter(isReal)
    .map(({ kind }) => kind)
}

/** In which tables some digits stand, as text or as bytes. */
async function tablesWith(...digits: readonly string[]): Promise<readonly string[]> {
  const { rows: tables } = await db.query<{ name: string }>("select quote_ident(tablename) as name from pg_tables where schemaname = 'public'")
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await db.query<{ row: string }>(`select t::text as row from ${name} t`)
    const needles = digits.flatMap((one) => [one, Buffer.from(one).toString("hex")])
    if (rows.some(({ row }) => needles.some((needle) => row.includes(needle)))) found.push(name)
  }
  return found
}

test("before she says that she has the number nothing is filed, it opens nothing, and it stands in no table; leaving takes it along", async () => {
  const before = await waits()
  const { she, shown, digits } = await isShown()
  expect([await waits(), await tablesWith(shown, digits)]).toEqual([before, []])
  const other = simulated(house, "telegram")
  for (const text of ["hi", "yes", digits]) await other.text(text)
  expect(await other.place()).toBe("case.unknown")
  await she.text("EXIT")
  expect([await she.place(), await waits(), house.lines.join("\n").includes(digits.slice(0, 9))]).toEqual(["left", before, false])
  for (const text of ["hi", "yes", digits]) await she.text(text)
  expect([await she.place(), await waits()]).toEqual(["case.unknown", before])
})

test("typed back where she is asked, it is her yes, and counts as no try; other digits are said to be others", async () => {
  const { she, shown, digits } = await isShown()
  const tries = async () => (await db.query("select from attempt")).rowCount
  const before = await tries()
  const slipped = digits.slice(0, -1) + String((Number(digits.at(-1)) + 1) % 10)
  expect((await she.text(slipped)).map(({ text }) => text).join()).toContain("not the number I sent last")
  expect(await she.place()).toBe("report.code")
  const said = (await she.text(`${shown} is it`)).map(({ text }) => text).join("\n")
  expect([await she.place(), await tries(), said.includes(shown) || said.includes(digits)]).toEqual(["report.filed", before, false])
  expect(await tablesWith(shown, digits)).toEqual([])
  const other = simulated(house, "whatsapp")
  for (const text of ["hi", "yes", digits]) await other.text(text)
  expect(await other.place()).toBe("case.main")
})

test("once it has left, the number stands in no table: not in the message, not in what is remembered, not in the simulator's phone", async () => {
  const { shown, digits } = await files()
  expect(await tablesWith(shown, digits)).toEqual([])
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
