import { Decrypter } from "age-encryption"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Sealed } from "../../src/helpline/report-view.ts"
import { freshDatabase } from "../support/database.ts"
import { ALL_CONSENTS, NOTHING_SAID, openReportHouse, type ReportHouse } from "../support/report-house.ts"

let database: Awaited<ReturnType<typeof freshDatabase>>
let house: ReportHouse
let officer: Awaited<ReturnType<ReportHouse["hire"]>>
let other: typeof officer

beforeAll(async () => {
  database = await freshDatabase()
  house = await openReportHouse(database.url)
})
afterAll(async () => {
  await house.close()
  await database.drop()
})

async function unsealed<T>(identity: string, sealed: string): Promise<T> {
  const age = new Decrypter()
  age.addIdentity(identity)
  return JSON.parse(await age.decrypt(Buffer.from(sealed, "base64"), "text")) as T
}

test("before there is a key nothing is taken, and the flow knows", async () => {
  await house.file("nobody", { type: "report", report: NOTHING_SAID, consents: ALL_CONSENTS })
  expect(house.reports.facts()).toMatchObject({ taken: false, code: "" })
  await house.reports.shelve()
  officer = await house.hire("first")
  other = await house.hire("second")
  expect((await house.reports.desk.inbox(officer.id, {})).total).toBe(0)
  expect(house.reports.facts()).toMatchObject({ taken: true, group: "a group" })
})

test("what is filed ends as a sealed report on the shelf, and each officer's identity opens it", async () => {
  let code = ""
  const report = { ...NOTHING_SAID, words: ["he wrote to everybody that I know", "ہر روز"] }
  await house.file("amna", (facts) => ({ type: "report", report, consents: ALL_CONSENTS, code: (code = facts.reports?.code ?? "") }))
  await house.reports.stirDue()
  expect((await house.reports.desk.inbox(officer.id, {})).total).toBe(0)
  expect(await house.reports.shelve()).toBe(1)
  const { lines, total, waiting } = await house.reports.desk.inbox(officer.id, {})
  expect({ total, waiting }).toEqual({ total: 1, waiting: 1 })
  const [line] = lines
  expect(line).toMatchObject({ status: "new", consents: ALL_CONSENTS, mine: true, additions: 0, answerable: true })
  const found = await house.reports.desk.report(officer.id, line?.id ?? "")
  if (typeof found === "string") throw new Error(found)
  for (const { identity } of [officer, other]) {
    expect(await unsealed<Sealed>(identity, found.sealed)).toEqual({ ...report, consents: ALL_CONSENTS, month: line?.month, taxonomy: 1 })
  }
  expect(code).toMatch(/^\d{18}$/)
  await house.hear("from another phone", `it was ${code.replace(/(\d{3})/g, "$1 ")}`)
  expect(house.opened.at(-1)).toMatchObject({ ref: line?.id, state: "kept", consents: ALL_CONSENTS, answers: [] })
})
