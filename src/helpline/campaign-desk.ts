import { countCampaign } from "../store/campaign-figures.ts"
import type { Deed } from "../store/audit.ts"
import { setSwitch, switches, type SwitchState } from "../store/campaign-switch.ts"
import type { Store } from "../store/pool.ts"
import { figuresOf, type CampaignFigures } from "./campaign-figures.ts"
import type { Announced } from "./campaign-events.ts"
import type { Campaigns } from "./campaigns.ts"

/** Why a campaign can't be switched: there is none of that name, or it was stopped for good. */
export type SwitchRefused = "gone" | "stopped"

/** What organisers do with campaigns: see how they stand, and switch them. */
export type CampaignDesk = {
  /** How each campaign is switched. */
  readonly states: () => Promise<Readonly<Record<string, SwitchState>>>
  /** What can be told of one; nothing of one that isn't there. What it says is a minute old at most. */
  readonly figures: (campaign: string) => Promise<CampaignFigures | undefined>
  /** Switches one, for everybody, at once. What is stopped stays stopped. It is written down. */
  readonly turn: (staffId: string, campaign: string, state: SwitchState) => Promise<SwitchRefused | undefined>
}

/** Counting a million people's days takes a while, and several may look. */
const FRESH_MS = 60_000

export function createCampaignDesk({
  store: { pool },
  campaigns: { plans, look },
  announced,
  now,
  writes,
}: {
  readonly store: Store
  readonly campaigns: Pick<Campaigns, "plans" | "look">
  /** Its events that are still to come. */
  readonly announced: (campaign: string) => Promise<readonly Announced[]>
  readonly now: () => number
  readonly writes: (deed: Deed) => Promise<void>
}): CampaignDesk {
  const counted = new Map<string, { readonly at: number; readonly figures: Promise<CampaignFigures> }>()
  const planned = (campaign: string) => plans.find(({ id }) => id === campaign)

  return {
    async states() {
      const known = await switches(pool)
      return Object.fromEntries(plans.map(({ id }) => [id, known.get(id) ?? "running"]))
    },

    async figures(campaign) {
      const plan = planned(campaign)
      if (plan === undefined) return undefined
      const before = counted.get(campaign)
      if (before !== undefined && now() - before.at < FRESH_MS) return before.figures
      const figures = Promise.all([countCampaign(pool, campaign), announced(campaign)]).then(([counts, events]) => figuresOf(counts, plan.days, events))
      counted.set(campaign, { at: now(), figures })
      figures.catch(() => counted.delete(campaign))
      return figures
    },

    async turn(staffId, campaign, state) {
      if (planned(campaign) === undefined) return "gone"
      if (!(await setSwitch(pool, campaign, state, new Date(now())))) return "stopped"
      await look()
      await writes({ staffId, what: `campaign-${state}`, reason: campaign })
      return undefined
    },
  }
}
