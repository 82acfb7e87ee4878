import type { Refused } from "../../helpline/desk-view.ts"
import { en, type SlackWords } from "./en.ts"
import { ur } from "./ur.ts"

export type { SlackWords }

/** What the house says in Slack, by language. */
export const SLACK_WORDS: Readonly<Record<"en" | "ur", SlackWords>> = { en, ur }

/** What may have to be said below a message in a thread. */
export type Notice = keyof SlackWords["notice"] | `refused-${Refused}`

/** The words of a notice. */
export function noticeIn(words: SlackWords, notice: string): string {
  if (notice in words.notice) return words.notice[notice as keyof SlackWords["notice"]]
  return words.refused[notice.replace(/^refused-/, "") as Refused] ?? words.trouble
}
