import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { freePort } from "../../src/store/own-server.ts"
import { lives } from "../../src/store/postmaster.ts"
import { bare, until } from "./running.ts"

/** A house as an operator starts it, in a process group of its own. */
export type Started = {
  readonly child: ChildProcess & { readonly pid: number }
  readonly url: string
  /** What it told, line by line. */
  readonly lines: readonly string[]
  /** What it complained of. */
  readonly complaints: () => string
  /** The exit code, once it has ended. */
  readonly ended: Promise<number | null>
  readonly ready: () => Promise<void>
}

export type Lot = ReturnType<typeof openLot>

/**
 * A data folder for houses that run their own PostgreSQL; whatever still runs on it ends with `close`.
 * @param like a data folder whose PostgreSQL has stopped, to begin with
 */
export function openLot(like?: string) {
  const folder = mkdtempSync(join(tmpdir(), "hamraaz-lot-"))
  const data = join(folder, "data")
  if (like !== undefined) execFileSync("cp", ["-a", like, data])
  const houses: Started[] = []

  /** The number of the PostgreSQL that runs, or last ran, on this folder. */
  function postmaster(): number | undefined {
    const file = join(data, "postgres", "postmaster.pid")
    return existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : undefined
  }

  return {
    folder,
    data,
    postmaster,
    /** Files anywhere under the data folder that have this name. */
    named: (name: string) => (existsSync(data) ? listed(data).filter((path) => path.endsWith(`/${name}`)) : []),
    async start(settings: Readonly<Record<string, string>> = {}, house = join(import.meta.dirname, "../..")): Promise<Started> {
      const port = await freePort()
      const child = spawn(process.execPath, [join(house, "src/main.ts")], {
        env: { ...bare(), PORT: String(port), DATA_DIR: data, SIMULATOR: "on", ...settings },
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
      }) as Started["child"]
      const lines: string[] = []
      let rest = ""
      child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
        const parts = (rest + chunk).split("\n")
        rest = parts.pop() ?? ""
        lines.push(...parts)
      })
      let complaints = ""
      child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
        complaints += chunk
      })
      const url = `http://127.0.0.1:${port}`
      const started: Started = {
        child,
        url,
        lines,
        complaints: () => complaints,
        ended: new Promise((resolve) => child.once("close", resolve)),
        ready: () =>
          until(async () => {
            if (child.exitCode !== null) throw new Error(`the house didn't open: ${complaints}`)
            return (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200
          }),
      }
      houses.push(started)
      return started
    },
    async close(): Promise<void> {
      for (const { child, ended } of houses) {
        if (child.exitCode === null && child.signalCode === null) kill(-child.pid)
        await ended
      }
      const left = postmaster()
      if (left !== undefined && kill(left)) await until(() => !lives(left))
      // A program that lost its house may still be writing for a moment.
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

/** Ends a process, or the group of one, as a power cut would. */
export function kill(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL")
  } catch {
    return false
  }
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path))
  } catch {
    // What is listed may be going away meanwhile.
    return []
  }
}
