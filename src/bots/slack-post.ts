import { createPace } from "../helpline/pace.ts"
import type { SlackPostRow, SlackShelf } from "../helpline/slack-shelf.ts"
import { ask, type Asked, type Client } from "./slack-api.ts"
import { hashOf, type Face } from "./slack-card.ts"

/** What Slack lets one app write into one channel. */
const PER_SECOND = 1
/** How much earlier than ours Slack's clock may have been when a message was sent that is looked for. */
const CLOCKS_MS = 600_000
const PAGE = 200
const PAGES = 20

/** Where a message of ours belongs. `thread` is its card's name, for all but the card itself. */
export type Place = { readonly handoffId: string; readonly room: string; readonly thread?: string; readonly line: number; readonly part: number }

/** The hand that writes into the room: one call at a time, never faster than Slack allows, and only while it is this process's turn. */
export type Poster = ReturnType<typeof createPoster>

/**
 * @param elapsed milliseconds of a clock that nobody sets
 * @param pause waits, and ends early when everything is closed
 */
export function createPoster({
  client,
  shelf,
  now,
  elapsed,
  pause,
  closed,
}: {
  readonly client: () => Promise<Client>
  readonly shelf: SlackShelf
  readonly now: () => number
  readonly elapsed: () => number
  readonly pause: (ms: number) => Promise<void>
  readonly closed: AbortSignal
}) {
  const pace = createPace(PER_SECOND)

  async function paced(method: string, fields: Record<string, unknown>): Promise<Asked> {
    for (let wait = pace.waitMs(elapsed()); wait > 0 && !closed.aborted; wait = pace.waitMs(elapsed())) await pause(wait)
    if (closed.aborted || !(await shelf.hold())) return NOT_OURS
    pace.spend(1, elapsed())
    const asked = await ask(await client(), method, fields)
    if (asked.status === "trouble" && asked.afterMs !== undefined) pace.pauseUntil(elapsed() + asked.afterMs)
    return asked
  }

  /** Slack's name for a message that may stand there; `undefined` when it doesn't. */
  async function find(place: Place, attemptedAt: Date): Promise<Asked | { readonly status: "found"; readonly ts: string | undefined }> {
    const name = nameOf(place)
    const { room: channel, thread } = place
    let cursor: string | undefined
    for (let page = 0; page < PAGES; page++) {
      const asked = await paced(thread === undefined ? "conversations.history" : "conversations.replies", {
        channel,
        ...(thread !== undefined && { ts: thread }),
        oldest: String((attemptedAt.getTime() - CLOCKS_MS) / 1000),
        inclusive: true,
        include_all_metadata: true,
        limit: PAGE,
        ...(cursor !== undefined && { cursor }),
      })
      if (asked.status !== "ok") return asked
      const { messages, response_metadata: more } = asked.body as { readonly messages?: unknown; readonly response_metadata?: { readonly next_cursor?: unknown } }
      const ts = (Array.isArray(messages) ? (messages as readonly Standing[]) : []).find((one) => isNamed(one, name))?.ts
      if (ts !== undefined) return { status: "found", ts }
      cursor = typeof more?.next_cursor === "string" && more.next_cursor !== "" ? more.next_cursor : undefined
      if (cursor === undefined) break
    }
    return { status: "found", ts: undefined }
  }

  return {
    ask: paced,

    /**
     * Puts a message where it belongs. When an earlier try may have arrived (`before`), it is looked for first: it is there
     * once. A refusal or a call that never left leaves nothing behind.
     */
    async put(place: Place, face: Face, before: SlackPostRow | undefined): Promise<Asked> {
      const { handoffId, line, part } = place
      const key = { handoffId, line, part }
      if (before !== undefined) {
        const found = await find(place, before.attemptedAt)
        if (found.status === "trouble") return found
        if (found.status === "found" && found.ts !== undefined) {
          // What it shows isn't known: the next round compares and brings it up to date.
          await shelf.changePost(key, { ts: found.ts, shown: "" })
          return { status: "ok", body: {} }
        }
      }
      await shelf.attempt(key, new Date(now()), hashOf(face))
      const asked = await paced("chat.postMessage", {
        channel: place.room,
        ...(place.thread !== undefined && { thread_ts: place.thread }),
        ...shape(face, nameOf(place)),
        unfurl_links: false,
        unfurl_media: false,
        metadata: { event_type: "hamraaz", event_payload: { id: nameOf(place) } },
      })
      if (asked.status === "ok") {
        const { ts } = asked.body
        if (typeof ts !== "string") return { status: "trouble", code: "unreadable", arrived: "perhaps" }
        await shelf.changePost(key, { ts })
      } else if (asked.status === "refused" || asked.arrived === "no") await shelf.dropPost(key)
      return asked
    },

    /** Brings a message up to date. One that somebody took away counts as never posted. */
    async update(place: Place, ts: string, face: Face): Promise<Asked> {
      const { handoffId, line, part } = place
      const asked = await paced("chat.update", { channel: place.room, ts, ...shape(face, nameOf(place)) })
      if (asked.status === "ok") await shelf.changePost({ handoffId, line, part }, { shown: hashOf(face) })
      if (asked.status !== "refused" || asked.code !== "message_not_found") return asked
      await shelf.dropPost({ handoffId, line, part })
      return { status: "ok", body: {} }
    },

    /** Takes a message out of Slack; one that may have arrived is looked for first. */
    async remove(place: Place, post: SlackPostRow): Promise<Asked> {
      const { handoffId, line, part } = place
      const found = post.ts === null ? await find(place, post.attemptedAt) : ({ status: "found", ts: post.ts } as const)
      if (found.status === "trouble") return found
      const ts = found.status === "found" ? found.ts : undefined
      const asked: Asked = ts === undefined ? { status: "ok", body: {} } : await paced("chat.delete", { channel: place.room, ts })
      const gone = asked.status === "ok" || (asked.status === "refused" && (asked.code === "message_not_found" || asked.code === "thread_not_found"))
      if (gone) await shelf.dropPost({ handoffId, line, part })
      return gone ? { status: "ok", body: {} } : asked
    },
  }
}

/** Another process speaks to Slack now, or nobody does any more. */
const NOT_OURS: Asked = { status: "trouble", code: "not-ours", arrived: "no" }

type Standing = {
  readonly ts?: string
  readonly metadata?: { readonly event_payload?: { readonly id?: unknown } }
  readonly blocks?: readonly { readonly block_id?: unknown }[]
}

function isNamed({ metadata, blocks }: Standing, name: string): boolean {
  return metadata?.event_payload?.id === name || blocks?.[0]?.block_id === name
}

function nameOf({ handoffId, line, part }: Place): string {
  return `${handoffId}:${line}:${part}`
}

/** Slack looks for nothing in what it is given: no names, no links. */
function shape({ text, blocks: [first, ...rest] }: Face, name: string) {
  return { text, blocks: first === undefined ? [] : [{ ...first, block_id: name }, ...rest], parse: "none", link_names: false }
}
