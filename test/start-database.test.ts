import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import pg from "pg"
import { afterEach, beforeEach, expect, test } from "vitest"
import { databasePassword } from "../src/vault/derived.ts"
import { runningServer } from "../src/store/own-server.ts"
import { keyringAt } from "../src/vault/cover.ts"
import { kill, openLot, type Lot, type Started } from "./support/lot.ts"
import { until } from "./support/running.ts"

let lot: Lot
beforeEach(() => {
  lot = openLot()
})
afterEach(() => lot.close())

test("our own PostgreSQL is killed twice in the middle of a load: it is started again, turns are taken again, and nothing acknowledged is lost", { timeout: 60_000 }, async () => {
  const house = await lot.start()
  await house.ready()
  const acknowledged = new Map<string, number>()
  const total = () => [...acknowledged.values()].reduce((sum, count) => sum + count, 0)
  let over = false
  const people = Array.from({ length: 24 }, (_, n) => person(house, `p${n}`, acknowledged, () => over))
  for (let time = 1; time <= 2; time++) {
    const mark = total() + 100
    await until(() => total() > mark)
    const killedAt = performance.now()
    kill(lot.postmaster() ?? 0)
    await until(() => restarts(house) === time)
    expect(performance.now() - killedAt).toBeLessThan(8000)
    await until(async () => (await fetch(`${house.url}/readyz`)).status === 200)
  }
  const mark = total() + 100
  await until(() => total() > mark)
  over = true
  await Promise.all(people)

  const client = new pg.Client({ connectionString: await runningServer(lot.data, databasePassword(keyringAt(join(lot.data, "keyring.json"), false))) })
  await client.connect()
  try {
    await until(async () => (await client.query("select from outbox where status in ('waiting', 'unknown')")).rowCount === 0)
    const { rows } = await client.query<{ taken: number; answered: number; lost: number }>(
      `select (select count(*)::int from delivery) as taken, (select count(*)::int from simulator_message) as answered,
        (select count(*)::int from outbox where status <> 'sent') as lost`,
    )
    expect(rows[0]?.lost).toBe(0)
    // A turn may have been committed without its acknowledgement, never the other way round.
    expect(rows[0]?.taken).toBeGreaterThanOrEqual(total())
    expect(rows[0]?.answered).toBe(rows[0]?.taken)
  } finally {
    await client.end()
  }
  house.child.kill("SIGTERM")
  expect(await house.ended).toBe(0)
  expect(lot.postmaster()).toBeUndefined()
})

const restarts = ({ lines }: Started) => lines.filter((line) => line.includes('"event":"database-restarted","done":true')).length

/** Writes one message after the other; counts what was acknowledged. */
async function person({ url }: Started, from: string, acknowledged: Map<string, number>, over: () => boolean): Promise<void> {
  while (!over()) {
    const { status } = await fetch(`${url}/simulator/messages`, { method: "POST", body: JSON.stringify({ as: "sms", from, text: "menu" }) })
    if (status === 202) acknowledged.set(from, (acknowledged.get(from) ?? 0) + 1)
    // A provider comes again after a while.
    else await wait(50)
  }
}
