import { codeOf, type Log } from "../log.ts"
import { settle, type Fate, type Fated } from "../store/outbox.ts"
import type { Store } from "../store/pool.ts"

/** How long fates wait for a batch of turns to take them along. */
const GATHER_MS = 25
const BATCH = 512
const AGAIN_MS = 200

/** What became of messages, until it is written down. Nobody waits for it, so it travels with the next batch of turns. */
export type Fates = {
  readonly note: (id: string, fate: Fate) => void
  /** Hands over what is noted; work that throws has written none of it. */
  readonly ride: <T>(work: (fates: readonly Fated[]) => Promise<T>) => Promise<T>
  /** When every fate is written. */
  readonly idle: () => Promise<void>
}

export function createFates({ store, log }: { readonly store: Store; readonly log: Log }): Fates {
  let noted: Fated[] = []
  let abroad = 0
  let timer: NodeJS.Timeout | undefined

  async function ride<T>(work: (fates: readonly Fated[]) => Promise<T>): Promise<T> {
    const batch = noted.slice(0, BATCH)
    noted = noted.slice(BATCH)
    abroad += 1
    try {
      return await work(batch)
    } catch (cause) {
      // Fates that can't be written are kept: forgetting that something was sent would send it twice.
      noted = [...batch, ...noted]
      schedule()
      throw cause
    } finally {
      abroad -= 1
    }
  }

  function schedule(): void {
    if (noted.length > 0) timer ??= setTimeout(() => void flush(), GATHER_MS)
  }

  /** No turn came by: they are written by themselves. */
  async function flush(): Promise<void> {
    clearTimeout(timer)
    while (noted.length > 0) {
      try {
        await ride((fates) => settle(store.pool, fates))
      } catch (cause) {
        log.loopFailed("settle", codeOf(cause))
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
      }
    }
    timer = undefined
  }

  return {
    note(id, fate) {
      noted.push({ id, fate })
      schedule()
    },
    ride,
    async idle() {
      while (noted.length > 0 || abroad > 0) {
        if (noted.length > 0) await flush()
        else await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}
