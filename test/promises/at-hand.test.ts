import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { createFates } from "../../src/helpline/fates.ts"
import { sweep } from "../../src/store/shelves.ts"
import { freshDatabase } from "../support/database.ts"
import { openHouse, type House } from "../support/house.ts"
import { simulated } from "../support/simulated.ts"

describe("a place at hand", () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(() => house.close())

  test("whose row was erased meanwhile isn't brought back: she is greeted as somebody new", async () => {
    const she = simulated(house, "sms")
    await she.text("hi")
    await she.text("1")
    expect(await she.place()).toBe("menu.main")
    const { conversation } = await sweep(house.app.store, new Date(house.now() + 25 * 3600_000), house.app.ages)
    expect(conversation).toBe(1)
    await she.text("1")
    expect(await she.place()).toBe("hello.safe")
  })

  test("doesn't take a delivery for new that was taken before", async () => {
    const from = `+92${Math.floor(performance.now() * 1e6)}`
    const deliver = (deliveryId: string, text: string | null) =>
      house.app.receive({ channel: "simulator", address: `sms:${from}`, shape: "sms", deliveryId, heard: { type: "text", text: text as string } })
    expect(await deliver("a", "hi")).toBe("taken")
    expect(await deliver("b", null)).toBe("taken")
    expect([await deliver("a", "hi"), await deliver("b", null)]).toEqual(["repeated", "repeated"])
    await house.settle()
    expect(await house.app.store.prisma.parked.count()).toBe(1)
  })
})

test("two processes that answer one contact in turn each go on from where the other left her", async () => {
  const database = await freshDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), "hamraaz-hand-"))
  const houses = [await openHouse({}, { databaseUrl: database.url, dataDir }), await openHouse({}, { databaseUrl: database.url, dataDir })] as const
  try {
    const [here, there] = houses.map((house) => simulated(house, "sms", "+923001112233"))
    if (here === undefined || there === undefined) throw new Error("two houses")
    await here.text("hi")
    await there.text("1")
    await here.text("find help near me")
    const place = await there.place()
    expect(place).toMatch(/^find-help\./)
    await here.text("menu")
    await there.text("menu")
    await here.text("exit")
    await there.text("1")
    // EXIT reached the one; the other, with the menu still at hand, greets her anew.
    expect(await here.place()).toBe("hello.safe")
  } finally {
    for (const house of houses) await house.close()
    await database.drop()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

describe("fates", () => {
  test("that travel with a batch which fails are written all the same", async () => {
    const house = await openHouse()
    try {
      const she = simulated(house, "sms")
      await she.text("hi")
      const row = await house.app.store.prisma.outbox.findFirstOrThrow()
      await house.app.store.prisma.outbox.update({ where: { id: row.id }, data: { status: "waiting", process: "00000000-0000-4000-8000-000000000001" } })
      const fates = createFates({ sent: async () => {}, store: house.app.store, log: { loopFailed: () => {} } as never })
      fates.note({ id: row.id, process: "00000000-0000-4000-8000-000000000001" }, { status: "refused", code: "17" })
      await expect(fates.ride(() => Promise.reject(new Error("the batch failed")))).rejects.toThrow("the batch failed")
      await fates.idle()
      expect(await house.app.store.prisma.outbox.findUnique({ where: { id: row.id } })).toMatchObject({ status: "refused", code: "17", process: null })
    } finally {
      await house.close()
    }
  })

  test("of rows that she called back by leaving say what really became of them", async () => {
    const house = await openHouse()
    try {
      const she = simulated(house, "sms")
      await she.text("hi")
      const { prisma } = house.app.store
      const [row] = await prisma.outbox.findMany()
      if (row === undefined) throw new Error("no row")
      // As it stands while a send is under way.
      const process = house.app.lease.name()
      await prisma.outbox.update({ where: { id: row.id }, data: { status: "waiting", process } })
      house.app.fates.note({ id: row.id, process }, { status: "sent", providerId: "p-1" })
      await house.app.receive({ channel: "simulator", address: `sms:${she.from}`, shape: "sms", deliveryId: "leave", heard: { type: "text", text: "exit" } })
      expect(await prisma.outbox.findUnique({ where: { id: row.id } })).toMatchObject({ status: "sent", providerId: "p-1" })
    } finally {
      await house.close()
    }
  })
})
