import { z } from "zod"
import { PASSWORD, USER_NAME, type Staff } from "../../helpline/staff.ts"
import type { Accounts, Done } from "../accounts.ts"
import { get, post, type Answer, type Route } from "./router.ts"

/** What is typed as a user name: capital letters and blanks around it don't matter. */
export const userName = z.string().max(200).trim().toLowerCase()
/** A password that is being proven; how long a new one must be is no business of it. */
export const password = z.string().min(1).max(PASSWORD.most)
/** A password that is being set. */
export const freshPassword = z.string().min(PASSWORD.least).max(PASSWORD.most)
/** The only name that anybody else sees. */
export const alias = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} .'-]{1,29}$/u)
/** Six figures of an authenticator, with or without a blank. */
export const code = z
  .string()
  .max(20)
  .transform((text) => text.replace(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/))
/** What a browser's passkey says; what is in it is looked at where it is proven. */
export const credential = z.looseObject({ id: z.string().max(2000), rawId: z.string().max(2000), type: z.literal("public-key"), response: z.record(z.string(), z.unknown()) })

const token = z.string().max(100)

/** Told to the browser: what was done, or why not. */
export function told<T extends object>(done: Done<T>): Answer {
  if (done.ok) {
    const { cookies, ...json } = done
    return { json, cookies }
  }
  if (done.why !== "slow-down") return { json: { ok: false, why: done.why }, status: done.why === "wrong" ? 401 : 409 }
  const seconds = Math.ceil(done.waitMs / 1000)
  return { json: { ok: false, why: done.why, seconds }, status: 429, headers: { "retry-after": String(seconds) } }
}

/** How somebody comes in: links, user name and password, code, recovery code, passkey. Open to anyone, so each try is counted. */
export function signInRoutes(staff: Staff, accounts: () => Promise<Accounts>): readonly Route[] {
  const knock = async ({ address }: { address: string }) => staff.tries("address", address)
  return [
    get("session", "anyone", async ({ headers }) => {
      const { signed, cookies } = await (await accounts()).signedIn(headers)
      return { json: { state: signed === undefined ? "out" : signed.secondStep ? "in" : "set-up" }, cookies }
    }),
    post("sign-in", "anyone", z.object({ userName, password }), async (visit) => told(await (await accounts()).signIn(visit, visit.body.userName, visit.body.password))),
    post("sign-in/code", "anyone", z.object({ code }), async (visit) => told(await (await accounts()).secondStep(visit, visit.body.code, "totp"))),
    post("sign-in/recovery", "anyone", z.object({ code: z.string().trim().min(1).max(40) }), async (visit) =>
      told(await (await accounts()).secondStep(visit, visit.body.code, "recovery")),
    ),
    post("sign-in/passkey/options", "anyone", z.object({}), async ({ headers }) => told(await (await accounts()).passkeyQuestion(headers))),
    post("sign-in/passkey", "anyone", z.object({ response: credential }), async (visit) => told(await (await accounts()).byPasskey(visit, visit.body.response))),
    post("sign-out", "anyone", z.object({}), async ({ headers }) => told(await (await accounts()).signOut(headers))),

    post("link", "anyone", z.object({ token }), async (visit) => {
      const door = await knock(visit)
      if (!door.goes) return told({ ok: false, why: "slow-down", waitMs: door.waitMs })
      const link = await staff.opened(visit.body.token)
      if (link === undefined) return told({ ok: false, why: "link" })
      await staff.passes("address", visit.address)
      return { json: link.kind === "reset" ? { ok: true, kind: link.kind } : { ok: true, ...link } }
    }),
    post("link/join", "anyone", z.object({ token, userName: userName.pipe(z.string().regex(USER_NAME)), alias, password: freshPassword }), async (visit) => {
      const { token, userName, alias, password } = visit.body
      const door = await knock(visit)
      if (!door.goes) return told({ ok: false, why: "slow-down", waitMs: door.waitMs })
      // Hashing is dear: not for somebody who holds no link.
      if ((await staff.opened(token)) === undefined) return told({ ok: false, why: "link" })
      if (alias.toLowerCase() === userName) return told({ ok: false, why: "alias-taken" })
      const house = await accounts()
      const done = await staff.join(token, { userName, alias, passwordHash: await house.hash(password) })
      if (done === "name-taken" || done === "alias-taken") return told({ ok: false, why: done })
      if (done !== "done") return told({ ok: false, why: "link" })
      await staff.passes("address", visit.address)
      await staff.welcome("name", userName)
      return told(await house.signIn(visit, userName, password))
    }),
    post("link/restart", "anyone", z.object({ token, password: freshPassword }), async (visit) => {
      const { token, password } = visit.body
      const door = await knock(visit)
      if (!door.goes) return told({ ok: false, why: "slow-down", waitMs: door.waitMs })
      if ((await staff.opened(token))?.kind !== "reset") return told({ ok: false, why: "link" })
      const house = await accounts()
      const name = await staff.restart(token, await house.hash(password))
      if (name === undefined) return told({ ok: false, why: "link" })
      await staff.passes("address", visit.address)
      await staff.welcome("name", name)
      return told(await house.signIn(visit, name, password))
    }),
  ]
}
