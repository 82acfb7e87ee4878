import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { createSlackShelf } from "../../src/helpline/slack-shelf.ts"
import { openRig, type Rig } from "../support/slack-rig.ts"
import { readable } from "../support/slack.ts"

let rig: Rig
beforeEach(async () => {
  rig = await openRig("relay")
})
afterEach(() => rig.close())

const fails = () => rig.lines.filter((line) => line.includes('"slack-failed"')).map((line) => (JSON.parse(line) as { readonly code: string }).code)

describe("while Slack is away", () => {
  test("it is asked again after growing waits, and what was missed is made up for when it is back", async () => {
    const mina = await rig.hire("Mina")
    const early = rig.desk.asks()
    await rig.settle()
    await rig.stand.down()
    await rig.desk.service.claim(mina.id, early)
    rig.desk.says(early, "are you there?")
    const waits: number[] = []
    for (let turns = 0; turns < 9; turns++) {
      const { waitMs } = await rig.slack.step()
      waits.push(Math.round(waitMs / 1000))
      rig.advance(waitMs + 1)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60])
    expect(new Set(fails())).toEqual(new Set(["ECONNREFUSED"]))
    // Nobody at the desk notices.
    expect(await rig.desk.service.write(mina.id, early, "yes", "key")).toBeUndefined()
    rig.desk.asks({ name: "blue finch", risk: 0 })
    rig.desk.ends(rig.desk.asks({ name: "grey wren" }))
    await rig.stand.up()
    rig.advance(61_000)
    await rig.settle()
    expect(rig.stand.room().map((card) => readable(card).split("\n")[1])).toEqual(["amber heron", "blue finch"])
    const [first] = rig.stand.room()
    expect(readable(first as never)).toContain("Taken by Mina")
    expect(rig.stand.thread(first?.ts ?? "").map((message) => readable(message).split("\n")[1])).toEqual([expect.stringContaining("Off"), "are you there?"])
    expect(rig.lines.join("")).toContain('"slack-back"')
  })

  test("being woken makes it no faster", async () => {
    await rig.stand.down()
    rig.desk.asks()
    const { waitMs } = await rig.slack.step()
    for (let turns = 0; turns < 20; turns++) expect((await rig.slack.step()).waitMs).toBeLessThanOrEqual(waitMs)
    expect(fails()).toHaveLength(1)
    await rig.stand.up()
  })

  test("as long as it says, when it says that we are too fast", async () => {
    rig.desk.asks()
    rig.stand.misbehave("chat.postMessage", { type: "slow-down", retryAfter: 30 })
    expect(await rig.slack.step()).toEqual({ did: 0, waitMs: 30_000 })
    rig.advance(29_000)
    expect((await rig.slack.step()).waitMs).toBeGreaterThan(900)
    expect(rig.stand.calls).toHaveLength(1)
    rig.advance(1001)
    await rig.settle()
    rig.card()
    expect(rig.stand.called("conversations.history")).toEqual([])
  })

  test.each(["garbage", "page"] as const)("a %s instead of an answer is no answer", async (type) => {
    rig.desk.asks()
    rig.stand.misbehave("*", { type, status: 502 }, { type, status: 502 }, { type, status: 502 })
    for (let turns = 0; turns < 5; turns++) {
      await rig.settle()
      rig.advance(60_000)
    }
    rig.card()
    expect(fails()).toHaveLength(3)
  })

  test("a token that is no longer good stops nothing else", async () => {
    rig.desk.asks()
    rig.stand.misbehave("chat.postMessage", { type: "error", error: "account_inactive" })
    await rig.settle()
    rig.advance(1001)
    await rig.settle()
    rig.card()
    expect(fails()).toEqual(["account_inactive"])
  })

  test("one card that Slack won't have doesn't hold up the others", async () => {
    rig.desk.asks({ name: "amber heron" })
    rig.desk.asks({ name: "blue finch" })
    rig.stand.misbehave("chat.postMessage", { type: "error", error: "restricted_action" })
    await rig.settle()
    expect(readable(rig.card())).toContain("blue finch")
    rig.advance(10_000)
    await rig.settle()
    expect(rig.stand.room()).toHaveLength(2)
  })

  test("a desk that is out of reach is asked again; nothing is taken for forgotten", async () => {
    rig.desk.asks()
    await rig.settle()
    const { cards } = rig.desk.service
    Object.assign(rig.desk.service, { cards: () => Promise.reject(Object.assign(new Error("words"), { code: "57P01" })) })
    expect((await rig.slack.step()).waitMs).toBe(1000)
    Object.assign(rig.desk.service, { cards })
    rig.advance(1001)
    await rig.settle()
    rig.card()
    expect(fails()).toEqual(["57P01"])
  })
})

