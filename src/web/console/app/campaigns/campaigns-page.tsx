import { useEffect, useState } from "preact/hooks"
import type { Why } from "../api.ts"
import { Confirm } from "../confirm.tsx"
import { useStation } from "../hooks.ts"
import { Sign } from "../icons.tsx"
import { languageName, useLanguage, useWords } from "../words.ts"
import { FiguresOf } from "./campaign-figures.tsx"
import * as api from "./campaigns-api.ts"

/** How campaigns stand, for who organises them: numbers, the switch, and letters to hand over. Only admins stop one for good. */
export function CampaignsPage({ mayStop }: { readonly mayStop: boolean }) {
  const words = useWords()
  const { campaigns: of } = words
  const station = useStation()
  const language = useLanguage()
  const [all, setAll] = useState<readonly api.Campaign[] | null>(null)
  const [chosen, setChosen] = useState("")
  const [figures, setFigures] = useState<api.CampaignFigures | null>(null)
  const [trouble, setTrouble] = useState<Why | null>(null)
  const [spoken, setSpoken] = useState<string>(language)
  const look = async () => {
    const answer = await station.look(api.campaigns())
    if (!answer.ok) return setTrouble(answer.why)
    setAll(answer.value)
    setChosen((before) => (before === "" ? (answer.value[0]?.id ?? "") : before))
  }
  useEffect(() => void look(), [])
  useEffect(() => {
    if (chosen === "") return undefined
    let open = true
    setFigures(null)
    void station.look(api.figures(chosen)).then((answer) => {
      if (!open) return
      if (answer.ok) setFigures(answer.value)
      else setTrouble(answer.why)
    })
    return () => {
      open = false
    }
  }, [chosen])
  const one = all?.find(({ id }) => id === chosen)
  const turn = async (act: "pause" | "resume" | "stop") => {
    await station.act(api.turn(chosen, act))
    await look()
  }
  return (
    <section class="sheet numbers-page campaigns-page" aria-labelledby="campaigns-title">
      <header class="sheet-head">
        <h2 id="campaigns-title">{of.title}</h2>
        {one !== undefined && (
          <a class="button small quiet" href={api.figuresFile(one.id)} download={`hamraaz-${one.id}.csv`}>
            <Sign name="down" /> {words.numbers.csv}
          </a>
        )}
      </header>
      {all !== null && all.length > 0 && (
        <fieldset>
          <legend class="hidden">{of.which}</legend>
          <div class="chips">
            {all.map(({ id, names }) => (
              <label key={id} class="chip">
                <input type="radio" name="campaign" checked={id === chosen} onChange={() => setChosen(id)} />
                <span>{names[language]}</span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {all?.length === 0 && <p class="none">{of.none}</p>}
      <p class="hint" role="status">
        {trouble === null && (all === null || (chosen !== "" && figures === null)) && words.loading}
      </p>
      {trouble !== null && (
        <p class="none" role="alert">
          {words.why[trouble] ?? words.why["refused"]}
        </p>
      )}
      {one !== undefined && (
        <section class={`campaign-state ${one.state}`} aria-label={of.state.label}>
          <p>
            <strong>{of.state[one.state]}</strong> {of.stateHint[one.state]}
          </p>
          {one.state !== "stopped" && (
            <div class="buttons">
              {one.state === "running" ? (
                <Confirm key="pause" grave={false} label={of.pause.button} asks={of.pause.asks} sure={of.pause.sure} act={() => turn("pause")} />
              ) : (
                <Confirm key="resume" grave={false} label={of.resume.button} asks={of.resume.asks} sure={of.resume.sure} act={() => turn("resume")} />
              )}
              {mayStop && <Confirm key="stop" label={of.stop.button} asks={of.stop.asks} sure={of.stop.sure} act={() => turn("stop")} />}
            </div>
          )}
        </section>
      )}
      {figures !== null && <FiguresOf figures={figures} />}
      {one !== undefined && one.kinds.includes("demand") && (
        <section class="part letters-part" aria-labelledby="letters-title">
          <h3 id="letters-title">{of.letters.title}</h3>
          <p class="hint">{of.letters.hint}</p>
          <div class="own-days">
            <label class="field">
              <span>{of.letters.language}</span>
              <select value={spoken} onChange={(event) => setSpoken(event.currentTarget.value)}>
                {one.languages.map((code) => (
                  <option key={code} value={code}>
                    {languageName(code, language)}
                  </option>
                ))}
              </select>
            </label>
            <a class="button quiet" href={api.lettersFile(one.id, spoken)} download>
              <Sign name="down" /> {of.letters.button}
            </a>
          </div>
        </section>
      )}
    </section>
  )
}
