import { useState } from "preact/hooks"
import { useLanguage, useWords } from "../words.ts"
import { Veiled } from "../veil.tsx"
import { monthName } from "./months.ts"
import type { Opened } from "./opened.ts"

/** Her own words, covered until somebody asks for them: one by one, or all. */
export function OwnWords({ opened }: { readonly opened: Opened }) {
  const words = useWords()
  const { report: of } = words.reports
  const language = useLanguage()
  const [all, setAll] = useState(false)
  const { report, additions } = opened
  const some = report.words.length > 0 || additions.length > 0
  return (
    <section class="part-card own-words" aria-labelledby="own-title">
      <div class="part-head">
        <h3 id="own-title">{of.own}</h3>
        {some && (
          <button type="button" class="link" aria-pressed={all} onClick={() => setAll(!all)}>
            {all ? of.hideAll : of.showAll}
          </button>
        )}
      </div>
      {!some && <p class="none">{of.noWords}</p>}
      {report.words.map((text, i) => (
        <Quoted key={i} text={text} all={all} />
      ))}
      {additions.map(({ id, month, words: added }) => (
        <div key={id} class="addition">
          <h4>{of.addition(monthName(month, language))}</h4>
          {added.map((text, i) => (
            <Quoted key={i} text={text} all={all} />
          ))}
        </div>
      ))}
    </section>
  )
}

function Quoted({ text, all }: { readonly text: string; readonly all: boolean }) {
  return (
    <blockquote>
      <Veiled key={String(all)} text={text} hard={!all} open={all} />
    </blockquote>
  )
}
