import { fork } from "node:child_process"
import { join } from "node:path"
import { Decrypter } from "age-encryption"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Sealed } from "../../src/helpline/report-view.ts"
import { freshDatabase } from "../support/database.ts"
import { inBreadth } from "../support/proof.ts"
import { NOTHING_SAID, openReportHouse, type ReportHouse } from "../support/report-house.ts"

let database: Awaited<ReturnType<typeof freshDatabase>>
let house: ReportHouse
let identity = ""

beforeAll(async () => {
  database = await freshDatabase()
  house = await openReportHouse(database.url)
  identity = (await house.hire("officer")).identity
})
afterAll(async () => {
  await house.close()
  await database.drop()
})

type Order = { readonly does: "file" | "stir" | "shelve"; readonly from: string }

/** Lets a house carry out orders until it is through or dies; tells which of them it acknowledged. */
function ordered(orders: readonly Order[], dieAt: string, count = 1): Promise<{ readonly done: readonly Order[]; readonly signal: string | null }> {
  const { pepper, keys } = house.keyring
  const keyring = JSON.stringify({ pepper: Buffer.from(pepper).toString("base64"), key: Buffer.from(keys[0]?.key ?? []).toString("base64") })
  const child = fork(join(import.meta.dirname, "../support/killable-reports.ts"), {
    env: { ...process.env, NODE_OPTIONS: "", DATABASE_URL: database.url, KEYRING: keyring, DIE_AT: dieAt, DIE_AT_COUNT: String(count) },
    execArgv: [],
  })
  const done: Order[] = []
  return new Promise((resolve) => {
    child.on("message", (told: Order | "ready") => {
      if (told !== "ready") done.push(told)
      const next = orders[done.length]
      if (next === undefined) child.kill("SIGKILL")
      else child.send(next)
    })
    child.once("exit", (_, signal) => resolve({ done, signal }))
  })
}

/** Of whom there are reports on the shelf, by opening each. */
async function reporters(): Promise<readonly string[]> {
  const age = new Decrypter()
  age.addIdentity(identity)
  const { rows } = await house.store.pool.query<{ sealed: Buffer }>("select sealed from report")
  const words = await Promise.all(rows.map(async ({ sealed }) => (JSON.parse(await age.decrypt(sealed, "text")) as Sealed).words[0] ?? ""))
  return words.sort()
}

for (const { when, at } of inBreadth(
  [{ when: "in the middle of landing, when the turn is written and the intake isn't", at: "lock table intake" }],
  [
    { when: "between sealing and landing", at: "with seen as" },
    { when: "right before the commit of the landing", at: "commit" },
  ],
)) {
  test(`killed ${when}: nothing was acknowledged, and the delivery that comes again files it once`, { timeout: 60_000 }, async () => {
    const from = `somebody ${at}`
    const first = await ordered([{ does: "file", from }], at)
    expect(first).toEqual({ done: [], signal: "SIGKILL" })
    // The provider comes again, and once more because it didn't hear the first answer.
    const filing = { type: "report", report: { ...NOTHING_SAID, words: [from] }, consents: NO } as const
    expect(await house.file(from, filing, { deliveryId: `delivery of ${from}` })).toBe("taken")
    expect(await house.file(from, filing, { deliveryId: `delivery of ${from}` })).toBe("repeated")
    await house.reports.shelve()
    expect((await reporters()).filter((one) => one === from)).toEqual([from])
  })
}

for (const { when, at } of inBreadth([{ when: "in the middle of stirring", at: "insert into intake" }], [{ when: "between landing and stirring", at: "lock table intake" }])) {
  test(`killed ${when}: what was acknowledged is there, once`, { timeout: 60_000 }, async () => {
    const from = `stirred ${at}`
    expect(await house.file(from, { type: "report", report: { ...NOTHING_SAID, words: [from] }, consents: NO })).toBe("taken")
    expect(await ordered([{ does: "stir", from }], at)).toEqual({ done: [], signal: "SIGKILL" })
    await house.reports.shelve()
    expect((await reporters()).filter((one) => one === from)).toEqual([from])
  })
}

for (const [at, count] of inBreadth(
  [
    ["insert into report (", 1],
    ["commit", 2],
  ],
  [
    ["commit", 1],
    ["lock table report", 1],
  ],
)) {
  test(`killed in the middle of a shelving, at “${at}” ${count}: every report is there once`, { timeout: 60_000 }, async () => {
    const people = ["a", "b", "c"].map((name) => `${name}, shelved, ${at} ${count}`)
    for (const from of people) {
      await house.file(from, { type: "report", report: { ...NOTHING_SAID, words: [from] }, consents: NO })
    }
    expect(await ordered([{ does: "shelve", from: at }], at, count)).toEqual({ done: [], signal: "SIGKILL" })
    await house.reports.shelve()
    expect((await reporters()).filter((one) => one.endsWith(`, shelved, ${at} ${count}`))).toEqual(people)
  })
}

const NO = { keep: false, count: false, share: false, publish: false, wording: "report-1" }
