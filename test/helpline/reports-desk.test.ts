import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Coding, SealedReport } from "../../src/helpline/report-view.ts"
import { sweep } from "../../src/store/shelves.ts"
import { freshDatabase } from "../support/database.ts"
import { ALL_CONSENTS, NOTHING_SAID, openReportHouse, type ReportHouse } from "../support/report-house.ts"
import { until } from "../support/running.ts"

let database: Awaited<ReturnType<typeof freshDatabase>>
let house: ReportHouse
let one: Awaited<ReturnType<ReportHouse["hire"]>>
let people = 0

const CODING: Coding = {
  about: "self",
  acts: ["threats"],
  platforms: [],
  relation: "not-said",
  harms: [],
  actions: [],
  country: "PK",
  province: "not-said",
  district: "not-said",
  age: "not-said",
  gender: "not-said",
}
const NO_KEEP = { ...ALL_CONSENTS, keep: false }

beforeAll(async () => {
  database = await freshDatabase()
  house = await openReportHouse(database.url)
  one = await house.hire("one")
})
afterAll(async () => {
  await house.close()
  await database.drop()
})

/** A report on the shelf, as an officer fetches it. */
async function shelved(consents = NO_KEEP): Promise<SealedReport> {
  const known = new Set((await ids()).keys())
  await house.file(`somebody ${(people += 1)}`, { type: "report", report: NOTHING_SAID, consents })
  await house.reports.shelve()
  const [id = ""] = [...(await ids()).keys()].filter((other) => !known.has(other))
  return fetched(id)
}

async function ids() {
  const { rows } = await house.store.pool.query<{ id: string }>("select id from report")
  return new Map(rows.map(({ id }) => [id, id]))
}

async function fetched(id: string, by = one.id): Promise<SealedReport> {
  const found = await house.reports.desk.report(by, id)
  if (typeof found === "string") throw new Error(found)
  return found
}

async function opens(identity: string, sealed: string): Promise<string> {
  const age = new Decrypter()
  age.addIdentity(identity)
  return age.decrypt(Buffer.from(sealed, "base64"), "text")
}

async function sealedAnew(text: string, recipients: readonly string[]): Promise<string> {
  const age = new Encrypter()
  for (const recipient of recipients) age.addRecipient(recipient)
  return Buffer.from(await age.encrypt(text)).toString("base64")
}

test("a new officer gets an old report only when a colleague seals it anew, and only over the bytes that were read", async () => {
  const { desk } = house.reports
  const { line, seal, sealed } = await shelved()
  const two = await house.hire("two")
  expect((await fetched(line.id, two.id)).line).toMatchObject({ mine: false, behind: true })
  await expect(opens(two.identity, sealed)).rejects.toThrow()
  const text = await opens(one.identity, sealed)
  const anew = await sealedAnew(text, [one.recipient, two.recipient])
  expect(await desk.reseal(one.id, line.id, seal, anew, [])).toBe("changed")
  const again = await fetched(line.id)
  expect(await desk.reseal(one.id, line.id, again.seal, "bm90aGluZw==", [])).toBe("unreadable")
  expect(await desk.reseal(one.id, line.id, again.seal, await sealedAnew(text, [one.recipient]), [])).toBe("unreadable")
  expect(await desk.reseal(one.id, line.id, again.seal, anew, [{ id: line.id, sealed: anew }])).toBe("changed")
  expect(await desk.reseal(one.id, line.id, again.seal, anew, [])).toBeUndefined()
  expect(await desk.reseal(one.id, line.id, again.seal, anew, [])).toBe("changed")
  const hers = await fetched(line.id, two.id)
  expect(hers.line).toMatchObject({ mine: true, behind: false })
  expect((await desk.inbox(one.id, {})).lines.find(({ id }) => id === line.id)).toMatchObject({ behind: false })
  expect(await opens(two.identity, hers.sealed)).toBe(text)
})

