import { useEffect, useState } from "preact/hooks"
import type { Why } from "../api.ts"
import { Confirm } from "../confirm.tsx"
import { useStation } from "../hooks.ts"
import { useLanguage, useWords } from "../words.ts"
import { dayName, quarterName } from "./periods.ts"
import { PreviewTables } from "./preview-tables.tsx"
import * as api from "./releases-api.ts"

type Cut = { readonly quarter: string; readonly counted: number }

/** Public numbers before they are public: what the next release would show and hides, what it waits for, and the button that cuts it. */
export function ReleasesPage() {
  const words = useWords()
  const station = useStation()
  const [standing, setStanding] = useState<api.Standing | null>(null)
  const [preview, setPreview] = useState<api.Preview | null>(null)
  const [done, setDone] = useState<Cut | null>(null)
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
    if (answer.ok) setDone({ quarter, counted: answer.counted })
    await look()
  }
  return (
    <section class="sheet releases-page" aria-labelledby="releases-title">
      <header class="sheet-head">
        <h2 id="releases-title">{of.title}</h2>
        <a class="button small quiet" href="/numbers" target="_blank" rel="noreferrer">
          {of.public}
        </a>
      </header>
      <p class="hint">{of.hint}</p>
      <div role="status">
        {done === null && standing === null && trouble === null && <p>{words.loading}</p>}
        {done !== null && <Done {...done} />}
      </div>
      {trouble !== null && (
        <p class="none" role="alert">
          {words.why[trouble] ?? words.why["refused"]}
        </p>
      )}
      {preview !== null && standing !== null && <Next preview={preview} from={standing.next.from} cut={cut} />}
      {standing !== null && standing.releases.length > 0 && <Before releases={standing.releases} />}
    </section>
  )
}

/** What has just been cut, and where it stands now. */
function Done({ quarter, counted }: Cut) {
  const of = useWords().releases
  const language = useLanguage()
  return (
    <div class="callout release-done">
      <p>
        <strong>{of.cut(quarterName(quarter, language), counted)}</strong>
      </p>
      <p class="release-links">
        <Links quarter={quarter} counted={counted} />
      </p>
      {counted > 0 && (
        <p class="aside">
          {of.evidence} <code dir="ltr">{`npm run helpline -- evidence make --quarter ${quarter}`}</code>
        </p>
      )}
    </div>
  )
}

function Next({ preview, from, cut }: { readonly preview: api.Preview; readonly from: string; readonly cut: (quarter: string) => Promise<void> }) {
  const of = useWords().releases
  const language = useLanguage()
  const { quarter, counted, uncoded, tables } = preview
  const name = quarterName(quarter, language)
  const rows = tables.flatMap((table) => table.rows)
  const shown = rows.filter(({ count }) => count !== null).length
  return (
    <section class="part-card release-next" aria-labelledby="release-next">
      <h3 id="release-next">{of.next(name)}</h3>
      <ul class="release-facts">
        <li>{counted === 0 ? of.tooFew : of.counts(counted)}</li>
        {uncoded > 0 && <li class="waits">{of.uncoded(uncoded)}</li>}
        {shown < rows.length && <li>{of.shows(shown, rows.length)}</li>}
        {preview.notNow !== undefined && <li class="waits">{of.from(dayName(from, language))}</li>}
      </ul>
      {preview.notNow === undefined && <Confirm label={of.make(name)} asks={of.asks(name)} sure={of.sure} grave={false} act={() => cut(quarter)} />}
      {tables.length > 0 && (
        <>
          <details class="why-hidden">
            <summary>{of.why}</summary>
            <ul>
              {of.whys.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </details>
          <PreviewTables tables={tables} />
        </>
      )}
    </section>
  )
}

function Before({ releases }: Pick<api.Standing, "releases">) {
  const of = useWords().releases
  const language = useLanguage()
  return (
    <section class="part-card" aria-labelledby="release-list">
      <h3 id="release-list">{of.before}</h3>
      <ul class="release-list">
        {releases.map(({ quarter, cutOn, counted }) => (
          <li key={quarter}>
            <strong>{quarterName(quarter, language)}</strong>
            <span class="aside">{of.cutOn(dayName(cutOn, language), counted)}</span>
            <span class="release-links">
              <Links quarter={quarter} counted={counted} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A release as everybody sees it, and its files. */
function Links({ quarter, counted }: Cut) {
  const of = useWords().releases
  const language = useLanguage()
  const name = quarterName(quarter, language)
  const files = counted === 0 ? [] : (["csv", "json"] as const)
  return (
    <>
      <a class="link" href={`/numbers/${quarter}`} target="_blank" rel="noreferrer" aria-label={of.pageOf(name)}>
        {of.page}
      </a>
      {files.map((kind) => (
        <a key={kind} class="link" href={`/numbers/${quarter}.${kind}`} download aria-label={of.fileOf(kind.toUpperCase(), name)}>
          {kind.toUpperCase()}
        </a>
      ))}
    </>
  )
}
