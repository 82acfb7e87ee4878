import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Role } from "../../src/helpline/desk-view.ts"
import { ROLES } from "../../src/helpline/staff.ts"
import { get } from "../../src/web/console/router.ts"
import { consoleRoutes } from "../../src/web/console/server.ts"
import { openHouse, type House } from "../support/house.ts"
import { codeOf, hire, StaffBrowser, wrongCode, type Person } from "../support/staff.ts"

let house: House
const people = new Map<Role, Person>()
beforeAll(async () => {
  house = await openHouse()
  for (const role of ROLES) people.set(role, await hire(house, [role]))
})
afterAll(() => house.close())

const routes = () => consoleRoutes({ ...house.app.console, here: () => house.url })
const one = (role: Role) => people.get(role) as Person
const knock = (browser: StaffBrowser, { method, path }: { readonly method: string; readonly path: string }) => {
  const place = path.replace(/:\w+/g, "00000000-0000-0000-0000-000000000001")
  return method === "GET" ? browser.get(place) : browser.post(place, { nothing: "of use" })
}

describe("every declared route", () => {
  test("refuses each role that it doesn't name, and hears those that it names", async () => {
    let refused = 0
    for (const route of routes().filter(({ who }) => typeof who !== "string")) {
      for (const role of ROLES) {
        const { status } = await knock(one(role).browser, route)
        if (![...route.who].includes(role)) expect(`${route.path} ${role} ${status}`).toBe(`${route.path} ${role} 403`)
        else expect(`${route.path} ${role} ${status}`).not.toMatch(/ 40[13]$/)
        if (status === 403) refused++
      }
    }
    expect(refused).toBeGreaterThan(40)
  })

  test("refuses who isn't signed in, and who has only given a password", async () => {
    const half = new StaffBrowser(house.url)
    const token = await house.app.staff.invite(undefined, [...ROLES])
    expect((await half.post("link/join", { token, userName: "only.password", alias: "Halfway", password: "long enough, surely" })).json["next"]).toBe("set-up")
    for (const route of routes().filter(({ who }) => who !== "anyone")) {
      expect(`${route.path} ${(await knock(new StaffBrowser(house.url), route)).status}`).toBe(`${route.path} 401`)
      expect(`${route.path} ${(await knock(half, route)).status}`).toBe(`${route.path} ${route.who === "unfinished" ? 400 : 403}`)
      if (route.who === "unfinished") expect((await knock(one("admin").browser, route)).status).toBe(403)
    }
  })

  test("does nothing for another site's page, a form, or words that aren't JSON", async () => {
    const { browser } = one("admin")
    const raw = (body: string, headers: Readonly<Record<string, string>>) =>
      browser.ask("staff/invite", { method: "POST", body, headers: { "content-type": "application/json", ...headers } })
    expect((await browser.post("staff/invite", { roles: ["admin"] }, { origin: "https://elsewhere.example" })).status).toBe(403)
    expect((await browser.post("staff/invite", { roles: ["admin"] }, { origin: "null" })).status).toBe(403)
    expect((await browser.post("staff/invite", { roles: ["admin"] }, { "content-type": "text/plain" })).status).toBe(403)
    expect((await raw(JSON.stringify({ roles: ["admin"] }), {})).status).toBe(403)
    expect(await raw("{", { origin: house.url })).toMatchObject({ status: 400, json: { ok: false, why: "unreadable" } })
    expect((await browser.post("staff/invite", { roles: ["queen"] })).json).toEqual({ ok: false, why: "unreadable" })
    expect(await browser.post("staff/invite", { roles: ["a".repeat(1024 * 1024)] })).toMatchObject({ status: 413, json: { ok: false, why: "too-much" } })
    expect(await browser.get("nothing-here")).toMatchObject({ status: 404, json: { ok: false, why: "gone" } })
  })

  test("is kept by nobody and runs nothing of anybody else's", async () => {
    for (const path of ["me", "nothing-here", "session"]) {
      const { headers } = await one("counsellor").browser.get(path)
      expect(headers.get("cache-control")).toBe("no-store")
      expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self';/)
    }
  })

  test("can't be declared without a role", () => {
    // @ts-expect-error a route has a role
    get("open", () => ({ json: {} }))
    // @ts-expect-error an empty list is none
    get("open", [], () => ({ json: {} }))
    // @ts-expect-error a route is made by get or post
    const route: ReturnType<typeof get> = { method: "GET", path: "open", who: "anyone", body: undefined, handle: () => ({ json: {} }) }
    expect(route.path).toBe("open")
  })
})

