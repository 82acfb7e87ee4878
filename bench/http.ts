/**
 * Just enough HTTP/1.1 for the load, on bare sockets: the generator and the stand-in share two cores with what they
 * measure, and `node:http` with undici would cost them several times as much for each turn (see `ceiling.ts`).
 *
 * Everything is read as latin1, so that a character is a byte and lengths add up; only what is shown is decoded.
 */
import { connect, createServer, type Server, type Socket } from "node:net"

interface Message {
  readonly head: string
  readonly body: string
}

/** Reads messages off a socket as they come whole, over as many packets as they take. */
function read(socket: Socket, take: (message: Message) => void): void {
  let held = ""
  socket.setEncoding("latin1")
  socket.setNoDelay(true)
  socket.on("data", (data: string) => {
    held = held === "" ? data : held + data
    while (held !== "") {
      const headEnd = held.indexOf("\r\n\r\n")
      if (headEnd < 0) return
      const head = held.slice(0, headEnd)
      const cut = /\r\ntransfer-encoding: *chunked/i.test(head) ? chunked(held, headEnd + 4) : sized(held, headEnd + 4, Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0))
      if (cut === undefined) return
      held = held.slice(cut.end)
      take({ head, body: cut.body })
    }
  })
}

function sized(data: string, from: number, length: number): { body: string; end: number } | undefined {
  const end = from + length
  return data.length < end ? undefined : { body: data.slice(from, end), end }
}

function chunked(data: string, from: number): { body: string; end: number } | undefined {
  let body = ""
  for (let at = from; ; ) {
    const lineEnd = data.indexOf("\r\n", at)
    if (lineEnd < 0) return undefined
    const length = Number.parseInt(data.slice(at, lineEnd), 16)
    const end = lineEnd + 2 + length + 2
    if (data.length < end) return undefined
    body += data.slice(lineEnd + 2, end - 2)
    at = end
    if (length === 0) return { body, end }
  }
}

export interface Answer {
  readonly status: number
  readonly body: string
}

/** Posts to one server over as many keep-alive connections as there are requests under way. */
export class Poster {
  readonly #port: number
  readonly #idle: Socket[] = []
  readonly #waiting = new Map<Socket, (answer: Answer) => void>()

  constructor(port: number) {
    this.#port = port
  }

  /** Asks for JSON to be taken; `done` hears status 0 when the connection broke. */
  post(path: string, headers: string, body: string, done: (answer: Answer) => void): void {
    const socket = this.#idle.pop() ?? this.#open()
    this.#waiting.set(socket, done)
    socket.write(`POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${this.#port}\r\ncontent-type: application/json\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }

  close(): void {
    for (const socket of [...this.#idle, ...this.#waiting.keys()]) socket.destroy()
  }

  #open(): Socket {
    const socket = connect(this.#port, "127.0.0.1")
    const settle = (answer: Answer) => {
      const done = this.#waiting.get(socket)
      this.#waiting.delete(socket)
      done?.(answer)
    }
    read(socket, ({ head, body }) => {
      // The socket goes back before the answer is heard, as hearing it mostly leads to the next request.
      if (/\r\nconnection: *close/i.test(head)) socket.end()
      else this.#idle.push(socket)
      settle({ status: Number(head.slice(9, 12)), body })
    })
    socket.on("error", () => socket.destroy())
    socket.on("close", () => {
      const at = this.#idle.indexOf(socket)
      if (at >= 0) this.#idle.splice(at, 1)
      settle({ status: 0, body: "" })
    })
    return socket
  }
}

/** Serves JSON on a free port. `handle` gives the answer's body for a path and a body. */
export async function serve(port: number, handle: (path: string, body: string) => string): Promise<{ port: number; close: () => void }> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on("close", () => sockets.delete(socket))
    socket.on("error", () => socket.destroy())
    read(socket, ({ head, body }) => {
      const answer = handle(head.slice(head.indexOf(" ") + 1, head.indexOf(" HTTP/")), body)
      socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: keep-alive\r\ncontent-length: ${answer.length}\r\n\r\n${answer}`)
    })
  })
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done))
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("no port")
  return {
    port: address.port,
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
