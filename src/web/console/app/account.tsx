import { useEffect, useState } from "preact/hooks"
import * as api from "./api.ts"
import type { NotIn, Passkey } from "./api.ts"
import { Dialog } from "./dialog.tsx"
import { Field } from "./field.tsx"
import { canUsePasskeys, freshPasskey } from "./passkey.ts"
import { troubleIn } from "./sign-in.tsx"
import { clock, useWords } from "./words.ts"

/** My passkeys: which there are, one more, one less. */
export function Account({ close }: { readonly close: () => void }) {
  const words = useWords()
  const [keys, setKeys] = useState<readonly Passkey[] | null>(null)
  const [name, setName] = useState("")
  const [password, setPassword] = useState("")
  const [trouble, setTrouble] = useState<NotIn | null>(null)

  const look = async () => {
    const answer = await api.passkeys()
    if (answer.ok) setKeys(answer.value)
    else setTrouble(answer.why)
  }
  const add = async (): Promise<NotIn | null> => {
    const question = await api.passkeyOptions(password)
    setPassword("")
    if (!question.ok) return question.why
    const response = await freshPasskey(question.options)
    if (response === undefined) return "passkey"
    const answer = await api.addPasskey(name.trim(), response)
    if (answer.ok) setName("")
    return answer.ok ? null : answer.why
  }
  useEffect(() => void look(), [])

  return (
    <Dialog title={words.account.title} hint={words.account.hint} close={close}>
      <h3>{words.account.passkeys}</h3>
      {keys?.length === 0 && <p class="none">{words.account.none}</p>}
      <ul class="choices">
        {keys?.map((key) => (
          <li key={key.id} class="choice">
            <span>
              <bdi>{key.name ?? words.account.passkeys}</bdi> <span class="aside">{clock(key.createdAt)}</span>
            </span>
            <button type="button" class="link" aria-label={`${words.account.remove}: ${key.name ?? ""}`} onClick={() => void api.removePasskey(key.id).then(look)}>
              {words.account.remove}
            </button>
          </li>
        ))}
      </ul>
      {canUsePasskeys() && (
        <form
          class="act-form"
          onSubmit={(event) => {
            event.preventDefault()
            void add().then((why) => {
              setTrouble(why)
              return look()
            })
          }}
        >
          <Field label={words.account.name} dir="auto" autocomplete="off" required maxLength={40} value={name} change={setName} />
          <Field label={words.signIn.password} type="password" dir="ltr" autocomplete="current-password" required value={password} change={setPassword} />
          <p class="door-trouble" role="alert">
            {trouble === "passkey" ? words.account.failed : troubleIn(words, trouble)}
          </p>
          <div class="buttons">
            <button type="submit" class="button">
              {words.account.add}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
