import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { Decrypter } from "age-encryption"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { drawing } from "../../src/demo/drawing.ts"
import type { Sealed } from "../../src/helpline/report-view.ts"
import { opened } from "../../src/helpline/reports-intake.ts"
import { readIntake } from "../../src/store/intake.ts"
import { betterThanChance } from "../support/attacker.ts"
import { freshDatabase } from "../support/database.ts"
import { NOTHING_SAID, openReportHouse, type ReportHouse } from "../support/report-house.ts"

// One day of 3,000 conversations, of which 300 file a report; who does and when follows from a seed. The attacker is told more
// than any copy tells: which conversations filed, and which rows of the intake aren't decoys.
const PEOPLE = 3000
const REPORTS = 300
const AT_ONCE = 60
const chance = drawing(20261125)

type Orders = Record<string, readonly string[]>

let database: Awaited<ReturnType<typeof freshDatabase>>
let house: ReportHouse
let identity = ""
let folder = ""
/** Copies of the intake and of the conversations as they stood at some moments of the day. */
const copies: {
  readonly moment: string
  readonly people: Orders
  readonly rows: Orders
  readonly contents: readonly string[]
  readonly ids: readonly string[]
  readonly sharing: number
  /** Conversations whose last transaction is that of the intake. */
  readonly beside: number
}[] = []
/** Of whom a report on the shelf is: what nobody but an officer can know. */
let owners: ReadonlyMap<string, string>

beforeAll(async () => {
  database = await freshDatabase()
  house = await openReportHouse(database.url)
  identity = (await house.hire("officer")).identity
  folder = (await house.store.pool.query<{ folder: string }>("select current_setting('data_directory') as folder")).rows[0]?.folder ?? ""
  await house.reports.stirDue()
  await live()
  await house.reports.shelve()
  await house.store.pool.query("checkpoint")
  owners = await openAll()
}, 280_000)

afterAll(async () => {
  await house.close()
  await database.drop()
})

const personOf = (n: number) => `person ${n}`
const conversationOf = (person: string) => house.cover.lookup("simulator", `sms:${person}`)

async function live(): Promise<void> {
  const filing = new Set<number>()
  while (filing.size < REPORTS) filing.add(Math.floor(chance() * PEOPLE))
  for (let first = 0; first < PEOPLE; first += AT_ONCE) {
    const here = Array.from({ length: AT_ONCE }, (_, n) => first + n)
    await Promise.all(
      here.map((n) =>
        filing.has(n)
          ? house.file(personOf(n), ({ reports }) => {
              // One in six has a number that leads back.
              const keep = chance() < 1 / 6
              const consents = { keep, count: chance() < 0.5, share: false, publish: false, wording: "report-1" }
              return { type: "report", report: { ...NOTHING_SAID, words: [personOf(n)] }, consents, ...(keep && { code: reports?.code ?? "" }) }
            })
          : house.hear(personOf(n), "hi"),
      ),
    )
    const round = first / AT_ONCE
    if (round % 10 === 7) await copy(`after landing ${round}`)
    if (round % 3 === 0) await house.reports.stirDue()
    if (round % 10 !== 9) continue
    await house.reports.stirDue()
    await copy(`after stirring ${round}`)
  }
}

