import { randomBytes, scrypt, timingSafeEqual } from "node:crypto"
import type { Cover } from "../vault/cover.ts"
import { partsOf, type TypedCode } from "./reports-code.ts"

/** 32 MiB and some 85 ms for each try. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 } as const
const SALT = 16
const HASH = 32

/** What is kept of a code: where to look, and salt and hash that prove it. */
export type Keyhole = { readonly selector: string; readonly verifier: Uint8Array }
/** The same before its hash is computed: what goes into it. Only the intake has such, and not for long. */
export type BareKeyhole = { readonly selector: string; readonly proof: string }

/** Makes keyholes of codes, and tries codes on them. */
export type Proofs = ReturnType<typeof createProofs>

/**
 * A code is proven by scrypt over digits that went through the keyring's pepper first: who has the database alone can't even
 * begin to guess. One is computed at a time, so that somebody who guesses costs the house one core and 32 MiB and no more.
 */
export function createProofs(cover: Cover) {
  let last: Promise<unknown> = Promise.resolve()

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

  return {
    selectorOf,
    bare,
    hardened,

    /** When nothing is being computed any more. */
    async idle(): Promise<void> {
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
