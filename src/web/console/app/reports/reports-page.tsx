import { useEffect, useState } from "preact/hooks"
import type { OfficerKey } from "../../../../helpline/report-view.ts"
import { useStation } from "../hooks.ts"
import { Sign } from "../icons.tsx"
import { useKeys } from "../keys.ts"
import { useWords } from "../words.ts"
import { useFrame, useStanding } from "./hooks.ts"
import { Inbox } from "./inbox.tsx"
import { KeyBegin } from "./key-begin.tsx"
import { keeper, type KeyHere } from "./keeper.ts"
import { KeysPage } from "./keys-page.tsx"
import { OneReport } from "./one-report.tsx"
import * as api from "./reports-api.ts"
import { Unlock } from "./unlock.tsx"

type Props = { readonly me: string; readonly alias: string }

/** The report officers' page: first a key, then what it opens. */
export function ReportsPage({ me, alias }: Props) {
  const words = useWords()
  const station = useStation()
  const standing = useStanding()
  const [keys, setKeys] = useState<readonly OfficerKey[] | "failed" | null>(null)
  const look = async () => {
    const answer = await station.look(api.keys())
    if (answer.ok) setKeys(answer.value)
    else setKeys((before) => (before === null ? "failed" : before))
  }
  useEffect(() => {
    void keeper.look(me)
    void look()
  }, [me])

  if (!isSecureContext) return <Plain text={words.reports.insecure} />
  if (keys === "failed")
    return (
      <Plain text={words.reports.failed}>
        <button type="button" class="button" onClick={() => void look()}>
          {words.reports.again}
        </button>
      </Plain>
    )
  if (keys === null || standing.status === "asking") return <Plain text={words.loading} />
  if (standing.status === "none") return <KeyBegin alias={alias} elsewhere={keys.find(({ alias: whose, retired }) => whose === alias && !retired)?.recipient} look={look} />
  if (standing.status === "locked") return <Unlock passkey={standing.passkey} />
  return <Open me={me} alias={alias} keys={keys} standing={standing} look={look} />
}

type OpenProps = {
  readonly me: string
  readonly alias: string
  readonly keys: readonly OfficerKey[]
  readonly standing: KeyHere
  readonly look: () => Promise<void>
}

/** The key is unlocked: the inbox, one report, or the keys. */
function Open({ me, alias, keys, standing, look }: OpenProps) {
  const { reports } = useWords()
  const station = useStation()
  const frame = useFrame()
  const [tab, setTab] = useState<"inbox" | "keys">("inbox")
  const [open, setOpen] = useState<string | null>(null)
  const strange = keys.filter(({ retired, recipient }) => !retired && recipient !== standing.recipient && !standing.compared.includes(recipient))
  const back = () => setOpen(null)
  useKeys({ l: keeper.lock, ...(open !== null && { Escape: back }) })
  return (
    <section class="sheet reports-page" aria-labelledby="reports-title">
      <header class="sheet-head">
        <h2 id="reports-title">{reports.title}</h2>
        <nav class="report-tabs" aria-label={reports.tabs.label}>
          {(["inbox", "keys"] as const).map((one) => (
            <button
              key={one}
              type="button"
              aria-current={tab === one ? "page" : undefined}
              onClick={() => {
                setTab(one)
                setOpen(null)
              }}
            >
              {reports.tabs[one]}
              {one === "keys" && strange.length > 0 && <span class="count">{strange.length}</span>}
            </button>
          ))}
        </nav>
        <button type="button" class="button small quiet" onClick={keeper.lock}>
          <Sign name="lock" /> {reports.lock}
        </button>
      </header>
      {!keys.some(({ recipient }) => recipient === standing.recipient) && (
        <div class="callout warn" role="status">
          <p>
            <strong>{reports.keys.notMine}</strong> {reports.keys.notMineHint}
          </p>
          <button type="button" class="button small" onClick={() => void station.act(api.setKey(standing.recipient)).then(look)}>
            {reports.keys.useThis}
          </button>
        </div>
      )}
      {strange.length > 0 && tab !== "keys" && (
        <div class="callout warn" role="status">
          <p>
            <strong>{reports.keys.warning(strange.length)}</strong> {reports.keys.warningHint}
          </p>
          <button
            type="button"
            class="button small"
            onClick={() => {
              setTab("keys")
              setOpen(null)
            }}
          >
            {reports.keys.look}
          </button>
        </div>
      )}
      {tab === "keys" && <KeysPage alias={alias} keys={keys} standing={standing} look={look} />}
      <div hidden={tab !== "inbox"}>
        {/* It stays behind an open report: the page, the filter and the place in the list are there again. */}
        <Inbox frame={frame} hidden={open !== null || tab !== "inbox"} open={setOpen} />
        {open !== null && frame !== null && <OneReport key={open} id={open} me={me} frame={frame} back={back} />}
      </div>
    </section>
  )
}

function Plain({ text, children }: { readonly text: string; readonly children?: preact.ComponentChildren }) {
  return (
    <section class="sheet">
      <p class="none" role="status">
        {text}
      </p>
      {children}
    </section>
  )
}
