/** A grammY bot behind a webhook, with what both grammY peers set. */
import { Bot, webhookCallback } from "grammy"
import { Pool } from "undici"
import { listen, TELEGRAM_API_ROOT, TELEGRAM_BOT_TOKEN, TELEGRAM_WEBHOOK_SECRET } from "./shared.js"

const telegram = new Pool(TELEGRAM_API_ROOT, { connections: 128 })

/** grammY asks for `fetch` and uses its `json()` alone: undici's `request` does that at a fraction of the cost. */
async function fetch(url, { method, headers, body }) {
  const response = await telegram.request({ path: url.slice(TELEGRAM_API_ROOT.length), method, headers, body })
  return { json: () => response.body.json() }
}

export const bot = new Bot(TELEGRAM_BOT_TOKEN, { client: { apiRoot: TELEGRAM_API_ROOT, fetch } })

export async function start() {
  await bot.init()
  const handle = webhookCallback(bot, "http", { secretToken: TELEGRAM_WEBHOOK_SECRET })
  listen((request, response) => {
    handle(request, response).catch((error) => {
      console.error(error)
      response.writeHead(500).end()
    })
  })
}
