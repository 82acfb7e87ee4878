import { z } from "zod"
import type { Heard, Language } from "../flows/effect.ts"
import { MOST_FILE } from "../helpline/channel.ts"
import { readableCode } from "./told.ts"

/** What an update means to us: a turn, the answering of a tap, or nothing. */
export type Meaning =
  | {
      readonly type: "turn"
      readonly address: string
      readonly heard: Heard
      readonly language?: Language | undefined
      readonly messageId?: string | undefined
      readonly tap?: string | undefined
    }
  | { readonly type: "nothing"; readonly kind: string }

/** What somebody is taken to have written who came by a link, by what the link carries. */
export type Joins = ReadonlyMap<string, string>

/** Reads an update of the Bot API. Nothing when it isn't one. */
export function readUpdate(value: unknown, joins: Joins = new Map()): { readonly updateId: number; readonly meaning: Meaning } | undefined {
  const parsed = update.safeParse(value)
  if (!parsed.success) return undefined
  return { updateId: parsed.data.update_id, meaning: meaningOf(parsed.data, joins) }
}

const user = z.object({ language_code: z.string().optional(), is_bot: z.boolean().optional() })
const chat = z.object({ id: z.int(), type: z.string() })
const message = z.object({
  message_id: z.number(),
  chat,
  from: user.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  media_group_id: z.string().optional(),
})
const update = z.looseObject({
  update_id: z.int(),
  message: message.loose().optional(),
  callback_query: z.object({ id: z.string(), from: user, data: z.string().optional(), message: z.object({ chat }).optional() }).optional(),
  my_chat_member: z.object({ chat, new_chat_member: z.object({ status: z.string() }) }).optional(),
})

// What people send that isn't words. Everything else without a text (a join, a pin, a changed photo) is a service message.
const MEDIA = ["photo", "video", "voice", "audio", "video_note", "document", "animation", "sticker", "location", "contact", "poll", "venue", "dice", "story", "paid_media"]

function meaningOf(u: z.infer<typeof update>, joins: Joins): Meaning {
  if (u.callback_query !== undefined) {
    const { id, data, message: under, from } = u.callback_query
    if (data === undefined || under === undefined) return { type: "nothing", kind: "callback_query" }
    return { type: "turn", address: String(under.chat.id), heard: { type: "choice", id: data }, language: languageOf(from.language_code), tap: id }
  }
  if (u.my_chat_member !== undefined) {
    const { chat: where, new_chat_member: now } = u.my_chat_member
    const address = String(where.id)
    if (where.type === "private") return now.status === "kicked" ? { type: "turn", address, heard: { type: "blocked" } } : { type: "nothing", kind: "unblocked" }
    const inside = now.status === "member" || now.status === "administrator"
    return inside && where.type !== "channel" ? { type: "turn", address, heard: { type: "group" } } : { type: "nothing", kind: "my_chat_member" }
  }
  if (u.message === undefined) return { type: "nothing", kind: readableCode(Object.keys(u).find((key) => key !== "update_id") ?? "empty") }
  const { chat: where, from, text, caption, media_group_id: album, message_id } = u.message
  const turn = { type: "turn", address: String(where.id), language: languageOf(from?.language_code), messageId: String(message_id) } as const
  if (where.type !== "private") return where.type === "channel" ? { type: "nothing", kind: "channel" } : { ...turn, heard: { type: "group" } }
  if (text !== undefined) return { ...turn, heard: heardOf(text, joins) }
  if (MEDIA.some((kind) => kind in (u.message ?? {}))) {
    const file = pictureIn(u.message)
    return { ...turn, heard: { type: "media", ...(album !== undefined && { album }), ...(caption !== undefined && { caption }), ...(file !== undefined && { file }) } }
  }
  return { type: "nothing", kind: "service-message" }
}

const FILE_ID = z.string().regex(/^[\w-]{1,256}$/)
const photo = z.array(z.object({ file_id: FILE_ID, width: z.number(), height: z.number(), file_size: z.number().optional() })).min(1)
const drawing = z.object({ file_id: FILE_ID, mime_type: z.string().startsWith("image/") })

/** The handle of a picture, sent as one or as a file: of a photo's sizes the largest that is fetched at all. */
function pictureIn(said: Readonly<Record<string, unknown>>): string | undefined {
  const sizes = photo.safeParse(said["photo"]).data?.toSorted((a, b) => b.width * b.height - a.width * a.height)
  const size = sizes?.find(({ file_size: bytes = 0 }) => bytes <= MOST_FILE) ?? sizes?.[0] ?? drawing.safeParse(said["document"]).data
  return size && `telegram:${size.file_id}`
}

/** A link may carry a campaign's word, and nothing else: no stranger's link may say a safety word for her. */
function joinedBy(text: string, joins: Joins): string | undefined {
  return joins.get(/^\/start ([\w-]{1,64})$/.exec(text)?.[1]?.toLowerCase() ?? "")
}

/** `/start` is Telegram's button for beginning, not the carrier's START, and Telegram asks every bot for `/privacy`; other commands are words with a stroke. */
function heardOf(text: string, joins: Joins): Heard {
  const word = joinedBy(text, joins)
  if (word !== undefined) return { type: "text", text: word }
  if (/^\/start\b/.test(text)) return { type: "begin" }
  if (/^\/privacy\b/.test(text)) return { type: "privacy" }
  return { type: "text", text: text.replace(/^\/(\w+)(@\w+)?$/, "$1") }
}

function languageOf(code: string | undefined): Language | undefined {
  const base = code?.split("-")[0]
  return base === "en" || base === "ur" || base === "es" || base === "fr" ? base : undefined
}