describe("a post of unknown fate", () => {
  test.each([true, false])("stands once, whether it had arrived (%s) or not", async (arrived) => {
    const mina = await rig.hire("Mina")
    for (let cards = 0; cards < 5; cards++) rig.desk.asks()
    await rig.settle()
    const id = rig.desk.asks()
    rig.stand.misbehave("chat.postMessage", { type: "drop", arrived })
    await rig.settle()
    rig.advance(1001)
    await rig.settle()
    expect(rig.stand.room()).toHaveLength(6)
    await rig.desk.service.claim(mina.id, id)
    rig.desk.says(id, "one")
    rig.stand.misbehave("chat.postMessage", { type: "drop", arrived }, { type: "drop", arrived }, { type: "drop", arrived })
    for (let turns = 0; turns < 5; turns++) {
      await rig.settle()
      rig.advance(60_000)
    }
    const card = rig.stand.room().at(-1)
    expect(rig.stand.thread(card?.ts ?? "").map((message) => readable(message).split("\n")[1])).toEqual([expect.stringContaining("Off"), "one"])
  })

  test("that can't even be looked for is sent again: a card twice is better than none", async () => {
    rig.desk.asks()
    rig.stand.misbehave("chat.postMessage", { type: "drop", arrived: false })
    rig.stand.misbehave("conversations.history", { type: "error", error: "missing_scope" })
    await rig.settle()
    rig.advance(1001)
    await rig.settle()
    rig.card()
  })

  test("is taken away with the rest, when she has it forgotten meanwhile", async () => {
    const id = rig.desk.asks()
    rig.stand.misbehave("chat.postMessage", { type: "drop", arrived: true })
    await rig.settle()
    expect(rig.stand.room()).toHaveLength(1)
    rig.desk.forgets(id)
    rig.advance(1001)
    await rig.settle()
    expect(rig.stand.room()).toEqual([])
  })
})

describe("who speaks to Slack", () => {
  test("is one process at a time; when it is gone, the next goes on where it stopped", async () => {
    const next = rig.another()
    const id = rig.desk.asks()
    await rig.settle()
    expect(await next.step()).toEqual({ did: 0, waitMs: 5000 })
    rig.desk.change(id, { risk: 0 })
    await next.step()
    expect(readable(rig.card())).toContain("Danger")
    // It died: nobody gave anything back, its time runs out.
    await rig.store.prisma.slackTurn.updateMany({ data: { until: new Date(Date.now() - 1000) } })
    await rig.settle(next)
    expect(readable(rig.card())).toContain("No risk heard")
    expect(await rig.slack.step()).toEqual({ did: 0, waitMs: 5000 })
    await next.close()
    await rig.settle()
    expect((await rig.slack.step()).waitMs).toBe(15_000)
  })

  test("loses its turn between two messages without saying one more", async () => {
    const other = createSlackShelf(rig.store)
    for (let cards = 0; cards < 3; cards++) rig.desk.asks()
    const { cards } = rig.desk.service
    let stolen = false
    const slow = rig.another({
      pause: async (ms) => {
        rig.advance(ms)
        if (stolen) return
        stolen = true
        await rig.store.prisma.slackTurn.deleteMany()
        expect(await other.hold()).toBe(true)
      },
    })
    expect((await cards()).length).toBe(3)
    expect(await slow.step()).toEqual({ did: 1, waitMs: 5000 })
    expect(rig.stand.room()).toHaveLength(1)
    expect(fails()).toEqual([])
  })

  test("never goes faster than one message a second", async () => {
    for (let cards = 0; cards < 12; cards++) rig.desk.asks()
    await rig.settle()
    const times = rig.stand.calls.map(({ at }) => at)
    expect(times).toHaveLength(12)
    for (const [index, at] of times.entries()) if (index > 0) expect(at - (times[index - 1] ?? 0)).toBeGreaterThan(950)
  })

  test("newcomers come before the rest, even when much is to be done", async () => {
    const mina = await rig.hire("Mina")
    const { id } = await rig.taken(mina)
    for (let lines = 0; lines < 15; lines++) rig.desk.says(id, `line ${lines}`)
    await rig.slack.step()
    rig.desk.asks({ name: "blue finch" })
    await rig.slack.step()
    const shown = rig.stand.called("chat.postMessage").map(({ raw }) => decodeURIComponent(raw))
    const late = shown.findIndex((raw) => raw.includes("blue%20finch") || raw.includes("blue finch"))
    expect(late).toBeGreaterThan(0)
    expect(shown.slice(late).some((raw) => raw.includes("line 14") || raw.includes("line%2014"))).toBe(true)
  })
})

describe("the loop", () => {
  test("is woken by the desk, and ends at once", async () => {
    rig.slack.begin()
    rig.desk.asks()
    await expect.poll(() => rig.stand.room().length).toBe(1)
    const begun = performance.now()
    await rig.slack.close()
    expect(performance.now() - begun).toBeLessThan(1000)
    expect(await rig.store.prisma.slackTurn.count()).toBe(0)
    rig.desk.asks()
  })
})
