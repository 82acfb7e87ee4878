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
/** The same before its hash is computed: what goes into it. Only the intake has such, and not for long. */
export type BareKeyhole = { readonly selector: string; readonly proof: string }

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

  const peppered = ({ proof }: TypedCode) => cover.lookup("case/proof", proof)

  function hashed(secret: string, salt: Uint8Array): Promise<Uint8Array> {
    const turn = last.then(
      () => new Promise<Uint8Array>((resolve, reject) => scrypt(secret, salt, HASH, COST, (failure, hash) => (failure === null ? resolve(hash) : reject(failure)))),
    )
    last = turn.catch(() => {})
    return turn
  }

  const selectorOf = ({ selector }: TypedCode) => cover.lookup("case/selector", selector)

  /** A keyhole at once; its hash is computed later. */
  function bare(code: string): BareKeyhole {
    const parts = partsOf(code)
    return { selector: selectorOf(parts), proof: peppered(parts) }
  }

  /** The keyhole that lasts. */
  async function hardened({ selector, proof }: BareKeyhole): Promise<Keyhole> {
    const salt = randomBytes(SALT)
    return { selector, verifier: Buffer.concat([salt, await hashed(proof, salt)]) }
  }

  async function makeReady(): Promise<void> {
    while (ready.size < READY) {
      const code = freshCode()
      ready.set(code, await hardened(bare(code)))
    }
  }

  return {
    selectorOf,
    bare,
    hardened,

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

    /** Which of some keyholes a code opens. With none to try, or none but bare ones, it takes as long as with one. */
    async opens<K extends { readonly keyhole: Keyhole | BareKeyhole }>(code: TypedCode, keyholes: readonly K[]): Promise<K | undefined> {
      const secret = peppered(code)
      if (keyholes.every(({ keyhole }) => "proof" in keyhole)) await hashed(secret, randomBytes(SALT))
      let found: K | undefined
      for (const one of keyholes) {
        const { keyhole } = one
        if ("proof" in keyhole) {
          if (timingSafeEqual(Buffer.from(keyhole.proof), Buffer.from(secret))) found = one
        } else if (timingSafeEqual(await hashed(secret, keyhole.verifier.subarray(0, SALT)), keyhole.verifier.subarray(SALT))) found = one
      }
      return found
    },
  }
}
