import type { App, Receiver, ReceiverEvent } from "@slack/bolt"
import type { Door, Knock, Reply } from "./http.ts"

/** Slack doesn't wait longer than three seconds. */
const PATIENCE_MS = 2000
/** How far Slack's clock and ours may be apart. */
const FRESH_S = 300

/** Whether a body came from Slack, by the signature over it. */
export type Verify = (request: {
  readonly signingSecret: string
  readonly body: string
  readonly headers: { readonly "x-slack-signature": string; readonly "x-slack-request-timestamp": number }
  readonly nowMilliseconds: number
}) => boolean

type Parts = {
  readonly signingSecret: string
  /** Slack's own library; the first who comes waits for it. */
  readonly loaded: () => Promise<{ readonly app: Pick<App, "processEvent">; readonly verify: Verify }>
  readonly now: () => number
  readonly failed: (code: string) => void
}

/**
 * `POST /slack/events`: all that Slack brings over HTTP. The signature over the raw body is checked before anything of it is
 * read. A button is answered at once. A message is answered when it is taken, or after two seconds; one that couldn't be
 * taken by then is refused (503), so that Slack brings it again.
 */
export function slackDoor({ signingSecret, loaded, now, failed }: Parts): Door & { readonly idle: () => Promise<void> } {
  const underWay = new Set<Promise<unknown>>()

  async function answer({ headers, body }: Knock): Promise<Reply> {
    const { app, verify } = await loaded()
    const text = body.toString("utf8")
    const signed = {
      "x-slack-signature": String(headers["x-slack-signature"]),
      "x-slack-request-timestamp": Number(headers["x-slack-request-timestamp"]),
    }
    if (!verify({ signingSecret, body: text, headers: signed, nowMilliseconds: now() })) return { status: 401 }
    const read = readBody(text, headers["content-type"] ?? "")
    if (read === undefined) return { status: 400 }
    const { type, challenge } = read
    if (type === "url_verification") return typeof challenge === "string" ? { status: 200, type: "application/json", body: JSON.stringify({ challenge }) } : { status: 400 }
    const button = type === "block_actions"
    if (!button && !isMessage(read)) return { status: 200 }
    const acked = Promise.withResolvers<void>()
    const retry = headers["x-slack-retry-num"]
    const reason = headers["x-slack-retry-reason"]
    const work = app.processEvent({
      body: read,
      ...(typeof retry === "string" && { retryNum: Number(retry) }),
      ...(typeof reason === "string" && { retryReason: reason }),
      ack: async () => {
        if (button) acked.resolve()
      },
    } satisfies ReceiverEvent)
    underWay.add(work)
    const given = { up: false }
    work
      .catch((error: unknown) => {
        if (given.up) failed((error as { readonly code?: string }).code ?? "unknown")
      })
      .finally(() => underWay.delete(work))
    const patience = setTimeout(acked.resolve, PATIENCE_MS)
    try {
      await Promise.race([work, acked.promise])
    } finally {
      given.up = true
      clearTimeout(patience)
    }
    return { status: 200 }
  }

  return {
    refusal: 401,
    admits(headers) {
      const at = headers["x-slack-request-timestamp"]
      return typeof headers["x-slack-signature"] === "string" && typeof at === "string" && /^\d{1,12}$/.test(at) && Math.abs(now() / 1000 - Number(at)) <= FRESH_S
    },
    answer,
    /** When all that was taken is done. */
    async idle() {
      await Promise.allSettled(underWay)
    },
  }
}

/** A receiver of Bolt that does nothing by itself: what comes is brought to it by the door, by the socket, or both. */
export function receiverOf(others: readonly Receiver[]): Receiver {
  return {
    init(app) {
      for (const other of others) other.init(app)
    },
    start: async () => undefined,
    stop: async () => undefined,
  }
}

function isMessage({ type, event }: Readonly<Record<string, unknown>>): boolean {
  return type === "event_callback" && typeof event === "object" && event !== null && (event as { readonly type?: unknown }).type === "message"
}

/** Events come as JSON, buttons as a form with JSON in it. */
function readBody(text: string, type: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const form = type.startsWith("application/x-www-form-urlencoded") ? new URLSearchParams(text) : undefined
    const payload = form?.get("payload")
    const value: unknown = form === undefined ? JSON.parse(text) : payload == null ? Object.fromEntries(form) : JSON.parse(payload)
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}
