import type { Choice, News, Received, Saying, Shape } from "./house.ts"

/** One line of a chat. */
export type Entry = ReceivedEntry | SentEntry | NoteEntry

export type ReceivedEntry = { readonly kind: "received"; readonly key: string; readonly message: Received; readonly language: string }

export type SentEntry = {
  readonly kind: "sent"
  readonly key: string
  readonly saying: Saying
  readonly at: string
  readonly fate: "going" | "gone" | "failed"
  readonly problem?: string
}

/** What no phone would show, said by the page to whoever reviews. */
type NoteEntry = { readonly kind: "note"; readonly key: string; readonly text: string }

/** A phone as the page shows it. */
export type Phone = {
  readonly shape: Shape
  readonly from: string
  readonly entries: readonly Entry[]
  readonly place: string
  readonly language: string
  /** Something was said, and what follows from it hasn't all come yet. */
  readonly awaiting: boolean
  /** Why the helpline can't be asked at the moment. */
  readonly trouble: string | undefined
}

/** A phone that nobody has written from. */
export function freshPhone(shape: Shape): Phone {
  // Not randomUUID: browsers have it on secure addresses only, and a reviewer may come over the local network.
  const random = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  return { shape, from: `person-${random}`, entries: [], place: "", language: "", awaiting: false, trouble: undefined }
}

/** Something was said from the phone. */
export function withSaying(phone: Phone, key: string, saying: Saying): Phone {
  return { ...phone, awaiting: true, entries: [...phone.entries, { kind: "sent", key, saying, at: new Date().toISOString(), fate: "going" }] }
}

/** What became of it. */
export function withFate(phone: Phone, key: string, fate: SentEntry["fate"], problem?: string): Phone {
  const changed = (entry: Entry): Entry => {
    if (entry.kind !== "sent" || entry.key !== key) return entry
    const { problem: _, ...rest } = entry
    return { ...rest, fate, ...(problem !== undefined && { problem }) }
  }
  return { ...phone, awaiting: fate === "failed" ? false : phone.awaiting, entries: phone.entries.map(changed) }
}

/** What came to the phone. A message that is there already changes nothing. */
export function withNews(phone: Phone, news: News, awaiting: boolean): Phone {
  const known = new Set(phone.entries.flatMap((entry) => (entry.kind === "received" ? [entry.message.id] : [])))
  const fresh = news.messages
    .filter(({ id }) => !known.has(id))
    .map((message): ReceivedEntry => ({ kind: "received", key: `received-${message.id}`, message, language: news.language }))
  return { ...phone, entries: [...phone.entries, ...fresh], place: news.place, language: news.language, awaiting, trouble: undefined }
}

/** The page remarks on something that has happened, or hasn't. */
export function withNote(phone: Phone, key: string, text: string): Phone {
  return { ...phone, entries: [...phone.entries, { kind: "note", key, text }] }
}

/**
 * The helpline has erased everything before a message. Telegram lets it delete in the app too; a phone's text messages
 * and WhatsApp's stay where they are, and whoever reviews should see that.
 */
export function withErasure(phone: Phone, key: string, before: number): Phone {
  const left = phone.entries.filter((entry) => entry.kind === "received" && entry.message.id >= before)
  const earlier = phone.shape === "telegram" ? [] : phone.entries.filter((entry) => !left.includes(entry))
  const text = phone.shape === "telegram" ? "The helpline has erased this chat, in the app too." : "The helpline has erased this chat. This phone keeps its own copy."
  return { ...phone, entries: [...earlier, { kind: "note", key, text }, ...left] }
}

/** The newest message of a phone. */
export function newest(phone: Phone): ReceivedEntry | undefined {
  return phone.entries.findLast((entry) => entry.kind === "received")
}

/**
 * What somebody has to type where nothing can be tapped: the number, if the newest question offers that answer, else its
 * label. The number of an older question would mean something else by now.
 */
export function typedFor(phone: Phone, choice: Choice): string {
  const offering = phone.entries.findLast((entry): entry is ReceivedEntry => entry.kind === "received" && entry.message.choices.length > 0)
  const index = offering?.message.choices.findIndex(({ id }) => id === choice.id) ?? -1
  return index < 0 ? choice.label : String(index + 1)
}

/** The segments of all messages up to an entry, or of all there are. */
export function segmentsUntil(phone: Phone, last?: ReceivedEntry): number {
  let sum = 0
  for (const entry of phone.entries) {
    if (entry.kind === "received") sum += entry.message.segments ?? 0
    if (entry === last) break
  }
  return sum
}
