import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { sweep } from "../../src/store/shelves.ts"
import { openHouse, type House } from "../support/house.ts"
import { createPasskey } from "../support/passkey.ts"
import { codeOf, hire, joinBy, setUp, StaffBrowser, tokenIn, wrongCode, type Person } from "../support/staff.ts"

const HOUR = 3600_000

let house: House
let firstToken: string
let admin: Person
beforeAll(async () => {
  house = await openHouse()
  firstToken = (await house.app.staff.firstLink()) ?? ""
  admin = await joinBy(house, firstToken)
})
afterAll(() => house.close())

const stranger = () => new StaffBrowser(house.url)
const newcomer = (name: string) => ({ userName: name, alias: `${name} alias`, password: "long enough, surely" })

/** A browser in which a person has signed in again, by a recovery code: the codes of this half minute are used up. */
async function again({ userName, password, recoveryCodes }: Person, nth: number): Promise<StaffBrowser> {
  const browser = stranger()
  expect((await browser.post("sign-in", { userName, password })).json).toEqual({ ok: true, next: "code" })
  expect((await browser.post("sign-in/recovery", { code: recoveryCodes[nth] })).json).toEqual({ ok: true })
  return browser
}

describe("the first admin", () => {
  test("comes in by a link that works once, and there is none any more afterwards", async () => {
    expect((await admin.browser.get("me")).json).toMatchObject({ alias: admin.alias, roles: ["admin"], cap: 1 })
    expect((await stranger().post("link", { token: firstToken })).json).toEqual({ ok: false, why: "link" })
    expect((await stranger().post("link/join", { token: firstToken, ...newcomer("second") })).json).toEqual({ ok: false, why: "link" })
    expect(await house.app.staff.firstLink()).toBeUndefined()
  })

  test("is one, also when two use two first links at the same moment", async () => {
    const empty = await openHouse()
    try {
      const tokens = [await empty.app.staff.firstLink(), await empty.app.staff.firstLink()]
      const answers = await Promise.all(tokens.map((token, n) => new StaffBrowser(empty.url).post("link/join", { token, ...newcomer(`rival${n}`) })))
      expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409])
      expect(await empty.app.store.prisma.staff.count()).toBe(1)
    } finally {
      await empty.close()
    }
  })
})

describe("an invitation", () => {
  test("made by an admin gives the roles it names, to one person, once", async () => {
    const { json } = await admin.browser.post("staff/invite", { roles: ["officer", "counsellor"] })
    const token = tokenIn(json["link"])
    expect((await stranger().post("link", { token })).json).toEqual({ ok: true, kind: "invitation", roles: ["counsellor", "officer"] })
    const both = await Promise.all(["both1", "both2"].map((name) => stranger().post("link/join", { token, ...newcomer(name), roles: ["admin"] })))
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409])
    const joined = await house.app.store.prisma.staff.findMany({ where: { userName: { startsWith: "both" } } })
    expect(joined.map(({ roles }) => roles)).toEqual([["counsellor", "officer"]])
  })

  test("is over after 48 hours, and can be taken back", async () => {
    const old = await house.app.staff.invite(undefined, ["counsellor"])
    house.advance(48 * HOUR + 1)
    expect((await stranger().post("link/join", { token: old, ...newcomer("late") })).json).toEqual({ ok: false, why: "link" })
    const token = await house.app.staff.invite(undefined, ["counsellor"])
    const { json } = await admin.browser.get("staff/links")
    expect((await admin.browser.post(`staff/links/${json[0]?.id}/withdraw`)).json).toEqual({ ok: true })
    expect((await stranger().post("link", { token })).json).toEqual({ ok: false, why: "link" })
  })

  test("takes no weak password, no taken user name, no taken alias, and no alias that gives the user name away", async () => {
    const token = await house.app.staff.invite(undefined, ["counsellor"])
    const join = async (change: object) => (await stranger().post("link/join", { token, ...newcomer("fresh"), ...change })).json["why"]
    expect(await join({ password: "elevenchars" })).toBe("unreadable")
    expect(await join({ userName: admin.userName.toUpperCase() })).toBe("name-taken")
    expect(await join({ alias: admin.alias })).toBe("alias-taken")
    expect(await join({ alias: "Fresh" })).toBe("alias-taken")
    expect(await join({})).toBeUndefined()
  })
})

