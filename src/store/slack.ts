import type { Store } from "./pool.ts"

/** A handoff as Slack knows it, with every message that the house has there. */
export type SlackCardRow = {
  readonly handoffId: string
  readonly room: string
  readonly liveFrom: string | null
  readonly liveBy: string | null
  readonly endedAt: Date | null
  readonly posts: readonly SlackPostRow[]
  /** Only those of which something has still to be shown or found out. */
  readonly said: readonly SlackSaidRow[]
}

/** A message of the house. `line`: -1 the card, 0 the top of its thread, from 1 on a line of hers. */
export type SlackPostRow = { readonly line: number; readonly part: number; readonly ts: string | null; readonly attemptedAt: Date; readonly shown: string }

/** What somebody of staff wrote in a thread, without the words. */
export type SlackSaidRow = {
  readonly handoffId: string
  readonly ts: string
  readonly staffId: string
  readonly kind: string
  readonly at: Date
  readonly done: boolean
  readonly why: string | null
  readonly lineId: string | null
  readonly mark: string | null
  readonly notice: string | null
  readonly noticed: string | null
}

type PostKey = { readonly handoffId: string; readonly line: number; readonly part: number }
type SaidKey = { readonly handoffId: string; readonly ts: string }

/** Final marks: nothing more becomes of what carries one. */
const SETTLED = ["note", "refused", "delivered"]

/** Every handoff that Slack knows, with its messages. */
export async function slackCards({ prisma }: Store): Promise<readonly SlackCardRow[]> {
  const open = { OR: [{ mark: null }, { mark: { notIn: SETTLED } }, { notice: { not: null }, noticed: null }] }
  return prisma.slackCard.findMany({ include: { posts: { orderBy: [{ line: "asc" }, { part: "asc" }] }, said: { where: open, orderBy: { ts: "asc" } } } })
}

/** The handoff whose card has this name in this room. */
export async function slackCardAt({ prisma }: Store, room: string, ts: string): Promise<Omit<SlackCardRow, "posts" | "said"> | undefined> {
  return (await prisma.slackCard.findFirst({ where: { room, posts: { some: { line: -1, ts } } } })) ?? undefined
}

/** Makes the row of a handoff; there already, it stays as it is. */
export async function putSlackCard({ prisma }: Store, handoffId: string, room: string): Promise<void> {
  await prisma.slackCard.createMany({ data: [{ handoffId, room }], skipDuplicates: true })
}

/** Changes what stands of a handoff. */
export async function changeSlackCard(
  { prisma }: Store,
  handoffId: string,
  change: { readonly liveFrom?: string | null; readonly liveBy?: string | null; readonly endedAt?: Date | null },
): Promise<void> {
  await prisma.slackCard.updateMany({ where: { handoffId }, data: change })
}

/** Erases a handoff and all that hangs on it. */
export async function dropSlackCard({ prisma }: Store, handoffId: string): Promise<void> {
  await prisma.slackCard.deleteMany({ where: { handoffId } })
}

/** Notes that a message is about to be sent to Slack for the first time. */
export async function attemptSlackPost({ prisma }: Store, key: PostKey, attemptedAt: Date, shown: string): Promise<void> {
  await prisma.slackPost.upsert({ where: { handoffId_line_part: key }, create: { ...key, attemptedAt, shown }, update: { ts: null, attemptedAt, shown } })
}

/** Keeps Slack's name for a message, or what it shows now. */
export async function changeSlackPost({ prisma }: Store, key: PostKey, change: { readonly ts?: string; readonly shown?: string }): Promise<void> {
  await prisma.slackPost.updateMany({ where: key, data: change })
}

/** A message is no longer in Slack. */
export async function dropSlackPost({ prisma }: Store, key: PostKey): Promise<void> {
  await prisma.slackPost.deleteMany({ where: key })
}

/** Notes that somebody wrote something, and for whom; the row that stands when it was noted before. */
export async function takeSlackSaid(
  { prisma }: Store,
  row: SaidKey & Pick<SlackSaidRow, "staffId" | "kind" | "at">,
): Promise<{ readonly first: boolean; readonly row: SlackSaidRow }> {
  const { count } = await prisma.slackSaid.createMany({ data: [row], skipDuplicates: true })
  return { first: count === 1, row: await prisma.slackSaid.findUniqueOrThrow({ where: { handoffId_ts: { handoffId: row.handoffId, ts: row.ts } } }) }
}

