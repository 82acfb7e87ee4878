import { describe, expect, test } from "vitest"
import { createClock } from "../../src/helpline/clock.ts"

/** A clock over one that is turned by hand, and a database whose answer takes as long as the test says. */
async function open(there: number) {
  const world = { elapsed: 1000, there, takes: 0, breaks: false }
  const clock = await createClock(
    () => world.elapsed,
    async () => {
      world.elapsed += world.takes / 2
      const { there: answer } = world
      world.elapsed += world.takes / 2
      if (world.breaks) throw new Error("no database")
      return answer
    },
  )
  return { world, clock }
}

describe("the clock of a house", () => {
  test("tells the database's time, and goes on by itself in between", async () => {
    const { world, clock } = await open(5_000_000)
    expect(clock.now()).toBe(5_000_000)
    world.elapsed += 70_000
    expect(clock.now()).toBe(5_070_000)
  })

  test("follows the database's when that is set", async () => {
    const { world, clock } = await open(5_000_000)
    world.there = 4_000_000
    await clock.set()
    expect(clock.now()).toBe(4_000_000)
    world.there = 6_000_000
    await clock.set()
    expect(clock.now()).toBe(6_000_000)
  })

  test("isn't moved by an answer that was long on its way and may be right", async () => {
    const { world, clock } = await open(5_000_000)
    world.takes = 2000
    // Looked at half way: 1000 ms have passed.
    world.there = 5_000_400
    await clock.set()
    expect(clock.now()).toBe(5_002_000)
  })

  test("is moved no further than such an answer proves it wrong", async () => {
    const { world, clock } = await open(5_000_000)
    world.takes = 2000
    world.there = 5_010_000
    await clock.set()
    expect(clock.now()).toBe(5_010_000)
  })

  test("goes on as it was when the database can't be asked", async () => {
    const { world, clock } = await open(5_000_000)
    world.breaks = true
    await expect(clock.set()).rejects.toThrow("no database")
    expect(clock.now()).toBe(5_000_000)
  })

  test("tells whole milliseconds", async () => {
    const { clock } = await open(5_000_000.4)
    expect(clock.now()).toBe(5_000_000)
  })
})
