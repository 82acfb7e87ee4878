/** What `bench turns` prints and writes. */
import { nothing, ours, peers } from "./contenders.ts"
import { described, machine } from "./machine.ts"
import type { Latency, Rate } from "./measure.ts"
import type { Options } from "./options.ts"
import { save, shown, table } from "./report.ts"
import { median, ratio } from "./statistics.ts"

/** Whose rate sets the load for the p99, and who is compared with ours for a lone contact. */
export const steady = "grammy-conversations"
export const quick = "grammy-session"

export function report(run: {
  /** By contender, a value for each round; as the other two are. */
  rates: Map<string, Rate[]>
  half: number
  loaded: Map<string, Latency[]>
  lone: Map<string, Latency[]>
  failures: Map<string, number>
  postgres: string
  options: Options
}): void {
  const { options } = run
  const rates = new Map(run.rates)
  const ceiling = medianOf(rates.get(nothing), "turns")
  rates.delete(nothing)
  const here = machine()
  const ourTurns = valuesOf(rates.get(ours), "turns")
  const ratios = Object.fromEntries(
    peers.flatMap((name) => {
      const theirs = valuesOf(rates.get(name), "turns")
      return ourTurns.length > 0 && theirs.length > 0 ? [[name, ratio(ourTurns, theirs)]] : []
    }),
  )

  console.log(`\n${described(here, run.postgres)}`)
  console.log(`${options.inflight} contacts in flight of ${options.contacts}, ${options.rounds} rounds of ${options.seconds} s\n`)
  console.log(
    table(
      ["", "turns/s", "messages/s", "ours ÷ theirs", "lowest–highest", "own core", "load's core", "failed"],
      Array.from(rates, ([name, series]) => [
        name,
        shown(medianOf(series, "turns")),
        shown(medianOf(series, "messages")),
        shown(ratios[name]),
        `${shown(Math.min(...valuesOf(series, "turns")))}–${shown(Math.max(...valuesOf(series, "turns")))}`,
        percent(medianOf(series, "ownBusy")),
        percent(medianOf(series, "loadBusy")),
        String(run.failures.get(name) ?? 0),
      ]),
    ),
  )
  console.log(`\nThe load generator reaches ${shown(ceiling)} turns/s against a server that does nothing.`)

  const p99 = latencies(run.loaded, steady, ratio)
  const lone = latencies(run.lone, quick, (our, their) => median(our) / median(their))
  showLatencies(`Half of ${steady}'s rate: ${shown(run.half)} turns/s whatever comes back, ms`, p99)
  showLatencies("A lone contact, ms", lone)

  save("turns.json", {
    machine: here,
    node: process.version,
    postgres: run.postgres,
    takenAt: new Date().toISOString(),
    rounds: options.rounds,
    seconds: options.seconds,
    inFlight: options.inflight,
    contacts: options.contacts,
    turnsPerSecond: medians(rates, "turns"),
    messagesPerSecond: medians(rates, "messages"),
    ratios,
    failures: Object.fromEntries(run.failures),
    loadCeiling: ceiling,
    p99: { perSecond: run.half, ...p99 },
    lone,
  })
}

interface Latencies {
  readonly p50: Record<string, number>
  readonly p99: Record<string, number>
  /** Ours ÷ theirs: below 1 we are quicker. */
  readonly ratios: { readonly p50?: number; readonly p99?: number }
}

function latencies(series: Map<string, Latency[]>, other: string, compare: (our: readonly number[], their: readonly number[]) => number): Latencies {
  const our = series.get(ours)
  const their = series.get(other)
  const of = (key: keyof Latency) => compare(valuesOf(our, key), valuesOf(their, key))
  return {
    p50: medians(series, "p50"),
    p99: medians(series, "p99"),
    ratios: our && their ? { p50: of("p50"), p99: of("p99") } : {},
  }
}

function showLatencies(title: string, { p50, p99, ratios }: Latencies): void {
  const rows = Object.keys(p50).map((name) => [name, shown(p50[name]), shown(p99[name])])
  if (rows.length === 0) return
  if (ratios.p50 !== undefined) rows.push(["ours ÷ theirs", shown(ratios.p50), shown(ratios.p99)])
  console.log(`\n${title}\n\n${table(["", "p50", "p99"], rows)}`)
}

function valuesOf<T>(series: readonly T[] | undefined, key: keyof T): number[] {
  return (series ?? []).map((value) => Number(value[key]))
}

function medianOf<T>(series: readonly T[] | undefined, key: keyof T): number {
  return median(valuesOf(series, key))
}

function medians<T>(all: Map<string, T[]>, key: keyof T): Record<string, number> {
  return Object.fromEntries(Array.from(all, ([name, series]) => [name, medianOf(series, key)]))
}

function percent(share: number): string {
  return Number.isNaN(share) ? "–" : `${Math.round(share * 100)} %`
}
