import { freshness, type Need } from "../flows/directory.ts"
import type { DirectoryEntry, DirectoryFile } from "./content.ts"

/** Something about an entry: a mistake that has to be corrected, or a thing that somebody should look at. */
export type Finding = { readonly kind: "mistake" | "flag"; readonly country: string; readonly entry?: string | undefined; readonly problem: string }

const DAY_MS = 24 * 3600_000
const URGENT: readonly Need[] = ["emergency", "medical"]

/**
 * Looks through the directory for what its shape alone doesn't tell. Pure.
 * @param hasText whether there is a text of this key, as in `caution.needs-id`
 */
export function checkDirectory(files: readonly DirectoryFile[], now: number, hasText: (key: string) => boolean): readonly Finding[] {
  return files.flatMap((file, index) => {
    const { country } = file
    const known = new Set(file.provinces.map(({ id }) => id))
    const twice = files.findIndex((other) => other.country === country) < index
    const ofFile = [
      ...(twice ? [`a second file for ${country}: only the first is read`] : []),
      ...(file.timeZone !== undefined && !isTimeZone(file.timeZone) ? [`no such time zone: ${file.timeZone}`] : []),
    ]
    return [
      ...ofFile.map((problem): Finding => ({ kind: "mistake", country, problem })),
      ...file.entries.flatMap((entry) => [
        ...mistakesIn(entry, file, known, hasText).map((problem): Finding => ({ kind: "mistake", country, entry: entry.id, problem })),
        ...flagsOf(entry, now).map((problem): Finding => ({ kind: "flag", country, entry: entry.id, problem })),
      ]),
    ]
  })
}

function mistakesIn(entry: DirectoryEntry, { country, timeZone }: DirectoryFile, provinces: ReadonlySet<string>, hasText: (key: string) => boolean): readonly string[] {
  return [
    ...entry.provinces.filter((province) => !provinces.has(province)).map((province) => `unknown province ${province}`),
    ...entry.needs.filter((need) => !hasText(`need.${need}`)).map((need) => `the need ${need} has no text`),
    ...[...entry.cautions, ...(entry.note === undefined ? [] : [entry.note])].filter((code) => !hasText(`caution.${code}`)).map((code) => `the caution ${code} has no text`),
    ...(typeof entry.hours !== "string" && timeZone === undefined ? ["has hours, and its file has no time zone"] : []),
    // Numbers for emergencies are a country's own; an international one would never be shown.
    ...URGENT.filter((need) => country === "international" && entry.needs.includes(need)).map((need) => `an international entry can't be for ${need}`),
    ...URGENT.filter((need) => entry.needs.includes(need) && !entry.contacts.some(({ kind }) => kind === "call" || kind === "text")).map(
      (need) => `is for ${need}, and has no number to call or text`,
    ),
    ...entry.contacts.filter(({ kind, word }) => word !== undefined && kind !== "text").map(({ dial }) => `a word to text to ${dial}, which isn't texted`),
    ...entry.contacts.filter(({ kind, press }) => press !== undefined && kind !== "call").map(({ dial }) => `a digit to press at ${dial}, which isn't called`),
  ]
}

function flagsOf(entry: DirectoryEntry, now: number): readonly string[] {
  const verifiedAt = Date.parse(entry.verifiedOn)
  const age = freshness({ verifiedAt }, now)
  return [
    ...(age === "hidden" ? [`hidden: verified on ${entry.verifiedOn}, over 24 months ago`] : []),
    ...(age === "flagged" ? [`stale: verified on ${entry.verifiedOn}, over 12 months ago`] : []),
    ...(verifiedAt > now + DAY_MS ? [`verified on ${entry.verifiedOn}, which is still to come`] : []),
    ...(entry.mark === "unverified" ? ["unverified"] : []),
    ...(entry.source === "unknown" ? ["source unknown"] : []),
  ]
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== ""
  } catch {
    return false
  }
}
