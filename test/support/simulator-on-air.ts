import { simulatorChannel as real } from "../../src/bots/simulator.ts"
import type { Channel, Sent } from "../../src/helpline/channel.ts"
import { parent } from "./parent.ts"

export { simulatorGet, simulatorPost } from "../../src/bots/simulator.ts"

/** The simulator's channel; what it sends goes through the air of whoever started this process. */
export function simulatorChannel(...parts: Parameters<typeof real>): Channel {
  const channel = real(...parts)
  return {
    ...channel,
    async send(outgoing) {
      const mishap = (await parent("mishap", outgoing.id)) as Sent | undefined
      if (mishap !== undefined) return mishap
      const sent = await channel.send(outgoing)
      await parent("arrived", outgoing.conversationId, outgoing.id, outgoing.rendered.text)
      return sent
    },
  }
}
