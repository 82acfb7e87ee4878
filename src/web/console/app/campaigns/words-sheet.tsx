import type { ComponentChildren } from "preact"
import { useState } from "preact/hooks"
import { Dialog } from "../dialog.tsx"
import { useStation } from "../hooks.ts"
import { scriptOf, useWords } from "../words.ts"
import type * as api from "./campaigns-api.ts"

type Props = {
  readonly one: api.Waiting
  readonly title: string
  readonly hint: string
  readonly label: string
  readonly rows: number
  /** The most characters that it may have. */
  readonly most: number
  /** What the button says that gives the words away. */
  readonly sends: string
  /** Words that stay as they are have nothing to be sent for. */
  readonly changed?: boolean
  /** What stands above the words. */
  readonly above?: ComponentChildren
  readonly act: (text: string) => Parameters<ReturnType<typeof useStation>["act"]>[0]
  readonly done: () => void
  readonly close: () => void
}

/** A moderator's words for something that was given, in its language, as long as it may be. */
export function WordsSheet({ one, title, hint, label, rows, most, sends, changed = false, above, act, done, close }: Props) {
  const words = useWords()
  const { change: of } = words.moderation
  const station = useStation()
  const [text, setText] = useState(one.text)
  const [busy, setBusy] = useState(false)
  const said = text.trim()
  const left = most - [...said].length
  return (
    <Dialog title={title} hint={hint} close={close}>
      <form
        class="act-form"
        onSubmit={(event) => {
          event.preventDefault()
          setBusy(true)
          void station.act(act(said)).then(({ ok }) => {
            setBusy(false)
            if (ok) done()
          })
        }}
      >
        {above}
        <label class="field">
          <span>{label}</span>
          <textarea
            rows={rows}
            dir="auto"
            lang={scriptOf(text) ?? (one.language === "ur" ? undefined : one.language)}
            required
            data-first
            autocomplete="off"
            value={text}
            aria-describedby="words-left"
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <p class={left < 0 ? "slip" : "aside"} id="words-left" role="status">
          {left < 0 ? of.over(-left) : of.left(left)}
        </p>
        <div class="buttons">
          <button type="button" class="button quiet" onClick={close}>
            {words.cancel}
          </button>
          <button type="submit" class="button" disabled={busy || left < 0 || said === "" || (changed && said === one.text)}>
            {sends}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
