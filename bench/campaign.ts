/** `bench campaign`: a day of a million people laid out, broadcasts at the channels' paces with the answers beside them, and a house that is killed. */
import { spawnSync } from "node:child_process"
import { broadcast } from "./campaign-broadcast.ts"
import { load } from "./campaign-house.ts"
import { killed } from "./campaign-kill.ts"
import { laidOut } from "./campaign-laid.ts"
import { described, machine, warnWhenBusy } from "./machine.ts"
import type { Options } from "./options.ts"

/** The parts of a run, each in a process of its own: `--only` chooses among them. */
const PARTS: Readonly<Record<string, (options: Options) => Promise<void>>> = {
  laid: ({ contacts }) => laidOut(contacts),
  "telegram-30": ({ seconds }) => broadcast({ channel: "telegram", perSecond: 30, seconds }),
  "telegram-300": ({ seconds }) => broadcast({ channel: "telegram", perSecond: 300, seconds }),
  sms: ({ seconds }) => broadcast({ channel: "sms", perSecond: 1, seconds }),
  kill: () => killed(6000, 300),
}

export async function campaign(options: Options): Promise<void> {
  const names = Object.keys(PARTS).filter((name) => options.only === undefined || options.only.includes(name))
  const [only] = names
  if (names.length === 1 && only !== undefined) return PARTS[only]?.(options)
  warnWhenBusy()
  console.log(`${described(machine(), "as it comes along")}; ${load()}`)
  for (const name of names) {
    const { contacts, seconds } = options
    spawnSync(process.execPath, [...process.execArgv, process.argv[1] ?? "", "campaign", `--only=${name}`, `--contacts=${contacts}`, `--seconds=${seconds}`], { stdio: "inherit" })
  }
}
