/** `bench campaign`: a day of a million people laid out, a broadcast at a channel's pace, and the answers beside it. */
import { createApp } from "../src/app.ts"
import { readConfig } from "../src/config.ts"
import { createLog } from "../src/log.ts"
import { setSwitch } from "../src/store/campaign-switch.ts"
import { migrate } from "../src/store/migrate.ts"
import { startOwnServer } from "../src/store/own-server.ts"
import { described, machine, warnWhenBusy } from "./machine.ts"
import type { Options } from "./options.ts"
import { temporary } from "./processes.ts"
import { standIn } from "./stand-in.ts"
import { drawing } from "../src/demo/drawing.ts"
import { percentile } from "./statistics.ts"

const CAMPAIGN = "sixteen-days"
const ZONES = Intl.supportedValuesOf("timeZone").filter((_, index) => index % 10 === 0)
const GOAL_SECONDS = 60
const EVE = Date.parse("2026-11-24T00:00:00Z")
const HOUR = 3600_000

type App = Awaited<ReturnType<typeof createApp>>

export async function campaign({ contacts, seconds }: Options): Promise<void> {
  warnWhenBusy()
  const provider = await standIn()
  for (const [perSecond, people] of [
    [30, contacts],
    [300, Math.min(contacts, 50_000)],
  ] as const) {
    const server = await startOwnServer(temporary("campaign"), "bench")
    try {
      await migrate(server.url)
      const began = performance.now()
      let ahead = 0
      const now = () => Math.round(EVE + ahead + performance.now() - began)
      const log = createLog(() => {})
      const app = await createApp(configured(provider.root, perSecond), server.url, log, now)
      const { rows } = await app.store.pool.query<{ version: string }>("select current_setting('server_version') as version")
      console.log(described(machine(), rows[0]?.version ?? ""))
      await enrol(app, people)
      await laidOut(app, people, (ms) => (ahead += ms))
      await broadcast(app, provider, perSecond, seconds, people)
      await app.close()
    } finally {
      await server.stop()
    }
  }
  provider.close()
}

const configured = (root: string, perSecond: number) =>
  readConfig({
    DATA_DIR: temporary("campaign"),
    SIMULATOR: "off",
    PUBLIC_URL: "https://help.example.org",
    TELEGRAM_BOT_TOKEN: "1:bench",
    TELEGRAM_WEBHOOK_SECRET: "bench",
    TELEGRAM_API_ROOT: root,
    TELEGRAM_PER_SECOND: String(perSecond),
  })

/** People of forty zones, each at an hour of her own. */
async function enrol({ store, cover }: App, people: number): Promise<void> {
  const draw = drawing(1)
  await store.pool.query("insert into campaign_switch (campaign, laid, laying) values ($1, $2, $2)", [CAMPAIGN, new Date(EVE)])
  const portion = 10_000
  for (let from = 0; from < people; from += portion) {
    const some = Array.from({ length: Math.min(portion, people - from) }, (_, n) => ({
      id: cover.lookup("telegram", String(from + n + 1)),
      place: cover.close("leaving", JSON.stringify({ address: String(from + n + 1), shape: "telegram" })),
      zone: ZONES[Math.floor(draw() * ZONES.length)],
      hour: 8 + Math.floor(draw() * 12),
    }))
    await store.pool.query(
      `insert into participant (campaign, conversation_id, channel, "where", language, country, zone, hour, neutral, begins, ends, wording)
      select $1, id, 'telegram', place, 'en', 'PK', zone, hour, false, '2026-11-25', '2026-12-10', 1 from unnest($2::uuid[], $3::bytea[], $4::text[], $5::int[]) as i(id, place, zone, hour)`,
      [CAMPAIGN, some.map(({ id }) => id), some.map(({ place }) => Buffer.from(place)), some.map(({ zone }) => zone), some.map(({ hour }) => hour)],
    )
  }
  await store.pool.query("vacuum analyze participant").catch(() => {})
}

