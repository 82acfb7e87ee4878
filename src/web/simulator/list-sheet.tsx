import { useLayoutEffect, useRef } from "preact/hooks"
import type { Choice } from "./house.ts"
import { CloseIcon } from "./icons.tsx"
import type { ReceivedEntry } from "./phone.ts"

/** WhatsApp's list: it rises from the lower edge of the phone and stays until something is picked or it is closed. */
export function ListSheet({ entry, pick, close }: { readonly entry: ReceivedEntry; readonly pick: (choice: Choice) => void; readonly close: () => void }) {
  const sheet = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const before = document.activeElement
    sheet.current?.querySelector<HTMLButtonElement>(".row")?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <div class="scrim" onClick={(event) => event.target === event.currentTarget && close()}>
      <div
        class="sheet"
        role="dialog"
        aria-label="List of answers"
        ref={sheet}
        onKeyDown={(event) => {
          if (event.key === "Escape") close()
          else if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event, event.key === "ArrowDown" ? 1 : -1)
        }}
      >
        <div class="grip">
          <button type="button" class="plain" aria-label="Close the list" onClick={close}>
            <CloseIcon />
          </button>
        </div>
        <ul>
          {entry.message.choices.map((choice) => (
            <li key={choice.id}>
              <button type="button" class="row" dir="auto" lang={entry.language || undefined} onClick={() => pick(choice)}>
                <span>{choice.label}</span>
                <span class="ring" aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

function move(event: KeyboardEvent & { readonly currentTarget: HTMLElement }, step: number): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLButtonElement>(".row")]
  const at = rows.indexOf(document.activeElement as HTMLButtonElement)
  rows[(at + step + rows.length) % rows.length]?.focus()
  event.preventDefault()
}
