import { createHash } from "node:crypto"
import { parsePhoneNumberFromString } from "libphonenumber-js/min"
import twilio from "twilio"
import type { Heard } from "../flows/effect.ts"
import type { Channel, Outgoing, Sent } from "../helpline/channel.ts"
import type { Receive } from "../helpline/receive.ts"
import type { Rendered } from "../locales/render.ts"
import { countSms } from "../locales/sms.ts"
import { codeOf, type Log } from "../log.ts"
import { call, neverArrived, type Door, type Knock } from "./http.ts"
import { sortError } from "./twilio-errors.ts"

export type TwilioSettings = {
  readonly accountSid: string
  readonly authToken: string
  readonly smsFrom: string | undefined
  readonly messagingServiceSid: string | undefined
  readonly whatsappFrom: string | undefined
  readonly apiRoot: string | undefined
  readonly smsSegmentsPerSecond: number
  readonly whatsappPerSecond: number
}

const SEND_TIMEOUT_MS = 10_000
/** An answer that couldn't be delivered for an hour comes at a moment nobody chose; it is dropped instead. */
const VALIDITY_SECONDS = 3600
/** WhatsApp draws at most three buttons without an approved template, and lists of at most ten rows. */
const BUTTONS = 3

type Client = ReturnType<typeof twilio>
type Parts = { readonly settings: TwilioSettings; readonly publicUrl: string; readonly log: Log }

/** The ways out through Twilio: SMS and WhatsApp, as far as there is a sender for each. */
export function twilioChannels(parts: Parts): readonly Channel[] {
  const { settings } = parts
  const client = createClient(settings)
  const sms = settings.smsFrom !== undefined || settings.messagingServiceSid !== undefined
  return [...(sms ? [channel("sms", client, parts)] : []), ...(settings.whatsappFrom !== undefined ? [channel("whatsapp", client, parts)] : [])]
}

function channel(name: "sms" | "whatsapp", client: Client, { settings, publicUrl, log }: Parts): Channel {
  const contents = createContents(client)
  const sender =
    name === "whatsapp"
      ? { from: `whatsapp:${settings.whatsappFrom?.replace(/^whatsapp:/, "")}` }
      : settings.messagingServiceSid !== undefined
        ? { messagingServiceSid: settings.messagingServiceSid }
        : { from: settings.smsFrom ?? "" }

  async function create({ id, address, rendered }: Outgoing, plain: boolean): Promise<Sent> {
    const common = { to: address, statusCallback: `${publicUrl}/twilio/status?id=${id}`, ...sender }
    const drawn = name === "whatsapp" && !plain && !rendered.numbered && rendered.choices.length > 0
    const message = drawn
      ? await client.messages.create({ ...common, contentSid: await contents(rendered.choices), contentVariables: JSON.stringify({ 1: rendered.text }) })
      : await client.messages.create({ ...common, body: plain ? withNumbers(rendered) : rendered.text, ...(name === "sms" && { validityPeriod: VALIDITY_SECONDS }) })
    return { status: "sent", providerId: message.sid }
  }

  return {
    name,
    perSecond: name === "sms" ? settings.smsSegmentsPerSecond : settings.whatsappPerSecond,
    cost: ({ text }) => (name === "sms" ? countSms(text).segments : 1),
    reportsLater: true,
    async send(message) {
      try {
        return await create(message, false)
      } catch (error) {
        if (!(error instanceof ContentFailed)) return fateOf(error)
        log.shapedDown(name, error.code)
      }
      try {
        return await create(message, true)
      } catch (error) {
        return fateOf(error)
      }
    },
    async lookUp({ address, rendered }, since, taken) {
      try {
        const list = await client.messages.list({ to: address, limit: 50 })
        const bodies = new Set([rendered.text, withNumbers(rendered)])
        const found = list.find(({ sid, body, direction, dateCreated }) => direction !== "inbound" && dateCreated >= since && bodies.has(body) && !taken.has(sid))
        return found === undefined ? { found: false } : { found: true, providerId: found.sid }
      } catch {
        return undefined
      }
    },
    async erase(_, providerIds) {
      const gone = await Promise.all(
        providerIds.map((sid) =>
          client
            .messages(sid)
            .remove()
            .catch((error: { status?: number }) => error.status === 404),
        ),
      )
      return gone.every(Boolean)
    },
  }
}

/** The buttons or the list could not be made at the provider; the message itself has not been tried. */
class ContentFailed extends Error {
  override name = "ContentFailed"
  readonly code: string
  constructor(cause: unknown) {
    super("a content resource could not be made", { cause })
    this.code = codeOf(cause)
  }
}

/**
 * WhatsApp's buttons and lists live at Twilio as content resources. One is made for each set of labels, not for each
 * message: the text itself is a variable and is never part of it.
 */
