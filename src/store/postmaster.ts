import { execFileSync, spawn } from "node:child_process"
import { readFileSync, realpathSync, rmSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import pg from "pg"
import { asOrdinaryUser, bareEnv } from "./cluster.ts"

/** A PostgreSQL that answers. */
export type Postmaster = { readonly pid: number; readonly port: number }

/** The cluster was made with another keyring. */
export class WrongPassword extends Error {
  override name = "WrongPassword"
}

/** PostgreSQL didn't start, and said why. `passing`: only because another one of this cluster isn't gone yet. */
export class PostgresEnded extends Error {
  override name = "PostgresEnded"
  readonly passing: boolean
  constructor(code: number | null, complaint: string) {
    super(`PostgreSQL ended with code ${code}: ${complaint}`)
    this.passing = /lock file|still in use/.test(complaint)
  }
}

/** How long a PostgreSQL that lives may be silent before it is given up. */
const SILENCE_MS = 30_000

/** Takes over the PostgreSQL that runs on this cluster, or starts one at this port. */
export async function takeOverOrLaunch(data: string, port: number, password: string, durable: boolean): Promise<Postmaster> {
  for (let tries = 0; ; tries++) {
    const left = await leftRunning(data, password)
    if (left !== undefined) return left
    try {
      return await launch(data, port, password, durable)
    } catch (cause) {
      // The children of a server that was killed take a moment to go, and one that was just started a moment to be seen.
      if (tries === 20 || !(cause instanceof PostgresEnded) || !cause.passing) throw cause
      await wait(250)
    }
  }
}

/** Asks once for the PostgreSQL that runs on this cluster. `busy`: it is starting, or on its way out. Throws `WrongPassword`. */
export async function runningOn(data: string, password: string): Promise<Postmaster | "busy" | undefined> {
  const there = holderOf(data)
  if (there === undefined) return undefined
  const client = new pg.Client({ connectionString: urlOf(there.port, password), connectionTimeoutMillis: 2000 })
  client.on("error", () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string }>("select current_setting('data_directory') as folder")
    return same(rows[0]?.folder, data) ? there : undefined
  } catch (cause) {
    refuseStranger(cause)
    return /^(57P|53)/.test(sqlState(cause)) ? "busy" : undefined
  } finally {
    await client.end().catch(() => {})
  }
}

/** Ends a PostgreSQL: its sessions are ended, everything is written. One that takes too long for that recovers at its next start. */
export async function endPostmaster(pid: number): Promise<void> {
  for (const [name, withinMs] of [
    ["SIGINT", 8000],
    ["SIGQUIT", 6000],
  ] as const) {
    if (!signal(pid, name)) return
    for (const began = performance.now(); performance.now() - began < withinMs; await wait(10)) if (!lives(pid)) return
  }
}

/** Whether a process of this number lives, and isn't only waiting to be counted as dead. */
export function lives(pid: number): boolean {
  return signal(pid, 0) && (process.platform !== "linux" || commandOf(pid).length > 0)
}

/** Where a PostgreSQL at this port answers us. */
export function urlOf(port: number, password: string): string {
  return `postgresql://hamraaz:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`
}

/** What runs on this cluster, once it answers; waits for what is starting or on its way out. */
async function leftRunning(data: string, password: string): Promise<Postmaster | undefined> {
  for (let heard = performance.now(); holderOf(data) !== undefined; await wait(50)) {
    const found = await runningOn(data, password)
    if (typeof found === "object") return found
    if (found === "busy") heard = performance.now()
    else if (performance.now() - heard > SILENCE_MS) throw new Error("the PostgreSQL that runs on the data folder doesn't answer; stop it")
  }
  // PostgreSQL itself sees when the holder is dead. But after a power cut its number may be a stranger's, or never have
  // been written, and then it would not start.
  if (isMisleading(data)) {
    await wait(250)
    if (isMisleading(data)) rmSync(join(data, "postmaster.pid"), { force: true })
  }
  return undefined
}

