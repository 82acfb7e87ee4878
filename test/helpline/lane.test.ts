import { expect, test } from "vitest"
import { createLane } from "../../src/helpline/lane.ts"
import type { LeavingRow } from "../../src/helpline/leaving.ts"

const channel = { name: "sms", perSecond: 1000, cost: () => 1, reportsLater: false, send: () => Promise.resolve({ status: "sent" as const }) } as const
const row = (id: string, bulk: boolean): LeavingRow => ({
  id,
  conversationId: id,
  turn: 1n,
  position: 0,
  channel: "sms",
  attempts: 0,
  doubts: 0,
  unknown: false,
  process: "",
  leaving: { address: "", shape: "sms", language: "en", what: { type: "say", key: "left.exit" }, ...(bulk && { bulk: { campaign: "c", until: 0 } }) },
})

/** Everything that leaves, in order. */
function order(lane: ReturnType<typeof createLane>): readonly string[] {
  const left: string[] = []
  for (let now = 0; !lane.isEmpty(); now += 10) {
    lane.note(lane.toNote().map(({ id }) => id))
    const next = lane.next(now)
    if (typeof next !== "object") continue
    left.push(next.id)
    lane.done()
  }
  return left
}

test("answers leave first; what one of them stands behind goes with them", () => {
  const lane = createLane(channel)
  for (const id of ["a", "b", "c"]) lane.push(row(id, true))
  lane.push(row("answer", false))
  lane.hasten("c")
  expect(order(lane)).toEqual(["answer", "c", "a", "b"])
})

test("what goes to many leaves once it is noted as tried; no more is noted than leaves in a twentieth of a second", () => {
  const lane = createLane({ ...channel, perSecond: 60 })
  for (const id of ["a", "b", "c", "d"]) lane.push(row(id, true))
  const nearest = lane.toNote()
  expect(nearest.map(({ id }) => id)).toEqual(["a", "b", "c"])
  expect([lane.next(0), lane.toNote()]).toEqual([undefined, []])
  lane.remove(({ id }) => id === "a")
  lane.note(["a", "b"])
  expect([lane.wasNoted("a"), lane.next(0)]).toEqual([false, nearest[1]])
  expect(lane.wasNoted("b")).toBe(true)
  expect(lane.toNote().map(({ id }) => id)).toEqual(["d"])
})

test("what goes to many leaves room for answers", () => {
  const lane = createLane(channel)
  for (let n = 0; n < 200; n++) lane.push(row(String(n), true))
  let underWay = 0
  for (let now = 0; now < 1000; now += 2) {
    lane.note(lane.toNote().map(({ id }) => id))
    if (typeof lane.next(now) === "object") underWay += 1
  }
  expect(underWay).toBe(96)
  lane.push(row("answer", false))
  expect(lane.next(2000)).toMatchObject({ id: "answer" })
})
