import { useEffect, useRef, useState } from "preact/hooks"
import type { SealedReport } from "../../../../helpline/report-view.ts"
import type { ReportFrame } from "../../report-frame.ts"
import { useStation } from "../hooks.ts"
import { Sign } from "../icons.tsx"
import { useLanguage, useWords } from "../words.ts"
import { CodingForm } from "./coding-form.tsx"
import { ConsentList } from "./consents.tsx"
import { ExportSheet } from "./export-sheet.tsx"
import { Keeping } from "./keeping.tsx"
import { bytesOf, keeper } from "./keeper.ts"
import { answersOf } from "./labels.ts"
import { monthName } from "./months.ts"
import { openReport, type Opened } from "./opened.ts"
import { OwnWords } from "./own-words.tsx"
import { Reply } from "./reply.tsx"
import * as api from "./reports-api.ts"
import { saveAs } from "./save-as.ts"
import { StoryPart } from "./story-part.tsx"

type Props = { readonly id: string; readonly me: string; readonly frame: ReportFrame; readonly back: () => void }
type Seen = { readonly sealed: SealedReport; readonly opened: Opened | "closed" | "broken" }

/** One report: fetched sealed, opened here, and dropped with the page. */
export function OneReport({ id, me, frame, back }: Props) {
  const words = useWords()
  const { report: of } = words.reports
  const station = useStation()
  const language = useLanguage()
  const [seen, setSeen] = useState<Seen | "gone" | null>(null)
  const [exporting, setExporting] = useState(false)
  const title = useRef<HTMLHeadingElement>(null)
  const there = useRef(true)

  const look = async () => {
    const answer = await station.look(api.report(id))
    if (!there.current) return
    if (!answer.ok) {
      if (answer.why === "gone") setSeen("gone")
      else station.refuse(answer.why)
      return
    }
    const opened = await openReport(keeper, answer.value)
    if (there.current) setSeen({ sealed: answer.value, opened })
  }
  useEffect(() => {
    there.current = true
    void look()
    return () => {
      there.current = false
    }
  }, [id])
  useEffect(() => title.current?.focus(), [seen === null])
  const again = () => void look()

  const line = seen === null || seen === "gone" ? undefined : seen.sealed.line
  const opened = seen === null || seen === "gone" || typeof seen.opened === "string" ? undefined : seen.opened
  return (
    <article class="one-report" aria-labelledby="report-title">
      <header class="report-head">
        <button type="button" class="link" onClick={back}>
          <Sign name="back" /> {of.back}
        </button>
        <h3 id="report-title" tabIndex={-1} ref={title}>
          {line === undefined ? words.reports.title : of.title(monthName(line.month, language))}
        </h3>
      </header>
      {seen === null && (
        <p class="none" role="status">
          {of.opening}
        </p>
      )}
      {seen === "gone" && <p class="callout">{of.gone}</p>}
      {seen !== null && seen !== "gone" && opened === undefined && <Shut line={seen.sealed.line} why={seen.opened === "broken" ? "broken" : "closed"} />}
      {seen !== null && seen !== "gone" && opened !== undefined && line !== undefined && (
        <div class="report-columns">
          <div class="report-column">
            <section class="part-card answers" aria-labelledby="told-title">
              <h3 id="told-title">{of.told}</h3>
              <dl>
                {answersOf(opened.report, frame, words, language).map(([question, answer]) => (
                  <div key={question} class={answer === of.notSaid ? "not-said" : undefined}>
                    <dt>{question}</dt>
                    <dd dir="auto">{answer}</dd>
                  </div>
                ))}
              </dl>
            </section>
            <OwnWords opened={opened} />
            <ConsentList consents={line.consents} group={frame.group} />
            <Reply id={id} sealed={seen.sealed} done={again} />
          </div>
          <div class="report-column">
            <CodingForm id={id} opened={opened} sealed={seen.sealed} frame={frame} done={again} />
            <StoryPart id={id} me={me} opened={opened} sealed={seen.sealed} frame={frame} done={again} />
            <Keeping id={id} line={line} done={again} erased={back} />
            <section class="part-card" aria-labelledby="export-title">
              <h3 id="export-title">{words.reports.export.title}</h3>
              {line.consents.share ? (
                <button type="button" class="button small quiet" onClick={() => setExporting(true)}>
                  <Sign name="down" /> {words.reports.export.toOther}
                </button>
              ) : (
                <p class="refused-part">{words.reports.export.no}</p>
              )}
              <button type="button" class="link" onClick={() => saveAs(`report-${line.month}-sealed.age`, bytesOf(seen.sealed.sealed))}>
                <Sign name="lock" /> {words.reports.export.own}
              </button>
              <p class="aside">{words.reports.export.ownHint}</p>
            </section>
          </div>
        </div>
      )}
      {exporting && <ExportSheet ids={[id]} frame={frame} close={() => setExporting(false)} />}
    </article>
  )
}

/** A report that shows nothing, and why. */
function Shut({ line, why }: { readonly line: SealedReport["line"]; readonly why: "closed" | "broken" }) {
  const { report: of } = useWords().reports
  if (line.status === "withdrawn") return <p class="callout">{`${of.withdrawn} ${of.gone}`}</p>
  if (line.status === "expired") return <p class="callout">{of.gone}</p>
  return (
    <div class="callout">
      <p>
        <strong>{of[why]}</strong>
      </p>
      {why === "closed" && <p>{of.closedHint}</p>}
    </div>
  )
}
