import type { Card, DeskService, HandoffStatus } from "../helpline/desk-view.ts"
import type { SlackCardRow, SlackShelf } from "../helpline/slack-shelf.ts"
import { hashOf, isOpen, type Faces } from "./slack-card.ts"
import { job, RANK, type Job } from "./slack-job.ts"
import type { Poster } from "./slack-post.ts"
import { createThread } from "./slack-thread.ts"
import type { SlackWords } from "./slack-words/words.ts"

export type PlanParts = {
  readonly desk: DeskService
  readonly shelf: SlackShelf
  readonly poster: Poster
  readonly faces: Faces
  readonly words: SlackWords
  readonly room: string
  readonly mode: "pointers" | "relay"
  readonly publicUrl: string | undefined
  /** So many days after its end, nothing of a chat is left in Slack. */
  readonly transcriptDays: number
  readonly now: () => number
}

type Sight = { readonly cards: readonly Card[]; readonly rows: readonly SlackCardRow[] /** Whether all of a chat is to be looked at. */; readonly look: (id: string) => boolean }

const SHOWN: ReadonlySet<HandoffStatus> = new Set(["queued", "claimed", "live", "transferring"])

/** Compares the desk with what stands in Slack, and says what has to be done, in order. */
export function createPlan(parts: PlanParts) {
  const { desk, shelf, poster, faces, room, mode, publicUrl, transcriptDays, now } = parts
  const threadJobs = createThread(parts)

  return async ({ cards, rows, look }: Sight): Promise<readonly Job[]> => {
    const known = new Map(rows.map((row) => [row.handoffId, row]))
    const open = new Set(cards.map(({ id }) => id))
    const jobs: Job[] = []
    for (const card of cards) {
      const row = known.get(card.id)
      if (row === undefined) {
        if (SHOWN.has(card.status)) jobs.push(newcomer(card))
      } else jobs.push(...(await ofCard(card, row, look(card.id))))
    }
    for (const row of rows) if (!open.has(row.handoffId)) jobs.push(...(await ofVanished(row, look(row.handoffId))))
    threadJobs.forget(open)
    return jobs.sort((a, b) => a.rank - b.rank)
  }

  function newcomer(card: Card): Job {
    return job(RANK.newcomer, "card", card.id, async () => {
      await shelf.putCard(card.id, room)
      return poster.put({ handoffId: card.id, room, line: -1, part: 0 }, faces.card(card, publicUrl), undefined)
    })
  }

  async function ofCard(card: Card, row: SlackCardRow, look: boolean): Promise<readonly Job[]> {
    const endedAt = card.endedAt === null ? null : new Date(card.endedAt)
    if (endedAt?.getTime() !== row.endedAt?.getTime()) await shelf.changeCard(card.id, { endedAt })
    if (isOver(endedAt)) return erase(row, RANK.age)
    const live = row.liveFrom !== null && row.liveBy === card.ownerId && isOpen(card)
    // Who takes over begins with a thread that goes nowhere.
    if (!live && row.liveFrom !== null) await shelf.changeCard(card.id, { liveFrom: null, liveBy: null })
    const post = row.posts.find(({ line }) => line === -1)
    const face = faces.card(card, publicUrl)
    const place = { handoffId: card.id, room: row.room, line: -1, part: 0 }
    const jobs: Job[] = []
    if (post?.ts == null) {
      if (SHOWN.has(card.status) || post !== undefined) jobs.push(job(RANK.newcomer, "card", card.id, () => poster.put(place, face, post)))
    } else {
      const { ts } = post
      if (post.shown !== hashOf(face)) jobs.push(job(card.status === "queued" ? RANK.newcomer : RANK.card, "card", card.id, () => poster.update(place, ts, face)))
      jobs.push(...(await threadJobs.of({ card, row, thread: ts, top: faces.top(card, live), relay: mode === "relay", look })))
    }
    return jobs
  }

  /** A handoff that the desk no longer shows ended more than a day ago, or was forgotten. */
  async function ofVanished(row: SlackCardRow, look: boolean): Promise<readonly Job[]> {
    if (isOver(row.endedAt)) return erase(row, RANK.age)
    if (row.endedAt !== null && !look) return []
    const lines = await desk.lines(row.handoffId, 0)
    const last = lines.at(-1)
    if (last === undefined) return erase(row, RANK.erase)
    if (row.endedAt === null) await shelf.changeCard(row.handoffId, { endedAt: new Date(last.at), liveFrom: null, liveBy: null })
    return []
  }

  /** Takes everything of a handoff out of Slack, her words first, and then forgets that it was there. */
  async function erase(row: SlackCardRow, rank: number): Promise<readonly Job[]> {
    if (row.posts.length === 0) await shelf.dropCard(row.handoffId)
    const thread = row.posts.find(({ line }) => line === -1)?.ts ?? undefined
    return row.posts.toReversed().map((post) => {
      const place = { handoffId: row.handoffId, room: row.room, line: post.line, part: post.part, ...(post.line >= 0 && thread !== undefined && { thread }) }
      return job(rank, `erase ${post.line}.${post.part}`, row.handoffId, () => poster.remove(place, post))
    })
  }

  function isOver(endedAt: Date | null): boolean {
    return endedAt !== null && endedAt.getTime() + transcriptDays * 24 * 3600_000 <= now()
  }
}
