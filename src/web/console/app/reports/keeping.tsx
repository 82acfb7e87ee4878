import { useState } from "preact/hooks"
import type { EraseReason, ExtendReason, InboxLine } from "../../../../helpline/report-view.ts"
import { useStation } from "../hooks.ts"
import { useLanguage, useWords } from "../words.ts"
import { Dialog } from "../dialog.tsx"
import { isLast, monthName } from "./months.ts"
import * as api from "./reports-api.ts"

type Props = { readonly id: string; readonly line: InboxLine; readonly done: () => void; readonly erased: () => void }

/** How long a report stays, and its end. */
export function Keeping({ id, line, done, erased }: Props) {
  const words = useWords()
  const { keeping } = words.reports
  const language = useLanguage()
  const [sheet, setSheet] = useState<"extend" | "erase" | null>(null)
  return (
    <section class="part-card keeping" aria-labelledby="keeping-title">
      <h3 id="keeping-title">{keeping.title}</h3>
      <p>
        {keeping.until(monthName(line.keptUntil, language))} {isLast(line.keptUntil, new Date()) && <strong class="concern">{keeping.last}</strong>}
      </p>
      <div class="buttons start">
        <button type="button" class="button small quiet" onClick={() => setSheet("extend")}>
          {keeping.extend}
        </button>
        <button type="button" class="button small quiet grave-line" onClick={() => setSheet("erase")}>
          {keeping.erase}
        </button>
      </div>
      {sheet !== null && (
        <Reasons
          act={sheet}
          counted={line.counted !== undefined}
          close={() => setSheet(null)}
          extend={(reason) => api.extend(id, reason)}
          erase={(reason) => api.erase(id, reason)}
          done={() => {
            setSheet(null)
            if (sheet === "erase") erased()
            else done()
          }}
        />
      )}
    </section>
  )
}

const EXTENDING: readonly ExtendReason[] = ["asked-for", "under-way", "other"]
const ERASING: readonly EraseReason[] = ["asked-for", "twice", "no-report", "tells-too-much", "other"]

type Sheet = { readonly counted: boolean; readonly close: () => void; readonly done: () => void }
type Sheets = Sheet & {
  readonly act: "extend" | "erase"
  readonly extend: (reason: ExtendReason) => ReturnType<typeof api.extend>
  readonly erase: (reason: EraseReason) => ReturnType<typeof api.erase>
}

function Reasons({ act, extend, erase, ...sheet }: Sheets) {
  return act === "extend" ? <ReasonSheet act={act} reasons={EXTENDING} go={extend} {...sheet} /> : <ReasonSheet act={act} reasons={ERASING} go={erase} {...sheet} />
}

type SheetProps<R extends string> = Sheet & {
  readonly act: "extend" | "erase"
  readonly reasons: readonly R[]
  readonly go: (reason: R) => ReturnType<typeof api.extend>
}

function ReasonSheet<R extends ExtendReason | EraseReason>({ act, reasons, counted, close, go, done }: SheetProps<R>) {
  const words = useWords()
  const { keeping } = words.reports
  const station = useStation()
  const [reason, setReason] = useState<R | null>(null)
  const grave = act === "erase"
  return (
    <Dialog title={keeping[act]} hint={grave ? keeping.eraseHint : keeping.extendHint} close={close} tone={grave ? "grave" : ""}>
      <form
        class="act-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (reason !== null) void station.act(go(reason)).then(({ ok }) => ok && done())
        }}
      >
        {grave && counted && <p>{keeping.counted}</p>}
        <fieldset>
          <legend>{keeping.reason}</legend>
          {reasons.map((id, i) => (
            <label key={id} class="tick">
              <input type="radio" name="reason" required checked={reason === id} onChange={() => setReason(id)} {...(i === 0 && { "data-first": true })} />
              <span>{keeping.reasons[id]}</span>
            </label>
          ))}
        </fieldset>
        <div class="buttons">
          <button type="button" class="button quiet" onClick={close}>
            {words.cancel}
          </button>
          <button type="submit" class={grave ? "button grave" : "button"}>
            {grave ? keeping.eraseDo : keeping.extendDo}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
