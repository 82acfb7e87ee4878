import { timingSafeEqual } from "node:crypto"
import { Api, GrammyError } from "grammy"
import type { Channel, Outgoing, Sent } from "../helpline/channel.ts"
import type { Receive } from "../helpline/receive.ts"
import { codeOf, type Log } from "../log.ts"
import { call, neverArrived, type Door } from "./http.ts"
import { readUpdate, type Meaning } from "./telegram-update.ts"

export type TelegramSettings = {
  readonly token: string
  readonly webhookSecret: string | undefined
  readonly apiRoot: string | undefined
  readonly perSecond: number
}

/** Telegram's limit of one message's text, in UTF-16 units. */
const TEXT_LIMIT = 4096
const SEND_TIMEOUT_MS = 10_000
const POLL_SECONDS = 25

/** The Bot API over our own connections; grammY's own way of calling costs several times as much a send. */
function createApi({ token, apiRoot }: TelegramSettings): Api {
  const fetch = async (url: string, init: { method: string; headers: Record<string, string>; body: string; signal?: AbortSignal }) => {
    const longPoll = url.endsWith("/getUpdates")
    const { text } = await call(url, {
      method: init.method,
      headers: init.headers,
      body: init.body,
      // Ours is the shorter limit; only a long poll is ever given up by hand.
      ...(longPoll && { signal: init.signal }),
      timeoutMs: longPoll ? (POLL_SECONDS + 10) * 1000 : SEND_TIMEOUT_MS,
    })
    return { json: () => JSON.parse(text) as unknown }
  }
  return new Api(token, { ...(apiRoot !== undefined && { apiRoot }), fetch: fetch, sensitiveLogs: false })
}

/** The way out to Telegram. */
export function telegramChannel(settings: TelegramSettings): Channel {
  const api = createApi(settings)
  return {
    name: "telegram",
    perSecond: settings.perSecond,
    cost: () => 1,
    reportsLater: false,
    async send({ address, rendered }: Outgoing): Promise<Sent> {
      const parts = split(rendered.text)
      const ids: number[] = []
      try {
        for (const [index, part] of parts.entries()) {
          const buttons = index === parts.length - 1 && rendered.choices.length > 0 && !rendered.numbered
          const message = await api.sendMessage(address, part, {
            // A reply that makes a sound tells the room that somebody answered.
            disable_notification: true,
            link_preview_options: { is_disabled: true },
            ...(buttons && { reply_markup: { inline_keyboard: rendered.choices.map(({ id, label }) => [{ text: label, callback_data: id }]) } }),
          })
          ids.push(message.message_id)
        }
        return { status: "sent", providerId: ids.join(" ") }
      } catch (error) {
        const sent = fateOf(error)
        // Half a message has arrived: whether to repeat it is no longer a plain retry.
        return ids.length > 0 && sent.status === "retry" ? { status: "unknown", code: sent.code } : sent
      }
    },
    async erase(address, providerIds) {
      const ids = providerIds.flatMap((names) => names.split(" ").map(Number)).filter(Number.isSafeInteger)
      try {
        for (let at = 0; at < ids.length; at += 100) await api.deleteMessages(address, ids.slice(at, at + 100))
        return true
      } catch {
        return false
      }
    },
    async leaveGroup(address) {
      await api.leaveChat(address)
    },
  }
}

function fateOf(error: unknown): Sent {
  if (!(error instanceof GrammyError)) return neverArrived(error) ? { status: "retry", code: "unreachable" } : { status: "unknown", code: codeOf(error) }
  const code = String(error.error_code)
  const wait = error.parameters.retry_after
  if (error.error_code === 429) return { status: "retry", code, afterMs: (wait ?? 1) * 1000, pause: true }
  if (error.error_code >= 500) return { status: "unknown", code }
  // 401 and 404 speak of our token, not of her: an operator's slip must not cost a message.
  if (error.error_code === 401 || error.error_code === 404) return { status: "retry", code, afterMs: 30_000 }
  return { status: "refused", code }
}

