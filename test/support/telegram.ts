import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export const TOKEN = "123456:stand-in-for_the-real_one"
export const SECRET = "a-secret_of-the-webhook"

type Fields = Readonly<Record<string, unknown>>
export type Update = Fields & { readonly update_id: number }
export type Call = { readonly method: string; readonly fields: Fields; readonly status: number /** Milliseconds of `performance.now()`. */; readonly at: number }
export type Shown = {
  readonly id: number
  readonly text: string
  readonly silent: boolean
  readonly buttons: readonly { readonly text: string; readonly callback_data: string }[]
}

/** What the next call of a method meets instead of an answer. `arrived`: it takes effect all the same. */
export type Mishap =
  | { readonly type: "status"; readonly status: number; readonly description?: string; readonly retryAfter?: number }
  | { readonly type: "page"; readonly status: number }
  /** An answer that no Bot API would give. */
  | { readonly type: "body"; readonly body: string }
  | { readonly type: "drop"; readonly arrived: boolean }
  /** Answers only when the test lets go. */
  | { readonly type: "hold"; readonly until: Promise<unknown> }

export const TOO_FAST = (retryAfter: number): Mishap => ({ type: "status", status: 429, description: `Too Many Requests: retry after ${retryAfter}`, retryAfter })
export const BLOCKED: Mishap = { type: "status", status: 403, description: "Forbidden: bot was blocked by the user" }

type Chat = {
  readonly id: number
  readonly type: "private" | "group"
  language: string | undefined
  blocked: boolean
  present: boolean
  next: number
  readonly arrived: Shown[]
  readonly here: Set<number>
}

/** What Telegram answers to a call that it refuses. */
class Refusal extends Error {
  readonly status: number
  readonly retryAfter: number | undefined
  constructor(status: number, description: string, retryAfter?: number) {
    super(description)
    this.status = status
    this.retryAfter = retryAfter
  }
}

export type Telegram = Awaited<ReturnType<typeof openTelegram>>

