import { MOST_FILE, type Dropped, type Fetched } from "../helpline/channel.ts"
import { codeOf } from "../log.ts"
import { call } from "./http.ts"
import { readableCode } from "./told.ts"
import type { Client, TwilioSettings } from "./twilio.ts"
import { addressAt } from "./twilio-address.ts"

const TIMEOUT_MS = 20_000
/** Where Twilio keeps what it sends us to, with a signature of its own in the address. */
const KEEPERS: ReadonlySet<string> = new Set(["https://mms.twiliocdn.com", "https://media.twiliocdn.com"])

/**
 * Fetches a picture by the names of its message and of itself. Our password goes to Twilio alone, and nobody is followed
 * elsewhere than, once, to where Twilio keeps its files.
 */
export async function fetchFile(names: string, { accountSid, authToken, apiRoot }: TwilioSettings): Promise<Fetched> {
  const [message, media] = names.split("/")
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`
  const get = (url: string, headers: Record<string, string>) =>
    call(addressAt(apiRoot, url).href, { method: "GET", headers, timeoutMs: TIMEOUT_MS, maxBytes: MOST_FILE, file: true })
  try {
    const first = await get(`https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/${message}/Media/${media}`, { authorization })
    const kept = first.status >= 300 && first.status < 400 ? keptAt(first.location) : undefined
    const { status, bytes } = kept === undefined ? first : await get(kept, {})
    if (status === 200) return { status: "fetched", bytes }
    // A picture that has just come may not be there yet.
    return { status: status >= 300 && status < 400 ? "lost" : "retry", code: readableCode(status) }
  } catch (error) {
    const code = readableCode(codeOf(error))
    return { status: code === "too-large" ? "too-large" : "retry", code }
  }
}

/** Asks Twilio to erase a picture, by the names of its message and of itself. */
export async function dropFile(client: Client, names: string): Promise<Dropped> {
  const [message = "", media = ""] = names.split("/")
  try {
    const gone = await client.messages(message).media(media).remove()
    return gone ? { status: "gone" } : { status: "retry", code: "unreadable" }
  } catch (error) {
    const { status } = error as { status?: unknown }
    return status === 404 ? { status: "missing" } : { status: "retry", code: readableCode(status ?? codeOf(error)) }
  }
}

/** Where a redirect leads, if that is one of Twilio's keepers. */
function keptAt(location: string | undefined): string | undefined {
  if (location === undefined || !URL.canParse(location)) return undefined
  const { origin, pathname, search } = new URL(location)
  return KEEPERS.has(origin) ? `${origin}${pathname}${search}` : undefined
}
