/**
 * `node bench/main.ts turns|memory|handoff|reports|campaign|check [--rounds=7] [--seconds=5] [--only=a,b] [--inflight=64] [--contacts=2000]
 * [--chats=200] [--consoles=20] [--queued=2000] [--every=10]
 * [--hamraaz="node --min-semi-space-size=32 --max-semi-space-size=32 --heap-growing-percent=50 src/main.ts"]`. See bench/README.md.
 */
import { campaign } from "./campaign.ts"
import { check } from "./check.ts"
import { handoff } from "./handoff.ts"
import { memory } from "./memory.ts"
import { parse } from "./options.ts"
import { reports } from "./reports.ts"
import { turns } from "./turns.ts"

const { command, options } = parse(process.argv.slice(2))
if (command === "turns") await turns(options({}))
else if (command === "memory") await memory(options({ contacts: 1_000_000, inflight: 256 }))
else if (command === "handoff") await handoff(options({ rounds: 3, seconds: 20 }))
else if (command === "reports") await reports(options({ rounds: 3, seconds: 5 }))
else if (command === "campaign") await campaign(options({ contacts: 1_000_000, seconds: 60 }))
else if (command === "check") await check(options({ contacts: 1 }))
else {
  console.error("usage: bench turns | memory | handoff | reports | campaign | check")
  process.exitCode = 2
}
// A child or a socket that did not close must not keep a finished run alive.
process.exit()
