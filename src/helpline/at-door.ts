import type { Store } from "../store/pool.ts"
import { loadTurns, type Shelved } from "../store/turns.ts"
import type { Incoming, Received } from "./receive.ts"
import { isTyped, type CodeInText } from "./reports-code.ts"
import type { Reports } from "./reports.ts"

/** Where deliveries with a case code in them wait until it has been tried, and what the same contact writes next with them. */
export function createAtDoor({
  store,
  reports,
  numberAskedAbout,
  earlier,
  enqueue,
}: {
  readonly store: Store
  readonly reports: Pick<Reports, "codeIn" | "open">
  /** The number that somebody is asked about where she is, if she is asked. */
  readonly numberAskedAbout: (id: string, shelved: Shelved | undefined) => string | undefined
  /** When all that this contact sent before is through. */
  readonly earlier: (id: string) => Promise<unknown>
  readonly enqueue: (id: string, key: string, incoming: Incoming) => Promise<Received>
}) {
  const waiting = new Map<string, Promise<unknown>>()

  /** Takes a delivery that has to wait; nothing for any other. */
  function take(id: string, key: string, incoming: Incoming): Promise<Received> | undefined {
    const before = waiting.get(id)
    const typed = reports.codeIn(incoming.heard)
    if (before === undefined && typed === undefined) return undefined
    const turn = (before ?? Promise.resolve()).catch(() => {}).then(async () => enqueue(id, key, typed === undefined ? incoming : await withoutDigits(id, key, incoming, typed)))
    waiting.set(id, turn)
    const gone = () => void (waiting.get(id) === turn && waiting.delete(id))
    turn.then(gone, gone)
    return turn
  }

  /** The same delivery with what the digits are in their place. */
  async function withoutDigits(id: string, key: string, incoming: Incoming, { code, beside }: CodeInText): Promise<Incoming> {
    // Where she stands decides what they are to her.
    await earlier(id)
    const [loaded] = await loadTurns(store.pool, [{ id, key }])
    const number = numberAskedAbout(id, loaded?.shelved)
    const held = number !== undefined && isTyped(code, number)
    // A copy of what was taken already is no second try, nor is a number that can't lead anywhere yet.
    const opened = loaded?.known === true || held ? "unknown" : await reports.open(id, code)
    const under = incoming.heard.type === "media" ? { media: true as const, ...(incoming.heard.files && { files: incoming.heard.files }) } : {}
    return { ...incoming, heard: { type: "case", opened, ...(beside !== undefined && { beside }), ...(held && { held }), ...under } }
  }

  return {
    take,
    async idle() {
      while (waiting.size > 0) await Promise.allSettled(waiting.values())
    },
  }
}
