import type { Campaign } from "./campaign-shapes.ts"
import { textOf } from "./campaign-parts.ts"
import type { Effect } from "./effect.ts"

/**
 * The message of a day, as it leaves: its theme and its action, and what she may answer. `discreet` gives a plain note
 * that she opens herself. Nothing where the campaign has no such day.
 */
export function message(campaign: Campaign, day: number, discreet: boolean): Effect | undefined {
  const action = campaign.actions[day - 1]
  if (action === undefined) return undefined
  if (discreet) {
    return {
      type: "say",
      key: "campaign.today-neutral",
      options: [
        { id: "read", label: "choice.read" },
        { id: "skip", label: "choice.skip-action" },
      ],
    }
  }
  return {
    type: "say",
    key: "campaign.today",
    values: { theme: { key: textOf(campaign.id, `${action.id}.theme`) }, action: { key: textOf(campaign.id, `${action.id}.action`) } },
    options: [
      { id: "done", label: "choice.did-it" },
      { id: "other", label: "choice.other-ways" },
      { id: "tonight", label: "choice.tonight" },
      ...(action.gives === undefined ? [] : [{ id: "share", label: "choice.share" as const }]),
      { id: "skip", label: "choice.skip-action" },
    ],
  }
}