/** What a copy of the database shows at this moment. Whose row is whose is found with the keyring, to judge the attacker by. */
async function copy(moment: string): Promise<void> {
  const rows = await ordered("intake", ["xmin", "xmax", "cmin", "cmax", "ctid", "tableoid", "id", "length(content)", ...(await toast("intake", "content"))])
  const contents = new Map((await house.store.pool.query<{ id: string; content: Buffer }>("select id, content from intake")).rows.map(({ id, content }) => [id, content]))
  const reports = new Map(
    [...contents].flatMap(([id, content]) => opened(house.cover, [content]).entries.flatMap((entry) => (entry.kind === "report" ? [[id, entry.id] as const] : []))),
  )
  const shared = await house.store.pool.query<{ n: number }>(
    "select count(*)::int as n from intake i join conversation c on c.xmin::text = i.xmin::text group by i.xmin::text having count(distinct i.id) < 16",
  )
  const beside = await house.store.pool.query<{ n: number }>("select count(*)::int as n from conversation where xmin::text in (select xmin::text from intake)")
  copies.push({
    moment,
    people: await conversationOrders(),
    rows: Object.fromEntries(Object.entries(rows).map(([column, ids]) => [column, ids.flatMap((id) => reports.get(id) ?? [])])),
    contents: [...contents.values()].map((content) => content.toString("base64")),
    ids: [...contents.keys()],
    sharing: shared.rows.length,
    beside: beside.rows[0]?.n ?? 0,
  })
}

/** The ids of a table in the order of each of these columns. */
async function ordered(table: string, columns: readonly string[], id = "id"): Promise<Orders> {
  const orders: Orders = {}
  for (const column of columns) {
    const text = /^(xmin|xmax|cmin|cmax)$/.test(column) ? `${column}::text::bigint` : column
    const { rows } = await house.store.pool.query<{ id: string }>(`select ${id} as id from ${table} order by ${text}, ctid`)
    orders[`${table}.${column}`] = rows.map((row) => row.id)
  }
  return orders
}

/** Where the long values of a column stand, as something to order by. */
async function toast(table: string, column: string): Promise<readonly string[]> {
  const { rows } = await house.store.pool.query<{ name: string }>("select reltoastrelid::regclass::text as name from pg_class where relname = $1 and reltoastrelid <> 0", [table])
  const name = rows[0]?.name
  if (name === undefined) return []
  const chunk = (what: string) => `(select ${what} from ${name} t where t.chunk_seq = 0 and t.chunk_data = substr(${table}.${column}, 1, length(t.chunk_data)) limit 1)`
  return ["chunk_id", "ctid", "xmin::text::bigint"].map(chunk)
}

async function conversationOrders(): Promise<Orders> {
  return {
    ...(await ordered("conversation", ["xmin", "xmax", "cmin", "ctid", "id", "version", "heard_at", "length(state)"])),
    ...(await ordered("delivery", ["xmin", "ctid", "at"], "conversation_id")),
    ...(await ordered("(select distinct on (conversation_id) *, xmin, ctid from outbox order by conversation_id, id) as outbox", ["xmin", "ctid", "id"], "conversation_id")),
  }
}

/** Opens every report with an officer's identity. */
async function openAll(): Promise<ReadonlyMap<string, string>> {
  const age = new Decrypter()
  age.addIdentity(identity)
  const { rows } = await house.store.pool.query<{ id: string; sealed: Buffer }>("select id, sealed from report")
  const found = await Promise.all(rows.map(async ({ id, sealed }) => [id, (JSON.parse(await age.decrypt(sealed, "text")) as Sealed).words[0] ?? ""] as const))
  return new Map(found.map(([id, person]) => [id, conversationOf(person)]))
}

/** Both sides as the same names in their orders: those who filed, and whom the things belong to. */
function sides(people: Orders, things: Orders): readonly [Orders, Orders] {
  const owned: Orders = Object.fromEntries(Object.entries(things).map(([column, ids]) => [column, ids.flatMap((id) => owners.get(id) ?? [])]))
  const there = new Set(Object.values(owned)[0])
  return [Object.fromEntries(Object.entries(people).map(([column, ids]) => [column, [...new Set(ids.filter((id) => there.has(id)))]])), owned]
}

