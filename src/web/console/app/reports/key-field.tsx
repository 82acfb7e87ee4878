type Props = {
  readonly label: string
  readonly rows: number
  readonly value: string
  readonly change: (value: string) => void
  /** The id of what explains it. */
  readonly hint?: string | undefined
}

/** Where a key is typed or pasted: from left to right in every language, and nothing corrects it. */
export function KeyField({ label, rows, value, change, hint }: Props) {
  return (
    <label class="field">
      <span>{label}</span>
      <textarea
        class="key-text"
        rows={rows}
        dir="ltr"
        required
        spellcheck={false}
        autocomplete="off"
        autocapitalize="none"
        value={value}
        aria-describedby={hint}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </label>
  )
}
