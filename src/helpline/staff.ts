import { createHash, randomBytes, randomUUID } from "node:crypto"
import * as shelves from "../store/accounts.ts"
import { attempt, firstTime, forgive, uncount } from "../store/attempts.ts"
import { lastDeeds, writeDown, type Deed } from "../store/audit.ts"
import type { Store } from "../store/pool.ts"
import type { Cover } from "../vault/cover.ts"
import type { Role } from "./desk-view.ts"

/** Every role there is. */
export const ROLES = ["counsellor", "supervisor", "officer", "moderator", "admin"] as const satisfies readonly Role[]

/** Fewest and most characters of a password. The most keeps hashing from being made a burden. */
export const PASSWORD = { least: 12, most: 128 } as const

/** What a user name may look like, once it is in small letters: an address may be one. */
export const USER_NAME = /^[a-z0-9._@+-]{3,60}$/

/** How long a link lets somebody in. */
export const LINK_HOURS = 48

/** A person who works here, as admins see them. */
export type StaffMember = {
  readonly id: string
  readonly userName: string
  readonly alias: string
  readonly roles: readonly Role[]
  readonly cap: number
  readonly active: boolean
  /** Whether the codes of an authenticator are set up. */
  readonly secondStep: boolean
}

/** What a link is for, before it is used. */
export type OpenedLink = { readonly kind: "first" | "invitation"; readonly roles: readonly Role[] } | { readonly kind: "reset"; readonly staffId: string }

/** Whether somebody may try. `waitMs`: not before then; the same for names that exist and names that don't. */
export type Try = { readonly goes: true } | { readonly goes: false; readonly waitMs: number }

/** At which door somebody tries: the user name, the second step of a person, or the address the try comes from. */
export type Door = "name" | "code" | "address"

/** The people who work here: who they are, how they come in, and what is written down of it. */
export type Staff = ReturnType<typeof createStaff>

// An address may be shared by a whole office; a name and a person's codes are one person's.
const PATIENCE = { name: { free: 5, mostSeconds: 300 }, code: { free: 5, mostSeconds: 300 }, address: { free: 30, mostSeconds: 900 } } as const

/**
 * Builds the staff's side of the house. Nothing in here knows a password: who signs in is proven elsewhere
 * (`web/accounts.ts`). What is said of people in the audit are ids.
 */
