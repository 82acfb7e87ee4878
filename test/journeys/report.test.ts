import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Language, Shape } from "../../src/flows/effect.ts"
import type { SealedReport } from "../../src/helpline/report-view.ts"
import { LANGUAGES } from "../../src/locales/texts.ts"
import { readWords } from "../../src/locales/words.ts"
import { freshDatabase } from "../support/database.ts"
import { openWith } from "../support/console-stand-in-reports.ts"
import { contentWith, openHouse, type House } from "../support/house.ts"
import { simulated } from "../support/simulated.ts"
import { hire } from "../support/staff.ts"
import { DONE, toldIn, TYPED } from "../support/telling.ts"

const SHAPES: readonly Shape[] = ["sms", "telegram", "whatsapp"]
/** Where another phone of hers is, when she comes back. */
const OTHER: Readonly<Record<Shape, Shape>> = { sms: "telegram", telegram: "whatsapp", whatsapp: "sms" }
/** As many messages into her account, the house is begun anew. */
const HALFWAY = 9

type She = { readonly language: Language; readonly shape: Shape; readonly from: string; code: string }

let house: House
let database: Awaited<ReturnType<typeof freshDatabase>>
let dataDir: string
let officer: string
const identity = await generateX25519Identity()
const people: readonly She[] = LANGUAGES.flatMap((language, row) => SHAPES.map((shape, column) => ({ language, shape, from: `+9230012345${row}${column}`, code: "" })))

