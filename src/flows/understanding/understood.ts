/** What a text is about, as far as words can tell. Everything here raises a question, a number or a human; nothing here is a verdict. */
export type Understood = {
  /** In order of priority: danger, suicide, child, images. Several may apply. */
  readonly risks: readonly Risk[]
  /** The nearest topic or entry, absent when nothing is near. */
  readonly intent?: Intent
  /** Absent when the text is too short or too mixed to be sure. */
  readonly language?: Language
}

export type Language = "en" | "ur" | "ur-Latn" | "es" | "fr"
export type Path = "danger" | "suicide" | "child" | "images"
/** Hard is acted on at once; soft asks one question. */
export type Tier = "hard" | "soft"
export type Risk = { readonly path: Path; readonly tier: Tier }
export type Topic = (typeof TOPICS)[number]
export type Entry = (typeof ENTRIES)[number]
export type Intent = Topic | Entry

export const LANGUAGES: readonly Language[] = ["en", "ur", "ur-Latn", "es", "fr"]

/** In order of priority. */
export const PATHS: readonly Path[] = ["danger", "suicide", "child", "images"]

export const TOPICS = [
  "accounts",
  "phone",
  "location",
  "images",
  "blackmail",
  "impersonation",
  "doxxing",
  "harassment",
  "hacked",
  "deepfakes",
  "evidence",
  "browsing",
  "telling",
  "calm",
  "activists",
] as const

export const ENTRIES = ["tips", "find-help", "emergency", "person", "report", "language", "privacy", "forget", "menu"] as const
