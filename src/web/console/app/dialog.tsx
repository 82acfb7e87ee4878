import type { ComponentChildren } from "preact"
import { useLayoutEffect, useRef } from "preact/hooks"
import { Sign } from "./icons.tsx"
import { Refusal } from "./refusal.tsx"
import { useWords } from "./words.ts"

/** A sheet over the page. It keeps the focus, closes on Esc, and gives the focus back where it was. */
export function Dialog({
  title,
  hint,
  close,
  children,
  tone = "",
}: {
  readonly title: string
  readonly hint?: string | undefined
  readonly close: () => void
  readonly children: ComponentChildren
  readonly tone?: string
}) {
  const words = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const before = document.activeElement
    const element = dialog.current
    element?.showModal()
    element?.querySelector<HTMLElement>("[data-first]")?.focus()
    return () => {
      element?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      class={`dialog ${tone}`}
      aria-labelledby="dialog-title"
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      onClick={(event) => event.target === event.currentTarget && close()}
    >
      <div class="dialog-body">
        <header>
          <h2 id="dialog-title">{title}</h2>
          <button type="button" class="icon-button" aria-label={words.close} onClick={close}>
            <Sign name="close" />
          </button>
        </header>
        {hint !== undefined && <p class="hint">{hint}</p>}
        <Refusal inSheet />
        {children}
      </div>
    </dialog>
  )
}
