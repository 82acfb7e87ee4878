import { Decrypter, generateHybridIdentity, generateX25519Identity, identityToRecipient } from "age-encryption"
import { describe, expect, test } from "vitest"
import { isRecipient, seal, sealedTo } from "../../src/vault/seal.ts"

async function somebody() {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

async function open(identity: string, file: Uint8Array): Promise<string> {
  const age = new Decrypter()
  age.addIdentity(identity)
  return age.decrypt(file, "text")
}

describe("a sealed text", () => {
  test("opens with each identity it was sealed to, by the ordinary age format, and is the same JSON", async () => {
    const people = await Promise.all([somebody(), somebody(), somebody()])
    const value = { words: ["ہر روز", "each day"] }
    const file = await seal(
      JSON.stringify(value),
      people.map(({ recipient }) => recipient),
    )
    for (const { identity } of people) expect(JSON.parse(await open(identity, file))).toEqual(value)
    expect(sealedTo(file)).toBe(3)
  })

  test("doesn't open with an identity it wasn't sealed to", async () => {
    const [one, other] = await Promise.all([somebody(), somebody()])
    await expect(open(other.identity, await seal("{}", [one.recipient]))).rejects.toThrow()
  })

  test("that was changed anywhere doesn't open", async () => {
    const { identity, recipient } = await somebody()
    const file = await seal(`{"a":"${"x".repeat(500)}"}`, [recipient])
    for (let at = 0; at < file.length; at += 37) {
      const changed = Uint8Array.from(file)
      changed[at] = (changed[at] ?? 0) ^ 1
      await expect(open(identity, changed), `byte ${at}`).rejects.toThrow()
    }
    await expect(open(identity, file.subarray(0, -1))).rejects.toThrow()
  })

  test("has one of four lengths, whatever it says", async () => {
    const { recipient } = await somebody()
    const lengths = await Promise.all([2, 900, 1100, 4000, 5000, 10_000, 15_000, 21_000].map(async (length) => (await seal("x".repeat(length), [recipient])).length))
    expect(new Set(lengths).size).toBe(4)
  })

  test("needs somebody to be sealed to", async () => {
    await expect(seal("{}", [])).rejects.toThrow()
  })
})

test("only X25519 recipients are keys: no other kind, no identity, nothing that can't be sealed to", async () => {
  const { identity, recipient } = await somebody()
  expect(await isRecipient(recipient)).toBe(true)
  const hybrid = await identityToRecipient(await generateHybridIdentity())
  // Its point is nought, and every secret with it the same.
  const nought = "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"
  for (const wrong of [identity, hybrid, recipient.slice(0, -1), recipient.toUpperCase(), `${recipient.slice(0, -1)}q`, nought, "", "age1"]) {
    expect(await isRecipient(wrong), wrong).toBe(false)
  }
})
