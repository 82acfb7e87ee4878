import type { Coding } from "../../../../helpline/report-view.ts"
import type { ReportFrame } from "../../report-frame.ts"
import { useLanguage, useWords } from "../words.ts"
import { NOT_SAID, placeLabel, regionName } from "./labels.ts"

type Place = Pick<Coding, "country" | "province" | "district">

/** Country, province and district, by list: no point, no street. */
export function AreaChoice({ frame, value, change }: { readonly frame: ReportFrame; readonly value: Place; readonly change: (place: Place) => void }) {
  const words = useWords()
  const { coding: of, report } = words.reports
  const language = useLanguage()
  const countries = frame.areas.map(({ id }) => ({ id, label: regionName(id, language) })).sort((a, b) => a.label.localeCompare(b.label, language))
  const country = frame.areas.find(({ id }) => id === value.country)
  const province = country?.provinces.find(({ id }) => id === value.province)
  return (
    <details class="axis">
      <summary>
        <span class="axis-name">{report.where}</span>
        <span class="axis-chosen">{placeLabel(frame, words, language, value)}</span>
      </summary>
      <div class="areas">
        <Area label={of.country} options={countries} value={value.country} change={(id) => change({ country: id, province: NOT_SAID, district: NOT_SAID })} />
        <Area label={of.province} options={country?.provinces ?? []} value={value.province} change={(id) => change({ ...value, province: id, district: NOT_SAID })} />
        <Area label={of.district} options={province?.districts ?? []} value={value.district} change={(id) => change({ ...value, district: id })} />
      </div>
    </details>
  )
}

type AreaProps = {
  readonly label: string
  readonly options: readonly { readonly id: string; readonly label: string }[]
  readonly value: string
  readonly change: (id: string) => void
}

function Area({ label, options, value, change }: AreaProps) {
  const { report } = useWords().reports
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => change(event.currentTarget.value)}>
        <option value={NOT_SAID}>{report.notSaid}</option>
        {value !== NOT_SAID && !options.some(({ id }) => id === value) && <option value={value}>{value}</option>}
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}
