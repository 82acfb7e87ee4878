/** What the numbers were taken on. */
import { readFileSync } from "node:fs"
import { cpus, loadavg, platform, release, totalmem } from "node:os"

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly system: string
}

export function machine(): Machine {
  const all = cpus()
  return {
    cpu: all[0]?.model.trim() ?? "unknown",
    cores: all.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release().split("-")[0]}`,
  }
}

export function described({ cpu, cores, memoryGiB, system }: Machine, postgres: string): string {
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}; Node ${process.version}; PostgreSQL ${postgres}`
}

/** Said beforehand, as a number taken beside other work is worth little and does not look it. */
export function warnWhenBusy(): void {
  const [busy = 0] = loadavg()
  if (busy > 0.3) console.warn(`Others are at work on this machine (load ${busy.toFixed(2)}): take the numbers with care.`)
}

/** Processor time a process has used, in ms; NaN where there is no /proc. */
export function processorTime(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1")
    const [user, system] = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13)
      .map(Number)
    // A tick is 10 ms on every Linux that Node runs on.
    return ((user ?? Number.NaN) + (system ?? Number.NaN)) * 10
  } catch {
    return Number.NaN
  }
}

/** Resident memory of a process, in MiB. */
export function residentMemory(pid: number): number {
  return memory(pid, "VmRSS")
}

/** The most it ever was. */
export function peakMemory(pid: number): number {
  return memory(pid, "VmHWM")
}

function memory(pid: number, field: string): number {
  const line = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(readFileSync(`/proc/${pid}/status`, "latin1"))
  return Number(line?.[1]) / 1024
}
