import { codeOf } from "../../src/demo/one-time-code.ts"
import { linkAddress, ROLES } from "../../src/helpline/staff.ts"
import type { House } from "./house.ts"

export { codeOf }

export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly json: Readonly<Record<string, unknown>> & { readonly [index: number]: { readonly id: string } }
}

/** A browser at the console: it keeps cookies, sends its origin, and remembers what it was told to keep. */
export class StaffBrowser {
  readonly cookies = new Map<string, string>()
  /** Each Set-Cookie line as it came. */
  readonly told: string[] = []
  readonly url: string
  readonly origin: string
  constructor(url: string, origin = url) {
    this.url = url
    this.origin = origin
  }

  get(path: string): Promise<Answer> {
    return this.ask(path, {})
  }

  post(path: string, body: unknown = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.ask(path, { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json", origin: this.origin, ...headers } })
  }

  async ask(path: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers(init.headers)
    if (this.cookies.size > 0) headers.set("cookie", [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "))
    const response = await fetch(`${this.url}/console/api/${path}`, { ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      this.told.push(line)
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === "" || /max-age=0/i.test(line)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    // A stream has no end to wait for.
    if (response.headers.get("content-type")?.startsWith("text/event-stream") === true) await response.body?.cancel()
    const text = response.bodyUsed ? "" : await response.text()
    return { status: response.status, headers: response.headers, json: text === "" ? {} : JSON.parse(text) }
  }
}

/** Somebody who works here, with what they know and hold. */
export type Person = {
  readonly id: string
  readonly userName: string
  readonly alias: string
  readonly password: string
  readonly secret: string
  readonly recoveryCodes: readonly string[]
  readonly browser: StaffBrowser
}

let people = 0

/** Comes in by a link, all the way: account, second step. */
export async function joinBy(house: House, token: string, password = "correct horse battery", alias?: string): Promise<Person> {
  const browser = new StaffBrowser(house.url)
  const n = ++people
  const person = { userName: `person${n}`, alias: alias ?? `Alias ${n}`, password }
  must(await browser.post("link/join", { token, ...person }))
  const { secret, recoveryCodes } = await setUp(browser, password)
  const { json } = must(await browser.get("me"))
  return { ...person, id: String(json["id"]), secret, recoveryCodes, browser }
}

/** Sets up the second step of an account that has none. */
export async function setUp(browser: StaffBrowser, password: string) {
  const { json } = must(await browser.post("totp/begin", { password }))
  const secret = new URL(String(json["uri"])).searchParams.get("secret") ?? ""
  must(await browser.post("totp/confirm", { code: codeOf(secret) }))
  return { secret, recoveryCodes: json["recoveryCodes"] as readonly string[] }
}

/** Somebody with these roles, invited by the operator. */
export async function hire(house: House, roles: readonly (typeof ROLES)[number][], alias?: string): Promise<Person> {
  return joinBy(house, await house.app.staff.invite(undefined, roles), undefined, alias)
}

/** The words of a link, out of the address that was shown. */
export function tokenIn(link: unknown): string {
  const token = String(link).split("/").at(-1) ?? ""
  if (linkAddress(String(link).split("/console/")[0] ?? "", token) !== link) throw new Error("this is no link to the console")
  return token
}

/** A code that is surely wrong, another one each time. */
export function wrongCode(secret: string, n: number): string {
  const right = new Set([-2, -1, 0, 1, 2].map((ahead) => codeOf(secret, ahead)))
  for (let guess = 100_000 + n; ; guess += 1000) if (!right.has(String(guess))) return String(guess)
}

function must(answer: Answer): Answer {
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.json)}`)
  return answer
}
