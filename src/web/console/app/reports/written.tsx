import { keepDraft } from "../drafts.ts"
import { scriptOf } from "../words.ts"

type Props = {
  readonly label: string
  readonly rows: number
  readonly most: number
  /** Under which it is kept while it is written: the report, and what of it. */
  readonly draft: readonly [string, "reply" | "story"]
  readonly value: string
  readonly change: (value: string) => void
  /** The id of what explains it. */
  readonly hint?: string | undefined
}

/** Where an officer writes in any language; what is begun is there again until the page is left. */
export function Written({ label, rows, most, draft: [id, what], value, change, hint }: Props) {
  return (
    <label class="field">
      <span>{label}</span>
      <textarea
        rows={rows}
        dir="auto"
        lang={scriptOf(value)}
        required
        maxLength={most}
        value={value}
        autocomplete="off"
        aria-describedby={hint}
        onInput={(event) => {
          change(event.currentTarget.value)
          keepDraft(id, what, event.currentTarget.value)
        }}
      />
    </label>
  )
}
