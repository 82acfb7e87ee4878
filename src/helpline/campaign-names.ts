import { HOURS } from "../flows/campaign-dates.ts"
import type { Names } from "../locales/texts.ts"

/** What the hours and clocks are called that a participant chooses from: digits that every language reads, and a clock by its city. */
export function clockNames(): Names {
  const hours = HOURS.map((hour) => [`hour-${hour}`, { en: `${String(hour).padStart(2, "0")}:00` }] as const)
  const zones = Intl.supportedValuesOf("timeZone").map((zone) => [`zone-${zone}`, { en: zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ") }] as const)
  return Object.fromEntries([...hours, ...zones])
}
