import type { BubbleActs } from "./acts.ts"
import { ListIcon, ReplyIcon } from "./icons.tsx"
import type { ReceivedEntry } from "./phone.ts"

/** WhatsApp draws this many answers as buttons, and this many as a list that opens; beyond it they stand in the text. */
const WHATSAPP_BUTTONS = 3
const WHATSAPP_ROWS = 10

/** The answers under a message, as the app draws them. */
export function Choices({
  shape,
  entry,
  tapped,
  acts,
}: {
  readonly shape: "telegram" | "whatsapp"
  readonly entry: ReceivedEntry
  readonly tapped: string | undefined
  readonly acts: BubbleActs
}) {
  const { choices } = entry.message
  if (choices.length === 0 || (shape === "whatsapp" && choices.length > WHATSAPP_ROWS)) return null
  if (shape === "whatsapp" && choices.length > WHATSAPP_BUTTONS) {
    return (
      <div class="choices">
        <button type="button" class="choice" aria-haspopup="dialog" aria-label={`… open the list of ${choices.length} answers`} onClick={() => acts.openList(entry)}>
          <ListIcon /> …
        </button>
      </div>
    )
  }
  return (
    <ul class="choices" aria-label="Answers">
      {choices.map((choice) => (
        <li key={choice.id}>
          <button type="button" class={`choice${choice.id === tapped ? " tapped" : ""}`} lang={entry.language || undefined} onClick={() => acts.tap(choice)}>
            {shape === "whatsapp" && <ReplyIcon />}
            <span dir="auto">{choice.label}</span>
            {choice.id === tapped && (
              <span class="hidden" lang="en">
                , tapped
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  )
}
