import type { Language } from "./understanding/understood.ts"

/** What can be given to a campaign: a square of the quilt, a letter to a survivor, a letter to who decides, a strategy, a tip, a story. */
export type Kind = "square" | "letter" | "demand" | "strategy" | "tip" | "story"

/** One day's action. Its texts are `<campaign>.<id>.theme`, `.action`, `.offline` and `.safe`. */
export type Action = {
  readonly id: string
  /** What somebody who did it may have to share. */
  readonly gives?: Kind | undefined
}

/** A campaign, as far as the flows need it. */
export type Campaign = {
  readonly id: string
  /** The date of its first day (`2026-11-25`), or each person's own. */
  readonly begins: string
  readonly languages: readonly Language[]
  /** Local hours in which an action may be sent: from the first, before the last. */
  readonly hours: { readonly from: number; readonly to: number }
  readonly actions: readonly Action[]
  /** What may be given to it. */
  readonly kinds: readonly Kind[]
  /** A square may be a photo or a drawing, too. */
  readonly pictures?: boolean | undefined
}

/** Something near people of a campaign, as an organisation announces it. Its texts are names of the content, `event-<id>-<part>`. */
export type LocalEvent = {
  readonly id: string
  readonly campaign: string
  readonly country: string
  /** In which it is announced. */
  readonly languages: readonly Language[]
  /** By the clock there: `2026-11-29`, `17:00`. */
  readonly date: string
  readonly time: string
  /** When it begins, and when its day is over there; milliseconds since 1970. */
  readonly begins: number
  readonly ends: number
}

/** What became of an action, as she says it. */
export type Did = "done" | "skipped"

/** Somebody's part in a campaign, as the store has it. */
export type Participation = {
  readonly campaign: string
  readonly language: Language
  readonly country?: string | undefined
  /** IANA time zone. */
  readonly zone: string
  /** Local hour, 0 to 23. */
  readonly hour: number
  /** The day's message says nothing of what it is about. */
  readonly neutral: boolean
  /** The last action that was sent to her; none before the first. */
  readonly day?: number | undefined
  /** How many she has done. */
  readonly done: number
}

/** What somebody gave, as she may know of it. */
export type Given = {
  readonly id: string
  readonly kind: Kind
  /** `changed`: somebody has shortened or altered it and asks for her yes. */
  readonly status: "waiting" | "changed" | "published" | "declined"
  /** Why it isn't shown. */
  readonly why?: DeclinedFor | PictureLost | undefined
  /** What it would read like. */
  readonly proposal?: string | undefined
  /** How often it was read; letters to survivors only. */
  readonly read?: number | undefined
  /** A picture of it may be taken by whoever wants to pass it on. */
  readonly card?: boolean | undefined
}

/** Why something isn't shown, said kindly: it names somebody, could endanger somebody, hurts, isn't about this, is there already. */
export type DeclinedFor = (typeof DECLINED_FOR)[number]
export const DECLINED_FOR = ["names", "unsafe", "hurts", "off-topic", "twice"] as const

/** Why a picture never came as far as a moderator: its provider didn't give it out, or it is no picture that can be drawn anew. */
export type PictureLost = "not-fetched" | "not-drawn"

/** What is known of campaigns in a turn that asked for it. */
export type CampaignFacts = {
  /** What she takes part in. */
  readonly mine: readonly Participation[]
  /** What she gave, the newest first. */
  readonly given?: readonly Given[] | undefined
  /** Letters that somebody wrote to whoever needs one: of each language the one that was read least. */
  readonly letters?: readonly { readonly id: string; readonly language: Language; readonly text: string }[] | undefined
  /** Events that are still to come: whether she says she comes, and how many do, where that are enough to be told. */
  readonly events?: readonly { readonly id: string; readonly count?: number | undefined; readonly comes: boolean }[] | undefined
  /** She may give nothing more. */
  readonly blocked?: boolean | undefined
  /** Campaigns that can be joined now. */
  readonly open: readonly string[]
}

/** What happens to her part in a campaign. Each lands with the turn that it follows from, or not at all. */
export type ParticipantStep =
  | {
      readonly type: "join"
      readonly campaign: string
      readonly language: Language
      readonly country: string
      readonly zone: string
      readonly hour: number
      readonly neutral: boolean
      /** The version of the sentences she agreed to. */
      readonly wording: number
    }
  | { readonly type: "change"; readonly campaign: string; readonly zone?: string; readonly hour?: number; readonly neutral?: boolean; readonly language?: Language }
  | { readonly type: "leave"; readonly campaign: string }
  /** All of them: the carrier has stopped everything that goes to this number, she has blocked us, or she asked for it. */
  | { readonly type: "leave-all"; readonly why: "carrier" | "blocked" | "asked" }
  | { readonly type: "did"; readonly campaign: string; readonly day: number; readonly did: Did }
  /** Something to show, with the name to stand under it, if any. */
  | {
      readonly type: "give"
      readonly campaign: string
      readonly day?: number | undefined
      readonly kind: Kind
      readonly language: Language
      readonly country: string
      readonly text: string
      readonly name?: string | undefined
      /** Somebody told it to her, and has agreed to its being shown. */
      readonly told?: boolean | undefined
      /** A picture in place of words, by the handle that its channel gave it. */
      readonly file?: string | undefined
      readonly wording: number
    }
  /** A picture that she has sent, and may give as long as she is asked about it. */
  | { readonly type: "hold-picture"; readonly file: string }
  /** A picture that she has sent and doesn't give. */
  | { readonly type: "leave-picture"; readonly file: string }
  | { readonly type: "take-back"; readonly id: string }
  /** Her word on how somebody has changed it. */
  | { readonly type: "agree"; readonly id: string; readonly agrees: boolean }
  /** Whether a picture of what is shown may be taken and passed on. */
  | { readonly type: "card"; readonly id: string; readonly wants: boolean }
  /** A letter was read, by nobody in particular. */
  | { readonly type: "letter-read"; readonly id: string }
  /** Whether she comes to an event, whose day is over at `ends`; said by nobody in particular. */
  | { readonly type: "coming"; readonly event: string; readonly comes: boolean; readonly ends: number }
  /** Once more this evening. */
  | { readonly type: "remind"; readonly campaign: string; readonly day: number }

/** What is given to a campaign, and what becomes of it by her own word. */
export type GiftStep = Extract<ParticipantStep, { readonly type: (typeof GIFT_STEPS)[number] }>
const GIFT_STEPS = ["give", "hold-picture", "leave-picture", "take-back", "agree", "card", "letter-read"] as const

export function isGift(step: ParticipantStep): step is GiftStep {
  return (GIFT_STEPS as readonly string[]).includes(step.type)
}

/** A day's action, or its reminder, on its way to somebody who joined. */
export type DueAction = { readonly campaign: string; readonly day: number; readonly reminder: boolean; readonly neutral: boolean }
