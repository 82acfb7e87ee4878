import type { DeskService } from "../helpline/desk-view.ts"
import type { SlackShelf } from "../helpline/slack-shelf.ts"
import { codeOf, type Log } from "../log.ts"
import type { Asked } from "./slack-api.ts"
import { createPlan, type PlanParts } from "./slack-plan.ts"

/** So much is done before the desk is looked at again: who begins to wait meanwhile is next. */
const BATCH = 10
/** How often a process that isn't the one to speak asks again. */
const NOT_MINE_MS = 5000
/** Without being woken. */
const IDLE_MS = 15_000
/** How often every chat is looked at, whether or not anything was told of it. */
const LOOK_MS = 60_000
const MOST_WAIT_MS = 60_000
const MOST_LATE_MS = 3600_000
/** Above it, everything is looked at instead. */
const MOST_NAMED = 1000

/** What a round came to: how much it did, and after how long the next is due. */
export type Turned = { readonly did: number; readonly waitMs: number }

export type RoundParts = PlanParts & { readonly desk: DeskService; readonly shelf: SlackShelf; readonly log: Log; readonly elapsed: () => number }

/**
 * Brings what stands in Slack up to date with the desk, by comparing the two: whatever was missed in an outage is made up
 * for. `step` never throws; what fails is tried again after growing waits, and nobody but the log hears of it.
 */
export function createRound(parts: RoundParts) {
  const { desk, shelf, log, elapsed } = parts
  const plan = createPlan(parts)
  const late = new Map<string, { readonly times: number; readonly until: number }>()
  const named = new Set<string>()
  let failures = 0
  let troubleUntil = 0
  let lookAt = Number.NEGATIVE_INFINITY
  let running: Promise<Turned> | undefined

  async function once(): Promise<Turned> {
    const rest = troubleUntil - elapsed()
    if (rest > 0) return { did: 0, waitMs: rest }
    const told = new Set(named)
    named.clear()
    const look = elapsed() >= lookAt
    try {
      if (!(await shelf.hold())) return { did: 0, waitMs: NOT_MINE_MS }
      const [cards, rows] = await Promise.all([desk.cards(), shelf.cards()])
      const jobs = await plan({ cards, rows, look: (id) => look || told.has(id) })
      const known = new Set(jobs.map(({ key }) => key))
      for (const key of late.keys()) if (!known.has(key)) late.delete(key)
      const stopped = new Set<string>()
      let did = 0
      for (const { key, group, run } of jobs) {
        if (stopped.has(group)) continue
        if (did >= BATCH) return { did, waitMs: 0 }
        if ((late.get(key)?.until ?? 0) > elapsed()) {
          stopped.add(group)
          continue
        }
        const asked = await run()
        if (asked.status === "trouble") {
          for (const id of told) tell(id)
          return fail(did, asked)
        }
        if (asked.status === "refused") {
          log.slackFailed(key.slice(0, key.indexOf(" ")), asked.code)
          const times = (late.get(key)?.times ?? 0) + 1
          late.set(key, { times, until: elapsed() + Math.min(MOST_LATE_MS, 1000 * 2 ** times) })
          stopped.add(group)
        } else did++
      }
      if (look) lookAt = elapsed() + LOOK_MS
      if (failures > 0) log.slackBack()
      failures = 0
      // What was done may be seen to have been done, and what follows from it is next.
      return { did, waitMs: did > 0 ? 0 : IDLE_MS }
    } catch (error) {
      for (const id of told) tell(id)
      return fail(0, { status: "trouble", code: codeOf(error), arrived: "perhaps" })
    }
  }

  function fail(did: number, { code, afterMs }: Extract<Asked, { status: "trouble" }>): Turned {
    if (code === "not-ours") return { did, waitMs: NOT_MINE_MS }
    failures++
    const waitMs = afterMs ?? Math.min(MOST_WAIT_MS, 1000 * 2 ** Math.min(failures - 1, 10))
    troubleUntil = elapsed() + waitMs
    log.slackFailed("round", code)
    return { did, waitMs }
  }

  function tell(id: string): void {
    if (named.size < MOST_NAMED) named.add(id)
    else lookAt = Number.NEGATIVE_INFINITY
  }

  return {
    /** One round. Two at once are one. */
    step: (): Promise<Turned> => (running ??= once().finally(() => (running = undefined))),
    /** A chat has changed: the next round looks at all of it. */
    tell,
  }
}
