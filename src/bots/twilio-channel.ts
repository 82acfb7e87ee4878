import type { Channel, Outgoing, Sent } from "../helpline/channel.ts"
import type { Rendered } from "../locales/render.ts"
import { countSms } from "../locales/sms.ts"
import { codeOf } from "../log.ts"
import { neverArrived } from "./http.ts"
import { readableCode } from "./told.ts"
import type { Client, TwilioParts } from "./twilio.ts"
import { dropFile, fetchFile } from "./twilio-files.ts"
import { ContentFailed, createContents } from "./twilio-contents.ts"
import { isSid, sortError } from "./twilio-errors.ts"

/** An answer that couldn't be delivered for an hour comes at a moment nobody chose; it is dropped instead. */
const VALIDITY_SECONDS = 3600
/** The named content resource isn't there. */
const CONTENT_GONE = "21655"
const TRIES_DRAWN = 2

/** The way out through Twilio by SMS or by WhatsApp. */
export function createTwilioChannel(name: "sms" | "whatsapp", client: Client, { settings, publicUrl, log }: TwilioParts): Channel {
  const contents = createContents(client)
  const sender =
    name === "whatsapp"
      ? { from: `whatsapp:${settings.whatsappFrom?.replace(/^whatsapp:/, "")}` }
      : settings.messagingServiceSid !== undefined
        ? { messagingServiceSid: settings.messagingServiceSid }
        : { from: settings.smsFrom ?? "" }

  async function create(message: Outgoing, shape: { readonly contentSid: string; readonly contentVariables: string } | { readonly body: string }): Promise<Sent> {
    const { id, address } = message
    const made = (await client.messages.create({
      to: address,
      statusCallback: `${publicUrl}/twilio/status?id=${id}`,
      ...sender,
      ...shape,
      ...(name === "sms" && { validityPeriod: Math.min(VALIDITY_SECONDS, message.validSeconds ?? VALIDITY_SECONDS) }),
    })) as { readonly sid?: unknown }
    // Something answered, and it wasn't Twilio, or not as ever before: asking for the message tells.
    return isSid(made.sid) ? { status: "sent", providerId: made.sid } : { status: "unknown", code: "unreadable" }
  }

  /** Sends with buttons or a list; nothing when they can't be had and the message has not left. */
  async function sendDrawn(message: Outgoing): Promise<Sent | undefined> {
    const { text, choices } = message.rendered
    for (let attempt = 0; attempt < TRIES_DRAWN; attempt++) {
      let contentSid: string | undefined
      try {
        contentSid = await contents.of(choices)
        return await create(message, { contentSid, contentVariables: JSON.stringify({ 1: text }) })
      } catch (error) {
        if (error instanceof ContentFailed) {
          log.shapedDown(name, error.code)
          return undefined
        }
        if (contentSid === undefined || String((error as { code?: unknown }).code) !== CONTENT_GONE) throw error
        contents.gone(contentSid)
      }
    }
    log.shapedDown(name, CONTENT_GONE)
    return undefined
  }

  return {
    name,
    perSecond: name === "sms" ? settings.smsSegmentsPerSecond : settings.whatsappPerSecond,
    cost: ({ text }) => (name === "sms" ? countSms(text).segments : 1),
    reportsLater: true,
    async send(message) {
      const { rendered, template } = message
      try {
        if (template !== undefined) return await create(message, { contentSid: template.contentSid, contentVariables: JSON.stringify(template.variables ?? {}) })
        const drawn = name === "whatsapp" && !rendered.numbered && rendered.choices.length > 0
        return (drawn ? await sendDrawn(message) : undefined) ?? (await create(message, { body: drawn ? withNumbers(rendered) : rendered.text }))
      } catch (error) {
        return fateOf(error)
      }
    },
    async lookUp({ address, rendered, template }, since, taken) {
      try {
        const list = await client.messages.list({ to: address, limit: 50 })
        const bodies = new Set([rendered.text, withNumbers(rendered)])
        const ours = list.filter(({ sid, direction, dateCreated }) => isSid(sid) && direction !== "inbound" && dateCreated >= since && !taken.has(sid))
        // With Message Redaction on, or words that only the provider knows, there is no body to compare. What we sent her since, and don't know yet, is the one.
        const found =
          ours.find(({ body }) => bodies.has(body)) ??
          ours.find(
            ({ body, to, from, messagingServiceSid, status }) =>
              (template !== undefined || isRedacted(body)) &&
              isTo(to, address) &&
              ("from" in sender ? from === sender.from : messagingServiceSid === sender.messagingServiceSid) &&
              !DIDNT_ARRIVE.has(status),
          )
        return found === undefined ? { found: false } : { found: true, providerId: found.sid }
      } catch {
        return undefined
      }
    },
    fetchFile: (file) => fetchFile(file.slice(name.length + 1), settings),
    dropFile: (file) => dropFile(client, file.slice(name.length + 1)),
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

const DIDNT_ARRIVE: ReadonlySet<string> = new Set(["failed", "undelivered", "canceled"])

function isRedacted(body: unknown): boolean {
  return typeof body !== "string" || body === "" || /^\W*_*redacted_*\W*$/i.test(body)
}

/** Twilio may be told to hide the last four digits of a number. */
function isTo(to: string, address: string): boolean {
  return to === address || to === `${address.slice(0, -4)}XXXX`
}

function withNumbers({ text, choices, numbered }: Rendered): string {
  return numbered ? text : [text, ...choices.map(({ label }, index) => `${index + 1} ${label}`)].join("\n")
}

/** An account that isn't there. */
const NO_SUCH_ACCOUNT = "20404"

function fateOf(error: unknown): Sent {
  const { status, code } = error as { status?: number; code?: unknown }
  if (status === undefined) return neverArrived(error) ? { status: "retry", code: "unreachable" } : { status: "unknown", code: readableCode(codeOf(error)) }
  const numbered = typeof code === "number" && Number.isSafeInteger(code)
  const named = numbered ? String(code) : code === undefined || code === null ? readableCode(status) : "unreadable"
  // Nobody was let in, so nothing was taken: an operator's slip or a crowd must not cost a message.
  if (status === 429) return { status: "retry", code: named, afterMs: 2000, pause: true }
  if (status === 401 || status === 403 || named === NO_SUCH_ACCOUNT) return { status: "retry", code: named, afterMs: 30_000 }
  // Every refusal of Twilio's has a number. What has none is the word of something on the way (a proxy, a redirect, a
  // request that took too long), which can't know what Twilio did. Asking costs one look-up; a wrong guess costs a message.
  if (!numbered || status < 400 || status === 408 || status >= 500) return { status: "unknown", code: named }
  const sorted = sortError(named)
  if (sorted === "later") return { status: "retry", code: named }
  return { status: "refused", code: named, optedOut: sorted === "opt-out" }
}
