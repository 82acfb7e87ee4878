import { useState } from "preact/hooks"
import type { SealedReport } from "../../../../helpline/report-view.ts"
import { draft, keepDraft } from "../drafts.ts"
import { useStation } from "../hooks.ts"
import { scriptOf, useWords } from "../words.ts"
import * as api from "./reports-api.ts"
import { Written } from "./written.tsx"

/** What was written to whoever gave the report, and one thing more. Nothing of it is sent: they come for it. */
export function Reply({ id, sealed, done }: { readonly id: string; readonly sealed: SealedReport; readonly done: () => void }) {
  const words = useWords()
  const { reply } = words.reports
  const station = useStation()
  const [text, setText] = useState(() => draft(id, "reply"))
  const [left, setLeft] = useState(false)
  const { line, answers } = sealed
  return (
    <section class="part-card" aria-labelledby="reply-title">
      <h3 id="reply-title">{reply.title}</h3>
      {answers.length > 0 && (
        <ol class="answers-given">
          {answers.map((answer) => (
            <li key={answer.id}>
              <p class="words" dir="auto" lang={scriptOf(answer.text)}>
                {answer.text}
              </p>
              <p class="aside">
                <bdi>{answer.alias}</bdi> · {answer.read ? reply.read : reply.unread}
              </p>
            </li>
          ))}
        </ol>
      )}
      {!line.answerable ? (
        <p class="refused-part">{reply.none}</p>
      ) : (
        <form
          class="part-form"
          onSubmit={(event) => {
            event.preventDefault()
            void station.act(api.answer(id, text.trim())).then(({ ok }) => {
              if (!ok) return
              setText("")
              keepDraft(id, "reply", "")
              setLeft(true)
              done()
            })
          }}
        >
          <p class="aside" id="reply-hint">
            {reply.hint}
          </p>
          <Written
            label={reply.text}
            rows={3}
            most={1500}
            draft={[id, "reply"]}
            value={text}
            hint="reply-hint"
            change={(typed) => {
              setText(typed)
              setLeft(false)
            }}
          />
          <div class="note-end">
            <span role="status">{left && reply.left}</span>
            <button type="submit" class="button small" disabled={text.trim() === ""}>
              {reply.leave}
            </button>
          </div>
        </form>
      )}
    </section>
  )
}
