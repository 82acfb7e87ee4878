import { MOST_FILE, type Fetched } from "../helpline/channel.ts"
import { codeOf } from "../log.ts"
import { call } from "./http.ts"
import { readableCode } from "./told.ts"
import type { TwilioSettings } from "./twilio.ts"

const TIMEOUT_MS = 20_000
/** Where Twilio keeps what it sends us to, with a signature of its own in the address. */
const KEEPERS: ReadonlySet<string> = new Set(["https://mms.twiliocdn.com", "https://media.twiliocdn.com"])

/**
 * Fetches a picture by the names of its message and of itself. Our password goes to Twilio alone, and nobody is followed
 * elsewhere than to where Twilio keeps its files.
 */
export async function fetchFile(names: string, { accountSid, authToken, apiRoot = "https://api.twilio.com" }: TwilioSettings): Promise<Fetched> {
  const [message, media] = names.split("/")
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`
  const get = (url: string, headers: Record<string, string>) => call(url, { method: "GET", headers, timeoutMs: TIMEOUT_MS, maxBytes: MOST_FILE, file: true })
  try {
    const root = `${apiRoot}/2010-04-01/Accounts/${accountSid}/Messages/${message}/Media/${media}`
    const first = await get(root, { authorization })
    const to = first.status >= 300 && first.status < 400 ? keptAt(first.location, root) : undefined
    const { status, bytes } = to === undefined ? first : await get(to, {})
    if (status === 200) return { status: "fetched", bytes }
    // A picture that has just come may not be there yet.
    return { status: status >= 300 && status < 400 ? "lost" : "retry", code: readableCode(status) }
  } catch (error) {
    const code = readableCode(codeOf(error))
    return { status: code === "too-large" ? "too-large" : "retry", code }
  }
}

/** Where a redirect leads, if it leads to Twilio's own files, or stays where it was asked. */
function keptAt(location: string | undefined, from: string): string | undefined {
  if (location === undefined || !URL.canParse(location, from)) return undefined
  const to = new URL(location, from)
  return KEEPERS.has(to.origin) || to.origin === new URL(from).origin ? to.href : undefined
}