describe("a session", () => {
  test("ended by its owner or an admin is out at once", async () => {
    const person = await hire(house, ["counsellor"])
    const other = new StaffBrowser(house.url)
    await other.post("sign-in", person)
    await other.post("sign-in/code", { code: codeOf(person.secret, 1) })
    const { json: sessions } = await person.browser.get("me/sessions")
    const there = (sessions as unknown as { id: string; here: boolean }[]).find(({ here }) => !here)
    expect(await one("officer").browser.post(`me/sessions/${there?.id}/end`)).toMatchObject({ status: 404 })
    expect((await other.get("me")).status).toBe(200)
    expect((await person.browser.post(`me/sessions/${there?.id}/end`)).json).toEqual({ ok: true })
    expect([(await other.get("me")).status, (await person.browser.get("me")).status]).toEqual([401, 200])
    expect((await one("admin").browser.post(`staff/${person.id}/sessions/end`)).json).toEqual({ ok: true, ended: 1 })
    expect((await person.browser.get("me")).status).toBe(401)
  })

  test("of somebody who is let go is out at once, on every process", async () => {
    const person = await hire(house, ["counsellor"])
    const second = await openHouse({}, { databaseUrl: house.databaseUrl, dataDir: house.dataDir })
    const there = new StaffBrowser(second.url)
    for (const [name, value] of person.browser.cookies) there.cookies.set(name, value)
    expect((await there.get("me")).status).toBe(200)
    await one("admin").browser.post(`staff/${person.id}/deactivate`)
    expect([(await person.browser.get("me")).status, (await there.get("me")).status]).toEqual([401, 401])
    await second.close()
  })

  test("ends when its owner signs out; the old cookie opens nothing", async () => {
    const person = await hire(house, ["counsellor"])
    const kept = new Map(person.browser.cookies)
    await person.browser.post("sign-out")
    expect(person.browser.cookies.size).toBe(0)
    for (const [name, value] of kept) person.browser.cookies.set(name, value)
    expect((await person.browser.get("me")).status).toBe(401)
  })

  test("is a cookie that no script reads and no other site sends; Secure where the house has https", async () => {
    const secure = await openHouse({ PUBLIC_URL: "https://help.example", SIMULATOR: "on" })
    const browser = new StaffBrowser(secure.url, "https://help.example")
    const token = await secure.app.staff.firstLink()
    await browser.post("link/join", { token, userName: "first", alias: "First One", password: "long enough, surely" })
    expect(browser.told.length).toBeGreaterThan(0)
    for (const line of browser.told) expect(line).toMatch(/^__Secure-hamraaz\..*; Path=\/console; HttpOnly; Secure; SameSite=Strict$/)
    for (const line of one("admin").browser.told) expect(line).toMatch(/^hamraaz\..*; Path=\/console; HttpOnly; SameSite=Strict$/)
    await secure.close()
  })
})

