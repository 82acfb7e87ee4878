import type pg from "pg"
import { longLook } from "./long-look.ts"

/** How many rows of the ledger are alike. `did`: what people say they did with it. */
export type LedgerCount = {
  readonly day: number
  readonly channel: string
  readonly language: string
  readonly status: string
  readonly why: string | null
  readonly did: string | null
  readonly count: number
}
/** How many are counted whose rows are erased: a status with its reason (`skipped:late`), `done`, `left`. */
export type KeptCount = Pick<LedgerCount, "day" | "channel" | "language" | "count"> & { readonly what: string }
/** How many gave something of this kind, and where it stands; day 0 is no day. */
export type GivenCount = Pick<LedgerCount, "day" | "language" | "status" | "count"> & { readonly kind: string }

/** All that is counted of a campaign. */
export type CampaignCounts = {
  readonly ledger: readonly LedgerCount[]
  /** Who takes part or did, and who of them left, on which day of theirs. */
  readonly people: readonly (Pick<LedgerCount, "day" | "channel" | "language" | "count"> & { readonly left: boolean })[]
  readonly kept: readonly KeptCount[]
  readonly given: readonly GivenCount[]
}

/** Counts a campaign, at one moment of the database. */
export async function countCampaign(pool: pg.Pool, campaign: string): Promise<CampaignCounts> {
  return longLook(pool, async (ask) => ({
    ledger: await ask<LedgerCount>(LEDGER, [campaign]),
    people: await ask<CampaignCounts["people"][number]>(PEOPLE, [campaign]),
    kept: await ask<KeptCount>(KEPT, [campaign]),
    given: await ask<GivenCount>(GIVEN, [campaign]),
  }))
}

const LEDGER = `
select d.day, d.channel, p.language, d.status, case d.status when 'skipped' then d.why end as why, d.did, count(*)::int as count
from campaign_day d join participant p on p.id = d.participant_id
where d.campaign = $1 and not d.reminder group by 1, 2, 3, 4, 5, 6`
const PEOPLE = `
select case when left_why is null then 0 else greatest(left_on - begins + 1, 0) end as day, channel, language, left_why is not null as left, count(*)::int as count
from participant where campaign = $1 group by 1, 2, 3, 4`
const KEPT = "select day, channel, language, what, count from campaign_count where campaign = $1"
const GIVEN = "select coalesce(day, 0) as day, language, kind, status, count(*)::int as count from contribution where campaign = $1 group by 1, 2, 3, 4"
