import { useState } from "preact/hooks"
import type { Story } from "../../../../helpline/report-view.ts"
import type { ReportFrame } from "../../report-frame.ts"
import { draft, keepDraft } from "../drafts.ts"
import { Field } from "../field.tsx"
import { useStation } from "../hooks.ts"
import { Sign } from "../icons.tsx"
import { languageName, useLanguage, useWords } from "../words.ts"
import { NOT_SAID } from "./labels.ts"
import type { Opened } from "./opened.ts"
import * as api from "./reports-api.ts"
import { warningsIn } from "./story-guide.ts"
import { Written } from "./written.tsx"

const LANGUAGES = ["en", "ur", "ur-Latn", "es", "fr"] as const
const SEASONS = ["spring", "summer", "autumn", "winter"] as const

type Props = { readonly id: string; readonly opened: Opened; readonly story: Story | undefined; readonly frame: ReportFrame; readonly done: () => void }

/** Where a story is written, with a word on what might give somebody away. */
export function StoryForm({ id, opened, story, frame, done }: Props) {
  const words = useWords()
  const { story: of, report: ofReport } = words.reports
  const station = useStation()
  const language = useLanguage()
  const { report } = opened
  const [text, setText] = useState(() => draft(id, "story") || (story?.text ?? ""))
  const [written, setWritten] = useState(story?.language ?? report.language)
  const [year, setYear] = useState(() => /^\d{4}/.exec(story?.when ?? report.when)?.[0] ?? "")
  const [season, setSeason] = useState(() => SEASONS.find((one) => (story?.when ?? report.when).endsWith(one)) ?? "")
  // A province of another country may be called the same; only those of the numbers' country are named.
  const provinces = report.country === frame.home ? (frame.areas.find(({ id }) => id === frame.home)?.provinces ?? []) : []
  const [province, setProvince] = useState(() => provinces.find(({ id }) => id === (story?.province ?? report.province))?.id ?? NOT_SAID)
  const when = /^\d{4}$/.test(year) ? (season === "" ? year : `${year}-${season}`) : NOT_SAID
  return (
    <form
      class="part-form"
      onSubmit={(event) => {
        event.preventDefault()
        void station.act(api.story(id, { text: text.trim(), language: written, province, when })).then(({ ok }) => {
          if (!ok) return
          keepDraft(id, "story", "")
          done()
        })
      }}
    >
      <p class="aside">{of.hint}</p>
      <ul class="rules">
        {of.rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
      <Written label={of.text} rows={8} most={6000} draft={[id, "story"]} value={text} change={setText} />
      <StoryWarnings text={text} opened={opened} places={frame.places} />
      <div class="story-facts">
        <Select label={of.language} value={written} change={setWritten} options={LANGUAGES.map((one) => [one, languageName(one, language)])} />
        <Select label={of.province} value={province} change={setProvince} options={[[NOT_SAID, ofReport.notSaid], ...provinces.map(({ id, label }) => [id, label] as const)]} />
        <Field label={of.year} dir="ltr" autocomplete="off" inputMode="numeric" pattern="[0-9]{4}" maxLength={4} value={year} change={setYear} />
        <Select label={of.season} value={season} change={setSeason} options={[["", of.wholeYear], ...SEASONS.map((one) => [one, ofReport.seasons[one] ?? one] as const)]} />
      </div>
      {story !== undefined && <p class="aside">{of.rewriteHint}</p>}
      <div class="buttons">
        <button type="submit" class="button" disabled={text.trim() === ""}>
          {of.keep}
        </button>
      </div>
    </form>
  )
}

/** What stands out in a story; it is shown to who writes it and to who reviews it. */
export function StoryWarnings({ text, opened, places }: { readonly text: string; readonly opened: Opened; readonly places: readonly string[] }) {
  const { story: of } = useWords().reports
  if (text.trim() === "") return null
  const hers = [...opened.report.words, ...opened.additions.flatMap(({ words }) => words)]
  const warnings = warningsIn(text, hers, places)
  if (warnings.length === 0) return <p class="aside">{of.clear}</p>
  return (
    <div class="callout warn" role="status">
      <p>
        <Sign name="alert" /> <strong>{of.warning}</strong>
      </p>
      <ul>
        {warnings.map(({ kind, found }) => (
          <li key={kind + found} dir="auto">
            {of.warnings[kind](found)}
          </li>
        ))}
      </ul>
    </div>
  )
}

type SelectProps = { readonly label: string; readonly value: string; readonly change: (value: string) => void; readonly options: readonly (readonly [string, string])[] }

function Select({ label, value, change, options }: SelectProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => change(event.currentTarget.value)}>
        {!options.some(([one]) => one === value) && <option value={value}>{value}</option>}
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
