import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { Consents } from "../../src/flows/report-shapes.ts"
import { createReleases, notNowSentence } from "../../src/helpline/release-view.ts"
import type { Coding } from "../../src/helpline/report-view.ts"
import { openStore, type Store } from "../../src/store/pool.ts"
import { createCover, keyringAt, type Cover } from "../../src/vault/cover.ts"
import { freshDatabase } from "../support/database.ts"
import { AREAS, OPTIONS } from "../support/release-world.ts"
import { until } from "../support/running.ts"

let store: Store
let other: Store
let cover: Cover
let drop: () => Promise<void>
let folder: string
let today: string
let gone: Set<string>
let deeds: unknown[]

beforeEach(async () => {
  const database = await freshDatabase()
  drop = database.drop
  folder = mkdtempSync(join(tmpdir(), "hamraaz-releases-"))
  store = openStore(database.url, () => {})
  other = openStore(database.url, () => {})
  cover = createCover(keyringAt(join(folder, "keyring.json"), true))
  today = "2027-02-01"
  gone = new Set()
  deeds = []
})
afterEach(async () => {
  await store.close()
  await other.close()
  await drop()
  rmSync(folder, { recursive: true })
})

const parts = (at: Store): Parameters<typeof createReleases>[0] => ({
  store: at,
  cover,
  areas: AREAS,
  taxonomy: { version: 1, options: OPTIONS },
  now: () => Date.parse(`${today}T12:00:00Z`),
  writes: async (deed) => void deeds.push(deed),
  takenBack: async () => gone,
})
const releasesOf = (at: Store) => createReleases(parts(at))

const CODING: Coding = {
  about: "self",
  acts: ["images"],
  platforms: ["chat"],
  relation: "partner",
  harms: [],
  actions: [],
  country: "PK",
  province: "north",
  district: "n1",
  age: "not-said",
  gender: "not-said",
}

/** Puts coded reports on the shelf; gives back their ids. */
async function shelve(
  count: number,
  month: string,
  { consents = {}, province = "north", status = "coded" }: { consents?: Partial<Consents>; province?: string; status?: string } = {},
) {
  const ids = Array.from({ length: count }, () => randomUUID())
  const agreed: Consents = { keep: false, count: true, share: false, publish: false, wording: "report-1", ...consents }
  for (const id of ids) {
    await store.pool.query("insert into report (id, month, sealed, status, consents, keep_until, coding) values ($1, $2, '', $3, $4, '2028-01-01', $5)", [
      id,
      month,
      status,
      Buffer.from(cover.close("consents", JSON.stringify(agreed))),
      Buffer.from(cover.close("coding", JSON.stringify({ ...CODING, province }))),
    ])
  }
  return ids
}

const countedIn = async () => {
  const { rows } = await store.pool.query<{ counted: string | null; n: number }>("select counted, count(*)::int as n from report group by counted order by counted")
  return Object.fromEntries(rows.map(({ counted, n }) => [counted ?? "none", n]))
}

