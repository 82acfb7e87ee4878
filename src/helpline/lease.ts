import { randomUUID } from "node:crypto"
import { beat, enrol } from "../store/outbox.ts"
import type { Store } from "../store/pool.ts"

/** A process that hasn't said for this long that it lives is dead, and what it held is free. */
export const LEASE_MS = 6000
/** Between the last look at the lease and the last byte of a send. */
const MARGIN_MS = 1000

/** The name under which this process holds rows, and whether it may still act on them. */
export type Lease = {
  readonly name: () => string
  /** Whether nobody can have taken what is held here. Kept by a clock that nobody sets, from before the asking. */
  readonly holds: () => boolean
  /** Says that this process lives. When that came too late, it goes on under a new name and tells `lost` the old one. */
  readonly renew: () => Promise<void>
}

/**
 * @param elapsed milliseconds of a clock that nobody sets
 * @param lost what was held under this name may be in other hands by now
 */
export function createLease({ store, elapsed, lost }: { readonly store: Store; readonly elapsed: () => number; readonly lost: (name: string) => Promise<void> }): Lease {
  let name = randomUUID() as string
  let enrolled = false
  let until = Number.NEGATIVE_INFINITY
  let renewing: Promise<void> | undefined

  async function once(): Promise<void> {
    const asked = elapsed()
    if (enrolled && !(await beat(store.pool, name, LEASE_MS))) {
      const old = name
      name = randomUUID()
      enrolled = false
      await lost(old)
    }
    if (!enrolled) await enrol(store.pool, name, LEASE_MS)
    enrolled = true
    until = asked + LEASE_MS - MARGIN_MS
  }

  return {
    name: () => name,
    holds: () => elapsed() < until,
    // Two that ask at once must not both take a new name: what came under the first would be nobody's.
    renew: () => (renewing ??= once().finally(() => (renewing = undefined))),
  }
}
