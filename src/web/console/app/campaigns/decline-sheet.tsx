import { useEffect, useState } from "preact/hooks"
import { Dialog } from "../dialog.tsx"
import { useStation } from "../hooks.ts"
import { languageName, scriptOf, useLanguage, useWords } from "../words.ts"
import * as api from "./campaigns-api.ts"

type Props = { readonly one: api.Waiting; readonly reasons: readonly api.Reason[]; readonly done: () => void; readonly close: () => void }

/** Why something isn't shown, and what its giver reads then, in their language. */
export function DeclineSheet({ one, reasons, done, close }: Props) {
  const words = useWords()
  const { decline: of } = words.moderation
  const station = useStation()
  const language = useLanguage()
  const [why, setWhy] = useState<api.Reason | null>(null)
  const [told, setTold] = useState<Readonly<Record<api.Reason, string>> | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    void station.look(api.told(one.language, one.kind)).then((answer) => answer.ok && setTold(answer.value))
  }, [])
  const sentence = why === null ? undefined : told?.[why]
  return (
    <Dialog title={of.title} hint={of.hint} close={close}>
      <form
        class="act-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (why === null) return
          setBusy(true)
          void station.act(api.decline(one.id, why)).then(({ ok }) => {
            setBusy(false)
            if (ok) done()
          })
        }}
      >
        <fieldset>
          <legend>{of.why}</legend>
          <div class="choices">
            {reasons.map((reason, i) => (
              <label key={reason} class="tick">
                <input type="radio" name="why" checked={why === reason} {...(i === 0 && { "data-first": true })} onChange={() => setWhy(reason)} />
                <span>{of.reasons[reason] ?? reason}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <div class="told" role="status">
          {sentence !== undefined && (
            <>
              <p class="aside">{of.told(languageName(one.language, language))}</p>
              <p class="words" dir="auto" lang={scriptOf(sentence) ?? one.language}>
                {sentence}
              </p>
            </>
          )}
        </div>
        <div class="buttons">
          <button type="button" class="button quiet" onClick={close}>
            {words.cancel}
          </button>
          <button type="submit" class="button grave" disabled={busy || why === null}>
            {of.sure}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
