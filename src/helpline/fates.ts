import { codeOf, type Log } from "../log.ts"
import { settle, type Fate, type Fated } from "../store/outbox.ts"
import type { Store } from "../store/pool.ts"

/** How long fates wait for a batch of turns to take them along. */
const GATHER_MS = 25
const BATCH = 512
const AGAIN_MS = 200
/** No wait is longer, whatever a provider says. */
const LONGEST_MS = 3600_000

/** What became of messages, until it is written down. Nobody waits for it, so it travels with the next batch of turns. */
export type Fates = {
  /** What became of a row that is held under this process's name. `handoff`: the chat whose words it carries. */
  readonly note: (row: { readonly id: string; readonly process: string; readonly handoff?: string | undefined }, fate: Fate) => void
  /** Whether a row's fate is noted and not yet written. */
  readonly has: (id: string) => boolean
  /** Hands over what is noted. Work that throws keeps it noted: a fate that is written twice changes nothing. */
  readonly ride: <T>(work: (fates: readonly Fated[]) => Promise<T>) => Promise<T>
  /** When every fate is written. */
  readonly idle: () => Promise<void>
}

export function createFates({
  store,
  log,
  sent,
}: {
  readonly store: Store
  readonly log: Log
  /** Told of chats once what became of their words is written. */
  readonly sent: (handoffs: readonly string[]) => Promise<void>
}): Fates {
  let noted: (Fated & { readonly handoff?: string | undefined })[] = []
  const unwritten = new Set<string>()
  let abroad = 0
  let timer: NodeJS.Timeout | undefined

  async function ride<T>(work: (fates: readonly Fated[]) => Promise<T>): Promise<T> {
    const batch = noted.slice(0, BATCH)
    noted = noted.slice(BATCH)
    abroad += 1
    try {
      const done = await work(batch)
      for (const { id } of batch) unwritten.delete(id)
      const handoffs = [...new Set(batch.flatMap(({ handoff }) => handoff ?? []))]
      if (handoffs.length > 0) void sent(handoffs).catch((cause: unknown) => log.loopFailed("notify", codeOf(cause)))
      return done
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
    note({ id, process, handoff }, fate) {
      noted.push({ id, process, fate: clean(fate), handoff })
      unwritten.add(id)
      schedule()
    },
    has: (id) => unwritten.has(id),
    ride,
    async idle() {
      while (noted.length > 0 || abroad > 0) {
        if (noted.length > 0) await flush()
        else await new Promise((resolve) => setTimeout(resolve, 1))
      }
    },
  }
}

/** Nothing that a provider says may keep the others' fates from being written. */
function clean(fate: Fate): Fate {
  return {
    ...fate,
    ...("afterMs" in fate && { afterMs: Number.isFinite(fate.afterMs) ? Math.min(Math.max(Math.round(fate.afterMs), 0), LONGEST_MS) : LONGEST_MS }),
    ...("code" in fate && { code: /^[\w.-]{1,40}$/.test(fate.code) ? fate.code : "unreadable" }),
    ...("providerId" in fate && { providerId: fate.providerId !== undefined && /^[\x20-\x7e]{1,2000}$/.test(fate.providerId) ? fate.providerId : undefined }),
  }
}