describe("a copy of the whole database directory", () => {
  test("has all the reports, and none is lost or doubled", async () => {
    expect(owners.size).toBe(REPORTS)
    expect(new Set(owners.values()).size).toBe(REPORTS)
  })

  test("ties no report on the shelf to a conversation: no column, place or transaction orders them alike", async () => {
    const columns = ["xmin", "xmax", "cmin", "cmax", "ctid", "tableoid", "id", "length(sealed)", "month", "keep_until", "consents", ...(await toast("report", "sealed"))]
    const [people, things] = sides(await conversationOrders(), await ordered("report", columns))
    expect(betterThanChance(people, things)).toEqual([])
    const { rows } = await house.store.pool.query("select from report r join conversation c on c.xmin::text = r.xmin::text or c.id = r.id")
    expect(rows.length).toBe(0)
  })

  test("taken at any moment of the day ties nothing that waits in the intake to a conversation", () => {
    expect(copies.length).toBeGreaterThan(8)
    for (const { moment, people, rows, sharing } of copies) {
      const [mine, theirs] = sides(people, rows)
      expect(betterThanChance(mine, theirs), moment).toEqual([])
      // Where a transaction is shared, all of the intake shares it.
      expect(sharing, moment).toBe(0)
    }
  })

  test("shows of nobody that she was there when something was filed, once the intake has been stirred", () => {
    const stirred = copies.filter(({ moment }) => moment.startsWith("after stirring"))
    expect(stirred.map(({ beside }) => beside)).toEqual(stirred.map(() => 0))
    // Until then it does, and that is said where it is promised.
    expect(Math.max(...copies.map(({ beside }) => beside))).toBeGreaterThan(0)
  })

  test("taken twice shows no row of the intake again, neither by its id nor by its bytes", () => {
    const seen = copies.flatMap(({ contents, ids }) => [...contents, ...ids])
    // Two copies may be taken with nothing in between; these are not.
    expect(new Set(seen).size).toBe(seen.length)
  })

  test("has in its files no bytes of a report beside those of its conversation, in the log of changes neither", async () => {
    const { rows } = await house.store.pool.query<{ oid: number; id: string; sealed: Buffer }>(
      "select (select oid from pg_database where datname = current_database())::int as oid, id, sealed from report",
    )
    const files = [...filesIn(join(folder, "base", String(rows[0]?.oid))), ...filesIn(join(folder, "pg_wal"))]
    const people = [...owners.values()].map((id) => ({ id, bytes: Buffer.from(id.replaceAll("-", ""), "hex") }))
    let found = 0
    let own = 0
    for (const file of files) {
      const text = readFileSync(file)
      const places = people.flatMap(({ id, bytes }) => placesOf(text, bytes).map((at) => ({ id, at }))).sort((a, b) => a.at - b.at)
      for (const { id, sealed } of rows) {
        const needles = [Buffer.from(id.replaceAll("-", ""), "hex"), sealed.subarray(200, 232)]
        for (const at of needles.flatMap((needle) => placesOf(text, needle))) {
          found += 1
          const near = places.reduce<{ id: string; at: number } | undefined>(
            (best, one) => (best === undefined || Math.abs(one.at - at) < Math.abs(best.at - at) ? one : best),
            undefined,
          )
          if (near?.id === owners.get(id)) own += 1
        }
      }
    }
    expect(found).toBeGreaterThan(REPORTS)
    // By chance one in three hundred; a report stands in a handful of places.
    expect(own).toBeLessThan(10 + found / 100)
  })

  test("has nothing of the intake in the log of changes of our own PostgreSQL", async () => {
    const wal = filesIn(join(folder, "pg_wal")).map((file) => readFileSync(file))
    const rows = await readIntake(house.store.pool)
    expect(rows.length).toBeGreaterThanOrEqual(16)
    expect(rows.filter((row) => wal.some((text) => text.includes(Buffer.from(row.subarray(32, 64)))))).toEqual([])
  })
})

function filesIn(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .map((name) => join(path, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
}

function placesOf(text: Buffer, needle: Uint8Array): readonly number[] {
  const places: number[] = []
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) places.push(at)
  return places
}
