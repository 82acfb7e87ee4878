import type { Deed } from "../store/audit.ts"
import * as shelf from "../store/report-desk.ts"
import type { Cover } from "../vault/cover.ts"
import { mayBeNamed, type CodingFrame } from "./coding.ts"
import type { ReportDesk, ReportRefused } from "./report-view.ts"
import { closeValue, openValue } from "./reports-covers.ts"
import type { Act } from "./reports-desk.ts"
import { monthOf, monthsLater } from "./reports-month.ts"

/** So many months after the one in which it was filed a story may be published: what happened is then longer ago than that. */
const MONTHS = 3

/** The way of a story: drafted, reviewed by somebody else, shown to her, agreed to, published. Rewritten, it begins anew. */
export function createStories({
  cover,
  now,
  frame,
  act,
}: {
  readonly cover: Cover
  readonly now: () => number
  readonly frame: CodingFrame
  readonly act: (staffId: string, id: string, deed: Omit<Deed, "staffId">, does: Act) => Promise<ReportRefused | undefined>
}): Pick<ReportDesk, "story" | "reviewStory" | "publishStory"> {
  return {
    async story(staff, id, { text, language, province, when }) {
      if (!mayBeNamed(frame, province)) return { unknown: "province" }
      return act(staff, id, { what: "story-drafted" }, async (client, row, consents) => {
        if (!consents.publish) return "no-consent"
        if (!row.answerable) return "no-code"
        await shelf.putStory(client, id, { language, province, when, content: closeValue(cover, "story", text), writtenBy: staff })
        return undefined
      })
    },

    reviewStory: (staff, id, agrees) =>
      act(staff, id, { what: agrees ? "story-reviewed" : "story-sent-back" }, async (client, _, consents) => {
        const story = await shelf.storyOf(client, id)
        if (story === undefined) return "gone"
        if (story.written_by === staff) return "yours"
        if (!consents.publish) return "no-consent"
        if (story.status !== "drafted") return "changed"
        await shelf.reviewStory(client, story.id, staff, agrees)
        return undefined
      }),

    // Written down without its report, as from now on nothing may lead back.
    publishStory: (staff, id) =>
      act(staff, id, { what: "story-published", subjectId: undefined }, async (client, row, consents, waits) => {
        const story = await shelf.storyOf(client, id)
        if (story === undefined) return "gone"
        // Her no may still be on its way to the shelf.
        if (!consents.publish || waits.some((one) => one.kind === "story" && !one.agrees)) return "no-consent"
        if (story.status !== "agreed" || monthOf(now()) <= monthsLater(row.month, MONTHS)) return "not-yet"
        const text = openValue(cover, "story", story.content)
        if (text === undefined) return "unreadable"
        await shelf.publishStory(client, story.id, text, new Date(now()))
        return undefined
      }),
  }
}
