/** What in a story might lead to somebody. A guide for who writes; it decides nothing. */
export type Warning = { readonly kind: "digits" | "handle" | "link" | "name" | "place" | "theirs"; readonly found: string }

/** So many words in a row that are hers too are no coincidence. */
const RUN = 5
const MOST = 4

/**
 * Looks for figures, accounts, links, places below the province, names that stand in her words, and runs of her own words.
 * @param places names of districts and the like, in any language
 */
export function warningsIn(story: string, hers: readonly string[], places: readonly string[]): readonly Warning[] {
  const found = (kind: Warning["kind"], all: readonly string[]) => [...new Set(all)].slice(0, MOST).map((one) => ({ kind, found: one }))
  const links = story.match(/(?:https?:\/\/|www\.)\S+|\b[\w-]+\.(?:com|net|org|pk|me|io|co|app|info)\b\S*|\S+@\S+\.\S+/giu) ?? []
  const rest = links.reduce((text, link) => text.replace(link, " "), story)
  const lower = new Set(places.map((place) => place.toLowerCase()))
  return [
    ...found("link", links),
    ...found("handle", rest.match(/[@#][\p{L}\p{N}_.]{2,}/gu) ?? []),
    ...found(
      "digits",
      (rest.match(/[\p{Nd}][\p{Nd}\s.,:/+-]*/gu) ?? []).map((one) => one.trim()),
    ),
    ...found(
      "name",
      sharedNames(story, hers).filter((name) => !lower.has(name.toLowerCase())),
    ),
    ...found(
      "place",
      places.filter((place) => place.length > 2 && new RegExp(`(?<![\\p{L}\\p{M}])${escaped(place)}(?![\\p{L}\\p{M}])`, "iu").test(story)),
    ),
    ...found("theirs", sharedRuns(story, hers)),
  ]
}

/** Words with a capital that stand in the middle of a sentence of hers, and in the story. Scripts without capitals have none. */
function sharedNames(story: string, hers: readonly string[]): readonly string[] {
  const names = hers.flatMap((text) => [...text.matchAll(/(?<=[\p{Ll}\p{Nd},;]["')]?\s+)\p{Lu}[\p{L}\p{M}'’-]+/gu)].map(([name]) => name))
  const told = new Set(wordsOf(story))
  return names.filter((name) => told.has(name.toLowerCase()) && !COMMON.has(name.toLowerCase()))
}

/** Runs of five words or more that are hers, each as long as it goes. */
function sharedRuns(story: string, hers: readonly string[]): readonly string[] {
  const theirs = hers.map((text) => ` ${wordsOf(text).join(" ")} `)
  const words = wordsOf(story)
  const runs: string[] = []
  for (let at = 0; at + RUN <= words.length; ) {
    let end = at + RUN
    if (!theirs.some((text) => text.includes(` ${words.slice(at, end).join(" ")} `))) {
      at++
      continue
    }
    while (end < words.length && theirs.some((text) => text.includes(` ${words.slice(at, end + 1).join(" ")} `))) end++
    runs.push(words.slice(at, end).join(" "))
    at = end
  }
  return runs
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}'’]+/gu) ?? []
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")

/** Capitals that name nobody. */
const COMMON: ReadonlySet<string> = new Set(["i", "i'm", "i've", "i'll", "facebook", "instagram", "whatsapp", "tiktok", "snapchat", "telegram", "youtube", "google", "sms", "fia"])
