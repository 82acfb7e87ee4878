/** The single measurements a run is made of. */
import { setTimeout as sleep } from "node:timers/promises"
import type { Contender } from "./contenders.ts"
import { processorTime } from "./machine.ts"
import { percentile } from "./statistics.ts"

const rampMs = 500

export interface Rate {
  readonly turns: number
  readonly messages: number
  /** Share of one core that the load took, and the contender. */
  readonly loadBusy: number
  readonly ownBusy: number
}

/** Turns until every contact has had a few and the code is compiled. */
export async function warmUp({ load }: Contender, contacts: number, inFlight: number): Promise<void> {
  const end = performance.now() + 3000
  await load.closed(inFlight, () => load.turns + load.failures >= 2 * contacts && performance.now() > end)
}

export async function rate({ load, process: child }: Contender, inFlight: number, seconds: number): Promise<Rate> {
  let stop = false
  const running = load.closed(inFlight, () => stop)
  const measured = (async () => {
    await sleep(rampMs)
    const before = reading()
    await sleep(seconds * 1000)
    const after = reading()
    const ms = after.at - before.at
    return {
      turns: ((after.turns - before.turns) * 1000) / ms,
      messages: ((after.messages - before.messages) * 1000) / ms,
      loadBusy: (after.load - before.load) / ms,
      ownBusy: (after.own - before.own) / ms,
    }
  })()
  try {
    // Lines only end by themselves when the contender fails.
    const ended = running.then(() => Promise.reject(new Error("the load ended too early")))
    return await Promise.race([measured, ended])
  } finally {
    stop = true
    await running
  }

  function reading() {
    const { user, system } = process.cpuUsage()
    const { turns, messages } = load
    return { at: performance.now(), turns, messages, load: (user + system) / 1000, own: processorTime(child.pid) }
  }
}

export interface Latency {
  readonly p50: number
  readonly p99: number
}

export async function underLoad({ load }: Contender, perSecond: number, seconds: number): Promise<Latency> {
  return spread(await load.open(perSecond, seconds))
}

export async function alone({ load }: Contender, seconds: number): Promise<Latency> {
  const end = performance.now() + seconds * 1000
  return spread(await load.closed(1, () => performance.now() > end))
}

function spread(latencies: readonly number[]): Latency {
  return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) }
}
