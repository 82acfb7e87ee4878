import { z } from "zod"
import { ROLES, type Staff } from "../../helpline/staff.ts"
import type { Accounts } from "../accounts.ts"
import { get, post, type Route } from "./router.ts"
import { code, credential, freshPassword, password, told } from "./sign-in-routes.ts"

/** What a person does with their own account: the second step, password, recovery codes, passkeys, sessions. `timeZone`: in which the desk counts days. */
export function accountRoutes(staff: Staff, accounts: () => Promise<Accounts>, timeZone: string): readonly Route[] {
  return [
    post("totp/begin", "unfinished", z.object({ password }), async ({ headers, signed, body }) => told(await (await accounts()).beginTotp(headers, signed, body.password))),
    post("totp/confirm", "unfinished", z.object({ code }), async ({ headers, signed, body }) => told(await (await accounts()).confirmTotp(headers, signed, body.code))),

    get("me", ROLES, ({ signed: { id, userName, alias, roles, cap } }) => ({ json: { id, userName, alias, roles, cap, timeZone } })),
    post("me/password", ROLES, z.object({ current: password, fresh: freshPassword }), async ({ headers, signed, body }) =>
      told(await (await accounts()).changePassword(headers, signed, body.current, body.fresh)),
    ),
    post("me/recovery-codes", ROLES, z.object({ password }), async ({ headers, signed, body }) => told(await (await accounts()).recoveryCodes(headers, signed, body.password))),

    get("me/sessions", ROLES, async ({ signed }) => ({ json: (await staff.sessions(signed.id)).map((session) => ({ ...session, here: session.id === signed.sessionId })) })),
    post("me/sessions/end-others", ROLES, z.object({}), async ({ signed }) => ({
      json: { ok: true, ended: await staff.endSessions(signed.id, signed.id, { but: signed.sessionId }) },
    })),
    post("me/sessions/:session/end", ROLES, z.object({}), async ({ signed, params }) => ended(await staff.endSessions(signed.id, signed.id, { id: idIn(params["session"]) }))),

    get("me/passkeys", ROLES, async ({ headers }) => ({ json: await (await accounts()).passkeys(headers) })),
    post("me/passkeys/options", ROLES, z.object({ password }), async ({ headers, signed, body }) => told(await (await accounts()).passkeyOptions(headers, signed, body.password))),
    post("me/passkeys", ROLES, z.object({ name: z.string().trim().min(1).max(40), response: credential }), async ({ headers, signed, body }) =>
      told(await (await accounts()).addPasskey(headers, signed, body.name, body.response)),
    ),
    post("me/passkeys/:passkey/remove", ROLES, z.object({}), async ({ headers, signed, params }) =>
      told(await (await accounts()).removePasskey(headers, signed, idIn(params["passkey"]))),
    ),
  ]
}

/** An id out of an address; what is none is nobody's. */
export function idIn(text: string | undefined): string {
  return z.uuid().safeParse(text).data ?? "00000000-0000-0000-0000-000000000000"
}

/** Told of sessions that were to end. */
export function ended(count: number) {
  return count > 0 ? ({ json: { ok: true } } as const) : ({ json: { ok: false, why: "gone" }, status: 404 } as const)
}
