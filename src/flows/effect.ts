import type { MessageKey } from "../locales/message-key.ts"
import type { Language } from "./understanding/understood.ts"

export type { Language } from "./understanding/understood.ts"

/** How a message is shaped: by the channel, or by the phone that the simulator plays. */
export type Shape = "telegram" | "sms" | "whatsapp"

/** A text of the locales, the name of a place of the directory, or a language's own name. */
export type TextKey = MessageKey | `place.${string}` | `language.${string}`

/** What fills a placeholder: plain text, another text of the same language, or numbers to dial with what is known of them. */
export type Value = string | { readonly key: TextKey } | { readonly dials: readonly { readonly dial: string; readonly unverified: boolean }[] }

/** One answer that is offered. `id` never changes with language; the label is looked up when the message leaves. */
export type Option = { readonly id: string; readonly label: TextKey }

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

export type WaitName = "forget"

/** What a person did, or what happened to her conversation. */
export type Heard =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "choice"; readonly id: string }
  | { readonly type: "media"; readonly album?: string; readonly caption?: string }
  | { readonly type: "opt-out" | "opt-in" | "help" }
  | { readonly type: "blocked" }
  | { readonly type: "group" }
  | { readonly type: "waited"; readonly name: WaitName }
  | { readonly type: "forgotten"; readonly atProvider: boolean }
  /** The turn of her last message threw; she gets an apology and the menu. */
  | { readonly type: "parked" }

/** What is known around a turn, as values. */
export type Facts = {
  readonly now: number
  readonly shape: Shape
  /** From the address, where it tells (ISO 3166-1 alpha-2). */
  readonly country?: string
  /** What the provider says her app is set to. */
  readonly language?: Language
}
