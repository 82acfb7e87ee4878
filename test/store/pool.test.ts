import { expect, test } from "vitest"
import { openStore } from "../../src/store/pool.ts"
import { freshDatabase } from "../support/database.ts"

test("a connection that ends while somebody holds it fails what is asked of it next, and ends nothing else", async () => {
  const database = await freshDatabase()
  const { pool, close } = openStore(database.url, () => {})
  const held = await pool.connect()
  const { rows } = await held.query<{ pid: number }>("select pg_backend_pid() as pid")
  const ended = new Promise((resolve) => held.once("end", resolve))
  await pool.query("select pg_terminate_backend($1)", [rows[0]?.pid])
  await ended
  await expect(held.query("select 1")).rejects.toThrow()
  held.release()
  expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }])
  await close()
  await database.drop()
})
