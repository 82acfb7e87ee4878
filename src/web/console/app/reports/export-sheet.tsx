import { useState } from "preact/hooks"
import type { ReportFrame } from "../../report-frame.ts"
import { Dialog } from "../dialog.tsx"
import { useStation } from "../hooks.ts"
import { Sign } from "../icons.tsx"
import { useWords } from "../words.ts"
import { exportTo, fileNameFor, type Exported } from "./export.ts"
import { useBusy } from "./hooks.ts"
import { keeper } from "./keeper.ts"
import { monthOf } from "./months.ts"
import * as api from "./reports-api.ts"
import { saveAs } from "./save-as.ts"

/** Reports for somebody outside, sealed to their key. */
export function ExportSheet({ ids, frame, close }: { readonly ids: readonly string[]; readonly frame: ReportFrame; readonly close: () => void }) {
  const words = useWords()
  const { export: of, busy: busyWords, inbox } = words.reports
  const station = useStation()
  const [busy, run] = useBusy()
  const [name, setName] = useState(frame.group ?? "")
  const [recipient, setRecipient] = useState("")
  const [bad, setBad] = useState(false)
  const [done, setDone] = useState<Exported | null>(null)
  return (
    <Dialog title={of.title} hint={of.hint} close={close}>
      <form
        class="act-form"
        onSubmit={(event) => {
          event.preventDefault()
          void run(async () => {
            const to = recipient.trim().toLowerCase()
            const fits = await keeper.isRecipient(to)
            setBad(!fits)
            if (!fits) return
            const exported = await exportTo(to, ids, { keeper, fetch: (id) => station.look(api.report(id)), note: (id) => station.act(api.exported(id, to)) })
            if (exported.file !== undefined) saveAs(fileNameFor(name, exported.done, monthOf(new Date())), exported.file)
            setDone(exported)
          })
        }}
      >
        <p>{inbox.chosen(ids.length)}</p>
        <label class="field">
          <span>{of.name}</span>
          <input
            data-first
            value={name}
            required
            maxLength={60}
            dir="auto"
            autocomplete="off"
            aria-describedby="export-name-hint"
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <p class="field-hint" id="export-name-hint">
          {of.nameHint}
        </p>
        <label class="field">
          <span>{of.recipient}</span>
          <textarea
            class="key-text"
            rows={3}
            dir="ltr"
            required
            spellcheck={false}
            autocomplete="off"
            value={recipient}
            aria-describedby="export-key-hint"
            onInput={(event) => {
              setRecipient(event.currentTarget.value)
              setBad(false)
              setDone(null)
            }}
          />
        </label>
        <p class="field-hint" id="export-key-hint">
          {of.recipientHint}
        </p>
        <p class="door-trouble" role="alert">
          {bad && of.notAKey}
        </p>
        <p role="status">{done !== null && [done.done > 0 ? of.done(done.done) : "", done.left > 0 ? of.left(done.left) : ""].join(" ").trim()}</p>
        <div class="buttons">
          <button type="button" class="button quiet" onClick={close}>
            {words.close}
          </button>
          <button type="submit" class="button" disabled={busy || done !== null}>
            <Sign name="lock" /> {busy ? busyWords : of.go}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
