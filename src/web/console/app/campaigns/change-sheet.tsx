import { useState } from "preact/hooks"
import { Dialog } from "../dialog.tsx"
import { useStation } from "../hooks.ts"
import { scriptOf, useWords } from "../words.ts"
import * as api from "./campaigns-api.ts"

type Props = { readonly one: api.Waiting; readonly most: number; readonly done: () => void; readonly close: () => void }

/** Other words for something that was given: its giver is asked whether that is right, when they look. */
export function ChangeSheet({ one, most, done, close }: Props) {
  const words = useWords()
  const { change: of } = words.moderation
  const station = useStation()
  const [text, setText] = useState(one.text)
  const [busy, setBusy] = useState(false)
  const left = most - [...text].length
  return (
    <Dialog title={of.title} hint={of.hint} close={close}>
      <form
        class="act-form"
        onSubmit={(event) => {
          event.preventDefault()
          setBusy(true)
          void station.act(api.propose(one.id, text.trim())).then(({ ok }) => {
            setBusy(false)
            if (ok) done()
          })
        }}
      >
        <label class="field">
          <span>{of.text}</span>
          <textarea
            rows={6}
            dir="auto"
            lang={scriptOf(text) ?? (one.language === "ur" ? undefined : one.language)}
            required
            data-first
            autocomplete="off"
            value={text}
            aria-describedby="change-left"
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <p class={left < 0 ? "slip" : "aside"} id="change-left" role="status">
          {left < 0 ? of.over(-left) : of.left(left)}
        </p>
        <div class="buttons">
          <button type="button" class="button quiet" onClick={close}>
            {words.cancel}
          </button>
          <button type="submit" class="button" disabled={busy || left < 0 || text.trim() === "" || text.trim() === one.text}>
            {of.ask}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
