import type { MessageKey } from "../locales/message-key.ts"
import type { CampaignFacts, DueAction, ParticipantStep } from "./campaign-shapes.ts"
import type { Filing, OpenCase, ReportFacts } from "./report-shapes.ts"
import type { Language } from "./understanding/understood.ts"

export type { Language } from "./understanding/understood.ts"

/** How a message is shaped: by the channel, or by the phone that the simulator plays. */
export type Shape = "telegram" | "sms" | "whatsapp"

/** A text of the locales, the name of a place of the directory, or a language's own name. */
export type TextKey = MessageKey | `place.${string}` | `language.${string}`

/** What fills a placeholder: plain text, another text of the same language, a day's name, a list of labels, or sentences with numbers as they stand when the message leaves. */
export type Value =
  | string
  | { readonly key: TextKey; readonly values?: Readonly<Record<string, string | { readonly day: Day }>> }
  | { readonly day: Day }
  | { readonly lines: readonly Lines[] }
  /** The names of answers, one after another; of many the first, and how many more. */
  | { readonly labels: readonly TextKey[] }

export type Day = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun"

/** One sentence with the numbers of a few entries of the directory. */
export type Lines = {
  /** Best first; an entry that has gone meanwhile is passed over. */
  readonly entries: readonly string[]
  /** Which of their contacts are told: those to call, those to text, or all where a person answers. */
  readonly by: "call" | "text" | "any"
  /** The sentence when each number told is verified and open at that moment. */
  readonly now: TextKey
  /** The sentence when that isn't sure; each number then says what is known of it. */
  readonly otherwise: TextKey
  /** What is said where there is no number at all; nothing when it is absent. */
  readonly instead?: { readonly key: TextKey } | Lines | undefined
}

/**
 * One answer that is offered. `id` never changes with language, and once offered it names the question it answers
 * (`hello.safe/yes`); the label is looked up when the message leaves.
 */
export type Option = {
  readonly id: string
  readonly label: TextKey
  /** It is also what a plain yes or no stands for, where none is offered. */
  readonly means?: "yes" | "no"
}

/** What a flow wants done. It is data; `helpline` does it. */
export type Effect =
  | {
      readonly type: "say"
      readonly key: TextKey
      readonly values?: Readonly<Record<string, Value>>
      readonly options?: readonly Option[]
    }
  /** Says one entry of the directory, with its hours as they are when the message leaves. */
  | { readonly type: "list"; readonly entry: string; readonly options?: readonly Option[] }
  /** Comes back as the event `waited`, unless the conversation has moved on. */
  | { readonly type: "wait"; readonly name: WaitName; readonly seconds: number }
  /** Erases all that is held of this contact, here and at the provider; comes back as `forgotten`. */
  | { readonly type: "forget" }
  /** Says one line to a group and leaves it. */
  | { readonly type: "leave-group"; readonly key: TextKey }
  /** Gives something to the report officers. It is sealed before anything of the turn is stored, and lands with it. */
  | { readonly type: "file"; readonly filing: Filing }
  /** Something that happens to her part in a campaign. It lands with the turn, or not at all. */
  | { readonly type: "participate"; readonly step: ParticipantStep }
  /** Something that happens at the desk of the people who answer. */
  | { readonly type: "desk"; readonly step: DeskStep }
  /** Says a counsellor's words. `line`: the one that is said once more. */
  | {
      readonly type: "relay"
      readonly id: string
      readonly staffId: string
      readonly alias: string
      readonly text: string
      readonly key: string
      readonly line?: number | undefined
    }

/** What leaves the house, or erases what did; everything else is done inside it. */
export type Outward = Exclude<Effect, { type: "wait" | "desk" | "file" | "participate" }>

export type WaitName = "forget"

/** What she does at the desk. `id` is the handoff's. */
export type DeskStep =
  | { readonly type: "ask"; readonly id: string; readonly risk: 0 | 1 | 2; readonly quiet: boolean }
  /** She agrees to be passed on, and waits. */
  | { readonly type: "queue"; readonly id: string; readonly risk: 0 | 1 | 2; readonly quiet: boolean; readonly consent: string; readonly asked: readonly Answered[] }
  | { readonly type: "line"; readonly id: string; readonly text: string; readonly risk: 0 | 1 | 2 }
  /** Something that a counsellor should know of, as a code. */
  | { readonly type: "mark"; readonly id: string; readonly code: "media" | "urgent"; readonly risk: 0 | 1 | 2 }
  /** She was told that nobody writes before she does: what counsellors say rests until `resume`. */
  | { readonly type: "rest"; readonly id: string }
  | { readonly type: "resume"; readonly id: string }
  | { readonly type: "leave"; readonly id: string; readonly why: "left" | "changed-mind" | "silent" | "unreachable" }
  | { readonly type: "reopen"; readonly id: string }
  | { readonly type: "survey"; readonly id: string; readonly answer: "yes" | "little" | "no" }

