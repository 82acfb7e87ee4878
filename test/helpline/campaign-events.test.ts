import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { CONTENT } from "../../src/app.ts"
import { demoEvents } from "../../src/demo/events.ts"
import { createCampaignDesk } from "../../src/helpline/campaign-desk.ts"
import { createEvents, guestToken } from "../../src/helpline/campaign-events.ts"
import { readCampaigns } from "../../src/helpline/campaign-file.ts"
import { eventNames, readEvents, type EventFile } from "../../src/helpline/event-file.ts"
import { sweepGuests } from "../../src/store/event-guests.ts"
import { takePart } from "../../src/store/participants.ts"
import type { Store } from "../../src/store/pool.ts"
import { eraseContact } from "../../src/store/shelves.ts"
import { inTransaction } from "../../src/store/transaction.ts"
import { createCover } from "../../src/vault/cover.ts"
import { contentFolder, problemsIn } from "../support/content-folder.ts"
import { freshStore, type FreshStore } from "../support/database.ts"
import { freshKeyring } from "../support/report-house.ts"

const campaigns = readCampaigns(CONTENT)
/** Events as an organisation would write them, one changed. */
const announcing = (...events: readonly object[]) => contentFolder({ "events.yaml": () => JSON.stringify({ events }) })
const said = { label: "Walk, 29 Nov", title: "A walk", place: "Lahore", join: "Ask our office.", access: "No steps." }
const walk = { id: "walk", campaign: "sixteen-days", country: "PK", at: "2026-11-29T17:00", zone: "Asia/Karachi", texts: { en: said } }
const read = (...events: readonly object[]) => readEvents(announcing(...events), campaigns)
const problems = (...events: readonly object[]) => problemsIn(() => read(...events)).map((problem) => problem.replace("content/events.yaml: ", ""))

describe("content/events.yaml", () => {
  test("comes along empty, and needn't be there", () => {
    expect(readEvents(CONTENT, campaigns)).toEqual([])
    expect(readEvents(contentFolder({ "events.yaml": undefined }), campaigns)).toEqual([])
  })

  test("says when an event begins and when its day is over, by the clock there", () => {
    expect(read(walk)).toMatchObject([
      { id: "walk", languages: ["en"], date: "2026-11-29", time: "17:00", begins: Date.parse("2026-11-29T12:00Z"), ends: Date.parse("2026-11-29T19:00Z") },
    ])
  })

  test("gives its texts to the languages it is announced in, and the first of them to others", () => {
    const names = eventNames(read({ ...walk, texts: { ur: { ...said, place: "لاہور" } } }))
    expect(names["event-walk-place"]).toEqual({ en: "لاہور", ur: "لاہور" })
  })

  test("of a demonstration announces what is still to come", () => {
    const now = Date.parse("2026-11-27T10:00Z")
    const made = readEvents(contentFolder({ "events.yaml": () => demoEvents(now) }), campaigns)
    expect(made.map(({ id, begins }) => [id, begins > now])).toEqual([
      ["demo-walk", true],
      ["demo-reading", true],
    ])
  })

  test("names field and reason of whatever is wrong", () => {
    expect(problems({ ...walk, id: "Walk" })).toEqual(["events.0.id: should be of small letters, digits and hyphens"])
    expect(problems({ ...walk, campaign: "none" })).toEqual(["events.0.campaign: there is no campaign none"])
    for (const country of ["pk", "QQ"]) expect(problems({ ...walk, country })).toContain("events.0.country: is no country such as PK")
    expect(problems({ ...walk, at: "29 November" })[0]).toBe("events.0.at: is no date and time such as 2026-11-29T17:00")
    expect(problems({ ...walk, at: "2026-11-31T17:00" })).toEqual(["events.0.at: is no day or time of the calendar"])
    expect(problems({ ...walk, at: "2027-03-28T02:30", zone: "Europe/Paris" })).toEqual(["events.0.at: doesn't come there: clocks are put forward over it"])
    expect(problems({ ...walk, zone: "Lahore" })).toEqual(["events.0.zone: is no time zone such as Asia/Karachi"])
    expect(problems({ ...walk, texts: {} })).toEqual(["events.0.texts: is in no language"])
    expect(problems({ ...walk, texts: { en: { ...said, access: "two\nlines" } } })).toEqual(["events.0.texts.en.access: should be one line"])
    for (const [part, most] of Object.entries({ label: 16, title: 60, place: 30, join: 160, access: 160 })) {
      expect(problems({ ...walk, texts: { en: { ...said, [part]: "a".repeat(most) } } })).toEqual([])
      expect(problems({ ...walk, texts: { en: { ...said, [part]: "a".repeat(most + 1) } } })[0]).toMatch(new RegExp(`^events.0.texts.en.${part}: `))
    }
    expect(problems(walk, { ...walk, texts: { en: { ...said, label: "Another" } } })).toEqual(["events.1.id: walk stands twice"])
    expect(problems(walk, { ...walk, id: "other" })).toEqual(["events.1.texts.en.label: another event has the same"])
  })
})

