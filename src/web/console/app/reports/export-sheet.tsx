import { useState } from "preact/hooks"
import type { ReportFrame } from "../../report-frame.ts"
import { Dialog } from "../dialog.tsx"
import { useStation } from "../hooks.ts"
import { Sign } from "../icons.tsx"
import { useLanguage, useWords } from "../words.ts"
import { asData, readable } from "./export-text.ts"
import { exportTo, fileNameFor, type Exported, type Form } from "./export.ts"
import { useBusy } from "./hooks.ts"
import { keeper } from "./keeper.ts"
import { KeyField } from "./key-field.tsx"
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
  const [form, setForm] = useState<Form>("txt")
  const [done, setDone] = useState<(Exported & { readonly name: string }) | null>(null)
  const language = useLanguage()
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
            const exported = await exportTo(to, ids, {
              keeper,
              fetch: (id) => station.look(api.report(id)),
              note: (id) => station.act(api.exported(id, to)),
              write: (reports) => (form === "json" ? asData(reports) : readable(reports, frame, words, language)),
            })
            const file = fileNameFor(name, exported.done, monthOf(new Date()), form)
            if (exported.file !== undefined) saveAs(file, exported.file)
            setDone({ ...exported, name: file })
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
        <KeyField
          label={of.recipient}
          rows={3}
          value={recipient}
          hint="export-key-hint"
          change={(text) => {
            setRecipient(text)
            setBad(false)
            setDone(null)
          }}
        />
        <p class="field-hint" id="export-key-hint">
          {of.recipientHint}
        </p>
        <p class="door-trouble" role="alert">
          {bad && of.notAKey}
        </p>
        <div class="chips" role="group" aria-label={of.form}>
          {(["txt", "json"] as const).map((one) => (
            <label key={one} class="chip">
              <input
                type="radio"
                name="form"
                checked={form === one}
                onChange={() => {
                  setForm(one)
                  setDone(null)
                }}
              />
              <span>{of.forms[one]}</span>
            </label>
          ))}
        </div>
        <div role="status">
          {done !== null && <p>{[done.done > 0 ? of.done(done.done) : "", done.left > 0 ? of.left(done.left) : ""].join(" ").trim()}</p>}
          {done !== null && done.done > 0 && (
            <p class="aside">
              {of.opens} <code dir="ltr">{`age -d -i key.txt -o ${done.name.slice(0, -".age".length)} ${done.name}`}</code>
            </p>
          )}
        </div>
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
