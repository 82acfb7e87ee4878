import type { Chat } from "../../../helpline/desk-view.ts"
import { Notes } from "./notes.tsx"
import { Record } from "./record.tsx"
import { Veiled } from "./veil.tsx"
import { useWords, type Words } from "./words.ts"

export type SideTab = "notes" | "asked" | "record"
const TABS: readonly SideTab[] = ["notes", "asked", "record"]

/** Beside the chat: notes, what the bot has asked, the record. */
export function Side({ chat, tab, setTab }: { readonly chat: Chat; readonly tab: SideTab; readonly setTab: (tab: SideTab) => void }) {
  const words = useWords()
  return (
    <div class={`side side-${tab}`}>
      <div class="side-tabs" role="tablist" aria-label={words.side.label}>
        {TABS.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`side-tab-${one}`}
            aria-selected={one === tab}
            aria-controls="side-panel"
            tabIndex={one === tab ? 0 : -1}
            onClick={() => setTab(one)}
            onKeyDown={(event) => {
              const step = stepOf(event)
              if (step === 0) return
              const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] ?? tab
              setTab(next)
              document.getElementById(`side-tab-${next}`)?.focus()
            }}
          >
            {words.side[one]}
            {one === "notes" && chat.notes.length > 0 && <span class="count">{chat.notes.length}</span>}
          </button>
        ))}
      </div>
      <div class="side-panel" id="side-panel" role="tabpanel" aria-labelledby={`side-tab-${tab}`} tabIndex={0}>
        {tab === "notes" && <Notes key={chat.head.id} chat={chat.head.id} notes={chat.notes} />}
        {tab === "asked" && <Asked chat={chat} words={words} />}
        {tab === "record" && <Record key={chat.head.id} chat={chat.head.id} record={chat.record} />}
      </div>
    </div>
  )
}

function Asked({ chat, words }: { readonly chat: Chat; readonly words: Words }) {
  if (chat.asked.length === 0) return <p class="none">{words.asked.none}</p>
  return (
    <div class="asked">
      <p class="hint">{words.asked.hint}</p>
      <dl>
        {chat.asked.map(({ question, answer }, i) => (
          <div key={i}>
            <dt dir="auto">{question}</dt>
            <dd>
              <Veiled text={answer} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function stepOf(event: KeyboardEvent): number {
  const forward = getComputedStyle(event.currentTarget as Element).direction === "rtl" ? "ArrowLeft" : "ArrowRight"
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return 0
  return event.key === forward ? 1 : -1
}
