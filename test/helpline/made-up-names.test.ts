import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { madeUpName } from "../../src/helpline/made-up-names.ts"

const COUNT = 64 * 96
const all = Array.from({ length: COUNT }, (_, place) => madeUpName(place))
const adjectives = [...new Set(all.map((name) => name.split(" ")[0] ?? ""))]
const animals = [...new Set(all.map((name) => name.split(" ")[1] ?? ""))]

describe("made-up names", () => {
  test("are 64 adjectives by 96 animals, each reached", () => {
    expect(adjectives).toHaveLength(64)
    expect(animals).toHaveLength(96)
    expect(new Set(all).size).toBe(COUNT)
    for (const name of all) expect(name).toMatch(/^[a-z]{3,12} [a-z]{3,12}$/)
  })

  test("come of any chance at all", () => {
    const known = new Set(all)
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => known.has(madeUpName(bytes))))
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0)), (number) => known.has(madeUpName(number))),
    )
  })

  test("are the same for the same chance, as bytes or as the number that they write", () => {
    fc.assert(fc.property(fc.nat(0xffff_ffff), (number) => madeUpName(Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number)) === madeUpName(number)))
  })

  test("are all equally likely: of all two-byte values each takes its share, but for one", () => {
    const counts = new Map<string, number>()
    for (let value = 0; value < 0x1_0000; value++) {
      const name = madeUpName(Uint8Array.of(value >>> 8, value))
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    expect(new Set(counts.values())).toEqual(new Set([10, 11]))
    expect(counts.size).toBe(COUNT)
  })

  test("can be told apart when they are read aloud", () => {
    for (const words of [adjectives, animals]) {
      for (const [place, word] of words.entries()) for (const other of words.slice(place + 1)) expect(apart(word, other), `${word} and ${other}`).toBeGreaterThan(2)
    }
    expect(adjectives.filter((word) => animals.includes(word))).toEqual([])
  })

  test("hold no word that hurts, takes sides or is somebody's name", () => {
    const unfit =
      /^(black|white|brown|dark|pale|fair|red|green|blue|orange|saffron|holy|wild|fat|slow|lazy|silly|crazy|blind|lame|hunting|pig|dog|cow|donkey|monkey|ape|snake|rat|lion|tiger|elephant|eagle|lamb|owl|vixen|bitch|cougar|amber|ruby|hazel|robin|raven|martin|drake|jay)$/
    for (const word of [...adjectives, ...animals]) expect(word).not.toMatch(unfit)
  })
})

/** How many letters must change to make one word of the other. */
function apart(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, place) => place)
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1]
    for (const [place, other] of [...to].entries()) next.push(Math.min((next[place] ?? 0) + 1, (row[place + 1] ?? 0) + 1, (row[place] ?? 0) + (letter === other ? 0 : 1)))
    row = next
  }
  return row.at(-1) ?? 0
}
