import type { CampaignFacts } from "../flows/campaign-shapes.ts"
import { countGuests, guestsAmong } from "../store/event-guests.ts"
import type { Store } from "../store/pool.ts"
import type { Cover } from "../vault/cover.ts"
import type { EventFile } from "./event-file.ts"

/** What of an event stands for everybody. */
export type Announced = {
  readonly event: EventFile
  /** How many say they come, in fives; nothing below five. */
  readonly count?: number | undefined
}

/** Fewer could be somebody. */
const STEP = 5

/** What somebody is counted by at an event: always the same, and without the keyring nothing leads from it to her or to another event. */
export function guestToken(cover: Pick<Cover, "lookup">, event: string, conversationId: string): string {
  return cover.lookup(`event:${event}`, conversationId)
}

/** Events that are still to come, and how many say they come: counted, and nobody listed. */
export function createEvents({
  store: { pool },
  cover,
  events,
  now,
}: {
  readonly store: Pick<Store, "pool">
  readonly cover: Pick<Cover, "lookup">
  readonly events: readonly EventFile[]
  readonly now: () => number
}) {
  const coming = () => events.filter(({ begins }) => begins > now())

  /** Of these people, who says she comes to what. */
  async function facts(conversations: readonly string[]): Promise<(conversation: string) => Pick<CampaignFacts, "events">> {
    const open = coming()
    if (open.length === 0) return () => ({})
    const tokens = conversations.flatMap((conversation) => open.map(({ id }) => guestToken(cover, id, conversation)))
    const [counts, known] = await Promise.all([
      countGuests(
        pool,
        open.map(({ id }) => id),
      ),
      guestsAmong(pool, tokens),
    ])
    return (conversation) => ({ events: open.map(({ id }) => ({ id, count: inFives(counts.get(id)), comes: known.has(guestToken(cover, id, conversation)) })) })
  }

  /** What is announced for a campaign and still to come, the next first. */
  async function announced(campaign: string): Promise<readonly Announced[]> {
    const open = coming()
      .filter((event) => event.campaign === campaign)
      .toSorted((a, b) => a.begins - b.begins)
    const counts = await countGuests(
      pool,
      open.map(({ id }) => id),
    )
    return open.map((event) => ({ event, count: inFives(counts.get(event.id)) }))
  }

  return {
    facts,
    announced,
    /** All that a conversation may be counted by, for erasing it. */
    tokensOf: (conversation: string): readonly string[] => events.map(({ id }) => guestToken(cover, id, conversation)),
  }
}

function inFives(count = 0): number | undefined {
  return count < STEP ? undefined : count - (count % STEP)
}
