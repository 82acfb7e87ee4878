import type { Option, TextKey } from "./effect.ts"

/**
 * What she may choose, in ids of content/taxonomy.yaml and in the order in which people look for it. What happened is
 * asked in plain groups first: a list of twenty answers is no question on a small phone.
 */
export const ACTS = {
  pictures: ["images-shared", "images-threatened", "images-made", "images-unwanted", "assault-recorded"],
  pressure: ["blackmail", "threats", "grooming", "doxxing"],
  words: ["messages", "bullying", "defamation", "hate"],
  watching: ["stalking", "locating", "monitoring"],
  accounts: ["account-taken", "impersonation", "information-used", "fraud"],
  other: ["other"],
} as const

export const CHOICES = {
  age: ["under-18", "from-18-to-30", "from-31-to-45", "over-45"],
  about: ["self", "someone-else", "group"],
  platform: ["whatsapp", "facebook", "instagram", "tiktok", "calls-sms", "snapchat", "telegram", "x", "youtube", "email", "device", "dating", "website", "game", "other"],
  relation: ["partner", "ex-partner", "family", "known", "stranger", "not-known", "work-school", "group", "company", "state"],
  harm: ["psychological", "social", "economic", "silenced", "mobility", "physical", "sexual", "political", "other", "none"],
  tried: ["nothing", "blocked", "told-someone", "platform", "authorities", "confronted", "changed-account", "left", "platform-silent", "lawyer", "paid", "other"],
  outcome: ["helped", "partly", "nothing", "refused", "worse"],
  gender: ["woman", "man", "trans", "another"],
} as const

/** Answers of the flow itself: they become a month, a season or a year. */
export const TIMES = ["ongoing", "this-month", "last-month", "season", "year"] as const
export const SEASONS = ["spring", "summer", "autumn", "winter"] as const
export const YEARS = ["this-year", "last-year", "year-before"] as const

/** Questions that take several answers. */
export const SEVERAL: ReadonlySet<string> = new Set(["act", "act-of", "platform", "harm", "tried"])

/** Answers beside which there is no other. */
export const ALONE: ReadonlySet<string> = new Set(["none", "nothing"])

export type ActGroup = keyof typeof ACTS
export const ACT_GROUPS = Object.keys(ACTS) as readonly ActGroup[]

/** How an answer reads to her; the taxonomy's own labels are for staff. */
export function labelOf(ask: string, id: string): TextKey {
  return `report.${ask === "act-of" ? "act" : ask === "act" && id in ACTS ? "acts" : ask}.${id}` as TextKey
}

/** The answers to one of the questions whose answers are always the same; none for what is no such question. */
export function choicesOf(ask: string, part: string | undefined): readonly Option[] {
  const ids: readonly string[] =
    ask === "act"
      ? ACT_GROUPS
      : ask === "act-of"
        ? (ACTS[part as ActGroup] ?? [])
        : ask === "when"
          ? TIMES
          : ask === "season"
            ? SEASONS
            : ask === "year"
              ? YEARS
              : (CHOICES[ask as keyof typeof CHOICES] ?? [])
  return ids.map((id) => ({ id, label: labelOf(ask, id) }))
}
