import { createHmac, randomBytes } from "node:crypto"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { createCover, type Purpose } from "../../src/vault/cover.ts"

const key = (number: number) => ({ number, key: Uint8Array.from({ length: 32 }, (_, n) => (n * 7 + number) & 255) })
const pepper = Uint8Array.from({ length: 32 }, (_, n) => n)
const cover = createCover({ pepper, keys: [key(1)] })
const text = fc.string({ unit: "grapheme", maxLength: 500 })
const purpose = fc.constantFrom<Purpose>("state", "leaving", "heard", "simulator")

describe("a cover", () => {
  test("opens to the text it was made of, and to nothing else", () => {
    fc.assert(
      fc.property(text, purpose, (said, why) => {
        expect(cover.open(why, cover.close(why, said))).toBe(said)
      }),
    )
  })

  test("never looks the same twice, and never shows its text", () => {
    const covers = Array.from({ length: 2000 }, () => Buffer.from(cover.close("state", "he reads my phone")).toString("latin1"))
    expect(new Set(covers.map((bytes) => bytes.slice(1, 25))).size).toBe(covers.length)
    expect(covers.some((bytes) => bytes.includes("phone"))).toBe(false)
  })

  test("doesn't open when one bit of it was changed, or its end is missing", () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(7), (said, where, bit) => {
        const covered = Uint8Array.from(cover.close("state", said))
        const at = where % covered.length
        covered[at] = (covered[at] ?? 0) ^ (1 << bit)
        expect(() => cover.open("state", covered)).toThrow()
        covered[at] = (covered[at] ?? 0) ^ (1 << bit)
        expect(() => cover.open("state", covered.subarray(0, at))).toThrow()
        expect(cover.open("state", covered)).toBe(said)
      }),
    )
  })

  test("made for one purpose doesn't open for another", () => {
    const covered = cover.close("state", "x")
    for (const other of ["leaving", "heard", "simulator"] as const) expect(() => cover.open(other, covered)).toThrow()
  })

  test("of an older key still opens after a newer one was added, and new ones are made with the newer", () => {
    const both = createCover({ pepper, keys: [key(2), key(1)] })
    expect(both.open("state", cover.close("state", "old"))).toBe("old")
    expect(both.close("state", "new")[0]).toBe(2)
    expect(() => cover.open("state", both.close("state", "new"))).toThrow("doesn't hold")
  })
})

test("a contact's name is HMAC-SHA-256 under the pepper, cut to a UUID of version 8", () => {
  fc.assert(
    fc.property(text, (address) => {
      const hex = createHmac("sha256", pepper).update(`sms\0${address}`).digest("hex")
      expect(cover.lookup("sms", address)).toBe(`${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`)
    }),
  )
  expect(createCover({ pepper: randomBytes(32), keys: [key(1)] }).lookup("sms", "x")).not.toBe(cover.lookup("sms", "x"))
})
