import { randomUUID } from "node:crypto"
import fc from "fast-check"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { MOST } from "../../src/flows/campaign-give.ts"
import type { DeclinedFor, GiftStep, Kind } from "../../src/flows/campaign-shapes.ts"
import { createContributions } from "../../src/helpline/contributions.ts"
import { writeDown } from "../../src/store/audit.ts"
import { sweepGiven } from "../../src/store/contributions.ts"
import type { Store } from "../../src/store/pool.ts"
import { eraseContact } from "../../src/store/shelves.ts"
import { inTransaction } from "../../src/store/transaction.ts"
import { createCover } from "../../src/vault/cover.ts"
import { freshStore, type FreshStore } from "../support/database.ts"
import { PROOF } from "../support/proof.ts"
import { freshKeyring } from "../support/report-house.ts"

const DAY_MS = 24 * 3600_000
const SANA = "5a5a5a5a-0000-4000-8000-000000000001"
const NOOR = "5a5a5a5a-0000-4000-8000-000000000002"

let fresh: FreshStore
let store: Store
let now = Date.parse("2026-11-25T10:00Z")
let service: ReturnType<typeof createContributions>

beforeAll(async () => {
  fresh = await freshStore()
  store = fresh.store
  const cover = createCover(freshKeyring())
  service = createContributions({ store, cover, now: () => now, aliasOf: async (id) => (id === SANA ? "Sana" : "Noor"), writes: (deed) => writeDown(store, new Date(now), deed) })
})
afterAll(() => fresh.close())
beforeEach(async () => {
  now = Date.parse("2026-11-25T10:00Z")
  await store.pool.query("truncate contribution, contribution_picture, muted, audit")
})

/** Does something with what she gave, as her turns do. */
const step = (who: string, ...steps: GiftStep[]) => inTransaction(store.pool, (client) => service.takeGifts(client, who, steps))
const give = (who: string, text: string, kind: Kind = "tip", more: Partial<Extract<GiftStep, { type: "give" }>> = {}) =>
  step(who, { type: "give", campaign: "sixteen-days", kind, language: "en", country: "PK", text, wording: 1, ...more })
const given = async (who: string) => (await service.facts([who]))(who)
const queue = (who = SANA, asked = {}) => service.moderation.queue(who, asked)
const texts = async () => (await service.moderation.shown()).map(({ text }) => text)
/** The one thing that waits with these words. */
async function waits(text: string): Promise<string> {
  const one = (await queue()).find((other) => other.text === text)
  if (one === undefined) throw new Error("it doesn't wait")
  return one.id
}
const publish = (who: string, id: string) => service.moderation.publish(who, id)
const decline = (who: string, id: string, why: DeclinedFor) => service.moderation.decline(who, id, why)
const propose = (who: string, id: string, text: string) => service.moderation.propose(who, id, text)
const takeDown = (who: string, id: string) => service.moderation.takeDown(who, id)
const mute = (who: string, id: string) => service.moderation.mute(who, id)

