/** A day of everybody laid out as rows that are due. */
import { CAMPAIGN, database, enrol, everywhere, house, load, mib, settings, ZONES } from "./campaign-house.ts"

const GOAL_SECONDS = 60
const EVE = Date.parse("2026-11-24T00:00:00Z")
const HOUR = 3600_000

/** All rows of the first days, two hours at a time, as a house does. */
export async function laidOut(people: number): Promise<void> {
  const { folder, url, stop } = await database()
  let ahead = 0
  const start = performance.now()
  const app = await house(settings(folder, "http://127.0.0.1:9", "telegram", 30), url, () => Math.round(EVE + ahead + performance.now() - start))
  try {
    const enrolling = performance.now()
    await enrol(app, { channel: "telegram", people, laid: EVE, begins: "2026-11-25", where: everywhere() })
    console.log(`${people} people in ${ZONES.length} zones took part after ${((performance.now() - enrolling) / 1000).toFixed(0)} s; ${load()}`)
    globalThis.gc?.()
    const before = process.memoryUsage.rss()
    let [most, ms, rows, longest] = [before, 0, 0, 0]
    for (let hours = 0; hours <= 56; hours += 2) {
      const began = performance.now()
      rows += await app.campaigns.layDue()
      const took = performance.now() - began
      ms += took
      longest = Math.max(longest, took)
      most = Math.max(most, process.memoryUsage.rss())
      ahead += 2 * HOUR
    }
    const { rows: counted } = await app.store.pool.query<{ n: number }>("select count(*)::int as n from campaign_day where day = 1 and campaign = $1", [CAMPAIGN])
    const perDay = (ms / 1000) * (people / rows)
    console.log(
      `${rows} rows laid out in ${(ms / 1000).toFixed(1)} s, a day of all in ${perDay.toFixed(1)} s (aimed at ${GOAL_SECONDS} s: ${perDay <= GOAL_SECONDS ? "reached" : "missed"}), the longest round ${(longest / 1000).toFixed(1)} s. Of day 1 there are ${counted[0]?.n} rows for ${people} people. Memory ${mib(before)} MiB before, at most ${mib(most)}; ${load()}`,
    )
  } finally {
    await app.close()
    await stop()
  }
}
