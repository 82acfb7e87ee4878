/** A console as a browser has it: cookies, JSON, and the stream of what changed. */
import { Agent, request } from "node:http"
import { codeOf } from "../src/demo/one-time-code.ts"

const agent = new Agent({ keepAlive: true, maxSockets: 200 })

export interface Told {
  readonly status: number
  readonly json: Readonly<Record<string, unknown>>
}

/** Somebody of staff who has signed in. */
export class Console {
  readonly #port: number
  readonly #address: string
  readonly #cookies = new Map<string, string>()
  /** How many questions it has asked. */
  asked = 0

  /** `n` gives each an address of its own, as the tries of one are counted together. */
  constructor(port: number, n: number) {
    this.#port = port
    this.#address = `10.0.${n >> 8}.${n & 255}`
  }

  get(path: string): Promise<Told> {
    return this.#ask("GET", path)
  }

  post(path: string, body: object = {}): Promise<Told> {
    return this.#ask("POST", path, JSON.stringify(body))
  }

  /** Makes an account of an invitation, with its second step. */
  async join(link: string, alias: string): Promise<void> {
    const password = "correct horse battery"
    must(await this.post("link/join", { token: link.split("/").at(-1), userName: alias.toLowerCase().replace(" ", "-"), alias, password }))
    const begun = must(await this.post("totp/begin", { password }))
    must(await this.post("totp/confirm", { code: codeOf(new URL(String(begun["uri"])).searchParams.get("secret") ?? "") }))
  }

  /** Opens the stream; settles once it stands. */
  listen(heard: (event: string, data: { readonly id?: string }) => void, lost: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const stream = request({ port: this.#port, path: "/console/api/events", headers: this.#headers(), agent: false }, (response) => {
        if (response.statusCode !== 200) return reject(new Error(`the stream answered ${response.statusCode}`))
        let held = ""
        response.setEncoding("utf8").on("data", (data: string) => {
          const parts = (held + data).split("\n\n")
          held = parts.pop() ?? ""
          for (const part of parts) {
            const event = /^event: (.*)$/m.exec(part)?.[1]
            if (event !== undefined) heard(event, JSON.parse(/^data: (.*)$/m.exec(part)?.[1] ?? "{}"))
          }
        })
        response.on("close", lost)
        resolve()
      })
      stream.on("error", reject)
      stream.end()
    })
  }

  #headers(): Record<string, string> {
    const cookie = Array.from(this.#cookies, ([name, value]) => `${name}=${value}`).join("; ")
    return { "x-forwarded-for": this.#address, ...(cookie !== "" && { cookie }) }
  }

  #ask(method: string, path: string, body = ""): Promise<Told> {
    this.asked += 1
    const headers = {
      ...this.#headers(),
      ...(method === "POST" && { origin: `http://127.0.0.1:${this.#port}`, "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
    }
    return new Promise((resolve, reject) => {
      const asking = request({ agent, port: this.#port, method, path: `/console/api/${path}`, headers }, (response) => {
        for (const line of response.headers["set-cookie"] ?? []) {
          const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? []
          if (value === "" || /max-age=0/i.test(line)) this.#cookies.delete(name)
          else this.#cookies.set(name, value)
        }
        let text = ""
        response.setEncoding("utf8").on("data", (data: string) => (text += data))
        response.on("end", () => resolve({ status: response.statusCode ?? 0, json: JSON.parse(text) }))
        response.on("error", reject)
      })
      // The house closed a connection that had idled just as it was taken up again; a browser asks once more, too.
      asking.on("error", (cause) => (asking.reusedSocket ? resolve(this.#ask(method, path, body)) : reject(cause)))
      asking.end(body)
    })
  }
}

/** What was answered, if it was done. */
export function must({ status, json }: Told): Told["json"] {
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(json)}`)
  return json
}