/** What is known of something written. */
export async function slackSaid({ prisma }: Store, handoffId_ts: SaidKey): Promise<SlackSaidRow | undefined> {
  return (await prisma.slackSaid.findUnique({ where: { handoffId_ts } })) ?? undefined
}

/** Changes what became of something written; `false` when nothing is known of it. */
export async function changeSlackSaid({ prisma }: Store, key: SaidKey, change: Partial<Omit<SlackSaidRow, "handoffId" | "ts" | "staffId">>): Promise<boolean> {
  return (await prisma.slackSaid.updateMany({ where: key, data: change })).count === 1
}

/** Forgets something written, so that it can be taken anew. */
export async function dropSlackSaid({ prisma }: Store, key: SaidKey): Promise<void> {
  await prisma.slackSaid.deleteMany({ where: key })
}

/** Takes or keeps the right to speak to Slack, for so long by the database's clock; `false` while another process has it. */
export async function holdSlackTurn({ prisma }: Store, process: string, ms: number): Promise<boolean> {
  const rows = await prisma.$executeRaw`
    insert into slack_turn (id, process, until) values (1, ${process}::uuid, now() + make_interval(secs => ${ms / 1000}::float8))
    on conflict (id) do update set process = excluded.process, until = excluded.until
      where slack_turn.process = excluded.process or slack_turn.until < now()`
  return rows === 1
}

/** Gives the right to speak to Slack back. */
export async function freeSlackTurn({ prisma }: Store, process: string): Promise<void> {
  await prisma.slackTurn.deleteMany({ where: { process } })
}

/** Puts a link on the shelf by which an account of Slack can be connected; links that have run out go. */
export async function putSlackInvitation(
  { prisma }: Store,
  row: { readonly hash: string; readonly slackUser: string; readonly slackName: string; readonly expiresAt: Date },
  now: Date,
): Promise<void> {
  await prisma.$transaction([
    prisma.slackInvitation.deleteMany({ where: { OR: [{ expiresAt: { lte: now } }, { slackUser: row.slackUser }] } }),
    prisma.slackInvitation.create({ data: row }),
  ])
}

/** Whose account a link would connect, while it lasts. */
export async function slackInvitationOf({ prisma }: Store, hash: string, now: Date): Promise<{ readonly slackName: string } | undefined> {
  return (await prisma.slackInvitation.findFirst({ where: { hash, expiresAt: { gt: now } }, select: { slackName: true } })) ?? undefined
}

/** Uses up a link and connects its account, both or neither. Whoever had that account before has it no more. */
export async function connectSlack({ prisma }: Store, hash: string, staffId: string, now: Date): Promise<boolean> {
  return prisma.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<readonly { slack_user: string }[]>`delete from slack_invitation where hash = ${hash} and expires_at > ${now} returning slack_user`
    if (row === undefined) return false
    await tx.slackLink.deleteMany({ where: { OR: [{ staffId }, { slackUser: row.slack_user }] } })
    await tx.slackLink.create({ data: { staffId, slackUser: row.slack_user, at: now } })
    return true
  })
}

/** Takes a person's account of Slack off them; `false` when there was none. */
export async function disconnectSlack({ prisma }: Store, staffId: string): Promise<boolean> {
  return (await prisma.slackLink.deleteMany({ where: { staffId } })).count === 1
}

/** Who of the staff that still works here an account of Slack is. */
export async function slackStaff({ prisma }: Store, slackUser: string): Promise<{ readonly id: string; readonly alias: string; readonly roles: readonly string[] } | undefined> {
  const row = await prisma.slackLink.findUnique({ where: { slackUser }, select: { staff: { select: { id: true, alias: true, roles: true, active: true } } } })
  return row?.staff.active === true ? row.staff : undefined
}

/** Whether a person has connected an account of Slack. */
export async function hasSlack({ prisma }: Store, staffId: string): Promise<boolean> {
  return (await prisma.slackLink.findUnique({ where: { staffId }, select: { staffId: true } })) !== null
}
