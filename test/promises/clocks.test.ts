import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createCover, keyringAt } from "../../src/vault/cover.ts"
import { freePort } from "../../src/store/own-server.ts"
import { freshDatabase } from "../support/database.ts"
import { newStaff } from "../support/desk.ts"
import { alwaysOpen, openHouse } from "../support/house.ts"
import { startHouse, type Running } from "../support/running.ts"

const KILLABLE = join(import.meta.dirname, "../support/killable-house.ts")
const MINUTE = 60_000
const dataDir = mkdtempSync(join(tmpdir(), "hamraaz-clocks-"))
let database: Awaited<ReturnType<typeof freshDatabase>>
let eye: pg.Pool
let sana: string
/** Two machines: one is right, the other takes the time to be three minutes later. */
let right: Running
let fast: Running
beforeAll(async () => {
  database = await freshDatabase()
  eye = new pg.Pool({ connectionString: database.url, max: 1 })
  const hiring = await openHouse({}, { databaseUrl: database.url, dataDir })
  sana = await newStaff(hiring, "Sana", ["counsellor"], 2)
  await hiring.close()
  const start = async (aheadMs: number) => {
    const environment = { DATA_DIR: dataDir, DATABASE_URL: database.url, SIMULATOR: "on", HOUSE_CONTENT: alwaysOpen(), HOUSE_CLOCK: String(aheadMs) }
    return startHouse({ PORT: String(await freePort()), ...environment }, KILLABLE)
  }
  ;[right, fast] = await Promise.all([start(0), start(3 * MINUTE)])
})
afterAll(async () => {
  for (const { child } of [right, fast]) child.kill("SIGKILL")
  await eye.end()
  await database.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

const ask = async ({ url }: Running, path: string, body: object) => {
  const response = await fetch(`${url}${path}`, { method: "POST", body: JSON.stringify(body) })
  return ((await response.json()) as { readonly answer?: unknown }).answer
}
const act = (house: Running, does: string, ...by: readonly string[]) => ask(house, "/act", { does, by })
async function inLine(house: Running, from: string): Promise<void> {
  for (const text of ["hi", "yes", "talk to a person", "Yes", "no", "skip"]) await ask(house, "/hear", { from, text, deliveryId: `${from}:${text}` })
}
/** How a chat stands, and in how many seconds its timer acts. */
async function chatOf(from: string) {
  const conversation = createCover(keyringAt(join(dataDir, "keyring.json"), false)).lookup("simulator", `sms:${from}`)
  const { rows } = await eye.query<{ id: string; status: string; owner: string | null; left: number }>(
    "select id, status, staff_id as owner, extract(epoch from due_at - now())::float8 as left from handoff where conversation_id = $1",
    [conversation],
  )
  return rows[0]
}

test("houses whose machines differ by minutes take no chat from each other, and no timer acts early", async () => {
  await inLine(right, "a")
  await act(right, "presence", sana, "available")
  await act(right, "turn")
  const first = await chatOf("a")
  expect(first).toMatchObject({ status: "claimed", owner: sana })
  // There she would be gone for a minute and a half, and her two minutes would be over.
  for (let round = 0; round < 2; round++) await act(fast, "turn")
  expect(await chatOf("a")).toMatchObject({ status: "claimed", owner: sana })
  expect(await act(right, "write", sana, first?.id ?? "", "I am here.", "k")).toBeUndefined()
  await inLine(fast, "b")
  await act(fast, "turn")
  const second = await chatOf("b")
  expect(second).toMatchObject({ status: "claimed", owner: sana })
  expect(second?.left).toBeGreaterThan(100)
  expect(second?.left).toBeLessThan(121)
  const { rows } = await eye.query<{ presence: string; left: number }>("select presence, extract(epoch from here_until - now())::float8 as left from seat where staff_id = $1", [
    sana,
  ])
  expect(rows[0]?.presence).toBe("available")
  expect(rows[0]?.left).toBeLessThan(91)
})