describe("signing in", () => {
  test("asks for a code after the password, and shows nothing before it", async () => {
    const person = await hire(house, ["counsellor"])
    const browser = stranger()
    expect((await browser.get("session")).json).toEqual({ state: "out" })
    expect((await browser.post("sign-in", { userName: ` ${person.userName.toUpperCase()} `, password: person.password })).json).toEqual({ ok: true, next: "code" })
    expect((await browser.get("me")).status).toBe(401)
    expect((await browser.post("sign-in/code", { code: wrongCode(person.secret, 1) })).status).toBe(401)
    expect((await browser.post("sign-in/code", { code: codeOf(person.secret, 1) })).json).toEqual({ ok: true })
    expect((await browser.get("me")).json).toEqual({ id: person.id, userName: person.userName, alias: person.alias, roles: ["counsellor"], cap: 1, timeZone: "Asia/Karachi" })
    expect((await browser.get("session")).json).toEqual({ state: "in" })
  })

  test("a code or a recovery code is good for one time", async () => {
    const person = await hire(house, ["counsellor"])
    const signIn = async (step: string, code: string | undefined) => {
      const browser = stranger()
      await browser.post("sign-in", person)
      return (await browser.post(step, { code })).status
    }
    const code = codeOf(person.secret, 1)
    expect([await signIn("sign-in/code", code), await signIn("sign-in/code", code)]).toEqual([200, 401])
    const [recovery] = person.recoveryCodes
    expect([await signIn("sign-in/recovery", recovery), await signIn("sign-in/recovery", recovery)]).toEqual([200, 401])
  })

  test("an account without a second step may set it up and nothing else, and by its password alone for an hour only", async () => {
    const token = await house.app.staff.invite(undefined, ["admin"])
    const browser = stranger()
    expect((await browser.post("link/join", { token, ...newcomer("half") })).json).toEqual({ ok: true, next: "set-up" })
    expect((await browser.get("session")).json).toEqual({ state: "set-up" })
    expect((await browser.get("staff")).status).toBe(403)
    expect((await browser.get("me")).status).toBe(403)
    expect((await stranger().post("sign-in", newcomer("half"))).json).toEqual({ ok: true, next: "set-up" })
    house.advance(HOUR + 1)
    expect((await stranger().post("sign-in", newcomer("half"))).json).toEqual({ ok: false, why: "wrong" })
  })

  test("setting the second step up ends what was signed in without it", async () => {
    const token = await house.app.staff.invite(undefined, ["counsellor"])
    const { password } = newcomer("twice")
    const [one, other] = [stranger(), stranger()]
    await one.post("link/join", { token, ...newcomer("twice") })
    await other.post("sign-in", newcomer("twice"))
    await setUp(one, password)
    expect([(await one.get("me")).status, (await other.get("me")).status]).toEqual([200, 401])
  })

  test("a passkey does for both steps, but only when the device asked who is there", async () => {
    const person = await hire(house, ["counsellor"])
    const device = createPasskey(house.url)
    expect((await person.browser.post("me/passkeys/options", { password: "not the password" })).status).toBe(401)
    const { json: made } = await person.browser.post("me/passkeys/options", { password: person.password })
    expect((await person.browser.post("me/passkeys", { name: "laptop", response: device.create(made["options"] as object) })).json).toEqual({ ok: true })
    const signIn = async (verified: boolean) => {
      const browser = stranger()
      const { json } = await browser.post("sign-in/passkey/options")
      return { browser, answer: await browser.post("sign-in/passkey", { response: device.get(json["options"] as object, verified) }) }
    }
    expect((await signIn(false)).answer.json).toEqual({ ok: false, why: "wrong" })
    const { browser, answer } = await signIn(true)
    expect(answer.json).toEqual({ ok: true })
    expect((await browser.get("me")).json).toMatchObject({ alias: person.alias })
    const { json: keys } = await browser.get("me/passkeys")
    expect(keys).toMatchObject([{ name: "laptop" }])
    await browser.post(`me/passkeys/${keys[0]?.id}/remove`)
    expect((await signIn(true)).answer.status).toBe(401)
  })

  test("tells the same of a user name that nobody has, a wrong password, somebody let go and somebody reset", async () => {
    const [person, gone, reset] = [await hire(house, ["counsellor"]), await hire(house, ["counsellor"]), await hire(house, ["counsellor"])]
    await admin.browser.post(`staff/${gone.id}/deactivate`)
    await admin.browser.post(`staff/${reset.id}/reset`)
    const tries = [{ userName: "nobody.there", password: "some password" }, { userName: person.userName, password: "some password" }, gone, reset]
    const answers = await Promise.all(tries.map(async (one) => stranger().post("sign-in", { userName: one.userName, password: one.password })))
    const seen = answers.map(({ status, json, headers }) => JSON.stringify({ status, json, names: [...headers.keys()].sort() }))
    expect(seen.filter((one) => one !== seen[0])).toEqual([])
    expect(answers[0]).toMatchObject({ status: 401, json: { ok: false, why: "wrong" } })
  })
})

