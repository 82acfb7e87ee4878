import { useEffect, useMemo, useState } from "preact/hooks"
import { Field } from "../field.tsx"
import { Sign } from "../icons.tsx"
import { QrCode } from "../qr-code.tsx"
import { useWords } from "../words.ts"
import { figuresOf, groupsOf, recoveryFile } from "./key-text.ts"
import { saveAs } from "./save-as.ts"

type Props = {
  readonly alias: string
  readonly identity: string
  readonly recipient: string
  readonly busy: boolean
  readonly back: () => void
  readonly done: () => void
}

/** The page that an officer prints once, and the proof that it is on paper: two of its groups, typed back. */
export function RecoveryPage({ alias, identity, recipient, busy, back, done }: Props) {
  const words = useWords()
  const { paper } = words.reports
  const groups = groupsOf(identity)
  const asked = useMemo(() => twoOf(groups.length), [identity])
  const [typed, setTyped] = useState(["", ""])
  const [wrong, setWrong] = useState(false)
  return (
    <>
      <Paper alias={alias} identity={identity} recipient={recipient} groups={groups} />
      <div class="buttons paper-acts">
        <button type="button" class="button quiet" onClick={() => saveAs("report-key.txt", recoveryFile(identity, recipient, `${paper.sheetTitle}, ${paper.owner}: ${alias}`))}>
          <Sign name="down" /> {paper.save}
        </button>
        <button type="button" class="button" onClick={() => print()}>
          <Sign name="note" /> {paper.print}
        </button>
      </div>
      <p class="hint paper-acts">{paper.saveHint}</p>
      <form
        class="act-form paper-check"
        onSubmit={(event) => {
          event.preventDefault()
          const right = asked.every((group, i) => typed[i]?.replace(/\s/g, "").toUpperCase() === groups[group])
          setWrong(!right)
          if (right) done()
        }}
      >
        <h3>{paper.check}</h3>
        <p class="hint">{paper.checkHint}</p>
        <div class="two-groups">
          {asked.map((group, i) => (
            <Field
              key={group}
              label={paper.group(group + 1)}
              class="code"
              dir="ltr"
              autocomplete="off"
              spellcheck={false}
              required
              maxLength={10}
              value={typed[i] ?? ""}
              change={(value) => setTyped(typed.map((one, j) => (i === j ? value : one)))}
            />
          ))}
        </div>
        <p class="door-trouble" role="alert">
          {wrong && paper.wrong}
        </p>
        <div class="buttons">
          <button type="button" class="button quiet" disabled={busy} onClick={back}>
            {paper.back}
          </button>
          <button type="submit" class="button" disabled={busy}>
            {busy ? words.reports.busy : paper.done}
          </button>
        </div>
      </form>
    </>
  )
}

function Paper({ alias, identity, recipient, groups }: { readonly alias: string; readonly identity: string; readonly recipient: string; readonly groups: readonly string[] }) {
  const words = useWords()
  const { paper } = words.reports
  return (
    <section class="paper" aria-labelledby="paper-title">
      <header>
        <h3 id="paper-title">{paper.title}</h3>
        <p class="hint">{paper.hint}</p>
      </header>
      <div class="paper-sheet">
        <h4>{paper.sheetTitle}</h4>
        <p>
          {paper.owner}: <bdi>{alias}</bdi>
        </p>
        <div class="paper-key">
          <div>
            <h5>{paper.secret}</h5>
            <p class="aside">{paper.secretHint}</p>
            <p class="key-head" dir="ltr">
              AGE-SECRET-KEY-1
            </p>
            <ol class="key-groups" dir="ltr">
              {groups.map((group, i) => (
                <li key={i}>
                  <span class="key-number" aria-hidden="true">
                    {i + 1}
                  </span>
                  <code aria-label={`${paper.group(i + 1)}: ${[...group].join(" ")}`}>{group}</code>
                </li>
              ))}
            </ol>
          </div>
          <QrCode text={identity} label={paper.qr} />
        </div>
        <h5>{paper.figures}</h5>
        <Figures recipient={recipient} />
        <h5>{paper.public}</h5>
        <p class="key-public" dir="ltr">
          {recipient}
        </p>
        <h5>{paper.use}</h5>
        <ul class="paper-use">
          <li>{paper.useBrowser}</li>
          <li>
            {paper.useCommand}
            <code class="command" dir="ltr">
              age -d -i key.txt report.age
            </code>
          </li>
          <li>{paper.useKeep}</li>
        </ul>
      </div>
    </section>
  )
}

/** A key's thirty figures. */
export function Figures({ recipient }: { readonly recipient: string }) {
  const [figures, setFigures] = useState<readonly string[]>([])
  useEffect(() => void figuresOf(recipient).then(setFigures), [recipient])
  return (
    <code class="key-figures" dir="ltr">
      {figures.map((group, i) => (
        <span key={i}>{group}</span>
      ))}
    </code>
  )
}

/** Two groups to be typed back, not the same ones each time; the last, which is shorter, is never asked for. */
function twoOf(count: number): readonly [number, number] {
  const [a = 0, b = 0] = crypto.getRandomValues(new Uint8Array(2))
  const first = a % (count - 1)
  const second = (first + 1 + (b % (count - 2))) % (count - 1)
  return first < second ? [first, second] : [second, first]
}
