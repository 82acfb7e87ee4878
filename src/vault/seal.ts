import { Encrypter } from "age-encryption"

/**
 * How long a sealed text is made before it is sealed: the shortest of these that holds it, so that a length tells little.
 * What is longer is padded to the next of the last one's multiples.
 */
const LENGTHS = [1024, 4096, 10_240, 21_504] as const

/** The longest text, in bytes of UTF-8, that doesn't stand out by its length. */
export const LONGEST: number = LENGTHS[3]

/**
 * Seals a text to recipients, as an ordinary age file: only their identities open it, and nobody here has one. It is padded
 * with spaces at its end, which JSON doesn't mind. Throws when there is no recipient, or when one of them can't be sealed to.
 */
export async function seal(text: string, recipients: readonly string[]): Promise<Uint8Array> {
  if (recipients.length === 0) throw new Error("nobody to seal to")
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  return encrypter.encrypt(padded(Buffer.from(text)))
}

/**
 * Whether this is somebody's key that can be sealed to: an age X25519 recipient and no other kind, so that every report
 * opens with the same program. It is tried out, because a key of a bad point would keep every report from being sealed.
 */
export async function isRecipient(text: string): Promise<boolean> {
  if (!/^age1[02-9ac-hj-np-z]{58}$/.test(text)) return false
  try {
    await seal("", [text])
    return true
  } catch {
    return false
  }
}

/** To how many X25519 keys an age file is sealed, as its header says; nothing when it isn't an age file, or is sealed to anything else. */
export function sealedTo(file: Uint8Array): number | undefined {
  const header = /^age-encryption\.org\/v1\n((?:-> X25519 [\w+/]{43}\n[\w+/]{43}\n)+)--- [\w+/]{43}\n/.exec(Buffer.from(file.subarray(0, 16_384)).toString("latin1"))
  // After it: a nonce, and at least the mark of an empty last piece.
  if (header?.[1] === undefined || file.length < header[0].length + 32) return undefined
  return header[1].split("-> ").length - 1
}

function padded(text: Uint8Array): Uint8Array {
  const last = LENGTHS[3]
  const length = LENGTHS.find((one) => one >= text.length) ?? Math.ceil(text.length / last) * last
  const bytes = new Uint8Array(length).fill(0x20)
  bytes.set(text)
  return bytes
}
