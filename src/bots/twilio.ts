import type { IncomingHttpHeaders } from "node:http"
import { parsePhoneNumberFromString } from "libphonenumber-js/min"
import twilio from "twilio"
import type { Channel } from "../helpline/channel.ts"
import type { Receive } from "../helpline/receive.ts"
import type { Log } from "../log.ts"
import { call, type Door, type Knock } from "./http.ts"
import { addressAt } from "./twilio-address.ts"
import { createTwilioChannel } from "./twilio-channel.ts"
import { sortError } from "./twilio-errors.ts"
import { heardOf, messageOf, reportOf, type StatusReport } from "./twilio-form.ts"

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

export type Client = ReturnType<typeof twilio>
export type TwilioParts = { readonly settings: TwilioSettings; readonly publicUrl: string; readonly log: Log }

/** The ways out through Twilio: SMS and WhatsApp, as far as there is a sender for each. */
export function twilioChannels(parts: TwilioParts): readonly Channel[] {
  const { settings } = parts
  const client = createClient(settings)
  const sms = settings.smsFrom !== undefined || settings.messagingServiceSid !== undefined
  return [...(sms ? [createTwilioChannel("sms", client, parts)] : []), ...(settings.whatsappFrom !== undefined ? [createTwilioChannel("whatsapp", client, parts)] : [])]
}

/** Twilio's client over our own connections, pointed at another root where one is set. */
function createClient({ accountSid, authToken, apiRoot }: TwilioSettings): Client {
  const httpClient = {
    async request(options: { method: string; uri: string; username?: string; password?: string; headers?: Record<string, string>; params?: object; data?: object }) {
      const target = addressAt(apiRoot, options.uri)
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
function signedForm({ headers, url, body }: Knock, { settings, publicUrl }: TwilioParts): URLSearchParams | { readonly status: number } {
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

/** Whether there is a signature at all; what it is worth is known once the body is read. */
const hasSignature = ({ "x-twilio-signature": signature }: IncomingHttpHeaders) => typeof signature === "string" && signature !== ""

/** Too short for a sender and the name of a message together, however a form was cut. */
const ADDRESS = /^([a-z]+:)?[+\w.-]{1,40}$/

const EMPTY = { status: 200, type: "text/xml", body: "<Response/>" }

/** `POST /twilio/message`: an SMS or WhatsApp message came in. */
export function twilioMessageDoor(parts: TwilioParts & { readonly receive: Receive }): Door {
  return {
    admits: hasSignature,
    async answer(knock) {
      const form = signedForm(knock, parts)
      if ("status" in form) return form
      const sid = messageOf(form)
      if (typeof sid !== "string") return sid
      const from = form.get("From")
      if (from === null) return { status: 400 }
      if (!ADDRESS.test(from)) return { status: 403 }
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
    },
  }
}

/** `POST /twilio/status`: what became of a message we sent; our own id stands in the address. */
export function twilioStatusDoor(parts: TwilioParts & { readonly report: (id: string, report: StatusReport) => Promise<boolean>; readonly receive: Receive }): Door {
  return {
    admits: hasSignature,
    async answer(knock) {
      const form = signedForm(knock, parts)
      if ("status" in form) return form
      const sid = messageOf(form)
      if (typeof sid !== "string") return sid
      const id = new URL(knock.url, "http://localhost").searchParams.get("id")
      if (id === null || !/^[0-9a-f-]{36}$/.test(id)) return { status: 400 }
      const report = reportOf(form, sid)
      if (report === undefined) return { status: 200 }
      const known = await parts.report(id, report)
      const { code } = report
      if (!known) parts.log.statusUnknown(code ?? report.status)
      const to = form.get("To")
      if (known && code !== undefined && to !== null && sortError(code) === "opt-out") {
        const name = to.startsWith("whatsapp:") ? "whatsapp" : "sms"
        await parts.receive({ channel: name, address: to, shape: name, deliveryId: `opt-out:${id}`, heard: { type: "opt-out" } })
      }
      return { status: 200 }
    },
  }
}
