import { Temporal } from "temporal-polyfill"
import { hoursIn } from "../flows/campaign-dates.ts"

/** Local hours in which something may be sent: from the first, before the last. */
export type Hours = { readonly from: number; readonly to: number }

/** A campaign, as far as its clock goes. */
export type Timing = {
  /** The date of its first day (`2026-11-25`), or each person's own. */
  readonly begins: string
  readonly days: number
  readonly hours: Hours
  /** So many hours after its moment an action is no longer sent. */
  readonly validHours: number
}

/** People whose days are due at the same moments. `begins` is the date of their first day. */
export type Group = { readonly country: string; readonly zone: string; readonly hour: number; readonly begins: string }

/** One day of a group, in milliseconds since 1970. Once `until` has come it isn't sent any more, and `why` says why. */
export type DueDay = { readonly day: number; readonly due: number; readonly until: number; readonly why: "late" | "quiet-hours" | "no-such-day" }

const HOUR_MS = 3600_000

/**
 * The moment at which it is this hour of this date there. Where clocks are put forward over it, the moment just after;
 * where it comes twice, the first. Nothing where the date itself was left out, as in Samoa on 30 December 2011.
 */
export function dueAt(date: string, hour: number, zone: string): number | undefined {
  const day = Temporal.PlainDate.from(date)
  const local = hour === 24 ? day.add({ days: 1 }).toZonedDateTime(zone) : day.toZonedDateTime({ timeZone: zone, plainTime: { hour } })
  const lost = hour !== 24 && day.toZonedDateTime(zone).toPlainDate().toString() !== date
  return lost ? undefined : local.epochMilliseconds
}

/** The date there. */
export function dateAt(moment: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).toPlainDate().toString()
}

/** Which day of a campaign it is there; below one before it begins. */
export function dayAt(moment: number, zone: string, begins: string): number {
  return Temporal.PlainDate.from(begins).until(dateAt(moment, zone), { largestUnit: "days" }).days + 1
}

/** The date of a day. */
export function dateOf(begins: string, day: number): string {
  return Temporal.PlainDate.from(begins)
    .add({ days: day - 1 })
    .toString()
}

/** Whether nothing may be sent there at this moment. */
export function isQuiet(moment: number, zone: string, { from, to }: Hours): boolean {
  const { hour } = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone)
  return hour < from || hour >= to
}

/** The first day of somebody who joins now: the campaign's own, or the first on which her hour is still to come. */
export function beginsFor({ begins }: Timing, zone: string, hour: number, now: number): string {
  if (begins !== "joining") return begins
  const today = dateAt(now, zone)
  return (dueAt(today, hour, zone) ?? now) > now ? today : dateOf(today, 2)
}

/** One day of a group. What can't be sent at all, because of the hour or the date, has no time between `due` and `until`. */
export function dueDay(timing: Timing, { country, zone, hour, begins }: Group, day: number): DueDay {
  const date = dateOf(begins, day)
  const due = dueAt(date, hour, zone)
  if (due === undefined) {
    const instead = Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds
    return { day, due: instead, until: instead, why: "no-such-day" }
  }
  const hours = hoursIn(timing.hours, country)
  const late = due + timing.validHours * HOUR_MS
  const quiet = isQuiet(due, zone, hours) ? due : (dueAt(date, hours.to, zone) ?? due)
  return quiet < late ? { day, due, until: quiet, why: "quiet-hours" } : { day, due, until: late, why: "late" }
}

/** All days of a group, in order. */
export function dueDays(timing: Timing, group: Group): readonly DueDay[] {
  return Array.from({ length: timing.days }, (_, index) => dueDay(timing, group, index + 1))
}

/** How many days of a group have come by this moment. */
export function daysBy(timing: Timing, group: Group, moment: number): number {
  const today = Math.min(Math.max(dayAt(moment, group.zone, group.begins), 0), timing.days)
  return today > 0 && dueDay(timing, group, today).due > moment ? today - 1 : today
}

/** The days of a group whose moment comes after `after`, and no later than `until`. */
export function dueBetween(timing: Timing, group: Group, after: number, until: number): readonly DueDay[] {
  const first = Math.max(dayAt(after, group.zone, group.begins) - 1, 1)
  const last = Math.min(dayAt(until, group.zone, group.begins) + 1, timing.days)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => dueDay(timing, group, first + index)).filter(({ due }) => due > after && due <= until)
}

/** When a reminder of this day comes: in the evening there, an hour from now at the earliest. */
export function eveningOf(timing: Timing, { country, zone, begins }: Group, day: number, now: number): DueDay {
  const hours = hoursIn(timing.hours, country)
  const date = dateOf(begins, day)
  const evening = dueAt(date, Math.max(hours.from, Math.min(EVENING, hours.to - 1)), zone) ?? now
  return { day, due: Math.max(evening, now + HOUR_MS), until: dueAt(date, hours.to, zone) ?? now, why: "quiet-hours" }
}
const EVENING = 19

/** Whether this is a day and time of the calendar, such as `2026-11-29T17:00`. */
export function isOnCalendar(local: string): boolean {
  try {
    Temporal.PlainDateTime.from(local, { overflow: "reject" })
    return true
  } catch {
    return false
  }
}

/** When something begins that is at this date and time there, and when that day is over there. Nothing where clocks are put forward over it. */
export function spanOf(local: string, zone: string): { readonly begins: number; readonly ends: number } | undefined {
  const at = Temporal.PlainDateTime.from(local)
  const there = at.toZonedDateTime(zone)
  if (!there.toPlainDateTime().equals(at)) return undefined
  return { begins: there.epochMilliseconds, ends: at.toPlainDate().add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds }
}
