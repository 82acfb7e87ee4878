import type { Conversation } from "../flows/conversation.ts"
import type { Rendered } from "../locales/render.ts"
import { pendingOf } from "../store/outbox.ts"
import type { Store } from "../store/pool.ts"
import { isOnPhone, phoneMessages, putOnPhone, shelvedState } from "../store/shelves.ts"
import type { Cover } from "../vault/cover.ts"

/** The simulator's phones: what they received, covered at rest like everything else. */
export type Phone = {
  readonly put: (outboxId: string, conversationId: string, rendered: Rendered) => Promise<void>
  /** Whether it was put there. */
  readonly has: (outboxId: string) => Promise<boolean>
  readonly look: (
    address: string,
    after: bigint,
  ) => Promise<{
    readonly messages: readonly { readonly id: number; readonly text: string; readonly choices: Rendered["choices"]; readonly at: string }[]
    readonly pending: number
    /** Flow and state; empty when nobody has written yet. */
    readonly place: string
    readonly language: string
  }>
}

export function createPhone(store: Store, cover: Cover): Phone {
  return {
    async put(outboxId, conversationId, { text, choices }) {
      await putOnPhone(store, outboxId, conversationId, cover.close("simulator", JSON.stringify({ text, choices })))
    },
    has: (outboxId) => isOnPhone(store, outboxId),
    async look(address, after) {
      const id = cover.lookup("simulator", address)
      // Pending first: a message that leaves in between is seen twice over rather than not at all.
      const pending = await pendingOf(store.pool, id)
      const [rows, state] = await Promise.all([phoneMessages(store, id, after), shelvedState(store, id)])
      const conversation = state === undefined ? undefined : (JSON.parse(cover.open("state", state)) as Conversation)
      return {
        messages: rows.map((row) => ({
          id: Number(row.id),
          ...(JSON.parse(cover.open("simulator", row.content)) as Pick<Rendered, "text" | "choices">),
          at: row.at.toISOString(),
        })),
        pending,
        place: conversation?.place ?? "",
        language: conversation?.language ?? "",
      }
    },
  }
}
