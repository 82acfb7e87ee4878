import { createHash } from "node:crypto"
import type { Card, DeskService, Refused } from "../helpline/desk-view.ts"
import type { SlackLinks } from "../helpline/slack-links.ts"
import type { SlackCardRow, SlackShelf } from "../helpline/slack-shelf.ts"
import { isOpen } from "./slack-card.ts"
import type { HeardInThread } from "./slack-heard.ts"
import { UNSURE_MS } from "./slack-mark.ts"
import { callsSomebody, emojiIn, plainOf } from "./slack-text.ts"
import type { Notice } from "./slack-words/words.ts"

type Written = Extract<HeardInThread, { type: "written" }>

/** The way from a thread to her. */
export type Relay = ReturnType<typeof createRelay>

/**
 * What staff write in threads. It goes to her only when her chat is live in this thread, by the owner, and was written
 * after the owner said so; everything else is a note. Which of the two it is gets written down first, so that a message
 * that Slack brings again later, when the thread has changed, is still what it was.
 */
export function createRelay({
  desk,
  links,
  shelf,
  now,
  wake,
}: {
  readonly desk: DeskService
  readonly links: SlackLinks
  readonly shelf: SlackShelf
  readonly now: () => number
  readonly wake: (handoffId: string) => void
}) {
  /** The last thing under way in each chat: what follows waits, so that she reads it in the order it came. */
  const queues = new Map<string, Promise<void>>()

  async function written(row: Pick<SlackCardRow, "handoffId" | "liveFrom" | "liveBy">, heard: Written): Promise<void> {
    const person = await links.whoIs(heard.user)
    if (person === undefined) return
    const key = { handoffId: row.handoffId, ts: heard.ts }
    const text = await textOf(heard)
    const live = row.liveBy === person.id && row.liveFrom !== null && Number(heard.ts) > Number(row.liveFrom)
    const calls = callsSomebody(heard.text)
    const toHer = live && !calls && text !== "" && isTheirs(await cardOf(row.handoffId), person.id)
    const notice: Notice | null = heard.files ? "files" : live && calls ? "called-somebody" : null
    const { first, row: taken } = await shelf.takeSaid({ ...key, staffId: person.id, kind: toHer ? "said" : "note", at: new Date(now()) })
    if (taken.done || (taken.kind === "note" && !first)) return
    // The thread has said by now that nobody knows whether this was sent: it may have been written anew.
    if (!first && now() - taken.at.getTime() > UNSURE_MS) return
    try {
      const refused = taken.kind === "said" ? await say(key, person.id, text) : text === "" ? undefined : await desk.note(person.id, row.handoffId, text)
      await shelf.changeSaid(key, { done: true, why: refused ?? null, notice: refused === undefined ? notice : refusedNotice(refused) })
    } catch (error) {
      // A note has no key by which the desk would know it again, so the row of it goes; her words have one.
      if (taken.kind === "note") await shelf.dropSaid(key)
      throw error
    }
  }

  /** Hands words to the desk, and finds the line that they became: what becomes of the line is shown beside the words. */
  async function say(key: { readonly handoffId: string; readonly ts: string }, staff: string, text: string): Promise<Refused | undefined> {
    const named = nameOf(key)
    const refused = await desk.write(staff, key.handoffId, text, named)
    if (refused !== undefined) return refused
    const line = (await desk.lines(key.handoffId, 0)).find((one) => one.key === named)
    if (line !== undefined) await shelf.changeSaid(key, { lineId: line.id })
    return undefined
  }

  async function textOf({ text, blocks }: Written): Promise<string> {
    const called = [...text.matchAll(/<@(\w+)/g)].flatMap(([, user]) => user ?? [])
    const names = new Map(await Promise.all([...new Set(called)].slice(0, 20).map(async (user) => [user, (await links.whoIs(user))?.alias] as const)))
    return plainOf(text, emojiIn(blocks), (user) => names.get(user.split("|")[0] ?? "") ?? "…").trim()
  }

  /** Somebody changed or took away what they had written. It stays what it was, and the thread says so. */
  async function changed(handoffId: string, { type, ts }: HeardInThread): Promise<void> {
    if (type === "written") return
    const said = await shelf.said({ handoffId, ts })
    if (said === undefined || said.why !== null) return
    const notice: Notice = said.kind === "said" ? type : `${type}-note`
    if (said.noticed !== notice) await shelf.changeSaid({ handoffId, ts }, { notice, noticed: null })
  }

  const cardOf = async (handoffId: string) => (await desk.cards()).find(({ id }) => id === handoffId)

  return {
    /** Takes what happened in a thread; a thread that isn't ours is none of our business. Throws when it couldn't be taken: Slack may bring it again. */
    async heard(heard: HeardInThread): Promise<void> {
      const at = await shelf.cardAt(heard.channel, heard.thread)
      if (at === undefined) return
      const { handoffId } = at
      await inTurn(handoffId, async () => {
        // Read again: what was under way before may have changed it.
        const row = (await shelf.cardAt(heard.channel, heard.thread)) ?? at
        await (heard.type === "written" ? written(row, heard) : changed(handoffId, heard))
      })
    },

    /** Lets the words of one person go to her from now on, or nobody's. What is written after that waits for it. */
    turn: (handoffId: string, live: { readonly liveFrom: string; readonly liveBy: string } | undefined) =>
      inTurn(handoffId, () => shelf.changeCard(handoffId, live ?? { liveFrom: null, liveBy: null })),
  }

  async function inTurn(handoffId: string, doing: () => Promise<void>): Promise<void> {
    const work = (queues.get(handoffId) ?? Promise.resolve()).catch(() => {}).then(doing)
    queues.set(handoffId, work)
    try {
      await work
    } finally {
      if (queues.get(handoffId) === work) queues.delete(handoffId)
      wake(handoffId)
    }
  }
}

function isTheirs(card: Card | undefined, staff: string): boolean {
  return card !== undefined && card.ownerId === staff && isOpen(card)
}

function refusedNotice(refused: Refused): Notice {
  return `refused-${refused}`
}

/** The key under which the desk knows a message of Slack: the same message has always the same. */
function nameOf({ handoffId, ts }: { readonly handoffId: string; readonly ts: string }): string {
  const hex = createHash("sha256").update(`slack\0${handoffId}\0${ts}`).digest("hex")
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
