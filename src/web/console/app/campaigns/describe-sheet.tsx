import { useState } from "preact/hooks"
import { Dialog } from "../dialog.tsx"
import { useStation } from "../hooks.ts"
import { languageName, scriptOf, useLanguage, useWords } from "../words.ts"
import * as api from "./campaigns-api.ts"

type Props = {
  readonly one: api.Waiting /** Whether this yes is the first of two. */
  readonly first: boolean
  readonly most: number
  readonly done: () => void
  readonly close: () => void
}

/** A picture in words, for whoever can't see it: without them it isn't shown. */
export function DescribeSheet({ one, first, most, done, close }: Props) {
  const words = useWords()
  const { picture: of, change } = words.moderation
  const station = useStation()
  const language = useLanguage()
  const [text, setText] = useState(one.text)
  const [busy, setBusy] = useState(false)
  const left = most - [...text.trim()].length
  return (
    <Dialog title={of.title} hint={of.hint(languageName(one.language, language))} close={close}>
      <form
        class="act-form"
        onSubmit={(event) => {
          event.preventDefault()
          setBusy(true)
          void station.act(api.publish(one.id, text.trim())).then(({ ok }) => {
            setBusy(false)
            if (ok) done()
          })
        }}
      >
        <img class="given-picture" src={api.pictureAt(one.id)} alt={of.undescribed} />
        <label class="field">
          <span>{of.text}</span>
          <textarea
            rows={3}
            dir="auto"
            lang={scriptOf(text) ?? (one.language === "ur" ? undefined : one.language)}
            required
            data-first
            autocomplete="off"
            value={text}
            aria-describedby="describe-left"
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <p class={left < 0 ? "slip" : "aside"} id="describe-left" role="status">
          {left < 0 ? change.over(-left) : change.left(left)}
        </p>
        <div class="buttons">
          <button type="button" class="button quiet" onClick={close}>
            {words.cancel}
          </button>
          <button type="submit" class="button" disabled={busy || left < 0 || text.trim() === ""}>
            {first ? words.moderation.firstYes : words.moderation.secondYes}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