export function createStaff({ store, cover, now, slowed }: { readonly store: Store; readonly cover: Cover; readonly now: () => number; readonly slowed: () => void }) {
  const today = () => new Date(now())
  const writes = (deed: Deed) => writeDown(store, today(), deed)
  const keyOf = (door: Door, who: string) => cover.lookup(`staff/${door}`, who)

  function makeLink(kind: shelves.LinkRow["kind"], roles: readonly Role[], madeBy: string | undefined, staffId?: string) {
    const token = randomBytes(32).toString("base64url")
    const link = {
      id: randomUUID(),
      hash: hashOf(token),
      kind,
      roles: rolesOf(roles),
      staffId: staffId ?? null,
      madeBy: madeBy ?? null,
      expiresAt: new Date(now() + LINK_HOURS * 3600_000),
    }
    return { token, link }
  }

  const linkBehind = async (token: string) => {
    const link = await shelves.linkOf(store, hashOf(token), today())
    return link?.kind === "first" && (await shelves.hasStaff(store)) ? undefined : link
  }

  return {
    /** A one-time link for the first admin, as long as nobody works here; `undefined` afterwards. Its words are kept nowhere. */
    async firstLink(): Promise<string | undefined> {
      if (await shelves.hasStaff(store)) return undefined
      const { token, link } = makeLink("first", ["admin"], undefined)
      await shelves.putLink(store, link)
      return token
    },

    /** A one-time link that makes an account with these roles. `by` is the admin; nobody when it is the operator. */
    async invite(by: string | undefined, roles: readonly Role[]): Promise<string> {
      const { token, link } = makeLink("invitation", roles, by)
      await shelves.putLink(store, link)
      await writes({ staffId: by, what: "staff-invited", subjectId: link.id, reason: roles.join(" ") })
      return token
    },

    /** What a link is for; `undefined` when it is wrong, used or too old. */
    async opened(token: string): Promise<OpenedLink | undefined> {
      const link = await linkBehind(token)
      if (link === undefined) return undefined
      if (link.kind === "reset") return link.staffId === null ? undefined : { kind: "reset", staffId: link.staffId }
      return { kind: link.kind === "first" ? "first" : "invitation", roles: rolesOf(link.roles) }
    },

    /** Uses up a link and makes the account. Safe against two who use it at once: one of them gets `gone`. */
    async join(token: string, person: { readonly userName: string; readonly alias: string; readonly passwordHash: string }): Promise<shelves.Changed> {
      const link = await linkBehind(token)
      if (link === undefined || link.kind === "reset") return "gone"
      const id = randomUUID()
      const done = await shelves.joinByLink(store, link, { ...person, id, loginId: randomUUID(), at: today() })
      if (done === "done") await writes({ staffId: id, what: "staff-joined", subjectId: link.id, reason: link.kind })
      return done
    },

    /** Uses up a link of a reset; gives back the user name of whose it was. */
    async restart(token: string, passwordHash: string): Promise<string | undefined> {
      const link = await linkBehind(token)
      const person = link?.staffId == null ? undefined : await shelves.staffOf(store, link.staffId)
      if (link === undefined || person === undefined || !person.active) return undefined
      if ((await shelves.restartByLink(store, link, passwordHash, today())) !== "done") return undefined
      await writes({ staffId: person.id, what: "staff-restarted", subjectId: link.id })
      return person.userName
    },

    /** Takes everything away that a person signs in with; gives back the link by which they begin anew. */
    async reset(by: string, id: string): Promise<{ readonly token: string } | shelves.Changed> {
      const { token, link } = makeLink("reset", [], by, id)
      const done = await shelves.resetStaff(store, id, link)
      if (done !== "done") return done
      await writes({ staffId: by, what: "staff-reset", subjectId: id })
      return { token }
    },

    /** Changes roles, alias, cap, or whether a person works here; who is let go is out at once. */
    async change(
      by: string,
      id: string,
      change: { readonly roles?: readonly Role[] | undefined; readonly alias?: string | undefined; readonly cap?: number | undefined; readonly active?: boolean | undefined },
    ): Promise<shelves.Changed> {
      const done = await shelves.changeStaff(store, id, change)
      if (done !== "done") return done
      if (change.roles !== undefined) await writes({ staffId: by, what: "staff-roles", subjectId: id, reason: change.roles.join(" ") })
      if (change.alias !== undefined) await writes({ staffId: by, what: "staff-alias", subjectId: id })
      if (change.cap !== undefined) await writes({ staffId: by, what: "staff-cap", subjectId: id, reason: String(change.cap) })
      if (change.active !== undefined) await writes({ staffId: by, what: change.active ? "staff-activated" : "staff-deactivated", subjectId: id })
      return done
    },

    /** Links that may still be used, without their words. */
    links: async () => (await shelves.openLinks(store, today())).map(({ id, kind, roles, staffId, expiresAt }) => ({ id, kind, roles, staffId, expiresAt })),

    /** Takes a link back; `false` when it is gone already. */
    async withdraw(by: string, linkId: string): Promise<boolean> {
      const gone = await shelves.dropLink(store, linkId)
      if (gone) await writes({ staffId: by, what: "link-withdrawn", subjectId: linkId })
      return gone
    },

    /** Everybody who works here or did, by alias. */
    all: async () => (await shelves.allStaff(store)).map(({ passkeys, sessions, ...row }) => ({ ...memberOf(row), passkeys, sessions })),

    /** One person; `undefined` when there is none, or they were let go. */
    async member(id: string): Promise<StaffMember | undefined> {
      const row = await shelves.staffOf(store, id)
      return row?.active === true ? memberOf(row) : undefined
    },

    /** The person behind a user name, with the moment the password was last set. */
    async named(userName: string): Promise<(StaffMember & { readonly passwordAt: Date | undefined }) | undefined> {
      const row = await shelves.staffNamed(store, userName)
      return row === undefined ? undefined : { ...memberOf(row), passwordAt: row.passwordAt }
    },

    sessions: (id: string) => shelves.sessionsOf(store, id, today()),

    /** Signs a person out of one session or of all but one; tells how many. */
    async endSessions(by: string, id: string, which: { readonly id: string } | { readonly but: string | undefined }): Promise<number> {
      const ended = await shelves.endSessions(store, id, which)
      if (ended > 0) await writes({ staffId: by, what: "sessions-ended", subjectId: id, reason: String(ended) })
      return ended
    },

    /** Asks for one try at a door; it counts as failed until `passes` says otherwise. */
    async tries(door: Door, who: string): Promise<Try> {
      const answer = await attempt(store, keyOf(door, who), today(), PATIENCE[door])
      if (!answer.goes) {
        slowed()
        return { goes: false, waitMs: Math.max(1, answer.until.getTime() - now()) }
      }
      // Once for each row of failures, not for each failure: the count is what matters, and nobody's name is in it.
      if (answer.failures === PATIENCE[door].free) await writes({ staffId: undefined, what: "sign-in-slowed", reason: `${door} ${answer.failures}` })
      return { goes: true }
    },

    /** A try turned out well; what failed before it still counts. */
    passes: (door: Door, who: string) => uncount(store, keyOf(door, who)),

    /** Somebody has proven who they are: what failed at this door is forgotten. Tells how much that was, this try among it if it was counted. */
    welcome: (door: Door, who: string) => forgive(store, keyOf(door, who)),

    /** Whether this code of this person is used for the first time. */
    firstUse: (staffId: string, code: string) => firstTime(store, cover.lookup("staff/used", `${staffId}\0${code}`), today(), 120_000),

    /** Writes down what somebody did. */
    writes,

    /** What was written down last, the newest first. */
    async deeds(before: string | undefined) {
      return (await lastDeeds(store, before === undefined ? undefined : BigInt(before), 200)).map((row) => ({ ...row, id: String(row.id) }))
    },
  }
}

/** The page on which a link is opened. What stands behind the # never leaves the browser by itself: no log of a proxy has it. */
export function linkAddress(base: string, token: string): string {
  return `${base}/console/#/link/${token}`
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex")
}

function rolesOf(roles: readonly string[]): readonly Role[] {
  return ROLES.filter((role) => roles.includes(role))
}

function memberOf({ id, userName, alias, roles, cap, active, secondStep }: shelves.StaffRow): StaffMember {
  return { id, userName, alias, roles: rolesOf(roles), cap, active, secondStep }
}
