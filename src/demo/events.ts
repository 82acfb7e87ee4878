import { readFileSync } from "node:fs"
import { join } from "node:path"

const DAY_MS = 24 * 3600_000

/** `events.yaml` of a demonstration: made-up events, a few days from now. */
export function demoEvents(now: number): string {
  const made = JSON.parse(readFileSync(join(import.meta.dirname, "events.json"), "utf8")) as readonly { readonly days: number; readonly at: string }[]
  const events = made.map(({ days, at, ...event }) => ({ ...event, campaign: "sixteen-days", at: `${new Date(now + days * DAY_MS).toISOString().slice(0, 10)}T${at}` }))
  return `${JSON.stringify({ events }, null, 2)}\n`
}
