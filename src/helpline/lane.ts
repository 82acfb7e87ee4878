import type { Channel } from "./channel.ts"
import type { LeavingRow } from "./leaving.ts"
import { createPace } from "./pace.ts"

/** How many sends of one channel are under way at once, and how many of them may be some that go to many. */
const UNDER_WAY = 128
const BULK_UNDER_WAY = 96
/** What goes to many is fetched so long before it can leave: long enough that none of the pace is lost between two looks. */
const AHEAD_SECONDS = 2

/** What waits to leave on one channel: answers first, and behind them what goes to many. */
export type Lane = ReturnType<typeof createLane>

export function createLane(channel: Channel) {
  const pace = createPace(channel.perSecond)
  const answers: LeavingRow[] = []
  const bulk: LeavingRow[] = []
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
      for (const [index, row] of bulk.entries()) {
        if (row.conversationId !== conversationId) continue
        bulk.splice(index, 1)
        answers.push(row)
        return
      }
    },
    /** The next that may leave now, which is thereby under way; else after how long to look again, if that is known. */
    next(now: number): LeavingRow | number | undefined {
      if (underWay >= UNDER_WAY) return undefined
      const line = answers.length > 0 ? answers : bulk
      if (line === bulk && underWay >= BULK_UNDER_WAY) return undefined
      if (line.length === 0) return undefined
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
      return [answers, bulk].flatMap((line) => {
        const meant = line.filter(isMeant)
        const rest = line.filter((row) => !isMeant(row))
        line.splice(0, line.length, ...rest)
        return meant
      })
    },
    isEmpty: () => answers.length + bulk.length === 0,
    /** How much more of what goes to many can leave in the next seconds. */
    room: () => Math.max(0, Math.ceil(channel.perSecond * AHEAD_SECONDS) - bulk.length),
  }
}