function createContents(client: Client): (choices: Rendered["choices"]) => Promise<string> {
  const made = new Map<string, Promise<string>>()
  let known: Promise<Map<string, string>> | undefined
  return (choices) => {
    const types = typesOf(choices)
    const name = `hamraaz-${createHash("sha256").update(JSON.stringify(types)).digest("hex").slice(0, 24)}`
    const ready = made.get(name)
    if (ready !== undefined) return ready
    const making = make(name, types).catch((cause: unknown) => {
      made.delete(name)
      throw new ContentFailed(cause)
    })
    made.set(name, making)
    return making
  }

  async function make(name: string, types: object): Promise<string> {
    known ??= client.content.v1.contents.list({ limit: 1000 }).then((all) => new Map(all.map(({ friendlyName, sid }) => [friendlyName, sid])))
    try {
      const there = (await known).get(name)
      if (there !== undefined) return there
    } catch (cause) {
      known = undefined
      throw cause
    }
    const content = await client.content.v1.contents.create({ friendly_name: name, language: "en", variables: { 1: "Hello" }, types } as never)
    return content.sid
  }
}

function typesOf(choices: Rendered["choices"]): object {
  if (choices.length <= BUTTONS) return { "twilio/quick-reply": { body: "{{1}}", actions: choices.map(({ id, label }) => ({ type: "QUICK_REPLY", title: label, id })) } }
  return { "twilio/list-picker": { body: "{{1}}", button: "...", items: choices.map(({ id, label }) => ({ item: label, id })) } }
}

function withNumbers({ text, choices, numbered }: Rendered): string {
  return numbered ? text : [text, ...choices.map(({ label }, index) => `${index + 1} ${label}`)].join("\n")
}

function fateOf(error: unknown): Sent {
  const { status, code } = error as { status?: number; code?: number | string }
  if (status === undefined) return neverArrived(error) ? { status: "retry", code: "unreachable" } : { status: "unknown", code: codeOf(error) }
  const named = String(code ?? status)
  if (status === 429) return { status: "retry", code: named, afterMs: 2000, pause: true }
  if (status >= 500) return { status: "unknown", code: named }
  if (status === 401 || status === 403) return { status: "retry", code: named, afterMs: 30_000 }
  const sorted = sortError(named)
  if (sorted === "later") return { status: "retry", code: named }
  return { status: "refused", code: named, optedOut: sorted === "opt-out" }
}

/** Twilio's client over our own connections, pointed at another root where one is set. */
function createClient({ accountSid, authToken, apiRoot }: TwilioSettings): Client {
  const httpClient = {
    async request(options: { method: string; uri: string; username?: string; password?: string; headers?: Record<string, string>; params?: object; data?: object }) {
      const url = new URL(options.uri)
      const target = new URL(apiRoot === undefined ? options.uri : `${apiRoot}${url.pathname}${url.search}`)
      for (const [name, value] of entriesOf(options.params)) target.searchParams.append(name, value)
      const headers: Record<string, string> = { ...options.headers, authorization: `Basic ${Buffer.from(`${options.username}:${options.password}`).toString("base64")}` }
      const json = /json/.test(headers["Content-Type"] ?? headers["content-type"] ?? "")
      const body = options.data === undefined ? undefined : json ? JSON.stringify(options.data) : new URLSearchParams(entriesOf(options.data)).toString()
      const method = options.method.toUpperCase()
      const { status, text } = await call(target.href, { method, headers, ...(body !== undefined && method !== "GET" && { body }), timeoutMs: SEND_TIMEOUT_MS })
      return { statusCode: status, body: text, headers: {} }
    },
  }
  return twilio(accountSid, authToken, { httpClient: httpClient as never })
}

function entriesOf(data: object | undefined): [string, string][] {
  return Object.entries(data ?? {}).flatMap(([name, value]): [string, string][] => {
    if (value === undefined || value === null) return []
    return Array.isArray(value) ? value.map((one): [string, string] => [name, String(one)]) : [[name, value instanceof Date ? value.toISOString() : String(value)]]
  })
}

/**
 * The signed form of a webhook, or the reply that turns it away. The signature is taken over the address that Twilio was
 * given, not the one a proxy passed on; parameters that we don't know are signed all the same. JSON is signed by its
 * digest, which stands in the address.
 */
