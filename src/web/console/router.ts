import { Hono, type Context } from "hono"
import { bodyLimit } from "hono/body-limit"
import { getConnInfo } from "@hono/node-server/conninfo"
import type { z } from "zod"
import type { Role } from "../../helpline/desk-view.ts"
import type { Accounts, Signed } from "../accounts.ts"

/**
 * Who may enter a route. `anyone`: no sign-in needed; `unfinished`: signed in by password, with a second step still to be
 * set up; else the roles, one of which a person must have, signed in with both steps.
 */
export type Who = "anyone" | "unfinished" | readonly [Role, ...Role[]]

/** What a route is told. `signed` is who asks; nobody, where anyone may enter. */
export type Visit<W extends Who = Who, B = unknown> = {
  readonly signed: W extends "anyone" ? undefined : Signed
  readonly headers: Headers
  readonly address: string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: B
  /** Ends when the browser has gone. */
  readonly gone: AbortSignal
}

/** What a route answers: JSON with cookies to keep, or a stream of its own. */
export type Answer =
  | { readonly json: unknown; readonly status?: 200 | 400 | 401 | 404 | 409 | 429; readonly cookies?: readonly string[]; readonly headers?: Readonly<Record<string, string>> }
  | Response

declare const declared: unique symbol

/** A route of the console with its role. Only `get` and `post` make one, so none can be without. */
export type Route = {
  readonly method: "GET" | "POST"
  readonly path: string
  readonly who: Who
  readonly body: z.ZodType | undefined
  readonly handle: (visit: Visit) => Answer | Promise<Answer>
  readonly [declared]: true
}

/** Declares what can be looked at, and by whom. */
export function get<const W extends Who>(path: string, who: W, handle: (visit: Visit<W, undefined>) => Answer | Promise<Answer>): Route {
  return { method: "GET", path, who, body: undefined, handle } as unknown as Route
}

/** Declares what can be done, by whom, and what has to be said with it. */
export function post<const W extends Who, B>(path: string, who: W, body: z.ZodType<B>, handle: (visit: Visit<W, B>) => Answer | Promise<Answer>): Route {
  return { method: "POST", path, who, body, handle } as unknown as Route
}

const BODY_LIMIT = 1024 * 1024

/**
 * Makes a router of declared routes. Before a route hears of a request: its origin is ours (403), somebody is signed in
 * (401) with a role that the route names (403), and the body is what the route wants (413, 400). Refusals tell why in a
 * word and nothing else.
 * @param publicUrl the address people know; without it, the one they ask for counts
 */
export function createRouter(routes: readonly Route[], accounts: () => Promise<Accounts>, publicUrl: string | undefined): Hono {
  const app = new Hono()
  app.use(bodyLimit({ maxSize: BODY_LIMIT, onError: tooMuch }))
  for (const route of routes) {
    app.on(route.method, `/${route.path}`, async (context) => {
      // A HEAD is brought here as a GET whose answer nobody reads: a stream would never end.
      if (context.req.raw.method !== route.method) return refuse(context, 404, "gone")
      if (route.method === "POST" && !isOurs(context, publicUrl)) return refuse(context, 403, "refused")
      const { headers } = context.req.raw
      const { signed, cookies } = route.who === "anyone" ? { signed: undefined, cookies: [] } : await (await accounts()).signedIn(headers)
      const entry = mayEnter(route.who, signed)
      if (entry !== undefined) return refuse(context, entry, entry === 401 ? "signed-out" : "refused")
      const body = route.body === undefined ? undefined : route.body.safeParse(await context.req.json().catch(() => undefined))
      if (body !== undefined && !body.success) return refuse(context, 400, "unreadable")
      const answer = await route.handle({
        signed,
        headers,
        address: addressOf(context),
        params: context.req.param(),
        query: new URL(context.req.url).searchParams,
        body: body?.data,
        gone: context.req.raw.signal,
      })
      if (answer instanceof Response) return answer
      const response = context.json(answer.json as never, answer.status ?? 200, answer.headers)
      for (const cookie of [...cookies, ...(answer.cookies ?? [])]) response.headers.append("set-cookie", cookie)
      return response
    })
  }
  app.all("*", (context) => refuse(context, 404, "gone"))
  return app
}

/** Whether somebody may enter: `undefined` when they may, else the status of the refusal. */
export function mayEnter(who: Who, signed: Signed | undefined): 401 | 403 | undefined {
  if (who === "anyone") return undefined
  if (signed === undefined) return 401
  if (who === "unfinished") return signed.secondStep ? 403 : undefined
  return signed.secondStep && who.some((role) => signed.roles.includes(role)) ? undefined : 403
}

function refuse(context: Context, status: 400 | 401 | 403 | 404 | 413, why: string): Response {
  return context.json({ ok: false, why }, status)
}

function tooMuch(context: Context): Response {
  // What is left of the body is never read, so nothing more can come on this connection.
  context.header("connection", "close")
  return refuse(context, 413, "too-much")
}

/** Only our own pages may do something: a browser always tells where a request comes from, and JSON is nothing that a form can send. */
function isOurs(context: Context, publicUrl: string | undefined): boolean {
  const origin = context.req.header("origin")
  if (origin === undefined || !/^application\/json\b/.test(context.req.header("content-type") ?? "")) return false
  if (publicUrl !== undefined) return origin === new URL(publicUrl).origin
  return URL.canParse(origin) && new URL(origin).host === context.req.header("host")
}

/** Where a request comes from, for counting. Behind a proxy on this machine it is what the proxy saw; a whole IPv6 site is one. */
function addressOf(context: Context): string {
  const direct = getConnInfo(context).remote.address ?? ""
  const told = context.req.header("x-forwarded-for")?.split(",").at(-1)?.trim()
  const address = /^(127\.|::1$|::ffff:127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd])/i.test(direct) && told ? told : direct
  return address.includes(":") && !address.includes(".") ? address.split(":").slice(0, 4).join(":") : address
}
