import { createHash } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo, Socket } from "node:net"
import { frameOf, readFrame } from "./slack-frames.ts"

export const BOT_TOKEN = "xoxb-stand-in-for-the-real-one"
export const APP_TOKEN = "xapp-stand-in-for-the-real-one"
export const SIGNING_SECRET = "signing-secret-of-the-stand-in"
export const ROOM = "C0HELPLINE"

type Fields = Readonly<Record<string, unknown>>
export type Call = { readonly method: string; readonly fields: Fields; readonly raw: string; readonly at: number; readonly told: string }
type Button = { readonly type: "button"; readonly action_id: string; readonly value?: string; readonly url?: string; readonly text: { readonly text: string } }
type Block = {
  readonly type: string
  readonly block_id?: string
  readonly text?: { readonly text: string }
  readonly fields?: readonly { readonly text: string }[]
  readonly elements?: readonly (Button | { readonly text: string })[]
}
/** A message as it stands in the room. */
export type Standing = {
  readonly ts: string
  readonly thread: string | undefined
  readonly user: string | undefined
  text: string
  blocks: readonly Block[]
  readonly metadata: unknown
  readonly reactions: Set<string>
  edits: number
}

/** What the next call of a method meets. `arrived`: it takes effect all the same. */
export type Mishap =
  | { readonly type: "slow-down"; readonly retryAfter: number }
  | { readonly type: "error"; readonly error: string }
  | { readonly type: "page"; readonly status: number }
  | { readonly type: "garbage" }
  | { readonly type: "drop"; readonly arrived: boolean }

class Refusal extends Error {}