const content = contentWith("helpline.yaml", (text) => text.replace(/^ {2}# shareWith:.*$/m, "  shareWith: Rights Circle"))
const open = () => openHouse({}, { databaseUrl: database.url, dataDir, content })
beforeAll(async () => {
  database = await freshDatabase()
  dataDir = mkdtempSync(join(tmpdir(), "hamraaz-journey-"))
  house = await open()
  officer = (await hire(house, ["officer"])).id
  expect(await house.app.reports.desk.setKey(officer, await identityToRecipient(identity))).toBeUndefined()
})
afterAll(async () => {
  await house.close()
  await database.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Types one message of the account, and what a screen with buttons asks for besides. */
async function types({ language, shape, from }: She, n: number): Promise<readonly { readonly text: string }[]> {
  const her = simulated(house, shape, from)
  await her.read()
  const several = (await her.place()) === "report.act-of" && shape !== "sms"
  const said = await her.text(TYPED[language][n] ?? "")
  return several ? [...said, ...(await her.text(DONE[language]))] : said
}

/** All that an officer's key opens of what stands on the shelf. */
async function shelf(): Promise<readonly { readonly id: string; readonly sealed: Record<string, unknown>; readonly report: SealedReport }[]> {
  const { lines } = await house.app.reports.desk.inbox(officer, {})
  return Promise.all(
    lines.map(async ({ id }) => {
      const report = await house.app.reports.desk.report(officer, id)
      if (typeof report === "string") throw new Error(report)
      return { id, report, sealed: (await openWith(identity, Buffer.from(report.sealed, "base64"))) as Record<string, unknown> }
    }),
  )
}

describe("a report in each language over each channel", () => {
  test("is begun, outlives the house, and is filed as it was told, with a way back", async () => {
    for (const she of people) {
      const her = simulated(house, she.shape, she.from)
      for (const text of ["hi", readWords()[she.language].name, "1"]) await her.text(text)
      expect([she.language, await her.language(), await her.place()]).toEqual([she.language, she.language, "menu.main"])
      for (let n = 0; n < HALFWAY; n++) await types(she, n)
    }
    await house.close()
    house = await open()
    // A closed house reads its officers' keys when its loops turn.
    await house.app.reports.look()
    for (const she of people) {
      let said: readonly { readonly text: string }[] = []
      for (let n = HALFWAY; n < TYPED[she.language].length; n++) said = [...said, ...(await types(she, n))]
      const codes = said.flatMap(({ text }) => /(?:\d[- ]?){18}/.exec(text)?.[0] ?? [])
      expect([she.language, she.shape, await simulated(house, she.shape, she.from).place(), codes.length]).toEqual([she.language, she.shape, "report.filed", 1])
      she.code = codes[0] ?? ""
    }
  })

  test("is opened by the officer's key alone, as it was told", async () => {
    await house.app.reports.shelve()
    const reports = await shelf()
    const month = new Date(house.now()).toISOString().slice(0, 7)
    const told = (language: Language) =>
      expect.objectContaining({ ...toldIn(language, month), consents: { keep: true, count: true, share: false, publish: true, wording: "report-1" } }) as unknown
    expect(reports).toHaveLength(people.length)
    for (const language of LANGUAGES) expect(reports.filter(({ sealed }) => sealed["language"] === language).map(({ sealed }) => sealed)).toEqual(SHAPES.map(() => told(language)))
    const stranger = await generateX25519Identity()
    await expect(openWith(stranger, Buffer.from(reports[0]?.report.sealed ?? "", "base64"))).rejects.toThrow()
  })

  test("is coded and answered, and the answer is read with the code from another channel", async () => {
    for (const { id, sealed } of await shelf()) {
      const { about, acts, platforms, relation, harms, actions, country, province, district, age, gender } = sealed as ReturnType<typeof toldIn>
      expect(await house.app.reports.desk.code(officer, id, { about, acts, platforms, relation, harms, actions, country, province, district, age, gender })).toBeUndefined()
      expect(await house.app.reports.desk.answer(officer, id, `We read it (${String(sealed["language"])}).`)).toBeUndefined()
    }
    for (const { language, shape, from, code } of people) {
      const other = simulated(house, OTHER[shape], `${from}9`)
      for (const text of ["hi", readWords()[language].name, "1"]) await other.text(text)
      // Other digits are her digits, too.
      const typed = language === "ur" ? code.replace(/\d/g, (digit) => String.fromCharCode(0x6f0 + Number(digit))) : code
      expect((await other.text(typed)).map(({ text }) => text).join("\n")).not.toContain(code)
      const said = [...(await other.text("1")), ...(await other.read())].map(({ text }) => text).join("\n")
      expect(said, `${language} ${shape}`).toContain(`We read it (${language}).`)
    }
  })

  test("is withdrawn by whoever has the code, and nothing of it is left but that it was there", async () => {
    const [she] = people
    if (she === undefined) throw new Error("nobody")
    const other = simulated(house, OTHER[she.shape], `${she.from}9`)
    await other.text("menu")
    await other.text(she.code)
    expect(await other.place()).toBe("case.main")
    await other.choose("case.main/withdraw")
    await other.choose("case.withdraw/yes")
    await house.app.reports.shelve()
    const { lines } = await house.app.reports.desk.inbox(officer, {})
    expect(lines.filter(({ status }) => status === "withdrawn")).toHaveLength(1)
    const [gone] = lines.filter(({ status }) => status === "withdrawn")
    expect(await house.app.reports.desk.report(officer, gone?.id ?? "")).toBe("gone")
    await other.text("menu")
    expect((await other.text(she.code)).length).toBeGreaterThan(0)
    expect(await other.place()).toBe("case.gone")
  })

  test("leaves no code and no word of it in any log line or any readable column", async () => {
    const { rows } = await house.app.store.pool.query<{ table_name: string }>(
      "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
    )
    const dumped: string[] = []
    for (const { table_name } of rows) dumped.push(JSON.stringify((await house.app.store.pool.query(`select * from "${table_name}"`)).rows))
    const all = [...house.lines, ...dumped].join("\n")
    for (const { code, language } of people) for (const secret of [code, code.replace(/\D/g, ""), ...toldIn(language, "").words]) expect(all.includes(secret), language).toBe(false)
  })
})
