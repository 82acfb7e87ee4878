import { ask, type Part } from "./part.ts"
import type { Memory } from "./memory.ts"

/** The first words of every session: neutral, and first of all whether it is safe to text here now. */
export function hello(channels: string): Part {
  const answers = {
    yes: { label: "choice.yes", to: "hello.welcome", remember: () => ({ safe: true }) },
    "not-sure": { label: "choice.not-sure", to: "hello.unsure" },
    no: { label: "choice.no", to: "left", saying: "hello.not-now" },
  } as const
  return {
    initial: "safe",
    states: {
      safe: ask("hello.safe", { key: "hello.safe" }, answers),
      again: ask("hello.again", { key: "hello.again" }, answers),
      unsure: ask(
        "hello.unsure",
        { key: "hello.unsure" },
        {
          "few-words": { label: "choice.few-words", to: "find-help.here", remember: () => ({ safe: true, page: 0 }) },
          channels: { label: "choice.channels", to: "hello.channels", when: () => channels !== "" },
          later: { label: "choice.later", to: "left", saying: "hello.later" },
          "go-on": { label: "choice.go-on", to: "hello.welcome", remember: () => ({ safe: true }) },
        },
      ),
      channels: ask(
        "hello.channels",
        { key: "hello.channels", values: { channels } },
        {
          "go-on": { label: "choice.go-on", to: "hello.welcome", remember: () => ({ safe: true }) },
          later: { label: "choice.later", to: "left", saying: "hello.later" },
        },
      ),
      // Says this channel's limits in one line and passes on to what she came for, or to the menu.
      welcome: {
        entry: { type: "effect", params: ({ context }: { context: Memory }) => ({ type: "say", key: `hello.limits_${context.shape}` }) },
        always: "#hamraaz.gate.pending",
      },
    },
  }
}
