/** Where help is found, as the organisation keeps it in `content/directory`. */
export type Directory = {
  readonly countries: readonly Country[]
  /** Every other country of the world, so that its name is understood. */
  readonly elsewhere: readonly Place[]
  readonly international: readonly Entry[]
}

export type Place = { readonly code: string; readonly names: readonly string[] }
export type Country = Place & { readonly provinces: readonly Place[]; readonly entries: readonly Entry[] }

/** A country that is none of those listed, and which one isn't known. */
export const NOWHERE = "ZZ"

export type Entry = {
  readonly id: string
  readonly needs: readonly Need[]
  readonly provinces: readonly string[]
  readonly audience: "all" | "women" | "adults" | "minors" | "civil-society"
  /** Milliseconds of the day it was last verified. */
  readonly verifiedAt: number
  readonly unverified: boolean
}

export const NEEDS = ["emergency", "medical", "violence", "online", "images", "child", "suicide", "emotional", "legal", "shelter", "activists"] as const
export type Need = (typeof NEEDS)[number]

const MONTH_MS = 30.44 * 24 * 3600_000

/** After twelve months an entry is flagged, after twenty-four it is hidden; a number that nobody looked at may have died. */
export function freshness(entry: { readonly verifiedAt: number }, now: number): "fresh" | "flagged" | "hidden" {
  const months = (now - entry.verifiedAt) / MONTH_MS
  return months > 24 ? "hidden" : months > 12 ? "flagged" : "fresh"
}

/** A country's own part of the directory, where it has one. */
export function countryOf(directory: Directory, code: string): Country | undefined {
  return directory.countries.find((one) => one.code === code)
}

/**
 * The entries for one need, best first: those of the province, then of the whole country, then those that work anywhere.
 * Without a province those of every province come along behind the country's.
 */
export function entriesFor(directory: Directory, code: string, province: string | undefined, need: Need, now: number): readonly Entry[] {
  const fits = (entry: Entry) => entry.needs.includes(need) && freshness(entry, now) !== "hidden"
  const here = (countryOf(directory, code)?.entries ?? []).filter(fits)
  const wide = here.filter((entry) => entry.provinces.length === 0)
  const near = here.filter((entry) => (province ? entry.provinces.includes(province) : entry.provinces.length > 0))
  const own = province ? [...near, ...wide] : [...wide, ...near]
  const anywhere = need === "emergency" || need === "medical" ? [] : directory.international.filter(fits)
  return [...own, ...anywhere]
}

/** The needs for which there is something to show, in their fixed order. */
export function needsIn(directory: Directory, code: string, province: string | undefined, now: number): readonly Need[] {
  return NEEDS.filter((need) => entriesFor(directory, code, province, need, now).length > 0)
}

/**
 * The country or province that somebody names where one is asked for, alone or within a few words, in any of the five
 * languages: the place that takes the answer, and the answer. Words that raise a hard risk are never taken for a place.
 */
export function placeNamed(
  directory: Directory,
  { place, memory }: { readonly place: string; readonly memory: { readonly country: string } },
  text: string,
  risks: readonly { readonly tier: "hard" | "soft" }[],
): { readonly place: string; readonly id: string } | undefined {
  if (place !== "find-help.here" && place !== "find-help.country" && place !== "find-help.province") return undefined
  // What stands beside the name: a sentence that worries us even a little is read as a place only when it hardly says more.
  const beside = risks.some(({ tier }) => tier === "hard") ? 0 : risks.length > 0 ? 3 : 5
  const provinces = place === "find-help.province" ? (countryOf(directory, memory.country)?.provinces ?? []) : []
  const province = placeIn(provinces, text, beside)
  if (province !== undefined) return { place, id: `province:${province}` }
  const country = placeIn([...directory.countries, ...directory.elsewhere], text, beside)
  // “Not Pakistan” names Pakistan too: the country in question has its own answers.
  if (country === undefined || (country === memory.country && place !== "find-help.country" && plain(text).includes(" "))) return undefined
  return { place: "find-help.country", id: `country:${country}` }
}

/** The place whose name a text is or, with no more than so many other words, has in it; the longest name where there are several. */
export function placeIn(places: readonly Place[], text: string, beside: number): string | undefined {
  const typed = plain(text)
  if (typed === "") return undefined
  const all = places.flatMap(({ code, names }) => names.map((name) => ({ code, name: plain(name) })))
  const exact = all.find(({ name }) => name === typed)
  if (exact !== undefined) return exact.code
  const within = all.filter(({ name }) => name.length >= SHORTEST_WITHIN && ` ${typed} `.includes(` ${name} `))
  const longest = within.sort((a, b) => b.name.length - a.name.length)[0]
  return longest !== undefined && typed.split(" ").length - longest.name.split(" ").length <= beside ? longest.code : undefined
}

/** Shorter names, “us” among them, are words of their own within a sentence. */
const SHORTEST_WITHIN = 4

/** Lower case, without accents or punctuation: how a typed word is compared with a listed one. */
export function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{P}\p{S}]/gu, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase()
}