describe("trying again and again", () => {
  test("a password is slowed after five, twice as long each time, for names that nobody has as well, and on every process", async () => {
    const person = await hire(house, ["counsellor"])
    for (const userName of [person.userName, "nobody.at.all"]) {
      const tries = async (url: string) => (await new StaffBrowser(url).post("sign-in", { userName, password: "a wrong guess" })).status
      const answers = []
      for (let n = 0; n < 6; n++) answers.push(await tries(house.url))
      expect(answers).toEqual([401, 401, 401, 401, 401, 429])
      const second = await openHouse({}, { databaseUrl: house.databaseUrl, dataDir: house.dataDir, at: house.now() })
      expect(await tries(second.url)).toBe(429)
      await second.close()
      house.advance(10_000)
      expect([await tries(house.url), await tries(house.url)]).toEqual([401, 429])
      house.advance(10_000)
      expect(await tries(house.url)).toBe(429)
    }
    house.advance(20_000)
    expect((await new StaffBrowser(house.url).post("sign-in", person)).status).toBe(200)
  })

  test("codes are slowed for the person, whatever challenge they are for; being signed in oneself changes nothing", async () => {
    const person = await hire(house, ["counsellor"])
    const thief = await hire(house, ["counsellor"])
    const answers: number[] = []
    for (let n = 0; n < 6; n++) {
      const browser = new StaffBrowser(house.url)
      await browser.post("sign-in", person)
      for (const [name, value] of thief.browser.cookies) browser.cookies.set(name, value)
      answers.push((await browser.post("sign-in/code", { code: n === 3 ? codeOf(thief.secret, 1) : wrongCode(person.secret, n) })).status)
    }
    expect(answers).toEqual([401, 401, 401, 401, 401, 429])
    house.advance(10_000)
    const browser = new StaffBrowser(house.url)
    await browser.post("sign-in", person)
    expect((await browser.post("sign-in/code", { code: codeOf(person.secret, 1) })).status).toBe(200)
    const { json } = await one("admin").browser.get("audit")
    expect(json).toContainEqual(expect.objectContaining({ what: "signed-in", staffId: person.id, reason: "totp, after 5 failed" }))
  })

  test("an address is slowed, whatever names it tries", async () => {
    const from = { "x-forwarded-for": "203.0.113.9, 198.51.100.7" }
    const statuses = new Set<number>()
    for (let n = 0; n < 31; n++) statuses.add((await new StaffBrowser(house.url).post("sign-in", { userName: `guess${n}`, password: "a wrong guess" }, from)).status)
    expect([...statuses]).toEqual([401, 429])
    expect((await new StaffBrowser(house.url).post("sign-in", one("officer"), from)).status).toBe(429)
    expect((await new StaffBrowser(house.url).post("sign-in", one("officer"), { "x-forwarded-for": "198.51.100.8" })).status).toBe(200)
  })

  test("is written down by count, and so is what admins do; nobody's name stands there", async () => {
    const { json } = await one("admin").browser.get("audit")
    const rows = json as unknown as { what: string; staffId: string | null; subjectId: string | null; reason: string | null }[]
    expect(rows).toContainEqual(expect.objectContaining({ what: "sign-in-slowed", staffId: null, subjectId: null, reason: "name 5" }))
    expect(rows).toContainEqual(expect.objectContaining({ what: "staff-deactivated", staffId: one("admin").id }))
    expect(rows).toContainEqual(expect.objectContaining({ what: "signed-in", reason: "totp" }))
    expect(rows).toContainEqual(expect.objectContaining({ what: "staff-invited", staffId: null, reason: "counsellor" }))
    expect(JSON.stringify(rows)).not.toMatch(/person\d|nobody|guess|Alias/)
  })
})

describe("what is secret", () => {
  test("no password, code secret, recovery code or link stands in any table or log line", async () => {
    const password = "planted-password-7719"
    const token = await house.app.staff.invite(undefined, ["counsellor"])
    const browser = new StaffBrowser(house.url)
    await browser.post("link/join", { token, userName: "planted", alias: "Planted One", password })
    const { json } = await browser.post("totp/begin", { password })
    const secret = new URL(String(json["uri"])).searchParams.get("secret") ?? ""
    await browser.post("totp/confirm", { code: codeOf(secret) })
    await new StaffBrowser(house.url).post("sign-in", { userName: "planted", password: `${password}-wrong` })
    await new StaffBrowser(house.url).post("sign-in", { userName: password, password: "typed in the wrong field" })
    const shelves = await everything(house.databaseUrl)
    const recovery = (json["recoveryCodes"] as readonly string[])[0] ?? ""
    expect(shelves).toContain("planted")
    for (const planted of [password, secret, bytesOf(secret), recovery, token]) {
      expect(planted.length).toBeGreaterThan(8)
      expect(shelves).not.toContain(planted)
      expect(house.lines.join("")).not.toContain(planted)
    }
    expect(house.lines.join("")).not.toContain("planted")
  })
})

/** What a secret in base 32 says, which is how better-auth makes one up. */
function bytesOf(secret: string): string {
  const bits = [...secret].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("")
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))).toString()
}

/** Every row of every table, as text. */
async function everything(connectionString: string): Promise<string> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public'")
  const texts = []
  for (const { name } of tables) texts.push(...(await client.query<{ row: string }>(`select t::text as row from "${name}" t`)).rows.map(({ row }) => row))
  await client.end()
  return texts.join("\n")
}
