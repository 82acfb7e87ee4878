import { randomBytes } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import twilio from "twilio"
import type { House } from "./house.ts"
import { knock } from "./knock.ts"
import { createMedia } from "./twilio-media.ts"

/** A message that Twilio took, as the person would see it. */
export type TwilioMessage = {
  readonly sid: string
  readonly to: string
  readonly from: string
  readonly text: string
  /** Buttons or rows of a list; empty when the message is nothing but text. */
  readonly choices: readonly { readonly id: string; readonly label: string }[]
  readonly drawn: "text" | "quick-reply" | "list-picker"
  readonly form: URLSearchParams
  readonly sentAt: number
  readonly inbound: boolean
}

type Content = { readonly sid: string; readonly friendly_name: string; readonly types: Types; readonly raw: string }
type Types = {
  readonly "twilio/quick-reply"?: { readonly body: string; readonly actions: readonly { readonly title: string; readonly id: string }[] }
  readonly "twilio/list-picker"?: { readonly body: string; readonly items: readonly { readonly item: string; readonly id: string }[] }
}

/** How a call is treated: an error, an answer that isn't Twilio's, or a connection that drops before or after it was accepted. */
export type Trick =
  | { readonly status: number; readonly code?: number }
  | { readonly status: number; readonly body: string | Uint8Array; readonly headers?: Readonly<Record<string, string>> }
  /** Bytes without an end: a little more than is taken, and then nothing, for as long as somebody listens. */
  | { readonly endless: Readonly<Record<string, string>> }
  | "drop-before"
  | "drop-after"
export type Call = "send" | "list" | "erase" | "content" | "media" | "kept" | "drop"

export type TwilioCall = {
  readonly call: Call | "other"
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: string /** Whether it carried a password. */
  readonly signed: boolean
}

export const ACCOUNT = `AC${"0a".repeat(16)}`
export const TOKEN = "a-token-only-for-tests"
export const PUBLIC_URL = "https://help.example.org"
export const SMS_FROM = "+15005550006"
export const WHATSAPP_FROM = "whatsapp:+15005550009"

