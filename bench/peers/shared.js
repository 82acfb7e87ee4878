/** What the peers have in common: their settings, a pool of connections, and a server around their webhook. */
import { createServer } from "node:http"
import pg from "pg"

export const { PORT, HOST, DATABASE_URL, TELEGRAM_BOT_TOKEN, TELEGRAM_WEBHOOK_SECRET, TELEGRAM_API_ROOT } = process.env

export const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 12 })

/**
 * One row per conversation, read and written with named statements, so that PostgreSQL parses them once per connection.
 * `text` because it is the cheapest type that holds JSON, `fillfactor` so that an update stays on its page (HOT).
 */
export async function keyValue() {
  await pool.query(
    "create table if not exists state (key text primary key, value text not null) with (fillfactor = 50)",
  )
  return {
    async read(key) {
      const { rows } = await pool.query({ name: "read", text: "select value from state where key = $1", values: [key] })
      return rows.length === 0 ? undefined : JSON.parse(rows[0].value)
    },
    async write(key, value) {
      await pool.query({
        name: "write",
        text: "insert into state values ($1, $2) on conflict (key) do update set value = excluded.value",
        values: [key, JSON.stringify(value)],
      })
    },
    async delete(key) {
      await pool.query({ name: "delete", text: "delete from state where key = $1", values: [key] })
    },
  }
}

/** Listens: `webhook(request, response)` gets what was posted, `/readyz` is answered here. */
export function listen(webhook) {
  const server = createServer((request, response) => {
    if (request.method === "POST" && request.url === "/telegram") webhook(request, response)
    else response.writeHead(request.url === "/readyz" ? 200 : 404).end()
  })
  server.listen(Number(PORT), HOST)
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => process.exit())
}

/** For peers without a webhook handler of their own: checks the secret, parses, answers when `handle` is through. */
export function listenForUpdates(handle) {
  listen((request, response) => {
    if (request.headers["x-telegram-bot-api-secret-token"] !== TELEGRAM_WEBHOOK_SECRET) {
      response.writeHead(401).end()
      return
    }
    const chunks = []
    request.on("data", (chunk) => chunks.push(chunk))
    request.on("end", async () => {
      let status = 200
      try {
        await handle(JSON.parse(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)))
      } catch (error) {
        console.error(error)
        status = 500
      }
      response.writeHead(status, { "content-length": 0 }).end()
    })
  })
}
