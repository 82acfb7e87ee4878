import type { DeclinedFor, Kind } from "../flows/campaign-shapes.ts"
import type { Language } from "../locales/texts.ts"

/** Something that waits for a moderator, as the moderator sees it. */
export type Waiting = {
  readonly id: string
  readonly campaign: string
  readonly kind: Kind
  readonly language: Language
  readonly country: string
  /** Its action's day, where it came from one. */
  readonly day?: number | undefined
  /** `seconded`: somebody has said yes, and it takes two. `changed`: waits for the yes of whoever gave it. */
  readonly status: "waiting" | "seconded" | "changed"
  /** The date on which it was given. */
  readonly given: string
  /** Of a picture: how a moderator has described it, if somebody has. */
  readonly text: string
  /** It is a picture, and has to be described in words before it is shown. */
  readonly picture: boolean
  readonly name?: string | undefined
  /** Somebody told it to whoever gave it, and has agreed to its being shown. */
  readonly told?: boolean | undefined
  readonly proposal?: string | undefined
  /** A made-up name, the same for all that one contact gave; none once nothing leads there any more. */
  readonly giver?: string | undefined
  /** The alias of whoever said yes first, or changed it. */
  readonly by?: string | undefined
  /** Whether that was you. */
  readonly yours: boolean
  /** Whether it is shown by the second yes, of somebody else: a story, or a picture. */
  readonly takesTwo: boolean
}

/** Something that everybody sees. */
export type Shown = {
  readonly id: string
  readonly campaign: string
  readonly kind: Kind
  readonly language: Language
  readonly country: string
  readonly day?: number | undefined
  /** Of a picture: what can be seen on it. */
  readonly text: string
  readonly picture: boolean
  readonly name?: string | undefined
  /** The date on which it was published. */
  readonly published: string
  /** Whether whoever gave it would like a picture of it to be passed on. */
  readonly card: boolean
}

/** Why something can't be done: it is gone, somebody else was faster, it needs somebody else, its words can't be read any more, the new ones are too many, or a picture isn't described. */
export type ModerationRefused = "gone" | "changed" | "yours" | "unreadable" | "too-long" | "undescribed"

/** Which of what waits is asked for; what isn't named doesn't matter. */
export type WaitingAsked = { readonly campaign?: string | undefined; readonly kind?: Kind | undefined; readonly language?: Language | undefined }

/** Which of what everybody sees is asked for; what isn't named doesn't matter. */
export type ShownAsked = {
  readonly id?: string | undefined
  readonly campaign?: string | undefined
  readonly kinds?: readonly Kind[] | undefined
  /** What is in this language stands first. */
  readonly firstIn?: Language | undefined
  /** So many are passed over. */
  readonly from?: number | undefined
  readonly most?: number | undefined
}

/** So much of what waits is given at once. */
export const WAITING_AT_ONCE = 200

/** What moderators do. Each act is written down by its id, and answers with nothing when it is done. */
export type Moderation = {
  /** What waits, the oldest first; what waits for its giver's own yes stands behind it. */
  readonly queue: (staffId: string, asked?: WaitingAsked) => Promise<readonly Waiting[]>
  /** What everybody sees of a campaign, or of all: the newest first. */
  readonly shown: (asked?: ShownAsked) => Promise<readonly Shown[]>
  /** How many of each kind everybody sees. */
  readonly counted: () => Promise<ReadonlyMap<Kind, number>>
  /** A picture (PNG) that waits or is shown. */
  readonly picture: (id: string) => Promise<Uint8Array | undefined>
  /** The same, of what everybody sees and of nothing else. */
  readonly shownPicture: (id: string) => Promise<Uint8Array | undefined>
  /** A yes: the second one, of somebody else, where it takes two. To a picture, with what can be seen on it in words. */
  readonly publish: (staffId: string, id: string, described?: string) => Promise<ModerationRefused | undefined>
  readonly decline: (staffId: string, id: string, why: DeclinedFor) => Promise<ModerationRefused | undefined>
  /** Asks whoever gave it whether it may read like this; told when she looks, never sent. */
  readonly propose: (staffId: string, id: string, text: string) => Promise<ModerationRefused | undefined>
  /** It isn't shown any more, and waits again. */
  readonly takeDown: (staffId: string, id: string) => Promise<ModerationRefused | undefined>
  /** Whoever gave this gives nothing more, and nothing of hers that waits is shown. */
  readonly mute: (staffId: string, id: string) => Promise<ModerationRefused | undefined>
}
