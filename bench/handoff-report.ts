/** What `bench handoff` prints and writes. */
import { described, machine } from "./machine.ts"
import type { Options } from "./options.ts"
import { save, shown, table } from "./report.ts"
import { median, percentile } from "./statistics.ts"

/** One round: latencies in ms, what share of a core each took, and how much the open consoles asked in a second. */
export interface Round {
  readonly hers: readonly number[]
  readonly back: readonly number[]
  readonly looks: readonly number[]
  readonly ownBusy: number
  readonly loadBusy: number
  readonly asked: number
}

export type Runs = Record<"empty-still" | "empty-busy" | "long-still" | "long-busy", Round[]>
type Series = "hers" | "back" | "looks"

/** What we aim at, in ms at the p95. */
const AIMS: Record<Series, number> = { hers: 300, back: 300, looks: 50 }

export function report({ runs, failures, postgres, options }: { runs: Runs; failures: readonly string[]; postgres: string; options: Options }): void {
  const here = machine()
  const rows = {
    "her words, nobody waiting": spread(runs["empty-busy"], "hers"),
    [`her words, ${options.queued} waiting`]: spread(runs["long-busy"], "hers"),
    "back, nobody waiting": spread(runs["empty-busy"], "back"),
    [`back, ${options.queued} waiting`]: spread(runs["long-busy"], "back"),
    "queue view, nobody waiting, chats still": spread(runs["empty-still"], "looks"),
    "queue view, nobody waiting, chats going on": spread(runs["empty-busy"], "looks"),
    [`queue view, ${options.queued} waiting, chats still`]: spread(runs["long-still"], "looks"),
    [`queue view, ${options.queued} waiting, chats going on`]: spread(runs["long-busy"], "looks"),
  }
  console.log(`\n${described(here, postgres)}`)
  console.log(
    `${options.chats} live chats, ${options.consoles} open consoles, a word each way every ${options.every} s in each; ${options.rounds} rounds of ${options.seconds} s; ms\n`,
  )
  console.log(
    table(
      ["", "p50", "p95", "p99", "p95, lowest–highest", "aimed at, p95", "samples"],
      Object.entries(rows).map(([name, { p50, p95, p99, lowest, highest, aim, samples }]) => [
        name,
        shown(p50),
        shown(p95),
        shown(p99),
        `${shown(lowest)}–${shown(highest)}`,
        String(aim),
        String(samples),
      ]),
    ),
  )
  const busy = [...runs["empty-busy"], ...runs["long-busy"]]
  const [own, load, asked] = (["ownBusy", "loadBusy", "asked"] as const).map((key) => median(busy.map((round) => round[key])))
  console.log(
    `\nOurs took ${percent(own)} of a core, the load ${percent(load)}; the open consoles asked ${shown(asked)} times a second. Failed: ${[failures.length, ...failures.slice(0, 5)].join("; ")}`,
  )

  save("handoff.json", {
    machine: here,
    node: process.version,
    postgres,
    takenAt: new Date().toISOString(),
    rounds: options.rounds,
    seconds: options.seconds,
    chats: options.chats,
    consoles: options.consoles,
    queued: options.queued,
    every: options.every,
    milliseconds: rows,
    ownBusy: own,
    loadBusy: load,
    askedPerSecond: asked,
    failures: failures.length,
  })
}

/** Percentiles are taken per round, then their median. */
function spread(rounds: readonly Round[], key: Series) {
  const at = (share: number) => rounds.map((round) => percentile(round[key], share))
  const p95 = at(0.95)
  return {
    p50: median(at(0.5)),
    p95: median(p95),
    p99: median(at(0.99)),
    lowest: Math.min(...p95),
    highest: Math.max(...p95),
    aim: AIMS[key],
    samples: rounds.reduce((sum, round) => sum + round[key].length, 0),
  }
}

function percent(share: number | undefined): string {
  return share === undefined ? "–" : `${Math.round(share * 100)} %`
}
