import type { Channel, Sent } from "../../src/helpline/channel.ts"

/** A message that reached a phone of the simulator. */
export type Arrival = { readonly n: number; readonly conversationId: string; readonly outboxId: string; readonly text: string; readonly at: number }

/** Between the houses and the phones of the simulator: all that arrived, in order, and what goes wrong on the way. */
export const air = {
  arrivals: [] as Arrival[],
  /** What becomes of the next sends instead; a word that is on its way may be lost without anybody knowing. */
  mishaps: [] as (Sent & { readonly status: "retry" | "refused" | "unknown" })[],
  /** When the last send of an outbox row came to nothing. */
  lost: new Map<string, number>(),
  clear() {
    air.arrivals = []
    air.mishaps = []
    air.lost.clear()
  },
}

/** A channel whose messages go through the air. A phone shows a message that comes twice once. */
export function onAir(channel: Channel): Channel {
  return {
    ...channel,
    async send(outgoing) {
      const mishap = air.mishaps.shift()
      if (mishap !== undefined) {
        air.lost.set(outgoing.id, performance.now())
        return mishap
      }
      const sent = await channel.send(outgoing)
      const { id, conversationId, rendered } = outgoing
      if (!air.arrivals.some(({ outboxId }) => outboxId === id)) {
        air.arrivals.push({ n: air.arrivals.length, conversationId, outboxId: id, text: rendered.text, at: performance.now() })
      }
      return sent
    },
  }
}
