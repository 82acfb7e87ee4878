import { randomBytes, scrypt, timingSafeEqual } from "node:crypto"
import type { Cover } from "../vault/cover.ts"
import { freshCode, partsOf, type TypedCode } from "./reports-code.ts"

/** 32 MiB and some 85 ms for each try. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 } as const
const SALT = 16
const HASH = 32

/** How many codes are made ready beforehand. */
const READY = 4

/** What is kept of a code: where to look, and salt and hash that prove it. */
export type Keyhole = { readonly selector: string; readonly verifier: Uint8Array }

/** Makes codes and tries them. */
export type Proofs = ReturnType<typeof createProofs>

/**
 * A code is proven by scrypt over digits that went through the keyring's pepper first: who has the database alone can't even
 * begin to guess. One is computed at a time, so that somebody who guesses costs the house one core and 32 MiB and no more.
 */
export function createProofs(cover: Cover) {
  const ready = new Map<string, Keyhole>()
  let last: Promise<unknown> = Promise.resolve()
  let peeked: string | undefined
  let making: Promise<void> | undefined

  function hashed(proof: string, salt: Uint8Array): Promise<Uint8Array> {
    const turn = last.then(
      () =>
        new Promise<Uint8Array>((resolve, reject) =>
          scrypt(cover.lookup("case/proof", proof), salt, HASH, COST, (failure, hash) => (failure === null ? resolve(hash) : reject(failure))),
        ),
    )
    last = turn.catch(() => {})
    return turn
  }

  const selectorOf = ({ selector }: TypedCode) => cover.lookup("case/selector", selector)

  async function keyholeFor(code: string): Promise<Keyhole> {
    const parts = partsOf(code)
    const salt = randomBytes(SALT)
    return { selector: selectorOf(parts), verifier: Buffer.concat([salt, await hashed(parts.proof, salt)]) }
  }

  async function makeReady(): Promise<void> {
    while (ready.size < READY) {
      const code = freshCode()
      ready.set(code, await keyholeFor(code))
    }
  }

  return {
    selectorOf,
    keyholeFor,

    /** A code for whoever files in this turn; the same one until it is spent. */
    peek(): string {
      return (peeked ??= ready.keys().next().value ?? freshCode())
    },

    /** Nobody else is offered this code. Gives back its keyhole, if that is ready. */
    spend(code: string): Keyhole | undefined {
      const keyhole = ready.get(code)
      ready.delete(code)
      if (peeked === code) peeked = undefined
      return keyhole
    },

    /** Begins to make codes ready. */
    prepare(): void {
      making ??= makeReady().finally(() => (making = undefined))
    },

    /** When nothing is being computed any more. */
    async idle(): Promise<void> {
      await making
      await last
    },

    /** Which of some keyholes a code opens. With none to try it takes as long as with one. */
    async opens<K extends { readonly verifier: Uint8Array }>({ proof }: TypedCode, keyholes: readonly K[]): Promise<K | undefined> {
      if (keyholes.length === 0) await hashed(proof, randomBytes(SALT))
      let found: K | undefined
      for (const keyhole of keyholes) {
        const hash = await hashed(proof, keyhole.verifier.subarray(0, SALT))
        if (timingSafeEqual(hash, keyhole.verifier.subarray(SALT))) found = keyhole
      }
      return found
    },
  }
}
