/** `bench turns`: turns per second of all contenders, and how long a turn takes at half load and alone. */
import { type Contender, installPeers, missing, nothing, ours, peers, startContender } from "./contenders.ts"
import { warnWhenBusy } from "./machine.ts"
import { alone, type Latency, rate, underLoad, warmUp } from "./measure.ts"
import type { Options } from "./options.ts"
import { startPostgres } from "./postgres.ts"
import { told } from "./report.ts"
import { median } from "./statistics.ts"
import { quick, report, steady } from "./turns-report.ts"

export async function turns(options: Options): Promise<void> {
  const names = [ours, ...peers].filter((name) => options.only?.includes(name) ?? true)
  installPeers()
  warnWhenBusy()
  const postgres = await startPostgres()
  const running = new Map<string, Contender>()
  try {
    for (const name of [nothing, ...names]) {
      const why = missing(name, options.hamraaz)
      if (why !== undefined) {
        console.log(`${name}: left out, ${why}`)
        continue
      }
      await attempt(name, running, async () => {
        const contender = await startContender(name, await postgres.create(name), options)
        running.set(name, contender)
        await warmUp(contender, options.contacts, options.inflight)
      })
    }

    const rates = await rounds("top rate", running, [nothing, ...names], options, (contender) => rate(contender, options.inflight, options.seconds))
    const half = median((rates.get(steady) ?? []).map((round) => round.turns)) / 2
    const loaded = Number.isNaN(half)
      ? new Map<string, Latency[]>()
      : await rounds("half load", running, [steady, ours], options, (contender) => underLoad(contender, half, options.seconds))
    const lone = await rounds("lone contact", running, [quick, ours], options, (contender) => alone(contender, options.seconds / 2))

    const failures = new Map(Array.from(running, ([name, { load }]) => [name, load.failures]))
    report({ rates, half, loaded, lone, failures, postgres: postgres.version, options })
  } finally {
    for (const contender of running.values()) await contender.stop()
    await postgres.stop()
  }
}

/**
 * Measures the contenders in turn, again and again, starting with another one in each round: a machine that grows
 * slower or a neighbour that wakes up then weighs on all of them. Who fails is left out from there on.
 */
async function rounds<T>(
  what: string,
  running: Map<string, Contender>,
  names: readonly string[],
  { rounds: count }: Options,
  measure: (contender: Contender) => Promise<T>,
): Promise<Map<string, T[]>> {
  const series = new Map<string, T[]>()
  for (let round = 0; round < count; round++) {
    for (let place = 0; place < names.length; place++) {
      const name = names[(place + round) % names.length] ?? ""
      const contender = running.get(name)
      if (contender === undefined) continue
      await attempt(name, running, async () => {
        const measured = await measure(contender)
        series.set(name, [...(series.get(name) ?? []), measured])
      })
    }
    console.log(`${what}: round ${round + 1} of ${count}`)
  }
  // A ratio needs a value from every round.
  for (const name of series.keys()) if (!running.has(name)) series.delete(name)
  return series
}

async function attempt(name: string, running: Map<string, Contender>, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    process.exitCode = 1
    const contender = running.get(name)
    console.error(`${name}: given up. ${told(error)}`)
    if (contender === undefined) return
    console.error(contender.process.said())
    running.delete(name)
    await contender.stop()
  }
}
