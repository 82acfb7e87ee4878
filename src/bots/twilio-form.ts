import type { Heard } from "../flows/effect.ts"
import { readableCode } from "./told.ts"
import { isSid, sortError } from "./twilio-errors.ts"

/**
 * The name of the message that a signed form speaks of, or the status that turns the form away. Twilio signs names and
 * values without anything between them, so a captured form can be cut into other pieces under the same signature. A name
 * of exactly Twilio's shape leaves no other cut that would make it a new message.
 */
export function messageOf(form: URLSearchParams): string | { readonly status: number } {
  const names = [...form.getAll("MessageSid"), ...form.getAll("SmsSid")]
  const [sid] = names
  if (sid === undefined) return { status: 400 }
  return names.every((name) => isSid(name) && name === sid) ? sid : { status: 403 }
}

const OPT_OUT_TYPES: ReadonlyMap<string, "opt-out" | "opt-in" | "help"> = new Map([
  ["STOP", "opt-out"],
  ["START", "opt-in"],
  ["HELP", "help"],
])

/** What she said, tapped or sent. */
export function heardOf(form: URLSearchParams): Heard {
  const text = form.get("Body") ?? ""
  const optedBy = OPT_OUT_TYPES.get(form.get("OptOutType")?.toUpperCase() ?? "")
  const beside = Number(form.get("NumMedia") ?? 0)
  const handles = Array.from({ length: Math.min(beside, MOST_MEDIA) }, (_, n) => handleOf(form, n))
  const found = handles.flatMap((handle) => handle ?? [])
  const files = found.length > 0 && { files: found }
  if (optedBy !== undefined) return { type: optedBy, ...files }
  const picked = form.get("ButtonPayload") ?? form.get("ListId")
  if (picked !== null && picked !== "") return { type: "choice", id: picked }
  if (beside > 0) {
    const file = form.get("MediaContentType0")?.startsWith("image/") === true ? handles[0] : undefined
    return { type: "media", ...(text !== "" && { caption: text }), ...(file !== undefined && { file }), ...files }
  }
  return { type: "text", text }
}

const MEDIA = /\/Accounts\/(AC[0-9a-f]{32})\/Messages\/([SM]M[0-9a-f]{32})\/Media\/(ME[0-9a-f]{32})$/

/** Twilio takes no more along with one message. */
const MOST_MEDIA = 10

/** The handle of the nth file: the names of this message and of the file. The address that came with it is never called; it is made anew of them. */
function handleOf(form: URLSearchParams, n: number): string | undefined {
  const [, account, message, media] = MEDIA.exec(form.get(`MediaUrl${n}`) ?? "") ?? []
  if (media === undefined || account !== form.get("AccountSid") || message !== messageOf(form)) return undefined
  return `${form.get("From")?.startsWith("whatsapp:") === true ? "whatsapp" : "sms"}:${message}/${media}`
}

/** What became of a message, as its callback tells. */
export type StatusReport = { readonly status: "sent" | "delivered" | "refused" | "again"; readonly providerId: string; readonly code?: string | undefined }

/** Reads a callback's status and error code; nothing when the status is of no interest. */
export function reportOf(form: URLSearchParams, providerId: string): StatusReport | undefined {
  const told = form.get("ErrorCode")
  const code = told === null || told === "" ? undefined : readableCode(told)
  const status = statusOf(form.get("MessageStatus") ?? form.get("SmsStatus") ?? "", code)
  return status && { status, providerId, ...(code !== undefined && { code }) }
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
