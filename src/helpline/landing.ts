import type { GiftStep } from "../flows/campaign-shapes.ts"
import { nameOf, lockDays, queueDays, type DayKey } from "../store/campaign-days.ts"
import { landAtDesk } from "../store/desk-turns.ts"
import type { HandoffWaits } from "../store/handoff-row.ts"
import { giveBack } from "../store/outbox.ts"
import { takePart, type PartClock, type PartStep } from "../store/participants.ts"
import type { Store } from "../store/pool.ts"
import type { Care } from "../store/seats.ts"
import { inTransaction } from "../store/transaction.ts"
import { landTurns, type Landing } from "../store/turns.ts"
import type { Fates } from "./fates.ts"
import type { Entry } from "./reports-intake.ts"
import type { Reports } from "./reports.ts"

/** What lands with a conversation's turns, beside what every turn has. */
export type Beside = {
  readonly entries: readonly Entry[]
  readonly parts: readonly PartStep[]
  readonly gifts: readonly GiftStep[]
  /** Actions of campaigns that it was brought, each with the message that carries it. */
  readonly actions: readonly (DayKey & { readonly outboxId: string })[]
}

/** Writes what somebody gives to campaigns, in the transaction that her turn lands in. */
export type TakeGifts = (client: Parameters<typeof takePart>[0], conversationId: string, steps: readonly GiftStep[]) => Promise<void>

/** What has landed, and which actions were no longer waited for: their turns landed nowhere. */
export type Landed = { readonly landed: ReadonlyMap<string, { readonly held: boolean }>; readonly gone: ReadonlySet<string> }

const NOTHING_GONE: ReadonlySet<string> = new Set()

/** Writes what a batch of turns has come to: in one statement, or in one transaction where more than conversations is concerned. */
export function createLanding({
  store,
  fates,
  reports,
  ...parts
}: {
  readonly store: Store
  readonly now: () => number
  readonly fates: Fates
  readonly waits: HandoffWaits
  readonly care: Care
  readonly reports: Pick<Reports, "takeIn">
  readonly clockOf: (campaign: string) => PartClock | undefined
  readonly takeGifts: TakeGifts
}) {
  /** Rows of landings whose answer never came. */
  const doubtful: { readonly process: string; readonly ids: readonly string[] }[] = []
  let freeing: Promise<void> | undefined

  async function land(landings: readonly Landing[], besideOf: (id: string) => Beside | undefined, process: string): Promise<Landed> {
    const besides = landings.flatMap((landing) => {
      const beside = besideOf(landing.id)
      return beside === undefined || beside.entries.length + beside.parts.length + beside.gifts.length + beside.actions.length === 0 ? [] : [{ ...beside, id: landing.id }]
    })
    try {
      return await fates.ride(async (written) => {
        if (besides.length === 0 && landings.every(({ desk }) => desk.length === 0)) return { landed: await landTurns(store.pool, landings, written, process), gone: NOTHING_GONE }
        return inTransaction(store.pool, async (client) => {
          const { waits, care } = parts
          const now = new Date(parts.now())
          const actions = besides.flatMap((beside) => beside.actions)
          const waited = actions.length === 0 ? NOTHING_GONE : await lockDays(client, actions)
          const gone = new Set(actions.map(nameOf).filter((name) => !waited.has(name)))
          const tooLate = new Set(besides.filter((beside) => beside.actions.some((action) => gone.has(nameOf(action)))).map(({ id }) => id))
          const possible = landings.filter(({ id }) => !tooLate.has(id))
          const landed = await landAtDesk(client, possible, written, process, { waits, care, now })
          const here = besides.filter(({ id }) => landed.has(id))
          for (const { id, parts: steps } of here) await takePart(client, id, steps, parts.clockOf, now)
          for (const { id, gifts } of here) if (gifts.length > 0) await parts.takeGifts(client, id, gifts)
          const queued = here.flatMap((beside) => beside.actions)
          if (queued.length > 0) await queueDays(client, queued)
          const entries = here.flatMap((beside) => beside.entries)
          // Last, as nobody who holds the intake may wait for anything else.
          if (entries.length > 0) await reports.takeIn(client, entries)
          return { landed, gone }
        })
      })
    } catch (cause) {
      // No answer of PostgreSQL's: the commit may have come through. Then its rows stand under our name, and not in our hands.
      if (!isAnswer(cause)) doubtful.push({ process, ids: landings.flatMap(({ outbox }) => outbox.map(({ id }) => id)) })
      throw cause
    }
  }

  /** Gives back what a landing whose answer got lost may have left behind, before anything is taken after it. Once: given back, it may be in hand again. */
  async function freeDoubtful(): Promise<void> {
    for (let [one] = doubtful; one !== undefined; [one] = doubtful) await (freeing ??= free(one).finally(() => (freeing = undefined)))
  }

  async function free({ ids, process }: { readonly ids: readonly string[]; readonly process: string }): Promise<void> {
    await giveBack(store.pool, ids, process)
    doubtful.shift()
  }

  return { land, freeDoubtful }
}

/** Whether PostgreSQL itself said no, so that nothing was written; any other failure leaves that open. */
export function isAnswer(cause: unknown): boolean {
  const { code, severity } = cause as { code?: unknown; severity?: unknown }
  return typeof code === "string" && typeof severity === "string" && !/^(57P|08)/.test(code)
}
