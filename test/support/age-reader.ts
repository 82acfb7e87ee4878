import { createDecipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman, hkdfSync } from "node:crypto"

/**
 * Opens an age file by its specification (C2SP/age v1, X25519) and node:crypto alone, without the library that seals: as
 * anybody's ordinary `age` reads it. Throws where a file isn't one, or isn't for this identity.
 */
export function readAge(file: Uint8Array, identity: string): Buffer {
  const bytes = Buffer.from(file)
  const header = /^age-encryption\.org\/v1\n(?:-> [!-~ ]+\n(?:[\w+/]{64}\n)*[\w+/]{0,63}\n)+---(?= [\w+/]{43}\n)/.exec(bytes.toString("latin1"))?.[0]
  if (header === undefined) throw new Error("no header of age")
  const secret = secretOf(identity)
  const key = [...header.matchAll(/-> X25519 ([\w+/]{43})\n([\w+/]{43})\n/g)].map(([, share = "", body = ""]) => fileKey(secret, share, body)).find((one) => one !== undefined)
  if (key === undefined) throw new Error("not for this identity")
  const mac = bytes.subarray(header.length + 1, header.length + 44).toString("latin1")
  if (
    plain(
      createHmac("sha256", derived(key, "", "header"))
        .update(header)
        .digest(),
    ) !== mac
  )
    throw new Error("another header")
  return payloadOf(bytes.subarray(header.length + 45), key)
}

const CHUNK = 64 * 1024
const TAG = 16
const PRIVATE = Buffer.from("302e020100300506032b656e04220420", "hex")
const PUBLIC = Buffer.from("302a300506032b656e032100", "hex")

function fileKey(secret: Buffer, share: string, body: string): Buffer | undefined {
  const mine = createPrivateKey({ key: Buffer.concat([PRIVATE, secret]), format: "der", type: "pkcs8" })
  const theirs = createPublicKey({ key: Buffer.concat([PUBLIC, Buffer.from(share, "base64")]), format: "der", type: "spki" })
  const recipient = createPublicKey(mine).export({ format: "der", type: "spki" }).subarray(PUBLIC.length)
  const shared = diffieHellman({ privateKey: mine, publicKey: theirs })
  try {
    return opened(derived(shared, Buffer.concat([Buffer.from(share, "base64"), recipient]), "age-encryption.org/v1/X25519"), Buffer.alloc(12), Buffer.from(body, "base64"))
  } catch {
    return undefined
  }
}

function payloadOf(payload: Buffer, key: Buffer): Buffer {
  const own = derived(key, payload.subarray(0, 16), "payload")
  const all: Buffer[] = []
  for (let at = 16, n = 0; at < payload.length || n === 0; at += CHUNK + TAG, n++) {
    const nonce = Buffer.alloc(12)
    nonce.writeUInt32BE(n, 7)
    nonce[11] = at + CHUNK + TAG >= payload.length ? 1 : 0
    all.push(opened(own, nonce, payload.subarray(at, at + CHUNK + TAG)))
  }
  return Buffer.concat(all)
}

function opened(key: Buffer, nonce: Buffer, sealed: Buffer): Buffer {
  const cipher = createDecipheriv("chacha20-poly1305", key, nonce, { authTagLength: TAG })
  cipher.setAuthTag(sealed.subarray(-TAG))
  return Buffer.concat([cipher.update(sealed.subarray(0, -TAG)), cipher.final()])
}

const derived = (from: Buffer, salt: Buffer | string, info: string) => Buffer.from(hkdfSync("sha256", from, salt, info, 32))
const plain = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "")

/** The 32 bytes of `AGE-SECRET-KEY-1…`: Bech32 without its check. */
function secretOf(identity: string): Buffer {
  const signs = identity.slice("AGE-SECRET-KEY-1".length, -6).split("")
  const values = signs.map((sign) => "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L".indexOf(sign))
  const bits = values.map((value) => value.toString(2).padStart(5, "0")).join("")
  return Buffer.from(
    bits
      .slice(0, 256)
      .match(/.{8}/g)
      ?.map((byte) => Number.parseInt(byte, 2)) ?? [],
  )
}
