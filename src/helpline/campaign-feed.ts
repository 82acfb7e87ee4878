import type { Language, Shape } from "../flows/effect.ts"
import { codeOf, type Log } from "../log.ts"
import { carryFates, holdDays, nameOf, skipDays, skipOver, takeDue, type DayKey, type DueRow } from "../store/campaign-days.ts"
import type { Store } from "../store/pool.ts"
import type { Cover } from "../vault/cover.ts"
import type { Campaigns, Plan } from "./campaigns.ts"
import type { ChannelName, Template } from "./channel.ts"
import type { Delivery } from "./deliver.ts"
import type { Receive } from "./receive.ts"

/** At once, so that a pause finds little under way. */
const PORTION = 1000
/** Handed over together: uncovering them all at once would keep the processor from whoever writes. */
const TOGETHER = 25
/** Whoever was busy is asked again after so long. */
const HELD_MS = 5 * 60_000
/** Rows in one statement. */
const SKIPPED = 20_000

type Where = { readonly address: string; readonly shape: Shape }

/** Brings what is due to those it is for, as fast as their channels carry it. Each step can be taken by hand. */
export type Feed = ReturnType<typeof createFeed>

export function createFeed({
  store,
  cover,
  campaigns,
  delivery,
  receive,
  log,
  now,
}: {
  readonly store: Store
  readonly cover: Cover
  readonly campaigns: Campaigns
  readonly delivery: Pick<Delivery, "room" | "recall" | "channels">
  readonly receive: Receive
  readonly log: Log
  readonly now: () => number
}) {
  const { pool } = store

  /** Brings as much as can leave in the next seconds; tells how many rows it took. */
  async function feedDue(): Promise<number> {
    await campaigns.look()
    delivery.recall()
    let taken = 0
    for (const plan of campaigns.plans.filter(({ id }) => campaigns.halted(id) === undefined)) {
      for (const channel of delivery.channels) {
        const room = Math.min(delivery.room(channel), PORTION)
        if (room > 0) taken += await feed(plan, channel, await takeDue(pool, plan.id, channel, new Date(now()), room))
      }
    }
    return taken
  }

  async function feed(plan: Plan, channel: ChannelName, rows: readonly DueRow[]): Promise<number> {
    const held: DayKey[] = []
    const skipped: { readonly key: DayKey; readonly why: string }[] = []
    for (let from = 0; from < rows.length; from += TOGETHER) {
      await Promise.all(
        rows.slice(from, from + TOGETHER).map(async (row) => {
          const became = await bring(plan, channel, row)
          if (became === "held") held.push(row)
          else if (became !== "done") skipped.push({ key: row, why: became })
        }),
      )
    }
    if (held.length > 0) await holdDays(pool, held, new Date(now() + HELD_MS))
    if (skipped.length > 0)
      await skipDays(
        pool,
        skipped.map(({ key }) => key),
        skipped.map(({ why }) => why),
      )
    return rows.length
  }

  /** Brings one action; tells whether it is to be held, or why it can't be sent. */
  async function bring(plan: Plan, channel: ChannelName, row: DueRow): Promise<"done" | "held" | "unreadable" | "other-channel" | "no-template" | "failed"> {
    const where = uncovered(row.where)
    if (where === undefined) return "unreadable"
    const { day, reminder, returns, neutral, country } = row
    const language = row.language as Language
    let template: Template | undefined
    // A day after her last word, WhatsApp takes only what it has approved, and nothing of this kind to numbers of the United States.
    if (channel === "whatsapp" && !row.spoke) {
      if (/^(whatsapp:)?\+1/.test(where.address)) return "other-channel"
      template = plan.template?.(day, language, neutral)
      if (template === undefined) return "no-template"
    }
    try {
      const received = await receive({
        channel,
        ...where,
        country,
        language,
        deliveryId: `action:${plan.id}:${nameOf(row)}${returns > 0 ? `:${returns}` : ""}`,
        heard: { type: "action", campaign: plan.id, day, reminder, neutral },
        action: {
          key: { participantId: row.participantId, day, reminder },
          bulk: { campaign: plan.id, until: row.until.getTime(), ...(template && { template }) },
        },
      })
      return received === "held" || received === "failed" ? received : "done"
    } catch (cause) {
      // It comes again in a minute.
      log.loopFailed("feed", codeOf(cause))
      return "done"
    }
  }

  function uncovered(content: Uint8Array): Where | undefined {
    try {
      return JSON.parse(cover.open("leaving", content)) as Where
    } catch {
      return undefined
    }
  }

  return {
    feedDue,
    /** Carries what became of messages to the ledger; tells how many. */
    carry: () => carryFates(pool),
    /** Skips what nobody took in its time; tells how many. */
    async skipOver(): Promise<number> {
      let all = 0
      for (let some = SKIPPED; some === SKIPPED; all += some) some = await skipOver(pool, new Date(now()), delivery.channels, SKIPPED)
      return all
    },
  }
}
