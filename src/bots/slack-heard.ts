import { z } from "zod"

const id = z.string().min(1).max(60)
const stamp = z.string().regex(/^\d{1,12}(\.\d{1,9})?$/)

const pressed = z.object({
  user: z.object({ id, username: z.string().optional(), name: z.string().optional() }),
  channel: z.object({ id }),
  container: z.object({ thread_ts: stamp.optional() }).optional(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional(), action_ts: stamp })).min(1),
})

/** A button that somebody pressed. `at` is a moment of Slack's clock. */
export type Pressed = {
  readonly user: string
  readonly name: string
  readonly channel: string
  readonly thread: string | undefined
  readonly action: string
  readonly handoffId: string
  readonly at: string
}

/** Reads what Slack tells of a button; `undefined` when it is none of a chat. */
export function readPressed(body: unknown): Pressed | undefined {
  const { data } = pressed.safeParse(body)
  const action = data?.actions[0]
  const handoffId = z.uuid().safeParse(action?.value).data
  if (data === undefined || action === undefined || handoffId === undefined) return undefined
  const { user, channel, container } = data
  return { user: user.id, name: user.username ?? user.name ?? "", channel: channel.id, thread: container?.thread_ts, action: action.action_id, handoffId, at: action.action_ts }
}

const inThread = z.object({ ts: stamp, thread_ts: stamp.optional(), text: z.string().optional() })
const message = z.object({
  channel: id,
  ts: stamp,
  thread_ts: stamp.optional(),
  user: id.optional(),
  bot_id: z.string().nullish(),
  subtype: z.string().optional(),
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  files: z.array(z.unknown()).optional(),
  message: inThread.optional().catch(undefined),
  previous_message: inThread.optional().catch(undefined),
  deleted_ts: stamp.optional(),
})

/** What happened in a thread: somebody wrote, or changed or took away what they had written. */
export type HeardInThread =
  | {
      readonly type: "written"
      readonly channel: string
      readonly thread: string
      readonly ts: string
      readonly user: string
      readonly text: string
      readonly blocks: unknown
      readonly files: boolean
    }
  | { readonly type: "edited" | "deleted"; readonly channel: string; readonly thread: string; readonly ts: string }

/** Kinds of message that somebody types; what else Slack calls a message is its own. */
const TYPED: ReadonlySet<string | undefined> = new Set([undefined, "thread_broadcast", "file_share", "me_message"])

/** Reads what Slack tells of a message; `undefined` when it is none in a thread, or of no interest. */
export function readMessage(event: unknown): HeardInThread | undefined {
  const { data } = message.safeParse(event)
  if (data === undefined) return undefined
  const { channel, subtype, previous_message: before, message: after } = data
  if (subtype === "message_changed") {
    // Slack changes messages, too, when it has looked at a link in one.
    if (after?.thread_ts === undefined || before?.text === after.text) return undefined
    return { type: "edited", channel, thread: after.thread_ts, ts: after.ts }
  }
  if (subtype === "message_deleted") {
    const ts = data.deleted_ts ?? before?.ts
    return before?.thread_ts === undefined || ts === undefined ? undefined : { type: "deleted", channel, thread: before.thread_ts, ts }
  }
  const { thread_ts: thread, ts, user, text = "", blocks, files = [] } = data
  if (!TYPED.has(subtype) || data.bot_id != null || user === undefined || thread === undefined || thread === ts) return undefined
  return { type: "written", channel, thread, ts, user, text, blocks, files: files.length > 0 }
}
