import { useState } from "preact/hooks"
import type { Coding, Report, SealedReport } from "../../../../helpline/report-view.ts"
import type { ReportFrame } from "../../report-frame.ts"
import { useStation } from "../hooks.ts"
import { useWords } from "../words.ts"
import { AreaChoice } from "./area-choice.tsx"
import { axisName, labelOf, labelsOf, NOT_SAID, optionsOf, type Axis } from "./labels.ts"
import type { Opened } from "./opened.ts"
import * as api from "./reports-api.ts"

type Props = { readonly id: string; readonly opened: Opened; readonly sealed: SealedReport; readonly frame: ReportFrame; readonly done: () => void }

/** What is counted of a report, where that was agreed to. */
export function CodingForm({ id, opened, sealed, frame, done }: Props) {
  const { coding: of } = useWords().reports
  const { line } = sealed
  return (
    <section class="part-card" aria-labelledby="coding-title">
      <h3 id="coding-title">{of.title}</h3>
      {!line.consents.count ? <p class="refused-part">{of.no}</p> : <Form id={id} report={opened.report} sealed={sealed} frame={frame} done={done} />}
    </section>
  )
}

function Form({ id, report, sealed, frame, done }: Omit<Props, "opened"> & { readonly report: Report }) {
  const words = useWords()
  const { coding: of } = words.reports
  const station = useStation()
  const told = codingOf(report)
  const [coding, setCoding] = useState<Coding>(sealed.coding ?? told)
  const [others, setOthers] = useState(false)
  const [kept, setKept] = useState(false)
  const change = (part: Partial<Coding>) => {
    setCoding({ ...coding, ...part })
    setKept(false)
  }
  const one = (axis: "about" | "relation" | "age" | "gender") => (
    <Choice
      axis={axis}
      frame={frame}
      others={others}
      chosen={[coding[axis]]}
      told={coding[axis] === told[axis] ? undefined : labelOf(frame, words, axis, told[axis])}
      choose={(option) => change({ [axis]: option })}
    />
  )
  const many = (axis: "acts" | "platforms" | "harms") => (
    <Choice
      axis={axis}
      many
      frame={frame}
      others={others}
      chosen={coding[axis]}
      told={same(coding[axis], told[axis]) ? undefined : labelsOf(frame, words, axis, told[axis])}
      choose={(option) => change({ [axis]: turned(coding[axis], option) })}
    />
  )
  return (
    <form
      class="part-form coding"
      onSubmit={(event) => {
        event.preventDefault()
        void station.act(api.code(id, coding)).then(({ ok }) => {
          setKept(ok)
          if (ok) done()
        })
      }}
    >
      <p class="aside">{of.hint}</p>
      {sealed.line.counted !== undefined && <p class="callout">{of.counted(sealed.line.counted)}</p>}
      <label class="tick">
        <input type="checkbox" checked={others} onChange={() => setOthers(!others)} />
        <span>{of.others}</span>
      </label>
      <fieldset class="axes" disabled={sealed.line.counted !== undefined}>
        {one("about")}
        {many("acts")}
        {many("platforms")}
        {one("relation")}
        {many("harms")}
        <Choice
          axis="action"
          many
          frame={frame}
          others={others}
          chosen={coding.actions.map(({ action }) => action)}
          told={undefined}
          choose={(action) => {
            const without = coding.actions.filter((given) => given.action !== action)
            change({ actions: without.length < coding.actions.length ? without : [...coding.actions, { action, outcome: NOT_SAID }] })
          }}
          after={(action) => {
            const given = coding.actions.find((one) => one.action === action)
            const outcomes = optionsOf(frame, "outcome")
            if (given === undefined || outcomes.length === 0 || action === NOT_SAID) return null
            return (
              <select
                class="outcome"
                aria-label={`${labelOf(frame, words, "action", action)}: ${of.outcome}`}
                value={given.outcome}
                onChange={(event) => change({ actions: coding.actions.map((one) => (one.action === action ? { action, outcome: event.currentTarget.value } : one)) })}
              >
                {outcomes.map((option) => (
                  <option key={option.id} value={option.id}>
                    {option.label}
                  </option>
                ))}
              </select>
            )
          }}
        />
        <AreaChoice frame={frame} value={coding} change={change} />
        {one("age")}
        {one("gender")}
      </fieldset>
      {sealed.line.counted === undefined && (
        <div class="note-end">
          <span role="status">{kept && of.kept}</span>
          <button type="submit" class="button">
            {of.keep}
          </button>
        </div>
      )}
    </form>
  )
}

type ChoiceProps = {
  readonly axis: Axis
  readonly many?: boolean
  readonly frame: ReportFrame
  readonly others: boolean
  readonly chosen: readonly string[]
  /** What they chose, where the coding says something else. */
  readonly told: string | undefined
  readonly choose: (option: string) => void
  readonly after?: (option: string) => preact.ComponentChildren
}

/** One axis, closed: what is chosen stands in its head. */
function Choice({ axis, many = false, frame, others, chosen, told, choose, after }: ChoiceProps) {
  const words = useWords()
  const { coding: of } = words.reports
  const name = axisName(frame, axis)
  return (
    <details class="axis">
      <summary>
        <span class="axis-name">{name}</span>
        <span class="axis-chosen">{labelsOf(frame, words, axis, chosen)}</span>
      </summary>
      <fieldset>
        <legend class="hidden">{name}</legend>
        {told !== undefined && <p class="aside">{of.told(told)}</p>}
        {optionsOf(frame, axis)
          .filter(({ id }) => !many || id !== NOT_SAID)
          .map((option) => (
            <div key={option.id} class="axis-option">
              <label class="tick">
                <input type={many ? "checkbox" : "radio"} name={axis} checked={chosen.includes(option.id)} onChange={() => choose(option.id)} />
                <span>
                  <span dir="auto">{option.label}</span>
                  {others && option.as.length > 0 && (
                    <span class="walks" lang="en" dir="ltr">
                      {option.as.join(" · ")}
                    </span>
                  )}
                </span>
              </label>
              {after?.(option.id)}
            </div>
          ))}
      </fieldset>
    </details>
  )
}

/** The coding that a report asks for by itself. */
export function codingOf({ about, acts, platforms, relation, harms, actions, country, province, district, age, gender }: Report): Coding {
  return { about, acts, platforms, relation, harms, actions, country, province, district, age, gender }
}

const turned = (chosen: readonly string[], option: string) =>
  chosen.includes(option) ? chosen.filter((one) => one !== option) : [...chosen.filter((one) => one !== NOT_SAID), option]
const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((one) => b.includes(one))