/** A stand-in for Slack: the methods that we call, refusing what the real one would refuse; events, buttons, Socket Mode. */
export async function openSlackStandIn(now: () => number) {
  const standing = new Map<string, Standing>()
  const calls: Call[] = []
  const whispers: { readonly user: string; readonly text: string; readonly blocks: readonly Block[] }[] = []
  const mishaps: { readonly method: string; readonly mishap: Mishap }[] = []
  const sockets = new Set<Socket>()
  const acks = new Map<string, () => void>()
  let links: Socket[] = []
  let count = 0
  let greets = true

  const nextTs = () => `${Math.floor(now() / 1000)}.${String(++count).padStart(6, "0")}`
  const at = (fields: Fields, name = "ts") => {
    if (fields["channel"] !== ROOM) throw new Refusal("channel_not_found")
    const message = standing.get(String(fields[name]))
    if (message === undefined) throw new Refusal("message_not_found")
    return message
  }
  const told = (message: Standing, metadata: boolean) => ({
    type: "message",
    ts: message.ts,
    text: message.text,
    blocks: message.blocks,
    ...(message.thread !== undefined && { thread_ts: message.thread }),
    ...(metadata && message.metadata !== undefined && { metadata: message.metadata }),
  })
  const page = (messages: readonly Standing[], fields: Fields) => {
    const fresh = messages.filter(({ ts }) => Number(ts) >= Number(fields["oldest"] ?? 0))
    const from = Number(fields["cursor"] ?? 0)
    const limit = Math.min(2, Number(fields["limit"] ?? 100))
    // Small pages, so that whoever looks has to turn them.
    const next = from + limit < fresh.length ? String(from + limit) : ""
    return { messages: fresh.slice(from, from + limit).map((one) => told(one, fields["include_all_metadata"] === "true")), response_metadata: { next_cursor: next } }
  }

  const methods: Readonly<Record<string, (fields: Fields) => object>> = {
    "apps.connections.open": () => ({ url: `ws://127.0.0.1:${port}/link` }),
    "chat.postMessage"(fields) {
      if (fields["channel"] !== ROOM) throw new Refusal("channel_not_found")
      const thread = fields["thread_ts"] as string | undefined
      if (thread !== undefined && !standing.has(thread)) throw new Refusal("thread_not_found")
      const ts = nextTs()
      const message: Standing = { ts, thread, user: undefined, ...shapeOf(fields), metadata: parsed(fields["metadata"]), reactions: new Set(), edits: 0 }
      standing.set(ts, message)
      return { channel: ROOM, ts, message: told(message, false) }
    },
    "chat.update"(fields) {
      const message = at(fields)
      if (message.user !== undefined) throw new Refusal("cant_update_message")
      Object.assign(message, shapeOf(fields))
      message.edits++
      return { channel: ROOM, ts: message.ts }
    },
    "chat.delete"(fields) {
      const message = at(fields)
      if (message.user !== undefined) throw new Refusal("cant_delete_message")
      standing.delete(message.ts)
      return { channel: ROOM, ts: message.ts }
    },
    "chat.postEphemeral"(fields) {
      if (typeof fields["user"] !== "string") throw new Refusal("user_not_in_channel")
      whispers.push({ user: fields["user"], ...shapeOf(fields) })
      return { message_ts: nextTs() }
    },
    "conversations.history": (fields) => page([...standing.values()].filter(({ thread }) => thread === undefined).toReversed(), fields),
    "conversations.replies": (fields) => page([at(fields), ...[...standing.values()].filter(({ thread }) => thread === fields["ts"])], fields),
    "reactions.add"(fields) {
      const { reactions } = at(fields, "timestamp")
      if (reactions.has(String(fields["name"]))) throw new Refusal("already_reacted")
      reactions.add(String(fields["name"]))
      return {}
    },
    "reactions.remove"(fields) {
      if (!at(fields, "timestamp").reactions.delete(String(fields["name"]))) throw new Refusal("no_reaction")
      return {}
    },
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = /^\/api\/([\w.]+)$/.exec(request.url ?? "")?.[1] ?? ""
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const raw = Buffer.concat(chunks).toString()
    const fields = Object.fromEntries(new URLSearchParams(raw))
    const end = (status: number, body: string, headers: Readonly<Record<string, string>> = {}, said = body) => {
      calls.push({ method, fields, raw, at: now(), told: said })
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(body)
    }
    const index = mishaps.findIndex((one) => one.method === method || one.method === "*")
    const mishap = index < 0 ? undefined : mishaps.splice(index, 1)[0]?.mishap
    const run = methods[method]
    try {
      const token = method === "apps.connections.open" ? APP_TOKEN : BOT_TOKEN
      if (request.headers.authorization !== `Bearer ${token}`) throw new Refusal("invalid_auth")
      if (run === undefined) throw new Refusal("unknown_method")
      if (mishap?.type === "slow-down") return end(429, JSON.stringify({ ok: false, error: "ratelimited" }), { "retry-after": String(mishap.retryAfter) }, "ratelimited")
      if (mishap?.type === "page") return end(mishap.status, "<html>Bad Gateway</html>", {}, "page")
      if (mishap?.type === "garbage") return end(200, "what is this: somebody's words", {}, "garbage")
      if (mishap?.type === "error") throw new Refusal(mishap.error)
      if (mishap?.type === "drop") {
        if (mishap.arrived) run(fields)
        calls.push({ method, fields, raw, at: now(), told: "nothing" })
        request.socket.destroy()
        return
      }
      end(200, JSON.stringify({ ok: true, ...run(fields) }), {}, "ok")
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      end(200, JSON.stringify({ ok: false, error: refusal.message }), {}, refusal.message)
    }
  }

  const server = createServer((request, response) => void answer(request, response))
  server.on("connection", (socket) => {
    sockets.add(socket)
    socket.once("close", () => sockets.delete(socket))
  })
  server.on("upgrade", (request, socket: Socket) => {
    const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64")
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`)
    links.push(socket)
    socket.once("close", () => (links = links.filter((one) => one !== socket)))
    socket.on("error", () => {})
    let rest: Buffer = Buffer.alloc(0)
    socket.on("data", (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk])
      for (let frame = readFrame(rest); frame !== undefined; frame = readFrame(rest)) {
        rest = rest.subarray(frame.size)
        if (frame.kind === 8) socket.end(frameOf(8, frame.body))
        else if (frame.kind === 9) socket.write(frameOf(10, frame.body))
        else if (frame.kind === 1) {
          const { envelope_id: id } = JSON.parse(frame.body.toString()) as { readonly envelope_id: string }
          acks.get(id)?.()
          acks.delete(id)
        }
      }
    })
    if (greets) socket.write(frameOf(1, Buffer.from(JSON.stringify({ type: "hello", num_connections: 1 }))))
  })
  const listen = (wanted: number) => new Promise<void>((resolve) => server.listen(wanted, "127.0.0.1", resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const shut = () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const socket of sockets) socket.destroy()
    return closed
  }

  const envelope = (event: Fields) => ({ type: "event_callback", team_id: "T0", api_app_id: "A0", event_id: `Ev${++count}`, event_time: Math.floor(now() / 1000), event })
  const mentioned = (message: Standing) => ({ type: "message", ts: message.ts, thread_ts: message.thread, user: message.user, text: message.text })

  return {
    calls: calls as readonly Call[],
    whispers,
    apiRoot: `http://127.0.0.1:${port}/api/`,
    called: (method: string) => calls.filter((call) => call.method === method),
    /** Cards and whatever else stands in the room outside threads. */
    room: () => [...standing.values()].filter(({ thread }) => thread === undefined),
    /** What stands in the thread of a card. */
    thread: (ts: string) => [...standing.values()].filter(({ thread }) => thread === ts),
    message: (ts: string) => standing.get(ts),
    /** Somebody of the room takes a message away by hand. */
    takeAway: (ts: string) => standing.delete(ts),
    misbehave: (method: string, ...more: readonly Mishap[]) => mishaps.push(...more.map((mishap) => ({ method, mishap }))),
    down: shut,
    up: () => listen(port),
    close: shut,

    /** Somebody writes; gives the event by which Slack tells it. */
    writes(user: string, thread: string | undefined, text: string, more: Fields = {}) {
      const message: Standing = { ts: nextTs(), thread, user, text, blocks: [], metadata: undefined, reactions: new Set(), edits: 0 }
      standing.set(message.ts, message)
      return { ts: message.ts, event: envelope({ ...mentioned(message), channel: ROOM, channel_type: "channel", ...more }) }
    },
    edits(ts: string, text: string) {
      const message = standing.get(ts) as Standing
      const before = mentioned(message)
      message.text = text
      return envelope({ type: "message", subtype: "message_changed", channel: ROOM, ts: nextTs(), message: mentioned(message), previous_message: before })
    },
    deletes(ts: string) {
      const message = standing.get(ts) as Standing
      standing.delete(ts)
      return envelope({ type: "message", subtype: "message_deleted", channel: ROOM, ts: nextTs(), deleted_ts: ts, previous_message: mentioned(message) })
    },
    /** Somebody presses the button of that name under a message. */
    presses(user: string, message: Standing, action: string) {
      const button = message.blocks.flatMap(({ elements = [] }) => elements).find((one): one is Button => "action_id" in one && one.action_id === action)
      if (button === undefined) throw new Error(`no button ${action} stands there`)
      return {
        type: "block_actions",
        team: { id: "T0" },
        user: { id: user, username: `name.of.${user.toLowerCase()}`, team_id: "T0" },
        channel: { id: ROOM },
        container: { type: "message", message_ts: message.ts, ...(message.thread !== undefined && { thread_ts: message.thread }) },
        actions: [{ type: "button", action_id: button.action_id, value: button.value, action_ts: nextTs() }],
      }
    },
    linked: () => links.length,
    greet: (does: boolean) => (greets = does),
    /** Brings something over Socket Mode; settles when it is acknowledged. */
    push(body: Fields): Promise<void> {
      const id = `envelope-${++count}`
      const acked = new Promise<void>((resolve) => acks.set(id, resolve))
      const frame = frameOf(
        1,
        Buffer.from(JSON.stringify({ type: body["type"] === "event_callback" ? "events_api" : "interactive", envelope_id: id, payload: body, accepts_response_payload: false })),
      )
      for (const link of links) link.write(frame)
      return acked
    },
    /** Ends the connections of Socket Mode, politely or not. */
    unlink(how: "asked" | "cut"): void {
      for (const link of links) {
        if (how === "cut") link.destroy()
        else link.write(frameOf(1, Buffer.from(JSON.stringify({ type: "disconnect", reason: "refresh_requested" }))))
      }
    },
  }
}

/** What one can read of a message, all of it. */
export function readable({ text, blocks }: Pick<Standing, "text" | "blocks">): string {
  const parts = blocks.flatMap((block) => [
    block.text?.text,
    ...(block.fields ?? []).map((field) => field.text),
    ...(block.elements ?? []).map((one) => (typeof one.text === "string" ? one.text : one.text.text)),
  ])
  return [text, ...parts].filter((part) => part !== undefined).join("\n")
}

/** Blocks and text of a call; throws what Slack would refuse. */
function shapeOf(fields: Fields): { text: string; blocks: readonly Block[] } {
  const { text: given } = fields
  const text = typeof given === "string" ? given : ""
  const blocks = (parsed(fields["blocks"]) ?? []) as readonly Block[]
  if (text === "" && blocks.length === 0) throw new Refusal("no_text")
  if (text.length > 40_000) throw new Refusal("msg_too_long")
  const texts = blocks.flatMap((block) => [block.text?.text, ...(block.fields ?? []).map((field) => field.text)].filter((one) => one !== undefined))
  const buttons = blocks.flatMap(({ elements = [] }) => elements).filter((one): one is Button => "action_id" in one)
  const broken =
    blocks.length > 50 ||
    texts.some((one) => one.length < 1 || one.length > 3000) ||
    blocks.some(({ type, text: head, fields: columns = [] }) => (type === "header" && (head?.text.length ?? 0) > 150) || columns.some((one) => one.text.length > 2000)) ||
    buttons.some(({ text: label, value = "", url = "https://a" }) => label.text.length > 75 || value.length > 2000 || !/^https?:\/\//.test(url)) ||
    new Set(buttons.map(({ action_id: id }) => id)).size !== buttons.length
  if (broken) throw new Refusal("invalid_blocks")
  if (texts.join("").length > 13_200) throw new Refusal("msg_blocks_too_long")
  return { text, blocks }
}

function parsed(value: unknown): unknown {
  return typeof value === "string" ? JSON.parse(value) : undefined
}
