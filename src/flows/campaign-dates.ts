import type { Campaign } from "./campaign-shapes.ts"
import type { Day } from "./effect.ts"

/** People may join a campaign with dates of its own this long before it begins. */
const JOINING_MS = 30 * 24 * 3600_000
const DAY_MS = 24 * 3600_000
/** Nowhere a date ends later than so long after UTC. */
const LAST_ZONE_MS = 12 * 3600_000

/** Where the law says when a day's message may come, whatever the campaign allows: from this hour on, before that one. India: 10 to 21; United States: 8 to 21, in some states to 20. */
const LAW: Readonly<Record<string, { readonly from: number; readonly to: number }>> = { IN: { from: 10, to: 21 }, US: { from: 8, to: 20 } }

/** The hours in which a campaign may write to somebody in a country: from the first, before the last. */
export function hoursIn({ from, to }: Campaign["hours"], country: string): Campaign["hours"] {
  const law = LAW[country] ?? { from: 0, to: 24 }
  return { from: Math.max(from, law.from), to: Math.min(to, law.to) }
}

/** Whether a campaign of so many days can be joined: always, or until its last day is over everywhere. */
export function isOpen(begins: string, days: number, now: number): boolean {
  if (begins === "joining") return true
  const first = Date.parse(begins)
  return now > first - JOINING_MS && now < first + days * DAY_MS + LAST_ZONE_MS
}

/** Five hours, so that they stand in one message: before work, in the morning, after noon, in the afternoon, in the evening. */
export const HOURS: readonly number[] = [8, 10, 13, 16, 19]

/** The hours that somebody in a country may choose from. */
export function hoursOf({ hours }: Campaign, country: string): readonly number[] {
  const { from, to } = hoursIn(hours, country)
  return HOURS.filter((hour) => hour >= from && hour < to)
}

/** The date and weekday of an instant in a time zone. */
export function localDay(now: number, zone: string): { readonly date: string; readonly weekday: Day; readonly hour: number } {
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  )
  return { date: `${parts["year"]}-${parts["month"]}-${parts["day"]}`, weekday: (parts["weekday"] ?? "").toLowerCase() as Day, hour: Number(parts["hour"]) }
}

/**
 * The clocks of a country, one of each kind: of zones that go alike the whole year only one is asked about.
 * None where nobody knows.
 */
export function zonesOf(country: string, now: number): readonly string[] {
  if (!/^[A-Z]{2}$/.test(country)) return []
  const year = new Date(now).getUTCFullYear()
  // Asking takes long, and only a new year answers otherwise. There are no more countries than a few hundred.
  const known = asked.get(country)
  if (known?.year === year) return known.zones
  const zones = zonesIn(country, year)
  asked.set(country, { year, zones })
  return zones
}

const asked = new Map<string, { readonly year: number; readonly zones: readonly string[] }>()

function zonesIn(country: string, year: number): readonly string[] {
  const alike = new Map<string, string>()
  for (const zone of new Intl.Locale(`und-${country}`).getTimeZones?.() ?? []) {
    const kind = [Date.UTC(year, 0, 15), Date.UTC(year, 6, 15)].map((moment) => offsetOf(zone, moment)).join()
    if (!alike.has(kind) || WELL_KNOWN.has(zone)) alike.set(kind, zone)
  }
  return [...alike.values()]
}

/** Of zones that go alike the one that most people know. */
const WELL_KNOWN: ReadonlySet<string> = new Set([
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Los_Angeles",
  "America/Toronto",
  "America/Winnipeg",
  "America/Edmonton",
  "America/Vancouver",
  "America/Halifax",
  "America/Sao_Paulo",
  "America/Manaus",
  "America/Mexico_City",
  "Europe/Berlin",
  "Europe/Madrid",
  "Europe/Moscow",
  "Asia/Shanghai",
  "Asia/Jakarta",
  "Australia/Sydney",
  "Australia/Brisbane",
])

const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    weekday: "short",
    hour: "2-digit",
    hourCycle: "h23",
    timeZoneName: "longOffset",
  })
  // There are no more zones than a few hundred.
  clocks.set(zone, made)
  return made
}

function offsetOf(zone: string, moment: number): string {
  return (
    clockOf(zone)
      .formatToParts(moment)
      .find(({ type }) => type === "timeZoneName")?.value ?? ""
  )
}
