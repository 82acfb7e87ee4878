import { randomBytes } from "node:crypto"
import type { Prisma } from "./generated/client.ts"
import type { Store } from "./pool.ts"

/** A person who works here, as stored. */
export type StaffRow = {
  readonly id: string
  readonly userName: string
  readonly alias: string
  readonly roles: readonly string[]
  readonly cap: number
  readonly active: boolean
  readonly secondStep: boolean
}

/** A link that lets somebody in once, as stored: the hash of what stands in it, never the words themselves. */
export type LinkRow = {
  readonly id: string
  readonly hash: string
  readonly kind: string
  readonly roles: readonly string[]
  readonly staffId: string | null
  readonly madeBy: string | null
  readonly expiresAt: Date
}

/** What a change of staff came to. `last-admin`: nothing was changed, because nobody would be left who can invite. */
export type Changed = "done" | "gone" | "last-admin" | "alias-taken" | "name-taken"

/** The shelves of accounts, as better-auth wants them: its own adapter over our Prisma client, loaded when it is first asked for. */
export async function accountsAdapter({ prisma }: Store) {
  const { prismaAdapter } = await import("better-auth/adapters/prisma")
  return prismaAdapter(prisma, { provider: "postgresql", transaction: true })
}

/** Everybody who works here or did, by alias, with what is known of how they sign in. */
export async function allStaff({ prisma }: Store) {
  const rows = await prisma.staff.findMany({ orderBy: { alias: "asc" }, include: { _count: { select: { passkeys: true, sessions: true } } } })
  return rows.map(({ _count, ...row }) => ({ ...row, passkeys: _count.passkeys, sessions: _count.sessions }))
}

/** One person; `undefined` when there is none of that id. */
export async function staffOf({ prisma }: Store, id: string): Promise<StaffRow | undefined> {
  return (await prisma.staff.findUnique({ where: { id } })) ?? undefined
}

/** The person who signs in with a user name, with the moment the password was last set. */
export async function staffNamed({ prisma }: Store, userName: string): Promise<(StaffRow & { readonly passwordAt: Date | undefined }) | undefined> {
  const row = await prisma.staff.findUnique({ where: { userName }, include: { logins: { select: { updatedAt: true } } } })
  return row === null ? undefined : { ...row, passwordAt: row.logins[0]?.updatedAt }
}

/** Whether anybody works here yet. */
export async function hasStaff({ prisma }: Store): Promise<boolean> {
  return (await prisma.staff.findFirst({ select: { id: true } })) !== null
}

/** Puts a link on the shelf. */
export async function putLink({ prisma }: Store, link: LinkRow): Promise<void> {
  await prisma.staffLink.create({ data: { ...link, roles: [...link.roles] } })
}

/** The link with this hash, while it lasts. */
export async function linkOf({ prisma }: Store, hash: string, now: Date): Promise<LinkRow | undefined> {
  return (await prisma.staffLink.findFirst({ where: { hash, expiresAt: { gt: now } } })) ?? undefined
}

/** Links that somebody may still use, the newest last. */
export async function openLinks({ prisma }: Store, now: Date): Promise<readonly LinkRow[]> {
  return prisma.staffLink.findMany({ where: { expiresAt: { gt: now } }, orderBy: { expiresAt: "asc" } })
}

/** Takes a link back; `false` when it is gone already. */
export async function dropLink({ prisma }: Store, id: string): Promise<boolean> {
  return (await prisma.staffLink.deleteMany({ where: { id } })).count === 1
}

/**
 * Uses up a link and makes the account it stands for, both or neither. The link of the first admin is used up with every
 * other of its kind. `gone`: somebody else used it meanwhile.
 */
export async function joinByLink(
  { prisma }: Store,
  link: LinkRow,
  person: { readonly id: string; readonly loginId: string; readonly userName: string; readonly alias: string; readonly passwordHash: string; readonly at: Date },
): Promise<Changed> {
  const { id, userName, alias } = person
  return guarded(prisma, async (tx) => {
    if (!(await useUp(tx, link))) return "gone"
    await tx.staff.create({
      data: {
        id,
        userName,
        alias,
        roles: [...link.roles],
        logins: { create: { id: person.loginId, providerId: "credential", accountId: id, password: person.passwordHash, updatedAt: person.at } },
      },
    })
    return "done"
  })
}

/** Uses up a link of a reset and gives its person a new password, both or neither. */
export async function restartByLink({ prisma }: Store, link: LinkRow, passwordHash: string, at: Date): Promise<Changed> {
  return guarded(prisma, async (tx) => {
    if (link.staffId === null || !(await useUp(tx, link))) return "gone"
    await tx.staffLogin.updateMany({ where: { staffId: link.staffId }, data: { password: passwordHash, updatedAt: at } })
    return "done"
  })
}

