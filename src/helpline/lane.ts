import type { Channel } from "./channel.ts"
import type { LeavingRow } from "./leaving.ts"
import { createPace } from "./pace.ts"

/** How many sends of one channel are under way at once, and how many of them may be some that go to many. */
const UNDER_WAY = 128
const BULK_UNDER_WAY = 96
/** What goes to many is fetched so long before it can leave: long enough that none of the pace is lost between two looks. */
const AHEAD_SECONDS = 2
/**
 * What goes to many is noted as tried so long before it can leave, and no sooner: what is noted and hasn't left when the
 * process dies is in doubt, and never sent. Noted later, it would leave whenever the database has answered, and not in step.
 */
const NOTED_SECONDS = 0.05

/** What waits to leave on one channel: answers first, and behind them what goes to many. */
export type Lane = ReturnType<typeof createLane>

export function createLane(channel: Channel) {
  const pace = createPace(channel.perSecond)
  const answers: LeavingRow[] = []
  const bulk: LeavingRow[] = []
  /** The first of what goes to many: noted as tried, or just being noted. */
  const nearest: LeavingRow[] = []
  const lines = [answers, nearest, bulk]
  const noting = new Set<string>()
  const noted = new Set<string>()
  let underWay = 0

  return {
    channel,
    pace,
    timer: undefined as NodeJS.Timeout | undefined,
    push(row: LeavingRow): void {
      const line = row.leaving.bulk === undefined ? answers : bulk
      line.push(row)
    },
    /** Whatever waits for this conversation goes with the answers: one of hers stands behind it. */
    hasten(conversationId: string): void {
      for (const line of [nearest, bulk]) {
        const index = line.findIndex((row) => row.conversationId === conversationId)
        if (index >= 0) return void answers.push(...line.splice(index, 1))
      }
    },
    /** What goes to many and has to be noted as tried now. It leaves once `note` has been told of it. */
    toNote(): readonly LeavingRow[] {
      const rows = bulk.splice(0, Math.max(0, Math.ceil(channel.perSecond * NOTED_SECONDS) - nearest.length))
      nearest.push(...rows)
      for (const { id } of rows) noting.add(id)
      return rows
    },
    /** These were noted as tried. */
    note(ids: Iterable<string>): void {
      for (const id of ids) if (noting.delete(id)) noted.add(id)
    },
    /** Whether it has been noted as tried; asked once, when it leaves. */
    wasNoted(id: string): boolean {
      noting.delete(id)
      return noted.delete(id)
    },
    /** The next that may leave now, which is thereby under way; else after how long to look again, if that is known. */
    next(now: number): LeavingRow | number | undefined {
      if (underWay >= UNDER_WAY) return undefined
      const line = answers.length > 0 ? answers : nearest
      if (line === nearest && underWay >= BULK_UNDER_WAY) return undefined
      const [first] = line
      if (first === undefined || (line === nearest && !noted.has(first.id))) return undefined
      const waitMs = line === answers && channel.answersAtOnce === true ? pace.aheadMs(now) : pace.waitMs(now)
      if (waitMs > 0) return waitMs
      underWay += 1
      // Counted before anything is asked for, so that nothing else leaves meanwhile; what it costs beyond that is known later.
      pace.spend(1, now)
      return line.shift()
    },
    /** What was under way isn't any more. */
    done: () => void (underWay -= 1),
    /** Takes out what waits here and is meant. */
    remove(isMeant: (row: LeavingRow) => boolean): readonly LeavingRow[] {
      return lines.flatMap((line) => {
        const meant = line.filter(isMeant)
        const rest = line.filter((row) => !isMeant(row))
        line.splice(0, line.length, ...rest)
        for (const { id } of meant) if (!noting.delete(id)) noted.delete(id)
        return meant
      })
    },
    isEmpty: () => lines.every((line) => line.length === 0),
    /** How much more of what goes to many can leave in the next seconds. */
    room: () => Math.max(0, Math.ceil(channel.perSecond * AHEAD_SECONDS) - nearest.length - bulk.length),
  }
}