describe("what is given", () => {
  test("waits, covered, until a moderator says yes; then it stands in the clear", async () => {
    const her = randomUUID()
    await give(her, "Ask twice.", "square", { name: "Meena", day: 5 })
    expect(await texts()).toEqual([])
    expect(JSON.stringify((await store.pool.query("select encode(content, 'escape') as content, text, name from contribution")).rows)).not.toMatch(/Ask twice|Meena/)
    const [one] = await queue()
    expect(one).toMatchObject({ kind: "square", text: "Ask twice.", name: "Meena", day: 5, language: "en", country: "PK", status: "waiting", given: "2026-11-25" })
    expect(JSON.stringify(one)).not.toContain(her)
    expect(await publish(SANA, one!.id)).toBeUndefined()
    expect(await service.moderation.shown()).toMatchObject([{ text: "Ask twice.", name: "Meena", published: "2026-11-25" }])
    expect(JSON.stringify(await service.moderation.shown())).not.toMatch(new RegExp(`${her}|${one!.giver}|giver|conversation`))
    expect(await queue()).toEqual([])
    expect(await publish(SANA, one!.id)).toBe("changed")
  })

  test("that somebody else told says so to whoever moderates it", async () => {
    await give(randomUUID(), "A neighbour was believed.", "story", { told: true })
    expect(await queue()).toMatchObject([{ text: "A neighbour was believed.", told: true }])
  })

  test("is a story: it takes two people, and neither of them twice", async () => {
    await give(randomUUID(), "Somebody was followed.", "story")
    const id = await waits("Somebody was followed.")
    expect(await publish(SANA, id)).toBeUndefined()
    expect(await texts()).toEqual([])
    expect(await publish(SANA, id)).toBe("yours")
    expect((await queue(NOOR))[0]).toMatchObject({ status: "seconded", by: "Sana", yours: false })
    expect((await queue(SANA))[0]).toMatchObject({ status: "seconded", yours: true })
    expect(await publish(NOOR, id)).toBeUndefined()
    expect(await texts()).toEqual(["Somebody was followed."])
  })

  test("reads otherwise only with its giver's yes; a no leaves it as it was", async () => {
    const her = randomUUID()
    for (const text of ["first draft", "second draft"]) await give(her, text)
    const [first, second] = [await waits("first draft"), await waits("second draft")]
    expect(await propose(SANA, first, "First.")).toBeUndefined()
    expect(await propose(SANA, second, "Second.")).toBeUndefined()
    expect((await given(her)).given).toMatchObject([{ status: "changed" }, { status: "changed" }])
    expect(await publish(NOOR, first)).toBe("changed")
    expect(await texts()).toEqual([])
    await step(randomUUID(), { type: "agree", id: first, agrees: true })
    expect(await texts()).toEqual([])
    await step(her, { type: "agree", id: first, agrees: true }, { type: "agree", id: second, agrees: false })
    expect(await texts()).toEqual(["First."])
    expect(await queue()).toMatchObject([{ id: second, text: "second draft", status: "waiting" }])
    expect((await queue())[0]).not.toHaveProperty("proposal")
  })

  test("in other words, a story still takes somebody besides whoever changed it", async () => {
    const her = randomUUID()
    await give(her, "a story with a name in it", "story")
    const id = await waits("a story with a name in it")
    await propose(SANA, id, "a story")
    await step(her, { type: "agree", id, agrees: true })
    expect(await publish(SANA, id)).toBe("yours")
    expect(await publish(NOOR, id)).toBeUndefined()
    expect(await texts()).toEqual(["a story"])
  })

  test("can't be proposed in more words than she may give", async () => {
    await give(randomUUID(), "one line", "square")
    expect(await propose(SANA, await waits("one line"), "x".repeat(MOST.square + 1))).toBe("too-long")
    expect(await propose(SANA, await waits("one line"), "x".repeat(MOST.square))).toBeUndefined()
  })

  test("isn't shown for a reason that she reads; its words are gone", async () => {
    const her = randomUUID()
    await give(her, "my neighbour is called something")
    const id = await waits("my neighbour is called something")
    expect(await decline(SANA, id, "names")).toBeUndefined()
    expect((await given(her)).given).toMatchObject([{ status: "declined", why: "names" }])
    expect((await store.pool.query("select content, proposal, text from contribution")).rows).toEqual([{ content: null, proposal: null, text: null }])
    expect(await publish(SANA, id)).toBe("changed")
    expect(await decline(SANA, randomUUID(), "names")).toBe("gone")
  })

  test("is asked for by campaign, kind and language, the oldest first; what waits for its giver stands behind", async () => {
    const her = randomUUID()
    await give(her, "an old tip")
    now += DAY_MS
    await give(her, "un consejo", "tip", { language: "es" })
    await give(her, "a letter", "letter", { campaign: "be-safe" })
    await propose(SANA, await waits("an old tip"), "An old tip.")
    expect((await queue()).at(-1)).toMatchObject({ text: "an old tip", proposal: "An old tip." })
    const asked = async (wanted: object) => (await queue(SANA, wanted)).map(({ text }) => text)
    expect(await asked({ language: "es" })).toEqual(["un consejo"])
    expect(await asked({ kind: "letter" })).toEqual(["a letter"])
    expect(await asked({ campaign: "sixteen-days", kind: "tip" })).toEqual(["un consejo", "an old tip"])
  })
})

