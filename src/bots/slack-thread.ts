import type { Card, DeskService, Line } from "../helpline/desk-view.ts"
import type { SlackCardRow, SlackPostRow, SlackSaidRow, SlackShelf } from "../helpline/slack-shelf.ts"
import type { Asked } from "./slack-api.ts"
import { hashOf, isOpen, type Face, type Faces } from "./slack-card.ts"
import { markOf, REACTIONS } from "./slack-mark.ts"
import { job, RANK, type Job } from "./slack-job.ts"
import type { Place, Poster } from "./slack-post.ts"
import { messagesOf } from "./slack-text.ts"
import { noticeIn, type SlackWords } from "./slack-words/words.ts"

type Sight = { readonly card: Card; readonly row: SlackCardRow; readonly thread: string; readonly top: Face; readonly relay: boolean; readonly look: boolean }

type ThreadParts = {
  readonly desk: DeskService
  readonly shelf: SlackShelf
  readonly poster: Poster
  readonly faces: Faces
  readonly words: SlackWords
  readonly now: () => number
}

/** What has to be done in the thread under a card. */
export function createThread({ desk, shelf, poster, faces, words, now }: ThreadParts) {
  /** How many lines a chat had when everything of it stood in its thread. */
  const whole = new Map<string, number>()

  async function of({ card, row, thread, top, relay, look }: Sight): Promise<readonly Job[]> {
    const taken = relay && (card.status === "claimed" || card.status === "live" || card.status === "transferring")
    const stands = row.posts.filter(({ line }) => line > 0)
    const more = taken && whole.get(card.id) !== card.lines
    const back = card.lines < (stands.at(-1)?.line ?? 0) || (look && stands.length > 0)
    const jobs: Job[] = []
    if (taken || row.posts.some(({ line }) => line === 0)) jobs.push(...topJobs(row, thread, top, isOpen(card)))
    if (!more && !back && row.said.length === 0) return jobs
    const lines = await desk.lines(card.id, 0)
    const there = new Set(lines.map(({ n }) => n))
    // What the desk has forgotten goes from Slack, too.
    for (const post of stands.filter(({ line }) => !there.has(line))) {
      const place = { handoffId: card.id, room: row.room, thread, line: post.line, part: post.part }
      jobs.push({ ...job(RANK.erase, `erase ${post.line}.${post.part}`, card.id, () => poster.remove(place, post)), group: `erase ${card.id}` })
    }
    const missing = taken ? wordJobs(row, thread, lines) : []
    if (taken && missing.length === 0) whole.set(card.id, card.lines)
    return [...jobs, ...missing, ...row.said.flatMap((said) => saidJobs(row, thread, said, lines))]
  }

  function topJobs(row: SlackCardRow, thread: string, face: Face, open: boolean): readonly Job[] {
    const post = row.posts.find(({ line }) => line === 0)
    const place = { handoffId: row.handoffId, room: row.room, thread, line: 0, part: 0 }
    if (post?.ts == null) return open || post !== undefined ? [job(RANK.top, "top", row.handoffId, () => poster.put(place, face, post))] : []
    const { ts } = post
    return post.shown === hashOf(face) ? [] : [job(RANK.top, "top", row.handoffId, () => poster.update(place, ts, face))]
  }

  function wordJobs(row: SlackCardRow, thread: string, lines: readonly Line[]): readonly Job[] {
    const standing = new Map(row.posts.map((post) => [`${post.line}.${post.part}`, post]))
    return lines.flatMap((line) =>
      facesOf(line).flatMap((face, part) => {
        const post = standing.get(`${line.n}.${part}`)
        if (post?.ts != null) return []
        const place = { handoffId: row.handoffId, room: row.room, thread, line: line.n, part }
        return [job(RANK.words, `words ${line.n}.${part}`, row.handoffId, () => putWords(place, face, post))]
      }),
    )
  }

  /** What of a line stands in the thread: her words, and what the house notes of them. The counsellors know their own. */
  function facesOf(line: Line): readonly Face[] {
    if (line.from === "contact") return messagesOf(line.text).map(faces.words)
    if (line.from === "counsellor") return []
    return line.text === "left" ? [faces.sentence(words.left)] : line.text === "media" ? [faces.sentence(words.media)] : []
  }

  /** Words that Slack won't have hold up nothing: in their place stands where they can be read. */
  async function putWords(place: Place, face: Face, before: SlackPostRow | undefined): Promise<Asked> {
    const asked = await poster.put(place, face, before)
    return asked.status === "refused" && asked.code !== "thread_not_found" ? poster.put(place, faces.sentence(words.elsewhere), undefined) : asked
  }

  function saidJobs(row: SlackCardRow, thread: string, said: SlackSaidRow, lines: readonly Line[]): readonly Job[] {
    const key = { handoffId: row.handoffId, ts: said.ts }
    const mark = markOf(said, lines, now())
    const notice = said.notice ?? (mark === "unsure" || mark === "failed" ? mark : null)
    const group = `said ${said.ts}`
    const jobs: Job[] = []
    if (mark !== undefined && mark !== said.mark) jobs.push({ ...job(RANK.mark, `mark ${said.ts}`, row.handoffId, () => putMark(row.room, said, mark)), group })
    if (notice !== null && notice !== said.noticed) {
      const run = async (): Promise<Asked> => {
        // Said twice, should its fate stay open: it is no word of anybody.
        const asked = await poster.ask("chat.postMessage", { channel: row.room, thread_ts: thread, ...faces.sentence(noticeIn(words, notice)), parse: "none", link_names: false })
        if (asked.status === "ok") await shelf.changeSaid(key, { noticed: notice })
        return asked
      }
      jobs.push({ ...job(RANK.mark, `notice ${said.ts}`, row.handoffId, run), group: `notice ${said.ts}` })
    }
    return jobs
  }

  /** The new sign comes before the old one goes: there is never none. */
  async function putMark(channel: string, said: SlackSaidRow, mark: keyof typeof REACTIONS): Promise<Asked> {
    const asked = await poster.ask("reactions.add", { channel, timestamp: said.ts, name: REACTIONS[mark] })
    // Somebody may have taken the message away, or the reaction stands there from a try whose answer was lost.
    const done = asked.status === "ok" || (asked.status === "refused" && (asked.code === "already_reacted" || asked.code === "message_not_found"))
    if (!done) return asked
    await shelf.changeSaid({ handoffId: said.handoffId, ts: said.ts }, { mark })
    if (said.mark !== null && said.mark in REACTIONS) await poster.ask("reactions.remove", { channel, timestamp: said.ts, name: REACTIONS[said.mark as keyof typeof REACTIONS] })
    return { status: "ok", body: {} }
  }

  return {
    of,
    /** Drops what is known of chats that the desk no longer shows. */
    forget(open: ReadonlySet<string>): void {
      for (const id of whole.keys()) if (!open.has(id)) whole.delete(id)
    },
  }
}