test("a key goes with the role, and with a new key; nothing new is sealed to it", async () => {
  const { desk } = house.reports
  const gone = await house.hire("gone")
  await house.store.prisma.staff.update({ where: { id: gone.id }, data: { roles: ["counsellor"] } })
  const fired = await house.hire("fired")
  await house.store.prisma.staff.update({ where: { id: fired.id }, data: { active: false } })
  const changed = await house.hire("changed")
  const identity = await generateX25519Identity()
  expect(await desk.setKey(changed.id, await identityToRecipient(identity))).toBeUndefined()
  expect(await desk.setKey(changed.id, changed.recipient)).toBe("not-a-key")
  expect(await desk.setKey(changed.id, one.recipient)).toBe("not-a-key")
  const { sealed } = await shelved()
  for (const left of [gone, fired, changed]) await expect(opens(left.identity, sealed)).rejects.toThrow()
  expect(JSON.parse(await opens(identity, sealed))).toMatchObject(NOTHING_SAID)
  const keys = await desk.keys(one.id)
  expect(
    keys
      .filter(({ retired }) => retired)
      .map(({ alias }) => alias)
      .sort(),
  ).toEqual(["changed", "fired", "gone"])
})

test("without a key left nothing is taken", async () => {
  const other = await freshDatabase()
  const empty = await openReportHouse(other.url)
  const alone = await empty.hire("alone")
  const [key] = await empty.reports.desk.keys(alone.id)
  expect(await empty.reports.desk.retireKey(one.id, key?.id ?? "")).toBe("gone")
  expect(await empty.reports.desk.retireKey(alone.id, key?.id ?? "")).toBeUndefined()
  expect(empty.reports.facts().taken).toBe(false)
  await empty.close()
  await other.drop()
})

test("only what she agreed to can be coded, and what was counted stays as it is", async () => {
  const { desk } = house.reports
  const { line } = await shelved()
  expect(await desk.code(one.id, line.id, CODING)).toBeUndefined()
  expect(await fetched(line.id)).toMatchObject({ line: { status: "coded" }, coding: CODING })
  await house.store.pool.query("update report set counted = '2026-Q4' where id = $1", [line.id])
  expect(await desk.code(one.id, line.id, { ...CODING, acts: [] })).toBe("counted")
  const silent = await shelved({ ...NO_KEEP, count: false, publish: false })
  expect(await desk.code(one.id, silent.line.id, CODING)).toBe("no-consent")
  expect(await desk.story(one.id, silent.line.id, { text: "x", language: "en", province: "not-said", when: "2026" })).toBe("no-consent")
  expect(await desk.answer(one.id, silent.line.id, "x")).toBe("no-code")
})

test("a report that an officer erases is gone before the count of the day is written, and keeps nobody waiting for it", async () => {
  const { line } = await shelved()
  const busy = await house.store.pool.connect()
  await busy.query("begin")
  await busy.query("lock table erased in access exclusive mode")
  const erasing = house.reports.desk.erase(one.id, line.id, "twice")
  await until(async () => (await house.reports.desk.report(one.id, line.id)) === "gone")
  await busy.query("commit")
  busy.release()
  expect(await erasing).toBeUndefined()
  expect(await house.reports.desk.erase(one.id, line.id, "twice")).toBe("gone")
})

