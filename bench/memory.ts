/** `bench memory`: what our process holds after a thousand contacts, and after a million. */
import { setTimeout as sleep } from "node:timers/promises"
import { type Contender, installPeers, missing, ours, startContender } from "./contenders.ts"
import { described, machine, peakMemory, residentMemory } from "./machine.ts"
import type { Options } from "./options.ts"
import { startPostgres } from "./postgres.ts"
import { save, shown, table } from "./report.ts"
import { median } from "./statistics.ts"

const few = 1000
const warmTurns = 30

export async function memory(options: Options): Promise<void> {
  const name = options.only?.[0] ?? ours
  const many = options.contacts
  if (many <= few) throw new Error(`--contacts must be above ${few}`)
  const why = missing(name, options.hamraaz)
  if (why !== undefined) return console.log(`${name}: left out, ${why}`)
  if (name !== ours) installPeers()
  const postgres = await startPostgres()
  let contender: Contender | undefined
  try {
    contender = await startContender(name, await postgres.create(name), { ...options, contacts: few })
    await turnsOf(contender, few, options.inflight)
    const thousand = await settled(contender)
    // Code gets compiled and the heap finds its size, which a million contacts have no part in.
    await turnsOf(contender, few * warmTurns, options.inflight)
    const warm = await settled(contender)
    contender.others(many - few)
    await turnsOf(contender, many - few, options.inflight, few)
    const million = await settled(contender)
    const peak = peakMemory(contender.process.pid)

    const here = machine()
    console.log(`\n${described(here, postgres.version)}\n`)
    console.log(
      table(
        [name, "RSS, MiB", "to a thousand"],
        [
          [`${few.toLocaleString("en")} contacts, a turn each`, shown(thousand), ""],
          [`the same, ${warmTurns} turns more each`, shown(warm), shown(warm / thousand)],
          [`${many.toLocaleString("en")} contacts, a turn each`, shown(million), shown(million / thousand)],
          ["its peak until then", shown(peak), ""],
        ],
      ),
    )
    save("memory.json", {
      machine: here,
      node: process.version,
      postgres: postgres.version,
      takenAt: new Date().toISOString(),
      contender: name,
      contacts: many,
      failures: contender.load.failures,
      residentMiB: { thousand, "thousand-warm": warm, million, peak },
      ratios: { "million-to-thousand": million / thousand, "million-to-thousand-warm": million / warm },
    })
  } finally {
    await contender?.stop()
    await postgres.stop()
  }
}

/** Exactly so many turns, telling how far it is at each tenth of long ones. */
async function turnsOf({ load }: Contender, count: number, inFlight: number, before = 0): Promise<void> {
  const end = load.sent + count
  const telling = setInterval(() => console.log(`${(before + load.turns).toLocaleString("en")} turns`), 30_000)
  try {
    await load.closed(inFlight, () => load.sent >= end)
  } finally {
    clearInterval(telling)
  }
}

/** Resident memory at rest: the collector gives pages back some seconds after the work. */
async function settled({ process: child }: Contender): Promise<number> {
  await sleep(15_000)
  const readings: number[] = []
  for (let n = 0; n < 5; n++) {
    readings.push(residentMemory(child.pid))
    await sleep(1000)
  }
  return median(readings)
}
