import { readFileSync } from "node:fs"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo, Socket } from "node:net"
import { extname, join } from "node:path"
import { DIST } from "../../src/web/build.ts"
import { person, StandInDesk, type Person } from "./console-stand-in-desk.ts"

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
const TYPES: Readonly<Record<string, string>> = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" }
/** The code that every authenticator here shows. */
export const CODE = "123456"
export const INVITATION = "a-link-that-works-once"

/** A house without a house: it speaks the console's contract, keeps all in memory, and lets a test be the people who write, the provider and the wire. */
export class ConsoleStandIn extends StandInDesk {
  readonly asked: { readonly method: string; readonly path: string; readonly body: unknown }[] = []
  readonly #sessions = new Map<string, string>()
  readonly #streams = new Set<ServerResponse>()
  readonly #sockets = new Set<Socket>()
  readonly #server = createServer((request, response) => void this.#answer(request, response))
  #invited = true
  #count = 0
  /** `dead`: nothing comes through. `swallows`: what is said arrives, the answer doesn't. */
  wire: "whole" | "dead" | "swallows" = "whole"

  async start(): Promise<string> {
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket)
      socket.once("close", () => this.#sockets.delete(socket))
    })
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** Cuts every connection; the next ones too, until it is whole again. */
  cut(): void {
    this.wire = "dead"
    for (const socket of this.#sockets) socket.destroy()
  }

  protected override send(text: string): void {
    for (const stream of this.#streams) stream.write(text)
  }

  /** Lets somebody in without the door; gives back the cookie that says so. */
  letsIn(userName: string): string {
    const token = `token-${++this.#count}`
    this.#sessions.set(token, `staff-${userName}`)
    return token
  }

  /** Every session has come to its end; a stream that is open may not know it yet. */
  signOutAll({ streams = true } = {}): void {
    this.#sessions.clear()
    if (!streams) return
    for (const stream of this.#streams) stream.end()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.wire === "dead") {
      request.socket.destroy()
      return
    }
    const url = new URL(request.url ?? "/", "http://here")
    const path = url.pathname.replace(/^\/console\//, "")
    if (!path.startsWith("api/")) return this.#file(path, response)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>)
    this.asked.push({ method: request.method ?? "", path: path.slice(4), body })
    const token = tokenIn(request.headers.cookie)
    const who = this.#signed(request.headers.cookie ?? null)
    const json = (status: number, value: unknown, cookie?: string) => {
      if (request.method === "POST" && this.wire === "swallows") {
        // Half an answer: where none comes at all, a browser asks again by itself.
        response.writeHead(200, { "content-length": 100 })
        response.write("{", () => request.socket.destroy())
        return
      }
      response.writeHead(status, {
        "content-type": "application/json",
        "cache-control": "no-store",
        ...(cookie !== undefined && { "set-cookie": `who=${cookie}; Path=/console; HttpOnly` }),
      })
      response.end(JSON.stringify(value))
    }
    const door = request.method === "POST" ? this.#door(path.slice(4), body, token, who) : undefined
    if (door !== undefined) return json(door.status, door.json, door.cookie)
    if (path === "api/session") return json(200, { state: who === undefined ? "out" : who.secondStep ? "in" : "set-up" })
    if (who === undefined || !who.secondStep) return json(401, { ok: false, why: "signed-out" })
    if (path === "api/numbers.csv") {
      response.writeHead(200, { "content-type": "text/csv; charset=utf-8" })
      response.end(`day,asked\r\n${url.searchParams.get("from")},1\r\n`)
      return
    }
    if (path === "api/events") {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" })
      response.write(": here\n\n")
      this.#streams.add(response)
      response.once("close", () => this.#streams.delete(response))
      return
    }
    const answer = request.method === "GET" ? this.look(who, path.slice(4), url.searchParams) : this.act(who, path.slice(4), body)
    if (answer === undefined) return json(404, { ok: false, why: "gone" })
    json("why" in answer ? (answer.why === "refused" ? 403 : 409) : 200, answer)
  }

  #signed(cookie: string | null): Person | undefined {
    const token = tokenIn(cookie ?? undefined)
    return this.staff.find(({ id }) => id === this.#sessions.get(token))
  }

  #door(path: string, body: Record<string, unknown>, token: string, who: Person | undefined): { status: number; json: object; cookie?: string } | undefined {
    const wrong = { status: 401, json: { ok: false, why: "wrong" } }
    const enter = (one: Person, prefix = "") => {
      const cookie = `token-${++this.#count}`
      this.#sessions.set(cookie, prefix + one.id)
      return cookie
    }
    switch (path) {
      case "sign-in": {
        const one = this.staff.find(({ userName, password }) => userName === body["userName"] && password === body["password"])
        return one === undefined ? wrong : { status: 200, json: { ok: true, next: "code" }, cookie: enter(one, "half ") }
      }
      case "sign-in/code": {
        const half = this.staff.find(({ id }) => `half ${id}` === this.#sessions.get(token))
        return half === undefined || body["code"] !== CODE ? wrong : { status: 200, json: { ok: true }, cookie: enter(half) }
      }
      case "sign-out":
        this.#sessions.delete(token)
        return { status: 200, json: { ok: true } }
      case "link":
        return this.#invited && body["token"] === INVITATION
          ? { status: 200, json: { ok: true, kind: "invitation", roles: ["counsellor"] } }
          : { status: 409, json: { ok: false, why: "link" } }
      case "link/join": {
        if (!this.#invited || body["token"] !== INVITATION) return { status: 409, json: { ok: false, why: "link" } }
        if (this.staff.some(({ alias }) => alias === body["alias"])) return { status: 409, json: { ok: false, why: "alias-taken" } }
        this.#invited = false
        const one = { ...person(String(body["userName"]), String(body["alias"]), ["counsellor"]), password: String(body["password"]), secondStep: false }
        this.staff.push(one)
        return { status: 200, json: { ok: true, next: "set-up" }, cookie: enter(one) }
      }
      case "totp/begin":
        if (who === undefined || who.password !== body["password"]) return wrong
        return {
          status: 200,
          json: { ok: true, uri: `otpauth://totp/Hamraaz:${who.userName}?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Hamraaz&digits=6&period=30`, recoveryCodes: RECOVERY },
        }
      case "totp/confirm":
        if (who === undefined || body["code"] !== CODE) return wrong
        who.secondStep = true
        return { status: 200, json: { ok: true } }
      default:
        return undefined
    }
  }

  #file(path: string, response: ServerResponse): void {
    const name = path === "" ? "index.html" : path
    try {
      const bytes = readFileSync(join(DIST, "console", name))
      response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "application/octet-stream", "content-security-policy": CSP, "cache-control": "no-store" })
      response.end(bytes)
    } catch {
      response.writeHead(404)
      response.end()
    }
  }
}

const tokenIn = (cookie: string | undefined) => /who=([^;]+)/.exec(cookie ?? "")?.[1] ?? ""

const RECOVERY = ["k3p7-wq2m", "x9rd-4hzt", "b6vn-8yfc", "t2js-5gka", "m8wl-3eqp", "z4cx-7und", "h5bt-9rfv", "q7yk-2msa"]
