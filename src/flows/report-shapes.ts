/** Not said is a value: it is what every question has before she answers it, and after she skips it. */
export const NOT_SAID = "not-said"

/** What she tells, in ids of the taxonomy and of the areas. Every answer may be `not-said`; an empty list is that too. */
export type Report = {
  readonly language: string
  readonly about: string
  readonly acts: readonly string[]
  readonly platforms: readonly string[]
  readonly relation: string
  readonly harms: readonly string[]
  readonly actions: readonly { readonly action: string; readonly outcome: string }[]
  /** `2026-10`, `2026-spring`, `2026`, `ongoing`, `not-said`. */
  readonly when: string
  readonly country: string
  readonly province: string
  readonly district: string
  readonly age: string
  readonly gender: string
  /** Her own words, message by message. */
  readonly words: readonly string[]
}

/** The levels of consent beyond help itself; each its own question, each no until she says yes. */
export type Consents = {
  /** Keep it; where she has its number, so that she can come back. */
  readonly keep: boolean
  /** Count it in numbers. */
  readonly count: boolean
  /** Share it with the one group that was named. */
  readonly share: boolean
  /** Publish it as a story, rewritten and shown to her first. */
  readonly publish: boolean
  /** The wording she agreed to, as in `report-1`. */
  readonly wording: string
}

/** What she gives to the report officers. `ref` is what opening a case by its code has told. */
export type Filing =
  /** `code`: the digits that lead back to it, where she asked for a way back. */
  | { readonly type: "report"; readonly report: Report; readonly consents: Consents; readonly code?: string | undefined }
  | { readonly type: "addition"; readonly ref: string; readonly words: readonly string[] }
  | { readonly type: "consents"; readonly ref: string; readonly consents: Consents }
  | { readonly type: "withdrawal"; readonly ref: string }
  /** Her word on the story that was shown to her. */
  | { readonly type: "story"; readonly ref: string; readonly story: string; readonly agrees: boolean }
  /** She has read answers up to this one, or the story. */
  | { readonly type: "seen"; readonly ref: string; readonly answer?: string | undefined; readonly story?: string | undefined }

/** A case that its code has opened. */
export type OpenCase = {
  readonly ref: string
  /** `kept`, or what became of it. */
  readonly state: "kept" | "withdrawn" | "expired"
  readonly consents: Consents
  /** What the officers answered, oldest first. */
  readonly answers: readonly { readonly id: string; readonly text: string }[]
  /** A story that waits for her word. */
  readonly story?: { readonly id: string; readonly text: string } | undefined
  /** The last month it is kept, `2027-11`. */
  readonly keptUntil: string
  /** It stands in published numbers already; those can't be called back. */
  readonly counted: boolean
}

/** What the flows know of reports around a turn. */
export type ReportFacts = {
  /** An officer's key is there; without one nothing can be kept. */
  readonly taken: boolean
  /** The one group that a report may be shared with, by its name. */
  readonly group?: string | undefined
  /** Digits that nobody has, other ones in each turn; empty where nothing can be kept. */
  readonly code: string
}
