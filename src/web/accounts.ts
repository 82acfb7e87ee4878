import { APIError } from "better-auth/api"
import type { Staff, StaffMember } from "../helpline/staff.ts"
import { createAuth, type Auth, type AuthParts } from "./auth.ts"
import { cookiesOf, onlyCookie, withCookies } from "./cookies.ts"

/** An account whose second step was never set up can be signed in to by password alone only this long. */
const SET_UP_MS = 3600_000

/** Somebody who is signed in. While `secondStep` is false, nothing but setting it up is open to them. */
export type Signed = StaffMember & { readonly sessionId: string }

/** Why somebody isn't let in, or something of their account isn't done. */
export type Refusal =
  | { readonly ok: false; readonly why: "wrong" | "link" | "name-taken" | "alias-taken" | "passkey" }
  | { readonly ok: false; readonly why: "slow-down"; readonly waitMs: number }

/** What became of it, with the cookies that the browser is to keep. */
export type Done<T = object> = ({ readonly ok: true; readonly cookies: readonly string[] } & T) | Refusal

/** What a browser sends that matters here. */
export type Knock = { readonly headers: Headers; readonly address: string }

/** How staff prove who they are. */
export type Accounts = ReturnType<typeof createAccounts>

const WRONG = { ok: false, why: "wrong" } as const

/**
 * Builds the accounts on better-auth. Its own routes aren't mounted: the console's routes call what they need, so that
 * each has its role, its limits and its words. Every refusal of a user name, password or code is the same `wrong`.
 */
