import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Presence, Role } from "../helpline/desk-view.ts"
import type { Language } from "../locales/texts.ts"

/** Somebody made up who writes from a phone of the simulator. */
export type Somebody = {
  readonly from: string
  readonly as: "telegram" | "sms" | "whatsapp"
  readonly language: Language
  /** She says that somebody is in danger; then she isn't asked what it is about. */
  readonly danger?: true
  readonly about?: string
}

/** A chat that has begun so many minutes ago. */
export type Written = Somebody & {
  readonly minutes: number
  readonly owner: string
  readonly lines: readonly (readonly ["we" | "she", string])[]
  readonly note?: string
}

/** All who appear in a demonstration, and what they say: `people.json`. */
export type Cast = {
  readonly greetings: Readonly<Record<Language, string>>
  readonly asks: Readonly<Record<Language, string>>
  readonly staff: readonly { readonly userName: string; readonly alias: string; readonly roles: readonly Role[]; readonly cap: number; readonly presence: Presence }[]
  readonly waiting: readonly (Somebody & { readonly minutes: number; readonly lines: readonly string[] })[]
  readonly live: readonly (Written & { readonly later: readonly string[] })[]
  readonly ended: readonly (Written & { readonly survey: "yes" | "little" | "no"; readonly record: Readonly<Record<string, string>> & { readonly summary: string } })[]
  readonly newcomers: readonly Omit<Somebody, "from">[]
  readonly stillWaiting: Readonly<Record<Language, string>>
}

/** Reads the cast. */
export function readCast(): Cast {
  return JSON.parse(readFileSync(join(import.meta.dirname, "people.json"), "utf8")) as Cast
}

/** What somebody types and taps until they are in line. */
export function wayToTheLine(cast: Cast, { language, danger, about }: Somebody): readonly ({ readonly text: string } | { readonly choice: string })[] {
  return [
    { text: cast.greetings[language] },
    { choice: "hello.safe/yes" },
    { text: cast.asks[language] },
    { choice: "person.consent/yes" },
    ...(danger === true ? [{ choice: "person.danger/yes" }] : [{ choice: "person.danger/no" }, about === undefined ? { choice: "person.about/skip" } : { text: about }]),
  ]
}