function signedForm({ headers, url, body }: Knock, { settings, publicUrl }: Parts): URLSearchParams | { readonly status: number } {
  const signature = headers["x-twilio-signature"]
  if (typeof signature !== "string") return { status: 403 }
  const type = /^[^\s;]*/.exec(headers["content-type"] ?? "")?.[0].toLowerCase()
  const text = body.toString("utf8")
  const address = `${publicUrl}${url}`
  if (type === "application/x-www-form-urlencoded") {
    const form = new URLSearchParams(text)
    return twilio.validateRequest(settings.authToken, signature, address, grouped(form)) ? form : { status: 403 }
  }
  if (type === "application/json") return twilio.validateRequestWithBody(settings.authToken, signature, address, text) ? (formOf(text) ?? { status: 400 }) : { status: 403 }
  return { status: twilio.validateRequest(settings.authToken, signature, address, {}) ? 400 : 403 }
}

/** The fields of a JSON body, as a form would have brought them. */
function formOf(json: string): URLSearchParams | undefined {
  try {
    const fields: unknown = JSON.parse(json)
    return typeof fields === "object" && fields !== null ? new URLSearchParams(entriesOf(fields)) : undefined
  } catch {
    return undefined
  }
}

function grouped(form: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name).length > 1 ? form.getAll(name) : (form.get(name) ?? "")]))
}

const EMPTY = { status: 200, type: "text/xml", body: "<Response/>" }

/** `POST /twilio/message`: an SMS or WhatsApp message came in. */
export function twilioMessageDoor(parts: Parts & { readonly receive: Receive }): Door {
  return async (knock) => {
    const form = signedForm(knock, parts)
    if ("status" in form) return form
    const from = form.get("From")
    const sid = form.get("MessageSid") ?? form.get("SmsSid")
    if (from === null || sid === null) return { status: 400 }
    const whatsapp = from.startsWith("whatsapp:")
    const phone = parsePhoneNumberFromString(from.replace(/^whatsapp:/, ""))
    // Where several countries share a calling code it may not tell which; that it is somewhere is known all the same.
    const country = phone === undefined ? undefined : (phone.country ?? "ZZ")
    await parts.receive({
      channel: whatsapp ? "whatsapp" : "sms",
      address: from,
      shape: whatsapp ? "whatsapp" : "sms",
      deliveryId: sid,
      heard: heardOf(form),
      country,
      providerId: sid,
    })
    return EMPTY
  }
}

const OPT_OUT_TYPES: ReadonlyMap<string, "opt-out" | "opt-in" | "help"> = new Map([
  ["STOP", "opt-out"],
  ["START", "opt-in"],
  ["HELP", "help"],
])

function heardOf(form: URLSearchParams): Heard {
  const text = form.get("Body") ?? ""
  const optedBy = OPT_OUT_TYPES.get(form.get("OptOutType")?.toUpperCase() ?? "")
  if (optedBy !== undefined) return { type: optedBy }
  const picked = form.get("ButtonPayload") ?? form.get("ListId")
  if (picked !== null && picked !== "") return { type: "choice", id: picked }
  if (Number(form.get("NumMedia") ?? 0) > 0) return { type: "media", ...(text !== "" && { caption: text }) }
  return { type: "text", text }
}

/** What became of a message, as its callback tells. */
export type StatusReport = { readonly status: "sent" | "delivered" | "refused" | "again"; readonly providerId: string; readonly code?: string | undefined }

/** `POST /twilio/status`: what became of a message we sent; our own id stands in the address. */
export function twilioStatusDoor(parts: Parts & { readonly report: (id: string, report: StatusReport) => Promise<boolean>; readonly receive: Receive }): Door {
  return async (knock) => {
    const form = signedForm(knock, parts)
    if ("status" in form) return form
    const id = new URL(knock.url, "http://localhost").searchParams.get("id")
    const sid = form.get("MessageSid") ?? form.get("SmsSid")
    if (id === null || !/^[0-9a-f-]{36}$/.test(id) || sid === null) return { status: 400 }
    const code = form.get("ErrorCode") ?? undefined
    const status = statusOf(form.get("MessageStatus") ?? form.get("SmsStatus") ?? "", code)
    if (status === undefined) return { status: 200 }
    const known = await parts.report(id, { status, providerId: sid, ...(code !== undefined && { code }) })
    if (!known) parts.log.statusUnknown(code ?? status)
    const to = form.get("To")
    if (known && code !== undefined && to !== null && sortError(code) === "opt-out") {
      const name = to.startsWith("whatsapp:") ? "whatsapp" : "sms"
      await parts.receive({ channel: name, address: to, shape: name, deliveryId: `opt-out:${id}`, heard: { type: "opt-out" } })
    }
    return { status: 200 }
  }
}

function statusOf(status: string, code: string | undefined): StatusReport["status"] | undefined {
  switch (status) {
    case "accepted":
    case "scheduled":
    case "queued":
    case "sending":
    case "sent":
      return "sent"
    case "delivered":
    case "read":
      return "delivered"
    case "undelivered":
    case "failed":
    case "canceled":
      return sortError(code ?? "") === "later" ? "again" : "refused"
    default:
      return undefined
  }
}