/** A stand-in for Twilio that speaks HTTP; it misbehaves when told to, one call at a time. */
export async function openTwilio() {
  let messages: TwilioMessage[] = []
  const contents: Content[] = []
  const calls: TwilioCall[] = []
  const tricks: Record<Call, Trick[]> = { send: [], list: [], erase: [], content: [], media: [], kept: [], drop: [] }
  const media = createMedia(ACCOUNT)
  const stopped = new Set<string>()
  const statuses = new Map<string, string>()
  let clock: () => number = Date.now
  let pageSize = 1000
  let redacting = false
  let hidingNumbers = false

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString("utf8")
    const { pathname, searchParams } = new URL(request.url ?? "/", url)
    const { authorization } = request.headers
    const call = callOf(request.method ?? "", pathname) ?? media.callOf(request.method ?? "", pathname) ?? "other"
    calls.push({ call, method: request.method ?? "", path: pathname, query: searchParams, body, signed: authorization !== undefined })
    const trick = call === "other" ? undefined : tricks[call].shift()
    if (trick === "drop-before") return void request.socket.destroy()
    if (typeof trick === "object" && "endless" in trick)
      return void response.writeHead(200, trick.endless).write(Buffer.alloc("content-length" in trick.endless ? 1024 : 6 * 1024 * 1024))
    if (typeof trick === "object" && "body" in trick) return void response.writeHead(trick.status, trick.headers).end(trick.body)
    if (typeof trick === "object") return end(response, trick.status, trick.code)
    // Whoever brings a password to a keeper shows it to somebody who wasn't to see it.
    if (call === "kept") return keep(response, authorization === undefined ? media.kept(pathname) : undefined)
    if (authorization !== `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString("base64")}`) return end(response, 401, 20003)
    if (call === "media") {
      const location = media.keptAt(pathname)
      return location === undefined ? end(response, 404, 20404) : void response.writeHead(307, { location }).end()
    }
    const done = perform(call, request, pathname, searchParams, body)
    if (trick === "drop-after") return void request.socket.destroy()
    if ("code" in done) end(response, done.status, done.code)
    else end(response, done.status, undefined, done.json)
  }

  type Done = { readonly status: number; readonly code: number } | { readonly status: number; readonly json?: object }

  function perform(call: TwilioCall["call"], request: IncomingMessage, path: string, query: URLSearchParams, body: string): Done {
    const type = request.headers["content-type"] ?? ""
    if (call === "send") return type.startsWith("application/x-www-form-urlencoded") ? send(new URLSearchParams(body)) : { status: 400, code: 21604 }
    if (call === "list") return list(query, path)
    if (call === "erase") {
      const sid = /([^/]+)\.json$/.exec(path)?.[1]
      const there = messages.some((message) => message.sid === sid)
      messages = messages.filter((message) => message.sid !== sid)
      media.dropWith(sid)
      return there ? { status: 204 } : { status: 404, code: 20404 }
    }
    if (call === "drop") return media.drop(path) ? { status: 204 } : { status: 404, code: 20404 }
    if (call === "content") {
      if (request.method === "GET") return { status: 200, json: { contents, meta: { key: "contents", page: 0, page_size: 50, next_page_url: null } } }
      return type.startsWith("application/json") ? makeContent(body) : { status: 415, code: 20415 }
    }
    return { status: 404, code: 20404 }
  }

  function send(form: URLSearchParams): Done {
    const to = form.get("To")
    const from = form.get("From") ?? form.get("MessagingServiceSid")
    if (to === null) return { status: 400, code: 21604 }
    if (!/^(whatsapp:)?\+\d{7,15}$/.test(to)) return { status: 400, code: 21211 }
    if (from === null) return { status: 400, code: 21603 }
    if (to.startsWith("whatsapp:") !== from.startsWith("whatsapp:")) return { status: 400, code: 21910 }
    if (stopped.has(to)) return { status: 400, code: 21610 }
    const seen = seenOf(form)
    if ("code" in seen) return seen
    const message: TwilioMessage = { ...seen, sid: `SM${randomBytes(16).toString("hex")}`, to, from, form, sentAt: clock(), inbound: false }
    messages.push(message)
    return { status: 201, json: shown(message) }
  }

  function seenOf(form: URLSearchParams): Pick<TwilioMessage, "text" | "choices" | "drawn"> | { readonly status: number; readonly code: number } {
    const sid = form.get("ContentSid")
    const body = form.get("Body")
    if (sid === null) {
      if (body === null || body === "") return { status: 400, code: 21602 }
      return body.length > 1600 ? { status: 400, code: 21617 } : { text: body, choices: [], drawn: "text" }
    }
    const types = contents.find((content) => content.sid === sid)?.types
    if (types === undefined) return { status: 400, code: 21655 }
    let variables: Record<string, string>
    try {
      variables = JSON.parse(form.get("ContentVariables") ?? "{}") as Record<string, string>
    } catch {
      return { status: 400, code: 21656 }
    }
    const quick = types["twilio/quick-reply"]
    const picker = types["twilio/list-picker"]
    const text = (quick?.body ?? picker?.body ?? "").replace(/\{\{(\w+)\}\}/g, (_, name: string) => variables[name] ?? "")
    if (text === "" || text.length > 1024) return { status: 400, code: 63013 }
    if (quick !== undefined) return { text, choices: quick.actions.map(({ id, title }) => ({ id, label: title })), drawn: "quick-reply" }
    return { text, choices: (picker?.items ?? []).map(({ id, item }) => ({ id, label: item })), drawn: "list-picker" }
  }

  function makeContent(raw: string): Done {
    const { friendly_name, types } = JSON.parse(raw) as { friendly_name: string; types: Types }
    const quick = types["twilio/quick-reply"]?.actions.map(({ title }) => title)
    const items = types["twilio/list-picker"]?.items.map(({ item }) => item)
    const titles = quick ?? items ?? []
    const [most, longest] = quick === undefined ? [10, 24] : [3, 20]
    if (titles.length === 0 || titles.length > most || titles.some((title) => title === "" || title.length > longest) || new Set(titles).size < titles.length)
      return { status: 400, code: 20422 }
    const content = { sid: `HX${randomBytes(16).toString("hex")}`, friendly_name, types, raw }
    contents.push(content)
    return { status: 201, json: content }
  }

  function list(query: URLSearchParams, path: string): Done {
    const to = query.get("To")
    const [after, before] = [query.get("DateSent>"), query.get("DateSent<")].map((date) => (date === null ? undefined : Date.parse(date)))
    // Twilio lists the newest first.
    const found = messages
      .filter(({ to: whom, sentAt }) => (to === null || whom === to) && (after === undefined || sentAt >= after) && (before === undefined || sentAt <= before))
      .reverse()
    const size = Math.min(Number(query.get("PageSize") ?? 50), pageSize)
    const page = Number(query.get("Page") ?? 0)
    const next = new URLSearchParams(query)
    next.set("Page", String(page + 1))
    const more = (page + 1) * size < found.length
    return {
      status: 200,
      json: { messages: found.slice(page * size, (page + 1) * size).map(shown), page, page_size: size, uri: path, next_page_uri: more ? `${path}?${next}` : null },
    }
  }

  function shown({ sid, to, from, text, sentAt, inbound, form }: TwilioMessage): object {
    const date = new Date(sentAt).toUTCString().replace("GMT", "+0000")
    return {
      sid,
      to: hidingNumbers ? `${to.slice(0, -4)}XXXX` : to,
      // A messaging service chooses one of its own numbers.
      from: inbound || form.has("From") ? from : "+15005550077",
      messaging_service_sid: form.get("MessagingServiceSid"),
      body: redacting ? "" : text,
      account_sid: ACCOUNT,
      direction: inbound ? "inbound" : "outbound-api",
      status: inbound ? "received" : (statuses.get(sid) ?? "queued"),
      date_created: date,
      date_sent: date,
      date_updated: date,
      error_code: null,
      num_media: form.get("NumMedia") ?? "0",
      num_segments: "1",
    }
  }

  /** Posts a webhook as Twilio would, signed over the public address; answers with the status. */
  async function post(house: House, path: string, params: Readonly<Record<string, string>>, options: { readonly token?: string } = {}): Promise<number> {
    const signature = twilio.getExpectedTwilioSignature(options.token ?? TOKEN, `${PUBLIC_URL}${path}`, params)
    return knock(house, path, new URLSearchParams(params).toString(), { "content-type": "application/x-www-form-urlencoded; charset=UTF-8", "x-twilio-signature": signature })
  }

  return {
    url,
    /** What a house needs in order to speak to this Twilio. */
    environment: {
      PUBLIC_URL,
      TWILIO_API_ROOT: url,
      TWILIO_ACCOUNT_SID: ACCOUNT,
      TWILIO_AUTH_TOKEN: TOKEN,
      TWILIO_SMS_FROM: SMS_FROM,
      TWILIO_WHATSAPP_FROM: WHATSAPP_FROM,
      SIMULATOR: "off",
    },
    contents: contents as readonly Content[],
    calls: calls as readonly TwilioCall[],
    /** The pictures it stores. */
    media: { store: media.store, count: media.count, clear: media.clear },
    /** All it holds, oldest first: what came in, too. */
    messages: (): readonly TwilioMessage[] => messages,
    /** What arrived at one phone, oldest first. */
    sentTo: (address: string): readonly TwilioMessage[] => messages.filter(({ to, inbound }) => to === address && !inbound),
    sendsTo: (address: string): number => calls.filter(({ call, body }) => call === "send" && new URLSearchParams(body).get("To") === address).length,
    /** The next calls of a kind go wrong, each in its own way. */
    misbehave(call: Call, ...next: readonly Trick[]) {
      tricks[call].push(...next)
    },
    /** From now on such a call does what it should. */
    behave(call: Call) {
      tricks[call].splice(0)
    },
    /** Keeps its messages by this clock, as a house keeps its rows by its own. */
    keepTime(now: () => number) {
      clock = now
    },
    /** Lists no more than this on a page. */
    pageBy(size: number) {
      pageSize = size
    },
    /** Message Redaction is on: bodies are empty wherever they are shown, and numbers lack their end if that is wanted too. */
    redact({ numbers = false } = {}) {
      redacting = true
      hidingNumbers = numbers
    },
    /** A message is shown with this status from now on. */
    become: (sid: string, status: string) => statuses.set(sid, status),
    /** Somebody removed all content resources at Twilio. */
    /** A template that somebody has approved at the provider; its name. */
    approve(body: string): string {
      const sid = `HX${randomBytes(16).toString("hex")}`
      contents.push({ sid, friendly_name: "approved", types: { "twilio/quick-reply": { body, actions: [] } }, raw: "" })
      return sid
    },
    removeContents: () => contents.splice(0),
    /** She told her carrier STOP; whatever is sent to her from now on is turned away. */
    stop: (address: string) => stopped.add(address),
    start: (address: string) => stopped.delete(address),
    /** A message came in: Twilio keeps it and posts it to the house. */
    async inbound(
      house: House,
      from: string,
      params: Readonly<Record<string, string>>,
      options: { readonly sid?: string; readonly token?: string; readonly path?: string } = {},
    ): Promise<number> {
      const sid = options.sid ?? freshSid()
      const to = from.startsWith("whatsapp:") ? WHATSAPP_FROM : SMS_FROM
      const all = { MessageSid: sid, SmsSid: sid, AccountSid: ACCOUNT, From: from, To: to, Body: "", NumMedia: "0", NumSegments: "1", ApiVersion: "2010-04-01", ...params }
      if (!messages.some((message) => message.sid === sid))
        messages.push({ sid, to, from, text: all.Body, choices: [], drawn: "text", form: new URLSearchParams(all), sentAt: clock(), inbound: true })
      return post(house, options.path ?? "/twilio/message", all, options)
    },
    /** Calls the house back about a message, at the address that it gave for it. */
    status(house: House, { sid, to, from, form }: TwilioMessage, status: string, code?: number): Promise<number> {
      const callback = new URL(form.get("StatusCallback") ?? "")
      if (callback.origin !== PUBLIC_URL) throw new Error("the callback leads elsewhere")
      return post(house, callback.pathname + callback.search, {
        MessageSid: sid,
        SmsSid: sid,
        AccountSid: ACCOUNT,
        To: to,
        From: from,
        MessageStatus: status,
        SmsStatus: status,
        ApiVersion: "2010-04-01",
        ...(code !== undefined && { ErrorCode: String(code) }),
      })
    },
    post,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export type Twilio = Awaited<ReturnType<typeof openTwilio>>

export const freshSid = (): string => `SM${randomBytes(16).toString("hex")}`

function callOf(method: string, path: string): Call | undefined {
  if (path === `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`) return method === "POST" ? "send" : method === "GET" ? "list" : undefined
  if (new RegExp(`^/2010-04-01/Accounts/${ACCOUNT}/Messages/(SM|MM)[0-9a-f]{32}\\.json$`).test(path) && method === "DELETE") return "erase"
  return path === "/v1/Content" ? "content" : undefined
}

function keep(response: ServerResponse, bytes: Uint8Array | undefined): void {
  if (bytes === undefined) return void response.writeHead(403, { "content-type": "text/xml" }).end("<Error><Code>AccessDenied</Code></Error>")
  response.writeHead(200, { "content-type": "image/jpeg", "content-length": bytes.length }).end(bytes)
}

function end(response: ServerResponse, status: number, code?: number, json?: object): void {
  const text = code !== undefined ? JSON.stringify({ status, code, message: "told to", more_info: "" }) : json !== undefined ? JSON.stringify(json) : ""
  response.writeHead(status, { "content-type": "application/json" })
  response.end(text)
}
