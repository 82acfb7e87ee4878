import type { Consents } from "../../../../helpline/report-view.ts"
import { Sign } from "../icons.tsx"
import { useWords } from "../words.ts"

const LEVELS = ["keep", "count", "share", "publish"] as const

/** What was agreed to, as small marks. */
export function ConsentMarks({ consents }: { readonly consents: Consents }) {
  const { consents: of } = useWords().reports
  const given = LEVELS.filter((level) => consents[level])
  if (given.length === 0) return <span class="aside">{of.none}</span>
  return (
    <ul class="consent-marks">
      {given.map((level) => (
        <li key={level} class="mark agreed">
          {of[level]}
        </li>
      ))}
    </ul>
  )
}

/** What was agreed to and what wasn't, in full. */
export function ConsentList({ consents, group }: { readonly consents: Consents; readonly group: string | undefined }) {
  const words = useWords()
  const { consents: of, report } = words.reports
  return (
    <section class="part-card consent-list" aria-labelledby="consents-title">
      <h3 id="consents-title">{report.consents}</h3>
      <ul>
        {LEVELS.map((level) => (
          <li key={level} class={consents[level] ? "yes" : "no"}>
            <Sign name={consents[level] ? "tick" : "close"} />
            <span>{level === "share" ? of.long.share(group ?? of.aGroup) : of.long[level]}</span>
            <strong>{consents[level] ? of.yes : of.no}</strong>
          </li>
        ))}
      </ul>
      <p class="aside">{of.wording(consents.wording)}</p>
    </section>
  )
}
