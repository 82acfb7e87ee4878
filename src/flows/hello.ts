import { ask, effect, remember, say, type Part } from "./part.ts"
import type { Memory } from "./memory.ts"
import { ENDED, WAITING } from "./person-places.ts"
import { stepQuestion } from "./report-questions.ts"

/**
 * Where she is asked whether she can text, and where an answer that can't be read leads from there. It is asked twice and
 * no more: whoever holds the phone sees that somebody wants to know, and an abuser who types on is told nothing. After
 * that one neutral line; the question stays open, so that her own yes still counts.
 */
export const UNREAD: ReadonlyMap<string, string> = new Map([
  ["hello.safe", "hello.again"],
  ["hello.again", "hello.quiet"],
  ["hello.quiet", "hello.quiet"],
  ["hello.unsure", "hello.unsure"],
  ["hello.channels", "hello.channels"],
])

/** The question a place asks: those that ask the same take each other's buttons. */
export function questionOf(place: string, memory: Pick<Memory, "draft" | "campaign" | "day">): string {
  if (WAITING.has(place)) return "person.waiting"
  // A button under the action of another day answers nothing today.
  if (place === "campaign.today" || place === "campaign.other") return `${place}-${memory.campaign ?? ""}-${memory.day ?? 0}`
  return place === "hello.again" || place === "hello.quiet" ? "hello.safe" : stepQuestion(place, memory)
}

/** The first words of every session: neutral, and first of all whether it is safe to text here now. */
export function hello(channels: string): Part {
  const answers = {
    yes: { label: "choice.yes", to: "hello.welcome", remember: () => ({ safe: true, quiet: undefined }) },
    "not-sure": { label: "choice.not-sure", to: "hello.unsure" },
    no: { label: "choice.no", to: "left", saying: "hello.not-now", remember: () => ({ handoff: undefined }) },
  } as const
  const later = { label: "choice.later", means: "no", to: "left", saying: "hello.later", remember: () => ({ handoff: undefined }) } as const
  return {
    initial: "safe",
    states: {
      safe: ask("hello.safe", { key: "hello.safe" }, answers),
      again: ask("hello.again", { key: "hello.again" }, answers),
      quiet: { ...ask("hello.quiet", { key: "hello.later" }, answers), entry: say("hello.later") },
      unsure: ask(
        "hello.unsure",
        { key: "hello.unsure" },
        {
          "few-words": { label: "choice.few-words", to: "find-help.here", remember: () => ({ safe: true, quiet: true, page: 0 }) },
          channels: { label: "choice.channels", to: "hello.channels", when: () => channels !== "" },
          later,
          "go-on": { label: "choice.go-on", to: "hello.welcome", remember: () => ({ safe: true, quiet: true }) },
        },
      ),
      channels: ask(
        "hello.channels",
        { key: "hello.channels", values: { channels } },
        {
          "go-on": { label: "choice.go-on", to: "hello.welcome", remember: () => ({ safe: true, quiet: true }) },
          later,
        },
      ),
      // Says this channel's limits in one line and passes on to what she came for, or to the menu.
      welcome: {
        entry: [
          say(({ shape }) => `hello.limits_${shape}`),
          effect(({ missed }) => (missed === undefined ? undefined : { type: "say", key: missed === "added" ? "case.not-added" : "report.missed" })),
          // Whoever came for something else hears it on the way there; whoever comes for a person is told by that path.
          effect(({ unsaid, pending }) => (unsaid === undefined || pending?.to === "person" ? undefined : { type: "say", key: ENDED[unsaid] })),
          remember(({ unsaid, pending }) => ({ missed: undefined, unsaid: pending?.to === "person" ? unsaid : undefined })),
        ],
        always: "#hamraaz.gate.pending",
      },
    },
  }
}
