import { useEffect, useRef } from "preact/hooks"
import type { BubbleActs } from "./acts.ts"
import { Bubble } from "./bubble.tsx"
import type { Facts } from "./house.ts"
import type { Phone } from "./phone.ts"
import { NAMES } from "./words.ts"

/** The words that begin a first conversation. */
const HELLO = "hi"

/** A phone's chat. The newest line is kept in sight. */
export function Chat({
  phone,
  price,
  listening,
  acts,
  greet,
}: {
  readonly phone: Phone
  readonly price: Facts["smsPrice"] | undefined
  readonly listening: boolean
  readonly acts: BubbleActs
  readonly greet: (text: string) => void
}) {
  const chat = useRef<HTMLDivElement>(null)
  const { entries, awaiting, trouble } = phone
  useEffect(() => {
    chat.current?.scrollTo({ top: chat.current.scrollHeight })
  }, [entries, awaiting, trouble])
  // A hidden tab has no height to scroll; it catches up when it is shown.
  useEffect(() => {
    const shown = new ResizeObserver(() => chat.current?.scrollTo({ top: chat.current.scrollHeight }))
    if (chat.current !== null) shown.observe(chat.current)
    return () => shown.disconnect()
  }, [])
  return (
    <div class="chat" ref={chat} tabIndex={0} role="region" aria-label={`${NAMES[phone.shape]} chat`}>
      {entries.length === 0 && (
        <div class="empty">
          <p>Nobody has written from this phone yet.</p>
          <button type="button" class="button" onClick={() => greet(HELLO)}>
            Write “{HELLO}”
          </button>
        </div>
      )}
      {/* Three phones saying the same at once would be three times too much to listen to. */}
      <ol class="lines" aria-live={listening ? "polite" : "off"} aria-relevant="additions" aria-label="Messages">
        {entries.map((entry) => (
          <Bubble key={entry.key} phone={phone} entry={entry} price={price} acts={acts} />
        ))}
      </ol>
      {awaiting && trouble === undefined && (
        <p class="dots" aria-label="The helpline is answering" role="img">
          <span />
          <span />
          <span />
        </p>
      )}
      {trouble !== undefined && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
    </div>
  )
}
