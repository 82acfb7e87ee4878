import type { AppOptions } from "@slack/bolt"
import { codeOf } from "../log.ts"
import { call, neverArrived } from "./http.ts"
import { readableCode, waitOf } from "./told.ts"

const TIMEOUT_MS = 10_000

/**
 * What became of a call. `refused`: Slack won't do this one thing. `trouble`: Slack as a whole, or our right to speak;
 * `arrived` tells whether it may have been done all the same.
 */
export type Asked =
  | { readonly status: "ok"; readonly body: Readonly<Record<string, unknown>> }
  | { readonly status: "refused"; readonly code: string }
  | { readonly status: "trouble"; readonly code: string; readonly arrived: "no" | "perhaps"; readonly afterMs?: number }

/** The part of Slack's own client that we use. */
export type Client = { readonly apiCall: (method: string, fields: Record<string, unknown>) => Promise<unknown> }

/** How Slack's client calls: over our own connections, once, telling nobody what it says. */
export function clientOptions(apiRoot: string | undefined) {
  return {
    ...(apiRoot !== undefined && { slackApiUrl: apiRoot }),
    fetch: slackFetch,
    // We try again ourselves, with the whole picture before us.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
  } satisfies AppOptions["clientOptions"]
}

/** A log for Slack's own library that keeps nothing: what it would tell may quote a person. */
export const SILENT = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => "error" as never,
}

/** Calls one method of Slack and tells what became of it; it never throws. */
export async function ask(client: Client, method: string, fields: Record<string, unknown>): Promise<Asked> {
  try {
    const body = (await client.apiCall(method, fields)) as Readonly<Record<string, unknown>>
    return { status: "ok", body }
  } catch (error) {
    return failed(error)
  }
}

/** Refusals that speak of our token or our room: nothing else would do any better. */
const SHUT = new Set(
  "invalid_auth not_authed account_inactive token_revoked token_expired channel_not_found not_in_channel is_archived org_login_required ekm_access_denied team_access_not_granted".split(
    " ",
  ),
)
/** Refusals that speak of Slack's own state; what was asked may have been done. */
const ILL = new Set("internal_error fatal_error service_unavailable request_timeout".split(" "))

function failed(error: unknown): Asked {
  const { code, data, original, retryAfter, statusCode } = error as {
    readonly code?: unknown
    readonly data?: { readonly error?: unknown }
    readonly original?: unknown
    readonly retryAfter?: unknown
    readonly statusCode?: unknown
  }
  if (code === "slack_webapi_rate_limited_error") return { status: "trouble", code: "ratelimited", arrived: "no", afterMs: waitOf(retryAfter) }
  if (code === "slack_webapi_platform_error") {
    const told = readableCode(data?.error)
    if (told === "ratelimited" || told === "rate_limited") return { status: "trouble", code: told, arrived: "no", afterMs: waitOf(undefined) }
    if (SHUT.has(told)) return { status: "trouble", code: told, arrived: "no" }
    // An answer that can't be read is none.
    if (ILL.has(told) || told === "unreadable") return { status: "trouble", code: told, arrived: "perhaps" }
    return { status: "refused", code: told }
  }
  if (typeof statusCode === "number") return { status: "trouble", code: String(statusCode), arrived: "perhaps" }
  const cause = original ?? error
  return { status: "trouble", code: readableCode(codeOf(cause)), arrived: neverArrived(cause) ? "no" : "perhaps" }
}

async function slackFetch(url: string | URL, init?: { readonly headers?: unknown; readonly body?: unknown }) {
  const { status, text, retryAfter } = await call(String(url), {
    method: "POST",
    headers: Object.fromEntries(Object.entries(init?.headers ?? {}).map(([name, value]) => [name, String(value)])),
    // Nothing of ours is ever anything but a form.
    body: typeof init?.body === "string" ? init.body : "",
    timeoutMs: TIMEOUT_MS,
    maxBytes: 4 * 1024 * 1024,
  })
  // Without a number the library takes a 429 for a broken call.
  const wait = String(Math.ceil(waitOf(retryAfter === undefined ? undefined : Number(retryAfter)) / 1000))
  const empty = status === 204 || status === 205 || status === 304
  return new Response(empty ? null : text, { status: status < 200 ? 502 : status, headers: { "content-type": "application/json", ...(status === 429 && { "retry-after": wait }) } })
}

function nothing(): void {
  // Told to nobody.
}
