import { languageName, useLanguage, useWords } from "../words.ts"
import type { Frame, Wanted } from "./campaigns-api.ts"

type Props = { readonly frame: Frame; readonly wanted: Wanted; readonly choose: (wanted: Wanted) => void }

/** Which contributions are looked at: of one campaign, one kind, one language, or of all. */
export function Filters({ frame, wanted, choose }: Props) {
  const { moderation: of } = useWords()
  const language = useLanguage()
  const kinds = [...new Set(frame.campaigns.flatMap((one) => one.kinds))]
  const languages = [...new Set(frame.campaigns.flatMap((one) => one.languages))]
  const choices = {
    campaign: frame.campaigns.map(({ id, names }) => [id, names[language]] as const),
    kind: kinds.map((kind) => [kind, of.kind[kind] ?? kind] as const),
    language: languages.map((one) => [one, languageName(one, language)] as const),
  }
  return (
    <div class="filters" role="group" aria-label={of.filter.label}>
      {(["campaign", "kind", "language"] as const).map((what) => (
        <label key={what} class="field">
          <span>{of.filter[what]}</span>
          <select value={wanted[what]} onChange={(event) => choose({ ...wanted, [what]: event.currentTarget.value })}>
            <option value="">{of.filter.all}</option>
            {choices[what].map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ))}
    </div>
  )
}
