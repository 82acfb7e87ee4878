import type { ChildProcess } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { expect, test } from "vitest"
import { freePort } from "../../src/store/own-server.ts"
import { freshDatabase } from "../support/database.ts"
import { PROOF } from "../support/proof.ts"
import { startHouse, until } from "../support/running.ts"

/** The second house takes over from one that had taken over itself. */
const KILLS = PROOF ? 2 : 1

test("kill -9 in the middle of a load: every acknowledged turn's answer arrives once, in order", { timeout: 90_000 }, async () => {
  const database = await freshDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), "hamraaz-crash-"))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let house = await start(port, dataDir, database.url)
  const acknowledged = new Map<string, number>()
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      let killed = false
      const people = Array.from({ length: 24 }, (_, n) => person(url, `p${n}`, acknowledged, () => killed))
      await until(() => total(acknowledged) >= (kill + 1) * 400)
      house.kill("SIGKILL")
      killed = true
      await Promise.all(people)
      house = await start(port, dataDir, database.url)
    }
    await until(async () => (await one(client, "select count(*)::int as n from outbox where status in ('waiting', 'unknown')")) === 0)
    for (const [from, count] of acknowledged) {
      const { messages } = (await (await fetch(`${url}/simulator/messages?as=sms&from=${from}`)).json()) as { messages: unknown[] }
      // Turns that committed just before the kill may be more than were acknowledged, never fewer.
      expect(messages.length).toBeGreaterThanOrEqual(Math.min(count, 200))
    }
    expect(await one(client, "select count(*)::int as n from delivery")).toBe(await one(client, "select count(*)::int as n from simulator_message"))
    expect(await one(client, "select count(*)::int as n from outbox where status <> 'sent'")).toBe(0)
    const reordered = `select count(*)::int as n from (
      select (o.turn, o.position) as this, lag((o.turn, o.position)) over (partition by m.conversation_id order by m.id) as before
      from simulator_message m join outbox o on o.id = m.outbox_id) as seen where before > this`
    expect(await one(client, reordered)).toBe(0)
  } finally {
    await client.end()
    house.kill("SIGKILL")
    await database.drop()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

test("SIGTERM closes everything in order, and says so with the exit code", async () => {
  const database = await freshDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), "hamraaz-term-"))
  const house = await start(await freePort(), dataDir, database.url)
  const gone = new Promise((resolve) => house.once("exit", (code) => resolve(code)))
  house.kill("SIGTERM")
  expect(await gone).toBe(0)
  await database.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

test("whoever reads what the house tells may go: it goes on answering", async () => {
  const database = await freshDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), "hamraaz-unheard-"))
  const port = await freePort()
  const house = await start(port, dataDir, database.url)
  house.stdout?.destroy()
  const url = `http://127.0.0.1:${port}`
  // Each of these is told; the first one that can't be must not be the last thing that happens.
  for (let n = 0; n < 3; n++) expect((await fetch(`${url}/simulator/messages`, { method: "POST", body: "no JSON" })).status).toBe(400)
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  house.kill("SIGKILL")
  await database.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Writes one message after the other until the house dies; counts what was acknowledged. */
async function person(url: string, from: string, acknowledged: Map<string, number>, over: () => boolean): Promise<void> {
  while (!over()) {
    try {
      const { status } = await fetch(`${url}/simulator/messages`, { method: "POST", body: JSON.stringify({ as: "sms", from, text: "menu" }) })
      if (status === 202) acknowledged.set(from, (acknowledged.get(from) ?? 0) + 1)
    } catch {
      return
    }
  }
}

async function start(port: number, dataDir: string, databaseUrl: string): Promise<ChildProcess> {
  return (await startHouse({ PORT: String(port), DATA_DIR: dataDir, DATABASE_URL: databaseUrl, SIMULATOR: "on" })).child
}

async function one(client: pg.Client, statement: string): Promise<number> {
  return ((await client.query<{ n: number }>(statement)).rows[0] ?? { n: -1 }).n
}

const total = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0)
