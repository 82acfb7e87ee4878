import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { OpenCase } from "../../src/flows/report-shapes.ts"
import { freshCode } from "../../src/helpline/reports-code.ts"
import { freshDatabase } from "../support/database.ts"
import { ALL_CONSENTS, NOTHING_SAID, openReportHouse, type ReportHouse } from "../support/report-house.ts"

let database: Awaited<ReturnType<typeof freshDatabase>>
let house: ReportHouse
let officer = ""
let second = ""

beforeAll(async () => {
  database = await freshDatabase()
  house = await openReportHouse(database.url)
  officer = (await house.hire("one")).id
  second = (await house.hire("two")).id
})
afterAll(async () => {
  await house.close()
  await database.drop()
})

/** Files a report with a way back; gives its code. */
async function filed(from: string, words: readonly string[] = ["…"]): Promise<string> {
  let code = ""
  await house.file(from, (facts) => ({ type: "report", report: { ...NOTHING_SAID, words }, consents: ALL_CONSENTS, code: (code = facts.reports?.code ?? "") }))
  return code
}

/** What the flows are told when somebody types a code. */
async function opens(code: string, from = `phone of ${code}`): Promise<OpenCase | "unknown" | "later"> {
  const before = house.opened.length
  await house.hear(from, code)
  expect(house.opened.length).toBe(before + 1)
  return house.opened.at(-1) ?? "unknown"
}

async function kept(code: string): Promise<OpenCase> {
  const found = await opens(code, `phone ${Math.random()}`)
  if (typeof found === "string") throw new Error(found)
  return found
}

test("a case opens from the intake and from the shelf, on any channel, and is the same case", async () => {
  const code = await filed("amna")
  const waiting = await kept(code)
  expect(waiting).toMatchObject({ state: "kept", consents: ALL_CONSENTS, answers: [], counted: false })
  await house.reports.shelve()
  expect(await kept(code)).toEqual(waiting)
  await house.hear("whoever", `کوڈ ${[...code].map((digit) => String.fromCodePoint(0x6f0 + Number(digit))).join(" ")}`, { channel: "telegram", shape: "telegram", address: "42" })
  expect(house.opened.at(-1)).toEqual(waiting)
})

test("what she changes holds at once, before it is shelved and after", async () => {
  const code = await filed("bano")
  await house.reports.shelve()
  const { ref } = await kept(code)
  await house.file("bano", { type: "addition", ref, words: ["one thing more"] })
  await house.file("bano", { type: "consents", ref, consents: { ...ALL_CONSENTS, count: false } })
  await house.file("bano", { type: "consents", ref, consents: { ...ALL_CONSENTS, share: false } })
  expect((await kept(code)).consents).toEqual({ ...ALL_CONSENTS, share: false })
  expect([...(await house.reports.takenBack())]).toEqual([])
  await house.reports.shelve()
  expect((await kept(code)).consents).toEqual({ ...ALL_CONSENTS, share: false })
  expect((await house.reports.desk.inbox(officer, {})).lines.find(({ id }) => id === ref)).toMatchObject({ additions: 1, consents: { share: false } })
  await house.file("bano", { type: "withdrawal", ref })
  expect(await kept(code)).toMatchObject({ state: "withdrawn", answers: [] })
  expect([...(await house.reports.takenBack())]).toEqual([ref])
  await house.reports.shelve()
  expect(await kept(code)).toMatchObject({ state: "withdrawn" })
  expect(await house.reports.desk.report(officer, ref)).toBe("gone")
  const { rows } = await house.store.pool.query("select sealed, consents, keys, coding from report where id = $1", [ref])
  expect(rows).toEqual([{ sealed: null, consents: null, keys: null, coding: null }])
})

test("an officer's answer is read with the code, a story goes its whole way, and published it leads nowhere", async () => {
  const code = await filed("chand")
  await house.reports.shelve()
  const { ref } = await kept(code)
  const { desk } = house.reports
  expect(await desk.answer(officer, ref, "we have read it")).toBeUndefined()
  const draft = { text: "Somebody wrote to everybody.", language: "en", province: "not-said", when: "2026" }
  expect(await desk.story(officer, ref, draft)).toBeUndefined()
  expect((await kept(code)).story).toBeUndefined()
  expect(await desk.reviewStory(officer, ref, true)).toBe("yours")
  expect(await desk.reviewStory(second, ref, true)).toBeUndefined()
  const { answers, story } = await kept(code)
  expect(answers).toMatchObject([{ text: "we have read it" }])
  expect(story?.text).toBe(draft.text)
  await house.reports.shelve()
  // Opened isn't read yet.
  expect(await desk.report(officer, ref)).toMatchObject({ answers: [{ read: false }], story: { status: "reviewed" } })
  await house.file("chand", { type: "seen", ref, answer: answers[0]?.id })
  await house.file("chand", { type: "seen", ref, story: story?.id })
  await house.reports.shelve()
  expect(await desk.report(officer, ref)).toMatchObject({ answers: [{ read: true, alias: "one" }], story: { status: "shown" } })
  expect(await desk.publishStory(officer, ref)).toBe("not-yet")
  await house.file("chand", { type: "story", ref, story: story?.id ?? "", agrees: true })
  expect((await kept(code)).story).toBeUndefined()
  await house.reports.shelve()
  expect(await desk.publishStory(officer, ref)).toBe("not-yet")
  house.advance(130 * 24 * 3600_000)
  expect(await desk.publishStory(officer, ref)).toBeUndefined()
  const { rows } = await house.store.pool.query("select id, report_id, convert_from(content, 'UTF8') as text, status from story")
  expect(rows).toMatchObject([{ report_id: null, text: draft.text, status: "published" }])
  expect(rows[0]?.id).not.toBe(story?.id)
  const { rows: audit } = await house.store.pool.query("select subject_id from audit where what = 'story-published'")
  expect(audit).toEqual([{ subject_id: null }])
  house.advance(-130 * 24 * 3600_000)
})

