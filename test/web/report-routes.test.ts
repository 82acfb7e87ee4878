import { generateX25519Identity, identityToRecipient } from "age-encryption"
import { afterAll, beforeAll, expect, test } from "vitest"
import { giveReport } from "../support/filed-reports.ts"
import { openHouse, type House } from "../support/house.ts"
import { ALL_CONSENTS, codingOf, NOTHING_SAID } from "../support/report-house.ts"
import { hire, StaffBrowser, type Person } from "../support/staff.ts"

const PLANTED = "a planted sentence of hers"
const SEALED = Buffer.from("age-encryption.org/v1\n".padEnd(300, "x")).toString("base64")

let house: House
let officer: Person
let everybodyElse: Person
let recipient: string
let id: string

beforeAll(async () => {
  house = await openHouse()
  officer = await hire(house, ["officer"])
  everybodyElse = await hire(house, ["counsellor", "supervisor", "moderator", "admin"])
  recipient = await identityToRecipient(await generateX25519Identity())
  await officer.browser.post("report-keys", { recipient })
  id = await giveReport(house, officer.id, { ...NOTHING_SAID, words: [PLANTED] }, ALL_CONSENTS)
})
afterAll(() => house.close())

/** What each route wants, when it is asked as it should be. */
const bodies = (): Readonly<Record<string, object>> => ({
  "report-keys": { recipient },
  [`report-keys/${id}/retire`]: {},
  [`reports/${id}/reseal`]: { seal: "a seal", sealed: SEALED, additions: [] },
  [`reports/${id}/code`]: { coding: CODING },
  [`reports/${id}/answer`]: { text: "an answer" },
  [`reports/${id}/extend`]: { reason: "under-way" },
  [`reports/${id}/erase`]: { reason: "twice" },
  [`reports/${id}/story`]: { story: { text: "a story", language: "en", province: "not-said", when: "2026" } },
  [`reports/${id}/story/review`]: { agrees: true },
  [`reports/${id}/story/publish`]: {},
  [`reports/${id}/exported`]: { recipient },
})
const looks = () => ["reports", "report-frame", "report-keys", `reports/${id}`]
const CODING = codingOf(NOTHING_SAID)

test("nobody but a report officer enters, whatever other roles they have", async () => {
  const stranger = new StaffBrowser(house.url)
  for (const path of looks()) {
    expect((await stranger.get(path)).status, path).toBe(401)
    expect((await everybodyElse.browser.get(path)).status, path).toBe(403)
    expect((await officer.browser.get(path)).status, path).toBe(200)
  }
  for (const [path, body] of Object.entries(bodies())) {
    expect((await stranger.post(path, body)).status, path).toBe(401)
    expect((await everybodyElse.browser.post(path, body)).status, path).toBe(403)
    expect((await officer.browser.post(path, body, { origin: "https://elsewhere.example" })).status, path).toBe(403)
  }
  expect((await house.app.reports.desk.inbox(officer.id, {})).lines.map(({ id, status }) => [id, status])).toEqual([[id, "new"]])
})

test("what isn't what a route wants is refused by a code, and neither the answer nor the log repeats it", async () => {
  const said = `${PLANTED} once more`
  const wrong: readonly (readonly [string, object])[] = [
    ["report-keys", { recipient: said }],
    ["report-keys", { recipient: "AGE-SECRET-KEY-1QQQQQQQQQQQQ" }],
    ["report-keys", { recipient, identity: said }],
    [`reports/${id}/reseal`, { seal: "x", sealed: said, additions: [] }],
    [`reports/${id}/reseal`, { seal: "x", sealed: SEALED, additions: [{ id: said, sealed: SEALED }] }],
    [`reports/${id}/reseal`, { seal: "x", sealed: "A".repeat(200_004), additions: [] }],
    [`reports/${id}/code`, { coding: { ...CODING, about: said } }],
    [`reports/${id}/code`, { coding: { ...CODING, words: [said] } }],
    [`reports/${id}/code`, { coding: { ...CODING, country: "pk" } }],
    [`reports/${id}/answer`, { text: " \n " }],
    [`reports/${id}/answer`, { text: said.repeat(100) }],
    [`reports/${id}/extend`, { reason: "" }],
    [`reports/${id}/extend`, { reason: said }],
    [`reports/${id}/extend`, { reason: "twice" }],
    [`reports/${id}/erase`, { reason: said }],
    [`reports/${id}/erase`, {}],
    [`reports/${id}/story`, { story: { text: said, language: "en", province: "punjab", when: "2026-11-25" } }],
    [`reports/${id}/story`, { story: { text: said, language: "tlh", province: "punjab", when: "2026" } }],
    [`reports/${id}/story/review`, { agrees: said }],
    [`reports/${id}/exported`, { recipient: said }],
  ]
  for (const [path, body] of wrong) {
    const { status, json } = await officer.browser.post(path, body)
    expect([status, json], `${path} ${JSON.stringify(body).slice(0, 80)}`).toEqual([400, { ok: false, why: "unreadable" }])
  }
  expect(house.lines.join("\n")).not.toContain("planted")
})

