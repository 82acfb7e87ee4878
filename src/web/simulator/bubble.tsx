import type { BubbleActs } from "./acts.ts"
import { Choices } from "./choices.tsx"
import type { Facts, Shape } from "./house.ts"
import { segmentsUntil, type Entry, type Phone, type ReceivedEntry, type SentEntry } from "./phone.ts"
import { SmsMeter } from "./sms-meter.tsx"
import { clock, scriptOf } from "./words.ts"

/** One line of a chat, as its phone draws it. */
export function Bubble({ phone, entry, price, acts }: { readonly phone: Phone; readonly entry: Entry; readonly price: Facts["smsPrice"] | undefined; readonly acts: BubbleActs }) {
  if (entry.kind === "note")
    return (
      <li class="line note">
        <p>{entry.text}</p>
      </li>
    )
  if (entry.kind === "sent") return <Sent shape={phone.shape} entry={entry} retry={acts.retry} />
  const { message, language } = entry
  return (
    <li class="line in">
      <span class="hidden">Helpline:</span>
      <div class="bubble">
        <p class="words" dir="auto" lang={language || undefined}>
          {message.text}
        </p>
        <time dateTime={message.at}>{clock(message.at)}</time>
        {phone.shape === "whatsapp" && <Choices shape="whatsapp" entry={entry} tapped={tappedOf(phone, entry)} acts={acts} />}
      </div>
      {phone.shape === "telegram" && <Choices shape="telegram" entry={entry} tapped={tappedOf(phone, entry)} acts={acts} />}
      {phone.shape === "sms" && <SmsMeter text={message.text} segments={message.segments} soFar={segmentsUntil(phone, entry)} price={price} />}
    </li>
  )
}

function Sent({ shape, entry, retry }: { readonly shape: Shape; readonly entry: SentEntry; readonly retry: (entry: SentEntry) => void }) {
  const tapped = "choice" in entry.saying
  const text = "choice" in entry.saying ? entry.saying.choice.label : entry.saying.text
  return (
    <li class="line out">
      <span class="hidden">{tapped ? "Tapped:" : "Typed:"}</span>
      {/* A tap leaves no message behind on Telegram; without a trace of it the chat could not be followed. */}
      <div class={tapped && shape === "telegram" ? "trace" : "bubble"}>
        <p class="words" dir="auto" lang={scriptOf(text)}>
          {text}
        </p>
        <time dateTime={entry.at}>{clock(entry.at)}</time>
      </div>
      {entry.fate === "failed" && (
        <p class="failed">
          Not sent: {entry.problem}.{" "}
          <button type="button" onClick={() => retry(entry)}>
            Try again
          </button>
        </p>
      )}
    </li>
  )
}

/** The answer that was tapped on a message: the first tap after it that it offers, before the next message that asks. */
function tappedOf(phone: Phone, asked: ReceivedEntry): string | undefined {
  const later = phone.entries.slice(phone.entries.indexOf(asked) + 1)
  for (const entry of later) {
    if (entry.kind === "received" && entry.message.choices.length > 0) return undefined
    if (entry.kind === "sent" && "choice" in entry.saying) {
      const { id } = entry.saying.choice
      if (asked.message.choices.some((choice) => choice.id === id)) return id
    }
  }
  return undefined
}
