import { hash, randomFillSync } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import sodium from "libsodium-wrappers"
import { z } from "zod"

await sodium.ready

/** The server's own keys: one pepper for looking up, and covering keys by number, the newest first. */
export type Keyring = {
  readonly pepper: Uint8Array
  readonly keys: readonly { readonly number: number; readonly key: Uint8Array }[]
}

/** What an opened cover was made for; a cover made for one purpose doesn't open for another. */
export type Purpose =
  | "state"
  | "leaving"
  | "heard"
  | "simulator"
  | "line"
  | "asked"
  | "note"
  | "record"
  | "intake"
  | "consents"
  | "coding"
  | "answer"
  | "story"
  | "tallies"
  | "contribution"
  | "picture"

/** Covers and uncovers with the server's own key, and names what must be found without being known. */
export type Cover = {
  /** Text → bytes that say nothing without the keyring. Made fresh each time: equal texts give different bytes. */
  readonly close: (purpose: Purpose, text: string) => Uint8Array
  /** The text again. Throws when the bytes were changed, made for another purpose, or their key is gone. */
  readonly open: (purpose: Purpose, covered: Uint8Array) => string
  /** A name for a contact that is always the same and can't be turned back: HMAC-SHA-256 (RFC 2104) under the pepper, cut to a UUID (RFC 9562, version 8). */
  readonly lookup: (channel: string, address: string) => string
}

/** Makes the cover of a keyring. */
export function createCover(keyring: Keyring): Cover {
  const newest = keyring.keys[0]
  if (newest === undefined) throw new Error("the keyring holds no covering key")
  const byNumber = new Map(keyring.keys.map(({ number, key }) => [number, key]))
  const purposes = new Map<Purpose, Uint8Array>()
  const bound = (purpose: Purpose) => {
    const known = purposes.get(purpose)
    if (known !== undefined) return known
    const bytes = encoder.encode(`hamraaz/${purpose}`)
    purposes.set(purpose, bytes)
    return bytes
  }
  const name = keyedName(keyring.pepper)
  return {
    close(purpose, text) {
      const nonce = freshNonce()
      const sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(Buffer.from(text), bound(purpose), null, nonce, newest.key)
      const covered = new Uint8Array(1 + nonce.length + sealed.length)
      covered[0] = newest.number
      covered.set(nonce, 1)
      covered.set(sealed, 1 + nonce.length)
      return covered
    },
    open(purpose, covered) {
      const key = byNumber.get(covered[0] ?? -1)
      if (key === undefined) throw new Error("covered with a key that the keyring doesn't hold")
      const nonce = covered.subarray(1, 25)
      return decoder.decode(sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, covered.subarray(25), bound(purpose), nonce, key))
    },
    lookup: (channel, address) => name(`${channel}\0${address}`),
  }
}

/**
 * Reads the keyring, or makes one (mode 0600) when the file isn't there and nothing was covered yet. A file that is no
 * keyring is never overwritten: it throws.
 */
export function keyringAt(file: string, mayMake: boolean): Keyring {
  const text = readIfThere(file)
  if (text === undefined) {
    if (!mayMake) throw new Error("the keyring file is gone, and without it the data can't be read: put its copy back, or move the data folder away to begin anew")
    const fresh = { pepper: randomText(), keys: [{ number: 1, key: randomText() }] }
    // Flushed to the disk before anything is covered with it: data without its keyring is lost.
    writeFileSync(file, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flag: "wx", flush: true })
    return decode(fresh)
  }
  const parsed = keyringFile.safeParse(parseJson(text))
  if (!parsed.success) throw new Error("the keyring file can't be read as a keyring; restore it from its copy")
  return decode(parsed.data)
}

const encoder = new TextEncoder()
const decoder = new TextDecoder("utf-8", { fatal: true })

const secret = z.base64().refine((text) => Buffer.from(text, "base64").length === 32)
const keyringFile = z.object({
  pepper: secret,
  keys: z.array(z.object({ number: z.int().min(0).max(255), key: secret })).min(1),
})

function decode(file: z.infer<typeof keyringFile>): Keyring {
  return {
    pepper: Buffer.from(file.pepper, "base64"),
    keys: file.keys.map(({ number, key }) => ({ number, key: Buffer.from(key, "base64") })).sort((a, b) => b.number - a.number),
  }
}

function randomText(): string {
  return randomFillSync(Buffer.alloc(32)).toString("base64")
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8")
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined
    throw cause
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

// Random bytes are cheap by the page and dear by the handful: one page serves some 170 nonces.
const page = new Uint8Array(4096)
let at = page.length
function freshNonce(): Uint8Array {
  if (at + 24 > page.length) {
    randomFillSync(page)
    at = 0
  }
  at += 24
  return page.slice(at - 24, at)
}

// HMAC by its definition over the one-shot hash: a quarter of what createHmac costs for a few bytes.
function keyedName(pepper: Uint8Array): (text: string) => string {
  const inner = Buffer.alloc(64, 0x36)
  const outer = Buffer.alloc(64, 0x5c)
  for (const [i, byte] of pepper.entries()) {
    inner[i] = byte ^ 0x36
    outer[i] = byte ^ 0x5c
  }
  return (text) => {
    const first = hash("sha256", Buffer.concat([inner, encoder.encode(text)]), "buffer")
    const hex = hash("sha256", Buffer.concat([outer, first]), "hex")
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  }
}
