import { createHash } from "node:crypto"
import { mkdirSync, realpathSync, rmSync } from "node:fs"
import { connect, createServer, type Server } from "node:net"

/** A data folder that a living process holds. */
export class FolderHeld extends Error {
  override name = "FolderHeld"
}

/**
 * Holds a data folder for this process; the hold ends with the process, however it ends. Throws `FolderHeld` when
 * another living process has it. A lock file with a number in it would outlive a killed process and name a stranger.
 */
export async function holdFolder(folder: string): Promise<() => void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const name = `hamraaz-${createHash("sha256").update(realpathSync(folder)).digest("hex").slice(0, 32)}`
  // Linux has names that are no files and vanish with their holder; elsewhere a socket file has to do, in a place
  // that is the same for every shell and short enough for a socket's name.
  const path = process.platform === "linux" ? `\0${name}` : `/tmp/${name}.sock`
  const server = (await listen(path)) ?? (await answers(path).then((alive) => (alive || path.startsWith("\0") ? undefined : again(path))))
  if (server === undefined) throw new FolderHeld("the data folder is in use by another process")
  server.unref()
  return () => server.close()
}

function again(path: string): Promise<Server | undefined> {
  rmSync(path, { force: true })
  return listen(path)
}

function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once("error", (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" ? resolve(undefined) : reject(error)))
    server.listen(path, () => resolve(server))
  })
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy()
      resolve(true)
    })
    socket.once("error", () => resolve(false))
  })
}