describe("an account", () => {
  test("a new password ends every other session, and the old password is worth nothing", async () => {
    const person = await hire(house, ["counsellor"])
    const other = await again(person, 0)
    expect((await person.browser.post("me/password", { current: "not the password", fresh: "another long one" })).status).toBe(401)
    expect((await person.browser.post("me/password", { current: person.password, fresh: "another long one" })).json).toEqual({ ok: true })
    expect([(await person.browser.get("me")).status, (await other.get("me")).status]).toEqual([200, 401])
    expect((await stranger().post("sign-in", person)).status).toBe(401)
    expect((await stranger().post("sign-in", { ...person, password: "another long one" })).status).toBe(200)
  })

  test("new recovery codes make the old ones worthless", async () => {
    const person = await hire(house, ["counsellor"])
    const { json } = await person.browser.post("me/recovery-codes", { password: person.password })
    const browser = stranger()
    await browser.post("sign-in", person)
    expect((await browser.post("sign-in/recovery", { code: person.recoveryCodes[0] })).status).toBe(401)
    expect((await browser.post("sign-in/recovery", { code: (json["recoveryCodes"] as readonly string[])[0] })).status).toBe(200)
  })

  test("an admin's reset takes password, code, passkeys and sessions away; its link gives a new start, once", async () => {
    const person = await hire(house, ["supervisor"])
    const { json } = await admin.browser.post(`staff/${person.id}/reset`)
    expect((await person.browser.get("me")).status).toBe(401)
    const token = tokenIn(json["link"])
    const browser = stranger()
    expect((await browser.post("link", { token })).json).toEqual({ ok: true, kind: "reset" })
    expect((await browser.post("link/restart", { token, password: "a wholly new one" })).json).toEqual({ ok: true, next: "set-up" })
    expect((await stranger().post("link/restart", { token, password: "a wholly new two" })).json).toEqual({ ok: false, why: "link" })
    await setUp(browser, "a wholly new one")
    expect((await browser.get("me")).json).toMatchObject({ id: person.id, alias: person.alias, roles: ["supervisor"] })
  })

  test("an admin changes roles, alias and cap, and they hold at once", async () => {
    const person = await hire(house, ["counsellor"])
    expect((await admin.browser.post(`staff/${person.id}/change`, { roles: ["admin"], alias: "Renamed", cap: 3 })).json).toEqual({ ok: true })
    expect((await person.browser.get("me")).json).toMatchObject({ roles: ["admin"], alias: "Renamed", cap: 3 })
    expect((await person.browser.get("staff")).status).toBe(200)
    expect((await admin.browser.post(`staff/${person.id}/change`, { cap: 4 })).status).toBe(400)
    expect((await admin.browser.post(`staff/${person.id}/change`, { alias: admin.alias })).json).toEqual({ ok: false, why: "alias-taken" })
    await admin.browser.post(`staff/${person.id}/change`, { roles: ["counsellor"] })
    expect((await person.browser.get("staff")).status).toBe(403)
  })

  test("the last admin stays one", async () => {
    const others = await house.app.store.prisma.staff.findMany({ where: { roles: { has: "admin" }, id: { not: admin.id }, active: true } })
    for (const { id } of others) await admin.browser.post(`staff/${id}/deactivate`)
    for (const [path, body] of [
      ["change", { roles: ["counsellor"] }],
      ["deactivate", {}],
    ] as const) {
      expect(await admin.browser.post(`staff/${admin.id}/${path}`, body)).toMatchObject({ status: 409, json: { ok: false, why: "last-admin" } })
    }
    expect((await admin.browser.get("staff")).status).toBe(200)
  })
})

test("what has run out at the door is swept: sessions, steps, links, attempts, and after a year the audit", async () => {
  const { prisma } = house.app.store
  await house.app.staff.invite(undefined, ["counsellor"])
  await stranger().post("sign-in", { userName: "nobody", password: "whatever it is" })
  await stranger().post("sign-in/passkey/options")
  const left = async () => [
    await prisma.staffSession.count(),
    await prisma.staffChallenge.count(),
    await prisma.staffLink.count(),
    await prisma.attempt.count(),
    await prisma.audit.count(),
  ]
  const before = await left()
  expect(before).not.toContain(0)
  await sweep(house.app.store, new Date(house.now() + 50 * HOUR), house.app.ages)
  expect(await left()).toEqual([0, 0, 0, 0, before[4]])
  await sweep(house.app.store, new Date(house.now() + 366 * 24 * HOUR), house.app.ages)
  expect(await left()).toEqual([0, 0, 0, 0, 0])
  expect(await prisma.staff.count()).toBeGreaterThan(0)
})
