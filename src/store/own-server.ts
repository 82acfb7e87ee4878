import { mkdirSync, realpathSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { isCluster, makeCluster } from "./cluster.ts"
import { endPostmaster, lives, runningOn, takeOverOrLaunch, urlOf, type Postmaster } from "./postmaster.ts"

/** A PostgreSQL of our own, under the data folder. */
export type OwnServer = { readonly url: string; readonly stop: () => Promise<void> }

/** How often it is looked after. */
const LOOK_MS = 200
/** The pause before it is started again: so long at first, and twice as long each time it dies within a minute. */
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 30_000
const CALM_MS = 60_000

/**
 * Starts the PostgreSQL that npm carries, making its cluster first if there is none, and takes over one that a killed
 * process of ours left running. When it dies before `stop`, it is started again at the same port. Only one living process
 * may call it for a folder (see `lock`).
 * @param password the database's password; the same one at each start
 * @param restarted told when it was started again, or of what stood in the way
 */
export async function startOwnServer(folder: string, password: string, durable = true, restarted: (failure?: unknown) => void = () => {}): Promise<OwnServer> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const data = join(realpathSync(folder), "postgres")
  await makeCluster(data, password, durable)
  const first = await takeOverOrLaunch(data, await freePort(), password, durable)
  const stop = keepRunning(first, () => takeOverOrLaunch(data, first.port, password, durable), restarted)
  return { url: urlOf(first.port, password), stop }
}

/** Whether there is a cluster under this folder already. */
export function hasCluster(folder: string): boolean {
  return isCluster(join(folder, "postgres"))
}

/** Where the server of this folder answers, when it is running. Throws `WrongPassword`. */
export async function runningServer(folder: string, password: string): Promise<string | undefined> {
  const found = await runningOn(join(folder, "postgres"), password)
  return typeof found === "object" ? urlOf(found.port, password) : undefined
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

/** Looks after a server until it is stopped; gives back how. */
function keepRunning(first: Postmaster, start: () => Promise<Postmaster>, restarted: (failure?: unknown) => void): () => Promise<void> {
  const stopped = new AbortController()
  let server: Postmaster | undefined = first
  // Looking after it keeps no process alive.
  const pause = (ms: number) => wait(ms, undefined, { ref: false, signal: stopped.signal }).catch(() => {})

  async function look(): Promise<void> {
    let begun = performance.now()
    for (let pauseMs = FIRST_PAUSE_MS; !stopped.signal.aborted; await pause(LOOK_MS)) {
      if (server !== undefined && lives(server.pid)) continue
      if (server !== undefined && performance.now() - begun > CALM_MS) pauseMs = FIRST_PAUSE_MS
      server = undefined
      await pause(pauseMs)
      if (stopped.signal.aborted) return
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
      try {
        server = await start()
        begun = performance.now()
        restarted()
      } catch (failure) {
        restarted(failure)
      }
    }
  }

  const looking = look()
  return async () => {
    stopped.abort()
    // One that is just being started is waited for: it would outlive us.
    await looking
    const last = server
    server = undefined
    if (last !== undefined) await endPostmaster(last.pid)
  }
}