/** Cuts a text where Telegram would refuse it, at the last line or word that fits. */
export function split(text: string): readonly string[] {
  if (text.length <= TEXT_LIMIT) return [text]
  const head = text.slice(0, TEXT_LIMIT)
  const cut = Math.max(head.lastIndexOf("\n"), head.lastIndexOf(" "))
  // Never between the two halves of a character.
  const at = cut > TEXT_LIMIT / 2 ? cut : /[\ud800-\udbff]$/.test(head) ? TEXT_LIMIT - 1 : TEXT_LIMIT
  return [text.slice(0, at), ...split(text.slice(at).trimStart())]
}

type Parts = { readonly settings: TelegramSettings; readonly receive: Receive; readonly log: Log }

/** `POST /telegram`: Telegram's webhook, trusted by its secret header. */
export function telegramDoor({ settings, receive, log }: Parts): Door {
  const secret = Buffer.from(settings.webhookSecret ?? "")
  const api = createApi(settings)
  return async ({ headers, body }) => {
    const given = Buffer.from(String(headers["x-telegram-bot-api-secret-token"] ?? ""))
    if (secret.length === 0 || given.length !== secret.length || !timingSafeEqual(given, secret)) return { status: 403 }
    let value: unknown
    try {
      value = JSON.parse(body.toString("utf8"))
    } catch {
      return { status: 400 }
    }
    const update = readUpdate(value)
    if (update === undefined) return { status: 400 }
    await take(update.updateId, update.meaning, receive, api, log)
    return { status: 200 }
  }
}

async function take(updateId: number, meaning: Meaning, receive: Receive, api: Api, log: Log): Promise<void> {
  if (meaning.type === "nothing") {
    log.updateIgnored("telegram", meaning.kind)
    return
  }
  await receive({
    channel: "telegram",
    address: meaning.address,
    shape: "telegram",
    deliveryId: `update:${updateId}`,
    heard: meaning.heard,
    language: meaning.language,
    providerId: meaning.messageId,
  })
  // A tap left unanswered keeps a spinner on her screen. It is no message: if it fails, nothing is lost.
  if (meaning.tap !== undefined) api.answerCallbackQuery(meaning.tap).catch(() => {})
}

/**
 * Long polling, for a machine without a public address. Updates are confirmed to Telegram only after they are committed.
 * `step` makes one round and tells how many updates it brought.
 */
export function telegramPolling({ settings, receive, log }: Parts) {
  const api = createApi(settings)
  let offset = 0
  let open = true
  // The first round asks without waiting: that is how it is known that polling works at all.
  let running = false
  let aborted = new AbortController()

  async function step(): Promise<number> {
    const updates = await api.getUpdates({ offset, timeout: running ? POLL_SECONDS : 0, allowed_updates: ["message", "callback_query", "my_chat_member"] }, aborted.signal as never)
    const sorted = [...updates].sort((a, b) => a.update_id - b.update_id)
    await Promise.all(
      sorted.map(async (raw) => {
        const update = readUpdate(raw)
        if (update !== undefined) await take(update.updateId, update.meaning, receive, api, log)
      }),
    )
    const last = sorted.at(-1)
    if (last !== undefined) offset = last.update_id + 1
    running = true
    return sorted.length
  }

  return {
    step,
    running: () => running,
    async begin(): Promise<void> {
      await api.deleteWebhook().catch((cause: unknown) => log.pollingFailed(codeOf(cause)))
      while (open) {
        try {
          await step()
        } catch (cause) {
          if (!open) return
          running = false
          const code = cause instanceof GrammyError ? String(cause.error_code) : codeOf(cause)
          log.pollingFailed(code)
          const waitMs = cause instanceof GrammyError && cause.parameters.retry_after !== undefined ? cause.parameters.retry_after * 1000 : 3000
          await new Promise((resolve) => setTimeout(resolve, waitMs).unref())
        }
      }
    },
    close(): void {
      open = false
      aborted.abort()
      aborted = new AbortController()
    },
  }
}

/** Tells Telegram where the webhook is. */
export async function setTelegramWebhook(settings: TelegramSettings, publicUrl: string, log: Log): Promise<void> {
  try {
    await createApi(settings).setWebhook(`${publicUrl}/telegram`, {
      ...(settings.webhookSecret !== undefined && { secret_token: settings.webhookSecret }),
      allowed_updates: ["message", "callback_query", "my_chat_member"],
      max_connections: 100,
    })
    log.webhookSet(true)
  } catch (cause) {
    log.webhookSet(false, cause instanceof GrammyError ? String(cause.error_code) : codeOf(cause))
  }
}
