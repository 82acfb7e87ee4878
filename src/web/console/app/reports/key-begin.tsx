import { useState } from "preact/hooks"
import { Field } from "../field.tsx"
import { useStation } from "../hooks.ts"
import { useWords } from "../words.ts"
import { useBusy } from "./hooks.ts"
import { keeper } from "./keeper.ts"
import { KeyField } from "./key-field.tsx"
import { identityIn, strengthOf } from "./key-text.ts"
import { RecoveryPage } from "./recovery-page.tsx"
import * as api from "./reports-api.ts"

type Props = {
  readonly alias: string
  /** The key that reports are sealed to for me now; made in another browser. */
  readonly elsewhere: string | undefined
  /** Looks again at whose keys there are. */
  readonly look: () => Promise<void>
}

/** No key is in this browser: one is made, or brought along. */
export function KeyBegin({ alias, elsewhere, look }: Props) {
  const words = useWords()
  const { begin } = words.reports
  const station = useStation()
  const tellHouse = async (recipient: string) => {
    await station.act(api.setKey(recipient))
    await look()
  }
  const [way, setWay] = useState<"make" | "bring">(elsewhere === undefined ? "make" : "bring")
  return (
    <section class="sheet key-begin" aria-labelledby="key-title">
      <h2 id="key-title">{begin.title}</h2>
      <p class="hint">{begin.hint}</p>
      <div class="chips" role="group" aria-label={begin.title}>
        {(["make", "bring"] as const).map((one) => (
          <label key={one} class="chip">
            <input type="radio" name="way" checked={way === one} onChange={() => setWay(one)} />
            <span>{begin[one]}</span>
          </label>
        ))}
      </div>
      {way === "make" ? <Make alias={alias} replaces={elsewhere !== undefined} tell={tellHouse} /> : <Bring tell={elsewhere === undefined ? tellHouse : look} />}
    </section>
  )
}

function Make({ alias, replaces, tell }: { readonly alias: string; readonly replaces: boolean; readonly tell: (recipient: string) => Promise<void> }) {
  const { begin, busy: busyWords } = useWords().reports
  const station = useStation()
  const [busy, run] = useBusy()
  const [understood, setUnderstood] = useState(false)
  const [passphrase, setPassphrase] = useState("")
  const [again, setAgain] = useState("")
  const [made, setMade] = useState<{ readonly identity: string; readonly recipient: string } | null>(null)

  if (made !== null)
    return (
      <RecoveryPage
        alias={alias}
        {...made}
        busy={busy}
        back={() => setMade(null)}
        done={() => void run(() => keeper.keep(made.identity, passphrase, tell)).catch(() => station.refuse("keeps-nothing"))}
      />
    )
  return (
    <form
      class="act-form"
      onSubmit={(event) => {
        event.preventDefault()
        void run(async () => setMade(await keeper.fresh()))
      }}
    >
      {replaces && <p class="callout">{begin.replaces}</p>}
      <div class="callout grave">
        <h3>{begin.before}</h3>
        <p>{begin.loss}</p>
        <p>{begin.others}</p>
        <label class="tick">
          <input type="checkbox" checked={understood} onChange={() => setUnderstood(!understood)} />
          <span>{begin.understood}</span>
        </label>
      </div>
      <NewPassphrase value={passphrase} change={setPassphrase} again={again} changeAgain={setAgain} />
      <div class="buttons">
        <button type="submit" class="button" disabled={busy || !understood || !isFit(passphrase, again)}>
          {busy ? busyWords : begin.next}
        </button>
      </div>
    </form>
  )
}

function Bring({ tell }: { readonly tell: (recipient: string) => Promise<void> }) {
  const { bring, busy: busyWords } = useWords().reports
  const [busy, run] = useBusy()
  const station = useStation()
  const [text, setText] = useState("")
  const [passphrase, setPassphrase] = useState("")
  const [again, setAgain] = useState("")
  const [trouble, setTrouble] = useState<"none" | null>(null)
  return (
    <form
      class="act-form"
      onSubmit={(event) => {
        event.preventDefault()
        void run(async () => {
          const identity = identityIn(text)
          // A slip of the pen doesn't pass: a key carries its own check.
          const recipient = identity === undefined ? undefined : await keeper.recipientOf(identity).catch(() => undefined)
          if (identity === undefined || recipient === undefined) return setTrouble("none")
          setText("")
          await keeper.keep(identity, passphrase, tell)
        }).catch(() => station.refuse("keeps-nothing"))
      }}
    >
      <p class="hint">{bring.hint}</p>
      <KeyField
        label={bring.text}
        rows={4}
        value={text}
        change={(typed) => {
          setText(typed)
          setTrouble(null)
        }}
      />
      <p class="door-trouble" role="alert">
        {trouble !== null && bring[trouble]}
      </p>
      <NewPassphrase value={passphrase} change={setPassphrase} again={again} changeAgain={setAgain} />
      <div class="buttons">
        <button type="submit" class="button" disabled={busy || !isFit(passphrase, again)}>
          {busy ? busyWords : bring.keep}
        </button>
      </div>
    </form>
  )
}

type PassphraseProps = { readonly value: string; readonly change: (value: string) => void; readonly again: string; readonly changeAgain: (value: string) => void }

/** A passphrase typed twice, with a word on how good it is. */
function NewPassphrase({ value, change, again, changeAgain }: PassphraseProps) {
  const { begin } = useWords().reports
  const strength = strengthOf(value)
  const said = value === "" ? begin.passphraseHint : again !== "" && again !== value ? begin.differ : begin.strength[strength]
  return (
    <div class="passphrase">
      <Field label={begin.passphrase} type="password" dir="auto" autocomplete="off" required maxLength={200} value={value} change={change} />
      <Field label={begin.repeat} type="password" dir="auto" autocomplete="off" required maxLength={200} value={again} change={changeAgain} />
      <p class={value !== "" && !isFit(value, value) ? "field-said weak" : "field-said"} role="status">
        {said}
      </p>
    </div>
  )
}

function isFit(passphrase: string, again: string): boolean {
  const strength = strengthOf(passphrase)
  return passphrase === again && strength !== "short" && strength !== "plain"
}
