/** A house with people who take part in a campaign, for `bench campaign`. */
import { mkdirSync } from "node:fs"
import { loadavg } from "node:os"
import { join } from "node:path"
import { BUILT, createApp } from "../src/app.ts"
import { readConfig } from "../src/config.ts"
import { drawing } from "../src/demo/drawing.ts"
import { readHouse } from "../src/helpline/whole-content.ts"
import { createLog } from "../src/log.ts"
import { migrate } from "../src/store/migrate.ts"
import { startOwnServer } from "../src/store/own-server.ts"
import { temporary } from "./processes.ts"

export const CAMPAIGN = "sixteen-days"
export type App = Awaited<ReturnType<typeof createApp>>
export type BenchChannel = "telegram" | "sms"

/** Forty of them, with every offset there is. */
export const ZONES = Intl.supportedValuesOf("timeZone")
  .filter((_, index) => index % 10 === 0)
  .slice(0, 40)

/** What a house is told, with one channel at this pace. */
export const settings = (folder: string, root: string, channel: BenchChannel, perSecond: number): Record<string, string> => ({
  DATA_DIR: join(folder, "data"),
  SIMULATOR: "off",
  PUBLIC_URL: "https://help.example.org",
  ...(channel === "telegram"
    ? { TELEGRAM_BOT_TOKEN: "1:bench", TELEGRAM_WEBHOOK_SECRET: "bench", TELEGRAM_API_ROOT: root, TELEGRAM_PER_SECOND: String(perSecond) }
    : {
        TWILIO_ACCOUNT_SID: `AC${"0a".repeat(16)}`,
        TWILIO_AUTH_TOKEN: "bench",
        TWILIO_SMS_FROM: "+15005550006",
        TWILIO_API_ROOT: root,
        SMS_SEGMENTS_PER_SECOND: String(perSecond),
      }),
})

/** A folder and a database, on a PostgreSQL as the house would start itself. */
export async function database(): Promise<{ readonly folder: string; readonly url: string; readonly stop: () => Promise<void> }> {
  const folder = temporary("campaign")
  mkdirSync(join(folder, "data"))
  const { url, stop } = await startOwnServer(folder, "bench")
  await migrate(url)
  return { folder, url, stop }
}

/** A house in this process, that goes by a clock of ours. */
export const house = (env: Record<string, string>, url: string, now: () => number, content?: string): Promise<App> =>
  createApp(
    readConfig(env),
    url,
    createLog(() => {}),
    now,
    content === undefined ? undefined : readHouse(content, BUILT),
  )

/** Where the nth of them is written to. */
export const addressOf = (channel: BenchChannel, n: number) => (channel === "telegram" ? String(n) : `+92300${String(n).padStart(7, "0")}`)

/** So many take part; `where` tells the zone and the hour of each. Days are laid out from `laid` on. */
export async function enrol(
  { store, cover }: App,
  {
    channel,
    people,
    laid,
    begins,
    where,
  }: { readonly channel: BenchChannel; readonly people: number; readonly laid: number; readonly begins: string; readonly where: () => readonly [string, number] },
): Promise<void> {
  await store.pool.query("insert into campaign_switch (campaign, laid, laying) values ($1, $2, $2)", [CAMPAIGN, new Date(laid)])
  const portion = 10_000
  for (let from = 0; from < people; from += portion) {
    const some = Array.from({ length: Math.min(portion, people - from) }, (_, n) => {
      const address = addressOf(channel, from + n + 1)
      const [zone, hour] = where()
      return { id: cover.lookup(channel, address), place: Buffer.from(cover.close("leaving", JSON.stringify({ address, shape: channel }))), zone, hour }
    })
    await store.pool.query(
      `insert into participant (campaign, conversation_id, channel, "where", language, country, zone, hour, neutral, begins, ends, wording)
      select $1, id, $6, place, 'en', 'PK', zone, hour, false, $7, $7::date + 15, 1 from unnest($2::uuid[], $3::bytea[], $4::text[], $5::int[]) as i(id, place, zone, hour)`,
      [CAMPAIGN, some.map(({ id }) => id), some.map(({ place }) => place), some.map(({ zone }) => zone), some.map(({ hour }) => hour), channel, begins],
    )
  }
  await store.pool.query("vacuum analyze participant").catch(() => {})
}

/** People of forty zones, each at an hour of her own. */
export function everywhere(): () => readonly [string, number] {
  const draw = drawing(1)
  return () => [ZONES[Math.floor(draw() * ZONES.length)] ?? "", 8 + Math.floor(draw() * 12)]
}

/** The most that left within any second, wherever it is cut; each with what it weighs. */
export function busiest(moments: readonly number[], weight = 1): number {
  let first = 0
  let most = 0
  for (const [index, moment] of moments.entries()) {
    while ((moments[first] ?? 0) <= moment - 1000) first += 1
    most = Math.max(most, (index - first + 1) * weight)
  }
  return most
}

export const load = () =>
  `load ${loadavg()
    .map((one) => one.toFixed(1))
    .join(" ")}`
export const mib = (bytes: number) => Math.round(bytes / 1024 / 1024)