test("what was read stays read: in whatever order it is noted, and beside a story", async () => {
  const code = await filed("zoya")
  await house.reports.shelve()
  const { ref } = await kept(code)
  for (const text of ["one", "two", "three"]) expect(await house.reports.desk.answer(officer, ref, text)).toBeUndefined()
  const [one, two] = (await kept(code)).answers
  for (const answer of [two, one]) await house.file("zoya", { type: "seen", ref, answer: answer?.id })
  await house.reports.shelve()
  expect(await house.reports.desk.report(officer, ref)).toMatchObject({ answers: [{ read: true }, { read: true }, { read: false }] })
})

test("she has read what she left by a word of her own, page by page, and EXIT notes it as she leaves", async () => {
  const code = await filed("yumna")
  await house.reports.shelve()
  const { ref } = await kept(code)
  for (const text of ["one", "two", "three"]) await house.reports.desk.answer(officer, ref, text)
  await reads("yumna", code)
  await house.hear("yumna", "EXIT")
  expect((await house.conversation("yumna")).place).toBe("left")
  await house.reports.shelve()
  expect(await house.reports.desk.report(officer, ref)).toMatchObject({ answers: [{ read: true }, { read: true }, { read: false }] })
})

test("what is only noted keeps nobody from leaving, as long as the intake may be busy", async () => {
  const code = await filed("xenia")
  await house.reports.shelve()
  const { ref } = await kept(code)
  for (const text of ["one", "two", "three"]) await house.reports.desk.answer(officer, ref, text)
  await reads("xenia", code)
  const client = await house.store.pool.connect()
  try {
    await client.query("begin")
    await client.query("lock table intake in access exclusive mode")
    expect(await house.hear("xenia", "EXIT")).toBe("taken")
    expect((await house.conversation("xenia")).place).toBe("left")
    await client.query("commit")
  } finally {
    client.release()
  }
  await house.reports.shelve()
  expect(await house.reports.desk.report(officer, ref)).toMatchObject({ answers: [{ read: true }, { read: false }, { read: false }] })
})

/** Comes back with a code and reads two answers, the second of which she is still at. */
async function reads(from: string, code: string): Promise<void> {
  for (const text of ["hi", "yes"]) await house.hear(from, text)
  await house.hear(from, code)
  expect((await house.conversation(from)).place).toBe("case.main")
  for (const text of ["read", "more"]) await house.hear(from, text)
  expect((await house.conversation(from)).place).toBe("case.answer")
}

test("a number typed right behind the answer that files it opens what was just filed", async () => {
  for (const text of ["hi", "yes", "tell what happened", "begin", ...Array.from({ length: 10 }, () => "skip"), "he wrote every day", "done", "right", "yes", "no", "no", "no"])
    await house.hear("uzma", text)
  const { place, memory } = await house.conversation("uzma")
  expect(place).toBe("report.code")
  const code = memory.draft?.code ?? ""
  await Promise.all([house.hear("uzma", "i have it"), house.hear("uzma", code)])
  expect(house.opened.at(-1)).toMatchObject({ state: "kept" })
  expect((await house.conversation("uzma")).place).toBe("case.main")
})

test("a turn that throws over a code leaves nothing of what it opened, nor of what stood beside it, for the operator", async () => {
  const code = await filed("wajiha", ["Planted sentence"])
  await house.reports.shelve()
  const { ref } = await kept(code)
  await house.reports.desk.answer(officer, ref, "Planted answer")
  house.upsetting.add("case")
  try {
    for (const heard of [{ type: "text", text: `Planted words ${code}` } as const, { type: "media", caption: `Planted words ${code}` } as const])
      expect(await house.hear("wajiha", "", { heard })).toBe("taken")
  } finally {
    house.upsetting.clear()
  }
  await house.idle()
  const { rows } = await house.store.pool.query<{ heard: Buffer }>("select heard from parked where conversation_id = $1", [house.cover.lookup("simulator", "sms:wajiha")])
  expect(rows.map(({ heard }) => JSON.parse(house.cover.open("heard", heard)) as unknown)).toEqual([{ type: "case" }, { type: "case" }])
})