/** A stand-in for the Bot API: the methods that we call, refusing what the real one would refuse. */
export async function openTelegram() {
  const chats = new Map<number, Chat>()
  const calls: Call[] = []
  const mishaps: { readonly method: string; readonly mishap: Mishap }[] = []
  const waiting: Update[] = []
  const taps = new Set<string>()
  const files = new Map<string, Uint8Array>()
  const webhook = { url: "", secret: "" }
  let polls: (() => void)[] = []
  let updates = 900_000
  let tapCount = 0

  const methods: Readonly<Record<string, (fields: Fields, request: IncomingMessage) => unknown>> = {
    getMe: () => ({ id: 123456, is_bot: true, first_name: "Helpline", username: "helpline_bot" }),
    setWebhook({ url, secret_token: secret, max_connections: connections = 40 }) {
      if (typeof url !== "string" || !url.startsWith("https://")) throw new Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
      if (secret !== undefined && !(typeof secret === "string" && /^[\w-]{1,256}$/.test(secret))) throw new Refusal(400, "Bad Request: secret token contains unallowed characters")
      if (!(Number(connections) >= 1 && Number(connections) <= 100)) throw new Refusal(400, "Bad Request: max_connections is out of range")
      Object.assign(webhook, { url, secret: secret ?? "" })
      return true
    },
    deleteWebhook() {
      webhook.url = ""
      return true
    },
    async getUpdates({ offset = 0, limit = 100, timeout = 0 }, request) {
      if (webhook.url !== "") throw new Refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
      // What stands before the offset is confirmed and gone.
      while (waiting[0] !== undefined && waiting[0].update_id < Number(offset)) waiting.shift()
      if (waiting.length === 0 && Number(timeout) > 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Number(timeout) * 1000)
          polls.push(() => {
            clearTimeout(timer)
            resolve()
          })
          request.socket.once("close", () => {
            clearTimeout(timer)
            resolve()
          })
        })
      }
      return waiting.slice(0, Number(limit))
    },
    sendMessage({ chat_id: to, text, disable_notification: silent, reply_markup: markup }) {
      const chat = chatOf(to)
      if (typeof text !== "string" || text.trim() === "") throw new Refusal(400, "Bad Request: message text is empty")
      if (text.length > 4096) throw new Refusal(400, "Bad Request: message is too long")
      const buttons = ((markup as { inline_keyboard?: Shown["buttons"][] } | undefined)?.inline_keyboard ?? []).flat()
      for (const button of buttons) {
        const bytes = Buffer.byteLength(button.callback_data ?? "")
        if (bytes < 1 || bytes > 64) throw new Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        if (typeof button.text !== "string" || button.text === "") throw new Refusal(400, "Bad Request: can't parse inline keyboard button: Text is empty")
      }
      const message = { id: chat.next++, text, silent: silent === true, buttons }
      chat.arrived.push(message)
      chat.here.add(message.id)
      return { message_id: message.id, date: Math.floor(Date.now() / 1000), chat: { id: chat.id, type: chat.type }, text }
    },
    answerCallbackQuery({ callback_query_id: id }) {
      if (!taps.delete(String(id))) throw new Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
      return true
    },
    deleteMessages({ chat_id: where, message_ids: ids }) {
      const chat = chatOf(where)
      if (!Array.isArray(ids) || ids.length < 1 || ids.length > 100 || !ids.every(Number.isSafeInteger))
        throw new Refusal(400, "Bad Request: message identifiers are not specified")
      for (const id of ids as readonly number[]) chat.here.delete(id)
      return true
    },
    getFile({ file_id: id }) {
      const bytes = files.get(String(id))
      if (bytes === undefined) throw new Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
      return { file_id: id, file_unique_id: "u", file_size: bytes.length, file_path: `photos/${String(id)}.jpg` }
    },
    leaveChat({ chat_id: where }) {
      const chat = chatOf(where)
      if (chat.type === "private") throw new Refusal(400, "Bad Request: method is available for supergroup, channel and group chats only")
      chat.present = false
      return true
    },
  }

  function chatOf(id: unknown): Chat {
    const chat = chats.get(Number(id))
    if (chat === undefined) throw new Refusal(400, "Bad Request: chat not found")
    if (chat.blocked) throw new Refusal(403, "Forbidden: bot was blocked by the user")
    if (!chat.present) throw new Refusal(403, "Forbidden: bot is not a member of the group chat")
    return chat
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, key, id] = /^\/file\/bot([^/]+)\/photos\/([\w-]+)\.jpg$/.exec(request.url ?? "") ?? []
    if (id !== undefined) {
      calls.push({ method: "file", fields: { id }, status: key === TOKEN ? 200 : 401, at: performance.now() })
      const index = mishaps.findIndex((one) => one.method === "file")
      const mishap = index < 0 ? undefined : mishaps.splice(index, 1)[0]?.mishap
      if (mishap?.type === "drop") return void request.socket.destroy()
      if (mishap?.type === "hold") await mishap.until
      return void response.writeHead(mishap?.type === "status" ? mishap.status : key === TOKEN ? 200 : 401).end(files.get(id))
    }
    const [, token, method = ""] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? "") ?? []
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const fields = (chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString())) as Fields
    const at = performance.now()
    const end = (status: number, body: object) => {
      calls.push({ method, fields, status, at })
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
    }
    const run = methods[method]
    try {
      if (token !== TOKEN) throw new Refusal(401, "Unauthorized")
      if (run === undefined) throw new Refusal(404, "Not Found")
      const index = mishaps.findIndex((one) => one.method === method)
      const mishap = index < 0 ? undefined : mishaps.splice(index, 1)[0]?.mishap
      if (mishap?.type === "status") throw new Refusal(mishap.status, mishap.description ?? "Internal Server Error", mishap.retryAfter)
      if (mishap?.type === "page") {
        calls.push({ method, fields, status: mishap.status, at })
        response.writeHead(mishap.status, { "content-type": "text/html" }).end("<html><title>Bad Gateway</title></html>")
        return
      }
      if (mishap?.type === "body") {
        calls.push({ method, fields, status: 200, at })
        response.writeHead(200, { "content-type": "application/json" }).end(mishap.body)
        return
      }
      if (mishap?.type === "drop") {
        if (mishap.arrived) await run(fields, request)
        calls.push({ method, fields, status: 0, at })
        request.socket.destroy()
        return
      }
      if (mishap?.type === "hold") await mishap.until
      end(200, { ok: true, result: await run(fields, request) })
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      const { status, message, retryAfter } = refusal
      end(status, { ok: false, error_code: status, description: message, ...(retryAfter !== undefined && { parameters: { retry_after: retryAfter } }) })
    }
  }

  const server = createServer((request, response) => void answer(request, response))
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const shut = () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    return closed
  }

  const envelope = (content: Fields): Update => ({ update_id: ++updates, ...content })
  const from = (chat: Chat) => ({ id: Math.abs(chat.id), is_bot: false, first_name: "Somebody", ...(chat.language !== undefined && { language_code: chat.language }) })

  /** A message of hers; `content` is what stands in it, a text or a picture. */
  function message(chat: Chat, content: Fields, id = chat.next++): Update {
    chat.here.add(id)
    return envelope({ message: { message_id: id, date: Math.floor(Date.now() / 1000), chat: { id: chat.id, type: chat.type }, from: from(chat), ...content } })
  }

  /** A picture of hers, as a bot is told of it: in several sizes, by handles. */
  function photo(chat: Chat, bytes: Uint8Array, caption?: string): Update {
    const id = `AgACAgQ-${String(files.size)}`
    files.set(id, bytes)
    const size = (name: string, width: number) => ({ file_id: name, file_unique_id: name.slice(-4), file_size: bytes.length, width, height: width })
    return message(chat, { photo: [size(`${id}-small`, 90), size(id, 1280)], ...(caption !== undefined && { caption }) })
  }

  const file = { file_id: "f", file_unique_id: "u", file_size: 1000 }
  return {
    calls: calls as readonly Call[],
    /** The settings of a house whose Telegram this is. */
    environment: { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_SECRET: SECRET, TELEGRAM_API_ROOT: `http://127.0.0.1:${port}` },
    webhook: webhook as Readonly<typeof webhook>,
    called: (method: string) => calls.filter((call) => call.method === method),
    chat(type: Chat["type"] = "private", language: string | undefined = "en"): Chat {
      const id = (chats.size + 7_000_001) * (type === "group" ? -1 : 1)
      const chat: Chat = { id, type, language, blocked: false, present: true, next: 1, arrived: [], here: new Set() }
      chats.set(id, chat)
      return chat
    },
    /** How the next call of a method goes wrong; several wait their turn. */
    misbehave(method: string, mishap: Mishap): void {
      mishaps.push({ method, mishap })
    },
    /** From now on a method does what it should. */
    behave(method: string): void {
      const left = mishaps.filter((one) => one.method !== method)
      mishaps.splice(0, mishaps.length, ...left)
    },
    /** Nobody listens any more. */
    refuseConnections: shut,
    acceptConnections: () => listen(port),
    /** Puts updates where a long poll finds them. */
    queue(...more: readonly Update[]): void {
      waiting.push(...more)
      for (const wake of polls) wake()
      polls = []
    },
    queued: () => waiting.map(({ update_id: id }) => id),
    /** Updates are polled for again. */
    forgetWebhook(): void {
      webhook.url = ""
    },
    text: (chat: Chat, text: string) => message(chat, { text }),
    sticker: (chat: Chat) => message(chat, { sticker: { ...file, type: "regular", width: 512, height: 512, is_animated: false, is_video: false } }),
    voice: (chat: Chat) => message(chat, { voice: { ...file, duration: 3 } }),
    video: (chat: Chat, caption?: string) => message(chat, { video: { ...file, width: 1, height: 1, duration: 3 }, ...(caption !== undefined && { caption }) }),
    photo,
    joined: (chat: Chat) => message(chat, { new_chat_members: [{ id: 123456, is_bot: true, first_name: "Helpline" }] }),
    pinned: (chat: Chat) => message(chat, { pinned_message: { message_id: 1, date: 0, chat: { id: chat.id, type: chat.type } } }),
    album: (chat: Chat, count: number) => Array.from({ length: count }, () => message(chat, { media_group_id: `album-${chat.id}`, photo: [{ ...file, width: 1, height: 1 }] })),
    edited(chat: Chat, text: string): Update {
      const { update_id: id, message: edited } = message(chat, { text, edit_date: 1 })
      return { update_id: id, edited_message: edited }
    },
    /** She taps the button of the last message that has one of this name, or of this end of a name. */
    tap(chat: Chat, name: string): Update {
      const named = ({ callback_data: one }: { readonly callback_data: string }) => one === name || one.endsWith(`/${name}`)
      const under = chat.arrived.findLast(({ buttons }) => buttons.some(named))
      const data = under?.buttons.find(named)?.callback_data
      if (under === undefined || data === undefined) throw new Error(`no button on her screen says ${name}`)
      const id = String(++tapCount)
      taps.add(id)
      return envelope({ callback_query: { id, from: from(chat), chat_instance: "1", data, message: { message_id: under.id, date: 0, chat: { id: chat.id, type: chat.type } } } })
    },
    member: (chat: Chat, status: "member" | "kicked" | "left" | "administrator") =>
      envelope({
        my_chat_member: {
          chat: { id: chat.id, type: chat.type },
          from: from(chat),
          date: 0,
          old_chat_member: { status: "member", user: from(chat) },
          new_chat_member: { status, user: from(chat) },
        },
      }),
    poll: () => envelope({ poll: { id: "1", question: "?" } }),
    close: shut,
  }
}
