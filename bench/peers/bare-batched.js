/**
 * The limit: a server that keeps no promise beyond a commit before each answer. It gathers what arrives while a batch
 * commits, and takes it as the next one. No encryption, no dedupe, no versions, no languages.
 */
import { createServer } from "node:http"
import pg from "pg"
import { Pool } from "undici"
import { places, replies } from "./dialogue.js"
import { DATABASE_URL, HOST, PORT, TELEGRAM_API_ROOT, TELEGRAM_BOT_TOKEN, TELEGRAM_WEBHOOK_SECRET } from "./shared.js"

const telegram = new Pool(TELEGRAM_API_ROOT, { connections: 128 })
/** Connections without a batch under way. With two, one batch is gathered and read out while the other commits. */
const lanes = [new pg.Client({ connectionString: DATABASE_URL }), new pg.Client({ connectionString: DATABASE_URL })]
for (const lane of lanes) await lane.connect()
await lanes[0].query(`
  create table if not exists conversation (id bigint primary key, step int) with (fillfactor = 50);
  create table if not exists outbox (
    id bigint generated always as identity primary key, chat bigint not null, step int not null, sent boolean not null
  ) with (fillfactor = 80)`)

/**
 * The whole batch in one statement and one commit: the steps, the outbox, and the marks of what was sent since the last.
 * A text comes as the step it leads to, or as null for "one further".
 */
const batch = {
  name: "batch",
  text: `
    with marked as (update outbox set sent = true where id = any($3::bigint[])),
    turned as (
      insert into conversation as c select * from unnest($1::bigint[], $2::int[])
      on conflict (id) do update set step = coalesce(excluded.step, (c.step + 1) % ${places.length})
      returning id, coalesce(step, 0) as step
    )
    insert into outbox (chat, step, sent) select id, step, false from turned returning id, chat, step`,
}
const leadsTo = { hi: places.indexOf("hello"), menu: places.indexOf("menu") }

let waiting = []
let sent = []

async function commit() {
  const database = lanes.pop()
  if (database === undefined) return
  while (waiting.length > 0) {
    // A row can be updated once per statement, so a second text of the same contact waits for the next batch.
    const turns = new Map()
    const later = []
    for (const turn of waiting) {
      if (turns.has(turn.chat)) later.push(turn)
      else turns.set(turn.chat, turn)
    }
    waiting = later
    const marked = sent
    sent = []
    const steps = Array.from(turns.values(), ({ text }) => leadsTo[text] ?? null)
    const { rows } = await database.query({ ...batch, values: [[...turns.keys()], steps, marked] })
    for (const { id, chat, step } of rows) {
      turns.get(Number(chat)).response.writeHead(200, { "content-length": 0 }).end()
      void send(id, chat, step)
    }
  }
  lanes.push(database)
}

const path = `/bot${TELEGRAM_BOT_TOKEN}/sendMessage`
const headers = { "content-type": "application/json" }
// All of a reply but its chat is known beforehand.
const tails = places.map((place) => {
  const { text, keyboard } = replies[place]
  return JSON.stringify({ text, reply_markup: keyboard }).slice(1)
})

async function send(id, chat, step) {
  const body = `{"chat_id":${chat},${tails[step]}`
  const response = await telegram.request({ path, method: "POST", headers, body })
  await response.body.dump()
  sent.push(id)
}

createServer((request, response) => {
  if (request.url !== "/telegram") return response.writeHead(request.url === "/readyz" ? 200 : 404).end()
  if (request.headers["x-telegram-bot-api-secret-token"] !== TELEGRAM_WEBHOOK_SECRET)
    return response.writeHead(401).end()
  let body = ""
  request.setEncoding("utf8")
  request.on("data", (chunk) => (body += chunk))
  request.on("end", () => {
    const { message } = JSON.parse(body)
    waiting.push({ chat: message.chat.id, text: message.text, response })
    // One turn of the event loop lets what came in the same packets join.
    if (lanes.length > 0) setImmediate(commit)
  })
}).listen(Number(PORT), HOST)
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => process.exit())
