import { useId } from "preact/hooks"

type Props = {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly change: (value: string) => void
  /** Where one begins. */
  readonly first?: boolean
  readonly type?: "text" | "password" | "date"
  readonly class?: string
  readonly dir?: "auto" | "ltr"
  readonly autocomplete?: "username" | "current-password" | "new-password" | "one-time-code" | "off"
  readonly autocapitalize?: "none"
  readonly spellcheck?: boolean
  readonly inputMode?: "numeric"
  readonly required?: boolean
  readonly minLength?: number
  readonly maxLength?: number
  readonly min?: string
  readonly max?: string
  readonly pattern?: string
}

/** A question, the box for its answer, and a hint where one helps. */
export function Field({ label, hint, value, change, first = false, ...input }: Props) {
  const id = useId()
  return (
    <>
      <label class="field">
        <span>{label}</span>
        <input
          {...(input as object)}
          ref={first ? focusOnce : null}
          value={value}
          {...(hint !== undefined && { "aria-describedby": id })}
          onInput={(event) => change(event.currentTarget.value)}
        />
      </label>
      {hint !== undefined && (
        <p class="field-hint" id={id}>
          {hint}
        </p>
      )}
    </>
  )
}

function focusOnce(element: HTMLInputElement | null): void {
  if (element !== null && element.dataset["met"] === undefined) {
    element.dataset["met"] = ""
    element.focus()
  }
}
