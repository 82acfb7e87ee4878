/** The stand-in for Telegram and for Twilio's messages: answers the few methods that are called, and tells of every message it receives. */
import { serve } from "./http.ts"

export interface StandIn {
  readonly root: string
  /** Set by whoever waits for replies. `body` is latin1; see `http.ts`. */
  onReply: (chat: number, body: string) => void
  close(): void
}

const me = '{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Bench","username":"bench_bot"}}'
const yes = '{"ok":true,"result":true}'
const unknown = '{"ok":false,"error_code":404,"description":"Not Found"}'

export async function standIn(): Promise<StandIn> {
  let lastMessage = 0
  const server = await serve(0, (path, body) => {
    const method = path.slice(path.lastIndexOf("/") + 1)
    if (method === "sendMessage") {
      // Not parsed: the chat is all that is needed, and parsing would cost more than the rest.
      const chat = Number(/"chat_id"\s*:\s*"?(\d+)/.exec(body)?.[1])
      self.onReply(chat, body)
      const date = Math.floor(Date.now() / 1000)
      return `{"ok":true,"result":{"message_id":${++lastMessage},"date":${date},"chat":{"id":${chat},"type":"private"}}}`
    }
    if (method === "Messages.json") {
      self.onReply(Number(/(?:^|&)To=%2B92300(\d+)/.exec(body)?.[1]), body)
      return `{"sid":"SM${String(++lastMessage).padStart(32, "0")}"}`
    }
    if (method === "getMe") return me
    return /^(setWebhook|deleteWebhook|answerCallbackQuery|setMyCommands|sendChatAction)$/.test(method) ? yes : unknown
  })
  const self: StandIn = { root: `http://127.0.0.1:${server.port}`, onReply: () => {}, close: server.close }
  return self
}