async function launch(data: string, port: number, password: string, durable: boolean): Promise<Postmaster> {
  const settings = {
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "50",
    shared_buffers: "128MB",
    jit: "off",
    // The log of changes is for getting up after a crash and for nothing else: it is kept as short as PostgreSQL lets it be,
    // files that are through are removed instead of used again with what stands in them, and a table that is emptied and
    // filled in one transaction, as the intake is, never passes through it.
    wal_level: "minimal",
    max_wal_senders: "0",
    wal_skip_threshold: "0",
    wal_recycle: "off",
    min_wal_size: "32MB",
    max_wal_size: "256MB",
    // Statements carry covered bytes and keyed hashes only; still, a log is the wrong place for either.
    log_min_error_statement: "panic",
    log_min_messages: "error",
    log_parameter_max_length_on_error: "0",
    ...(durable ? {} : { fsync: "off", full_page_writes: "off", synchronous_commit: "off", max_connections: "200" }),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])
  const [command, args] = asOrdinaryUser("postgres", ["-D", data, ...flags])
  // detached: Ctrl-C reaches every process of the terminal's group, and the database has to outlive the last turn.
  const server = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"], detached: true, env: bareEnv })
  let complaint = ""
  server.stderr.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2000)
  })
  const ended = new Promise<never>((_, reject) => {
    server.once("error", reject)
    server.once("close", (code) => reject(new PostgresEnded(code, complaint.trim())))
  })
  ended.catch(() => {})
  const url = urlOf(port, password)
  const asking = new AbortController()
  try {
    await Promise.race([answering(url, asking.signal), ended])
  } catch (cause) {
    if (server.pid !== undefined && server.exitCode === null && server.signalCode === null) await endPostmaster(server.pid)
    throw cause
  } finally {
    asking.abort()
  }
  server.unref()
  ;(server.stderr as unknown as { unref: () => void }).unref()
  return { pid: server.pid as number, port }
}

async function answering(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const client = new pg.Client({ connectionString: url })
    client.on("error", () => {})
    try {
      await client.connect()
      return
    } catch (cause) {
      refuseStranger(cause)
      await wait(10)
    } finally {
      await client.end().catch(() => {})
    }
  }
}

/** What the lock file says, whoever left it. */
function lockOf(data: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")
    return { pid: Number(lines[0]), port: Number(lines[3]) }
  } catch {
    return undefined
  }
}

/** Whether the lock file names nobody, or somebody who lives and doesn't hold this cluster. */
function isMisleading(data: string): boolean {
  const lock = lockOf(data)
  return lock !== undefined && (!(lock.pid > 0) || signal(lock.pid, 0)) && holderOf(data) === undefined
}

/** The living PostgreSQL that holds this cluster. */
function holderOf(data: string): Postmaster | undefined {
  const lock = lockOf(data)
  return lock !== undefined && lock.pid > 0 && signal(lock.pid, 0) && commandOf(lock.pid).some((word) => same(word, data)) ? lock : undefined
}

/** The words with which a process was started; none when it is dead. */
function commandOf(pid: number): readonly string[] {
  try {
    const words =
      process.platform === "linux"
        ? readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")
        : execFileSync("ps", ["-ww", "-o", "args=", "-p", String(pid)], { encoding: "utf8" }).split(/ -[Dc] /)
    return words.filter((word) => word !== "")
  } catch {
    return []
  }
}

function same(one: string | undefined, data: string): boolean {
  if (one === undefined || !one.startsWith("/")) return false
  try {
    return realpathSync(one) === realpathSync(data)
  } catch {
    return false
  }
}

/** 28…: it answers, and doesn't know us. Asking again won't help. */
function refuseStranger(cause: unknown): void {
  if (sqlState(cause).startsWith("28")) throw new WrongPassword("the database in the data folder was made with another keyring", { cause })
}

function sqlState(cause: unknown): string {
  return String((cause as { code?: unknown }).code)
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "EPERM"
  }
}
