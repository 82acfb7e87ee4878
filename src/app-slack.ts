import type { Config } from "./config.ts"
import type { DeskService } from "./helpline/desk-view.ts"
import { createSlackLinks } from "./helpline/slack-links.ts"
import { createSlackShelf } from "./helpline/slack-shelf.ts"
import type { Staff } from "./helpline/staff.ts"
import type { Log } from "./log.ts"
import type { Store } from "./store/pool.ts"
import { slackRoutes } from "./web/console/slack-routes.ts"

/** Longer than she may be left without an answer: that has a timer of its own. */
const IN_SLACK_MS = 20 * 60_000

type Parts = {
  readonly settings: NonNullable<Config["slack"]>
  readonly desk: DeskService
  readonly staff: Staff
  readonly store: Store
  readonly log: Log
  readonly publicUrl: string | undefined
  readonly transcriptDays: number
  readonly now: () => number
}

/** Counsellors in Slack, and the routes by which staff connect their accounts there. Slack's own library isn't loaded by this. */
export async function openSlack({ settings, desk, staff, store, log, publicUrl, transcriptDays, now }: Parts) {
  const { createSlack } = await import("./bots/slack.ts")
  const links = createSlackLinks({ store, staff, now })
  // Slack keeps no console open: whoever has just done something there is taken to be there.
  const inSlack: DeskService = {
    ...desk,
    async claim(who, id) {
      const refusal = await desk.claim(who, id)
      if (refusal === undefined) await desk.seen(who, IN_SLACK_MS)
      return refusal
    },
    async write(who, id, text, key) {
      await desk.seen(who, IN_SLACK_MS)
      return desk.write(who, id, text, key)
    },
  }
  const slack = createSlack({ settings, desk: inSlack, links, shelf: createSlackShelf(store), log, publicUrl, transcriptDays, now, elapsed: () => performance.now() })
  return { ...slack, routes: slackRoutes(links) }
}
