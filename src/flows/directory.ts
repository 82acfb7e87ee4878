/** Where help is found, as the organisation keeps it in `content/directory`. */
export type Directory = { readonly countries: readonly Country[]; readonly international: readonly Entry[] }

export type Country = {
  readonly code: string
  readonly names: readonly string[]
  readonly provinces: readonly string[]
  readonly entries: readonly Entry[]
}

export type Entry = {
  readonly id: string
  readonly needs: readonly Need[]
  readonly provinces: readonly string[]
  /** First dial string, as it is dialled in the country. */
  readonly dial: string
  readonly audience: "all" | "women" | "adults" | "minors" | "civil-society"
  /** Milliseconds of the day it was last verified. */
  readonly verifiedAt: number
  readonly unverified: boolean
}

export const NEEDS = ["emergency", "violence", "online", "images", "child", "suicide", "emotional", "legal", "shelter", "activists"] as const
export type Need = (typeof NEEDS)[number]

const MONTH_MS = 30.44 * 24 * 3600_000

/** After twelve months an entry is flagged, after twenty-four it is hidden; a number that nobody looked at may have died. */
export function freshness(entry: { readonly verifiedAt: number }, now: number): "fresh" | "flagged" | "hidden" {
  const months = (now - entry.verifiedAt) / MONTH_MS
  return months > 24 ? "hidden" : months > 12 ? "flagged" : "fresh"
}

/** The entries for one need, best first: those of the province, then of the whole country, then those that work anywhere. */
export function entriesFor(directory: Directory, code: string, province: string | undefined, need: Need, now: number): readonly Entry[] {
  const country = directory.countries.find((one) => one.code === code)
  const fits = (entry: Entry) => entry.needs.includes(need) && freshness(entry, now) !== "hidden"
  const here = (country?.entries ?? []).filter(fits)
  const near = province === undefined ? [] : here.filter((entry) => entry.provinces.includes(province))
  const wide = here.filter((entry) => entry.provinces.length === 0)
  const anywhere = need === "emergency" ? [] : directory.international.filter(fits)
  return [...near, ...wide, ...anywhere]
}

/** The needs for which there is something to show, in their fixed order. */
export function needsIn(directory: Directory, code: string, province: string | undefined, now: number): readonly Need[] {
  return NEEDS.filter((need) => entriesFor(directory, code, province, need, now).length > 0)
}

/** The country somebody names in one word or a few, in any of the five languages. */
export function countryNamed(directory: Directory, text: string): string | undefined {
  const wanted = plain(text)
  return wanted === "" ? undefined : directory.countries.find(({ names }) => names.some((name) => plain(name) === wanted))?.code
}

/** Lower case, without accents or punctuation: how a typed word is compared with a listed one. */
export function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{P}\p{S}]/gu, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase()
}
