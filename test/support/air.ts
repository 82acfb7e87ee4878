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
  /** What becomes of a send instead. */
  mishap(outboxId: string): Sent | undefined {
    const mishap = air.mishaps.shift()
    if (mishap !== undefined) air.lost.set(outboxId, performance.now())
    return mishap
  },
  /** A message has arrived. A phone shows one that comes twice once. */
  arrived(conversationId: string, outboxId: string, text: string): void {
    if (air.arrivals.some((one) => one.outboxId === outboxId)) return
    air.arrivals.push({ n: air.arrivals.length, conversationId, outboxId, text, at: performance.now() })
  },
}

/** A channel of this process whose messages go through the air. */
export function onAir(channel: Channel): Channel {
  return {
    ...channel,
    async send(outgoing) {
      const mishap = air.mishap(outgoing.id)
      if (mishap !== undefined) return mishap
      const sent = await channel.send(outgoing)
      air.arrived(outgoing.conversationId, outgoing.id, outgoing.rendered.text)
      return sent
    },
  }
}