export function createAccounts(parts: AuthParts & { readonly now: () => number }) {
  const { staff, now } = parts
  const auth = createAuth(parts)

  /** Calls better-auth; a refusal of its own is `undefined`, what is broken throws. */
  async function call<T>(
    ask: () => Promise<{ readonly headers: Headers | null; readonly response: T }>,
  ): Promise<{ readonly response: T; readonly cookies: readonly string[] } | undefined> {
    try {
      const { headers, response } = await ask()
      return { response, cookies: headers?.getSetCookie() ?? [] }
    } catch (cause) {
      if (cause instanceof APIError && cause.statusCode < 500) return undefined
      // Somebody who was let go meanwhile is refused a session, which better-auth takes for a mishap.
      if (cause instanceof APIError && NO_SESSION.has(String((cause.body as { code?: unknown } | undefined)?.code))) return undefined
      throw cause
    }
  }

  /** One try at each of these doors, or how long to wait. */
  async function knockAt(doors: readonly (readonly [Parameters<Staff["tries"]>[0], string])[]): Promise<Extract<Refusal, { why: "slow-down" }> | undefined> {
    for (const [door, who] of doors) {
      const answer = await staff.tries(door, who)
      if (!answer.goes) return { ok: false, why: "slow-down", waitMs: answer.waitMs }
    }
    return undefined
  }

  /** The end of every way in: it is written down. */
  async function letIn(staffId: string, how: string, failures: number, cookies: readonly string[]): Promise<Done> {
    await staff.writes({ staffId, what: "signed-in", reason: failures === 0 ? how : `${how}, after ${failures} failed` })
    return { ok: true, cookies }
  }

  const confirms = async (headers: Headers, signed: Signed, password: string): Promise<Refusal | undefined> => {
    const slow = await knockAt([["name", signed.userName]])
    if (slow !== undefined) return slow
    if ((await call(async () => ({ headers: null, response: await auth.api.verifyPassword({ body: { password }, headers }) }))) === undefined) return WRONG
    await staff.passes("name", signed.userName)
    return undefined
  }

  return {
    /** A password as it is kept: its scrypt hash. */
    hash: async (password: string) => (await auth.$context).password.hash(password),

    /** Who is signed in in this browser, read from the shelf each time; with cookies when the session was made longer. */
    async signedIn(headers: Headers): Promise<{ readonly signed: Signed | undefined; readonly cookies: readonly string[] }> {
      const answer = await call(() => auth.api.getSession({ headers, returnHeaders: true }))
      const found = answer?.response
      if (found == null) return { signed: undefined, cookies: [] }
      const member = await staff.member(found.user.id)
      return { signed: member === undefined ? undefined : { ...member, sessionId: found.session.id }, cookies: answer?.cookies ?? [] }
    },

    /** First step: user name and password. `code`: the second is asked for; `set-up`: it has to be made first. */
    async signIn(knock: Knock, userName: string, password: string): Promise<Done<{ readonly next: "code" | "set-up" }>> {
      const slow = await knockAt([
        ["address", knock.address],
        ["name", userName],
      ])
      if (slow !== undefined) return slow
      const person = await staff.named(userName)
      const answer = await call(() => auth.api.signInUsername({ body: { username: userName, password }, headers: knock.headers, returnHeaders: true }))
      if (answer === undefined || person === undefined) return WRONG
      await Promise.all([staff.passes("address", knock.address), staff.passes("name", userName)])
      if ("twoFactorRedirect" in (answer.response as object)) return { ok: true, next: "code", cookies: answer.cookies }
      if (now() - (person.passwordAt?.getTime() ?? 0) > SET_UP_MS) {
        await call(() => auth.api.signOut({ headers: withCookies(knock.headers, answer.cookies), returnHeaders: true }))
        return WRONG
      }
      return { ok: true, next: "set-up", cookies: answer.cookies }
    },

    /** Second step: a code of the authenticator, or one of the recovery codes, which is used up by it. */
    async secondStep(knock: Knock, code: string, kind: "totp" | "recovery"): Promise<Done> {
      const challenge = await challengeOf(auth, knock.headers)
      if (challenge === undefined) return WRONG
      const { staffId } = challenge
      const person = await staff.member(staffId)
      const slow = await knockAt([
        ["address", knock.address],
        ["code", staffId],
      ])
      if (slow !== undefined) return slow
      // A code that was seen over a shoulder is good for nothing any more.
      if (person === undefined || !(await staff.firstUse(staffId, code))) return WRONG
      // Only this challenge: somebody who is signed in besides would be asked for their own code.
      const request = { body: { code }, headers: onlyCookie(knock.headers, challenge.cookie), returnHeaders: true } as const
      const answer = kind === "totp" ? await call(() => auth.api.verifyTOTP(request)) : await call(() => auth.api.verifyBackupCode(request))
      if (answer === undefined) return WRONG
      await staff.passes("address", knock.address)
      const failures = (await staff.welcome("code", staffId)) - 1 + (await staff.welcome("name", person.userName))
      return letIn(staffId, kind, failures, answer.cookies)
    },

    /** What the browser's passkeys are asked; the answer to it goes to `byPasskey`. */
    async passkeyQuestion(headers: Headers): Promise<Done<{ readonly options: object }>> {
      const answer = await call(() => auth.api.generatePasskeyAuthenticationOptions({ headers, returnHeaders: true }))
      return answer === undefined ? WRONG : { ok: true, options: answer.response, cookies: answer.cookies }
    },

    /** A passkey instead of password and code: it is itself two steps, since the device asks who is there. */
    async byPasskey(knock: Knock, response: object): Promise<Done> {
      const slow = await knockAt([["address", knock.address]])
      if (slow !== undefined) return slow
      const answer = await call(() => auth.api.verifyPasskeyAuthentication({ body: { response: response as never }, headers: knock.headers, returnHeaders: true }))
      if (answer === undefined) return WRONG
      await staff.passes("address", knock.address)
      return letIn(answer.response.session.userId, "passkey", 0, answer.cookies)
    },

    /** Ends this browser's session. */
    async signOut(headers: Headers): Promise<Done> {
      const answer = await call(() => auth.api.signOut({ headers, returnHeaders: true }))
      return { ok: true, cookies: answer?.cookies ?? [] }
    },

    /** A fresh secret for an authenticator, and the recovery codes; both are shown this once. It counts once `confirmTotp` has seen a code. */
    async beginTotp(headers: Headers, signed: Signed, password: string): Promise<Done<{ readonly uri: string; readonly recoveryCodes: readonly string[] }>> {
      const refused = await confirms(headers, signed, password)
      if (refused !== undefined) return refused
      const answer = await call(() => auth.api.enableTwoFactor({ body: { password, method: "totp" }, headers, returnHeaders: true }))
      if (answer === undefined || !("totpURI" in answer.response)) return WRONG
      return { ok: true, uri: answer.response.totpURI, recoveryCodes: answer.response.backupCodes, cookies: answer.cookies }
    },

    /** The first code of a new authenticator: the account is whole, and every other session of it ends. */
    async confirmTotp(headers: Headers, signed: Signed, code: string): Promise<Done> {
      const slow = await knockAt([["code", signed.id]])
      if (slow !== undefined) return slow
      const answer = await call(() => auth.api.verifyTOTP({ body: { code }, headers, returnHeaders: true }))
      if (answer === undefined) return WRONG
      await staff.welcome("code", signed.id)
      await staff.firstUse(signed.id, code)
      const fresh = await this.signedIn(withCookies(headers, answer.cookies))
      await staff.endSessions(signed.id, signed.id, { but: fresh.signed?.sessionId })
      await staff.writes({ staffId: signed.id, what: "second-step-set-up" })
      return letIn(signed.id, "totp", 0, answer.cookies)
    },

    /** New recovery codes; the old ones are worth nothing any more. */
    async recoveryCodes(headers: Headers, signed: Signed, password: string): Promise<Done<{ readonly recoveryCodes: readonly string[] }>> {
      const refused = await confirms(headers, signed, password)
      if (refused !== undefined) return refused
      const answer = await call(() => auth.api.generateBackupCodes({ body: { password }, headers, returnHeaders: true }))
      if (answer === undefined) return WRONG
      await staff.writes({ staffId: signed.id, what: "recovery-codes-made" })
      return { ok: true, recoveryCodes: answer.response.backupCodes, cookies: [] }
    },

    /** A new password; every other session ends, and this browser gets a new one. */
    async changePassword(headers: Headers, signed: Signed, current: string, fresh: string): Promise<Done> {
      const refused = await confirms(headers, signed, current)
      if (refused !== undefined) return refused
      const body = { currentPassword: current, newPassword: fresh, revokeOtherSessions: true }
      const answer = await call(() => auth.api.changePassword({ body, headers, returnHeaders: true }))
      if (answer === undefined) return WRONG
      await staff.writes({ staffId: signed.id, what: "password-changed" })
      return { ok: true, cookies: answer.cookies }
    },

    /** A person's passkeys: what they called them, and when they were made. */
    async passkeys(headers: Headers) {
      const answer = await call(() => auth.api.listPasskeys({ headers, returnHeaders: true }))
      return (answer?.response ?? []).map(({ id, name, createdAt }) => ({ id, name: name ?? null, createdAt }))
    },

    /** What the browser is asked to make a passkey of; what it makes goes to `addPasskey`. */
    async passkeyOptions(headers: Headers, signed: Signed, password: string): Promise<Done<{ readonly options: object }>> {
      const refused = await confirms(headers, signed, password)
      if (refused !== undefined) return refused
      const answer = await call(() => auth.api.generatePasskeyRegistrationOptions({ headers, returnHeaders: true }))
      return answer === undefined ? WRONG : { ok: true, options: answer.response, cookies: answer.cookies }
    },

    async addPasskey(headers: Headers, signed: Signed, name: string, response: object): Promise<Done> {
      const answer = await call(() => auth.api.verifyPasskeyRegistration({ body: { response, name }, headers, returnHeaders: true }))
      if (answer === undefined) return { ok: false, why: "passkey" }
      await staff.writes({ staffId: signed.id, what: "passkey-added" })
      return { ok: true, cookies: answer.cookies }
    },

    async removePasskey(headers: Headers, signed: Signed, id: string): Promise<Done> {
      const answer = await call(() => auth.api.deletePasskey({ body: { id }, headers, returnHeaders: true }))
      if (answer === undefined) return { ok: false, why: "passkey" }
      await staff.writes({ staffId: signed.id, what: "passkey-removed" })
      return { ok: true, cookies: [] }
    },
  }
}

const NO_SESSION: ReadonlySet<string> = new Set(["FAILED_TO_CREATE_SESSION", "UNABLE_TO_CREATE_SESSION"])

/** Whose second step this browser has still to take. What it says is only good for counting: the step itself checks the signature. */
async function challengeOf(auth: Auth, headers: Headers): Promise<{ readonly staffId: string; readonly cookie: string } | undefined> {
  const context = await auth.$context
  const { name } = context.createAuthCookie("two_factor")
  const value = cookiesOf(headers).get(name)
  const identifier = /^(2fa-(?!attempts-)[^.]+)\./.exec(value ?? "")?.[1]
  const found = identifier === undefined ? null : await context.internalAdapter.findVerificationValue(identifier)
  return found === null ? undefined : { staffId: found.value, cookie: name }
}
