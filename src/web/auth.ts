import { randomUUID } from "node:crypto"
import { passkey } from "@better-auth/passkey"
import { APIError } from "better-auth/api"
import { betterAuth } from "better-auth/minimal"
import { twoFactor } from "better-auth/plugins/two-factor"
import { username } from "better-auth/plugins/username"
import { PASSWORD, USER_NAME, type Staff } from "../helpline/staff.ts"

const SESSION_SECONDS = 12 * 3600

/** What better-auth is set up with. */
export type AuthParts = {
  /** Its way to our shelves. */
  readonly adapter: NonNullable<Parameters<typeof betterAuth>[0]["database"]>
  /** What cookies are signed and secrets encrypted with. */
  readonly secret: string
  readonly publicUrl: string | undefined
  readonly staff: Staff
}

/** better-auth as we use it. */
export type Auth = ReturnType<typeof createAuth>

/** Sets better-auth up: on our tables, without mail, without any request to anybody, with cookies that only the console's own pages send. */
export function createAuth({ adapter, secret, publicUrl, staff }: AuthParts) {
  const place = new URL(publicUrl ?? "http://localhost")
  return betterAuth({
    appName: "Hamraaz",
    baseURL: place.origin,
    secret,
    database: adapter,
    telemetry: { enabled: false },
    // What it has to say quotes people; what matters of it comes back as an answer.
    logger: { disabled: true },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: PASSWORD.least, maxPasswordLength: PASSWORD.most },
    // It wants a name and an address for everybody. Both are the alias: authenticators show it, and no mail is ever sent.
    user: { modelName: "staff", fields: { name: "alias", email: "alias" } },
    session: { modelName: "staffSession", fields: { userId: "staffId" }, expiresIn: SESSION_SECONDS, updateAge: 3600, freshAge: 0 },
    account: { modelName: "staffLogin", fields: { userId: "staffId" } },
    verification: { modelName: "staffChallenge" },
    databaseHooks: { session: { create: { before: async ({ userId }) => ((await staff.member(userId)) === undefined ? false : undefined) } } },
    advanced: {
      cookiePrefix: "hamraaz",
      useSecureCookies: place.protocol === "https:",
      defaultCookieAttributes: { httpOnly: true, sameSite: "strict", path: "/console" },
      ipAddress: { disableIpTracking: true },
      // Our tables have no columns for mail, pictures and other houses' tokens; nothing that is called here asks for them.
      database: { generateId: () => randomUUID(), validateSchema: false },
    },
    plugins: [
      username({
        displayUsername: false,
        minUsernameLength: 3,
        maxUsernameLength: 60,
        usernameValidator: (name) => USER_NAME.test(name),
        schema: { user: { fields: { username: "userName" } } },
      }),
      twoFactor({ schema: { user: { fields: { twoFactorEnabled: "secondStep" } }, twoFactor: { modelName: "staffTotp", fields: { userId: "staffId" } } } }),
      passkey({
        rpID: place.hostname,
        rpName: "Hamraaz",
        origin: publicUrl === undefined ? null : place.origin,
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        advanced: { webAuthnChallengeCookie: "passkey" },
        authentication: {
          // A key that anybody could press is one step, not two.
          afterVerification: ({ verification }) => {
            if (!verification.authenticationInfo.userVerified) throw new APIError("UNAUTHORIZED")
          },
        },
        schema: { passkey: { modelName: "staffPasskey", fields: { userId: "staffId" } } },
      }),
    ],
  })
}
