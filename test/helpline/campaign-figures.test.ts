import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { createCampaignDesk } from "../../src/helpline/campaign-desk.ts"
import { figuresOf, type CampaignFigures } from "../../src/helpline/campaign-figures.ts"
import { writeDown } from "../../src/store/audit.ts"
import { countCampaign } from "../../src/store/campaign-figures.ts"
import type { Store } from "../../src/store/pool.ts"
import { eraseContact } from "../../src/store/shelves.ts"
import { freshStore, type FreshStore } from "../support/database.ts"

let fresh: FreshStore
let store: Store
beforeAll(async () => {
  fresh = await freshStore()
  store = fresh.store
})
afterAll(() => fresh.close())
beforeEach(() => store.pool.query("truncate participant, campaign_day, campaign_count, campaign_switch, contribution, contribution_picture, audit"))

type Day = readonly [status: string, why?: string | null, did?: string | null]

/** Somebody who takes part, with what became of her first days. */
async function somebody(channel: string, language: string, days: readonly Day[], left: string | null = null): Promise<string> {
  const conversation = randomUUID()
  const { rows } = await store.pool.query<{ id: string }>(
    `insert into participant (campaign, conversation_id, channel, "where", language, country, zone, hour, neutral, wording, begins, ends, left_on, left_why)
    values ('sixteen-days', $1, $2, '\\x01', $3, 'PK', 'UTC', 10, false, 1, '2026-11-25', '2026-12-10', $4::date, case when $4::date is null then null else 'left' end) returning id`,
    [conversation, channel, language, left],
  )
  for (const [index, [status, why, did]] of days.entries())
    await store.pool.query(
      "insert into campaign_day (participant_id, day, campaign, channel, status, why, due_at, until, did) values ($1, $2, 'sixteen-days', $3, $4, $5, now(), now(), $6)",
      [rows[0]!.id, index + 1, channel, status, why ?? null, did ?? null],
    )
  return conversation
}
const counted = async () => figuresOf(await countCampaign(store.pool, "sixteen-days"), 16)
const row = (rows: CampaignFigures["byDay"], name: string) => {
  const found = rows.find((one) => one.name === name)
  return found && Object.fromEntries(Object.entries(found).filter(([, value]) => value !== 0))
}

async function three(): Promise<readonly string[]> {
  return [
    await somebody("telegram", "en", [
      ["delivered", null, "done"],
      ["sent", null, "skipped"],
      ["held", "late"],
    ]),
    await somebody("sms", "ur", [
      ["delivered", null, "done"],
      ["skipped", "quiet-hours"],
      ["due", "late"],
    ]),
    await somebody(
      "sms",
      "en",
      [
        ["refused", "blocked"],
        ["skipped", "left"],
      ],
      "2026-11-26",
    ),
  ]
}

test("each row of the ledger is counted once, by day, by channel and by language", async () => {
  await three()
  const figures = await counted()
  expect(figures.people).toEqual({ now: 2, left: 1, erased: 0 })
  expect(row(figures.byDay, "1")).toEqual({ name: "1", delivered: 2, refused: 1, done: 2 })
  expect(row(figures.byDay, "2")).toEqual({ name: "2", sent: 1, skipped: 2, left: 1 })
  expect(row(figures.byDay, "3")).toEqual({ name: "3", held: 1, due: 1 })
  expect(figures.byDay).toHaveLength(16)
  expect(row(figures.byChannel, "sms")).toEqual({ name: "sms", delivered: 1, refused: 1, skipped: 2, due: 1, done: 1, left: 1 })
  expect(row(figures.byLanguage, "en")).toEqual({ name: "en", delivered: 1, sent: 1, held: 1, refused: 1, skipped: 1, done: 1, left: 1 })
  expect(figures.skippedFor).toEqual([
    { why: "left", count: 1 },
    { why: "quiet-hours", count: 1 },
  ])
})

test("whoever is forgotten still counts as what became of her days, and nobody counts twice", async () => {
  const people = await three()
  const before = await counted()
  for (const one of people) await eraseContact(store, one, 1n, new Date("2026-11-27"))
  const after = await counted()
  expect(after.people).toEqual({ now: 0, left: 1, erased: 3 })
  for (const by of ["byDay", "byChannel", "byLanguage"] as const)
    for (const { name, delivered, sent, refused, done, left } of before[by])
      expect(
        after[by].find((one) => one.name === name),
        `${by} ${name}`,
      ).toMatchObject({ delivered, sent, refused, done, left })
  const all = ({ byDay }: CampaignFigures) => byDay.reduce((sum, one) => sum + one.delivered + one.sent + one.refused + one.skipped + one.due + one.held, 0)
  expect(all(after)).toBe(all(before))
  expect((await counted()).skippedFor.find(({ why }) => why === "left")?.count).toBe(3)
})

test("what was given is counted by kind and by where it stands, also while its picture is fetched or waits for a second yes, and in whose language", async () => {
  for (const [kind, status] of [
    ["tip", "published"],
    ["tip", "seconded"],
    ["tip", "changed"],
    ["story", "declined"],
    ["square", "fetching"],
    ["square", "seconded"],
    ["square", "published"],
    ["square", "published"],
  ])
    await store.pool.query(
      "insert into contribution (id, campaign, kind, day, language, country, status, wording, given) values ($1, 'sixteen-days', $2, 3, 'es', 'MX', $3, 1, '2026-11-27')",
      [randomUUID(), kind, status],
    )
  const { given, byDay, byLanguage } = await counted()
  expect(given).toEqual([
    { kind: "square", shown: 2, waiting: 2, declined: 0 },
    { kind: "tip", shown: 1, waiting: 2, declined: 0 },
    { kind: "story", shown: 0, waiting: 0, declined: 1 },
  ])
  expect(row(byDay, "3")).toEqual({ name: "3", given: 8 })
  expect(row(byLanguage, "es")).toEqual({ name: "es", given: 8 })
})

test("a switch is turned for everybody and written down; what is stopped stays stopped; figures are a minute old at most", async () => {
  let now = Date.parse("2026-11-26T10:00Z")
  let looked = 0
  const staff = randomUUID()
  const desk = createCampaignDesk({
    store,
    campaigns: { plans: [{ id: "sixteen-days", days: 16 }] as never, look: async () => void looked++ },
    announced: async () => [],
    now: () => now,
    writes: (deed) => writeDown(store, new Date(now), deed),
  })
  expect(await desk.states()).toEqual({ "sixteen-days": "running" })
  expect(await desk.turn(staff, "no-such", "paused")).toBe("gone")
  expect(await desk.figures("no-such")).toBeUndefined()
  expect(await desk.turn(staff, "sixteen-days", "paused")).toBeUndefined()
  expect(await desk.states()).toEqual({ "sixteen-days": "paused" })
  expect(await desk.turn(staff, "sixteen-days", "stopped")).toBeUndefined()
  expect(await desk.turn(staff, "sixteen-days", "running")).toBe("stopped")
  expect([looked, await desk.states()]).toEqual([2, { "sixteen-days": "stopped" }])
  expect((await store.pool.query("select staff_id, what, reason from audit order by id")).rows).toEqual([
    { staff_id: staff, what: "campaign-paused", reason: "sixteen-days" },
    { staff_id: staff, what: "campaign-stopped", reason: "sixteen-days" },
  ])
  expect((await desk.figures("sixteen-days"))?.people.now).toBe(0)
  await three()
  expect((await desk.figures("sixteen-days"))?.people.now).toBe(0)
  now += 60_000
  expect((await desk.figures("sixteen-days"))?.people.now).toBe(2)
})