describe("whoever gave it", () => {
  test("takes it back wherever it stands, and nobody else can", async () => {
    const her = randomUUID()
    const stands: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
      waiting: async () => {},
      seconded: (id) => publish(SANA, id),
      changed: (id) => propose(SANA, id, "other"),
      declined: (id) => decline(SANA, id, "hurts"),
      published: async (id) => void (await publish(SANA, id), await publish(NOOR, id)),
    }
    for (const [status, act] of Object.entries(stands)) {
      await give(her, `it is ${status}`, "story")
      const id = await waits(`it is ${status}`)
      await act(id)
      expect((await store.pool.query<{ status: string }>("select status from contribution")).rows).toEqual([{ status }])
      await step(randomUUID(), { type: "take-back", id })
      expect((await given(her)).given, status).toHaveLength(1)
      await step(her, { type: "take-back", id })
      expect((await store.pool.query("select from contribution")).rowCount, status).toBe(0)
    }
    expect(await texts()).toEqual([])
  })

  test("says FORGET, and all of it is gone, what is shown too; others' stays", async () => {
    const [her, other] = [randomUUID(), randomUUID()]
    for (const text of ["shown", "waits", "not shown"]) await give(her, text)
    await give(other, "another's")
    for (const text of ["shown", "another's"]) await publish(SANA, await waits(text))
    await decline(SANA, await waits("not shown"), "twice")
    await eraseContact(store, her, 5n, new Date(now))
    expect(await texts()).toEqual(["another's"])
    expect((await given(her)).given).toEqual([])
  })

  test("is forgotten after sixty days: what is shown stays and is nobody's, the rest is gone", async () => {
    const her = randomUUID()
    for (const text of ["shown", "waits"]) await give(her, text)
    const id = await waits("shown")
    await publish(SANA, id)
    await sweepGiven(store.pool, new Date(now + 59 * DAY_MS))
    expect((await given(her)).given).toHaveLength(2)
    await sweepGiven(store.pool, new Date(now + 62 * DAY_MS))
    expect((await given(her)).given).toEqual([])
    expect(await queue()).toEqual([])
    expect(await texts()).toEqual(["shown"])
    // Nobody is left to be muted, or to say yes to other words.
    expect(await mute(SANA, id)).toBe("gone")
    expect(await takeDown(SANA, id)).toBeUndefined()
    expect(await propose(SANA, id, "other words")).toBe("gone")
    expect(await queue()).toMatchObject([{ id, text: "shown" }])
    expect((await queue())[0]).not.toHaveProperty("giver")
  })

  test("has ten things waiting at most; what is decided makes room", async () => {
    const her = randomUUID()
    for (let n = 1; n <= 12; n++) await give(her, `thing ${n}`)
    expect(await queue()).toHaveLength(10)
    await publish(SANA, await waits("thing 1"))
    await give(her, "thing 13")
    expect((await queue()).map(({ text }) => text)).toContain("thing 13")
    await give(randomUUID(), "somebody else's")
    expect(await queue()).toHaveLength(11)
  })

  test("gives nothing more once muted; what waits isn't shown, what is shown stays", async () => {
    const [her, other] = [randomUUID(), randomUUID()]
    for (const text of ["shown", "waits", "told to change"]) await give(her, text)
    await give(other, "another's")
    await publish(SANA, await waits("shown"))
    await propose(SANA, await waits("told to change"), "changed")
    expect(await mute(SANA, await waits("waits"))).toBeUndefined()
    expect((await queue()).map(({ text }) => text)).toEqual(["another's"])
    await give(her, "once more")
    expect(await queue()).toHaveLength(1)
    expect((await given(her)).blocked).toBe(true)
    expect((await given(other)).blocked).toBe(false)
    expect(await texts()).toEqual(["shown"])
    await sweepGiven(store.pool, new Date(now + 59 * DAY_MS))
    expect((await given(her)).blocked).toBe(true)
    await sweepGiven(store.pool, new Date(now + 62 * DAY_MS))
    expect((await given(her)).blocked).toBe(false)
  })
})

