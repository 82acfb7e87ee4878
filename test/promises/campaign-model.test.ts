import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { hoursIn } from "../../src/flows/campaign-dates.ts"
import { isQuiet } from "../../src/helpline/campaign-time.ts"
import { CAMPAIGN, EVE, openCampaign, type LedgerRow } from "../support/campaign-world.ts"
import { PROOF } from "../support/proof.ts"

const HOUR = 3600_000
const ZONES = Intl.supportedValuesOf("timeZone")
const PEOPLE = PROOF ? 10_000 : 120
const STEP = PROOF ? HOUR / 2 : 2 * HOUR
const DAYS = 16
const FINAL = new Set(["sent", "delivered", "refused", "skipped"])
const TURN_SECONDS = PROOF ? 7200 : 300

/** Chance that a failing run can be told by: the same seed makes the same days. */
function lot(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    chance: (part: number) => next() < part,
    below: (most: number) => Math.floor(next() * most),
    of: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T,
  }
}

/** What a person did, as far as it bears on what she may expect. */
type Person = { address: string; zone: string; hour: number; since: number; until: number; forgotten: boolean; moved: boolean; busy: number[] }

describe(`sixteen days of ${PEOPLE} people in all time zones`, () => {
  let world: Awaited<ReturnType<typeof openCampaign>>
  const people: Person[] = []
  const paused: [number, number][] = []
  let cuts = 0

  beforeAll(async () => {
    const { chance, below, of } = lot(20_261_125)
    world = await openCampaign()
    const now = () => world.house.now()
    const joins = async (): Promise<void> => {
      const person: Person = {
        address: `sms:+92${people.length}`,
        zone: of(ZONES),
        hour: 8 + below(12),
        since: now(),
        until: Number.POSITIVE_INFINITY,
        forgotten: false,
        moved: false,
        busy: [],
      }
      people.push(person)
      await world.join(person.address, person.zone, person.hour)
    }
    /** How often something happens in a step that happens to so many of a hundred people in sixteen days. */
    const times = (percent: number) => {
      const mean = (PEOPLE * percent * STEP) / (100 * DAYS * 24 * HOUR)
      return Math.floor(mean) + (chance(mean % 1) ? 1 : 0)
    }
    const here = () => people.filter(({ until, forgotten }) => until > now() && !forgotten)
    for (let n = 0; n < PEOPLE * 0.7; n++) await joins()

    const end = EVE + (DAYS + 3) * 24 * HOUR
    while (now() < end) {
      for (let n = times(30); n > 0 && people.length < PEOPLE; n--) await joins()
      for (let n = times(25); n > 0; n--) {
        const gone = of(here())
        gone.until = now()
        if (chance(0.3)) {
          gone.forgotten = true
          await world.forget(gone.address)
        } else await world.step(gone.address, { type: "leave", campaign: CAMPAIGN })
      }
      for (let n = times(25); n > 0; n--) {
        const moved = of(here())
        Object.assign(moved, { zone: of(ZONES), hour: 8 + below(12), moved: true })
        await world.step(moved.address, { type: "change", campaign: CAMPAIGN, zone: moved.zone, hour: moved.hour })
      }
      for (let n = times(80); n > 0; n--) {
        const busy = of(here())
        busy.busy.push(now())
        await world.write(busy.address, "hi")
      }
      if (chance(0.03)) {
        await world.setSwitch("paused")
        const from = now()
        for (let n = 1 + below(4); n > 0; n--) {
          world.advance(STEP)
          await world.turn()
        }
        paused.push([from, now()])
        await world.setSwitch("running")
      }
      if (chance(0.12)) {
        // A power cut at any statement of a round, and another house some time later.
        cuts += 1
        await world.turnCutAfter(below(60))
        const from = now()
        if (chance(0.3)) world.advance(9 * HOUR)
        await world.reopen()
        paused.push([from, now()])
      }
      await world.turn()
      world.advance(STEP)
    }
    await world.turn()
  }, TURN_SECONDS * 1000)
  afterAll(() => world.close())

  const byPerson = (rows: readonly LedgerRow[]) => Map.groupBy(rows, ({ id }) => id)

  test("each of them has exactly one row for every day, and it says what became of it", async () => {
    const ledger = byPerson(await world.ledger())
    expect(ledger.size).toBe(people.filter(({ forgotten }) => !forgotten).length)
    for (const rows of ledger.values()) expect(rows.map(({ day }) => day)).toEqual(Array.from({ length: DAYS }, (_, index) => index + 1))
    const open = [...ledger.values()].flat().filter(({ status, why }) => !FINAL.has(status) || (status === "skipped" && why === null))
    expect(open).toEqual([])
  })

  test("what it calls sent stood on a phone, once; and nothing else did", async () => {
    const rows = await world.ledger()
    const sent = rows.filter(({ status }) => status === "sent" || status === "delivered")
    const doubtful = rows.filter(({ status, why }) => status === "refused" && why === "in-doubt")
    const told = (list: readonly { readonly address: string | null; readonly day: number }[]) => list.map(({ address, day }) => `${address} ${day}`).sort()
    const kept = new Set(people.filter(({ forgotten }) => !forgotten).map(({ address }) => address))
    const unsure = new Set(told(doubtful))
    expect(told(world.arrived.filter(({ address }) => kept.has(address))).filter((one) => !unsure.has(one))).toEqual(told(sent))
    expect(rows.filter(({ status }) => status === "refused").length).toBe(doubtful.length)
    expect(new Set(told(world.arrived)).size).toBe(world.arrived.length)
  })

  test("nothing came to anybody in a quiet hour, before joining, or after leaving", () => {
    for (const { address, at } of world.arrived) {
      const person = people.find((one) => one.address === address)
      if (person === undefined) throw new Error("somebody whom nobody knows")
      expect(at).toBeGreaterThan(person.since)
      expect(at).toBeLessThanOrEqual(person.until + STEP)
      if (!person.moved) expect(isQuiet(at, person.zone, hoursIn({ from: 8, to: 20 }, "PK")), `${address} ${new Date(at).toISOString()}`).toBe(false)
    }
  })

  test("whoever wasn't in the way of it got every action, within its time", async () => {
    const disturbed = (due: number, { busy }: Person) => paused.some(([from, to]) => to >= due - STEP && from <= due + STEP) || busy.some((at) => Math.abs(at - due) < 3 * HOUR)
    let served = 0
    for (const row of await world.ledger()) {
      const person = people.find(({ address }) => address === row.address)
      if (person === undefined || person.moved || row.why === "joined-later" || row.why === "left") continue
      const { status, due_at: due, until } = row
      // A last hour that the house's long steps leap over is no fault of its own.
      if (until.getTime() - due.getTime() < STEP + HOUR || disturbed(due.getTime(), person)) continue
      expect(status, JSON.stringify(row)).toBe("sent")
      served += 1
    }
    expect(served).toBeGreaterThan(PEOPLE * 2)
  })

  test("the house was really cut off, again and again", () => {
    expect(cuts).toBeGreaterThan(8)
    expect(world.arrived.length).toBeGreaterThan(PEOPLE * 8)
  })
})
