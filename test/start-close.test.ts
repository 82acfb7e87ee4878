import { existsSync, readdirSync } from "node:fs"
import { createServer, type AddressInfo, type Socket } from "node:net"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { lives } from "../src/store/postmaster.ts"
import { openLot, type Lot, type Started } from "./support/lot.ts"
import { until } from "./support/running.ts"
import { SECRET, TOKEN } from "./support/telegram.ts"
import { deliver } from "./support/telegram-door.ts"

let lot: Lot
beforeEach(() => {
  lot = openLot()
})
afterEach(() => lot.close())

test("SIGTERM while the database is being made leaves nothing running", async () => {
  const house = await lot.start()
  await until(() => lot.named("PG_VERSION").length > 0)
  house.child.kill("SIGTERM")
  expect(await house.ended).toBe(0)
  expect(house.complaints()).toBe("")
  expect(lot.named("postmaster.pid")).toEqual([])
  expect(existsSync(join(lot.data, "postgres", "PG_VERSION"))).toBe(true)
  expect(readdirSync(lot.data).sort()).toEqual(["keyring.json", "postgres"])
})

describe("SIGTERM while a provider takes every call and never answers", () => {
  const sockets = new Set<Socket>()
  const asked: string[] = []
  const silent = createServer((socket) => {
    sockets.add(socket)
    socket.on("data", (chunk) => asked.push(chunk.toString())).on("error", () => {})
  })
  const settings = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_SECRET: SECRET, PUBLIC_URL: "https://help.example.org" }
  const telegram = () => ({ TELEGRAM_API_ROOT: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` })
  const asksFor = (method: string) => until(() => asked.some((said) => said.includes(`/${method} `)))
  beforeAll(() => new Promise<void>((listening) => silent.listen(0, "127.0.0.1", listening)))
  afterAll(() => {
    for (const socket of sockets) socket.destroy()
    silent.close()
  })

  /** Asks the house to end; gives back its exit code. */
  async function end({ child, ended }: Started): Promise<number | null> {
    const database = lot.postmaster() ?? 0
    expect(lives(database)).toBe(true)
    const began = performance.now()
    child.kill("SIGTERM")
    const code = await ended
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(lives(database)).toBe(false)
    expect(lot.postmaster()).toBeUndefined()
    return code
  }

  test("answers under way: everything ends in order, our own PostgreSQL too", async () => {
    const house = await lot.start({ ...settings, ...telegram() })
    await house.ready()
    const somebody = { id: 7, is_bot: false, first_name: "Somebody" }
    const message = { message_id: 1, date: Math.floor(Date.now() / 1000), chat: { id: 7, type: "private" }, from: somebody, text: "hi" }
    expect(await deliver(house, { update_id: 1, message })).toBe(200)
    await asksFor("sendMessage")
    expect(await end(house)).toBe(0)
  })

  test("a first round of polling under way: everything ends in order all the same", async () => {
    const house = await lot.start({ TELEGRAM_BOT_TOKEN: TOKEN, ...telegram() })
    await asksFor("deleteWebhook")
    expect(await end(house)).toBe(0)
  })
})
