import { useState } from "preact/hooks"
import { Confirm } from "../confirm.tsx"
import { Field } from "../field.tsx"
import { Sign } from "../icons.tsx"
import { useWords } from "../words.ts"
import { useBusy } from "./hooks.ts"
import { keeper } from "./keeper.ts"

/** The key is here and locked. */
export function Unlock({ passkey }: { readonly passkey: boolean }) {
  const words = useWords()
  const { unlock, busy: busyWords } = words.reports
  const [busy, run] = useBusy()
  const [passphrase, setPassphrase] = useState("")
  const [trouble, setTrouble] = useState<"wrong" | "passkeyFailed" | null>(null)
  const [forgotten, setForgotten] = useState(false)
  return (
    <section class="sheet unlock" aria-labelledby="unlock-title">
      <form
        class="unlock-card"
        onSubmit={(event) => {
          event.preventDefault()
          void run(async () => {
            const right = await keeper.unlock(passphrase)
            if (right) return
            setPassphrase("")
            setTrouble("wrong")
          })
        }}
      >
        <h2 id="unlock-title">
          <Sign name="lock" /> {unlock.title}
        </h2>
        <p class="hint">{unlock.hint}</p>
        <Field label={unlock.passphrase} first type="password" dir="auto" autocomplete="off" required maxLength={200} value={passphrase} change={setPassphrase} />
        <p class="door-trouble" role="alert">
          {trouble !== null && !busy && unlock[trouble]}
        </p>
        <button type="submit" class="button" disabled={busy}>
          {busy ? busyWords : unlock.go}
        </button>
        {passkey && (
          <button type="button" class="button quiet" disabled={busy} onClick={() => void keeper.unlockByPasskey().then((right) => right || setTrouble("passkeyFailed"))}>
            <Sign name="lock" /> {unlock.passkey}
          </button>
        )}
        <button type="button" class="link" aria-expanded={forgotten} onClick={() => setForgotten(!forgotten)}>
          {unlock.forgotten}
        </button>
        {forgotten && (
          <div class="callout">
            <p>{unlock.forgottenHint}</p>
            <Confirm label={unlock.drop} asks={unlock.dropAsks} sure={unlock.dropSure} act={keeper.drop} />
          </div>
        )}
      </form>
    </section>
  )
}
