import { randomBytes } from "node:crypto"

/** A stored picture. `path`: where its keeper has it, as the signed address says. */
type Medium = { readonly message: string; readonly sid: string; readonly bytes: Uint8Array; readonly path: string }

/**
 * What Twilio stores of messages that brought something: fetched with the account's password at a path of its messages, which
 * answers with a redirect to a keeper on another host, whose address is good for four hours and wants no password.
 */
export function createMedia(account: string) {
  let media: Medium[] = []
  const root = (message: string) => `/2010-04-01/Accounts/${account}/Messages/${message}/Media`
  const freshSid = (head: "ME" | "MM") => `${head}${randomBytes(16).toString("hex")}`

  return {
    /** Stores a picture of one message, and tells how a webhook brings it. */
    store: (bytes: Uint8Array, type = "image/jpeg") => {
      const [message, sid] = [freshSid("MM"), freshSid("ME")]
      media.push({ message, sid, bytes, path: `/${account}/${randomBytes(16).toString("hex")}` })
      return {
        sid: message,
        params: { NumMedia: "1", MediaContentType0: type, MediaUrl0: `https://api.twilio.com${root(message)}/${sid}` },
      }
    },
    /** What a path of Twilio's stands for; nothing where it stands for no picture that there could be. */
    callOf(method: string, path: string): "media" | "drop" | "kept" | undefined {
      if (/^\/AC[0-9a-f]{32}\/[0-9a-f]{32}$/.test(path)) return "kept"
      const [found, json] = new RegExp(`^${root("[SM]M[0-9a-f]{32}")}/ME[0-9a-f]{32}(\\.json)?$`).exec(path) ?? []
      if (found === undefined) return undefined
      return method === "DELETE" && json !== undefined ? "drop" : method === "GET" && json === undefined ? "media" : undefined
    },
    /** The keeper's address of a picture. */
    keptAt(path: string): string | undefined {
      const found = media.find(({ message, sid }) => path === `${root(message)}/${sid}`)
      return found && `https://mms.twiliocdn.com${found.path}?Expires=1795276800&Signature=${randomBytes(8).toString("hex")}&Key-Pair-Id=K1`
    },
    /** The picture itself, at its keeper's. */
    kept: (path: string): Uint8Array | undefined => media.find((one) => one.path === path)?.bytes,
    /** Erases one; tells whether it was there. */
    drop(path: string): boolean {
      const before = media.length
      media = media.filter(({ message, sid }) => path !== `${root(message)}/${sid}.json`)
      return media.length < before
    },
    /** With its message, a picture goes as well. */
    dropWith(message: string | undefined) {
      media = media.filter((one) => one.message !== message)
    },
    /** How many are stored. */
    count: () => media.length,
    clear: () => void media.splice(0),
  }
}
