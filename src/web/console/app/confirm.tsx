import { useLayoutEffect, useRef, useState } from "preact/hooks"
import { useWords } from "./words.ts"

type Props = {
  readonly label: string
  /** The label with what it is for, where several buttons have the same. */
  readonly names?: string
  readonly asks: string
  readonly sure: string
  readonly act: () => Promise<unknown>
  readonly grave?: boolean
  readonly first?: boolean
}

/** A button that asks once more, and says what will happen, before it does anything. Esc or "cancel" leaves all as it was. */
export function Confirm({ label, names = label, asks, sure, act, grave = true, first = false }: Props) {
  const words = useWords()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const no = useRef<HTMLButtonElement>(null)
  const asked = useRef(false)
  // Before the next key can be pressed: on "cancel" while it asks, back on the button afterwards.
  useLayoutEffect(() => {
    if (asking) no.current?.focus()
    else if (asked.current) button.current?.focus()
    asked.current = asking
  }, [asking])
  const leave = () => setAsking(false)
  if (!asking)
    return (
      <button
        ref={button}
        type="button"
        class={grave ? "button small quiet grave-line" : "button small quiet"}
        aria-label={names}
        {...(first && { "data-first": true })}
        onClick={() => setAsking(true)}
      >
        {label}
      </button>
    )
  return (
    <div
      class={grave ? "confirm grave" : "confirm"}
      role="group"
      aria-label={names}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return
        // Only this question, not the sheet around it.
        event.preventDefault()
        event.stopPropagation()
        leave()
      }}
    >
      <p>{asks}</p>
      <div class="buttons">
        <button ref={no} type="button" class="button small quiet" onClick={leave}>
          {words.cancel}
        </button>
        <button
          type="button"
          class={grave ? "button small grave" : "button small"}
          disabled={busy}
          onClick={() => {
            setBusy(true)
            void act().finally(() => {
              setBusy(false)
              setAsking(false)
            })
          }}
        >
          {sure}
        </button>
      </div>
    </div>
  )
}
