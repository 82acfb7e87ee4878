import type { Campaign } from "./campaign-shapes.ts"
import { isOpen } from "./campaign-dates.ts"
import type { TextKey, Value } from "./effect.ts"
import { ask, type Answer, type Part } from "./part.ts"

const listedFor = (campaigns: readonly Campaign[]) =>
  ({
    tips: { label: "choice.tips", to: "tips.list", remember: () => ({ page: 0 }) },
    "find-help": { label: "choice.find-help", to: "find-help.here", remember: () => ({ page: 0, need: undefined }) },
    person: { label: "choice.person", to: "person.gate" },
    report: { label: "choice.report", to: "report.gate", when: ({ reports }) => reports !== undefined },
    urgent: { label: "choice.urgent", to: "emergency.which" },
    campaign: {
      label: "choice.campaign",
      to: "campaign.gate",
      remember: () => ({ campaign: undefined }),
      when: ({ now }) => campaigns.some((each) => isOpen(each.begins, each.actions.length, now)),
    },
    letter: {
      label: "choice.letter",
      to: "campaign.letter-gate",
      when: ({ now }) => campaigns.some((each) => isOpen(each.begins, each.actions.length, now) && each.kinds.includes("letter")),
    },
    settings: { label: "choice.settings", to: "settings.main" },
  }) satisfies Record<string, Answer>

/** The list of what there is. What isn't there isn't on it. Its sisters say something first: that we lost our place, that we failed, what this is. */
export function menu(contact: string, campaigns: readonly Campaign[]): Part {
  const entries = listedFor(campaigns)
  // Behind the longest of its texts a list has to be shorter: it fits into as few text messages.
  const { letter: _, ...fewer } = entries
  const listed = (name: string, key: TextKey, values: Readonly<Record<string, Value>> = {}, listing: Record<string, Answer> = entries) =>
    ask(`menu.${name}`, { key, values }, listing)
  return {
    initial: "main",
    states: {
      main: listed("main", "menu.main"),
      lost: listed("lost", "menu.lost"),
      sorry: listed("sorry", "menu.sorry"),
      help: listed("help", "menu.help", { contact }, fewer),
      topic: ask(
        "menu.topic",
        { key: "menu.topic", values: ({ topic }) => ({ about: { key: `tips.${topic ?? "accounts"}.about` } }) },
        {
          yes: { label: "choice.yes", to: "tips.open", remember: () => ({ trail: [] }) },
          "something-else": { label: "choice.something-else", means: "no", to: "tips.list", remember: () => ({ page: 0, topic: undefined }) },
          "find-help": entries["find-help"],
        },
      ),
    },
  }
}
