import { useState } from "preact/hooks"
import type { InboxLine } from "../../../../helpline/report-view.ts"
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
        <ReasonSheet
          act={sheet}
          counted={line.counted !== undefined}
          close={() => setSheet(null)}
          go={async (reason) => {
            const ok = await (sheet === "extend" ? api.extend(id, reason) : api.erase(id, reason))
            return ok
          }}
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

type SheetProps = {
  readonly act: "extend" | "erase"
  readonly counted: boolean
  readonly close: () => void
  readonly go: (reason: string) => ReturnType<typeof api.extend>
  readonly done: () => void
}

function ReasonSheet({ act, counted, close, go, done }: SheetProps) {
  const words = useWords()
  const { keeping } = words.reports
  const station = useStation()
  const [reason, setReason] = useState("")
  const grave = act === "erase"
  return (
    <Dialog title={keeping[act]} hint={grave ? keeping.eraseHint : keeping.extendHint} close={close} tone={grave ? "grave" : ""}>
      <form
        class="act-form"
        onSubmit={(event) => {
          event.preventDefault()
          void station.act(go(reason.trim())).then(({ ok }) => ok && done())
        }}
      >
        {grave && counted && <p>{keeping.counted}</p>}
        <label class="field">
          <span>{keeping.reason}</span>
          <input data-first value={reason} required minLength={3} maxLength={300} dir="auto" autocomplete="off" onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
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