describe("who comes", () => {
  let fresh: FreshStore
  let store: Store
  const cover = createCover(freshKeyring())
  let now = 0
  let events: readonly EventFile[]
  let service: ReturnType<typeof createEvents>
  beforeAll(async () => {
    fresh = await freshStore()
    store = fresh.store
    events = read(walk, { ...walk, id: "reading", texts: { en: { ...said, label: "Reading" } } })
    service = createEvents({ store, cover, events, now: () => now })
  })
  afterAll(() => fresh.close())
  beforeEach(async () => {
    now = Date.parse("2026-11-27T10:00Z")
    await store.pool.query("truncate event_guest, participant")
  })

  /** What a turn of hers writes. */
  const says = (who: string, comes: boolean, event = "walk") =>
    inTransaction(store.pool, (client) =>
      takePart(client, who, [{ type: "coming", event, comes, token: guestToken(cover, event, who), ends: events[0]?.ends ?? 0 }], () => undefined, new Date(now)),
    )
  const guests = async () => (await store.pool.query<{ event: string; token: string }>("select event, token from event_guest")).rows
  const known = async (who: string) => (await service.facts([who]))(who).events

  test("is counted once however often she says it, beside others, and no longer once she takes it back", async () => {
    const [her, another] = [randomUUID(), randomUUID()]
    await says(her, true)
    await says(her, true)
    expect(await guests()).toHaveLength(1)
    await says(another, true)
    expect(await guests()).toHaveLength(2)
    expect(await known(her)).toMatchObject([
      { id: "walk", comes: true },
      { id: "reading", comes: false },
    ])
    await says(her, false)
    expect(await guests()).toEqual([{ event: "walk", token: guestToken(cover, "walk", another) }])
    expect(await known(her)).toMatchObject([{ comes: false }, { comes: false }])
  })

  test("is told from five up, in fives, to everybody alike", async () => {
    const told: (number | undefined)[] = []
    for (let people = 1; people <= 11; people++) {
      await says(randomUUID(), true)
      const [announced] = await service.announced("sixteen-days")
      told.push(announced?.count)
      expect((await known(randomUUID()))?.[0]?.count).toBe(announced?.count)
    }
    expect(told).toEqual([undefined, undefined, undefined, undefined, 5, 5, 5, 5, 5, 10, 10])
    const desk = createCampaignDesk({
      store,
      campaigns: { plans: [{ id: "sixteen-days", days: 16 }] as never, look: async () => {} },
      announced: service.announced,
      now: () => now,
      writes: async () => {},
    })
    expect((await desk.figures("sixteen-days"))?.events).toEqual([
      { id: "walk", title: "A walk", date: "2026-11-29", count: 10 },
      { id: "reading", title: "A walk", date: "2026-11-29" },
    ])
    expect(await service.announced("be-safe")).toEqual([])
  })

  test("stands in no row beside a name that anything else goes by, and at each event under another", async () => {
    const her = cover.lookup("telegram", "4242")
    await says(her, true)
    await says(her, true, "reading")
    const rows = (await store.pool.query("select t::text as row from event_guest t")).rows as { row: string }[]
    expect(rows.map(({ row }) => row).join()).not.toContain(her)
    expect(new Set((await guests()).map(({ token }) => token)).size).toBe(2)
    const other = createCover(freshKeyring())
    expect(guestToken(other, "walk", her)).not.toBe(guestToken(cover, "walk", her))
    const { rows: columns } = await store.pool.query("select column_name from information_schema.columns where table_name = 'event_guest' order by 1")
    expect(columns.map(({ column_name: name }: { column_name: string }) => name)).toEqual(["event", "token", "until"])
  })

  test("is forgotten with FORGET, and nobody else", async () => {
    const [her, another] = [randomUUID(), randomUUID()]
    for (const one of [her, another]) for (const event of ["walk", "reading"]) await says(one, true, event)
    await eraseContact(store, her, 1n, new Date(now), service.tokensOf(her))
    expect((await guests()).map(({ token }) => token).sort()).toEqual([...service.tokensOf(another)].sort())
  })

  test("is erased once the event's day is over there, and isn't kept after that", async () => {
    const her = randomUUID()
    await says(her, true)
    expect(await sweepGuests(store, new Date("2026-11-29T19:00:00.000Z"))).toEqual({ coming: 0 })
    expect(await sweepGuests(store, new Date("2026-11-29T19:00:00.001Z"))).toEqual({ coming: 1 })
    now = Date.parse("2026-11-29T19:00Z")
    await says(her, true)
    expect(await guests()).toEqual([])
    expect(await known(her)).toBeUndefined()
    expect(await service.announced("sixteen-days")).toEqual([])
  })
})
