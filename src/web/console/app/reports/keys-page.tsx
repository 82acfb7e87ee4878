import { useEffect, useRef, useState } from "preact/hooks"
import type { OfficerKey } from "../../../../helpline/report-view.ts"
import { Columns } from "../columns.tsx"
import { Confirm } from "../confirm.tsx"
import { dayName } from "../days.ts"
import { useStation } from "../hooks.ts"
import { useLanguage, useWords } from "../words.ts"
import { keeper, type KeyHere } from "./keeper.ts"
import { Figures } from "./recovery-page.tsx"
import { resealAll, type Progress } from "./reseal.ts"
import * as api from "./reports-api.ts"

type Props = {
  readonly alias: string
  readonly keys: readonly OfficerKey[]
  readonly standing: KeyHere
  readonly look: () => Promise<void>
}

/** Whose keys there are, whether they are whose they say, and what is still closed for some. */
export function KeysPage({ alias, keys, standing, look }: Props) {
  const { keys: of, unlock } = useWords().reports
  const mine = keys.find(({ recipient }) => recipient === standing.recipient)
  const sorted = [...keys].sort((a, b) => Number(a.retired) - Number(b.retired) || a.alias.localeCompare(b.alias))
  return (
    <>
      {mine?.retired === true && (
        <div class="callout warn" role="status">
          <p>
            <strong>{of.old}</strong> {of.oldHint}
          </p>
          <Confirm label={unlock.drop} asks={unlock.dropAsks} sure={unlock.dropSure} act={keeper.drop} />
        </div>
      )}
      <h3>{of.title}</h3>
      <p class="hint">{of.hint}</p>
      <table class="cards officer-keys">
        <Columns names={[of.officer, of.figures, of.since, of.state]} />
        <tbody>
          {sorted.map((key) => (
            <KeyRow key={key.id} officer={key} alias={alias} standing={standing} look={look} />
          ))}
        </tbody>
      </table>
      <p class="aside">{of.stranger}</p>
      <Passkey has={standing.passkey} />
      <Reseal keys={keys} standing={standing} />
    </>
  )
}

type RowProps = { readonly officer: OfficerKey; readonly alias: string; readonly standing: Props["standing"]; readonly look: () => Promise<void> }

function KeyRow({ officer, alias, standing, look }: RowProps) {
  const { keys: of } = useWords().reports
  const station = useStation()
  const language = useLanguage()
  const here = officer.recipient === standing.recipient
  const mine = here || officer.alias === alias
  const compared = here || standing.compared.includes(officer.recipient)
  const state = officer.retired ? of.retired : here ? of.me : mine ? of.mineElsewhere : compared ? of.compared : of.fresh
  return (
    <tr class={officer.retired ? "let-go" : compared ? undefined : "strange"}>
      <th scope="row">
        <bdi>{officer.alias}</bdi>
      </th>
      <td data-label={of.figures}>
        <Figures recipient={officer.recipient} />
      </td>
      <td data-label={of.since}>{dayName(officer.since.slice(0, 10), language)}</td>
      <td data-label={of.state}>
        <span class={compared || officer.retired ? undefined : "fresh-key"}>{state}</span>
        {!officer.retired && (mine || !compared) && (
          <div class="buttons start">
            {!compared && (
              <button type="button" class="button small" aria-label={of.compareOf(officer.alias)} onClick={() => void keeper.compare(officer.recipient)}>
                {of.compare}
              </button>
            )}
            {mine && <Confirm label={of.retire} asks={of.retireAsks} sure={of.retireSure} act={() => station.act(api.retireKey(officer.id)).then(look)} />}
          </div>
        )}
      </td>
    </tr>
  )
}

function Passkey({ has }: { readonly has: boolean }) {
  const { keys: of } = useWords().reports
  const [failed, setFailed] = useState(false)
  if (!("PublicKeyCredential" in globalThis)) return null
  return (
    <section class="part" aria-labelledby="passkey-title">
      <h3 id="passkey-title">{of.passkey}</h3>
      <p class="hint">{of.passkeyHint}</p>
      {has ? (
        <p role="status">{of.passkeyOn}</p>
      ) : (
        <button type="button" class="button small quiet" onClick={() => void keeper.addPasskey(of.passkeyName).then((ok) => setFailed(!ok))}>
          {of.passkey}
        </button>
      )}
      <p class="door-trouble" role="alert">
        {failed && of.passkeyFailed}
      </p>
    </section>
  )
}

/** Old reports for new colleagues: in order, with an end that may come at any time. */
function Reseal({ keys, standing }: { readonly keys: readonly OfficerKey[]; readonly standing: Props["standing"] }) {
  const { reseal: of } = useWords().reports
  const station = useStation()
  const [running, setRunning] = useState<{ readonly done: number; readonly total: number } | null>(null)
  const [result, setResult] = useState<Progress | null>(null)
  const stop = useRef<AbortController | null>(null)
  const current = keys.filter(({ retired }) => !retired)
  const whole = current.every(({ recipient }) => recipient === standing.recipient || standing.compared.includes(recipient))
  // Whoever leaves the page stops it: each report is whole at every moment.
  useEffect(() => () => stop.current?.abort(), [])
  const go = async () => {
    const control = new AbortController()
    stop.current = control
    setResult(null)
    setRunning({ done: 0, total: 0 })
    const progress = await resealAll(
      current.map(({ recipient }) => recipient),
      {
        keeper,
        inbox: (after) => station.look(api.inbox({ after })),
        fetch: (id) => station.look(api.report(id)),
        send: api.reseal,
        signal: control.signal,
        told: (done, total) => setRunning({ done, total }),
      },
    )
    setRunning(null)
    setResult(progress)
  }
  return (
    <section class="part" aria-labelledby="reseal-title">
      <h3 id="reseal-title">{of.title}</h3>
      <p class="hint">{of.hint}</p>
      {running === null ? (
        <button type="button" class="button" disabled={!whole || current.length < 2} onClick={() => void go()}>
          {of.go}
        </button>
      ) : (
        <div class="reseal-running">
          <progress max={Math.max(1, running.total)} value={running.done} aria-label={of.title} />
          <span>{of.progress(running.done, running.total)}</span>
          <button type="button" class="button small quiet" onClick={() => stop.current?.abort()}>
            {of.stop}
          </button>
        </div>
      )}
      {running === null && (!whole || current.length < 2) && <p class="aside">{whole ? of.alone : of.first}</p>}
      <p role="status">
        {result !== null && (result.stopped ? of.stopped(result.done) : of.done(result.done))} {result !== null && result.left > 0 && of.left(result.left)}
      </p>
    </section>
  )
}