test("what names something that the content doesn't have is refused by the name of its field, and isn't repeated", async () => {
  const coded = (change: object) => officer.browser.post(`reports/${id}/code`, { coding: { ...CODING, ...change } })
  const fields: readonly (readonly [string, object])[] = [
    ["acts", { acts: ["no-such-act"] }],
    ["actions", { actions: [{ action: "police", outcome: "no-such-outcome" }] }],
    ["province", { province: "no-such-province" }],
    ["province", { country: "IN", province: "sindh" }],
    ["province", { country: "not-said", province: "punjab" }],
    ["province", { country: "CO", province: "punjab" }],
    ["district", { province: "punjab", district: "no-such-district" }],
    ["district", { province: "sindh", district: "lahore" }],
    ["district", { district: "lahore" }],
  ]
  for (const [field, change] of fields) {
    const { status, json } = await coded(change)
    expect([status, json], JSON.stringify(change)).toEqual([400, { ok: false, why: "unreadable", field }])
  }
  // A report may come from anywhere, and from a country of whose provinces nothing is known.
  for (const change of [{ country: "NO" }, { country: "not-said" }, { country: "CO", province: "bogota" }, { province: "punjab", district: "lahore" }])
    expect((await coded(change)).json, JSON.stringify(change)).toEqual({ ok: true })
  const story = (province: string) => officer.browser.post(`reports/${id}/story`, { story: { text: "a story", language: "en", province, when: "2026" } })
  expect(await story("no-such-province")).toMatchObject({ status: 400, json: { ok: false, why: "unreadable", field: "province" } })
  expect((await story("punjab")).json).toEqual({ ok: true })
})

test("what can't be done says why: gone, changed, not a key, no code, no consent", async () => {
  const nowhere = "00000000-0000-4000-8000-000000000000"
  for (const other of [nowhere, "nothing", "..%2f"]) expect(await officer.browser.get(`reports/${other}`), other).toMatchObject({ status: 404, json: { why: "gone" } })
  expect(await officer.browser.post(`reports/${nowhere}/answer`, { text: "an answer" })).toMatchObject({ status: 404, json: { why: "gone" } })
  expect(await officer.browser.post("report-keys", { recipient: `age1${"q".repeat(58)}` })).toMatchObject({ status: 400, json: { why: "not-a-key" } })
  expect(await officer.browser.post(`reports/${id}/reseal`, { seal: "x", sealed: SEALED, additions: [] })).toMatchObject({ status: 400, json: { why: "unreadable" } })
  const plain = await giveReport(house, officer.id, NOTHING_SAID, { ...ALL_CONSENTS, keep: false, count: false, publish: false })
  expect(await officer.browser.post(`reports/${plain}/code`, { coding: CODING })).toMatchObject({ status: 409, json: { why: "no-consent" } })
  expect(await officer.browser.post(`reports/${plain}/answer`, { text: "an answer" })).toMatchObject({ status: 409, json: { why: "no-code" } })
  expect(await officer.browser.post(`reports/${plain}/story/publish`)).toMatchObject({ status: 404, json: { why: "gone" } })
})

test("what is looked at holds nothing that anybody wrote, and the frame has the taxonomy, its crosswalks and the areas in a language", async () => {
  const seen = JSON.stringify([(await officer.browser.get("reports")).json, (await officer.browser.get(`reports/${id}`)).json])
  expect(seen).not.toContain("planted")
  expect(seen).toContain(Buffer.from("age-encryption.org/v1").toString("base64").slice(0, 20))
  const { json } = await officer.browser.get("report-frame?language=ur")
  const frame = json as unknown as {
    readonly groups: readonly { readonly id: string; readonly options: readonly { readonly as: readonly string[] }[] }[]
    readonly areas: readonly { readonly id: string; readonly provinces: readonly { readonly id: string }[] }[]
  }
  expect(frame.groups.map((group) => group.id)).toContain("act")
  expect(JSON.stringify(frame)).toMatch(/پنجاب[\s\S]*لاہور/)
  expect(JSON.stringify(frame)).toContain("UNFPA: sextortion")
  expect(frame.areas.map((area) => area.id)).toEqual(expect.arrayContaining(["PK", "IN"]))
  expect(frame.areas.find((area) => area.id === "CO")?.provinces.map((province) => province.id)).toEqual(["bogota"])
})
