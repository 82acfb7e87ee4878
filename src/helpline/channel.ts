import type { Rendered } from "../locales/render.ts"
import type { Language } from "../locales/texts.ts"

export type ChannelName = "telegram" | "sms" | "whatsapp" | "simulator"

/** One message on its way out. */
export type Outgoing = {
  /** The outbox row: our own id, which a status callback carries back. */
  readonly id: string
  readonly conversationId: string
  readonly address: string
  readonly language: Language
  readonly rendered: Rendered
  /** Words that were approved beforehand, sent in place of ours. */
  readonly template?: Template | undefined
  /** After so many seconds it is no use any more. */
  readonly validSeconds?: number | undefined
}

/** A template as its provider knows it, and what fills its places. */
export type Template = { readonly contentSid: string; readonly variables?: Readonly<Record<string, string>> | undefined }

/** What became of a send. `unknown` is a result of its own: it may or may not have arrived. */
export type Sent =
  | { readonly status: "sent"; readonly providerId?: string | undefined }
  | { readonly status: "retry"; readonly code: string; readonly afterMs?: number | undefined /** The whole channel waits, not this message alone. */; readonly pause?: boolean }
  /** `optedOut`: she told her carrier to stop; her session ends. */
  | { readonly status: "refused"; readonly code: string; readonly optedOut?: boolean }
  | { readonly status: "unknown"; readonly code: string }

/** So many bytes of a picture are fetched. */
export const MOST_FILE = 5 * 1024 * 1024

/** What became of fetching a picture. `retry`: it may be there later; `lost`: it isn't there for us, or more than is fetched. */
export type Fetched =
  | { readonly status: "fetched"; readonly bytes: Uint8Array }
  | { readonly status: "retry"; readonly code: string }
  | { readonly status: "lost" | "too-large"; readonly code: string }

/** What became of asking for a picture's erasure. `missing`: it isn't there, or not yet; `retry`: nobody knows whether it is. */
export type Dropped = { readonly status: "gone" | "missing" } | { readonly status: "retry"; readonly code: string }

/** What `helpline` needs of a channel. Each bot passes one contract suite. */
export type Channel = {
  readonly name: ChannelName
  /** How much may leave per second, in the channel's own unit. */
  readonly perSecond: number
  /** The limit is for what goes to many: an answer counts in it, and goes ahead of its time. */
  readonly answersAtOnce?: boolean
  /** What one message costs of it: 1, or its segments. */
  readonly cost: (rendered: Rendered) => number
  /** Never throws; whatever happens is one of the results. */
  readonly send: (message: Outgoing) => Promise<Sent>
  /**
   * Asks the provider whether a message of unknown fate has arrived; nothing when it can't be asked now. A channel
   * without it repeats the message. `taken` are messages of the same contact whose fate is known.
   */
  readonly lookUp?: (message: Outgoing, since: Date, taken: ReadonlySet<string>) => Promise<{ readonly found: boolean; readonly providerId?: string | undefined } | undefined>
  /** Whether the provider tells later what became of a message; until then its words are kept. */
  readonly reportsLater: boolean
  /** Asks the provider to erase what it holds; true when all of it is gone there. */
  readonly erase?: (address: string, providerIds: readonly string[]) => Promise<boolean>
  /** Fetches a picture by the handle that came with it (`telegram:…`). Never throws; whatever happens is one of the results. */
  readonly fetchFile?: (file: string) => Promise<Fetched>
  /** Asks the provider to erase a picture; a channel without it can't be asked. Never throws; whatever happens is one of the results. */
  readonly dropFile?: (file: string) => Promise<Dropped>
  readonly leaveGroup?: (address: string) => Promise<void>
}
