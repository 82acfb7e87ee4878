import { createHash, randomBytes } from "node:crypto"
import type { Store } from "../store/pool.ts"
import { connectSlack, disconnectSlack, hasSlack, putSlackInvitation, slackInvitationOf, slackStaff } from "../store/slack.ts"
import type { Role } from "./desk-view.ts"
import type { Staff } from "./staff.ts"

/** Who may act from Slack. */
export const SLACK_ROLES = ["counsellor", "supervisor"] as const satisfies readonly Role[]

/** How long the link lasts that connects an account of Slack. */
export const CONNECT_MINUTES = 10

/** Which account of Slack is whose, and how that comes to be known. */
export type SlackLinks = ReturnType<typeof createSlackLinks>

/** Builds it. What stands in a link is kept nowhere, only its hash. */
export function createSlackLinks({ store, staff, now }: { readonly store: Store; readonly staff: Pick<Staff, "writes">; readonly now: () => number }) {
  const today = () => new Date(now())
  return {
    /** A person of staff who may act from Slack, by their account there; nobody when it isn't connected or they were let go. */
    async whoIs(slackUser: string): Promise<{ readonly id: string; readonly alias: string } | undefined> {
      const person = await slackStaff(store, slackUser)
      return person !== undefined && SLACK_ROLES.some((role) => person.roles.includes(role)) ? { id: person.id, alias: person.alias } : undefined
    },

    /** What stands in a link by which this account can be connected, once. An earlier link of the same account ends. */
    async invite(slackUser: string, slackName: string): Promise<string> {
      const token = randomBytes(32).toString("base64url")
      await putSlackInvitation(store, { hash: hashOf(token), slackUser, slackName, expiresAt: new Date(now() + CONNECT_MINUTES * 60_000) }, today())
      return token
    },

    /** What Slack calls the account of a link; `undefined` when it is wrong, used or too old. */
    opened: async (token: string): Promise<string | undefined> => (await slackInvitationOf(store, hashOf(token), today()))?.slackName,

    /** Uses up a link; `false` when it is wrong, used or too old. */
    async connect(staffId: string, token: string): Promise<boolean> {
      const done = await connectSlack(store, hashOf(token), staffId, today())
      if (done) await staff.writes({ staffId, what: "slack-connected" })
      return done
    },

    /** Takes a person's account of Slack off them; `false` when there was none. */
    async disconnect(staffId: string): Promise<boolean> {
      const done = await disconnectSlack(store, staffId)
      if (done) await staff.writes({ staffId, what: "slack-disconnected" })
      return done
    },

    /** Whether a person has connected an account. */
    connected: (staffId: string) => hasSlack(store, staffId),
  }
}

/** The page on which a link is opened. What stands behind the # never leaves the browser by itself. */
export function connectAddress(base: string, token: string): string {
  return `${base}/console/#/slack/${token}`
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex")
}
