import type { CampaignFacts, Kind } from "./campaign-shapes.ts"
import type { Need } from "./directory.ts"
import type { Answered, DeskFacts, Language, Shape, WaitName } from "./effect.ts"
import type { Draft } from "./report-draft.ts"
import type { OpenCase, ReportFacts } from "./report-shapes.ts"
import type { TopicId } from "./tips/topics.ts"

/** What a flow remembers of a contact while a session lasts. Covered at rest, gone with EXIT, FORGET or 24 hours. */
export type Memory = {
  readonly shape: Shape
  readonly now: number
  /** She has said that she can text here, or chose to go on. */
  readonly safe: boolean
  /** Where she is taken to be: what she said, else what her address tells, else the organisation's own country. */
  readonly country: string
  /** Empty when she wants the whole country. */
  readonly province?: string | undefined
  readonly need?: Need | undefined
  /** How old the person in the pictures is, or was; asked once in a session. */
  readonly age?: "under-18" | "adult" | "unsaid" | undefined
  readonly page: number
  /** The places of a tip path behind her, for BACK. */
  readonly trail: readonly string[]
  /** What she wrote about before the first question was answered, so that she isn't asked twice. */
  readonly pending?: Jump | undefined
  readonly topic?: TopicId | undefined
  /** She wasn't sure that it is safe to text here: nothing is said that she didn't ask for. */
  readonly quiet?: boolean | undefined
  /** The gravest that was heard in this session. */
  readonly risk?: 0 | 1 | 2 | undefined
  /** Her way to a person, and how far she is on it. */
  readonly handoff?:
    | {
        readonly id: string
        readonly status: "asked" | "waiting" | "live"
        readonly alias?: string | undefined
        readonly staffId?: string | undefined
        /** She was told that nobody writes before she does. */
        readonly rests?: boolean | undefined
      }
    | undefined
  /** The chat that has ended, for the question at its end and for opening it again. */
  readonly last?: { readonly id: string; readonly alias?: string | undefined } | undefined
  /** What was asked before she was passed on. */
  readonly asked?: readonly Answered[] | undefined
  /** She has been told that what she writes is kept for whoever comes. */
  readonly kept?: boolean | undefined
  /** The last chat was closed and may be opened again, which she is asked when she writes. */
  readonly reopens?: boolean | undefined
  /** How her last chat ended, as long as she hasn't heard of it: nobody came, or it was closed. */
  readonly unsaid?: "nobody" | "closed" | undefined
  /** What she wrote to a chat that was closed. */
  readonly unheard?: readonly string[] | undefined
  /** She knows that the desk has closed while she waits. */
  readonly toldClosed?: boolean | undefined
  /** Until then the buttons under the question of FORGET erase. */
  readonly forgetUntil?: number | undefined
  /** A report that she began and hasn't filed. */
  readonly draft?: Draft | undefined
  /** A case whose code she typed, as long as she is with it: leaving it leaves nothing. */
  readonly opened?: Opened | undefined
  /** What she wrote after a long pause wasn't kept: said once it is safe. `added`: nor was what she hadn't passed on before it. */
  readonly missed?: "told" | "added" | undefined
  /** The campaign that she is with, and which of its actions. */
  readonly campaign?: string | undefined
  readonly day?: number | undefined
  /** That day's message says nothing of what it is about until she asks. */
  readonly discreet?: boolean | undefined
  /** What she has chosen on her way into a campaign, or to another hour of it. */
  readonly joining?:
    | { readonly zone?: string | undefined; readonly hour?: number | undefined; readonly neutral?: boolean | undefined; readonly changes?: boolean | undefined }
    | undefined
  /** What she is giving to it. */
  readonly giving?: Giving | undefined
  /** What of what she gave she was shown last. */
  readonly gift?: string | undefined
  /** The event that she looks at. */
  readonly event?: string | undefined
  /** What she takes part in, where this turn asked for it; not kept. */
  readonly campaigns?: CampaignFacts | undefined
  /** What is known of reports in this turn; not kept. */
  readonly reports?: ReportFacts | undefined
  /** The language of this turn; not kept. */
  readonly language?: Language | undefined
  /** As it stands in this turn; not kept. */
  readonly desk?: DeskFacts | undefined
  /** An id that nobody has yet; not kept. */
  readonly fresh?: string | undefined
}

/** Something that she writes for others to see, before it is given. */
export type Giving = {
  readonly kind: Kind
  readonly text?: string | undefined
  /** What in it may show who somebody is waits for her word. */
  readonly held?: string | undefined
  readonly name?: string | undefined
  /** Somebody told it to her, and has agreed to its being shown. */
  readonly told?: boolean | undefined
  /** The handle of a picture, in place of words. */
  readonly file?: string | undefined
}

/** What her code has led to, and what she is doing with it. */
export type Opened = {
  readonly found: OpenCase | "unknown" | "later"
  /** What she adds to it. */
  readonly words?: readonly string[] | undefined
  readonly held?: string | undefined
  readonly full?: boolean | undefined
  /** What her last words raised; said before anything else. */
  readonly notice?: "danger" | "suicide" | undefined
  /** The consent she is asked about. */
  readonly level?: "count" | "share" | "publish" | undefined
}

/** Where a word, a key or free text leads from anywhere. */
export type Destination =
  | "hello"
  | "exit"
  | "opt-out"
  | "opt-in"
  | "group"
  | "menu"
  | "help"
  | "lost"
  | "sorry"
  | "person"
  | "report"
  | "case"
  | "emergency"
  | "danger"
  | "danger-ask"
  | "suicide"
  | "suicide-ask"
  | "child"
  | "images-risk"
  | "tips"
  | "topic"
  | "find-help"
  | "settings"
  | "language"
  | "privacy"
  | "forget"
  | "campaign"
  | "action"
  | "letter"
  | "campaign-off"

export type Jump = {
  readonly to: Destination
  readonly topic?: TopicId | undefined
  /** Her words told that somebody under 18 is concerned. */
  readonly young?: boolean | undefined
  /** The campaign that she named. */
  readonly campaign?: string | undefined
}

/** What a jump leaves in memory. */
export function carried({ topic, young, campaign }: Jump): Partial<Memory> {
  return { ...(campaign !== undefined && { campaign }), ...(topic !== undefined && { topic }), ...(young === true && { age: "under-18" as const }) }
}

export type FlowEvent =
  | { readonly type: "go"; readonly to: Destination }
  | { readonly type: "choose"; readonly id: string }
  /** Says the place again, in the language that now holds. */
  | { readonly type: "again" }
  | { readonly type: "waited"; readonly name: WaitName }
  | { readonly type: "forgotten"; readonly atProvider: boolean }
  /** She wrote something that is meant for a person. */
  | { readonly type: "wrote"; readonly text: string; readonly risk: 0 | 1 | 2; readonly raises?: Raised | undefined }
  /** Several answers at once, and those are all. */
  | { readonly type: "chose-all"; readonly ids: readonly string[] }
  /** She sent something else than words. */
  | { readonly type: "media" }
  /** She sent a picture where one may be given. */
  | { readonly type: "pictured"; readonly file: string }
  | { readonly type: "news"; readonly what: "back" | "nobody" | "nudge" | "silent" | "ended" | "closed" }

/** What words leave no doubt of, while she tells what happened. */
export type Raised = "danger" | "suicide" | "child"

/** A blank slate. */
export function blank(shape: Shape, country: string, now: number): Memory {
  return { shape, now, safe: false, country, page: 0, trail: [] }
}