/** All rows of the first day, two hours at a time, as a house does. */
async function laidOut({ campaigns, store }: App, people: number, advance: (ms: number) => void): Promise<void> {
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  let most = before
  let ms = 0
  let rows = 0
  for (let hours = 0; hours <= 56; hours += 2) {
    const began = performance.now()
    rows += await campaigns.layDue()
    ms += performance.now() - began
    most = Math.max(most, process.memoryUsage.rss())
    advance(2 * HOUR)
  }
  const { rows: counted } = await store.pool.query<{ n: number }>("select count(*)::int as n from campaign_day where day = 1")
  const first = counted[0]?.n ?? 0
  const perDay = (ms / 1000) * (people / rows)
  console.log(
    `${people} people in ${ZONES.length} zones: ${rows} rows laid out in ${(ms / 1000).toFixed(1)} s, a day of all in ${perDay.toFixed(1)} s; aimed at ${GOAL_SECONDS} s: ${perDay <= GOAL_SECONDS ? "reached" : "not reached"}. Of day 1 there are ${first}. Memory ${mib(before)} MiB before, at most ${mib(most)}.`,
  )
}

/** Answers alone, then answers beside a broadcast; of whom the broadcast reaches, one in twenty answers. */
async function broadcast(app: App, provider: Awaited<ReturnType<typeof standIn>>, perSecond: number, seconds: number, people: number): Promise<void> {
  const draw = drawing(2)
  const waiting = new Map<number, number>()
  const taken: { readonly alone: number[]; readonly beside: number[] } = { alone: [], beside: [] }
  const left: number[] = []
  const reached = new Map<number, number>()
  let running = false
  let n = 0
  const says = (chat: number, text: string) => {
    waiting.set(chat, performance.now())
    return app.receive({ channel: "telegram", address: String(chat), shape: "telegram", deliveryId: `bench:${++n}`, heard: { type: "text", text }, language: "en" })
  }
  provider.onReply = (chat) => {
    const asked = waiting.get(chat)
    if (asked !== undefined) {
      waiting.delete(chat)
      taken[running ? "beside" : "alone"].push(performance.now() - asked)
    } else {
      left.push(performance.now())
      reached.set(chat, (reached.get(chat) ?? 0) + 1)
      if (draw() < 0.05) setTimeout(() => void says(chat, "4").catch(() => {}), draw() * 5000)
    }
  }
  const talk = async (from: number) => {
    const end = performance.now() + seconds * 1000
    while (performance.now() < end) {
      void says(people + from++, "hi")
      await new Promise((resolve) => setTimeout(resolve, (1000 / Math.min(perSecond / 10, 50)) * (0.5 + draw())))
    }
  }
  await setSwitch(app.store.pool, CAMPAIGN, "paused", new Date())
  await app.feed.skipOver()
  app.begin()
  await talk(1)
  taken.alone.length = 0
  await talk(500_000)
  await setSwitch(app.store.pool, CAMPAIGN, "running", new Date())
  await new Promise((resolve) => setTimeout(resolve, 2000))
  running = true
  const [began, counted] = [performance.now(), left.length]
  await talk(1_000_000)
  const used = ((left.length - counted + taken.beside.length) / ((performance.now() - began) / 1000) / perSecond) * 100
  const p99 = { alone: percentile(taken.alone, 0.99), beside: percentile(taken.beside, 0.99) }
  console.log(
    `at ${perSecond} a second: ${used.toFixed(1)} % used, at most ${busiest(left)} of a broadcast in any second; p99 of answers ${p99.alone.toFixed(0)} ms alone (${taken.alone.length}), ${p99.beside.toFixed(0)} ms beside it (${taken.beside.length}), ${(p99.beside / p99.alone).toFixed(2)} times; reached twice: ${[...reached.values()].filter((times) => times > 1).length} of ${reached.size}`,
  )
  await setSwitch(app.store.pool, CAMPAIGN, "stopped", new Date())
}

/** The most that left within any second, wherever it is cut. */
function busiest(moments: readonly number[]): number {
  let first = 0
  let most = 0
  for (const [index, moment] of moments.entries()) {
    while ((moments[first] ?? 0) <= moment - 1000) first += 1
    most = Math.max(most, index - first + 1)
  }
  return most
}

const mib = (bytes: number) => Math.round(bytes / 1024 / 1024)
