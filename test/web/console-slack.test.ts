import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Role } from "../../src/helpline/desk-view.ts"
import { createRouter } from "../../src/web/console/router.ts"
import type { Accounts } from "../../src/web/accounts.ts"
import { createSlackLinks } from "../../src/helpline/slack-links.ts"
import { openHouse, type House } from "../support/house.ts"
import { hire } from "../support/staff.ts"

type Someone = { readonly id: string; readonly role: Role }

let house: House
let links: ReturnType<typeof createSlackLinks>
let mina: Someone
let omar: Someone
let admin: Someone
beforeAll(async () => {
  house = await openHouse({ SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1", SLACK_ROOM: "C1", SLACK_API_ROOT: "http://127.0.0.1:9/api/" })
  const { staff, store } = house.app
  links = createSlackLinks({ store, staff, now: house.now })
  const someone = async (role: Role) => ({ id: (await hire(house, [role])).id, role })
  mina = await someone("counsellor")
  omar = await someone("supervisor")
  admin = await someone("admin")
})
afterAll(() => house.close())

/** Somebody's browser asks one of the routes. */
async function ask(person: Someone | undefined, path: string, body?: object) {
  const accounts = async () =>
    ({ signedIn: async () => ({ signed: person === undefined ? undefined : { id: person.id, roles: [person.role], secondStep: true }, cookies: [] }) }) as unknown as Accounts
  const router = createRouter(house.app.console.deskRoutes, accounts, "https://helpline.example")
  const headers = { origin: "https://helpline.example", "content-type": "application/json" }
  const response = await router.request(`/${path}`, body === undefined ? {} : { method: "POST", headers, body: JSON.stringify(body) }, {
    incoming: { socket: { remoteAddress: "127.0.0.1" } },
  })
  return { status: response.status, json: (await response.json()) as unknown }
}

describe("connecting an account of Slack", () => {
  test("names the account, connects it once, and writes that down", async () => {
    const token = await links.invite("U1", "mina.k")
    expect(await ask(mina, "me/slack/opened", { token })).toEqual({ status: 200, json: { ok: true, name: "mina.k" } })
    expect(await ask(mina, "me/slack")).toEqual({ status: 200, json: { connected: false } })
    const both = await Promise.all([ask(mina, "me/slack", { token }), ask(omar, "me/slack", { token })])
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404])
    const owner = both[0]?.status === 200 ? mina : omar
    expect((await links.whoIs("U1"))?.id).toBe(owner.id)
    expect(await ask(owner, "me/slack", { token })).toEqual({ status: 404, json: { ok: false, why: "gone" } })
    expect(await house.app.store.prisma.audit.findMany({ where: { what: "slack-connected" }, select: { staffId: true, reason: true, subjectId: true } })).toEqual([
      { staffId: owner.id, reason: null, subjectId: null },
    ])
    expect((await ask(owner, "me/slack/remove", {})).status).toBe(200)
    expect(await links.whoIs("U1")).toBeUndefined()
    expect((await ask(owner, "me/slack/remove", {})).status).toBe(404)
  })

  test("a link lasts ten minutes, and ends when the same account asks for another", async () => {
    const [first, second] = [await links.invite("U2", "omar"), await links.invite("U2", "omar")]
    expect((await ask(omar, "me/slack/opened", { token: first })).status).toBe(404)
    house.advance(10 * 60_000 + 1)
    expect((await ask(omar, "me/slack/opened", { token: second })).status).toBe(404)
    expect((await ask(omar, "me/slack", { token: second })).status).toBe(404)
    expect(await links.whoIs("U2")).toBeUndefined()
  })

  test("is for counsellors and supervisors who are signed in", async () => {
    const token = await links.invite("U3", "x")
    for (const path of ["me/slack", "me/slack/opened", "me/slack/remove"]) {
      expect((await ask(undefined, path, { token })).status).toBe(401)
      expect((await ask(admin, path, { token })).status).toBe(403)
    }
    expect((await ask(mina, "me/slack", { token: "" })).status).toBe(400)
  })
})
