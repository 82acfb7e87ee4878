import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto"

/** A device with one passkey (WebAuthn level 2, ES256, no attestation), as a browser would ask it. */
export function createPasskey(origin: string, rpId = "localhost") {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const id = randomBytes(16)
  const { x = "", y = "" } = publicKey.export({ format: "jwk" })
  const clientData = (type: string, challenge: unknown) => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const authData = (flags: number, rest = Buffer.alloc(0)) => Buffer.concat([sha256(rpId), Buffer.from([flags, 0, 0, 0, 0]), rest])
  const credential = (response: object) => ({ id: id.toString("base64url"), rawId: id.toString("base64url"), type: "public-key", clientExtensionResults: {}, response })

  return {
    /** Answers the options of a registration. */
    create({ challenge }: { readonly challenge?: unknown }) {
      const key = Buffer.concat([Buffer.from("a5010203262001215820", "hex"), bytes(x), Buffer.from("225820", "hex"), bytes(y)])
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key])
      const data = authData(0x45, attested)
      const attestation = Buffer.concat([map(3), text("fmt"), text("none"), text("attStmt"), map(0), text("authData"), Buffer.from([0x58, data.length]), data])
      return credential({
        clientDataJSON: clientData("webauthn.create", challenge).toString("base64url"),
        attestationObject: attestation.toString("base64url"),
        transports: ["internal"],
      })
    },
    /** Answers the question of a sign-in; `verified` is whether the device asked who is there. */
    get({ challenge }: { readonly challenge?: unknown }, verified = true) {
      const client = clientData("webauthn.get", challenge)
      const data = authData(verified ? 0x05 : 0x01)
      const signature = sign("sha256", Buffer.concat([data, sha256(client)]), privateKey)
      return credential({ clientDataJSON: client.toString("base64url"), authenticatorData: data.toString("base64url"), signature: signature.toString("base64url") })
    },
  }
}

const sha256 = (what: string | Buffer) => createHash("sha256").update(what).digest()
const bytes = (part: string) => Buffer.from(part, "base64url")
const map = (size: number) => Buffer.from([0xa0 + size])
const text = (word: string) => Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)])