/** A question of ours and her answer to it, so that nobody asks her twice. */
export type Answered = { readonly question: TextKey; readonly answer: string | { readonly key: TextKey } }

/** How the desk stands, as values: whether somebody answers, since when and from when on, and how long it took lately, in minutes. */
export type DeskFacts = {
  /** `nobody`: no counsellor works here. `blocked`: she may not ask for one now. */
  readonly state: "open" | "closed" | "nobody" | "blocked"
  /** When it opens; without a day it is today. */
  readonly opens?: { readonly from: string; readonly day?: Day | undefined } | undefined
  /** It was closed by hand, for this reason. */
  readonly closing?: "capacity" | "holiday" | "emergency" | "other" | undefined
  readonly range?: { readonly least: number; readonly most: number } | undefined
}

/** What a person did, or what happened to her conversation. */
export type Heard =
  | { readonly type: "text"; readonly text: string }
  /** She begins anew, whatever went before: what an app's own button for beginning says. */
  | { readonly type: "begin" }
  /** She asks by name what is kept. */
  | { readonly type: "privacy" }
  | { readonly type: "choice"; readonly id: string }
  /**
   * Something else than words. `file`: of a picture, by what handle its channel can fetch it; nothing is fetched unless a flow
   * passes that on. `files`: all that its provider holds of it and can be asked to erase.
   */
  | { readonly type: "media"; readonly album?: string; readonly caption?: string; readonly file?: string; readonly files?: readonly string[] }
  /** By her carrier's words. `files`: as of `media`. */
  | { readonly type: "opt-out" | "opt-in" | "help"; readonly files?: readonly string[] }
  | { readonly type: "blocked" }
  | { readonly type: "group" }
  | { readonly type: "waited"; readonly name: WaitName }
  | { readonly type: "forgotten"; readonly atProvider: boolean }
  /** The turn of her last message threw; she gets an apology and the menu. `files`: as of `media`. */
  | { readonly type: "parked"; readonly files?: readonly string[] }
  /** She typed the code of a case. The code itself never comes this far: the door has tried it already. `later`: too often in vain. `beside`: what she wrote besides, without the digits. `held`: it is the number that her own report waits to be filed with. `media`: it stood under a picture; `files` as there. */
  | {
      readonly type: "case"
      readonly opened: OpenCase | "unknown" | "later"
      readonly beside?: string | undefined
      readonly held?: true | undefined
      readonly media?: true | undefined
      readonly files?: readonly string[]
    }
  /** Something has become of her handoff; `closed`: the desk has closed while she waits. */
  | { readonly type: "news"; readonly id: string; readonly what: "back" | "nobody" | "nudge" | "silent" | "ended" | "closed" }
  /** The action of a day of a campaign that she joined is due. */
  | ({ readonly type: "action" } & DueAction)
  /** A counsellor says something to her. `line`: once more, the one that didn't arrive. */
  | {
      readonly type: "counsellor"
      readonly id: string
      readonly staffId: string
      readonly alias: string
      readonly text: string
      readonly key: string
      readonly line?: number | undefined
    }

/** What is known around a turn, as values. */
export type Facts = {
  readonly now: number
  readonly shape: Shape
  /** From the address, where it tells (ISO 3166-1 alpha-2). */
  readonly country?: string
  /** What the provider says her app is set to. */
  readonly language?: Language
  /** How the desk stands. */
  readonly desk?: DeskFacts
  /** Her handoff as the store has it, where that was asked; otherwise what she remembers of it holds. */
  readonly handoff?: OpenHandoff | undefined
  /** What is known of reports; nothing where there are none. */
  readonly reports?: ReportFacts | undefined
  /** What she takes part in, where the turn was taken again because its flow asked. */
  readonly campaigns?: CampaignFacts | undefined
  /** An id that nobody has yet. */
  readonly fresh?: string
}

/** An open handoff as the store has it. `blocked`: there is none, and there may be none. */
export type OpenHandoff = { readonly id: string; readonly status: string; readonly staffId: string | null; readonly rests?: boolean } | "none" | "blocked"
