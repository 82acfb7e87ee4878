/** Processes of a run: started with a log of what they say, and gone when the run is. */
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

export interface Process {
  readonly pid: number
  /** Undefined while it runs. */
  ended(): string | undefined
  /** The last lines it said. */
  said(): string
  stop(): Promise<void>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

const running = new Set<ChildProcess>()
const base = mkdtempSync(join(tmpdir(), "hamraaz-bench-"))
// PostgreSQL runs as a user of its own when we are root, and has to get through to its data.
chmodSync(base, 0o755)
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL")
  rmSync(base, { recursive: true, force: true, maxRetries: 3 })
})

/** A folder that is gone after the run. */
export function temporary(name: string): string {
  const folder = join(base, name)
  mkdirSync(folder, { recursive: true })
  return folder
}

export function start(command: readonly string[], folder: string, env: NodeJS.ProcessEnv, log: string): Process {
  const [name, ...args] = command
  // "node" means the one that runs this, whatever the PATH says.
  const program = name === "node" ? process.execPath : (name ?? "")
  const out = openSync(log, "w")
  const child = spawn(program, args, { cwd: folder, env: { ...process.env, ...env }, stdio: ["ignore", out, out] })
  closeSync(out)
  let end: string | undefined
  running.add(child)
  child.once("error", (error) => {
    end = String(error)
    running.delete(child)
  })
  child.once("exit", (code, signal) => {
    end = `ended with ${signal ?? code}`
    running.delete(child)
  })
  return {
    pid: child.pid ?? 0,
    ended: () => end,
    said: () => readFileSync(log, "utf8").trimEnd().split("\n").slice(-12).join("\n"),
    async stop() {
      if (end !== undefined) return
      const gone = once(child, "exit")
      child.kill("SIGTERM")
      const kill = setTimeout(() => child.kill("SIGKILL"), 10_000)
      await gone
      clearTimeout(kill)
    },
    async kill() {
      if (end !== undefined) return
      const gone = once(child, "exit")
      child.kill("SIGKILL")
      await gone
    },
  }
}

/** Waits for the first 200 from `url`. */
export async function ready(child: Process, url: string, seconds = 90): Promise<void> {
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    const why = child.ended()
    if (why !== undefined) throw new Error(`${why} before it was ready`)
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined)
    await response?.arrayBuffer()
    if (response?.status === 200) return
    await sleep(100)
  }
  throw new Error(`not ready after ${seconds} s`)
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  server.close()
  await once(server, "close")
  if (address === null || typeof address === "string") throw new Error("no port")
  return address.port
}
