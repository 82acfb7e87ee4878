import { isOpen } from "../flows/campaign-dates.ts"
import type { CampaignFacts } from "../flows/campaign-shapes.ts"
import type { Language } from "../flows/effect.ts"
import { dayGroups, layDays, type DayGroup, type LaidDay } from "../store/campaign-days.ts"
import { layUntil, switches, type SwitchState } from "../store/campaign-switch.ts"
import { partsOf, type PartClock } from "../store/participants.ts"
import type { Store } from "../store/pool.ts"
import { templateFor, type CampaignFile } from "./campaign-file.ts"
import { beginsFor, dateOf, dueBetween, dueDays, eveningOf, type Timing } from "./campaign-time.ts"
import type { Template } from "./channel.ts"

/** A campaign, as far as it is sent. */
export type Plan = Timing & {
  readonly id: string
  /** Inside the hour, people's moments are spread over so many minutes. */
  readonly staggerMinutes: number
  /** What was approved for this day in this language, for whoever is told plainly or with a harmless note only. */
  readonly template?: (day: number, language: Language, neutral: boolean) => Template | undefined
}

/** A campaign's file, as far as it is sent. */
export function planOf(file: CampaignFile): Plan {
  return {
    ...file,
    days: file.actions.length,
    template(day, language, neutral) {
      const contentSid = templateFor(file, day, language, neutral)
      return contentSid === undefined ? undefined : { contentSid }
    },
  }
}

/** Days are laid out so long before they are due. */
const AHEAD_MS = 2 * 3600_000
/** Less than that isn't worth a look. */
const STEP_MS = 5 * 60_000
/** People in one statement: others want to write to that table, too. */
const AT_ONCE = 100_000

/** Campaigns: who takes part, and a row for each of their days. */
export type Campaigns = ReturnType<typeof createCampaigns>

export function createCampaigns({
  store,
  plans,
  now,
  given,
  events,
}: {
  readonly store: Store
  readonly plans: readonly Plan[]
  readonly now: () => number
  /** What people gave, beside what they take part in. */
  readonly given: (conversations: readonly string[]) => Promise<(conversation: string) => Pick<CampaignFacts, "given" | "letters" | "blocked">>
  /** Events near people, and who says she comes. */
  readonly events: (conversations: readonly string[]) => Promise<(conversation: string) => Pick<CampaignFacts, "events">>
}) {
  const { pool } = store
  const laid = new Map<string, number>()
  let states: ReadonlyMap<string, SwitchState> = new Map()

  /** What a campaign's clock says; nothing for one that isn't there. */
  function clockOf(campaign: string): PartClock | undefined {
    const plan = plans.find(({ id }) => id === campaign)
    if (plan === undefined) return undefined
    return {
      now: new Date(now()),
      staggerSeconds: plan.staggerMinutes * 60,
      span(zone, hour) {
        const begins = beginsFor(plan, zone, hour, now())
        return { begins, ends: dateOf(begins, plan.days) }
      },
      days: (group) => dueDays(plan, group),
      evening: (group, day) => eveningOf(plan, group, day, now()),
    }
  }

  /** What some people take part in, and what they could join. */
  async function facts(conversations: readonly string[]): Promise<(conversation: string) => CampaignFacts> {
    const [rows, gifts, coming] = await Promise.all([partsOf(pool, conversations), given(conversations), events(conversations)])
    const open = plans.filter(({ id, begins, days }) => states.get(id) !== "stopped" && isOpen(begins, days, now())).map(({ id }) => id)
    return (conversation) => ({
      ...gifts(conversation),
      ...coming(conversation),
      mine: rows
        .filter(({ conversationId }) => conversationId === conversation)
        .map(({ campaign, language, country, zone, hour, neutral, done, day }) => ({
          campaign,
          language: language as Language,
          country,
          zone,
          hour,
          neutral,
          done,
          ...(day !== null && { day }),
        })),
      open,
    })
  }

  /** Makes the rows of all days that are due until two hours from now; tells how many. What a crash left undone, the next one does. */
  async function layDue(): Promise<number> {
    const until = now() + AHEAD_MS
    let made = 0
    for (const plan of plans.filter(({ id }) => until - (laid.get(id) ?? 0) >= STEP_MS)) {
      await layUntil(pool, plan.id, new Date(until), new Date(now()), async (since) => {
        const days = (await dayGroups(pool, plan.id)).flatMap(({ people, ...group }) =>
          dueBetween(plan, group, since.getTime(), until).map((day) => ({ people, row: { ...group, ...day } })),
        )
        for (const rows of portions(days)) made += await layDays(pool, plan.id, rows, plan.staggerMinutes * 60)
      })
      laid.set(plan.id, until)
    }
    return made
  }

  return {
    clockOf,
    facts,
    layDue,
    plans,
    /** Looks how campaigns are switched. */
    async look(): Promise<void> {
      states = await switches(pool)
    },
    /** Why nothing of a campaign may leave now. */
    halted(campaign: string): "paused" | "stopped" | undefined {
      const state = states.get(campaign)
      return state === "running" ? undefined : state
    },
  }
}

type Row = DayGroup & LaidDay

function portions(days: readonly { readonly people: number; readonly row: Row }[]): readonly (readonly Row[])[] {
  const all: Row[][] = []
  let room = 0
  for (const { people, row } of days) {
    if (room < people) {
      all.push([])
      room = AT_ONCE
    }
    all.at(-1)?.push(row)
    room -= people
  }
  return all
}
