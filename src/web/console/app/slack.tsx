import { useEffect, useState } from "preact/hooks"
import * as api from "./api.ts"
import { Dialog } from "./dialog.tsx"
import { useWords } from "./words.ts"

/** Asks whether an account of Slack is mine. It names the account: nobody should connect somebody else's. */
export function ConnectSlack({ token, close }: { readonly token: string; readonly close: () => void }) {
  const { slack, cancel, ok } = useWords()
  const [name, setName] = useState<string | null>(null)
  const [state, setState] = useState<"asking" | "done" | "gone">("asking")
  useEffect(() => void api.openSlackLink(token).then((answer) => (answer.ok ? setName(answer.name) : setState("gone"))), [])
  const connect = () => void api.connectSlack(token).then((answer) => setState(answer.ok ? "done" : "gone"))
  const asks = state === "asking" && name !== null
  return (
    <Dialog title={slack.title} hint={asks ? slack.hint : undefined} close={close}>
      <p role="status">
        {asks ? (
          <>
            {slack.account} <bdi dir="ltr">@{name}</bdi>
          </>
        ) : state === "done" ? (
          slack.done
        ) : state === "gone" ? (
          slack.gone
        ) : null}
      </p>
      <div class="buttons">
        <button type="button" class="button quiet" onClick={close}>
          {asks ? cancel : ok}
        </button>
        {asks && (
          <button type="button" class="button" onClick={connect}>
            {slack.connect}
          </button>
        )}
      </div>
    </Dialog>
  )
}
