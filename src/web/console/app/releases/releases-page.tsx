import { useEffect, useState } from "preact/hooks"
import type { Why } from "../api.ts"
import { Confirm } from "../confirm.tsx"
import { useStation } from "../hooks.ts"
import { useWords } from "../words.ts"
import { PreviewTables } from "./preview-tables.tsx"
import * as api from "./releases-api.ts"

/** Public numbers before they are public: what the next release would show, and the button that cuts it. */
export function ReleasesPage() {
  const words = useWords()
  const station = useStation()
  const [standing, setStanding] = useState<api.Standing | null>(null)
  const [preview, setPreview] = useState<api.Preview | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const [trouble, setTrouble] = useState<Why | null>(null)
  const of = words.releases
  const look = async () => {
    const [known, next] = await Promise.all([station.look(api.standing()), station.look(api.preview())])
    if (known.ok) setStanding(known.value)
    else setTrouble(known.why)
    if (next.ok) setPreview(next.value)
    else setTrouble(next.why)
  }
  useEffect(() => void look(), [])
  const cut = async (quarter: string) => {
    const answer = await station.act(api.cut(quarter))
    if (answer.ok) setDone(of.cut(quarter, answer.counted))
    await look()
  }
  const may = preview !== null && preview.notNow === undefined
  return (
    <section class="sheet releases-page" aria-labelledby="releases-title">
      <header class="sheet-head">
        <h2 id="releases-title">{of.title}</h2>
        <a class="button small quiet" href="/numbers" target="_blank" rel="noreferrer">
          {of.public}
        </a>
      </header>
      <p class="hint">{of.hint}</p>
      <p role="status">{done ?? (standing === null && trouble === null ? words.loading : "")}</p>
      {trouble !== null && (
        <p class="none" role="alert">
          {words.why[trouble] ?? words.why["refused"]}
        </p>
      )}
      {preview !== null && standing !== null && (
        <section class="part" aria-labelledby="release-next">
          <h3 id="release-next">{of.next(preview.quarter)}</h3>
          <p>{preview.counted === 0 ? of.tooFew : of.counts(preview.counted)}</p>
          {may ? (
            <Confirm label={of.make(preview.quarter)} asks={of.asks(preview.quarter)} sure={of.sure} act={() => cut(preview.quarter)} />
          ) : (
            <p class="hint">{of.from(standing.next.from)}</p>
          )}
          {preview.tables.length > 0 && <PreviewTables tables={preview.tables} />}
        </section>
      )}
      {standing !== null && standing.releases.length > 0 && (
        <section class="part" aria-labelledby="release-list">
          <h3 id="release-list">{of.before}</h3>
          <ul class="release-list">
            {standing.releases.map(({ quarter, cutOn, counted }) => (
              <li key={quarter}>
                <a href={`/numbers/${quarter}`} target="_blank" rel="noreferrer">
                  {quarter}
                </a>
                <span class="aside">{of.cutOn(cutOn, counted)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </section>
  )
}