describe("cutting a release", () => {
  test("counts coded reports whose consent says so, marks them, and keeps true sums covered", async () => {
    await shelve(20, "2026-10-01")
    await shelve(5, "2026-11-01", { consents: { count: false } })
    await shelve(5, "2026-11-01", { status: "new" })
    await shelve(5, "2027-01-01")
    const [taken] = await shelve(1, "2026-12-01")
    gone.add(taken ?? "")
    const done = await releasesOf(store).make("00000000-0000-4000-8000-000000000001", "2026-Q4")
    expect(done).toMatchObject({ made: true, tables: { quarter: "2026-Q4", counted: 20 } })
    expect(await countedIn()).toEqual({ "2026-Q4": 20, none: 16 })
    expect(deeds).toEqual([{ staffId: "00000000-0000-4000-8000-000000000001", what: "release-cut", reason: "2026-Q4" }])
    const { rows } = await store.pool.query<{ tallies: Buffer; cut_on: string }>("select tallies, cut_on::text from release")
    expect(rows[0]?.tallies.toString("latin1")).not.toContain("north")
    expect(JSON.parse(cover.open("tallies", rows[0]?.tallies ?? new Uint8Array()))).toMatchObject({ reports: 20, area: { "north/n1": 20 } })
    expect(rows[0]?.cut_on).toBe("2027-02-01")
  })

  test("takes a report that was coded late with the first release that finds it, once", async () => {
    today = "2026-11-05"
    await shelve(20, "2026-07-01")
    const [late] = await shelve(1, "2026-08-01", { status: "new" })
    expect(await releasesOf(store).make(undefined, undefined)).toMatchObject({ made: true, tables: { quarter: "2026-Q3", counted: 20 } })
    await store.pool.query("update report set status = 'coded' where id = $1", [late])
    await shelve(30, "2026-10-01")
    today = "2027-02-01"
    expect(await releasesOf(store).make(undefined, undefined)).toMatchObject({ made: true, tables: { quarter: "2026-Q4", counted: 31, year: { counted: 51 } } })
    expect(await countedIn()).toEqual({ "2026-Q3": 20, "2026-Q4": 31 })
  })

  test("leaves fewer than eleven uncounted, and still is a release", async () => {
    await shelve(10, "2026-10-01")
    expect(await releasesOf(store).make(undefined, "2026-Q4")).toMatchObject({ made: true, tables: { counted: 0, tables: [] } })
    expect(await countedIn()).toEqual({ none: 10 })
  })

  test("says in a sentence why it doesn't", async () => {
    await shelve(20, "2026-10-01")
    today = "2027-01-30"
    const early = await releasesOf(store).make(undefined, "2026-Q4")
    if (early.made) throw new Error("it was cut")
    expect(notNowSentence(early.quarter, early.notNow)).toBe("2026-Q4 can be cut from 2027-01-31 on: thirty days after its end.")
    today = "2027-02-01"
    await releasesOf(store).make(undefined, "2026-Q4")
    expect(await releasesOf(store).make(undefined, "2026-Q4")).toMatchObject({ made: false, notNow: { why: "cut-already" } })
    expect(await releasesOf(store).make(undefined, "2027-Q2")).toMatchObject({ made: false, notNow: { why: "another-first", next: "2027-Q1" } })
    expect(await countedIn()).toEqual({ "2026-Q4": 20 })
  })

  test("by two processes at once cuts one", async () => {
    await shelve(40, "2026-10-01")
    const done = await Promise.all([store, other, store, other].map((at) => releasesOf(at).make(undefined, "2026-Q4")))
    expect(done.filter(({ made }) => made)).toHaveLength(1)
    expect(done.every((one) => one.made || ["busy", "cut-already"].includes(one.notNow.why))).toBe(true)
    expect(deeds).toHaveLength(1)
    expect(await countedIn()).toEqual({ "2026-Q4": 40 })
  })

  test("begins anew when a report is taken back meanwhile, and doesn't count it", async () => {
    const [hers = ""] = await shelve(30, "2026-10-01")
    const begun = { times: 0 }
    const releases = createReleases({ ...parts(store), takenBack: async () => ((begun.times += 1), gone) })
    // She is a moment ahead of the cut, which waits for her.
    const her = await other.pool.connect()
    await her.query("begin")
    await her.query("update report set status = 'withdrawn', sealed = null, consents = null, coding = null where id = $1", [hers])
    const cutting = releases.make(undefined, "2026-Q4")
    await until(async () => (await other.pool.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rowCount === 1)
    await her.query("commit")
    her.release()
    expect(await cutting).toMatchObject({ made: true, tables: { counted: 29 } })
    expect(begun.times).toBe(2)
    expect((await store.pool.query("select counted from report where id = $1", [hers])).rows[0]).toEqual({ counted: null })
  })

  test("holds one connection and never waits for a second", async () => {
    await shelve(30, "2026-10-01")
    const pool = new pg.Pool({ ...store.pool.options, max: 1, connectionTimeoutMillis: 1000 })
    // The database may be gone before the last connection has ended.
    pool.on("error", () => {})
    const releases = createReleases({
      ...parts({ ...store, pool }),
      takenBack: async () => {
        await pool.query("select from intake")
        return gone
      },
    })
    expect(await releases.preview(undefined)).toMatchObject({ tables: { counted: 30 } })
    expect(await releases.make(undefined, "2026-Q4")).toMatchObject({ made: true, tables: { counted: 30 } })
    await pool.end()
  })

  test("can be looked at beforehand as often as one likes: the same, and nothing is changed", async () => {
    await shelve(20, "2026-10-01")
    await shelve(5, "2026-10-01", { province: "island" })
    await shelve(30, "2026-10-01", { province: "south" })
    const releases = releasesOf(store)
    const { tables, quarter } = await releases.preview(undefined)
    expect(quarter).toBe("2026-Q4")
    expect(await releases.preview(undefined)).toEqual({ quarter, tables, uncoded: 0 })
    expect(await countedIn()).toEqual({ none: 55 })
    expect(await releases.make(undefined, undefined)).toEqual({ made: true, tables })
    expect(await releases.published()).toEqual([{ cutOn: "2027-02-01", tables }])
  })
})

describe("published stories", () => {
  test("name a province only where its number of that year is public", async () => {
    await shelve(20, "2026-10-01")
    await shelve(6, "2026-10-01", { province: "island" })
    await shelve(6, "2026-10-01", { province: "south" })
    await releasesOf(store).make(undefined, "2026-Q4")
    const tell = (province: string, when: string, status: string) =>
      store.pool.query(`insert into story (id, status, language, province, "when", content, written_by) values ($1, $2, 'en', $3, $4, 'told', $1)`, [
        randomUUID(),
        status,
        province,
        when,
      ])
    await tell("north", "2026-spring", "published")
    await tell("north", "2024", "published")
    await tell("island", "2026", "published")
    await tell("north", "2026", "agreed")
    expect((await releasesOf(store).stories()).map(({ province, when }) => `${when} ${province}`)).toEqual(["2026-spring north", "2026 not-said", "2024 not-said"])
  })
})
