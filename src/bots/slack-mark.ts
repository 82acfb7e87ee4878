import type { Line } from "../helpline/desk-view.ts"
import type { SlackSaidRow } from "../helpline/slack-shelf.ts"

/** The signs that stand beside what somebody of staff wrote in a thread; Slack shows their names, too. */
export const REACTIONS = {
  note: "memo",
  refused: "no_entry_sign",
  /** The desk has it. */
  handed: "outbox_tray",
  queued: "hourglass_flowing_sand",
  /** Until she writes. */
  held: "double_vertical_bar",
  sent: "heavy_check_mark",
  delivered: "white_check_mark",
  failed: "x",
  unknown: "grey_question",
  /** Not known whether even the desk has it. */
  unsure: "warning",
} as const

/** How long the desk may take before it isn't known whether something was sent. */
export const UNSURE_MS = 60_000

/** The sign that should stand beside something; none yet while the desk has it in hand. */
export function markOf(said: SlackSaidRow, lines: readonly Line[], now: number): keyof typeof REACTIONS | undefined {
  if (!said.done) return now - said.at.getTime() > UNSURE_MS ? "unsure" : undefined
  if (said.why !== null) return "refused"
  if (said.kind === "note") return "note"
  return lines.find(({ id }) => id === said.lineId)?.delivery ?? "handed"
}
