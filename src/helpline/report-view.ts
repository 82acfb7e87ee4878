import type { Consents, Report } from "../flows/report-shapes.ts"

/** How a report stands, as the officers' inbox shows it. Nothing in it was written by the reporter. */
export type InboxLine = {
  readonly id: string
  /** `2026-11`; no day and no hour is kept. */
  readonly month: string
  /** `withdrawn` and `expired` are tombstones: nothing of the report is left. */
  readonly status: "new" | "coded" | "withdrawn" | "expired"
  readonly consents: Consents
  /** Whether it is sealed to the key of whoever asks. */
  readonly mine: boolean
  /** A key is there now that it, or something added to it, isn't sealed to. */
  readonly behind?: boolean | undefined
  /** How many additions came since it was coded last. */
  readonly additions: number
  /** The last month in which it is kept, unless that is extended. */
  readonly keptUntil: string
  /** It was counted in this release, and can't be taken out of it any more. */
  readonly counted?: string | undefined
  /** A code leads back to it, so that an answer can be read. */
  readonly answerable: boolean
  readonly story?: StoryStatus | undefined
}

export type Inbox = { readonly lines: readonly InboxLine[]; readonly next?: string | undefined; readonly total: number; readonly waiting: number }

/** A report as the shelf has it: bytes that only officers' keys open (age, base64), what was added, what was answered. */
export type SealedReport = {
  readonly line: InboxLine
  /** Changes whenever the sealed bytes do; given back with a re-sealing. */
  readonly seal: string
  readonly sealed: string
  readonly additions: readonly { readonly id: string; readonly month: string; readonly sealed: string }[]
  readonly answers: readonly { readonly id: string; readonly text: string; readonly read: boolean; readonly alias: string }[]
  readonly coding?: Coding | undefined
  readonly story?: Story | undefined
}

/** What is counted of a report: an officer's coding of it, in ids of content/taxonomy.yaml and content/areas. */
export type Coding = {
  readonly about: string
  readonly acts: readonly string[]
  readonly platforms: readonly string[]
  readonly relation: string
  readonly harms: readonly string[]
  readonly actions: readonly { readonly action: string; readonly outcome: string }[]
  /** ISO 3166-1 alpha-2 or `not-said`; ids of content/areas/<country>.yaml or `not-said`. */
  readonly country: string
  readonly province: string
  readonly district: string
  readonly age: string
  readonly gender: string
}

/** `gone` it isn't there any more, `changed` somebody was quicker, `yours` the second person must be another, `no-consent` she didn't agree to that. */
export type ReportRefused = "gone" | "changed" | "not-a-key" | "no-key" | "yours" | "no-consent" | "no-code" | "counted" | "unreadable" | "not-yet"

/** The field of what was sent that names something the content doesn't have. What it named is never repeated. */
export type Unknown = { readonly unknown: keyof Coding }

/** Why a report is kept longer, or erased before its time: a code and nothing typed, as it stands in the audit for a year. */
export type ExtendReason = "asked-for" | "under-way" | "other"
export type EraseReason = "asked-for" | "twice" | "no-report" | "tells-too-much" | "other"

export type StoryStatus = "drafted" | "reviewed" | "shown" | "agreed" | "declined" | "published"

/** A story as somebody rewrote it. It goes drafted → reviewed by another officer → shown to her → agreed → published. */
export type Story = {
  readonly id: string
  readonly status: StoryStatus
  readonly language: string
  readonly text: string
  readonly province: string
  /** A year or a season of a year, never nearer. */
  readonly when: string
  /** Ids of staff. */
  readonly writtenBy: string
  readonly reviewedBy?: string | undefined
}

/** Somebody's key: the public half alone. */
export type OfficerKey = { readonly id: string; readonly alias: string; readonly recipient: string; readonly since: string; readonly retired: boolean }

/**
 * The officers' desk. `staff` is the id of an officer, as the route has made sure. Every call is written into the audit by id,
 * without content, but `keys`: these halves are no secret, and whatever is done with them is written down. What can't be done
 * says why.
 */
export type ReportDesk = {
  keys(staff: string): Promise<readonly OfficerKey[]>
  /** The officer's own key from now on; one a person, a new one retires the old. `not-a-key` when it isn't an age X25519 recipient. */
  setKey(staff: string, recipient: string): Promise<ReportRefused | undefined>
  retireKey(staff: string, id: string): Promise<ReportRefused | undefined>
  inbox(staff: string, page: { readonly after?: string | undefined; readonly status?: string | undefined }): Promise<Inbox>
  report(staff: string, id: string): Promise<SealedReport | ReportRefused>
  /** The same report sealed anew, to every key that is there; `changed` when `seal` isn't the one on the shelf. */
  reseal(staff: string, id: string, seal: string, sealed: string, additions: readonly { readonly id: string; readonly sealed: string }[]): Promise<ReportRefused | undefined>
  code(staff: string, id: string, coding: Coding): Promise<ReportRefused | Unknown | undefined>
  answer(staff: string, id: string, text: string): Promise<ReportRefused | undefined>
  /** Keeps it twelve more months from now. */
  extend(staff: string, id: string, reason: ExtendReason): Promise<ReportRefused | undefined>
  erase(staff: string, id: string, reason: EraseReason): Promise<ReportRefused | undefined>
  story(staff: string, id: string, story: Pick<Story, "text" | "language" | "province" | "when">): Promise<ReportRefused | Unknown | undefined>
  /** By somebody else than who wrote it. */
  reviewStory(staff: string, id: string, agrees: boolean): Promise<ReportRefused | undefined>
  publishStory(staff: string, id: string): Promise<ReportRefused | undefined>
  /** Notes in the audit that a report left sealed to a recipient from outside. */
  exported(staff: string, id: string, recipient: string): Promise<ReportRefused | undefined>
}

/** What is sealed: the report as she gave it, with the consents and the wording she gave them under. */
export type Sealed = Report & { readonly consents: Consents; readonly month: string; readonly taxonomy: number }

/** What is sealed of an addition: words that came later, or that didn't fit into the report. */
export type SealedAddition = { readonly words: readonly string[]; readonly month: string }

export type { Consents, Report }