/**
 * Changes a person. Who is let go is signed out everywhere and can't come back by an old link; what would leave no active
 * admin isn't done.
 */
export async function changeStaff(
  { prisma }: Store,
  id: string,
  change: { readonly roles?: readonly string[] | undefined; readonly alias?: string | undefined; readonly cap?: number | undefined; readonly active?: boolean | undefined },
): Promise<Changed> {
  const data = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Prisma.StaffUpdateManyMutationInput
  return guarded(prisma, async (tx) => {
    if ((await tx.staff.updateMany({ where: { id }, data: data })).count === 0) return "gone"
    if (change.active === false) await Promise.all([tx.staffSession.deleteMany({ where: { staffId: id } }), tx.staffLink.deleteMany({ where: { staffId: id } })])
    return "done"
  })
}

/**
 * Takes everything away that a person signs in with, signs them out everywhere, and puts the link on the shelf by which
 * they begin anew.
 */
export async function resetStaff({ prisma }: Store, id: string, link: LinkRow): Promise<Changed> {
  return guarded(prisma, async (tx) => {
    if ((await tx.staff.updateMany({ where: { id, active: true }, data: { secondStep: false } })).count === 0) return "gone"
    const where = { staffId: id }
    // Shaped like a hash, and nothing is known to lead to it: a wrong password takes as long as anybody's.
    await tx.staffLogin.updateMany({ where, data: { password: `${randomBytes(16).toString("hex")}:${randomBytes(64).toString("hex")}` } })
    await tx.staffTotp.deleteMany({ where })
    await tx.staffPasskey.deleteMany({ where })
    await tx.staffSession.deleteMany({ where })
    await tx.staffLink.deleteMany({ where })
    await tx.staffLink.create({ data: { ...link, roles: [...link.roles] } })
    return "done"
  })
}

/** Where a person is signed in, the newest first. */
export async function sessionsOf({ prisma }: Store, staffId: string, now: Date) {
  return prisma.staffSession.findMany({
    where: { staffId, expiresAt: { gt: now } },
    orderBy: { createdAt: "desc" },
    select: { id: true, createdAt: true, updatedAt: true, expiresAt: true, userAgent: true },
  })
}

/** Ends one session of a person, or all but one; tells how many. */
export async function endSessions({ prisma }: Store, staffId: string, which: { readonly id: string } | { readonly but: string | undefined }): Promise<number> {
  const id = "id" in which ? which.id : which.but === undefined ? undefined : { not: which.but }
  return (await prisma.staffSession.deleteMany({ where: { staffId, ...(id === undefined ? {} : { id }) } })).count
}

/** Erases what has run out at the staff's door; tells how many rows of each kind. */
export async function sweepAccounts({ prisma }: Store, now: Date, auditBefore: Date): Promise<Readonly<Record<string, number>>> {
  const expired = { where: { expiresAt: { lte: now } } }
  const [sessions, challenges, links, attempts, audit] = await prisma.$transaction([
    prisma.staffSession.deleteMany(expired),
    prisma.staffChallenge.deleteMany(expired),
    prisma.staffLink.deleteMany(expired),
    prisma.attempt.deleteMany({ where: { at: { lt: new Date(now.getTime() - 24 * 3600_000) }, until: { lte: now } } }),
    prisma.audit.deleteMany({ where: { at: { lt: auditBefore } } }),
  ])
  return { "staff.session": sessions.count, "staff.challenge": challenges.count, "staff.link": links.count, "staff.attempt": attempts.count, audit: audit.count }
}

/** One statement, so that two who come at once don't both find it. */
async function useUp(tx: Prisma.TransactionClient, { id, kind }: LinkRow): Promise<boolean> {
  const rows = await tx.$queryRaw<readonly { id: string }[]>`delete from staff_link where id = ${id}::uuid or (${kind} = 'first' and kind = 'first') returning id`
  return rows.some((row) => row.id === id)
}

class LeavesNobody extends Error {}

/** Changes of staff come one after another, and none of them leaves a house that had an admin without one. */
async function guarded(prisma: Store["prisma"], work: (tx: Prisma.TransactionClient) => Promise<Changed>): Promise<Changed> {
  const admins = { where: { active: true, roles: { has: "admin" } } }
  try {
    return await prisma.$transaction(async (tx) => {
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('hamraaz/staff'))`
      const before = await tx.staff.count(admins)
      const done = await work(tx)
      if (before > 0 && (await tx.staff.count(admins)) === 0) throw new LeavesNobody()
      return done
    })
  } catch (cause) {
    if (cause instanceof LeavesNobody) return "last-admin"
    if ((cause as { code?: unknown }).code === "P2002") return /alias/.test(JSON.stringify((cause as { meta?: unknown }).meta)) ? "alias-taken" : "name-taken"
    throw cause
  }
}
