import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import pg from "pg"
import { afterEach, beforeEach, expect, test } from "vitest"
import { lives } from "../src/store/postmaster.ts"
import { freshDatabase } from "./support/database.ts"
import { kill, openLot, type Lot } from "./support/lot.ts"
import { until } from "./support/running.ts"

let lot: Lot
beforeEach(() => {
  lot = openLot()
})
afterEach(() => lot.close())

test("a power cut while the database is being made, and one more that takes the house alone: the next start works, and nothing of them is left", async () => {
  for (const whole of [true, false]) {
    const house = await lot.start()
    await until(() => lot.named("PG_VERSION").length > 0)
    kill(whole ? -house.child.pid : house.child.pid)
    await house.ended
  }
  const house = await lot.start()
  await house.ready()
  expect(readdirSync(lot.data).sort()).toEqual(["keyring.json", "postgres"])
})

test("another keyring, while PostgreSQL was left running: it is said that the keyring is the wrong one, and the right one takes over", async () => {
  const first = await lot.start()
  await first.ready()
  kill(first.child.pid)
  await first.ended
  const left = lot.postmaster() ?? 0
  expect(lives(left)).toBe(true)

  const other = join(lot.folder, "other.json")
  writeFileSync(other, JSON.stringify({ pepper: Buffer.alloc(32, 1).toString("base64"), keys: [{ number: 1, key: Buffer.alloc(32, 2).toString("base64") }] }))
  const wrong = await lot.start({ KEYRING_FILE: other })
  expect(await wrong.ended).toBe(1)
  expect(wrong.complaints()).toBe(
    "Hamraaz can't start: the database in the data folder was made with another keyring. Put back the copy of its keyring file, or correct KEYRING_FILE.\n",
  )

  const right = await lot.start()
  await right.ready()
  expect(lot.postmaster()).toBe(left)
})

test("the pages are built before the house says that it lives: nothing slow stands between that and its loops", async () => {
  const database = await freshDatabase()
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    await client.query("create table lived (at timestamptz)")
    await client.query("create function lives() returns trigger language plpgsql as $$ begin insert into lived values (clock_timestamp()); return new; end $$")
    await client.query("create trigger lives before insert on process for each row execute function lives()")
    const built = join(lot.folder, "built")
    const house = await lot.start({ DATABASE_URL: database.url }, slowToBuild(built))
    await house.ready()
    const { rows } = await client.query<{ first: Date }>("select min(at) as first from lived")
    expect(rows[0]?.first.getTime()).toBeGreaterThanOrEqual(Number(readFileSync(built, "utf8")))
  } finally {
    await client.end()
    await lot.close()
    await database.drop()
  }
})

/** A copy of the house whose pages take a second; it writes down when they are built. */
function slowToBuild(built: string): string {
  const from = resolve(import.meta.dirname, "..")
  const house = join(lot.folder, "house")
  for (const part of ["src", "content", "prisma", "package.json"]) cpSync(join(from, part), join(house, part), { recursive: true })
  for (const part of ["node_modules", "dist"]) symlinkSync(join(from, part), join(house, part))
  const file = join(house, "src/web/build.ts")
  const text = readFileSync(file, "utf8")
  const name = "export async function buildBrowserApps(): Promise<void> {"
  if (!text.includes(name)) throw new Error("nothing was planted")
  const slow = `
  await new Promise((resolve) => setTimeout(resolve, 1000))
  writeFileSync(${JSON.stringify(built)}, String(Date.now()))
  if (Date.now() > 0) return`
  writeFileSync(file, text.replace(name, name + slow))
  return house
}