test("wrong codes are unknown whether they lead nowhere or nearly somewhere; after five the next has to wait", async () => {
  const code = await filed("dua")
  const near = freshCode()
  const wrong = [freshCode(), ...Array.from({ length: 3 }, freshCode)]
  for (const one of wrong) expect(await opens(one, "guesser")).toBe("unknown")
  expect(await opens(near, "guesser")).toBe("unknown")
  expect(await opens(code, "guesser")).toBe("later")
  // Somebody else isn't slowed by it.
  expect(await opens(code, "dua")).toMatchObject({ state: "kept" })
  house.advance(11_000)
  expect(await opens(code, "guesser")).toMatchObject({ state: "kept" })
})

test("a code that has slipped is unknown, costs no try, and goes no further", async () => {
  const code = await filed("esha")
  const slipped = code.slice(0, -1) + String((Number(code.at(-1)) + 1) % 10)
  for (let n = 0; n < 8; n++) expect(await opens(slipped, "hasty")).toBe("unknown")
  expect(await opens(code, "hasty")).toMatchObject({ state: "kept" })
})

test("the same delivery twice is one try and one turn", async () => {
  const code = await filed("farah")
  const deliveryId = "the same"
  expect(await house.hear("farah", code, { deliveryId })).toBe("taken")
  const turns = house.opened.length
  expect(await house.hear("farah", code, { deliveryId })).toBe("repeated")
  const both = [house.hear("farah", code, { deliveryId: "at once" }), house.hear("farah", code, { deliveryId: "at once" })]
  expect((await Promise.all(both)).sort()).toEqual(["repeated", "taken"])
  expect(house.opened.slice(turns).filter((one) => one !== "unknown").length).toBe(1)
})

test("what she writes after a code waits for it", async () => {
  const code = await filed("gul")
  const from = house.heard.length
  await Promise.all([house.hear("gul", code), house.hear("gul", "and this"), house.hear("gul", "menu")])
  expect(house.heard.slice(from)).toMatchObject([{ type: "case" }, { type: "text", text: "and this" }, { type: "text", text: "menu" }])
})

test("neither the code nor what she wrote is found anywhere: no flow hears the digits, no file, table or line has them", async () => {
  const words = ["Planted Zaibunnisa", "0300-5557461", "پوشیدہ-نشانی"]
  const code = await filed("hina", words)
  await house.hear("hina", `${code.slice(0, 6)} ${code.slice(6, 12)} ${code.slice(12)}`)
  await house.hear("hina", "", { heard: { type: "media", caption: `look ${code}` } })
  const { ref } = await kept(code)
  await house.file("hina", { type: "addition", ref, words: ["Planted addition 7461"] })
  await house.reports.stirDue()
  await look()
  await house.reports.shelve()
  await look()
  expect(JSON.stringify(house.heard)).not.toContain(code)
  expect(house.heard.some((one) => one.type === "text" && /\d{6}/.test(one.text))).toBe(false)

  async function look() {
    await house.store.pool.query("checkpoint")
    const { rows } = await house.store.pool.query<{ folder: string; oid: string }>(
      "select current_setting('data_directory') as folder, (select oid from pg_database where datname = current_database())::text as oid",
    )
    const needles = [...words, "Planted addition 7461", code, code.slice(0, 6) + " " + code.slice(6, 12), code.slice(0, 17)].map((one) => Buffer.from(one))
    for (const part of [`base/${rows[0]?.oid}`, "pg_wal"]) {
      for (const file of filesIn(join(rows[0]?.folder ?? "", part))) {
        const text = readFileSync(file)
        for (const needle of needles) expect(text.includes(needle), `${needle.toString()} in ${file}`).toBe(false)
      }
    }
    for (const needle of needles) expect(house.lines.join("")).not.toContain(needle.toString())
  }
})

test("when sealing fails she isn't told that it was filed: her turn is taken again with the truth, and nothing is in the intake", async () => {
  await house.reports.shelve()
  const before = (await house.reports.desk.inbox(officer, {})).total
  // A key that was good when it was put there, and can't be sealed to.
  await house.store.pool.query(
    "insert into officer_key (id, staff_id, recipient, since) values (gen_random_uuid(), $1, 'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq', now())",
    [officer],
  )
  const filed = house.file("ifat", { type: "report", report: NOTHING_SAID, consents: ALL_CONSENTS })
  // What she writes at once, and what has to be looked up for, isn't lost with it.
  const asked = house.hear("ifat", "what do I take part in")
  const never = new Promise((resolve) => setTimeout(() => resolve("never"), 5000).unref())
  expect([await filed, await Promise.race([asked, never])]).toEqual(["taken", "taken"])
  expect((await house.reports.shelve()) === 0).toBe(true)
  expect((await house.reports.desk.inbox(officer, {})).total).toBe(before)
  await house.store.pool.query("delete from officer_key where recipient like 'age1qqqqqqqq%'")
  const { rows } = await house.store.pool.query("select count(*)::int as n from outbox where conversation_id = $1", [house.cover.lookup("simulator", "sms:ifat")])
  expect(rows[0]).toEqual({ n: 2 })
})

function filesIn(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .map((name) => join(path, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
}
