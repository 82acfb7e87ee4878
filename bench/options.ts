import { parseArgs } from "node:util"

export interface Options {
  readonly rounds: number
  readonly seconds: number
  readonly inflight: number
  readonly contacts: number
  /** `handoff`: live chats, open consoles, people in the queue, and seconds between two words of the same side of a chat. */
  readonly chats: number
  readonly consoles: number
  readonly queued: number
  readonly every: number
  readonly only: readonly string[] | undefined
  /** The command that starts ours. */
  readonly hamraaz: string
}

export function parse(args: readonly string[]): {
  command: string | undefined
  options: (defaults: Partial<Options>) => Options
} {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: "string" },
      seconds: { type: "string" },
      inflight: { type: "string" },
      contacts: { type: "string" },
      chats: { type: "string" },
      consoles: { type: "string" },
      queued: { type: "string" },
      every: { type: "string" },
      only: { type: "string" },
      hamraaz: { type: "string", default: process.env["BENCH_HAMRAAZ"] ?? "node --min-semi-space-size=32 --max-semi-space-size=32 --heap-growing-percent=50 src/main.ts" },
    },
  })
  const number = (name: "rounds" | "seconds" | "inflight" | "contacts" | "chats" | "consoles" | "queued" | "every", usual: number) => {
    const value = Number(values[name] ?? usual)
    if (!(value > 0)) throw new Error(`--${name} needs a number above 0`)
    return value
  }
  return {
    command: positionals[0],
    options: (defaults) => ({
      rounds: number("rounds", defaults.rounds ?? 7),
      seconds: number("seconds", defaults.seconds ?? 5),
      inflight: number("inflight", defaults.inflight ?? 64),
      contacts: number("contacts", defaults.contacts ?? 2000),
      chats: number("chats", defaults.chats ?? 200),
      consoles: number("consoles", defaults.consoles ?? 20),
      queued: number("queued", defaults.queued ?? 2000),
      every: number("every", defaults.every ?? 10),
      only: values.only?.split(","),
      hamraaz: values.hamraaz,
    }),
  }
}
