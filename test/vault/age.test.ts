import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption"
import { describe, expect, test } from "vitest"
import { seal, sealedTo } from "../../src/vault/seal.ts"
import { readAge } from "../support/age-reader.ts"

type Vector = { readonly name: string; readonly expect: string; readonly identity: string; readonly file: string; readonly sha256?: string }
const { vectors } = JSON.parse(readFileSync(join(import.meta.dirname, "../support/age-vectors.json"), "utf8")) as { vectors: readonly Vector[] }
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")

describe.each(vectors)("age's own test vector $name", ({ name, expect: wanted, identity, file, sha256 }) => {
  const bytes = Buffer.from(file, "base64")

  test("is taken or refused by the library that seals", async () => {
    const age = new Decrypter()
    age.addIdentity(identity)
    const reading = age.decrypt(bytes)
    if (wanted === "success") expect(hashOf(await reading)).toBe(sha256)
    else await expect(reading).rejects.toThrow()
  })

  test("is taken or refused by the reader that these tests have of their own", () => {
    if (wanted === "success") expect(hashOf(readAge(bytes, identity))).toBe(sha256)
    else expect(() => readAge(bytes, identity)).toThrow()
  })

  test("counts as sealed to as many officers as its header has of their kind, and of no other", () => {
    const count = { x25519: 1, x25519_multiple_recipients: 2 }[name]
    if (wanted === "success") expect(sealedTo(bytes)).toBe(count)
  })
})

test("what is sealed here has a line for each officer and nobody else, and each opens it by the specification alone", async () => {
  const officers = await Promise.all([1, 2, 3].map(() => generateX25519Identity()))
  const text = JSON.stringify({ words: ["ہر روز", "x".repeat(9000)] })
  const file = await seal(text, await Promise.all(officers.map((one) => identityToRecipient(one))))
  const header = Buffer.from(file).toString("latin1").split("\n---")[0] ?? ""
  expect(header.split("\n").filter((line) => line.startsWith("-> "))).toEqual(officers.map(() => expect.stringMatching(/^-> X25519 [\w+/]{43}$/) as string))
  for (const one of officers) expect(readAge(file, one).toString().trimEnd()).toBe(text)
  const stranger = await generateX25519Identity()
  expect(() => readAge(file, stranger)).toThrow("not for this identity")
})