test("a report is kept for its months, longer when an officer says so or something was added, and leaves a tombstone and a count", async () => {
  const { desk } = house.reports
  const DAY = 24 * 3600_000
  const ages = { flowMs: DAY, deliveryMs: DAY, transcriptMs: DAY, caseMs: DAY }
  const [plain, extended, added] = [await shelved(), await shelved(), await shelved()]
  const until = plain.line.keptUntil
  house.advance(340 * DAY)
  expect(await desk.extend(one.id, extended.line.id, "asked-for")).toBeUndefined()
  await house.file("her", { type: "addition", ref: added.line.id, words: ["one more thing"] })
  await house.reports.shelve()
  expect((await fetched(added.line.id)).line).toMatchObject({ additions: 1 })
  expect((await fetched(added.line.id)).line.keptUntil > until).toBe(true)
  house.advance(58 * DAY)
  expect(await sweep(house.store, new Date(house.now()), ages)).toMatchObject({ report: expect.any(Number) as number })
  expect(await desk.report(one.id, plain.line.id)).toBe("gone")
  expect((await fetched(extended.line.id)).line.keptUntil > until).toBe(true)
  expect((await fetched(added.line.id)).line.id).toBe(added.line.id)
  const { rows } = await house.store.pool.query("select status, sealed, consents, coding, keys from report where id = $1", [plain.line.id])
  expect(rows).toEqual([{ status: "expired", sealed: null, consents: null, coding: null, keys: null }])
  const { rows: counts } = await house.store.pool.query<{ count: number }>("select count from erased where kind = 'report'")
  expect(counts[0]?.count).toBeGreaterThanOrEqual(1)
  expect(await desk.erase(one.id, added.line.id, "asked-for")).toBeUndefined()
  expect(await desk.report(one.id, added.line.id)).toBe("gone")
  house.advance(-398 * DAY)
})

test("nothing leaves, is coded or published against her last word, also while that still waits for the shelf", async () => {
  const { desk } = house.reports
  const off = await shelved({ ...NO_KEEP, share: false })
  expect(await desk.exported(one.id, off.line.id, "age1somebody")).toBe("no-consent")
  const { line } = await shelved()
  await house.file("her", { type: "consents", ref: line.id, consents: { ...NO_KEEP, share: false, count: false } })
  expect([await desk.exported(one.id, line.id, "age1somebody"), await desk.code(one.id, line.id, CODING)]).toEqual(["no-consent", "no-consent"])
  await house.file("her", { type: "withdrawal", ref: line.id })
  expect(await desk.extend(one.id, line.id, "asked-for")).toBe("gone")
  const { rows } = await house.store.pool.query("select what from audit where subject_id = any ($1)", [[off.line.id, line.id]])
  expect(rows.filter(({ what }) => what !== "report-fetched")).toEqual([])
})

test("an act doesn't wait for a shelving that waits for it", async () => {
  const { desk } = house.reports
  const { line } = await shelved()
  const client = await house.store.pool.connect()
  try {
    await client.query("begin")
    await client.query("lock table intake in access exclusive mode")
    const act = desk.extend(one.id, line.id, "asked-for")
    const waits = async () => (await house.store.pool.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rowCount === 1
    await until(waits)
    // What a shelving does while it holds the intake.
    await client.query("set local lock_timeout = '2s'")
    await client.query("select from report where id = $1 for update", [line.id])
    await client.query("commit")
    expect(await act).toBeUndefined()
  } finally {
    client.release()
  }
})

test("every act is in the audit with who did it and with which, and no word of anybody's", async () => {
  const { desk } = house.reports
  const { line } = await shelved()
  await desk.exported(one.id, line.id, "age1somebody")
  const { rows } = await house.store.pool.query("select what, reason from audit where staff_id = $1 and subject_id = $2 order by id", [one.id, line.id])
  expect(rows).toEqual([
    { what: "report-fetched", reason: null },
    { what: "report-exported", reason: "age1somebody" },
  ])
})

test("the inbox comes in pages, newest month first, every report once", async () => {
  await house.store.pool.query(
    "insert into report (id, month, sealed, keys, keep_until) select gen_random_uuid(), date '2020-01-01' + (n % 5) * interval '1 month', '\\x00', '{}', '2099-01-01' from generate_series(1, 120) n",
  )
  const seen: string[] = []
  let next: string | undefined
  do {
    const page = await house.reports.desk.inbox(one.id, { after: next })
    seen.push(...page.lines.map(({ month, id }) => `${month} ${id}`))
    next = page.next
  } while (next !== undefined)
  expect(new Set(seen).size).toBe((await ids()).size)
  const months = seen.map((line) => line.slice(0, 7))
  expect(months).toEqual([...months].sort().reverse())
  expect((await house.reports.desk.inbox(one.id, { status: "coded" })).lines.every(({ status }) => status === "coded")).toBe(true)
})
