import { timingSafeEqual } from "node:crypto"
import { setTimeout as pause } from "node:timers/promises"
import { Api, GrammyError } from "grammy"
import { MOST_FILE, type Channel, type Fetched, type Outgoing, type Sent } from "../helpline/channel.ts"
import type { Receive } from "../helpline/receive.ts"
import { codeOf, type Log } from "../log.ts"
import { call, neverArrived, type Door } from "./http.ts"
import { readUpdate, type Joins, type Meaning } from "./telegram-update.ts"
import { readableCode, waitOf } from "./told.ts"

export type TelegramSettings = {
  readonly token: string
  readonly webhookSecret: string | undefined
  readonly apiRoot: string | undefined
  readonly perSecond: number
}

/** Telegram's limit of one message's text, in UTF-16 units. */
const TEXT_LIMIT = 4096
const SEND_TIMEOUT_MS = 10_000
const FILE_TIMEOUT_MS = 20_000
const POLL_SECONDS = 25
/** A hundred long messages that answer long messages. */
const POLL_MAX_BYTES = 16 * 1024 * 1024
const FAILED_POLL_MS = 3000
const EMPTY_POLL_MS = 1000

/** The Bot API over our own connections; grammY's own way of calling costs several times as much a send. */
function createApi({ token, apiRoot }: TelegramSettings): Api {
  const fetch = async (url: string, init: { method: string; headers: Record<string, string>; body: string; signal?: AbortSignal }) => {
    const longPoll = url.endsWith("/getUpdates")
    const givenUpByHand = longPoll || url.endsWith("/deleteWebhook")
    const { text } = await call(url, {
      method: init.method,
      headers: init.headers,
      body: init.body,
      // Ours is the shorter limit; only polling is ever given up by hand.
      ...(givenUpByHand && { signal: init.signal }),
      ...(longPoll && { maxBytes: POLL_MAX_BYTES }),
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
    answersAtOnce: true,
    cost: () => 1,
    reportsLater: false,
    async send({ address, rendered }: Outgoing): Promise<Sent> {
      const parts = split(rendered.text)
      const ids: number[] = []
      try {
        for (const [index, part] of parts.entries()) {
          const buttons = index === parts.length - 1 && rendered.choices.length > 0 && !rendered.numbered
          const message: { readonly message_id?: unknown } | null | undefined = await api.sendMessage(address, part, {
            // A reply that makes a sound tells the room that somebody answered.
            disable_notification: true,
            link_preview_options: { is_disabled: true },
            ...(buttons && { reply_markup: { inline_keyboard: rendered.choices.map(({ id, label }) => [{ text: label, callback_data: id }]) } }),
          })
          const name = message?.message_id
          if (typeof name !== "number" || !Number.isSafeInteger(name)) return { status: "unknown", code: "unreadable" }
          ids.push(name)
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
    fetchFile: (file) => fetchFile(api, settings, file.slice("telegram:".length)),
    async leaveGroup(address) {
      await api.leaveChat(address)
    },
  }
}

/** Asks where the file stands, and fetches it there. Telegram's own address for files is the Bot API's, with a word before. */
async function fetchFile(api: Api, { token, apiRoot = "https://api.telegram.org" }: TelegramSettings, name: string): Promise<Fetched> {
  try {
    const { file_path: path, file_size: size = 0 } = await api.getFile(name)
    if (size > MOST_FILE) return { status: "too-large", code: "too-large" }
    if (path === undefined || !/^[\w-]+(?:[./][\w-]+)*$/.test(path)) return { status: "lost", code: "unreadable" }
    const { status, bytes } = await call(`${apiRoot}/file/bot${token}/${path}`, { method: "GET", headers: {}, timeoutMs: FILE_TIMEOUT_MS, maxBytes: MOST_FILE, file: true })
    if (status === 200) return { status: "fetched", bytes }
    return { status: status === 400 || status === 404 ? "lost" : "retry", code: readableCode(status) }
  } catch (error) {
    const code = failureOf(error)
    if (code === "too-large") return { status: "too-large", code }
    return { status: error instanceof GrammyError && error.error_code === 400 ? "lost" : "retry", code }
  }
}

function fateOf(error: unknown): Sent {
  if (!(error instanceof GrammyError)) return neverArrived(error) ? { status: "retry", code: "unreachable" } : { status: "unknown", code: failureOf(error) }
  const { error_code: number, parameters } = error
  const code = failureOf(error)
  if (number === 429) return { status: "retry", code, afterMs: waitOf(parameters.retry_after), pause: true }
  // 401 and 404 speak of our token, not of her: an operator's slip must not cost a message.
  if (number === 401 || number === 404) return { status: "retry", code, afterMs: 30_000 }
  return Number.isSafeInteger(number) && number >= 400 && number < 500 && number !== 408 ? { status: "refused", code } : { status: "unknown", code }
}

/** A short name for what went wrong, without a word of what was told. */
function failureOf(error: unknown): string {
  return readableCode(error instanceof GrammyError ? error.error_code : codeOf((error as { error?: unknown }).error ?? error))
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

const NAME_AGAIN_MS = 60_000

/** Tells what the bot is called, once Telegram has said it. No message waits for it. */
export async function telegramName(settings: TelegramSettings, told: (name: string) => void): Promise<void> {
  try {
    told((await createApi(settings).getMe()).username)
  } catch {
    setTimeout(() => void telegramName(settings, told), NAME_AGAIN_MS).unref()
  }
}

type Parts = { readonly settings: TelegramSettings; readonly receive: Receive; readonly log: Log; readonly joins?: Joins | undefined }

/** `POST /telegram`: Telegram's webhook, trusted by its secret header. */
export function telegramDoor({ settings, receive, log, joins }: Parts): Door {
  const secret = Buffer.from(settings.webhookSecret ?? "")
  const api = createApi(settings)
  return {
    admits(headers) {
      const given = Buffer.from(String(headers["x-telegram-bot-api-secret-token"] ?? ""))
      return secret.length > 0 && given.length === secret.length && timingSafeEqual(given, secret)
    },
    async answer({ body }) {
      let value: unknown
      try {
        value = JSON.parse(body.toString("utf8"))
      } catch {
        return { status: 400 }
      }
      const update = readUpdate(value, joins)
      if (update === undefined) return { status: 400 }
      await take(update.updateId, update.meaning, receive, api, log)
      return { status: 200 }
    },
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
 * Long polling, for a machine without a public address. Updates are confirmed to Telegram only after they are committed;
 * what can't be read is passed over. `step` makes one round and tells how many updates it brought that have a number.
 */
export function telegramPolling({ settings, receive, log, joins }: Parts) {
  const api = createApi(settings)
  let offset = 0
  // The first round asks without waiting: that is how it is known that polling works at all.
  let running = false
  const closed = new AbortController()

  async function step(): Promise<number> {
    const updates: unknown = await api.getUpdates(
      { offset, timeout: running ? POLL_SECONDS : 0, allowed_updates: ["message", "callback_query", "my_chat_member"] },
      closed.signal as never,
    )
    if (!Array.isArray(updates)) throw Object.assign(new Error("the answer is no list of updates"), { code: "unreadable" })
    const numbered = updates.filter(hasNumber).sort((a, b) => a.update_id - b.update_id)
    for (let unread = updates.length - numbered.length; unread > 0; unread--) log.updateIgnored("telegram", "unreadable")
    await Promise.all(
      numbered.map(async (raw) => {
        const update = readUpdate(raw, joins)
        if (update === undefined) log.updateIgnored("telegram", "unreadable")
        else await take(update.updateId, update.meaning, receive, api, log)
      }),
    )
    const last = numbered.at(-1)
    if (last !== undefined) offset = last.update_id + 1
    running = true
    return numbered.length
  }

  /** One round, and how long to wait before the next: a round that came back at once and moved nothing is no reason to hurry. */
  async function round(): Promise<number> {
    const [from, began, waits] = [offset, performance.now(), running]
    try {
      await step()
      return waits && offset === from && performance.now() - began < EMPTY_POLL_MS ? EMPTY_POLL_MS : 0
    } catch (cause) {
      if (closed.signal.aborted) return 0
      running = false
      log.pollingFailed(failureOf(cause))
      return cause instanceof GrammyError && cause.parameters.retry_after !== undefined ? Math.max(waitOf(cause.parameters.retry_after), EMPTY_POLL_MS) : FAILED_POLL_MS
    }
  }

  return {
    step,
    running: () => running,
    async begin(): Promise<void> {
      await api.deleteWebhook({}, closed.signal as never).catch((cause: unknown) => closed.signal.aborted || log.pollingFailed(failureOf(cause)))
      while (!closed.signal.aborted) {
        const waitMs = await round()
        if (waitMs > 0) await pause(waitMs, undefined, { signal: closed.signal, ref: false }).catch(() => {})
      }
    },
    close(): void {
      closed.abort()
    },
  }
}

function hasNumber(update: unknown): update is { readonly update_id: number } {
  return typeof update === "object" && update !== null && Number.isSafeInteger((update as { update_id?: unknown }).update_id)
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
    log.webhookSet(false, failureOf(cause))
  }
}
