import { execFileSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import pg from "pg"
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest"
import { runningServer, startOwnServer, type OwnServer } from "../../src/store/own-server.ts"
import { lives, WrongPassword } from "../../src/store/postmaster.ts"
import { kill, openLot, type Lot } from "../support/lot.ts"
import { until } from "../support/running.ts"

const PASSWORD = "only-for-tests"
const first = openLot()
let lot: Lot
let servers: OwnServer[] = []

beforeAll(async () => {
  await (await startOwnServer(first.data, PASSWORD, false)).stop()
})
beforeEach(() => {
  lot = openLot(first.data)
})
afterEach(async () => {
  for (const server of servers) await server.stop()
  servers = []
  await lot.close()
})
afterAll(() => first.close())

async function start(restarted?: (failure?: unknown) => void, password = PASSWORD): Promise<OwnServer> {
  const server = await startOwnServer(lot.data, password, true, restarted)
  servers.push(server)
  return server
}

async function answer(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  client.on("error", () => {})
  try {
    await client.connect()
    return (await client.query<{ n: number }>("select 1 as n")).rows[0]?.n ?? 0
  } finally {
    await client.end().catch(() => {})
  }
}

const pid = () => lot.postmaster() ?? 0

test("killed again and again, it comes back at the same address each time, within seconds", async () => {
  const told: unknown[] = []
  const { url } = await start((failure) => told.push(failure))
  for (let time = 0; time < 3; time++) {
    const before = pid()
    const killedAt = performance.now()
    kill(before)
    await until(() => told.filter((failure) => failure === undefined).length > time)
    expect(performance.now() - killedAt).toBeLessThan(8000)
    expect(pid()).not.toBe(before)
    expect(await answer(url)).toBe(1)
  }
})

test("one that was taken over is looked after like one that was started", async () => {
  const { url } = await start()
  let restarts = 0
  expect((await start(() => restarts++)).url).toBe(url)
  // The first one would start it as well; in the house it would be dead by now.
  await servers.shift()?.stop()
  await until(() => restarts > 0)
  expect(await answer(url)).toBe(1)
})

test("what stands in the way is told, with pauses that grow, and once it is gone the server comes back", async () => {
  const told: { readonly at: number; readonly failure: unknown }[] = []
  const { url } = await start((failure) => told.push({ at: performance.now(), failure }))
  const settings = join(lot.data, "postgres", "postgresql.conf")
  const good = readFileSync(settings, "utf8")
  writeFileSync(settings, `${good}\nno such setting\n`)
  kill(pid())
  await until(() => told.length >= 4)
  expect(new Set(told.map(({ failure }) => (failure as Error).name))).toEqual(new Set(["PostgresEnded"]))
  const pauses = told.slice(1).map(({ at }, n) => at - (told[n]?.at ?? 0))
  for (const [n, atLeast] of [200, 400, 800].entries()) expect(pauses[n]).toBeGreaterThan(atLeast)
  writeFileSync(settings, good)
  await until(() => told.at(-1)?.failure === undefined)
  expect(await answer(url)).toBe(1)
})

test("stopped while it is down, it stays down", async () => {
  const told: unknown[] = []
  const server = await start((failure) => told.push(failure))
  const database = pid()
  kill(database)
  await server.stop()
  expect(lives(database)).toBe(false)
  // What it leaves behind lets go of its port a moment later.
  await until(() =>
    answer(server.url).then(
      () => false,
      (cause: unknown) => (cause as { code?: string }).code === "ECONNREFUSED",
    ),
  )
  expect(told).toEqual([])
})

test("a lock file that names nobody, a dead process, a stranger or a PostgreSQL of another folder doesn't hinder", async () => {
  const file = join(lot.data, "postgres", "postmaster.pid")
  const gone = Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }))
  const other = openLot(first.data)
  try {
    const elsewhere = await startOwnServer(other.data, PASSWORD, false)
    servers.push(elsewhere)
    const [, , , port] = readFileSync(join(other.data, "postgres", "postmaster.pid"), "utf8").split("\n")
    for (const number of ["", gone, process.pid, other.postmaster()]) {
      writeFileSync(file, number === "" ? "" : `${number}\n${join(lot.data, "postgres")}\n1795000000\n${port}\n\n127.0.0.1\n`)
      const server = await start()
      expect(server.url).not.toBe(elsewhere.url)
      expect(await answer(server.url)).toBe(1)
      await server.stop()
    }
    expect(await answer(elsewhere.url)).toBe(1)
  } finally {
    await servers.shift()?.stop()
    await other.close()
  }
})

test("another password is told as such, whether the server runs or not, and whoever asks; the one that runs is left alone", async () => {
  await expect(start(undefined, "another")).rejects.toThrow(WrongPassword)
  const { url } = await start()
  await expect(start(undefined, "another")).rejects.toThrow(WrongPassword)
  await expect(runningServer(lot.data, "another")).rejects.toThrow(WrongPassword)
  expect(await runningServer(lot.data, PASSWORD)).toBe(url)
  expect(await answer(url)).toBe(1)
})
