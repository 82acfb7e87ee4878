import type { Consents, Report } from "../../src/flows/report-shapes.ts"
import type { House } from "./house.ts"

/** Somebody gives a report, without a conversation around it, and the day's shelving comes; gives back its id on the shelf. */
export async function giveReport(house: House, staff: string, report: Report, consents: Consents): Promise<string> {
  const { reports, store } = house.app
  const before = new Set((await reports.desk.inbox(staff, {})).lines.map(({ id }) => id))
  const { code } = reports.facts()
  const [entries] = await reports.seal([[{ type: "report", report, consents, ...(consents.keep && { code }) }]])
  if (entries === undefined) throw new Error("nobody to seal to")
  const client = await store.pool.connect()
  try {
    await client.query("begin")
    await reports.takeIn(client, entries)
    await client.query("commit")
  } finally {
    client.release()
  }
  await reports.shelve()
  const { lines } = await reports.desk.inbox(staff, {})
  const fresh = lines.find(({ id }) => !before.has(id))
  if (fresh === undefined) throw new Error("nothing came to the shelf")
  return fresh.id
}
