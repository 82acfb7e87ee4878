import { createRequire } from "node:module"
import { next, replies } from "./dialogue.js"
import { keyValue, listenForUpdates, TELEGRAM_API_ROOT, TELEGRAM_BOT_TOKEN } from "./shared.js"

// Its entry loads every channel and command-line tool; the Telegram bot alone is what its own server uses as well.
const TelegramBot = createRequire(import.meta.url)("bottender/dist/telegram/TelegramBot.js").default

const state = await keyValue()
const bot = new TelegramBot({
  accessToken: TELEGRAM_BOT_TOKEN,
  origin: TELEGRAM_API_ROOT,
  // Without it the webhook is answered, and may be lost, before the state is written.
  sync: true,
  sessionStore: { ...state, init: async () => {}, all: async () => [], destroy: (key) => state.delete(key) },
})
// axios then skips its layer for redirects, which the Bot API has none of.
bot.connector.client.axios.defaults.maxRedirects = 0

bot.onEvent(async (context) => {
  if (!context.event.isText) return
  const place = next(context.state.place, context.event.text)
  context.setState({ place })
  const { text, keyboard } = replies[place]
  await context.sendText(text, { replyMarkup: keyboard })
})
listenForUpdates(bot.createRequestHandler())
