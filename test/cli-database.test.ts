import { existsSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import { migrate } from "../src/store/migrate.ts"
import { startOwnServer, type OwnServer } from "../src/store/own-server.ts"
import type { Store } from "../src/store/pool.ts"
import { keyringAt } from "../src/vault/cover.ts"
import { databasePassword } from "../src/vault/derived.ts"
import { freshStore, type FreshStore } from "./support/database.ts"
import { folder, helpline } from "./support/helpline.ts"

describe("parked and sweep", () => {
  let fresh: FreshStore
  let store: Store
  beforeAll(async () => {
    fresh = await freshStore()
    store = fresh.store
  })
  afterAll(() => fresh.close())

  const park = (id: string, code: string, at: Date) =>
    store.prisma.parked.create({ data: { id, conversationId: "00000000-0000-8000-a000-000000000001", channel: "sms", code, at, heard: Uint8Array.of(1, 2, 3) } })

  test("parked says so when no turn has thrown, and else when, on which channel, what was thrown", async () => {
    expect(await helpline("parked", { DATABASE_URL: fresh.url })).toEqual({ code: 0, out: "No turn has thrown.\n", complaints: "" })
    const id = "00000000-0000-7000-8000-000000000001"
    await park(id, "TypeError", new Date("2026-12-01T10:20:30Z"))
    expect(await helpline("parked", { DATABASE_URL: fresh.url })).toEqual({ code: 0, out: `${id}  2026-12-01T10:20:30.000Z  sms  TypeError\n`, complaints: "" })
    await store.prisma.parked.deleteMany()
  })

  test("sweep erases what has reached its age, and nothing younger, and tells how many", async () => {
    await park("00000000-0000-7000-8000-000000000002", "old", new Date(Date.now() - 8 * 24 * 3600_000))
    await park("00000000-0000-7000-8000-000000000003", "young", new Date(Date.now() - 6 * 24 * 3600_000))
    const { code, out } = await helpline("sweep", { DATABASE_URL: fresh.url })
    expect(code).toBe(0)
    expect(out).toMatch(/^ +1 {2}parked$/m)
    expect(out).toMatch(/^ +0 {2}conversation$/m)
    expect((await store.prisma.parked.findMany()).map((row) => row.code)).toEqual(["young"])
  })

  test("a database without our tables gets a line that says what to do", async () => {
    for (const command of ["parked", "sweep"]) {
      expect(await helpline(command, { DATABASE_URL: inject("serverUrl") })).toEqual({
        code: 1,
        out: "",
        complaints: "This can't be done: this database has none of Hamraaz's tables yet. Start Hamraaz once.\n",
      })
    }
  })

  test("a database that doesn't answer gets a line, without the password in its address", async () => {
    expect(await helpline("sweep", { DATABASE_URL: "postgresql://me:hunter2@127.0.0.1:1/x" })).toEqual({
      code: 1,
      out: "",
      complaints: "This can't be done: no PostgreSQL answers at DATABASE_URL.\n",
    })
  })

  test("wrong settings are named all at once, and no value is told", async () => {
    const { code, complaints } = await helpline("parked", { DATABASE_URL: "mysql://hunter2", PORT: "hunter2" })
    expect(code).toBe(1)
    expect(complaints).toMatch(/^This can't be done: these settings are wrong\.\n {2}PORT: .*\n {2}DATABASE_URL: .*\n$/)
    expect(complaints).not.toContain("hunter2")
  })
})

describe("without DATABASE_URL", () => {
  const dataDir = folder()
  let own: OwnServer
  beforeAll(async () => {
    own = await startOwnServer(dataDir, databasePassword(keyringAt(join(dataDir, "keyring.json"), true)), false)
    await migrate(own.url)
  })
  afterAll(() => own.stop())

  test("the PostgreSQL of DATA_DIR is used while it runs; once it has stopped, it is not started", async () => {
    expect(await helpline("parked", { DATA_DIR: dataDir })).toEqual({ code: 0, out: "No turn has thrown.\n", complaints: "" })
    await own.stop()
    const { code, complaints } = await helpline("parked", { DATA_DIR: dataDir })
    expect(code).toBe(1)
    expect(complaints).toBe(`This can't be done: no Hamraaz is running on ${dataDir}. Start it, set DATA_DIR to its folder, or set DATABASE_URL.\n`)
    expect(existsSync(join(dataDir, "postgres", "postmaster.pid"))).toBe(false)
  })

  test("nothing is made in a folder where there is nothing", async () => {
    const empty = join(folder(), "data")
    expect((await helpline("sweep", { DATA_DIR: empty })).code).toBe(1)
    expect(existsSync(empty)).toBe(false)
  })
})