test("what is taken down is shown nowhere, and waits again as if it were new", async () => {
  const her = randomUUID()
  await give(her, "Somebody helped.", "story", { name: "Meena" })
  const id = await waits("Somebody helped.")
  for (const one of [SANA, NOOR]) await publish(one, id)
  expect(await takeDown(SANA, id)).toBeUndefined()
  expect(await texts()).toEqual([])
  expect(await queue()).toMatchObject([{ id, text: "Somebody helped.", name: "Meena", status: "waiting" }])
  await publish(SANA, id)
  expect(await texts()).toEqual([])
})

test("every act is written down by its id, with no word of what it was about", async () => {
  await give(randomUUID(), "a planted sentence", "tip")
  const id = await waits("a planted sentence")
  await propose(SANA, id, "another planted sentence")
  await decline(SANA, id, "unsafe")
  expect(await takeDown(SANA, id)).toBe("changed")
  const { rows } = await store.pool.query<{ what: string }>("select staff_id, what, subject_id, reason from audit order by id")
  expect(rows).toEqual([
    { staff_id: SANA, what: "contribution-changed", subject_id: id, reason: null },
    { staff_id: SANA, what: "contribution-declined", subject_id: id, reason: "unsafe" },
  ])
})

test("whatever is done in whatever order, only what has its yeses is ever shown", async () => {
  const acts = fc.array(
    fc.record({
      act: fc.constantFrom("publish", "publish", "publish", "publish", "decline", "propose", "takeDown", "mute", "yes", "no", "back", "give"),
      who: fc.constantFrom(0, 1),
      which: fc.nat(1),
    }),
    { minLength: 6, maxLength: 16 },
  )
  await fc.assert(
    fc.asyncProperty(acts, async (all) => {
      await store.pool.query("truncate contribution, contribution_picture, muted")
      const kinds: readonly Kind[] = ["tip", "story"]
      const givers = [randomUUID(), randomUUID()]
      for (const [n, kind] of kinds.entries()) await give(givers[n % 2]!, `thing ${n}`, kind)
      const ids = await Promise.all(kinds.map((_, n) => waits(`thing ${n}`)))
      // Who has said yes to which words, as far as those words still wait or stand.
      const yes = new Map<string, Set<string>>()
      const words = new Map(ids.map((id, n) => [id, `thing ${n}`]))
      const proposed = new Map<string, { readonly text: string; readonly by: string }>()
      for (const [n, { act, who, which }] of all.entries()) {
        const [id, staff, her] = [ids[which]!, [SANA, NOOR][who]!, givers[which % 2]!]
        const done = async (doing: ReturnType<typeof publish>) => (await doing) === undefined
        if (act === "publish" && (await done(publish(staff, id)))) yes.set(id, (yes.get(id) ?? new Set()).add(staff))
        if (act === "decline" && (await done(decline(staff, id, "hurts")))) yes.delete(id)
        if (act === "takeDown" && (await done(takeDown(staff, id)))) yes.delete(id)
        if (act === "propose" && (await done(propose(staff, id, `words ${n}`)))) {
          yes.delete(id)
          proposed.set(id, { text: `words ${n}`, by: staff })
        }
        if (act === "mute") await mute(staff, id)
        if (act === "back") await step(her, { type: "take-back", id })
        if (act === "give") await give(her, `more ${n}`)
        if (act === "yes" || act === "no") {
          const asked = (await given(her)).given?.find((one) => one.id === id)?.status === "changed"
          await step(her, { type: "agree", id, agrees: act === "yes" })
          const so = proposed.get(id)
          if (asked && so !== undefined && act === "yes") {
            words.set(id, so.text)
            yes.set(id, new Set([so.by]))
          }
        }
        const back = new Set((await store.pool.query<{ id: string }>("select id from contribution")).rows.map((row) => row.id))
        for (const one of await service.moderation.shown()) {
          const place = ids.indexOf(one.id)
          expect(back.has(one.id) && (yes.get(one.id)?.size ?? 0) >= (kinds[place] === "story" ? 2 : 1), JSON.stringify(all)).toBe(true)
          expect(one.text).toBe(words.get(one.id))
        }
      }
    }),
    { numRuns: PROOF ? 400 : 60 },
  )
})
